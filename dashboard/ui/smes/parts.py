"""The cards of the page on small firms, each with its figure, its words and its documents."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding, missing_in_range, missing_in_year
from dashboard.catalogue.provenance import source_line, source_uses, sources_of, with_sources
from dashboard.catalogue.sme_answer import answer
from dashboard.catalogue.sme_facts import largest_sectors, paper_figures, sme_conflicts
from dashboard.catalogue.sme_laws import (
    LIMITS,
    counted_otherwise,
    counted_twice,
    laws,
    rates_used,
    under_another_limit,
)
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.charts import formats
from dashboard.charts.describe import (
    chart_sentence,
    describe_trend,
    describe_year,
)
from dashboard.charts.sectors import SHARES, sectors_beside
from dashboard.charts.series import ranking, trend
from dashboard.charts.sme_figures import describe_groups, grouped_bars
from dashboard.charts.theme import Theme
from dashboard.charts.thresholds import (
    EMPLOYEES,
    MEASURES,
    limit_words,
    limits_beside,
    sector_words,
)
from dashboard.transforms import rank
from dashboard.ui import card, markup, wording
from dashboard.ui.chart import drawing
from dashboard.ui.compare.sheet import Sheet
from dashboard.ui.figures import source_details
from dashboard.ui.smes import told
from dashboard.ui.smes.settle import PAGE, SmeState

# With so few economies the limits of micro and small firms are drawn as well.
FEW_ECONOMIES = 3
NO_OTHER_LIMIT = (
    "No source of the atlas counts the firms of one economy by the limit of another, so no share "
    "can be read under another's law. What comes nearest: one fact counted in two ways."
)


def cards(catalogue: Catalogue, shown: SmeState, look: Theme) -> list[Sheet]:
    """The cards of the view that is open; none where there is nothing to draw."""
    if shown.has_none and shown.view != "importance":
        return []
    makers = {
        "over_time": (_over_time, _laws_behind),
        "one_year": (_one_year, _laws_behind),
        "importance": (_importance,),
        "definitions": (_definitions, _twice),
        "sectors": (_sectors,),
        "papers": (_papers, _conflicts),
    }
    made = [make(catalogue, shown, look) for make in makers[shown.view]]
    return [sheet for sheet in made if sheet is not None]


def _absent(catalogue: Catalogue, shown: SmeState, what: str) -> list[Finding]:
    """Places asked for that a view of all has nothing for."""
    if not shown.absent:
        return []
    names = ", ".join(catalogue.label(key) for key in shown.absent)
    return [Finding("missing", "none_held", f"No {what} held: {names}.", shown.absent)]


def _sheet(
    catalogue: Catalogue, shown: SmeState, figure: go.Figure | None, key: str, **words: Any
) -> Sheet:
    """A card of this page; without `rows` it draws no observations."""
    words = {"rows": catalogue.nothing, "findings": [], **words}
    return Sheet(
        card.Card(key=f"smes_{key}", page=PAGE, link=shown.link, **words),
        None if figure is None else drawing(figure),
    )


def _documents(rows: pd.DataFrame, catalogue: Catalogue) -> dict[str, Any]:
    """Documents and file of figures of many indicators, which have no room for a link each."""
    uses = sources_of(rows, catalogue)
    return {
        "extra_source": source_line(uses),
        "more_sources": uses,
        "data": with_sources(rows, catalogue),
    }


# --- Shares ---------------------------------------------------------------------------------------


def _sectors_said(shown: SmeState) -> str:
    scope = shown.selection.scope
    return SCOPE_WORDS[scope] if scope else "the sectors that each economy has most years of"


def _may_be_ordered(shown: SmeState) -> bool | None:
    """False where the rows do not compare; None leaves it to the rows drawn."""
    return False if any(item.severity == "not_comparable" for item in shown.judged) else None


def _names(catalogue: Catalogue, shown: SmeState) -> dict[str, str]:
    return {key: catalogue.label(key) for key in (*shown.places, *shown.absent)}


def _over_time(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    rows, indicator = shown.rows, shown.indicator
    if rows.empty:
        return None
    first, last = int(rows["year"].min()), int(rows["year"].max())
    number = rows["place_id"].nunique()
    rivals = None
    if shown.selection.rivals:
        rivals = catalogue.observations(indicator.indicator_id, shown.places, first, last)
    return _sheet(
        catalogue,
        shown,
        trend(rows, indicator, catalogue.places, look, rivals=rivals, sources=catalogue.sources),
        "shares",
        title=f"{indicator.name}: {markup.count(number, 'place')}, {formats.years(first, last)}",
        subtitle=f"{formats.axis_title(indicator)} · {_sectors_said(shown)} · a line breaks where "
        "the law or the count changes",
        findings=[
            *shown.dropped,
            *missing_in_range(shown.every_year, _names(catalogue, shown), first, last),
            *shown.judged,
        ],
        rows=rows,
        alt=describe_trend(rows, indicator),
        sentence=chart_sentence(rows, indicator, "line", comparable=_may_be_ordered(shown)),
    )


def _one_year(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    indicator, year = shown.indicator, shown.year
    if year is None or shown.rows.empty:
        return None
    rows = rank(shown.rows)
    return _sheet(
        catalogue,
        shown,
        ranking(rows, indicator, catalogue.places, look),
        "shares",
        title=f"{indicator.name}, {year}",
        subtitle=f"{formats.axis_title(indicator)} · {_sectors_said(shown)} · "
        + markup.count(len(rows), "place"),
        findings=[
            *shown.dropped,
            *missing_in_year(shown.every_year, _names(catalogue, shown), year),
            *shown.judged,
        ],
        rows=rows,
        alt=describe_year(rows, indicator, year, "Ranked bars"),
        sentence=chart_sentence(
            rows, indicator, "ranking", year=year, comparable=_may_be_ordered(shown)
        ),
    )


# --- Laws -----------------------------------------------------------------------------------------


def _laws_behind(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    """The limits that the shares drawn follow."""
    followed = tuple(key for key in dict.fromkeys(shown.rows["definition_id"]) if key)
    if not followed:
        return None
    rows = laws(catalogue, definitions=followed)
    return _law_sheet(
        catalogue,
        shown,
        rows,
        tuple(MEASURES),
        look,
        key="limits",
        title="The legal limits behind these shares",
        also=_unnamed(shown),
    )


def _unnamed(shown: SmeState) -> list[Finding]:
    rows = shown.rows[shown.rows["definition_id"] == ""]
    names = list(dict.fromkeys(rows["place_name"]))
    if not names:
        return []
    text = f"No law is named for some or all figures of: {', '.join(names)}."
    return [Finding("missing", "sme_definition_unstated", text)]


def _definitions(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    selection = shown.selection
    column = LIMITS[selection.limit or next(iter(LIMITS))]
    economies = shown.places
    rows = laws(
        catalogue,
        economies,
        sector=selection.scope,
        in_force=selection.in_force,
        widest=not 0 < len(economies) <= FEW_ECONOMIES,
    )
    if rows.empty:
        return None
    without = rows.groupby("place_name")[column].agg(lambda cells: cells.isna().all())
    names = [str(name) for name in without.index[without]]
    also = _absent(catalogue, shown, "legal limit is")
    if names:
        text = f"No limit of {MEASURES[column].lower()} for these sectors: {', '.join(names)}."
        also.append(Finding("missing", "no_limit", text))
    return _law_sheet(
        catalogue,
        shown,
        rows,
        (column,),
        look,
        key="limits",
        title=f"Who counts as an SME: limits of {MEASURES[column].lower()}",
        also=also,
    )


def _law_sheet(
    catalogue: Catalogue,
    shown: SmeState,
    rows: pd.DataFrame,
    columns: Sequence[str],
    look: Theme,
    *,
    key: str,
    title: str,
    also: list[Finding],
) -> Sheet | None:
    drawn = rows[rows[list(columns)].notna().any(axis=1)]
    figure = limits_beside(drawn, columns, look)
    if figure is None:
        return None
    documents = source_uses(drawn.assign(name=drawn["heading"], year=pd.NA), catalogue, "limit")
    at_rate = ""
    of_money = [column for column in columns if column != EMPLOYEES]
    converted = drawn[drawn[of_money].notna().any(axis=1)]
    if len(converted):
        rates = rates_used(converted, catalogue)
        rate = int(rates["year"].iloc[0])
        at_rate = f" · money in US$ at the rates of {rate}, the law's own amount beside it"
        named = rates.assign(name=rates["currency"])
        documents += source_uses(named, catalogue, "exchange rate")
    scope = shown.selection.scope if shown.view == "definitions" else None
    of = f" · {'trade and services' if scope == 'services' else scope}" if scope else ""
    number = drawn["definition_id"].nunique()
    parts = [
        f"{MEASURES[column].lower()} {_widest(drawn, column)}"
        for column in columns
        if drawn[column].notna().any()
    ]
    return _sheet(
        catalogue,
        shown,
        figure,
        key,
        title=title,
        subtitle=f"{markup.count(number, 'definition')} by years in force{of} · each axis to scale "
        f"from zero{at_rate}",
        findings=also,
        alt=f"{title}, {markup.count(number, 'definition')}: widest {'; '.join(parts)}.",
        extra_source=source_line(documents),
        more_sources=documents,
        data=drawn.drop(columns="heading").assign(
            source=[catalogue.sources[name].title for name in drawn["source_id"]],
            source_url=[catalogue.sources[name].url for name in drawn["source_id"]],
        ),
        table=lambda: _law_table(rows, catalogue),
    )


def _widest(rows: pd.DataFrame, column: str) -> str:
    worth = column if column == EMPLOYEES else f"usd_{column.removeprefix('max_')}"
    row = rows.loc[rows[worth].idxmax()]
    return f"{limit_words(row[column], column, row['currency'])} in {row['place_name']}"


def _law_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    lines = [
        (
            escape(row["place_name"]),
            escape(sector_words(row["sector_scope"])),
            escape(wording.SIZES.get(row["size_class"], row["size_class"])),
            *(
                "–"
                if pd.isna(row[column])
                else escape(limit_words(row[column], column, row["currency"]))
                for column in MEASURES
            ),
            wording.span(row["valid_from"], row["valid_to"]) or "not stated",
            wording.document(row["source_id"], catalogue),
            wording.where(row),
        )
        for _, row in rows.iterrows()
    ]
    heads = (
        *("Economy", "Sectors", "Size", *MEASURES.values()),
        *("In force", "Document", "Where, and note"),
    )
    return markup.table("Legal limits of small and medium firms", heads, lines)


def _twice(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    """One fact counted in two ways: the nearest that sources come to another's limit."""
    rows = counted_twice(catalogue)
    proven = under_another_limit(rows)
    if shown.places:
        rows = rows[rows["place_id"].isin(shown.places)]
    if rows.empty:
        return None
    rows = rows.assign(
        heading=_fact_headings(rows, catalogue),
        label=[
            f"{_said_by(row, catalogue)} · {row.limit or 'no law named'}"
            for row in rows.itertuples()
        ],
        kind=["first" if first else "other" for first in ~rows["pair"].duplicated()],
    )
    return _sheet(
        catalogue,
        shown,
        grouped_bars(rows, catalogue.indicators, look),
        "twice",
        title="What a share would be under another limit",
        subtitle=f"One place, year and sectors, counted in two ways · per cent · "
        f"{markup.count(rows['pair'].nunique(), 'fact')}",
        sentence="" if len(proven) else NO_OTHER_LIMIT,
        findings=_notes_of(rows),
        **_documents(rows, catalogue),
        alt=describe_groups(rows, catalogue.indicators, "One fact counted in two ways"),
        table=lambda: _figures_table(rows, catalogue, "Shares counted in two ways"),
    )


def otherwise_table(catalogue: Catalogue, places: tuple[str, ...]) -> str:
    """Shares counted by another definition than the place's others, each with the nearest one."""
    rows = counted_otherwise(catalogue)
    if places:
        rows = rows[rows["place_id"].isin(places)]
    lines = []
    for _, row in rows.iterrows():
        near = "none of these sectors"
        if pd.notna(row["near_year"]):
            unit = catalogue.indicators[row["indicator_id"]]
            near = f"{formats.quantity(row['near_value'], unit)}, {int(row['near_year'])}"
        lines.append(
            (
                escape(f"{row['place_name']}, {wording.period(row)}"),
                escape(catalogue.indicators[row["indicator_id"]].name),
                escape(wording.figure(row, catalogue)),
                escape(row["note"]),
                escape(near),
                source_details(next(row.to_frame().T.itertuples(index=False)), catalogue),
            )
        )
    if not lines:
        return ""
    heads = ("Place", "Share", "Counted otherwise", "How", "Nearest usual figure", "Document")
    return markup.table("Shares counted by another definition", heads, lines, numbers=(2,))


def _notes_of(rows: pd.DataFrame) -> list[Finding]:
    """What the sources' notes say of figures that differ."""
    return [
        Finding("caution", "other_definition", f"{row.place_name} {row.year}: {row.note}.")
        for row in rows.itertuples()
        if row.note
    ]


def _fact_headings(rows: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    return [
        f"{row.place_name}, {row.year}: {catalogue.indicators[row.indicator_id].name}"
        for row in rows.itertuples()
    ]


def _said_by(row: Any, catalogue: Catalogue) -> str:
    source = catalogue.sources[row.source_id]
    return f"{source.author or source.title} ({source.year or 'undated'})"


# --- One economy ----------------------------------------------------------------------------------


def _importance(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    found = answer(catalogue, shown.economy)
    if not found.figures:
        return None
    rows = pd.DataFrame([item.row for item in found.figures]).reset_index(drop=True)
    rows = rows.astype(catalogue.nothing[rows.columns].dtypes.to_dict())
    together = {item.measure.name for item in found.together}
    law = f"By one law ({found.together[0].limit})" if found.together else ""
    drawn = rows.assign(
        heading=[
            law if item.measure.name in together else "Counted otherwise" for item in found.figures
        ],
        label=[
            f"{item.measure.title if item.is_whole else told.what(item).capitalize()}, "
            f"{told.period(item.row)}"
            for item in found.figures
        ],
        kind=[
            "by one law" if item.measure.name in together else "counted otherwise"
            for item in found.figures
        ],
    )
    drawn = drawn.sort_values("kind", kind="stable").reset_index(drop=True)
    name = catalogue.places[shown.economy].name
    return _sheet(
        catalogue,
        shown,
        grouped_bars(drawn, catalogue.indicators, look, ("by one law", "counted otherwise")),
        "importance",
        title=f"How important are SMEs in {name}?",
        subtitle="Share of small and medium firms, per cent · the newest figures that name a law",
        sentence=told.sentence(found, catalogue),
        findings=[
            item
            for item in comparability(rows, catalogue)
            if item.severity in ("caution", "note")
            and item.code
            not in ("indicator_note", "years_of_indicators", "sme_definition", "scope")
        ],
        **_documents(rows, catalogue),
        alt=describe_groups(drawn, catalogue.indicators, f"Shares of SMEs in {name}"),
    )


def importance_table(catalogue: Catalogue, shown: SmeState) -> str:
    """What each number of the answer rests on, and whom it compares with."""
    found = answer(catalogue, shown.economy)
    return told.table(found, catalogue) if found.figures else ""


# --- Sectors --------------------------------------------------------------------------------------


def _sectors(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    rows = largest_sectors(catalogue, shown.places, shown.selection.industry_type)
    if rows.empty:
        return None
    documents = source_uses(rows.assign(name=rows["sector"]), catalogue, "sector")
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    is_published = (rows["year_basis"] == "publication").all()
    basis = f"published {span}, year of the data not given" if is_published else span
    economies = markup.count(rows["economy"].nunique(), "economy", "economies")
    first = rows.loc[rows["value_added_share"].idxmax()]
    told_widest = (
        f"{first['sector']} in {first['place_name']} with "
        f"{formats.number(first['value_added_share'], 1)} % of value added"
    )
    return _sheet(
        catalogue,
        shown,
        sectors_beside(rows, look),
        "sectors",
        title=f"The three largest manufacturing sectors of {economies}",
        subtitle=f"Shares of employment and value added in manufacturing, per cent · {basis} · "
        "ranked by value added",
        findings=[
            *_absent(catalogue, shown, "share of a sector is"),
            *(Finding("note", "sector", text) for text in dict.fromkeys(rows["note"]) if text),
        ],
        alt=f"Bars of {markup.count(len(rows), 'sector')} in {economies}: the largest is "
        f"{told_widest}.",
        extra_source=source_line(documents),
        more_sources=documents,
        data=rows.assign(source=[catalogue.sources[key].title for key in rows["source_id"]]),
        table=lambda: _sector_table(rows, catalogue),
    )


def _sector_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    lines = [
        (
            escape(row.place_name),
            escape(f"{row.rank}. {row.sector}"),
            escape(_type_words(row.industry_type)),
            *(
                "no value" if pd.isna(getattr(row, column)) else f"{getattr(row, column):.1f} %"
                for column in SHARES
            ),
            f"{row.year}{' (publication)' if row.year_basis == 'publication' else ''}",
            source_details(row, catalogue),
        )
        for row in rows.itertuples()
    ]
    heads = ("Economy", "Sector", "Industry type", *SHARES.values(), "Year", "Document")
    return markup.table("Largest manufacturing sectors", heads, lines, numbers=(3, 4))


def _type_words(industry_type: str) -> str:
    return formats.words(industry_type) if industry_type else "No type"


def types_table(catalogue: Catalogue, shown: SmeState) -> str:
    """The largest sectors by industry type, a column for each economy; a dash is none of a type."""
    rows = largest_sectors(catalogue, shown.places, shown.selection.industry_type)
    if rows.empty:
        return ""
    economies = list(dict.fromkeys(rows["place_name"]))
    lines = []
    for kind, group in rows.groupby("industry_type", sort=False):
        cells = []
        for name in economies:
            own = group[group["place_name"] == name]
            cells.append(
                "<br>".join(
                    escape(f"{row.sector} {row.value_added_share:.1f}\N{NO-BREAK SPACE}%")
                    for row in own.itertuples()
                )
                or "–"
            )
        lines.append((escape(_type_words(str(kind))), *cells))
    return markup.table(
        "Largest sectors by industry type, share of manufacturing value added",
        ("Industry type", *economies),
        lines,
    )


# --- Papers and conflicts -------------------------------------------------------------------------


def _papers(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    rows = paper_figures(catalogue)
    if shown.places:
        rows = rows[rows["place_id"].isin(shown.places)].reset_index(drop=True)
    if rows.empty:
        return None
    rows = rows.assign(
        heading=rows["place_name"],
        label=[_paper_label(row, catalogue) for _, row in rows.iterrows()],
        kind="papers",
    )
    # Two papers may say the same.
    is_repeated = rows.duplicated(["heading", "label"], keep=False)
    said = [f"{row.label}, {catalogue.sources[row.source_id].year}" for row in rows.itertuples()]
    rows = rows.assign(label=rows["label"].mask(is_repeated, pd.Series(said)))
    return _sheet(
        catalogue,
        shown,
        grouped_bars(rows, catalogue.indicators, look),
        "papers",
        title="What the papers say of small and medium firms",
        subtitle=f"{markup.count(len(rows), 'figure')} as printed · the year is mostly that of the "
        "works they cite · hatched: not exact",
        findings=[
            *_absent(catalogue, shown, "figure of a paper or conflict is"),
            Finding(
                "caution",
                "sme_definition_unstated",
                "The papers name no legal definition, and their figures cover different sectors: "
                "they do not compare with each other.",
            ),
        ],
        **_documents(rows, catalogue),
        alt=describe_groups(rows, catalogue.indicators, "Figures of the papers"),
        table=lambda: _papers_table(rows, catalogue),
    )


def _paper_label(row: pd.Series, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row["indicator_id"]]
    covers = wording.coverage(row.to_dict() | {"firm_scale": "all"}, catalogue)
    covers = covers if row["scope"] != "unspecified" else "sectors not named"
    return f"{indicator.name}{f', {covers}' if covers else ''}, {row['year']}"


def _papers_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    lines = []
    for _, row in rows.iterrows():
        near = "none held"
        if pd.notna(row["near_year"]):
            unit = catalogue.indicators[row["indicator_id"]]
            value = formats.quantity(row["near_value"], unit, row["near_qualifier"])
            near = (
                f"{escape(value)}, {int(row['near_year'])}<br>"
                f"{wording.document(row['near_source_id'], catalogue)}"
            )
        lines.append(
            (
                escape(row["place_name"]),
                escape(row["label"]),
                escape(wording.figure(row, catalogue)),
                escape(row["locator"]),
                near,
                source_details(next(row.to_frame().T.itertuples(index=False)), catalogue),
            )
        )
    heads = (
        "Place",
        "What",
        "Paper",
        "Where in it",
        "Nearest figure of another source",
        "Document",
    )
    return markup.table("Figures of the papers on small firms", heads, lines, numbers=(2,))


def _conflicts(catalogue: Catalogue, shown: SmeState, look: Theme) -> Sheet | None:
    rows = sme_conflicts(catalogue, shown.places)
    if rows.empty:
        return None
    rows = rows.assign(
        heading=_fact_headings(rows, catalogue),
        label=[
            f"{_said_by(row, catalogue)}{', drawn by charts' if row.drawn else ''}"
            for row in rows.itertuples()
        ],
        kind=["drawn" if item else "passed over" for item in rows["drawn"]],
    )
    return _sheet(
        catalogue,
        shown,
        grouped_bars(rows, catalogue.indicators, look, ("drawn", "passed over")),
        "conflicts",
        title="Where sources differ on the same fact",
        subtitle=f"{markup.count(rows['conflict'].nunique(), 'fact')}, every figure held · the "
        "table says why one goes before another",
        findings=[],
        **_documents(rows, catalogue),
        alt=describe_groups(rows, catalogue.indicators, "Conflicting figures on small firms"),
        table=lambda: _figures_table(rows, catalogue, "Conflicting figures on small firms"),
    )


def _figures_table(rows: pd.DataFrame, catalogue: Catalogue, caption: str) -> str:
    lines = [
        (
            escape(row["heading"]),
            escape(wording.figure(row, catalogue)),
            escape(row.get("limit") or (row["definition_id"] and catalogue.definition_words(
                row["definition_id"])) or "no law named"),
            escape(row.get("passed_over") or row["note"]),
            source_details(next(row.to_frame().T.itertuples(index=False)), catalogue),
        )
        for _, row in rows.iterrows()
    ]  # fmt: skip
    heads = ("Fact", "Figure", "Law", "Why passed over, or what is said", "Document")
    return markup.table(caption, heads, lines, numbers=(1,))
