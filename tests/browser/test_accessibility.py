"""No serious or critical violation of the accessibility rules that axe-core can check."""

from collections import defaultdict

import pytest

from tests.browser.rules import grave

PATHS = [
    "/",
    "/?place=hsinchu",
    "/compare",
    "/compare?view=ranking",
    "/compare?view=scatter",
    "/hub",
    "/hub?place=hsinchu",
    "/cluster?place=tha_automotive",
    "/cluster?view=cases_2006",
    "/economy?place=TWN",
    "/economy?place=JPN",
    "/economy?view=side_by_side&places=JPN&places=KOR",
    "/smes",
    "/smes?view=importance&place=MYS",
    "/smes?view=definitions",
    "/semiconductors",
    "/semiconductors?view=fabs",
    "/semiconductors?view=hubs",
    "/programmes",
    "/programmes?view=money&programme=jp_mext_kci1",
    "/programmes?view=regions",
    "/programmes?view=results",
    "/programmes?view=ministries",
    "/lessons?industry_type=specialised_suppliers&social_capital=weak",
    "/lessons?view=types",
    "/lessons?view=east_west&lesson=mitsui_east_04",
    "/glossary?term=absorptive_capacity",
    "/upgrading?view=capital",
    "/upgrading?view=capabilities",
    "/present",
    "/your-data",
    "/stories",
    "/stories?story=four_clusters&step=1",
]
# Streamlit puts the headings of groups into the list of pages as they are, without an entry.
PAGES_BESIDE = {"exclude": [['[data-testid="stSidebarNavItems"]']]}

VIEWS = defaultdict(list)
for path in PATHS:
    VIEWS[path.split("?")[0]].append(path)


@pytest.mark.parametrize("page", VIEWS)
def test_axe_finds_no_grave_violation(open_page, walk, page):
    first, *others = VIEWS[page]
    opened = open_page(first)
    found = {first: grave(opened)}
    for path in others:
        walk(opened, path)
        found[path] = grave(opened)
    assert not {path: violations for path, violations in found.items() if violations}


# Views of a page share its colours: one of them stands for all in the dark.
@pytest.mark.parametrize("path", [views[0] for views in VIEWS.values()])
def test_axe_finds_no_grave_violation_in_the_dark(open_page, path):
    assert grave(open_page(path, theme="dark")) == []


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_no_grave_violation_on_the_map_with_fabs_and_an_event(open_page, theme, width):
    path = "/?place=TWN&selected=TWN&selected=JPN&event=y1980_hsinchu_1&layers=economies"
    page = open_page(f"{path}&layers=hubs&layers=fabs", theme=theme, width=width)
    assert grave(page, PAGES_BESIDE) == []


def test_axe_finds_no_grave_violation_in_a_chart_with_every_control(open_page, chart_server):
    page = open_page("/", at=chart_server)
    page.get_by_role("checkbox", name="Hubs").wait_for()
    assert grave(page, ".chart") == []
