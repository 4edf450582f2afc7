"""The page of an indicator: what it is, who has it, what it must not be compared with."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.own import OWN_TOPIC
from dashboard.catalogue.provenance import documents_of
from dashboard.catalogue.selection import Selection
from dashboard.charts.describe import describe_trend, describe_year
from dashboard.charts.formats import axis_title, number, words, years
from dashboard.charts.series import ranking, trend
from dashboard.exports import citation
from dashboard.transforms import default_year, rank
from dashboard.transforms.standings import is_placing
from dashboard.ui import card, filters, links, markup, notices, resources, state, wording
from dashboard.ui.chart import drawing
from dashboard.ui.compare.settle import FEWEST_PLACES, MOST_PLACES, SUGGESTED
from dashboard.ui.data import citing

PAGE = "data"
COVERAGE = "Coverage of the topic"
MOST_DOCUMENTS = 12
DIRECTIONS = {
    "higher": "a higher value is the better one",
    "lower": "a lower value is the better one",
    "neutral": "neither direction is the better one",
}
KINDS = {
    "share": "a share",
    "level": "a level: drawn as circles on a map, not as shades",
    "rate": "a rate",
    "index": "an index or a rank",
}
VERDICTS = {
    "not_comparable": "Not comparable",
    "caution": "Compare with care",
    "missing": "Compare with care",
    "note": "Nothing speaks against it",
}


def offered(catalogue: Catalogue, selection: Selection) -> list[str]:
    """Places that have the indicator, in the order of the atlas; hubs that pass the filters."""
    is_hubs = catalogue.kind_of(selection.indicator) == "hub"
    return [
        key
        for key in catalogue.places_with(selection.indicator)
        if not is_hubs or selection.with_(places=()).keeps(catalogue.places[key])
    ]


def draw(catalogue: Catalogue, shown: Selection) -> None:
    """Draw the indicator that the selection names."""
    indicator = catalogue.indicators[shown.indicator]
    st.html(f'<h2 class="section first">{escape(indicator.name)}</h2>')
    left, right = st.columns([1.7, 1])
    with right:
        st.html(_facts(indicator.indicator_id))
    with left:
        _chart(catalogue, shown, indicator)
    _comparison(catalogue, shown, indicator)
    key = indicator.indicator_id
    st.html(_latest(key, chosen(catalogue, shown)) + _rest(key))
    _cite(catalogue, indicator)


def _facts(indicator_id: str) -> str:
    catalogue = resources.catalogue()
    indicator = catalogue.indicators[indicator_id]
    rivals = [
        item
        for item in catalogue.indicators.values()
        if indicator.concept and item.concept == indicator.concept and item is not indicator
    ]
    to = {"indicator": indicator_id}
    ways = [
        links.anchor(state.address("compare", **to), "Compare places"),
        *(
            [links.anchor(state.address("", **to), "See the map")]
            if catalogue.places_with(indicator_id, "economy") and indicator.aggregation != "index"
            else []
        ),
        *(
            [links.anchor(state.address(PAGE, view="coverage", topic=indicator.topic), COVERAGE)]
            if indicator.topic != OWN_TOPIC
            else [links.anchor(state.address("your-data"), "All that you have brought")]
        ),
    ]
    return markup.facts(
        (
            ("Definition", escape(indicator.definition)),
            ("Unit", escape(axis_title(indicator))),
            ("Method", escape(indicator.method)),
            ("Topic", escape(words(indicator.topic))),
            ("Kind of figure", f"{KINDS[indicator.aggregation]}; {DIRECTIONS[indicator.better]}"),
            ("Must not be compared", escape(indicator.comparability_note)),
            (
                "Counted another way",
                "".join(
                    f"{links.anchor(links.indicator(item.indicator_id), item.name)}<br>"
                    for item in rivals
                )
                + ("Do not join these with this one." if rivals else ""),
            ),
            ("Code at the publisher", escape(indicator.source_code)),
            ("See also", "<br>".join(ways)),
        ),
        narrow=True,
    )


def chosen(catalogue: Catalogue, shown: Selection) -> tuple[str, ...]:
    """The places the reader chose among those that have the indicator; empty for all."""
    return tuple(key for key in shown.places if key in offered(catalogue, shown))


def _chart(catalogue: Catalogue, shown: Selection, indicator: Indicator) -> None:
    places = offered(catalogue, shown)
    suggested = [key for key in SUGGESTED if key in places]
    drawn = chosen(catalogue, shown) or tuple(
        suggested if len(suggested) >= FEWEST_PLACES else places
    )
    drawn = drawn[:MOST_PLACES]
    rows = catalogue.series(indicator.indicator_id, drawn)
    shown_years = filters.shown_years(rows, shown)
    rows = rows[rows["year"].isin(shown_years)].reset_index(drop=True)
    if rows.empty:
        notices.nothing_found(
            f"No whole year of {indicator.name} can be drawn for the places and years chosen.",
            "Choose other places or widen the years; the documents are listed below.",
        )
        return
    look = resources.look()
    if rows.groupby("place_id")["year"].nunique().max() > 1:
        figure = trend(rows, indicator, catalogue.places, look)
        alt = describe_trend(rows, indicator)
        when = years(shown_years[0], shown_years[-1])
    else:
        year = default_year(rows) or shown_years[-1]
        rows = rank(rows[rows["year"] == year], lowest_first=is_placing(indicator))
        figure = ranking(rows, indicator, catalogue.places, look)
        alt = describe_year(rows, indicator, year, "Ranked bars")
        when = str(year)
    more = len(places) - len(set(rows["place_id"]))
    found = list(comparability(rows, catalogue))
    if more > 0 and not shown.places:
        found.append(
            Finding(
                "note",
                "not_drawn",
                f"{markup.count(more, 'other place has', 'other places have')} values; choose "
                "places in the filter bar.",
            )
        )
    if absent := [key for key in shown.places if key not in places and key in catalogue.places]:
        names = ", ".join(map(catalogue.label, absent))
        found.append(Finding("missing", "absent", f"No value of it is held for {names}."))
    card.draw(
        card.Card(
            key="indicator",
            title=f"{indicator.name}: {_who(drawn, catalogue)}",
            subtitle=f"{axis_title(indicator)} · {when}",
            findings=found,
            rows=rows,
            alt=alt,
            page=PAGE,
            link=shown,
        ),
        drawing(figure),
        catalogue,
    )


def _who(places: tuple[str, ...], catalogue: Catalogue) -> str:
    if len(places) > 3:
        return f"{len(places)} places"
    return ", ".join(catalogue.label(key) for key in places)


def _comparison(catalogue: Catalogue, shown: Selection, indicator: Indicator) -> None:
    """For one place, which others its newest value may be compared with, and why not."""
    kind = catalogue.kind_of(indicator.indicator_id)
    places = [
        key
        for key in catalogue.places_with(indicator.indicator_id, kind)
        if catalogue.places[key].in_focus
    ]
    if len(places) < 2:
        return
    st.html(
        markup.section(
            "What may not be compared",
            "Choose a place: its newest value is held against the newest of each other place.",
        )
    )
    st.session_state["data_place"] = shown.place if shown.place in places else places[0]
    st.selectbox(
        "May be compared with",
        places,
        format_func=catalogue.label,
        key="data_place",
        width=320,
        on_change=lambda: state.change(place=st.session_state["data_place"]),
    )
    place = shown.place if shown.place in places else places[0]
    st.html(_verdicts(indicator.indicator_id, place, tuple(places)))


@resources.kept(256)
def _verdicts(indicator_id: str, place_id: str, places: tuple[str, ...]) -> str:
    catalogue = resources.catalogue()
    series = catalogue.series(indicator_id, places)
    newest = wording.identified(series.drop_duplicates("place_id", keep="last"))
    newest = newest.set_index("place_id", drop=False).rename_axis(None)
    own = newest.loc[[place_id]]
    # What is doubtful about the one value itself is said once, above the table.
    about_own = {item.text: item for item in comparability(own, catalogue)}
    lines = []
    for other in places:
        if other == place_id:
            continue
        pair = pd.concat([own, newest.loc[[other]]], ignore_index=True)
        found = [item for item in comparability(pair, catalogue) if item.code != "indicator_note"]
        grave = [item for item in found if item.severity != "note"]
        verdict = grave[0].severity if grave else "note"
        about_own |= {item.text: item for item in grave if item.places == (place_id,)}
        why = [item.text for item in (grave or found) if item.places != (place_id,)]
        if grave and not why:
            why = [f"What is said above of {catalogue.label(place_id)}."]
        row = newest.loc[other]
        lines.append(
            (
                list(VERDICTS).index(verdict),
                (
                    escape(catalogue.label(other)),
                    f'<span class="verdict {verdict}">{VERDICTS[verdict]}</span>',
                    links.anchor(
                        links.value(row["value_id"]),
                        f"{wording.figure(row, catalogue)}, {wording.period(row)}",
                    ),
                    "<br>".join(escape(text) for text in why),
                ),
            )
        )
    lines.sort(key=lambda line: line[0])
    row = newest.loc[place_id]
    name = escape(catalogue.label(place_id))
    value = links.anchor(
        links.value(row["value_id"]),
        f"{wording.figure(row, catalogue)}, {wording.period(row)}",
    )
    law = row["definition_id"]
    covers = [wording.coverage(row, catalogue), catalogue.definition_words(law) if law else ""]
    counted = "; ".join(part for part in covers if part)
    notes = "".join(f"<li>{escape(text)}</li>" for text in about_own)
    return (
        f"<p>{name}: {value}{escape(f', {counted}' if counted else '')}.</p>"
        f'<ul class="remarks">{notes}</ul>'
        + markup.table(
            f"What may be compared with {catalogue.label(place_id)}",
            ("Place", "Verdict", "Newest value", "Why"),
            [line for _, line in lines],
        )
    )


@resources.kept(256)
def _latest(indicator_id: str, places: tuple[str, ...]) -> str:
    """The newest value of each place, each with its document and a page of its own."""
    catalogue = resources.catalogue()
    series = catalogue.series(indicator_id, places or None)
    newest = series.drop_duplicates("place_id", keep="last")
    title = "Newest values"
    if newest.empty:
        # Forecasts, parts of a year and figures without a year are held, and not drawn.
        title, newest = "Values held", catalogue.observations(indicator_id, places or None)
    order = {key: index for index, key in enumerate(catalogue.places)}
    newest = newest.sort_values("place_id", key=lambda cells: cells.map(order), kind="stable")
    lines = []
    for _, row in wording.identified(newest).iterrows():
        firm = "" if row["qualifier"] == "exact" else wording.QUALIFIERS[row["qualifier"]]
        doubts = [firm, wording.coverage(row, catalogue), wording.doubts(row, catalogue)]
        lines.append(
            (
                escape(catalogue.label(row["place_id"])),
                escape(wording.figure(row, catalogue)),
                escape(wording.period(row)),
                escape("; ".join(part for part in doubts if part)),
                wording.document(row["source_id"], catalogue),
                links.anchor(links.value(row["value_id"]), "Source and citation"),
            )
        )
    return markup.section(
        title, "Open one to see who says so, what others say, and how to cite it."
    ) + markup.table(
        "Newest value of each place",
        ("Place", "Value", "Year", "Doubts and coverage", "Document", "Open"),
        lines,
        numbers=(1,),
    )


@resources.kept(256)
def _rest(indicator_id: str) -> str:
    """Documents and, for shares of SMEs, the laws that the values follow."""
    catalogue = resources.catalogue()
    return _documents(catalogue, indicator_id) + _laws(catalogue, indicator_id)


def _documents(catalogue: Catalogue, indicator_id: str) -> str:
    found = documents_of(catalogue, indicator_id)
    lines = [
        (
            wording.document(row.source_id, catalogue),
            markup.PUBLISHERS[row.publisher_type],
            f"{row.values:,}",
            wording.span(row.first_year, row.last_year),
            escape(row.licence) or "not stated",
            escape(row.retrieved),
        )
        for row in found.head(MOST_DOCUMENTS).itertuples()
    ]
    more = len(found) - MOST_DOCUMENTS
    remark = f"The {MOST_DOCUMENTS} that give most of {len(found)} documents." if more > 0 else ""
    return markup.section("Documents", remark) + markup.table(
        "Documents behind the values",
        ("Document", "Publisher", "Values", "Years", "Licence", "Copy read"),
        lines,
        numbers=(2,),
    )


def _laws(catalogue: Catalogue, indicator_id: str) -> str:
    used = set(catalogue.observations(indicator_id)["definition_id"]) - {""}
    table = catalogue.table("definitions")
    table = table[table["definition_id"].isin(used)]
    if table.empty:
        return ""

    def limit(row: pd.Series, column: str) -> str:
        if pd.isna(row[column]):
            return ""
        unit = "" if column == "max_employees" else f"{row['currency']} "
        return f"{unit}{number(row[column], 0)}"

    lines = [
        (
            escape(catalogue.label(row["economy"])),
            wording.span(row["valid_from"], row["valid_to"]),
            escape(row["sector_scope"].replace("_", " ")),
            wording.SIZES[row["size_class"]],
            limit(row, "max_employees"),
            limit(row, "max_capital"),
            limit(row, "max_turnover"),
            wording.document(row["source_id"], catalogue),
        )
        for _, row in table.iterrows()
    ]
    laws = markup.table(
        "Legal definitions",
        ("Economy", "In force", "Sectors", "Class", "Employees", "Capital", "Sales", "Document"),
        lines,
        numbers=(4, 5, 6),
    )
    return (
        markup.section(
            "What counts as a small or medium enterprise",
            "The laws that these values follow. Limits are upper limits.",
        )
        + f'<details class="fold"><summary>{markup.count(len(lines), "limit")} of '
        f"{markup.count(table['economy'].nunique(), 'economy', 'economies')}</summary>{laws}"
        "</details>"
    )


def _cite(catalogue: Catalogue, indicator: Indicator) -> None:
    key = indicator.indicator_id
    address = citing.full_address(catalogue, view="indicator", indicator=key)
    st.html(markup.section("Cite this indicator"))
    citing.draw(citation.indicator(catalogue, key, address, citing.today()), "indicator")
