"""Legal limits of small and medium enterprises, drawn to scale."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.naming import begun
from dashboard.charts import formats
from dashboard.charts.captioned import Bar, Panel, captioned_bars, unit_of, whole
from dashboard.charts.theme import Theme

EMPLOYEES = "max_employees"
MEASURES = {EMPLOYEES: "Employees", "max_capital": "Capital", "max_turnover": "Turnover"}
CLASSES = {
    "micro": "micro",
    "small": "small",
    "medium": "medium",
    "sme": "small and medium",
    "msme": "micro, small and medium",
}
ORDER = tuple(CLASSES)
USD = "US$"


def thresholds(rows: pd.DataFrame, look: Theme) -> go.Figure | None:
    """A bar for each upper limit, in a panel for each thing that is limited.

    Args:
        rows: rows of the table `definitions` of one economy, with `heading` (the definition in
            words); limits of capital and turnover in `currency`.
        look: colours of the mode.

    Returns:
        A trace for each class of size in each panel; None where no row has a limit.
    """
    panels = [
        _panel(part, column, str(currency), look)
        for column in MEASURES
        for currency, part in rows[rows[column].notna()].groupby("currency", sort=False)
        if column != EMPLOYEES
    ]
    employed = rows[rows[EMPLOYEES].notna()]
    if not employed.empty:
        panels.insert(0, _panel(employed, EMPLOYEES, "", look))
    return captioned_bars(panels, look) if panels else None


def limits_beside(rows: pd.DataFrame, columns: Sequence[str], look: Theme) -> go.Figure | None:
    """Limits of several economies on one axis each: employees as they are, money in US dollars.

    Args:
        rows: as `sme_laws.laws` returns them.
        columns: which limits, of `MEASURES`.
        look: colours of the mode.

    Returns:
        A panel for each kind of limit that some row has; a trace for each class of size in it.
        None where no row has one.
    """
    panels = []
    for column in columns:
        held = rows[rows[column].notna()]
        if column != EMPLOYEES:
            worth = f"usd_{column.removeprefix('max_')}"
            held = held[held[worth].notna()].assign(_usd=held[worth])
        if not held.empty:
            unit = "" if column == EMPLOYEES else USD
            panels.append(_panel(held, column, unit, look, is_alone=True))
    return captioned_bars(panels, look) if panels else None


def limit_words(value: float, column: str, currency: str) -> str:
    """An upper limit as it is read: "up to 300", "up to JPY 300 mn"."""
    if column == EMPLOYEES:
        return f"up to {formats.number(value, 0)}"
    return f"up to {formats.money(value / 1e6, currency)}"


def sector_words(scope: str) -> str:
    """The sectors of a threshold as they are read: "Trade, services"."""
    words = scope.replace("_", ", ") if scope.islower() and " " not in scope else scope
    return begun(words).replace("Non, m", "Other than m")


def describe_thresholds(rows: pd.DataFrame, economy: str) -> str:
    """The figure in a sentence: how many limits, and the widest of each kind."""
    parts = []
    for column, thing in MEASURES.items():
        held = rows[rows[column].notna()]
        if not held.empty:
            widest = held.loc[held[column].idxmax()]
            words = limit_words(widest[column], column, widest["currency"])
            parts.append(
                f"{thing.lower()} in {len(held)} limits, the widest {words} "
                f"({sector_words(widest['sector_scope']).lower()})"
            )
    laws = rows["definition_id"].nunique()
    definitions = "one definition" if laws == 1 else f"{laws} definitions"
    return f"Legal SME limits of {economy} by {definitions}: {'; '.join(parts)}."


def _panel(
    rows: pd.DataFrame, column: str, currency: str, look: Theme, *, is_alone: bool = False
) -> Panel:
    """The limits of one kind; alone in its unit, the axis says what is limited and by what size.

    `_usd`, where it is there, is what is drawn; the law's own amount then stands before it.
    """
    thing = MEASURES[column]
    drawn = "_usd" if "_usd" in rows else column
    colours = {"micro": look.muted, "small": look.warm}
    groups = []
    for heading, part in rows.groupby("heading", sort=False):
        bars = []
        ranked = part.assign(_class=part["size_class"].map(ORDER.index))
        for row in ranked.sort_values(["sector_scope", "_class"]).to_dict("records"):
            kind = CLASSES[row["size_class"]]
            of_class = "" if is_alone and row["size_class"] in ("sme", "msme") else f", {kind}"
            limit = whole(limit_words(row[column], column, row["currency"]))
            if drawn != column:
                limit += f" = {whole(formats.money(row[drawn] / 1e6, USD))}"
            bars.append(
                Bar(
                    f"{sector_words(row['sector_scope'])}{of_class}: {limit}",
                    float(row[drawn]),
                    kind,
                    colours.get(row["size_class"], look.accent),
                )
            )
        groups.append((str(heading) if is_alone else f"{thing} · {heading}", bars))
    return Panel(unit_of(f"{thing.lower()}, upper limit", currency), groups)
