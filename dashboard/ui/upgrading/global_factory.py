"""The global-factory model in figures: who exports, how much is invested, where research goes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.catalogue import Catalogue, Indicator
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.naming import begun
from dashboard.catalogue.value_chains import short_citation
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.describe import describe_trend
from dashboard.charts.rank_lines import RankLine, Standing, describe_ranks_told, rank_lines
from dashboard.charts.series import trend
from dashboard.charts.styles import hue
from dashboard.charts.theme import Theme
from dashboard.transforms.spans import means, years_above
from dashboard.ui import card, links, notices, state
from dashboard.ui.semiconductors.parts import drawn, judged
from dashboard.ui.upgrading.settle import PAGE, UpgradingState

SHARES = (
    "fie_share_hightech_exports",
    "taiwan_fie_share_pc_handset_exports",
    "fie_share_exports",
)
RANKED = (
    "rank_offshore_rd_location",
    "rank_offshore_rd_outsourcing",
    "rank_it_exporter",
    "rank_it_importer",
    "rank_fdi_recipient",
)
# What Ernst says of the ten years before his paper, beside the World Bank's series of them.
CLAIMS = {
    "fdi_inflow_share_gdp": ("CHN",),
    "inward_fdi_share_gdp_jpn_kor_high_growth": ("JPN", "KOR"),
}
FLOWS = ("fdi_net_inflows_gdp", "fdi_inward_flow_gdp_unctad")
DECADE = (1997, 2006)


def draw(catalogue: Catalogue, shown: UpgradingState) -> None:
    """Shares of exports, investment over the years, ranks; each from the values held."""
    _shares(catalogue, shown)
    _investment(catalogue, shown)
    _ranks(catalogue, shown)


def _of(catalogue: Catalogue, indicators: tuple[str, ...]) -> pd.DataFrame:
    return pd.concat([catalogue.observations(name) for name in indicators], ignore_index=True)


def _shares(catalogue: Catalogue, shown: UpgradingState) -> None:
    rows = _of(catalogue, SHARES)
    told = [
        f"{catalogue.indicators[row.indicator_id].name}: {_amount(row, catalogue)}"
        for row in rows.itertuples()
    ]
    year = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    where = ", ".join(dict.fromkeys(rows["place_name"]))
    sentence = f"{where}, {year}. {'; '.join(told)}."
    card.draw(
        card.Card(
            key=f"{PAGE}_shares",
            title=f"What foreign-invested firms export from {where}",
            subtitle=f"Per cent of the exports that each bar names · {year}",
            findings=[
                Finding(
                    "not_comparable",
                    "other_whole",
                    "Each bar is a share of another whole: they do not add up.",
                ),
                *judged((PAGE, "shares"), rows, catalogue, ("concept", "years_of_indicators")),
            ],
            rows=rows,
            alt=sentence,
            sentence=sentence,
            page=PAGE,
            link=shown.selection,
        ),
        drawn((PAGE, "shares"), lambda look: _share_bars(rows, catalogue, look)),
        catalogue,
    )


def _share_bars(rows: pd.DataFrame, catalogue: Catalogue, look: Theme) -> go.Figure:
    bars = [
        Bar(
            f"{catalogue.indicators[row.indicator_id].name}: {whole(_amount(row, catalogue))}",
            float(row.value),
            row.indicator_id,
            hue(row.place_id, catalogue.places, look),
            is_exact=row.qualifier == "exact",
        )
        for row in rows.itertuples()
    ]
    return captioned_bars([Panel(unit_of("share of exports", "%"), [("", bars)])], look)


def _amount(row: Any, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[row.indicator_id]
    return formats.quantity(row.value, indicator, row.qualifier, row.value_high)


def _investment(catalogue: Catalogue, shown: UpgradingState) -> None:
    indicator = catalogue.indicator(shown.indicator)
    chosen = shown.selection
    rows = catalogue.series(
        shown.indicator, list(shown.places), chosen.first_year, chosen.last_year
    )
    if rows.empty:
        notices.nothing_found(
            f"No value of {indicator.name} for these economies and years.",
            "Choose others in the filter bar.",
        )
        return
    key = (PAGE, "investment", shown.indicator, shown.places, chosen.first_year, chosen.last_year)
    span = formats.years(int(rows["year"].min()), int(rows["year"].max()))
    findings = [*_claims(catalogue, shown, rows), *judged(key, rows, catalogue)]
    if shown.absent:
        names = ", ".join(catalogue.label(item) for item in shown.absent)
        findings.append(Finding("missing", "absent", f"Chosen, but without a value: {names}."))
    card.draw(
        card.Card(
            key=f"{PAGE}_investment",
            title=f"{indicator.name}: {', '.join(dict.fromkeys(rows['place_name']))}",
            subtitle=f"{formats.axis_title(indicator)} · {span}",
            findings=findings,
            rows=rows,
            alt=describe_trend(rows, indicator),
            sentence=_averages(rows, indicator),
            page=PAGE,
            link=chosen.with_(indicator=shown.indicator, places=shown.places),
        ),
        drawn(key, lambda look: trend(rows, indicator, catalogue.places, look)),
        catalogue,
    )
    address = state.address(
        "compare",
        view="line",
        indicator=shown.indicator,
        places=shown.places,
        **{"from": chosen.first_year or "", "to": chosen.last_year or ""},
    )
    way = links.anchor(address, "The same choice on the page to compare")
    st.html(f'<nav class="crumbs" aria-label="Ways on">{way}</nav>')


def _averages(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The means of the decade that Ernst speaks of; of other years how the lines run."""
    told = [
        f"{name} {formats.quantity(mean, indicator)}" for name, mean in means(rows, *DECADE).items()
    ]
    if not told:
        return describe_trend(rows, indicator)
    return f"Mean of the yearly values, {formats.years(*DECADE)}: {'; '.join(told)}."


def _claims(catalogue: Catalogue, shown: UpgradingState, rows: pd.DataFrame) -> list[Finding]:
    """What the paper states for the same quantity, and how the drawn series stands to it."""
    if shown.indicator not in FLOWS:
        return []
    found = []
    for name, places in CLAIMS.items():
        drawn_ones = rows[rows["place_id"].isin(places)]
        if drawn_ones.empty:
            continue
        indicator = catalogue.indicator(name)
        [claim] = catalogue.observations(name).itertuples()
        paper = short_citation(catalogue, claim.source_id)
        when = claim.period_note or "no years named"
        stated = (
            f"{paper}, {claim.locator}: {indicator.name}, {_amount(claim, catalogue)} ({when})."
        )
        told = _above(drawn_ones, claim.value) if claim.qualifier == "at_most" else ""
        found.append(Finding("caution" if told else "note", "claim", f"{stated}{told}"))
    return found


def _above(rows: pd.DataFrame, most: float) -> str:
    """In how many years of the series a bound does not hold."""
    told = [
        f"{name} {number} of {years} years"
        for name, (number, years) in years_above(rows, most).items()
    ]
    return f" The series drawn lies above it in {', '.join(told)}." if told else ""


def _ranks(catalogue: Catalogue, shown: UpgradingState) -> None:
    rows = _of(catalogue, RANKED)
    told = describe_ranks_told(_lines(catalogue, rows, None))
    card.draw(
        card.Card(
            key=f"{PAGE}_ranks",
            title="Ranks in the world: research location, IT trade, investment",
            subtitle="Rank, the first at the left · hollow: the earlier of two years",
            findings=[
                Finding("note", "of_indicator", note)
                for note in dict.fromkeys(
                    catalogue.indicators[name].comparability_note for name in RANKED
                )
                if note
            ]
            + [
                Finding(
                    "missing",
                    "other_ranks",
                    "Small dots: ranks of others, whom the paper names in part or not at all.",
                )
            ],
            rows=rows,
            alt=told,
            sentence=told,
            page=PAGE,
            link=shown.selection,
        ),
        drawn((PAGE, "ranks"), lambda look: rank_lines(_lines(catalogue, rows, look), look)),
        catalogue,
    )


def _lines(catalogue: Catalogue, rows: pd.DataFrame, look: Theme | None) -> list[RankLine]:
    """A line for each ranking; one economy in several years moves along it."""
    made = []
    for name in RANKED:
        own = rows[rows["indicator_id"] == name].sort_values(["year", "value"])
        moves = own["place_id"].nunique() == 1 and len(own) > 1
        years = formats.years(int(own["year"].min()), int(own["year"].max()))
        standings = [
            Standing(
                int(row.value),
                f"{row.place_name} {row.year}" if moves else row.place_name,
                hue(row.place_id, catalogue.places, look) if look else "",
                is_past=moves and row.year < own["year"].max(),
            )
            for row in own.itertuples()
        ]
        title = catalogue.indicators[name].name.removeprefix("World rank as ")
        made.append(RankLine(f"{begun(title)}, {years}", standings, moves))
    return made
