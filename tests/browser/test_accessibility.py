"""No serious or critical violation of the accessibility rules that axe-core can check."""

import pytest

from tests.browser.rules import grave

PATHS = ["/", "/?place=hsinchu", "/compare", "/compare?view=ranking"]
PATHS += ["/compare?view=scatter"]
PATHS += ["/hub", "/hub?place=hsinchu", "/cluster?place=tha_automotive"]
PATHS += ["/economy?place=TWN", "/economy?place=JPN"]
PATHS += ["/economy?view=side_by_side&places=JPN&places=KOR", "/cluster?view=cases_2006"]
PATHS += ["/smes", "/smes?view=importance&place=MYS", "/smes?view=definitions"]
PATHS += ["/semiconductors", "/semiconductors?view=fabs", "/semiconductors?view=hubs"]
PATHS += [
    "/programmes",
    "/programmes?view=money&programme=jp_mext_kci1",
    "/programmes?view=regions",
]
PATHS += ["/lessons?industry_type=specialised_suppliers&social_capital=weak"]
PATHS += ["/lessons?view=types", "/lessons?view=east_west&lesson=mitsui_east_04"]
PATHS += ["/programmes?view=results", "/programmes?view=ministries"]
PATHS += ["/glossary?term=absorptive_capacity"]
PATHS += ["/upgrading?view=capital", "/upgrading?view=capabilities"]
PATHS += ["/present", "/your-data"]
PATHS += ["/stories", "/stories?story=four_clusters&step=1"]
# Streamlit puts the headings of groups into the list of pages as they are, without an entry.
PAGES_BESIDE = {"exclude": [['[data-testid="stSidebarNavItems"]']]}

# Views of a page share its colours: one of them stands for all in the dark.
DARK = list({path.split("?")[0]: path for path in reversed(PATHS)}.values())


@pytest.mark.parametrize(
    ("path", "theme"), [*((path, "light") for path in PATHS), *((path, "dark") for path in DARK)]
)
def test_axe_finds_no_grave_violation(open_page, path, theme):
    assert grave(open_page(path, theme=theme)) == []


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_no_grave_violation_on_the_map_with_fabs_and_an_event(open_page, theme, width):
    path = "/?place=TWN&selected=TWN&selected=JPN&event=y1980_hsinchu_1&layers=economies"
    page = open_page(f"{path}&layers=hubs&layers=fabs", theme=theme, width=width)
    assert grave(page, PAGES_BESIDE) == []


def test_axe_finds_no_grave_violation_in_a_chart_with_every_control(open_page, chart_server):
    page = open_page("/", at=chart_server)
    page.get_by_role("checkbox", name="Hubs").wait_for()
    assert grave(page, ".chart") == []
