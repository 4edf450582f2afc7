"""The page of an economy: figures among its peers, SMEs, sectors, programmes, places, sources.

What the atlas does not hold is said where it would stand, with the reason.
"""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.contract import TOPICS
from dashboard.catalogue.findings import FIRM_SCALE_WORDS, Finding
from dashboard.catalogue.place_sources import documents_of_place
from dashboard.catalogue.programme_amounts import YEARLY
from dashboard.catalogue.provenance import source_line, source_uses, sources_of_events
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.standing import Standing, standing
from dashboard.charts.formats import quantity, words, years
from dashboard.charts.funding import describe_funding, funding, yearly
from dashboard.charts.sectors import describe_sectors, sectors
from dashboard.charts.theme import theme
from dashboard.charts.thresholds import (
    EMPLOYEES,
    MEASURES,
    describe_thresholds,
    limit_words,
    sector_words,
    thresholds,
)
from dashboard.charts.timeline import PREFIX, describe_timeline, timeline
from dashboard.ui import card, links, map_events, state
from dashboard.ui.chart import Drawing, Listeners, drawing
from dashboard.ui.data import markup, wording
from dashboard.ui.figures import key_figure, plain_label, source_details
from dashboard.ui.place import small_map, told
from dashboard.ui.place.parts import fold, parts
from dashboard.ui.resources import catalogue as shared_catalogue
from dashboard.ui.resources import look

PAGE = "economy"
KEPT = 64
MOST_OF_TOPIC = 4
FIRST_AMOUNTS = 2

# Figures that tell most of an economy, by topic, those that most economies have first.
KEY_FIGURES = {
    "sme": (
        "sme_share_enterprises",
        "sme_share_employment",
        "sme_share_value_added",
        "sme_share_exports",
    ),
    "fdi": (
        "fdi_inward_flow_gdp_unctad",
        "fdi_inward_stock_gdp_unctad",
        "fdi_outward_stock_gdp_unctad",
        "fdi_inward_stock_usd_mn",
    ),
    "rd": (
        "rd_expenditure_gdp",
        "researchers_per_million",
        "rd_performed_business_share",
        "uspto_semiconductor_patents",
    ),
    "semiconductors": (
        "foundry_capacity_share",
        "wafer_capacity_share_semi",
        "foundry_advanced_capacity_share",
        "wafer_capacity_share_ic_insights",
    ),
    "structure": (
        "manufacturing_va_gdp",
        "medhigh_tech_exports_share",
        "hightech_exports_share",
        "exports_gdp",
    ),
    "human_capital": ("tertiary_enrolment_gross",),
    "context": ("gdp_current_usd", "gdp_pcap_ppp_const2021", "population", "cpi_inflation"),
}
# What a part that is empty says in its place.
EMPTY = {
    "verdicts": (
        "Verdicts of the papers",
        "The papers judge clusters, hubs and programmes: no verdict is held of this economy as a "
        "whole.",
    ),
    "ties": ("Ties", "No tie of this economy, its hubs or its clusters is held."),
    "fabs": (
        "Fabs, row by row",
        "No fab is listed here: neither of the two lists that the atlas reads names one.",
    ),
    "places": ("Hubs and clusters here", "No hub or cluster of the atlas lies here."),
}
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def draw(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    """Draw everything below the heading of an economy's page."""
    st.html(_figures(place.place_id, selection.indicator, look().accent))
    _small_firms(catalogue, place, selection)
    _largest_sectors(catalogue, place, selection)
    _programmes(catalogue, place, selection)
    _where(catalogue, place, selection)
    _told(catalogue, place, selection)
    _timeline(catalogue, place, selection)


def draw_sources(place: Place) -> None:
    """Draw, below all else, the documents that the page rests on."""
    number, table = _sources(place.place_id)
    st.html(
        markup.section(
            f"Sources used ({number})",
            "Every document that a value, limit, amount, tie, event or fab of this economy rests "
            "on, the one with most first.",
        )
        + table
    )


# --- Key figures ----------------------------------------------------------------------------------


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _figures(place_id: str, indicator_id: str, colour: str) -> str:
    catalogue = shared_catalogue()
    return figures(catalogue, catalogue.place(place_id), indicator_id, colour)


def figures(catalogue: Catalogue, place: Place, indicator_id: str, colour: str) -> str:
    """Key figures by topic as markup, each with its place among the economies of the atlas.

    Args:
        catalogue: holds the values.
        place: the economy.
        indicator_id: the chosen indicator, which stands first.
        colour: of the sparklines.
    """
    number = len(economies_of(catalogue, in_focus=True))
    others = "" if place.in_focus else f" {place.name}, a neighbour, is ranked with them."
    remark = (
        f"Newest values. Median and rank are those of the atlas's {number} economies that have a "
        f"value in the year said; 1st is the highest, which is not always the best.{others}"
    )
    blocks = [markup.section("Key figures", remark)]
    chosen = _figure(catalogue, place, indicator_id, colour)
    name = catalogue.indicators[indicator_id].name
    blocks.append(
        _grid([chosen])
        if chosen
        else f'<p class="hint">No value of {escape(name)}, the indicator chosen, is held here.</p>'
    )
    for topic in TOPICS:
        keys = [key for key in key_indicators(catalogue, place, topic) if key != indicator_id]
        shown = [_figure(catalogue, place, key, colour) for key in keys]
        title = f'<h3 class="section">{escape(words(topic))}</h3>'
        if shown:
            blocks.append(title + _grid(shown))
        elif not (chosen and catalogue.indicators[indicator_id].topic == topic):
            blocks.append(title + _no_topic(catalogue, place, topic))
    return "".join(blocks)


def key_indicators(catalogue: Catalogue, place: Place, topic: str) -> list[str]:
    """The indicators of a topic that tell most of an economy: the usual ones, or its longest."""
    held = catalogue.indicators_of(place.place_id)
    usual = [key for key in KEY_FIGURES.get(topic, ()) if key in held]
    if usual:
        return usual
    others = [key for key in held if catalogue.indicators[key].topic == topic]
    sizes = {key: len(catalogue.series(key, [place.place_id])) for key in others}
    return sorted(others, key=lambda key: (-sizes[key], key))[:MOST_OF_TOPIC]


def _no_topic(catalogue: Catalogue, place: Place, topic: str) -> str:
    of_topic = [key for key, item in catalogue.indicators.items() if item.topic == topic]
    others = {key for item in of_topic for key in catalogue.places_with(item, "economy")}
    have = (
        f"; {markup.count(len(others), 'other economy', 'other economies')} have one"
        if others
        else "; they are measured for programmes, hubs or clusters only"
    )
    coverage = links.anchor(state.address("data", view="coverage", topic=topic), "Who has what")
    return (
        f'<p class="hint">No source of the atlas gives {escape(place.name)} a value of any of the '
        f"{len(of_topic)} indicators of this topic{have}. {coverage}</p>"
    )


def _grid(blocks: list[str]) -> str:
    return f'<div class="standings">{"".join(blocks)}</div>'


def _figure(catalogue: Catalogue, place: Place, indicator_id: str, colour: str) -> str:
    found = standing(catalogue, place.place_id, indicator_id)
    if found is None:
        return ""
    care = "".join(f"<p>{escape(item.text)}</p>" for item in found.findings)
    folded = f"<details><summary>read with care</summary>{care}</details>" if care else ""
    return key_figure(
        plain_label(found.indicator),
        found.newest,
        catalogue,
        found.series,
        colour,
        f'<p class="standing">{escape(standing_words(found))}</p>{folded}',
    )


def standing_words(found: Standing) -> str:
    """Rank and median of a standing in a sentence, or why there is none."""
    if found.rank is None or found.median is None:
        return found.reason
    number = len(found.economies)
    unit = found.indicator
    own = ""
    if found.year != int(found.newest.year):
        own = f"{quantity(found.value, unit, found.qualifier)} in {found.year}: "
    lowest_first = unit.better == "lower"
    if found.rank == 1:
        place = "lowest" if lowest_first else "highest"
    else:
        place = f"{ordinal(found.rank)}{' lowest' if lowest_first else ''}"
    joint = "joint " if found.is_tied else ""
    left = f"; {len(found.bounds)} known only as a bound left out" if found.bounds else ""
    return (
        f"{own}{joint}{place} of {number} in {found.year}; median "
        f"{quantity(found.median, unit)}{left}"
    )


def ordinal(number: int) -> str:
    """A rank as it is read: 1st, 2nd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"


# --- Small and medium firms -----------------------------------------------------------------------


def definitions(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """The legal definitions of an economy and those that its figures follow, with `heading`.

    Those of its own law come first, in the order of the years in which they came into force.
    """
    table = catalogue.table("definitions")
    values = catalogue.table("observations")
    followed = set(values.loc[values["place_id"] == place.place_id, "definition_id"]) - {""}
    rows = table[(table["economy"] == place.place_id) | table["definition_id"].isin(followed)]
    starts = rows.groupby("definition_id")["valid_from"].transform("min").fillna(0)
    rows = rows.assign(_own=rows["economy"] != place.place_id, _start=starts)
    rows = rows.sort_values(["_own", "_start", "definition_id"], kind="stable")
    headings = {
        key: _heading(group, place, catalogue) for key, group in rows.groupby("definition_id")
    }
    rows = rows.assign(heading=rows["definition_id"].map(headings))
    return rows.drop(columns=["_own", "_start"]).reset_index(drop=True)


def _heading(rows: pd.DataFrame, place: Place, catalogue: Catalogue) -> str:
    """A definition in a few words: years in force, whose it is, who says so."""
    span = wording.span(rows["valid_from"].min(), rows["valid_to"].max())
    economy = rows["economy"].iloc[0]
    whose = "" if economy == place.place_id else f"{catalogue.places[economy].name}, "
    source = catalogue.sources[rows["source_id"].iloc[0]]
    said = source.author or source.title
    return f"{whose}{span or 'years in force not stated'} ({said})"


def _small_firms(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    rows = definitions(catalogue, place)
    st.html(
        markup.section(
            "Small and medium firms: what the law counts, and what rests on it",
            "Shares of SMEs under different limits do not compare, neither between economies nor "
            "within one."
            if len(rows)
            else f"No legal definition of an SME is held for {place.name}.",
        )
    )
    if len(rows):
        shown = _thresholds(place.place_id, look().mode)
        card.draw(
            _definitions_card(catalogue, place, rows, selection),
            shown,
            catalogue,
        )
    st.html(_resting(catalogue, place, rows))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _thresholds(place_id: str, mode: str) -> Drawing | None:
    catalogue = shared_catalogue()
    figure = thresholds(definitions(catalogue, catalogue.place(place_id)), theme(mode))
    return None if figure is None else drawing(figure)


def _definitions_card(
    catalogue: Catalogue, place: Place, rows: pd.DataFrame, selection: Selection
) -> card.Card:
    documents = source_uses(rows.assign(name=rows["heading"], year=pd.NA), catalogue, "legal limit")
    findings = []
    unlimited = rows[rows[list(MEASURES)].isna().all(axis=1)]
    if len(unlimited):
        text = f"The source gives no limit for: {', '.join(unlimited['sector_scope'])}."
        findings.append(Finding("missing", "no_limit", text))
    if rows[EMPLOYEES].isna().all():
        text = "No limit of employees is set: the law counts capital or turnover."
        findings.append(Finding("note", "no_employees", text))
    foreign = rows[rows["economy"] != place.place_id]
    if len(foreign):
        names = dict.fromkeys(catalogue.places[key].name for key in foreign["economy"])
        text = f"Definitions of {', '.join(names)} are shown because figures follow them."
        findings.append(Finding("note", "followed", text))
    number = rows["definition_id"].nunique()
    return card.Card(
        key=f"economy_definitions_{place.place_id}",
        title=f"Who counts as an SME in {place.name}",
        subtitle=f"Upper limits by sector and size, {markup.count(number, 'definition')}, each "
        "axis to scale from zero",
        findings=findings,
        rows=catalogue.drawn.iloc[:0],
        alt=describe_thresholds(rows, place.name),
        page=PAGE,
        link=selection,
        extra_source=source_line(documents),
        more_sources=documents,
        data=rows.assign(
            economy_name=[catalogue.places[key].name for key in rows["economy"]],
            source=[catalogue.sources[key].title for key in rows["source_id"]],
            source_url=[catalogue.sources[key].url for key in rows["source_id"]],
        ),
        table=lambda: _definitions_table(rows, catalogue),
    )


def _definitions_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    def limit(row: Any, column: str) -> str:
        value = row[column]
        return "–" if pd.isna(value) else escape(limit_words(value, column, row["currency"]))

    lines = [
        (
            escape(sector_words(row["sector_scope"])),
            escape(wording.SIZES.get(row["size_class"], row["size_class"])),
            *(limit(row, column) for column in MEASURES),
            escape(row["heading"]),
            wording.document(row["source_id"], catalogue),
            wording.where(row),
        )
        for _, row in rows.iterrows()
    ]
    heads = ("Sectors", "Size", *MEASURES.values(), "In force", "Document", "Where, and note")
    return markup.table("Legal limits of small and medium firms", heads, lines)


def _resting(catalogue: Catalogue, place: Place, laws: pd.DataFrame) -> str:
    """The figures of an economy by the definition they follow, as a table."""
    values = catalogue.table("observations")
    values = values[values["place_id"] == place.place_id]
    is_sme = values["indicator_id"].map(lambda key: catalogue.indicators[key].topic == "sme")
    values = values[is_sme | (values["definition_id"] != "")]
    if values.empty:
        whom = escape(place.name)
        whom = escape(place.name)
        return f'<p class="hint">No figure of small and medium firms is held for {whom}.</p>'
    lines = []
    for key in [*dict.fromkeys(laws["definition_id"]), ""]:
        rows = values[values["definition_id"] == key]
        if key:
            name = laws.loc[laws["definition_id"] == key, "heading"].iloc[0]
            name = f"{name[:1].upper()}{name[1:]}: {catalogue.definition_words(key)}"
        else:
            name = "Source names no definition"
        if rows.empty and not key:
            continue
        lines.append((escape(name), _many(rows), _newest(catalogue, rows)))
    return '<h3 class="section">Figures that rest on each definition</h3>' + markup.table(
        f"SME figures of {place.name} by legal definition",
        ("Definition", "Values held", "Newest of each indicator"),
        lines,
    )


def _many(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "none"
    dated = rows["year"].dropna()
    span = f", {years(int(dated.min()), int(dated.max()))}" if len(dated) else ""
    return f"{markup.count(len(rows), 'value')}{span}"


def _newest(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    if rows.empty:
        return "no figure of the atlas follows it"
    newest = rows.sort_values("year", kind="stable", na_position="first")
    newest = wording.identified(newest.drop_duplicates("indicator_id", keep="last"))
    items = "".join(
        f"<li>{escape(plain_label(catalogue.indicators[row['indicator_id']]))}: "
        f"{links.anchor(links.value(row['value_id']), wording.figure(row, catalogue))}, "
        f"{escape(wording.period(row))}{_covers(row, catalogue)}</li>"
        for _, row in newest.iterrows()
    )
    return f'<ul class="remarks">{items}</ul>'


def _covers(row: Any, catalogue: Catalogue) -> str:
    covers = wording.coverage(row, catalogue)
    # That SMEs are counted stands in the name of the indicator.
    return f" ({escape(covers)})" if covers not in ("", FIRM_SCALE_WORDS["sme"]) else ""


# --- Sectors --------------------------------------------------------------------------------------


def _largest_sectors(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == place.place_id].reset_index(drop=True)
    st.html(markup.section("Largest manufacturing sectors"))
    if rows.empty:
        have = [catalogue.places[key].name for key in dict.fromkeys(table["economy"])]
        st.html(
            f'<p class="hint">No shares of sectors are held for {escape(place.name)}: the one '
            f"source of them covers {escape(', '.join(have))} only.</p>"
        )
        return
    documents = source_uses(rows.assign(name=rows["sector"]), catalogue, "sector")
    year = years(int(rows["year"].min()), int(rows["year"].max()))
    is_published = (rows["year_basis"] == "publication").all()
    basis = f"published {year}, year of the data not given" if is_published else year
    card.draw(
        card.Card(
            key=f"economy_sectors_{place.place_id}",
            title=f"The {len(rows)} largest manufacturing sectors of {place.name}",
            subtitle=f"Shares of employment and value added in manufacturing, per cent, {basis} · "
            "ranked by value added · ISIC Rev. "
            + " and ".join(dict.fromkeys(rows["isic_revision"])),
            findings=[
                Finding("note", "sector", text) for text in dict.fromkeys(rows["note"]) if text
            ],
            rows=catalogue.drawn.iloc[:0],
            alt=describe_sectors(rows, place.name),
            page=PAGE,
            link=selection,
            extra_source=source_line(documents),
            more_sources=documents,
            data=rows.assign(source=[catalogue.sources[key].title for key in rows["source_id"]]),
            table=lambda: _sectors_table(rows, catalogue),
        ),
        _sector_bars(place.place_id, look().mode),
        catalogue,
    )


def _types(catalogue: Catalogue) -> dict[str, str]:
    table = catalogue.table("industries")
    return {
        row.industry: words(row.industry_type) if row.industry_type else ""
        for row in table.itertuples()
    }


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _sector_bars(place_id: str, mode: str) -> Drawing:
    catalogue = shared_catalogue()
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == place_id]
    return drawing(sectors(rows, _types(catalogue), theme(mode)))


def _sectors_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    types = _types(catalogue)
    lines = [
        (
            escape(f"{row.rank}. {row.sector}"),
            escape(types[row.industry] or "no type"),
            *(
                "no value" if pd.isna(share) else f"{share:.1f} %"
                for share in (row.employment_share, row.value_added_share)
            ),
            f"{row.year}{' (publication)' if row.year_basis == 'publication' else ''}",
            escape(f"ISIC Rev. {row.isic_revision}, {row.isic_code}"),
            source_details(row, catalogue),
        )
        for row in rows.sort_values("rank").itertuples()
    ]
    heads = ("Sector", "Industry type", "Employment", "Value added", "Year", "Code", "Document")
    return markup.table("Largest manufacturing sectors", heads, lines, numbers=(2, 3))


# --- Programmes -----------------------------------------------------------------------------------


def amounts(catalogue: Catalogue, place: Place) -> pd.DataFrame:
    """Public money of the programmes of an economy, the amounts to draw among rivals.

    Returns:
        Rows of `programme_funding` with `programme` (its name) and `words` (period, what the
        amount is and, where it is a part, of which place), in the order of programmes and years.
    """
    programmes = catalogue.programmes(place.place_id)
    order = {key: at for at, key in enumerate(programmes["programme_id"])}
    rows = catalogue.table("programme_funding")
    rows = rows[
        rows["programme_id"].isin(order)
        & rows["headline"]
        & (rows["measure_group"] == "public_money")
    ]
    rows = rows.assign(
        programme=rows["programme_id"].map(catalogue.programme_names),
        words=[wording.amount_words(row, catalogue) for _, row in rows.iterrows()],
        _order=rows["programme_id"].map(order),
    )
    rows = rows.sort_values(["_order", "year", "funding_id"], kind="stable")
    return rows.drop(columns="_order").reset_index(drop=True)


def _programmes(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    programmes = catalogue.programmes(place.place_id)
    st.html(
        markup.section(
            f"Cluster programmes and their money ({len(programmes)})",
            "A total of several years is written with its span and never spread over the years; "
            "only amounts of single years are bars."
            if len(programmes)
            else f"The atlas holds no cluster programme that {place.name} runs.",
        )
    )
    if programmes.empty:
        return
    rows = amounts(catalogue, place)
    of_years = yearly(rows)
    if len(of_years):
        documents = source_uses(of_years.assign(name=of_years["programme"]), catalogue, "amount")
        findings = []
        rest = len(rows) - len(of_years)
        if rest:
            text = (
                f"{markup.count(rest, 'amount')} of several years, of one decision or without a "
                "year are in the table below and have no bar."
            )
            findings.append(Finding("missing", "no_year", text))
        if (of_years["period_type"] == YEARLY[0]).any():
            text = "Fiscal years stand under the year they start in."
            findings.append(Finding("note", "fiscal_years", text))
        span = years(int(of_years["year"].min()), int(of_years["year"].max()))
        card.draw(
            card.Card(
                key=f"economy_funding_{place.place_id}",
                title=f"Public money for cluster programmes of {place.name}, year by year",
                subtitle=f"{markup.count(len(of_years), 'amount')} of single years, {span}, in "
                f"{' and '.join(dict.fromkeys(of_years['currency']))} at the prices of the time · "
                "hatched: not exact",
                findings=findings,
                rows=catalogue.drawn.iloc[:0],
                alt=describe_funding(of_years, place.name),
                page=PAGE,
                link=selection,
                extra_source=source_line(documents),
                more_sources=documents,
                data=of_years.assign(
                    source=[catalogue.sources[key].title for key in of_years["source_id"]]
                ),
                table=lambda: _amounts_table(of_years, catalogue),
            ),
            _funding_bars(place.place_id, look().mode),
            catalogue,
        )
    st.html(_programmes_table(catalogue, programmes, rows))


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _funding_bars(place_id: str, mode: str) -> Drawing:
    catalogue = shared_catalogue()
    rows = yearly(amounts(catalogue, catalogue.place(place_id)))
    return drawing(funding(rows, theme(mode)))


def _amounts_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    lines = [
        (
            links.anchor(links.programme(row["programme_id"]), row["programme"]),
            escape(row["words"]),
            escape(wording.amount(row)),
            source_details(row, catalogue),
        )
        for _, row in rows.iterrows()
    ]
    heads = ("Programme", "Period, and what it is", "Amount", "Document")
    return markup.table("Public money of cluster programmes", heads, lines, numbers=(2,))


def _programmes_table(catalogue: Catalogue, programmes: pd.DataFrame, rows: pd.DataFrame) -> str:
    lines = []
    for _, programme in programmes.iterrows():
        own = rows[rows["programme_id"] == programme["programme_id"]]
        items = [
            f"<li>{escape(row['words'])}: {escape(wording.amount(row))} "
            f"{source_details(row, catalogue)}</li>"
            for _, row in own.iterrows()
        ]
        basis = " (assigned by the curators)" if programme["approach_basis"] == "curator" else ""
        lines.append(
            (
                links.anchor(links.programme(programme["programme_id"]), programme["name"]),
                wording.span(programme["start_year"], programme["end_year"]) or "years not stated",
                escape(f"{words(programme['approach']).lower()}{basis}"),
                escape(programme["sponsor"]),
                _folded(items) or "no amount of public money held: none was found in a source",
            )
        )
    heads = ("Programme", "Years", "Approach", "Who pays", "Public money")
    return markup.table("Cluster programmes", heads, lines)


def _folded(items: list[str]) -> str:
    """The first items of a list, the others folded below them; empty without any."""
    if not items:
        return ""
    first = f'<ul class="remarks">{"".join(items[:FIRST_AMOUNTS])}</ul>'
    rest = items[FIRST_AMOUNTS:]
    if not rest:
        return first
    return (
        f"{first}<details><summary>{len(rest)} more</summary>"
        f'<ul class="remarks">{"".join(rest)}</ul></details>'
    )


# --- Where, and what is told ----------------------------------------------------------------------


def _where(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    within = told.within(catalogue, place)
    st.html(markup.section(f"Hubs and clusters ({len(within)})"))
    if any(other.lat is not None for other in within):
        small_map.draw(catalogue, place, within, selection)
        return
    st.html(f'<p class="hint">{escape(EMPTY["places"][1])}</p>')


# Opening a fold sends what is in it, and draws nothing else again.
@st.fragment
def _told(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    found = {part.name: part for part in parts(catalogue, place)}
    for name in ("places", "ties", "verdicts", "fabs"):
        if name in found:
            fold(found[name], place, selection, "profile")
        elif name != "places":
            title, reason = EMPTY[name]
            st.html(f'{markup.section(title)}<p class="hint">{escape(reason)}</p>')


def _timeline(catalogue: Catalogue, place: Place, selection: Selection) -> None:
    own = {place.place_id, *(other.place_id for other in told.within(catalogue, place))}
    table = catalogue.table("events")
    rows = table[table["place_id"].isin(own)].sort_values(["year", "date", "event_id"])
    st.html(markup.section(f"What happened ({len(rows)})"))
    if rows.empty:
        st.html(
            f'<p class="hint">No dated event of {escape(place.name)}, its hubs or its clusters is '
            "held.</p>"
        )
        return
    documents = sources_of_events(rows, catalogue)
    span = years(int(rows["year"].min()), int(rows["year"].max()))
    card.draw(
        card.Card(
            key=f"economy_events_{place.place_id}",
            title=f"What happened in {place.name}, {span}",
            subtitle=f"{markup.count(len(rows), 'event')} of the economy, its hubs and clusters · "
            "a mark stands at its year · choose one to see it on the map",
            findings=[],
            rows=catalogue.drawn.iloc[:0],
            alt=describe_timeline(rows, catalogue.places),
            page=PAGE,
            link=selection,
            extra_source=source_line(documents),
            more_sources=documents,
            data=map_events.as_file(rows, catalogue),
            table=lambda: map_events.as_table(rows, catalogue),
        ),
        _event_marks(tuple(rows["event_id"]), look().mode),
        catalogue,
        listeners=Listeners(place=_open_event),
    )


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _event_marks(event_ids: tuple[str, ...], mode: str) -> Drawing:
    catalogue = shared_catalogue()
    events = catalogue.table("events")
    rows = events[events["event_id"].isin(event_ids)]
    return drawing(timeline(rows, catalogue.places, theme(mode)))


def _open_event(mark: str, _adds: bool) -> None:
    links.go(state.address("", event=mark.removeprefix(PREFIX)))


# --- Sources --------------------------------------------------------------------------------------


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _sources(place_id: str) -> tuple[int, str]:
    catalogue = shared_catalogue()
    found = documents_of_place(catalogue, place_id)
    lines = [
        (
            wording.document(row.source_id, catalogue),
            escape(row.rests),
            markup.PUBLISHERS[catalogue.sources[row.source_id].publisher_type],
        )
        for row in found.itertuples()
    ]
    heads = ("Document", "What rests on it", "Publisher")
    return len(lines), markup.table("Sources used", heads, lines)
