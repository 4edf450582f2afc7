"""The search box of the header: pages, places, indicators, programmes and documents by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue.address import LONGEST_SEARCH
from dashboard.catalogue.finder import Closeness, Finder, Group, Match
from dashboard.catalogue.glossary import terms
from dashboard.catalogue.overview import indicator_overview
from dashboard.catalogue.search import Entry, Hit, joined, named_entries, search
from dashboard.charts.formats import words
from dashboard.serving.finding import ADDRESS
from dashboard.ui import links, markup, resources, state, wording
from dashboard.ui.component import component
from dashboard.ui.data import browse
from dashboard.ui.place import heading

GROUPS = {
    "page": "Pages",
    "place": "Places",
    "indicator": "Indicators",
    "programme": "Programmes",
    "term": "Terms",
    "source": "Documents",
}
# What the search of the data page does not look through.
NOT_ON_THE_DATA_PAGE = ("page", "term")
# Hits of the group that fits best, and of each other one.
FIRST, OTHERS = 5, 3

WHAT_CAN_BE_FOUND = (
    "Pages, places (in English, Chinese, Japanese and Korean), indicators, programmes, terms of "
    "the field and documents can be found by name."
)


@dataclass(frozen=True)
class Page:
    """A page that can be turned to.

    Attributes:
        address: path and query.
        title: its name in the navigation, or that of a view of a page.
        tells: what it is, in a line.
        also: other words that it is found by.
    """

    address: str
    title: str
    tells: str
    also: str = ""


PAGES = (
    Page(
        state.address(""),
        "Map",
        "Hubs, economies, ties, fabs and programmes on a map, year by year",
        "home start Silicon Sea-belt timeline events regions",
    ),
    Page(
        state.address("stories"),
        "Stories",
        "Five guided paths through live charts, for whoever is new to the subject",
        "students learn lesson tour guide path introduction steps",
    ),
    Page(
        state.address("compare"),
        "Compare",
        "Economies, hubs or clusters against each other over the years",
        "chart line ranking comparison",
    ),
    Page(
        state.address("smes"),
        "SMEs",
        "Small and medium firms: shares by economy, legal limits, what compares, sectors",
        "small medium enterprises definition thresholds",
    ),
    Page(
        state.address("economy"),
        "Economies",
        "Every economy: key figures, sectors, programmes, hubs",
        "country countries profile",
    ),
    Page(
        state.address("hub"),
        "Hubs",
        "The hubs of the belt and others: firms, ties, events, figures",
        "city region profile",
    ),
    Page(
        state.address("cluster"),
        "Clusters",
        "The industrial clusters of the papers: who learns from whom, figures, policy",
        "industry upgrading value chain profile",
    ),
    Page(
        state.address("semiconductors"),
        "Semiconductors",
        "World sales, capacity and foundry shares, hubs, fabs, ties, and what does not compare",
        "chips wafers downturns cycles integrated circuits",
    ),
    Page(
        state.address("programmes"),
        "Programmes",
        "Cluster programmes over the years: money, regions, who took part, two ministries",
        "policy funding budget METI MEXT Gantt timeline CHIPS act",
    ),
    Page(
        state.address("upgrading"),
        "Upgrading",
        "The papers' frameworks with cases and figures: types, capital, strategies, checklist",
        "frameworks explainers human social capital Pavitt soft capabilities global factory Ernst",
    ),
    Page(
        state.address("lessons"),
        "Lessons",
        "What the papers advise by industry type, weakest node and level, and a finder",
        "policy advice recommendations eastern western decentralisation firms regions ministries",
    ),
    Page(
        state.address("glossary"),
        "Glossary",
        "What the terms of the field mean, each with the document it rests on",
        "definitions terms words abbreviations dictionary",
    ),
    Page(
        state.address("present"),
        "Present",
        "Your deck: slides of charts and texts, to show here or take along",
        "slides presentation deck PowerPoint PPTX PDF talk",
    ),
    Page(
        state.address("data", view="catalogue"),
        "Data",
        "All indicators, values, programmes and documents, with a full-text search",
        "catalogue search indicators sources documents",
    ),
    Page(
        state.address("your-data"),
        "Your data",
        "Bring a table of your own and set it beside the atlas; it stays in this tab",
        "upload own CSV XLSX Excel Parquet import template",
    ),
    Page(
        state.address("data", view="coverage"),
        "Coverage of the data",
        "Which places have data on what, and for which years",
        "missing gaps heat map",
    ),
    Page(
        state.address("data", view="quality"),
        "Quality of the data",
        "Checks, doubts and figures that contradict each other",
        "report caveats conflicts errors",
    ),
    Page(
        state.address("data", view="dictionary"),
        "Data dictionary",
        "Every table and column of the data package",
        "schema fields variables codebook",
    ),
    Page(
        state.address("data", view="downloads"),
        "Downloads",
        "The whole data as CSV, Parquet and workbook",
        "files export Excel ZIP package",
    ),
    Page(
        state.address("data", view="cite"),
        "Cite the atlas",
        "References in APA, Chicago, BibTeX and RIS",
        "citation reference bibliography licence",
    ),
)

# The box stands in the header, and its links are heard like those of the page.
_component = component(
    "finder", ("finder.js",), html="finder.html", css="finder.css", isolate_styles=False
)


def draw() -> None:
    """Put the box into the header; called once per run, before the page."""
    _component(
        key="finder",
        data={"address": ADDRESS, "longest": LONGEST_SEARCH, "hint": WHAT_CAN_BE_FOUND},
    )


def warm() -> None:
    """Build the index, and what the lines below the names are made of."""
    answer("index")


def answer(text: str) -> dict[str, Any]:
    """What a text leads to that is still being typed, as the box in the browser takes it.

    Args:
        text: what a reader has typed; any text.

    Returns:
        `groups`, each with a `title` and `hits` (`address`, `title`, `tells`, `excerpt`); `all`, a
        link to all hits on the data page, or None where that has none; `message`, a sentence where
        there is something to say. Names are plain text, to be escaped by whoever shows them.
    """
    groups = _finder().groups(text, list(GROUPS), FIRST, OTHERS)
    is_held = any(group.kind not in NOT_ON_THE_DATA_PAGE for group in groups)
    message = ""
    if all(_is_partial(group) for group in groups):
        message = "Nothing holds all of these words; these hold some of them." if groups else ""
    if not groups:
        is_held = bool(search(resources.package(), text, ["value"], 1))
        message = (
            "Nothing bears this name, but single values hold these words or some of them."
            if is_held
            else f"Nothing found for “{text}”. {WHAT_CAN_BE_FOUND}"
        )
    return {
        "groups": [
            {"title": GROUPS[group.kind], "hits": [_written(match) for match in group.matches]}
            for group in groups
        ],
        # A topic chosen earlier would leave hits out.
        "all": {
            "address": state.address("data", view="catalogue", q=text, topic=""),
            "title": f"All hits for “{text}” on the data page",
        }
        if is_held
        else None,
        "message": message,
    }


def _is_partial(group: Group) -> bool:
    return group.matches[0].closeness is Closeness.SOME


def _written(match: Match) -> dict[str, str]:
    hit = match.hit
    address, title, facts = {
        "page": _page,
        "place": _place,
        "indicator": _indicator,
        "programme": _programme,
        "term": _term,
        "source": _source,
    }[hit.kind](hit.identifier)
    # Whoever types a name in another language sees it again beside the English one.
    if hit.kind == "place" and match.name not in title and match.name != hit.identifier:
        facts = [match.name, *facts]
    return {
        "address": address,
        "title": title,
        "tells": joined(*facts),
        "excerpt": hit.excerpt,
    }


def _page(address: str) -> tuple[str, str, list[str]]:
    [page] = [page for page in PAGES if page.address == address]
    return address, page.title, [page.tells]


def _place(place_id: str) -> tuple[str, str, list[str]]:
    catalogue = resources.package()
    place = catalogue.places[place_id]
    within = [catalogue.places[key].name for key in place.economies if key != place_id]
    industries = ", ".join(catalogue.industry_names[key].lower() for key in place.industries[:2])
    facts = [words(place.kind), ", ".join(within) or place.region, industries]
    return links.profile(place), heading.title(place), facts


def _indicator(indicator_id: str) -> tuple[str, str, list[str]]:
    catalogue = resources.package()
    name = catalogue.indicators[indicator_id].name
    return links.indicator(indicator_id), name, browse.held(catalogue, indicator_id, _overview())


def _programme(programme_id: str) -> tuple[str, str, list[str]]:
    row = _programmes().loc[programme_id]
    facts = [resources.package().places[row["economy"]].name]
    facts += [row["sponsor"], wording.span(row["start_year"], row["end_year"])]
    return links.programme(programme_id), row["name"], facts


def _term(term_id: str) -> tuple[str, str, list[str]]:
    term = terms(resources.package())[term_id]
    return links.term(term_id), term.name, [term.definition]


def _source(source_id: str) -> tuple[str, str, list[str]]:
    source = resources.package().sources[source_id]
    year = str(source.year) if source.year else ""
    return (
        links.source(source_id),
        source.title,
        [source.author, year, markup.PUBLISHERS[source.publisher_type]],
    )


@resources.kept_of_package
def _finder() -> Finder:
    pages = [
        Entry(Hit("page", page.address, page.title, "", 0), page.title, f"{page.tells} {page.also}")
        for page in PAGES
    ]
    glossary = [
        Entry(Hit("term", key, term.name, "", 0), joined(*term.forms), term.definition)
        for key, term in terms(resources.package()).items()
    ]
    return Finder([*pages, *named_entries(resources.package()), *glossary])


@resources.kept_of_package
def _overview() -> pd.DataFrame:
    return indicator_overview(resources.package())


@resources.kept_of_package
def _programmes() -> pd.DataFrame:
    return resources.package().table("programmes").set_index("programme_id")
