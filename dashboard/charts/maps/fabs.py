"""Wafer fabs: shape by state, size by wafer, colour by economy or group of operators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts.maps.gathered import Group, Look, counts_of, groups, markers, rows_shown
from dashboard.charts.maps.geometry import NOTHING, Focus, Trace, mark
from dashboard.charts.maps.views import View
from dashboard.charts.theme import FAB_SYMBOLS, Theme

PREFIX = "fab:"
# Diameter of the marker for wafers up to a diameter in millimetres; unknown ones are the smallest.
WAFER_SIZES = ((150.0, 9.0), (200.0, 11.0), (300.0, 14.0))
UNKNOWN_WAFER = 8.0
STATUS_WORDS = {
    "operating": "operating",
    "listed": "listed as open in 2019",
    "pilot": "pilot line",
    "construction": "under construction",
    "planned": "planned",
}
RANK = 600


def fab_place(fab_id: str) -> str:
    """The `customdata` of a fab, which can't be mistaken for a place."""
    return f"{PREFIX}{fab_id}"


def fabs_layer(
    fabs: pd.DataFrame,
    look: Theme,
    view: View,
    *,
    colour_by: str = "economy",
    colour_names: dict[str, str] | None = None,
    focus: Focus = NOTHING,
    gathered: Sequence[Group] | None = None,
) -> list[Trace]:
    """Markers of fabs, those that share a spot as one with a count.

    Fabs whose coordinates point at a city lie on one spot; they are never spread out, because
    where in the city they stand is not known.

    Args:
        fabs: rows of the table `fabs`; those without coordinates are counted and not drawn.
        look: colours of the mode.
        view: the part of the world shown.
        colour_by: column that gives the colour: economy, or one that groups operators.
        colour_names: words of its values for the legend.
        focus: a fab is in focus when it is, or its hub is.
        gathered: their groups, where other layers have a say in where these stand.

    Returns:
        A trace of markers and marks of the legend. `customdata` is `fab:` and the identifier, or
        the identifiers of a gathered marker with semicolons between them.
    """
    gathered = list(groups(fabs, view)) if gathered is None else gathered
    if not gathered:
        return []
    colours = _colours(fabs, colour_by, look)

    def colour(group: Group) -> str:
        return colours.get(group.shared(colour_by, ""), look.other)

    points = markers(
        gathered,
        Look(
            size=_size,
            symbol=lambda group: (
                "square" if group.count > 1 else FAB_SYMBOLS[group.rows["status"].iloc[0]]
            ),
            colour=colour,
            # The outline is all there is of an open symbol.
            outline=lambda group: look.card if group.count > 1 else colour(group),
            hover=_hover,
        ),
        look,
        layer="fabs",
        name="Fabs",
        opens=lambda group: PREFIX + ";".join(group.rows["fab_id"]),
        focused=lambda group: ";".join(
            [*map(fab_place, group.rows["fab_id"]), *group.rows["place_id"].dropna()]
        ),
        focus=focus,
        given=len(fabs),
    )
    shown = rows_shown(gathered)
    names = colour_names or {}
    ranks = {key: rank for rank, key in enumerate(FAB_SYMBOLS)}
    marks = [
        mark(
            "fabs",
            f"Fab: {STATUS_WORDS[status]}",
            FAB_SYMBOLS[status],
            look.muted,
            RANK + ranks[status],
            count=count,
        )
        for status, count in counts_of(shown, "status", FAB_SYMBOLS).items()
    ]
    marks += [
        mark(
            "fabs",
            f"Fab: {names.get(key, key)}",
            "square",
            colours[key],
            RANK + 20 + index,
            count=count,
        )
        for index, (key, count) in enumerate(counts_of(shown, colour_by, colours).items())
    ]
    if any(group.count > 1 for group in gathered):
        words = "Several fabs or phases, their number inside"
        marks.append(mark("fabs", words, "square", look.other, RANK + 50))
    return [points, *marks]


def _colours(fabs: pd.DataFrame, colour_by: str, look: Theme) -> dict[str, str]:
    values = list(dict.fromkeys(fabs[colour_by].dropna()))
    if colour_by == "economy":
        return {key: look.economies.get(key, look.other) for key in values}
    return look.group_colours(values)


def _size(group: Group) -> float:
    if group.count > 1:
        return group.size
    wafers = _wafers(group.rows["wafer_mm"].iloc[0])
    if not wafers:
        return UNKNOWN_WAFER
    wafer = max(float(item) for item in wafers)
    return next((size for most, size in WAFER_SIZES if wafer <= most), WAFER_SIZES[-1][1])


def _wafers(cell: str) -> list[str]:
    """Diameters in millimetres: some plants run wafers of two sizes."""
    return [part for part in cell.split(";") if part]


def _named(row: Any) -> str:
    plant = row.plant_name if isinstance(row.plant_name, str) else ""
    return f"{row.operator} {plant}".strip()


def _hover(group: Group) -> str:
    rows = group.rows
    cities = list(dict.fromkeys(rows["city"].dropna()))
    if group.count > 1:
        names = rows.assign(named=[_named(row) for row in rows.itertuples()])
        where = ", ".join(cities[:3]) + (" and around" if len(cities) > 3 else "")
        listed = Group(group.lat, group.lon, names).names("named")
        return f"<b>{group.count} fabs or phases</b>, {where}<br>{listed}"
    [row] = rows.itertuples()
    wafers = _wafers(row.wafer_mm)
    facts = [
        f"{' and '.join(wafers)} mm wafers" if wafers else "",
        f"since {int(row.start_year)}" if pd.notna(row.start_year) else "",
        STATUS_WORDS[row.status],
    ]
    rough = " (position of the city)" if row.coord_precision == "city" else ""
    said = " · ".join(fact for fact in facts if fact)
    return f"<b>{_named(row)}</b><br>{', '.join(cities)}{rough}<br>{said}"
