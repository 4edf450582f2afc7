"""The views of the compare page: for each, what is drawn and what is said of it.

A view takes the settled state and the readings of its indicators and gives back the cards; it draws
nothing, so that its cards can be kept for all readers who ask for the same.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.findings import Finding, missing_in_range, missing_in_year
from dashboard.charts import formats
from dashboard.charts.alt_text import describe_distribution, describe_heat, describe_scatter
from dashboard.charts.change import dumbbell, slope
from dashboard.charts.describe import (
    chart_sentence,
    describe_change,
    describe_ranks,
    describe_trend,
    describe_year,
    in_time,
    suggested_title,
)
from dashboard.charts.distribution import distribution
from dashboard.charts.heat import heat_map
from dashboard.charts.multiples import small_multiples
from dashboard.charts.paths import connected
from dashboard.charts.ranks import bump
from dashboard.charts.scatter import scatter
from dashboard.charts.series import ranking, trend
from dashboard.charts.theme import Theme
from dashboard.transforms import rank, years_of
from dashboard.transforms.breaks import broken_between, lean
from dashboard.transforms.pairs import above_zero, pair
from dashboard.transforms.regression import FEWEST as FEWEST_FITTED
from dashboard.transforms.regression import Fit, fit_line
from dashboard.transforms.standings import is_placing
from dashboard.ui.compare.overview import draw as draw_overview
from dashboard.ui.compare.overview import overview
from dashboard.ui.compare.parts import parts
from dashboard.ui.compare.readings import Shown
from dashboard.ui.compare.settle import CompareState
from dashboard.ui.compare.sheet import NothingToShowError, Said, Sheet, Words, as_sheet
from dashboard.ui.compare.statistics import statistics


def sheets(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    """The cards of the view that is open.

    Raises:
        NothingToShowError: if the view has nothing to show, though there are values.
    """
    return _VIEWS[state.view](catalogue, state, shown, look)


def _each(
    view: Callable[[Catalogue, CompareState, Shown, Theme], tuple[Words, go.Figure | None] | None],
) -> Callable[[Catalogue, CompareState, list[Shown], Theme], list[Sheet]]:
    """A view of one indicator as one of several: a card for each that has rows."""

    def made(
        catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
    ) -> list[Sheet]:
        found = []
        for number, item in enumerate(shown):
            if item.rows.empty:
                continue
            answer = view(catalogue, state, item, look)
            if answer is not None:
                found.append(as_sheet(state, *answer, number))
        if not found:
            raise NothingToShowError(*_why_nothing(state))
        return found

    return made


def _why_nothing(state: CompareState) -> tuple[str, str]:
    if state.view in ("slope", "dumbbell") and state.against is not None:
        years = f"{min(state.against, state.year or 0)} and {state.year}"
        return (
            f"No place has {state.indicator.short_name} in both years, {years}.",
            "Choose others.",
        )
    if state.view in ("slope", "dumbbell"):
        return "There is one year only.", "Widen the years, or choose a view of one year."
    return (
        f"Nothing of {state.indicator.name} is left to show.",
        "Take back what is made of the values, or choose other years.",
    )


def _names(catalogue: Catalogue, state: CompareState) -> dict[str, str]:
    return {key: catalogue.label(key) for key in (*state.places, *state.absent)}


def _who(catalogue: Catalogue, place_ids: list[str]) -> str:
    names = [catalogue.label(key) for key in dict.fromkeys(place_ids)]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} places"


def _span(rows: pd.DataFrame) -> str:
    return formats.years(int(rows["year"].min()), int(rows["year"].max()))


def _over_time(catalogue: Catalogue, state: CompareState, shown: Shown) -> list[Finding]:
    """What a chart of many years must say: the transform, the gaps, what does not compare."""
    first, last = int(shown.rows["year"].min()), int(shown.rows["year"].max())
    return [
        *shown.findings,
        *missing_in_range(shown.every_year, _names(catalogue, state), first, last),
        *shown.judged,
    ]


def _in_year(catalogue: Catalogue, state: CompareState, shown: Shown, year: int) -> list[Finding]:
    return [
        *shown.findings,
        *missing_in_year(shown.every_year, _names(catalogue, state), year),
        *shown.judged,
    ]


def _of_two(
    catalogue: Catalogue, state: CompareState, shown: Shown, first: int, last: int
) -> list[Finding]:
    names = _names(catalogue, state)
    missing = [missing_in_year(shown.every_year, names, year) for year in (first, last)]
    return [*shown.findings, *missing[0], *missing[1], *shown.judged]


def _said(
    shown: Shown,
    view: str,
    rows: pd.DataFrame,
    *,
    year: int | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
) -> Said:
    told = in_time(rows)
    return Said(
        *(
            say(
                told,
                shown.indicator,
                view,
                year=year,
                first_year=first_year,
                last_year=last_year,
                comparable=shown.may_be_ordered,
            )
            for say in (chart_sentence, suggested_title)
        )
    )


def _line(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, go.Figure]:
    rows, indicator = shown.rows, shown.indicator
    rows, left_out = _above_zero(state, rows)
    rivals = _rivals(catalogue, state, shown) if state.selection.rivals else None
    told = lean(rows)  # once, for all that is made of the rows
    figure = trend(
        told,
        indicator,
        catalogue.places,
        look,
        logarithmic=state.selection.log,
        rivals=rivals,
        sources=catalogue.sources,
    )
    words = Words(
        title=f"{indicator.name}: {_who(catalogue, list(shown.rows['place_id']))}",
        subtitle=f"{formats.axis_title(indicator)} · {_span(shown.rows)}",
        alt=describe_trend(told, indicator),
        rows=rows,
        findings=lambda: [*left_out, *_over_time(catalogue, state, shown)],
        used=shown.used,
        said=lambda: _said(shown, "line", told),
    )
    return words, figure


def _above_zero(state: CompareState, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The rows that the axis has a place for, and who is left out of them."""
    if not state.selection.log or not (rows["value"] <= 0).any():
        return rows, []
    out = ", ".join(dict.fromkeys(rows.loc[rows["value"] <= 0, "place_name"]))
    text = f"A log scale has no place for zero or less: values of {out} are left out."
    kept = rows[rows["value"] > 0].reset_index(drop=True)
    return kept, [Finding("missing", "log_scale", text)]


def _rivals(catalogue: Catalogue, state: CompareState, shown: Shown) -> pd.DataFrame | None:
    """Other sources' values of the years drawn, where nothing has been made of the values."""
    if state.selection.transform or state.selection.money:
        return None
    key = shown.indicator.indicator_id
    rows = catalogue.observations(key, state.places)
    drawn = set(
        zip(shown.rows["place_id"], shown.rows["year"], shown.rows["source_id"], strict=True)
    )
    rows = rows[rows["year"].notna()]
    other = [
        (row.place_id, row.year, row.source_id) not in drawn for row in rows.itertuples(index=False)
    ]
    rows = rows[pd.Series(other, index=rows.index, dtype=bool)]
    return rows[rows["year"].isin(list(state.years))].reset_index(drop=True)


def _ranked(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, go.Figure] | None:
    year, indicator = state.year, shown.indicator
    if year is None or not (shown.rows["year"] == year).any():
        return None
    of_year = shown.rows[shown.rows["year"] == year]
    rows = rank(of_year, lowest_first=is_placing(indicator))
    before: pd.DataFrame | None = None
    broken: list[str] = []
    if state.against is not None:
        before = shown.rows[shown.rows["year"] == state.against].reset_index(drop=True)
        broken = broken_between(shown.rows, *sorted((state.against, year)))
    figure = ranking(
        rows,
        indicator,
        catalogue.places,
        look,
        before=before,
        before_year=state.against,
        broken=broken,
    )
    drawn = rows if before is None else pd.concat([rows, before], ignore_index=True)
    since = f" and change since {state.against}" if state.against is not None else ""
    words = Words(
        title=f"{indicator.name}, ranked, {year}{since}",
        subtitle=f"{formats.axis_title(indicator)} · {year}",
        alt=describe_year(rows, indicator, year, "Ranked bars"),
        rows=drawn,
        findings=lambda: _in_year(catalogue, state, shown, year),
        used=shown.used,
        said=lambda: _said(shown, "ranking", rows, year=year),
    )
    return words, figure


def _between(kind: str) -> Callable[..., tuple[Words, go.Figure] | None]:
    draw, name = {"slope": (slope, "Slope"), "dumbbell": (dumbbell, "Dumbbell")}[kind]

    def made(
        catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
    ) -> tuple[Words, go.Figure] | None:
        if state.year is None or state.against is None:
            return None
        first, last = sorted((state.against, state.year))
        told = lean(shown.rows)
        both = shown.rows[shown.rows["year"].isin([first, last])]
        rows = both[both.groupby("place_id")["year"].transform("nunique") == 2]
        rows = rows.reset_index(drop=True)
        if rows.empty:
            return None
        indicator = shown.indicator
        words = Words(
            title=f"{indicator.name}, {first} and {last}",
            subtitle=f"{formats.axis_title(indicator)} · {first} and {last}",
            alt=describe_change(rows, indicator, first, last, name),
            rows=rows,
            findings=lambda: _of_two(catalogue, state, shown, first, last),
            used=shown.used,
            said=lambda: _said(shown, kind, told, first_year=first, last_year=last),
        )
        every_year = told[told["place_id"].isin(rows["place_id"].tolist())]
        return words, draw(every_year, indicator, catalogue.places, look, first, last)

    return made


def _bump(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, go.Figure]:
    rows, indicator = shown.rows, shown.indicator
    told = lean(rows)
    words = Words(
        title=f"Rank in {indicator.name}: {_who(catalogue, list(rows['place_id']))}",
        subtitle=f"Rank among those shown with a value, 1 is the highest · {_span(rows)}",
        alt=describe_ranks(told, indicator),
        rows=rows,
        findings=lambda: _over_time(catalogue, state, shown),
        used=shown.used,
        said=lambda: _said(shown, "rank_over_time", told),
    )
    return words, bump(told, indicator, catalogue.places, look)


def _heat(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, go.Figure]:
    rows, indicator = shown.rows, shown.indicator
    told = lean(rows)
    words = Words(
        title=f"{indicator.name}, by place and year",
        subtitle=f"{formats.axis_title(indicator)} · {_span(rows)}",
        alt=describe_heat(told, indicator),
        rows=rows,
        findings=lambda: _over_time(catalogue, state, shown),
        used=shown.used,
        said=lambda: _said(shown, "heat", told),
    )
    diverging = bool((rows["value"] < 0).any())
    return words, heat_map(told, indicator, catalogue.places, look, diverging=diverging)


def _distribution(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, go.Figure] | None:
    year, indicator = state.year, shown.indicator
    rows = shown.rows[shown.rows["year"] == year].reset_index(drop=True)
    if year is None or rows.empty:
        return None
    words = Words(
        title=f"{indicator.name}: how {len(rows)} places are spread, {year}",
        subtitle=f"{formats.axis_title(indicator)} · {year}",
        alt=describe_distribution(rows, indicator, year),
        rows=rows,
        findings=lambda: _in_year(catalogue, state, shown, year),
        used=shown.used,
        said=lambda: _said(shown, "distribution", rows, year=year),
    )
    figure = distribution(rows, indicator, catalogue.places, look, year, chosen=state.places)
    return words, figure


def _table(
    catalogue: Catalogue, state: CompareState, shown: Shown, look: Theme
) -> tuple[Words, None]:
    """A row for each place: of one year, or the newest of each."""
    rows, indicator = shown.rows, shown.indicator
    year = None if state.selection.latest else state.year
    table = overview(rows, indicator, year, look.accent)
    when = f"{year}" if year is not None else "the newest value of each"
    words = Words(
        title=f"{indicator.name}: {_who(catalogue, list(rows['place_id']))}",
        subtitle=f"{formats.axis_title(indicator)} · {when}; lines: {_span(rows)}",
        alt=describe_trend(rows, indicator),
        rows=rows,
        findings=lambda: (
            _over_time(catalogue, state, shown)
            if year is None
            else _in_year(catalogue, state, shown, year)
        ),
        used=shown.used,
        body=lambda: draw_overview(table, indicator),
    )
    return words, None


def _multiples(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    """A panel for each place; of several indicators, a card for each."""
    common = state.selection.scaling != "free"

    def one(
        catalogue: Catalogue, state: CompareState, item: Shown, look: Theme
    ) -> tuple[Words, go.Figure]:
        rows, indicator = item.rows, item.indicator
        rows, left_out = _above_zero(state, rows)
        told = lean(rows)  # once, and not of each panel
        panels = [
            (catalogue.label(str(key)), group.reset_index(drop=True), indicator)
            for key, group in told.groupby("place_id", sort=False)
        ]
        axis = "the same axis for all" if common else "each with its own axis: heights differ"
        words = Words(
            title=f"{indicator.name}: {_who(catalogue, list(rows['place_id']))}",
            subtitle=f"{formats.axis_title(indicator)} · {_span(item.rows)} · {axis}",
            alt=describe_trend(told, indicator),
            rows=rows,
            findings=lambda: [*left_out, *_over_time(catalogue, state, item)],
            used=item.used,
            said=lambda: _said(item, "multiples", told),
        )
        figure = small_multiples(
            panels,
            catalogue.places,
            look,
            common_axis=common,
            logarithmic=state.selection.log,
        )
        return words, figure

    return _each(one)(catalogue, state, shown, look)


def _paired(
    state: CompareState, shown: list[Shown]
) -> tuple[pd.DataFrame, list[Finding], list[Shown]]:
    """Rows of the same place and year of the first two indicators, what was left out, of whom."""
    if len(shown) < 2:
        raise NothingToShowError("Two indicators are needed.", "Choose another beside the first.")
    x, y = shown[0], shown[1]
    size = shown[2].rows if len(shown) > 2 and state.view == "scatter" else None
    pairs, left_out = pair(
        x.rows,
        y.rows,
        size,
        x_name=x.indicator.short_name,
        y_name=y.indicator.short_name,
    )
    findings = [*x.findings, *y.findings]
    if left_out:
        said = f"Without both values in one year, so left out: {', '.join(left_out)}."
        findings.append(Finding("missing", "pairs", said))
    drawn = shown[: 3 if size is not None else 2]
    if state.selection.log:
        pairs, out = above_zero(pairs, log_x=True, log_y=True)
        if out:
            who = ", ".join(out)
            text = f"Log axes have no place for zero or less: values of {who} are left out."
            findings.insert(0, Finding("missing", "log_scale", text))
    if pairs.empty:
        names = f"{x.indicator.short_name} and {y.indicator.short_name}"
        raise NothingToShowError(
            f"No place has {names} in the same year.",
            "Choose other indicators or places, or widen the years.",
        )
    return pairs, findings, drawn


def _judged(drawn: list[Shown]) -> list[Finding]:
    """What the catalogue says of each indicator of a pair."""
    return [finding for item in drawn for finding in item.judged]


def _rows_of(pairs: pd.DataFrame, shown: list[Shown]) -> pd.DataFrame:
    """The observations behind the pairs, of both indicators."""
    both = pairs[["place_id", "year"]].drop_duplicates()
    return pd.concat(
        [item.rows.merge(both, on=["place_id", "year"]) for item in shown[:3]], ignore_index=True
    )


def _scatter(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    pairs, findings, drawn = _paired(state, shown)
    x, y = shown[0].indicator, shown[1].indicator
    size = shown[2].indicator if len(shown) > 2 else None
    years = years_of(pairs.assign(value=pairs["x"]))
    year = state.year if state.year in years else years[-1]
    fits = _fits(pairs, x, y, log=state.selection.log) if state.selection.fit else {}
    if state.selection.fit and year not in fits:
        text = f"A trend line needs {FEWEST_FITTED} places with both values; {year} has fewer."
        findings.insert(0, Finding("note", "fit", text))
    figure = scatter(
        pairs,
        x,
        y,
        catalogue.places,
        look,
        size=size,
        year=year,
        trails=state.selection.trails,
        log_x=state.selection.log,
        log_y=state.selection.log,
        fit=fits,
    )
    by = f", sized by {size.short_name}" if size is not None else ""
    words = Words(
        title=f"{x.name} and {y.name}, {year}",
        subtitle=f"{_axes(x, y)}{by} · {formats.years(years[0], years[-1])}",
        alt=describe_scatter(pairs, x, y, year),
        rows=_rows_of(pairs, shown),
        findings=lambda: [*findings, *_judged(drawn)],
        said=Said(fits[year].said) if year in fits else Said(),
        used=tuple(use for item in drawn for use in item.used),
        year=year if len(years) > 1 else None,
    )
    return [as_sheet(state, words, figure)]


def _fits(pairs: pd.DataFrame, x: Indicator, y: Indicator, *, log: bool) -> dict[int, Fit]:
    """The trend line of each year that has places enough for one."""
    found = {}
    for year, group in pairs.groupby("year"):
        fit = fit_line(group["x"], group["y"], log, log, x_name=x.short_name, y_name=y.short_name)
        if fit.is_line:
            found[int(str(year))] = fit
    return found


def _axes(x: Indicator, y: Indicator) -> str:
    return f"Across: {formats.axis_title(x)}; up: {formats.axis_title(y)}"


def _connected(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    pairs, findings, drawn = _paired(state, shown)
    x, y = shown[0].indicator, shown[1].indicator
    log = state.selection.log
    first, last = int(pairs["year"].min()), int(pairs["year"].max())
    words = Words(
        title=f"{x.name} and {y.name}: {_who(catalogue, list(pairs['place_id']))}",
        subtitle=f"{_axes(x, y)} · {formats.years(first, last)}",
        alt=describe_scatter(pairs, x, y, last),
        rows=_rows_of(pairs, shown),
        findings=lambda: [*findings, *_judged(drawn)],
        used=tuple(use for item in drawn for use in item.used),
    )
    figure = connected(pairs, x, y, catalogue.places, look, log_x=log, log_y=log)
    return [as_sheet(state, words, figure)]


_VIEWS: dict[str, Callable[[Catalogue, CompareState, list[Shown], Theme], list[Sheet]]] = {
    "line": _each(_line),
    "ranking": _each(_ranked),
    "slope": _each(_between("slope")),
    "dumbbell": _each(_between("dumbbell")),
    "rank_over_time": _each(_bump),
    "multiples": _multiples,
    "heat": _each(_heat),
    "distribution": _each(_distribution),
    "scatter": _scatter,
    "connected": _connected,
    "table": _each(_table),
    "parts": parts,
    "statistics": statistics,
}
