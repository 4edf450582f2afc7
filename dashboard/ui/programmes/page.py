"""The page of the programmes, put together: settle, choices, cards."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.programme_amounts import eastern_economies, economies_with_programmes
from dashboard.catalogue.selection import APPROACHES, ARRANGEMENTS, Selection
from dashboard.charts.formats import words
from dashboard.charts.theme import theme
from dashboard.transforms.money import DEFAULT_PRICES
from dashboard.transforms.programme_amounts import AGAINST
from dashboard.transforms.reading import TRANSFORM_NAMES
from dashboard.ui import card, filters, links, notices, state
from dashboard.ui.chart import Listeners
from dashboard.ui.controls import pills, select
from dashboard.ui.data import programme_page
from dashboard.ui.programmes import ministries, money, regions, results, timeline
from dashboard.ui.programmes.parts import PRINTED, Sheet, currencies
from dashboard.ui.programmes.settle import OF_ONE, PAGE, VIEWS, ProgrammesState, settle
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept, look

SHEETS_KEPT = 64
FIRST_PRICES = 1980
MONEY_VIEWS = ("money", "results", "ministries")
SHEETS_OF = {
    "timeline": timeline.sheets,
    "money": money.sheets,
    "regions": regions.sheets,
    "results": results.sheets,
    "ministries": ministries.sheets,
}
NOTHING = {
    "timeline": "No programme passes the filters.",
    "money": "No amount of money is held, or none that can be drawn so.",
    "regions": "No region of these programmes is held.",
    "results": "No participants, results or targets are held.",
}


def prepare(catalogue: Catalogue, selection: Selection) -> ProgrammesState:
    """Settle the selection and tell what was refused."""
    shown, refused = settle(catalogue, selection)
    state.settle(shown.selection, refused)
    return shown


def filter_bar(catalogue: Catalogue, shown: ProgrammesState) -> None:
    """The filter bar, with the reason for each filter that cannot apply."""
    idle = {"year": "Programmes are shown over all their years; the range below chooses among them"}
    idle["year"] += "."
    choosing = ("places", *filters.HUB_FILTERS, "industry")
    if shown.opened is not None:
        reason = "One programme is open: filters that choose among programmes do not apply."
        idle |= dict.fromkeys(choosing, reason)
    elif shown.view == "ministries":
        reason = "Japan's two ministries are compared: filters on programmes do not apply."
        idle |= dict.fromkeys(choosing, reason)
    bar = filters.Bar(
        indicators=list(catalogue.indicators),
        places=economies_with_programmes(catalogue),
        most_places=None,
        idle=idle,
        hint=""
        if idle.keys() & set(choosing)
        else "Economy, years and governance scale choose among programmes; industry and firm scale "
        "keep those with such a region among the ones they chose.",
    )
    filters.draw(catalogue, shown.selection, bar, _years(catalogue))


def _years(catalogue: Catalogue) -> list[int]:
    """The years from the first start of a programme to the last end."""
    table = catalogue.table("programmes")
    first, last = int(table["start_year"].min()), int(table["end_year"].max())
    return list(range(first, last + 1))


def controls(catalogue: Catalogue, shown: ProgrammesState) -> None:
    """The page's own choices: the view, and what belongs to it."""
    pills(PAGE, "View", "view", list(VIEWS), shown.view, VIEWS.__getitem__)
    chosen = shown.selection
    with st.container(horizontal=True, vertical_alignment="bottom", key="programmes_controls"):
        if shown.view in OF_ONE:
            _programme(catalogue, shown)
        if shown.view == "timeline":
            select(
                PAGE,
                "Arranged by",
                "arrange",
                ARRANGEMENTS,
                chosen.arrange,
                lambda option: timeline.ARRANGED[option].capitalize(),
            )
        if shown.view == "regions":
            select(
                PAGE,
                "Colour by",
                "programme_shade",
                list(regions.SHADES),
                regions.shade_of(chosen),
                lambda option: regions.SHADES[option].capitalize(),
            )
        if shown.view != "ministries" and shown.opened is None:
            _approach(chosen)
    if shown.view in MONEY_VIEWS:
        _money(chosen)
    if shown.opened is None and shown.view != "ministries":
        st.html(_presets(catalogue, shown))


def _programme(catalogue: Catalogue, shown: ProgrammesState) -> None:
    names = {
        row["programme_id"]: f"{catalogue.label(row['economy'])}: {row['name']}"
        for row in catalogue.table("programmes").to_dict("records")
    }
    key = "programmes_programme"
    st.session_state[key] = shown.opened
    st.selectbox(
        "Programme",
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=names.__getitem__,
        placeholder="All that pass the filters",
        key=key,
        width=420,
        on_change=lambda: state.change(programme=st.session_state[key]),
    )


def _approach(chosen: Selection) -> None:
    key = "programmes_approach"
    st.session_state[key] = list(chosen.approach)
    st.pills(
        "Approach",
        APPROACHES,
        selection_mode="multi",
        format_func=words,
        key=key,
        on_change=lambda: state.change(approach=tuple(st.session_state[key])),
    )


def _money(chosen: Selection) -> None:
    """Currency and prices, and what amounts are set against: one press each."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="programmes_money"):
        key = "programmes_currency"
        names = currencies(chosen)
        st.session_state[key] = chosen.money or PRINTED

        def currency() -> None:
            money = st.session_state[key]
            taken_back = {"transform": None} if chosen.transform == "share_of_gdp" else {}
            state.change(money=None if money == PRINTED else money, **taken_back)

        st.pills(
            "Currency and prices",
            list(names),
            required=True,
            format_func=names.__getitem__,
            key=key,
            on_change=currency,
        )
        against = "programmes_against"
        st.session_state[against] = chosen.transform

        def set_against() -> None:
            made = st.session_state[against]
            # A share of GDP is the same in every currency.
            state.change(transform=made, **({"money": None} if made == "share_of_gdp" else {}))

        st.pills(
            "Set against",
            AGAINST,
            format_func=TRANSFORM_NAMES.__getitem__,
            key=against,
            on_change=set_against,
        )
        if chosen.money == "usd_constant":
            _prices(chosen.prices or DEFAULT_PRICES)


def _prices(value: int) -> None:
    key = "programmes_prices"
    newest = DEFAULT_PRICES + 10
    st.session_state[key] = value
    st.selectbox(
        "Prices of",
        sorted({*range(FIRST_PRICES, newest + 1), value}, reverse=True),
        key=key,
        width=120,
        on_change=lambda: state.change(prices=st.session_state[key]),
    )


def _presets(catalogue: Catalogue, shown: ProgrammesState) -> str:
    """Links that choose the economies of Asia, or those they are compared with."""
    eastern = eastern_economies(catalogue)
    others = [key for key in economies_with_programmes(catalogue) if key not in eastern]
    sets = {
        "All economies": [],
        "Asia": [key for key in economies_with_programmes(catalogue) if key in eastern],
        "For comparison: EU, Western Scotland, CHIPS acts": others,
    }
    links_to = []
    for name, members in sets.items():
        address = state.address(PAGE, view=shown.view, places=members or [""])
        now = list(shown.selection.places) == members
        links_to.append(f"<b>{escape(name)}</b>" if now else links.anchor(address, name))
    number = f"{len(shown.programmes)} of {shown.total} programmes pass the filters"
    ways = " · ".join(links_to)
    return f'<nav class="crumbs" aria-label="Economies">{ways} · {number}</nav>'


def draw(catalogue: Catalogue, shown: ProgrammesState) -> None:
    """The cards of the view, or a sentence where there is nothing to show."""
    if shown.opened is not None:
        facts = programme_page.facts(catalogue, shown.opened, links.programme_money)
        name = escape(catalogue.programme_names[shown.opened])
        st.html(f'<h2 class="section">{name}</h2>{facts}')
    if shown.view == "ministries":
        st.html(f'<h2 class="section">{escape(ministries.TITLE)}</h2>')
    made = _drawn(shown, str(shown.selection), look().mode)
    if not made.sheets:
        remedy = (
            "Take another currency, or clear the years."
            if shown.opened or shown.view == "ministries"
            else "Clear a filter, or choose other economies or years."
        )
        notices.nothing_found(NOTHING.get(shown.view, NOTHING["money"]), remedy)
    if shown.view == "regions" and made.sheets:
        address = regions.big_map([shown.opened] if shown.opened else [])
        way = links.anchor(address, "These regions on the large map, with stages and amounts")
        st.html(f'<nav class="crumbs" aria-label="Ways on">{way}</nav>')
    for sheet in made.sheets:
        opens = _open_programme if sheet.opens else _open_region
        card.draw(sheet.card, sheet.drawing, catalogue, listeners=Listeners(place=opens))
    if made.table:
        st.html(made.table)


def _open_programme(programme_id: str, _adds: bool) -> None:
    if programme_id in shared_catalogue().programme_names:
        links.go(links.programme_money(programme_id))


def _open_region(place_ids: str, _adds: bool) -> None:
    """Open a region on the map; of several under one marker the first."""
    place_id = place_ids.split(";")[0]
    if place_id in shared_catalogue().places:
        links.go(links.place(place_id))


@dataclass(frozen=True, eq=False)
class _Made:
    """The cards of a state, and the table below those of an open programme's money."""

    sheets: list[Sheet]
    table: str


@kept(SHEETS_KEPT)
def _drawn(_shown: ProgrammesState, key: str, mode: str) -> _Made:
    """The cards, built once for all readers; `key` is the whole selection."""
    catalogue = shared_catalogue()
    sheets = SHEETS_OF[_shown.view](catalogue, _shown, theme(mode)) if _shown.ids else []
    is_money = _shown.view == "money" and _shown.opened is not None
    return _Made(sheets, money.all_amounts(catalogue, _shown) if is_money else "")
