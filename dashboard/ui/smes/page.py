"""The page on small firms, put together: settle, choices, verdict, cards, filter bar."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.sme_answer import economies_with_answer
from dashboard.catalogue.sme_laws import LIMITS
from dashboard.catalogue.sme_measures import MEASURES, share_indicators
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.charts.theme import theme
from dashboard.charts.thresholds import MEASURES as LIMIT_NAMES
from dashboard.transforms import years_of
from dashboard.ui import card, choices, filters, links, markup, notices, state
from dashboard.ui import verdict as verdicts
from dashboard.ui.compare.sheet import Sheet
from dashboard.ui.controls import pills, select, toggle
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import kept, look
from dashboard.ui.smes import parts
from dashboard.ui.smes.settle import MOST_PLACES, PAGE, SHARE_VIEWS, VIEWS, SmeState, settle
from dashboard.ui.verdict import verdict_of

SHEETS_KEPT = 64
# What the page's figures are drawn by; other fields belong to other pages.
DRAWN_BY = (
    *("indicator", "places", "place", "year", "first_year", "last_year", "industry_type", "view"),
    *("comparable", "rivals", "scope", "limit", "in_force"),
)
EVERY_SECTOR = "every"
IDLE = {
    "importance": "One economy is asked about; its newest figures are shown.",
    "definitions": "Laws are shown with their years in force.",
    "sectors": "The one source of sectors has one year.",
    "papers": "Every figure of the papers and every conflict is shown.",
}
OF_HUBS = "Small firms are counted by economy; industry and scale of hubs do not apply."


def prepare(catalogue: Catalogue, selection: Selection) -> SmeState:
    """Settle the selection and tell what was refused."""
    shown, refused = settle(catalogue, selection, asked=frozenset(st.query_params))
    state.settle(shown.selection, refused)
    return shown


def filter_bar(catalogue: Catalogue, shown: SmeState) -> None:
    """The filter bar, with the reason for each filter that cannot apply."""
    idle = dict.fromkeys((*filters.HUB_FILTERS, "industry"), OF_HUBS)
    if shown.view == "over_time":
        idle["year"] = "Every year is shown; the year is for the view of one year."
    elif shown.view not in SHARE_VIEWS:
        idle |= {"year": IDLE[shown.view], "range": IDLE[shown.view]}
    if shown.view == "importance":
        idle["places"] = IDLE["importance"]
    if shown.view == "sectors":
        del idle["industry_type"]
    bar = filters.Bar(
        indicators=share_indicators(catalogue),
        places=list(shown.offered),
        # Laws, sectors and papers are listed, however many.
        most_places=MOST_PLACES if shown.view in SHARE_VIEWS else None,
        idle=idle,
        opens=None if shown.view in SHARE_VIEWS else "over_time",
    )
    rows = shown.every_year
    if shown.view not in SHARE_VIEWS:
        rows = catalogue.series(shown.indicator.indicator_id)
    filters.draw(catalogue, shown.selection, bar, years_of(rows))


def controls(catalogue: Catalogue, shown: SmeState) -> None:
    """The page's own choices: the view, then what of it is shown."""
    pills(PAGE, "View", "view", list(VIEWS), shown.view, VIEWS.__getitem__)
    if shown.view in SHARE_VIEWS:
        _shares(catalogue, shown)
    elif shown.view == "definitions":
        _limits(shown)
    elif shown.view == "importance":
        key = "smes_place"
        st.session_state[key] = shown.economy
        st.selectbox(
            "Economy",
            economies_with_answer(catalogue),
            format_func=lambda item: catalogue.places[item].name,
            key=key,
            width=320,
            on_change=lambda: state.change(place=st.session_state[key]),
        )


def _shares(catalogue: Catalogue, shown: SmeState) -> None:
    key = "smes_measure"
    titles = {
        item.name: item.title
        for item in MEASURES
        if set(item.indicators) & set(share_indicators(catalogue))
    }
    usual = {item.name: item.indicators[0] for item in MEASURES}
    st.session_state[key] = shown.measure.name
    st.pills(
        "Share of",
        list(titles),
        required=True,
        format_func=titles.__getitem__,
        key=key,
        on_change=lambda: state.change(indicator=usual[st.session_state[key]], year=None),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="smes_controls"):
        _scope(shown, {name: SCOPE_WORDS[name].capitalize() for name in shown.scopes})
        counts = [name for name in shown.measure.indicators if name in share_indicators(catalogue)]
        if len(counts) > 1:
            with st.popover("Other ways to count", key="smes_counts"):
                st.html(
                    choices.markup(
                        f"{shown.measure.title}, counted as",
                        [
                            choices.Choice(
                                catalogue.indicators[name].name,
                                state.address(PAGE, view=shown.view, indicator=name, scope=""),
                                chosen=name == shown.indicator.indicator_id,
                                more=markup.count(
                                    len(catalogue.places_with(name, "economy")),
                                    "economy",
                                    "economies",
                                ),
                            )
                            for name in counts
                        ],
                    )
                )
        if shown.view == "over_time":
            toggle(PAGE, "Other sources", "rivals", shown.selection.rivals)


def _limits(shown: SmeState) -> None:
    names = {name: LIMIT_NAMES[column] for name, column in LIMITS.items()}
    limit = shown.selection.limit or "employees"
    pills(PAGE, "Limit of", "limit", list(names), limit, names.__getitem__)
    with st.container(horizontal=True, vertical_alignment="bottom", key="smes_controls"):
        _scope(shown, {"manufacturing": "Manufacturing", "services": "Trade and services"})
        toggle(PAGE, "Only laws in force", "in_force", shown.selection.in_force)


def _scope(shown: SmeState, names: dict[str, str]) -> None:
    """The sectors; all of them stand for no choice."""
    words = {
        EVERY_SECTOR: "Every sector" if shown.view == "definitions" else "Best covered",
        **names,
    }
    scope = shown.selection.scope or EVERY_SECTOR
    select(
        PAGE,
        "Sectors",
        "scope",
        list(words),
        scope,
        words.__getitem__,
        width=220,
        store=lambda chosen: {"scope": None if chosen == EVERY_SECTOR else chosen},
    )


def draw(catalogue: Catalogue, shown: SmeState) -> None:
    """The verdict and the cards of the view, or a sentence where there is nothing to show."""
    above = st.container()
    made = _drawn(shown, _key(shown), look().mode)
    for sheet in made:
        card.draw(sheet.card, sheet.drawing, catalogue)
    if not made:
        notices.nothing_found(*_nothing(catalogue, shown))
    elif shown.view in SHARE_VIEWS:
        with above:
            verdicts.draw(
                catalogue,
                verdict_of(shown.judged),
                [shown.rows],
                comparable=shown.selection.comparable,
            )
    if made:
        _below(catalogue, shown)


def _nothing(catalogue: Catalogue, shown: SmeState) -> tuple[str, str]:
    if shown.view in SHARE_VIEWS:
        return (
            f"No observations of {shown.indicator.name} for the places, sectors and years chosen.",
            "Choose other places or sectors, or widen the years.",
        )
    names = ", ".join(catalogue.label(key) for key in shown.absent)
    held = ", ".join(catalogue.label(key) for key in shown.offered)
    return (
        f"Nothing is held here for {names or 'these choices'}.",
        f"Choose other sectors or industry types, or among {held}.",
    )


def _below(catalogue: Catalogue, shown: SmeState) -> None:
    """Tables that stand under the cards of a view."""
    if shown.view == "importance":
        table = parts.importance_table(catalogue, shown)
        if table:
            place = catalogue.places[shown.economy]
            head = markup.section("What each number rests on, and whom it compares with")
            ways = links.anchor(links.profile(place), f"All that is held of {place.name}")
            st.html(f"{head}{table}<p class='hint'>{ways}</p>")
    elif shown.view == "sectors":
        table = parts.types_table(catalogue, shown)
        if table:
            remark = "Share of value added in manufacturing, per cent; the types are Pavitt's."
            st.html(markup.section("The same by industry type", remark) + table)
    elif shown.view == "definitions":
        table = parts.otherwise_table(catalogue, shown.places)
        if table:
            remark = "Figures that follow another definition than the place's own, without a twin."
            st.html(markup.section("Counted otherwise, alone", remark) + table)


def _key(shown: SmeState) -> str:
    fields = {name: getattr(shown.selection, name) for name in DRAWN_BY}
    return str({**fields, "places": shown.places, "absent": shown.absent, "of": shown.economy})


@kept(SHEETS_KEPT)
def _drawn(_shown: SmeState, key: str, mode: str) -> list[Sheet]:
    """The cards, built once for all readers; `key` says everything that tells them from others."""
    return parts.cards(shared_catalogue(), _shown, theme(mode))
