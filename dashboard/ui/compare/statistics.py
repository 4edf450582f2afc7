"""Statistics of the field: concentration, convergence, similarity, specialisation.

Each card says its formula, its reference and who is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.provenance import source_uses
from dashboard.charts import formats
from dashboard.charts.statistics import (
    concentration_lines,
    convergence_scatter,
    location_quotient_bars,
    sigma_line,
    similarity_matrix,
)
from dashboard.charts.theme import Theme
from dashboard.transforms.balance import balanced
from dashboard.transforms.concentration import concentration_over_time
from dashboard.transforms.convergence import beta, sigma
from dashboard.transforms.similarity import similarity
from dashboard.transforms.specialisation import relative_shares
from dashboard.ui.compare.readings import Shown
from dashboard.ui.compare.settle import CompareState
from dashboard.ui.compare.sheet import NothingToShowError, Said, Sheet, Words, as_sheet

FEWEST = 3
METHODS = {
    "concentration": "Herfindahl-Hirschman: the sum of squared shares, from 1 ÷ number of places "
    "to 1 (Hirschman 1945, Herfindahl 1950). Gini: half the mean difference of any two over the "
    "mean, from 0 (Gini 1912). Both over the same places in every year, weighed by nothing.",
    "sigma": "Sigma convergence: the standard deviation of natural logarithms across places, each "
    "counted once; it falls where they converge (Barro and Sala-i-Martin 1992).",
    "beta": "Beta convergence: growth a year by the logarithm of the first value, by least "
    "squares, nothing else held equal (Barro and Sala-i-Martin 1992).",
    "similarity": "Distance: the typical difference in standard deviations, over indicators "
    "standardised across the places shown (Everitt and others 2011). The choice of indicators is "
    "the result.",
    "specialisation": "Relative share: a sector's share of manufacturing value added over the mean "
    "of the other economies that list it. It is no location quotient of all sectors, because the "
    "paper lists each economy's three largest only.",
}


def statistics(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    """The cards of the statistic chosen.

    Raises:
        NothingToShowError: if it cannot be worked out of what is chosen, with what would do.
    """
    return _STATISTICS[statistic_shown(state)](catalogue, state, shown, look)


def statistic_shown(state: CompareState) -> str:
    """The statistic chosen; else concentration of an amount, convergence of anything else."""
    usual = "concentration" if state.indicator.aggregation == "level" else "convergence"
    return state.selection.statistic or usual


def _said(name: str) -> Finding:
    return Finding("note", f"method_{name}", METHODS[name])


def _left_out(left: tuple[tuple[str, str], ...]) -> list[Finding]:
    if not left:
        return []
    who = "; ".join(f"{name} ({reason})" for name, reason in left)
    return [Finding("missing", "left_out", f"Left out: {who}.")]


def _first(shown: list[Shown]) -> Shown:
    return shown[0]


def _concentration(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    item = _first(shown)
    if item.indicator.aggregation != "level":
        raise NothingToShowError(
            f"{item.indicator.name} has no sum over places, so there is no concentration of it.",
            "Choose an amount, such as GDP, FDI stock or patents.",
        )
    held = balanced(item.rows)
    table = concentration_over_time(item.rows)
    table = table[table["herfindahl"].notna()].reset_index(drop=True)
    if table.empty or len(held.names) < FEWEST:
        raise NothingToShowError(
            f"Fewer than {FEWEST} places have {item.indicator.name} above zero in every year.",
            "Choose other places, or fewer years.",
        )
    first, last = table.iloc[0], table.iloc[-1]
    sentence = (
        f"Among {len(held.names)} places the Herfindahl-Hirschman index went from "
        f"{first['herfindahl']:.3f} in {first['year']} to {last['herfindahl']:.3f} in "
        f"{last['year']}, the Gini coefficient from {first['gini']:.2f} to {last['gini']:.2f}."
    )
    title = f"How concentrated {item.indicator.name} is across {len(held.names)} places"
    words = Words(
        title=title,
        subtitle=f"Index, 0 to 1 · {formats.years(int(first['year']), int(last['year']))}",
        alt=f"Lines. {sentence}",
        rows=_kept(item.rows, held.names, list(table["year"])),
        findings=[
            *_left_out(held.left_out),
            *item.findings,
            *item.judged,
            _said("concentration"),
        ],
        said=Said(sentence),
        used=item.used,
    )
    return [as_sheet(state, words, concentration_lines(table, look, title))]


def _kept(rows: pd.DataFrame, names: tuple[str, ...], years: list[int]) -> pd.DataFrame:
    """The observations that a statistic rests on."""
    kept = rows["place_name"].isin(names) & rows["year"].isin(years)
    return rows[kept].reset_index(drop=True)


def _convergence(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    item = _first(shown)
    held = balanced(item.rows, above_zero=True)
    years = [int(year) for year in held.values.index]
    if len(held.names) < FEWEST or len(years) < 2:
        raise NothingToShowError(
            f"Convergence takes {FEWEST} places with {item.indicator.name} above zero in the same "
            "two years or more.",
            "Choose GDP per head, other places, or other years.",
        )
    spread = sigma(item.rows)
    found = beta(item.rows, years[0], years[-1])
    first, last = spread.iloc[0], spread.iloc[-1]
    span = formats.years(years[0], years[-1])
    fell = "narrowed" if last["sd_log"] < first["sd_log"] else "did not narrow"
    sentence = (
        f"The spread across {len(held.names)} places {fell}: standard deviation of logarithms "
        f"{first['sd_log']:.2f} in {years[0]}, {last['sd_log']:.2f} in {years[-1]}."
    )
    about = [*item.findings, *item.judged]
    spread_words = Words(
        title=f"Spread of {item.indicator.name} across {len(held.names)} places",
        subtitle=f"Standard deviation of natural logarithms · {span}",
        alt=f"Line. {sentence}",
        rows=_kept(item.rows, held.names, years),
        findings=[*_left_out(held.left_out), *about, _said("sigma")],
        said=Said(sentence),
        used=item.used,
    )
    growth_words = Words(
        title=f"Growth of {item.indicator.name} by where places started",
        subtitle=f"Across: value in {years[0]}; up: growth a year to {years[-1]}, per cent",
        alt=f"Scatter. {found.said}",
        rows=_kept(item.rows, tuple(found.points["place_name"]), [years[0], years[-1]]),
        findings=[*_left_out(found.left_out), *about, _said("beta")],
        said=Said(found.said),
        used=item.used,
    )
    scatter = convergence_scatter(
        found.points.rename(columns={"first_value": "initial"}),
        look,
        catalogue.places,
        found.slope,
        found.intercept,
        found.r2,
        indicator=item.indicator,
        first_year=years[0],
    )
    return [
        as_sheet(state, spread_words, sigma_line(spread, look, column="sd_log")),
        as_sheet(state, growth_words, scatter, 1),
    ]


def _similarity(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    if len(shown) < 2:
        raise NothingToShowError(
            "A profile takes two indicators or more.", "Choose others under “More indicators”."
        )
    year = state.year
    of_year = [item.rows[item.rows["year"] == year] for item in shown]
    names = [item.indicator.short_name for item in shown]
    wide = pd.DataFrame(
        {
            name: rows.drop_duplicates("place_name").set_index("place_name")["value"]
            for name, rows in zip(names, of_year, strict=True)
        }
    )
    found = similarity(wide)
    if len(found.distances) < FEWEST or found.standardised.shape[1] < 2:
        lacking = "; ".join(f"{name} ({reason})" for name, reason in found.left_out)
        raise NothingToShowError(
            f"Fewer than {FEWEST} places have all {len(shown)} indicators in {year}: {lacking}.",
            "Choose another year, other indicators or other places.",
        )
    off_diagonal = ~np.eye(len(found.distances), dtype=bool)
    pairs = found.distances.where(off_diagonal).stack()
    near, far = pairs.idxmin(), pairs.idxmax()
    sentence = (
        f"Most alike in {year}: {near[0]} and {near[1]} ({pairs.min():.1f} standard deviations); "
        f"least alike: {far[0]} and {far[1]} ({pairs.max():.1f})."
    )
    rows = pd.concat(of_year, ignore_index=True)
    words = Words(
        title=f"How alike {len(found.distances)} places are in {', '.join(names)}, {year}",
        subtitle=f"Distance in standard deviations, 0 is the same · {year}",
        alt=f"Matrix. {sentence}",
        rows=rows[rows["place_name"].isin(found.distances.index)].reset_index(drop=True),
        findings=[
            *_left_out(found.left_out),
            *(finding for item in shown for finding in item.findings),
            *comparability(rows, catalogue),
            _said("similarity"),
        ],
        said=Said(sentence),
        used=tuple(use for item in shown for use in item.used),
    )
    return [as_sheet(state, words, similarity_matrix(found.distances, look))]


def _specialisation(
    catalogue: Catalogue, state: CompareState, shown: list[Shown], look: Theme
) -> list[Sheet]:
    table = catalogue.table("manufacturing_sectors")
    names = {key: place.name for key, place in catalogue.places.items()}
    rows = table.rename(columns={"economy": "place_id"}).assign(
        place_name=table["economy"].map(names)
    )
    found = relative_shares(rows, "value_added_share")
    chosen = found.rows[found.rows["place_id"].isin(state.places)]
    kept = chosen if len(chosen) else found.rows
    if kept.empty:
        raise NothingToShowError(
            "No sector is listed by three economies.", "Look at the pages of the economies."
        )
    top = kept.loc[kept["quotient"].idxmax()]
    sentence = (
        f"Highest: {top['sector'].lower()} in {top['place_name']}, {top['quotient']:.1f} times "
        "the mean share of the others that list it."
    )
    uses = source_uses(
        kept.assign(name=kept["place_name"] + ", " + kept["sector"].str.lower()),
        catalogue,
        "sector",
    )
    several = kept["place_id"].nunique() > 1
    bars = pd.DataFrame(
        {
            "sector": kept["sector"] + (", " + kept["place_name"] if several else ""),
            "value": kept["quotient"],
        }
    )
    words = Words(
        title="What economies do more of than others that do it: manufacturing sectors",
        subtitle="Share of manufacturing value added over the mean of the others, 1 is the same",
        alt=f"Bars. {sentence}",
        rows=shown[0].rows.iloc[:0],
        findings=[
            Finding("caution", "reference", found.said),
            *_left_out(found.left_out),
            _said("specialisation"),
        ],
        said=Said(sentence),
        used=tuple(uses),
        data=kept[
            [
                "place_name",
                "sector",
                "year",
                "year_basis",
                "share",
                "reference_share",
                "quotient",
                "source_id",
                "locator",
                "note",
            ]
        ],
    )
    return [as_sheet(state, words, location_quotient_bars(bars, look))]


_STATISTICS: dict[str, Callable[[Catalogue, CompareState, list[Shown], Theme], list[Sheet]]] = {
    "concentration": _concentration,
    "convergence": _convergence,
    "similarity": _similarity,
    "specialisation": _specialisation,
}
