"""Files of cards: what is kept of a card, and what is drawn again when it is not kept any more."""

import pytest

from dashboard.serving.taking import CardAddress, Shelf, Taken
from dashboard.ui import finder
from dashboard.ui.by_address import file_of
from dashboard.ui.compare.settle import VIEWS as COMPARE_VIEWS
from dashboard.ui.headless import run_of, shown_of
from dashboard.ui.programmes.settle import VIEWS as PROGRAMME_VIEWS
from dashboard.ui.resources import package
from dashboard.ui.smes.settle import VIEWS as SME_VIEWS

ORIGIN = "http://localhost"
VIEWS = {"compare": COMPARE_VIEWS, "programmes": PROGRAMME_VIEWS, "smes": SME_VIEWS}
# Each page as it starts, and each view of those with many, where the reader has chosen nothing.
PATHS = [
    *(page.address for page in finder.PAGES),
    *(f"/{page}?view={view}" for page, views in VIEWS.items() for view in views),
]


def made(*_):
    return Taken(b"kept", "a.csv", "text/csv")


def token_of(address):
    return address.rpartition("/")[2]


def test_a_card_that_is_not_kept_any_more_is_drawn_again_where_it_stands():
    shelf = Shelf(most=1)
    first, second = (
        CardAddress(f"/compare?year={year}", "compare", "dark") for year in (2020, 2021)
    )
    tokens = [token_of(shelf.keep(standing, made)) for standing in (first, second)]
    asked = []

    def remake(standing):
        asked.append(standing)
        return made

    assert shelf.maker(tokens[1], remake) is made
    assert not asked
    assert shelf.maker(tokens[0], remake) is made
    assert asked == [first]


def test_a_card_that_nobody_knows_has_no_files():
    shelf = Shelf(most=1, most_known=1)
    tokens = [token_of(shelf.keep(CardAddress("/", key, "light"), made)) for key in "ab"]
    assert shelf.maker(tokens[0], lambda _: made) is None
    assert shelf.maker("0" * 32, lambda _: made) is None


def test_a_card_drawn_again_gives_the_same_file():
    path = "/compare?indicator=rd_expenditure_gdp&view=ranking&year=2020&places=JPN&places=KOR"
    [(key, shown)] = shown_of(path, "dark")
    for suffix in ("csv", "json", "html"):
        before = shown.make(package(), suffix, ORIGIN, {})
        assert file_of(package(), shown.path, suffix, ORIGIN, card=key, mode="dark") == before


@pytest.mark.parametrize("path", PATHS)
def test_the_link_of_a_card_leads_to_the_same_card(path):
    for key, shown in shown_of(path):
        again = run_of(shown.path)
        assert again.refusals == ()
        other = dict(again.cards)[key]
        assert (other.title, other.path) == (shown.title, shown.path)
        assert other.table().equals(shown.table())
