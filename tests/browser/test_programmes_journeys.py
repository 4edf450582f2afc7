"""What a policymaker comes to the page of the programmes for, done in a real browser."""

from urllib.parse import parse_qs, urlsplit

import pytest

MONEY = ".st-key-card_programmes_by_year"
TIMELINE = ".st-key-card_programmes_timeline"


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


class Clicks:
    """Clicks of a reader, counted; each waits until the page has run."""

    def __init__(self, page, rerun):
        self.page, self.rerun, self.count = page, rerun, 0

    def __call__(self, target):
        with self.rerun(self.page):
            target.click()
        self.count += 1


def bar_of(page, programme_id):
    """The middle of a programme's bar on the timeline, brought into sight, in pixels."""
    at = page.evaluate(
        """([card, id]) => {
            const chart = document.querySelector(`${card} .seabelt-chart`);
            for (const trace of chart._fullData) {
                const index = (trace.customdata ?? []).indexOf(id);
                if (index < 0 || trace.type !== 'bar') continue;
                const { xaxis, yaxis } = chart._fullLayout;
                const x = xaxis._offset + xaxis.d2p(trace.base[index] + trace.x[index] / 2);
                const y = yaxis._offset + yaxis.d2p(trace.y[index]);
                return { x, y };
            }
        }""",
        [TIMELINE, programme_id],
    )
    return {"position": at}


def test_a_policymaker_finds_what_mext_spent_on_knowledge_clusters_in_2004(open_page, rerun):
    """From the first page to constant US$ and the source in fewer than five clicks."""
    page = open_page("/")
    click = Clicks(page, rerun)
    click(page.get_by_role("link", name="Programmes", exact=True).first)
    assert page.locator(f"{TIMELINE} .card-title").inner_text() == (
        "Cluster programmes over the years"
    )
    # The bar of the programme opens its money.
    with rerun(page):
        page.locator(f"{TIMELINE} .seabelt-chart .nsewdrag").first.scroll_into_view_if_needed()
        page.locator(f"{TIMELINE} .seabelt-chart").click(**bar_of(page, "jp_mext_kci1"))
    click.count += 1
    assert parameters(page)["programme"] == ["jp_mext_kci1"]
    click(page.get_by_text("US$ of 2015 (constant prices)"))
    assert parameters(page)["money"] == ["usd_constant"]
    table = page.get_by_role("region", name="Amounts of Knowledge Cluster Initiative, first stage")
    row = table.get_by_role("row").filter(has_text="FY 2004, budget")
    cells = row.get_by_role("cell").all_inner_texts()
    assert cells[:2] == ["JPY 9 bn", "US$ 70.51 mn (2015)"]
    # Its document stands in the same row, with the place in it.
    assert "Sapporo IT Carrozzeria: overview of the Knowledge Cluster Initiative" in cells[2]
    assert "budgetary measures" in cells[3]
    # One more click opens the document itself.
    click(row.get_by_role("link", name="Sapporo IT Carrozzeria"))
    assert parameters(page)["view"] == ["source"]
    assert click.count < 5


@pytest.mark.parametrize("view", ["timeline", "money", "regions", "results", "ministries"])
def test_no_words_of_a_chart_lie_outside_it_on_a_telephone(open_page, view):
    page = open_page(f"/programmes?view={view}&places=JPN", width=390)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.seabelt-chart')].flatMap((chart) => {
            const box = chart.getBoundingClientRect();
            return [...chart.querySelectorAll('.annotation-text, .legendtext, .xtick text')]
                .filter((text) => {
                    const own = text.getBoundingClientRect();
                    return own.width && (own.right > box.right + 1 || own.left < box.left - 1);
                })
                .map((text) => text.textContent);
        })"""
    )
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_of_the_timeline_do_not_cover_each_other_on_a_telephone(open_page):
    page = open_page("/programmes", width=390)
    covered = page.evaluate(
        """(card) => {
            const texts = [...document.querySelectorAll(`${card} .annotation-text`)];
            const boxes = texts.map((text) => text.getBoundingClientRect());
            const found = [];
            boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other, next) => {
                const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
                const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
                if (across > 1 && down > 3) {
                    found.push([texts[at].textContent, texts[at + 1 + next].textContent]);
                }
            }));
            return found;
        }""",
        TIMELINE,
    )
    assert covered == []


def test_the_keyboard_turns_views_and_money(open_page, rerun):
    page = open_page("/programmes?view=money&programme=jp_mext_kci1")
    choice = page.get_by_role("radio", name="US$ at the rate of the year")
    with rerun(page):
        choice.press("Enter")
    assert parameters(page)["money"] == ["usd"]
    assert "US$ at the rate of the year" in page.locator(f"{MONEY} .card-subtitle").inner_text()
