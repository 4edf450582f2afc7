"""The catalogue: one search over all that the atlas holds, and every indicator by topic."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import LONGEST_SEARCH, search_words
from dashboard.catalogue.overview import indicator_overview
from dashboard.catalogue.search import KINDS, Hit, search
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.vocabulary import TOPICS
from dashboard.charts.formats import words, years
from dashboard.ui import links, markup, notices, resources, state
from dashboard.ui.own import own

GROUPS = {
    "indicator": "Indicators",
    "value": "Values",
    "programme": "Programmes",
    "place": "Places",
    "source": "Documents",
}
MOST_HITS = 20
# Hits of a group that are shown at once: of the group with the best one, and of the others.
SHOWN_FIRST, SHOWN = 8, 4
# Indicators of a topic that are shown before a fold: beside other topics, and alone.
MOST_AT_FIRST, MOST_OF_A_TOPIC = 10, 40
EXAMPLES = ("98 % Taiwan manufacturing SMEs", "METI 2002 budget", "R&D researchers", "Hsinchu")


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the search, and its hits or the list of indicators."""
    _controls(shown)
    if shown.q:
        _hits(catalogue, shown)
    else:
        st.html(_examples() + _own() + _list(shown.topic))
        _documents(catalogue)


def _controls(shown: Selection) -> None:
    st.session_state["data_search"] = shown.q or ""
    st.text_input(
        "Search indicators, values, places, programmes and documents",
        max_chars=LONGEST_SEARCH,
        placeholder="For example: 98 % Taiwan SMEs",
        key="data_search",
        icon=":material/search:",
        on_change=lambda: state.change(q=search_words(st.session_state["data_search"]) or None),
    )
    topics("data_topic", shown)


def topics(key: str, shown: Selection) -> None:
    """The choice of a topic; none chosen means all."""
    st.session_state[key] = shown.topic
    st.pills(
        "Topic",
        TOPICS,
        format_func=words,
        key=key,
        on_change=lambda: state.change(topic=st.session_state[key]),
    )


def _examples() -> str:
    tries = ", ".join(
        links.anchor(state.address("data", view="catalogue", q=text), text) for text in EXAMPLES
    )
    return f'<p class="hint">Try: {tries}.</p>'


def _hits(catalogue: Catalogue, shown: Selection) -> None:
    found = [
        hit
        for kind in KINDS
        for hit in search(catalogue, str(shown.q), [kind], MOST_HITS)
        if _in_topic(hit, shown.topic)
    ]
    found = [*(_own_hits(str(shown.q)) if shown.topic is None else ()), *found]
    if not found:
        where = f" in {words(shown.topic)}" if shown.topic else ""
        notices.nothing_found(
            f"Nothing found for “{shown.q}”{where}.",
            "Use fewer or other words, or take the topic away.",
        )
        return
    groups: dict[str, list[Hit]] = {}
    for hit in found:
        groups.setdefault(hit.kind, []).append(hit)
    # The group that holds the best hit of all stands first.
    best = next(iter(search(catalogue, str(shown.q), list(groups), 1)), found[0])
    order = sorted(groups, key=lambda kind: kind != best.kind)
    st.html(
        "".join(
            _group(GROUPS[kind], groups[kind], SHOWN_FIRST if kind == best.kind else SHOWN)
            for kind in order
        )
    )


def _own_hits(text: str) -> list[Hit]:
    """The series of the reader's own that have all words in their name."""
    held = own()
    sought = text.casefold().split()
    return [
        Hit("indicator", key, item.indicator.name, item.source.title, 0, indicator_id=key)
        for key, item in (held.series.items() if held else ())
        if all(word in item.indicator.name.casefold() for word in sought)
    ]


def _in_topic(hit: Hit, topic: str | None) -> bool:
    if topic is None:
        return True
    if not hit.indicator_id:
        return False
    return resources.package().indicators[hit.indicator_id].topic == topic


def _group(title: str, hits: Sequence[Hit], shown: int) -> str:
    first, more = hits[:shown], hits[shown:]
    rest = (
        f'<details class="fold"><summary>{markup.count(len(more), "more hit")}</summary>'
        f"{_hit_table(title, more)}</details>"
        if more
        else ""
    )
    return (
        f'<h2 class="section">{title} <span class="count">{len(hits)}</span></h2>'
        f"{_hit_table(title, first)}{rest}"
    )


def _hit_table(title: str, hits: Sequence[Hit]) -> str:
    rows = [(links.anchor(_address(hit), hit.title), escape(hit.excerpt)) for hit in hits]
    return markup.table(f"Hits: {title}", ("What", "What is said of it"), rows, scrolls=False)


def _address(hit: Hit) -> str:
    """Where a hit leads to."""
    return {
        "indicator": links.indicator,
        "place": links.place,
        "source": links.source,
        "programme": links.programme,
        "value": links.value,
    }[hit.kind](hit.identifier)


def _own() -> str:
    """The series that the reader has brought, as markup."""
    held = own()
    if held is None:
        return ""
    rows = [
        (links.anchor(links.indicator(key), item.indicator.name), escape(item.indicator.unit))
        for key, item in held.series.items()
    ]
    return markup.section("Your data", count=len(rows)) + _table("Your data", rows)


@resources.kept_of_package
def _list(topic: str | None) -> str:
    """Every indicator, or those of a topic, as markup; the same for all readers."""
    catalogue = resources.package()
    overview = indicator_overview(catalogue)
    blocks = []
    places = (overview["economies"] + overview["others"]).to_dict()
    for name in [topic] if topic else TOPICS:
        keys = [key for key, item in catalogue.indicators.items() if item.topic == name]
        # What is known of most places stands first: single figures of one hub are many.
        keys.sort(key=lambda key: -places.get(key, 0))
        first = MOST_OF_A_TOPIC if topic else MOST_AT_FIRST
        items = [_indicator(catalogue, key, overview) for key in keys]
        more = markup.count(len(items[first:]), "more indicator")
        rest = (
            f'<details class="fold"><summary>{more} on {words(name)}</summary>'
            f"{_table(words(name), items[first:])}</details>"
            if items[first:]
            else ""
        )
        blocks.append(
            f'<h2 class="section">{words(name)} <span class="count">{len(keys)}</span></h2>'
            f"{_table(words(name), items[:first])}{rest}"
        )
    return "".join(blocks)


def _table(topic: str, rows: Sequence[tuple[str, str]]) -> str:
    caption = f"Indicators: {topic}"
    return markup.table(caption, ("Indicator", "What is held"), rows, scrolls=False)


def _indicator(catalogue: Catalogue, indicator_id: str, overview: pd.DataFrame) -> tuple[str, str]:
    """An indicator with the way to its page, and what is held of it, as markup."""
    indicator = catalogue.indicators[indicator_id]
    parts = held(catalogue, indicator_id, overview)
    if indicator_id in overview.index:
        row = overview.loc[indicator_id]
        source = catalogue.sources[row["source_id"]]
        others = f" and {row['sources'] - 1} more" if row["sources"] > 1 else ""
        parts.append(f"{source.author or source.title}{others}")
    return links.anchor(links.indicator(indicator_id), indicator.name), escape(" · ".join(parts))


def held(catalogue: Catalogue, indicator_id: str, overview: pd.DataFrame) -> list[str]:
    """What is held of an indicator, in a few words each: unit, places, years.

    Args:
        catalogue: holds the indicator.
        indicator_id: the indicator.
        overview: as `indicator_overview` gives it.
    """
    parts = [catalogue.indicators[indicator_id].unit]
    if indicator_id not in overview.index:
        return [*parts, "no values held"]
    row = overview.loc[indicator_id]
    if row["economies"]:
        parts.append(markup.count(int(row["economies"]), "economy", "economies"))
    if row["others"]:
        parts.append(
            markup.count(int(row["others"]), "other place" if row["economies"] else "place")
        )
    if pd.notna(row["first_year"]):
        parts.append(years(int(row["first_year"]), int(row["last_year"])))
    return parts


def _documents(catalogue: Catalogue) -> None:
    # Made when it is opened: it is as long as everything above it.
    folded = st.expander(
        f"All {len(catalogue.sources):,} documents", key="data_documents", on_change="rerun"
    )
    if folded.open:
        with folded:
            st.html(_all_documents())


@resources.kept_of_package
def _all_documents() -> str:
    catalogue = resources.package()
    blocks = []
    for kind, name in markup.PUBLISHERS.items():
        found = [item for item in catalogue.sources.values() if item.publisher_type == kind]
        found.sort(key=lambda item: item.title.lower())
        items = "".join(
            f"<li>{links.anchor(links.source(item.source_id), item.title)}<br>"
            f"{escape(item.author)}{f', {item.year}' if item.year else ''}</li>"
            for item in found
        )
        if found:
            blocks.append(
                f'<h3 class="section">{name.capitalize()} '
                f'<span class="count">{len(found)}</span></h3><ul class="entries">{items}</ul>'
            )
    return "".join(blocks)


def warm(catalogue: Catalogue) -> None:
    """Build the index of the search and the list of all indicators."""
    search(catalogue, "index")
    _list(None)
