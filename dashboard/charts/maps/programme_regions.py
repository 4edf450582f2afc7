"""Regions that programmes chose: their first-level areas, and a marker for each above them.

Areas and markers have the colour of the programme, its stage or the industry type; or the areas
are shaded by public money. The shape of a marker is its programme, or its stage.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from dashboard.charts import formats
from dashboard.charts.maps.gathered import Group, Look, counts_of, groups, markers, rows_shown
from dashboard.charts.maps.geometry import (
    NOTHING,
    Focus,
    Geometry,
    Trace,
    folded,
    leader_lines,
    mark,
)
from dashboard.charts.maps.regions import (
    NONE,
    SEVERAL,
    areas,
    held_by_region,
    label_of,
    value_bar,
    value_colours,
    valued_areas,
)
from dashboard.charts.maps.views import View
from dashboard.charts.theme import GROUP_SYMBOLS, Theme

By = Literal["programme", "stage", "industry_type", "amount"]

LAYER = "programme_regions"
# The column that gives a region its colour, and what several and none of it are called.
COLUMN_OF: Mapping[By, str] = {
    "programme": "group",
    "stage": "stage",
    "industry_type": "industry_type",
}
AREA_WORDS: Mapping[By, tuple[str, str]] = {
    "programme": ("several programmes", "no programme named"),
    "stage": ("several stages", "no stage named"),
    "industry_type": ("several industry types", "no industry type known"),
}
AMOUNT_AXIS = "coloraxis3"
SIZES = (9.0, 22.0)
REST = "other programmes"
REST_SYMBOL = "circle"
LISTED = 8  # names in a hover box of an area
MOST_TICKS = 3
RANK = 500


def region_colours(regions: pd.DataFrame, by: By, look: Theme) -> dict[str, str]:
    """The colour of each programme, stage or industry type among regions, the frequent ones first.

    None where areas are shaded by amount: their markers are of one colour.
    """
    if by == "amount":
        return {}
    if by == "industry_type":
        return dict(look.industry_types)
    named = regions.loc[regions[COLUMN_OF[by]] != "", COLUMN_OF[by]].value_counts()
    return look.group_colours([str(name) for name in named.index])


def programme_areas(
    regions: pd.DataFrame,
    geometry: Geometry,
    look: Theme,
    *,
    by: By = "programme",
    amount_name: str = "",
    without: Collection[str] = (),
    focus: Focus = NOTHING,
) -> list[Trace]:
    """The first-level areas of programme regions, as shapes over the economies.

    Args:
        regions: as for `programme_regions_layer`, with admin1_ids (tuple) and admin1_relation:
            made_of the areas, or lies_in them.
        geometry: shapes of the areas with their names; one that it lacks is not drawn.
        look: colours of the mode.
        by: what the colour says. By amount an area has the largest amount known of a region in
            it: amounts of several programmes and years must not be added up.
        amount_name: what the amount is, for the hover box.
        without: areas that another layer shades.
        focus: regions whose areas are emphasised.

    Returns:
        One trace per colour; `customdata` is the place, or the places with semicolons between.
    """
    held = {
        key: rows for key, rows in held_by_region(regions, geometry).items() if key not in without
    }
    if not held:
        return []
    texts = {key: _area_text(key, rows, geometry, amount_name) for key, rows in held.items()}
    opens = {key: ";".join(row.place_id for row in rows) for key, rows in held.items()}
    common: dict[str, Any] = {"texts": texts, "opens": opens, "layer": LAYER, "focus": focus}
    if by == "amount":
        valued = {
            key: math.log10(max(known))
            for key, rows in held.items()
            if (known := [row.amount for row in rows if row.amount > 0])
        }
        rest = {key: rows for key, rows in held.items() if key not in valued}
        return [
            *areas(
                rest,
                dict.fromkeys(rest, NONE),
                geometry,
                look,
                colours={NONE: look.no_value},
                words={NONE: "Area without an amount known in US$"},
                template="%{text}<extra></extra>",
                rank=RANK + 40,
                **common,
            ),
            *valued_areas(
                valued, held, geometry, look, axis=AMOUNT_AXIS, name="Public money", **common
            ),
        ]
    column = COLUMN_OF[by]
    labels = {
        key: label_of([getattr(row, column) for row in rows if getattr(row, column)])
        for key, rows in held.items()
    }
    several, none = AREA_WORDS[by]
    return areas(
        held,
        labels,
        geometry,
        look,
        colours={
            **region_colours(regions, by, look),
            SEVERAL: look.other,
            NONE: look.no_value,
        },
        # The markers name the colours of what is one alone.
        words={SEVERAL: f"Area with {several}", NONE: f"Area with {none}"},
        template="%{text}<extra></extra>",
        rank=RANK + 40,
        **common,
    )


def _area_text(key: str, rows: Sequence[Any], geometry: Geometry, amount_name: str) -> str:
    area = geometry.region_names.get(key, key)
    if len(rows) == 1:
        return f"{_said(rows[0], amount_name)}<br>{_relation(rows[0], area)}"
    names = folded([row.name for row in rows], LISTED)
    return (
        f"<b>{area}</b>: {len(rows)} programme regions lie in it or take it in<br>{names}"
        "<br>A click lists them."
    )


def _relation(row: Any, area: str) -> str:
    """That an area is not the extent of a region that only lies in it."""
    if row.admin1_relation == "made_of":
        others = len(row.admin1_ids) - 1
        return f"{area}, with {others} more areas, is its extent" if others else f"Extent: {area}"
    return f"Lies in {area}; the area is not its extent"


def amount_scale(
    regions: pd.DataFrame, look: Theme, side: Literal["left", "right"]
) -> dict[str, Any]:
    """The colour axis of areas shaded by amount, in powers of ten of a million US dollars.

    Args:
        regions: one row per region with `amount`.
        look: colours of the mode.
        side: lower corner of the map that the colour bar stands in.
    """
    known = regions["amount"][regions["amount"] > 0]
    low = math.floor(math.log10(known.min())) if len(known) else 0
    high = math.ceil(math.log10(known.max())) if len(known) else 1
    steps = list(range(low, max(high, low + 1) + 1))
    # As many words as have room beside one another, the largest among them.
    said = steps[:: -math.ceil(len(steps) / MOST_TICKS)]
    return {
        "cmin": steps[0],
        "cmax": steps[-1],
        "colorscale": value_colours(look),
        "colorbar": {
            **value_bar("Largest amount of a region, US$", look, side),
            "tickvals": said,
            "ticktext": [formats.number(10.0**step * 1e6, 0) for step in said],
            "tickangle": 0,
        },
    }


def programme_regions_layer(
    regions: pd.DataFrame,
    look: Theme,
    view: View,
    *,
    by: By = "programme",
    amount_name: str | None = None,
    focus: Focus = NOTHING,
    gathered: Sequence[Group] | None = None,
) -> list[Trace]:
    """Markers of programme regions, those that share a spot as one with a count.

    Args:
        regions: one row per region: place_id, name, lat, lon, industry_type, `programme` in words,
            `group` (the programme, or what stands for those with few regions), `stage` in words
            and, to be sized, `amount` (millions of US dollars, missing
            where there is none) with `amount_text`.
        look: colours of the mode.
        view: the part of the world shown.
        by: what the colour says; the shape is the stage where the colour is, else the programme.
        amount_name: what markers are sized by; None draws single ones alike.
        focus: regions emphasised.
        gathered: their groups, where other layers have a say in where these stand.

    Returns:
        A line from each moved marker to its place, a trace of markers, and marks of the legend.
        `customdata` is the place, or the places of a gathered marker with semicolons between them.
    """
    gathered = list(groups(regions, view)) if gathered is None else gathered
    if not gathered:
        return []
    shape = "stage" if by == "stage" else "group"
    shapes = [name for name in dict.fromkeys(regions[shape]) if name and name != REST]
    symbols = dict(zip(shapes, GROUP_SYMBOLS, strict=False))
    colours = region_colours(regions, by, look)
    largest = float(regions["amount"].max()) if amount_name else 0.0

    def symbol(group: Group) -> str:
        one = group.rows[shape].iloc[0]
        return REST_SYMBOL if group.count > 1 else symbols.get(one, REST_SYMBOL)

    def colour(group: Group) -> str:
        if by == "amount":
            return look.accent
        return colours.get(group.shared(COLUMN_OF[by], ""), look.other)

    points = markers(
        gathered,
        Look(
            size=lambda group: _size(group, amount_name, largest),
            symbol=symbol,
            colour=colour,
            outline=lambda _: look.card,
            hover=lambda group: _hover(group, amount_name),
        ),
        look,
        layer=LAYER,
        name="Programme regions",
        opens=lambda group: ";".join(group.rows["place_id"]),
        focused=lambda group: ";".join(group.rows["place_id"]),
        focus=focus,
        given=len(regions),
    )
    leads = leader_lines(
        [((group.lat, group.lon), group.shown_at) for group in gathered], look, LAYER
    )
    return [*leads, points, *_marks(gathered, by, symbols, colours, look)]


def _marks(
    gathered: Sequence[Group],
    by: By,
    symbols: Mapping[str, str],
    colours: Mapping[str, str],
    look: Theme,
) -> list[Trace]:
    """Entries of the legend: shapes, in their colours where these say the same, and colours."""
    shown = rows_shown(gathered)
    shape = "stage" if by == "stage" else "group"
    is_one = by in ("programme", "stage")
    marks = [
        mark(
            LAYER,
            f"Programme region: {name}",
            symbols[name],
            colours.get(name, look.other) if is_one else look.muted,
            RANK + index,
            count=count,
        )
        for index, (name, count) in enumerate(counts_of(shown, shape, symbols).items())
    ]
    rest = int((~shown[shape].isin(symbols)).sum())
    if rest:
        words = "other stages, or none named" if by == "stage" else REST
        marks.append(
            mark(
                LAYER,
                f"Programme region: {words}",
                REST_SYMBOL,
                look.other if is_one else look.muted,
                RANK + 20,
                count=rest,
            )
        )
    if by == "industry_type":
        marks += [
            mark(
                LAYER,
                f"Programme region, {formats.words(name).lower()}",
                "square",
                colours[name],
                RANK + 30 + index,
                count=count,
            )
            for index, (name, count) in enumerate(counts_of(shown, by, colours).items())
        ]
    if any(group.count > 1 for group in gathered):
        words = "Several programme regions, their number inside"
        marks.append(mark(LAYER, words, "circle", look.other, RANK + 50))
    return marks


def _size(group: Group, amount_name: str | None, largest: float) -> float:
    if not amount_name or group.count > 1:
        return group.size
    small, large = SIZES
    amount = group.rows["amount"].iloc[0]
    if pd.isna(amount) or largest <= 0:
        return small
    return float(max(large * (max(amount, 0) / largest) ** 0.5, small))


def _hover(group: Group, amount_name: str | None) -> str:
    if group.count > 1:
        return f"<b>{group.count} programme regions</b><br>{group.names('name')}"
    [row] = group.rows.itertuples()
    return _said(row, amount_name or "")


def _said(row: Any, amount_name: str) -> str:
    """What a hover box says of one region."""
    kind = formats.words(row.industry_type) if row.industry_type else ""
    said = " · ".join(part for part in (row.programme, row.stage, kind) if part)
    amount = f"<br>{amount_name}: {row.amount_text}" if amount_name else ""
    return f"<b>{row.name}</b><br>{said}{amount}"
