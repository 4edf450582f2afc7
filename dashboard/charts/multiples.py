"""Small multiples: one small panel per place or per indicator, side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.naming import begun
from dashboard.charts import ends, formats
from dashboard.charts.figures import new_figure
from dashboard.charts.lines import doubts, line_traces
from dashboard.charts.series import drawn_values, value_range
from dashboard.charts.styles import series_style
from dashboard.charts.theme import Theme, template
from dashboard.transforms.breaks import lean

PANEL_HEIGHT = 120
BETWEEN = 12  # from the foot of a panel to the title of the next
YEARS_HEIGHT = 26
TITLE_GAP = 6
# Letters of a title that a panel holds on a telephone, by the number of columns.
LETTERS = {1: 40, 2: 16, 3: 13}
MOST_COLUMNS = 3
# Of the width of the plot, between panels: with scales of their own, ticks stand there.
GAP_SHARED, GAP_OWN = 0.05, 0.17
MOST_TICKS = 4

Panel = tuple[str, pd.DataFrame, Indicator]


@dataclass(frozen=True)
class _Grid:
    """Where panels stand: all in pixels from the top of the plot but for the widths."""

    columns: int
    titles: tuple[int, ...]  # height of the titles of each row
    gap: float

    @property
    def height(self) -> int:
        """Of the plot."""
        return sum(self.titles) + len(self.titles) * (PANEL_HEIGHT + BETWEEN) - BETWEEN

    def across(self, at: int) -> tuple[float, float]:
        """Left and right edge of a panel, as shares of the width."""
        width = (1 - self.gap * (self.columns - 1)) / self.columns
        left = (at % self.columns) * (width + self.gap)
        return left, min(1.0, left + width)

    def down(self, at: int) -> tuple[float, float]:
        """Foot and top of a panel, as shares of the height from the foot of the plot."""
        row = at // self.columns
        top = self.height - sum(self.titles[: row + 1]) - row * (PANEL_HEIGHT + BETWEEN)
        return max(0.0, (top - PANEL_HEIGHT) / self.height), top / self.height


def small_multiples(
    panels: Sequence[Panel],
    places: Mapping[str, Place],
    look: Theme,
    *,
    common_axis: bool,
    logarithmic: bool = False,
    columns: int | None = None,
) -> go.Figure:
    """One small panel per place or per indicator, all over the same years.

    Args:
        panels: of each its title, its rows (one per place and year) and its indicator.
        places: the places by identifier; their economy gives the hue.
        look: colours of the mode.
        common_axis: one scale for all panels of a unit; else each panel has its own.
        logarithmic: draw the value axes in powers of ten; values of zero or below are left out.
        columns: 1 to 3; by itself three where a scale is shared by many panels and else two,
            because a figure is drawn once for all widths and ticks need room on a telephone.

    Returns:
        The lines of each panel as `trend` draws them. A panel of one place has its newest value
        below the title; of several, a key above the panels tells them apart. A panel without
        values says so.

    Raises:
        ValueError: if the number of columns is out of bounds.
    """
    if columns is not None and not 1 <= columns <= MOST_COLUMNS:
        raise ValueError(f"{columns} columns: 1 to {MOST_COLUMNS} can be drawn.")
    panels = [(title, lean(rows), item) for title, rows, item in panels]
    if logarithmic:
        panels = [(title, rows[rows["value"] > 0], item) for title, rows, item in panels]
    if all(rows.empty for _, rows, _ in panels):
        figure = new_figure(layout={"template": template(look)})
        ends.say_empty(figure, look)
        return figure
    units = {item.unit for _, _, item in panels}
    is_shared = common_axis and len(units) == 1
    columns = min(len(panels), columns or (3 if is_shared and len(panels) > 4 else 2))
    titles = [_title(panel, columns, len(units) > 1) for panel in panels]
    heights = [TITLE_GAP + ends.LINE_PX * len(lines) for lines in titles]
    highest = tuple(max(heights[at : at + columns]) for at in range(0, len(panels), columns))
    grid = _Grid(columns, highest, GAP_SHARED if is_shared else GAP_OWN)
    every = pd.concat([rows for _, rows, _ in panels])
    first, last = int(every["year"].min()), int(every["year"].max())
    styles = _styles(panels, places, look)
    scales = _scales(panels, common_axis=common_axis, logarithmic=logarithmic)
    written: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    traces: list[dict[str, Any]] = []
    for at, (panel, scale) in enumerate(zip(panels, scales, strict=True)):
        traces += _panel_traces(at, panel, styles, logarithmic)
        axes |= _axes(at, panel[2], grid, scale, (first, last), look, logarithmic, is_shared)
        written += _title_labels(at, titles[at], panel[1].empty, grid, look)
    written += _year_labels(len(panels), grid, (first, last), look)
    above = _above(panels, styles, common_axis, logarithmic, len(units) == 1)
    key = ends.wrapped_items(doubts(every, traces))
    top = 8 + ends.SMALL_LINE_PX * len(above)
    bottom = YEARS_HEIGHT + ends.SMALL_LINE_PX * len(key)
    return new_figure(
        data=traces,
        layout={
            "template": template(look),
            "height": top + grid.height + bottom,
            "margin": {"t": top, "b": bottom, "r": 16, "l": 8},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            **axes,
            "annotations": [
                *written,
                *ends.note(above, look, name="unit", above=True, shift=2),
                *ends.note(key, look, name="key", above=False, shift=YEARS_HEIGHT - 4),
            ],
            "uirevision": "-".join(item.indicator_id for _, _, item in panels[:4]),
        },
    )


def _styles(
    panels: Sequence[Panel], places: Mapping[str, Place], look: Theme
) -> dict[str, dict[str, str]]:
    """The look of each place, the same in all panels."""
    keys = list(dict.fromkeys(str(key) for _, rows, _ in panels for key in rows["place_id"]))
    return {key: series_style(key, keys[:at], places, look) for at, key in enumerate(keys)}


def _scales(panels: Sequence[Panel], *, common_axis: bool, logarithmic: bool) -> list[list[float]]:
    """The values that the scale of each panel has to hold: its own, or those of its unit."""
    own = [drawn_values(rows) for _, rows, _ in panels]
    if logarithmic:
        own = [[value for value in values if value > 0] for values in own]
    if not common_axis:
        return own
    return [
        [
            value
            for values, (_, _, other) in zip(own, panels, strict=True)
            if other.unit == item.unit
            for value in values
        ]
        for _, _, item in panels
    ]


def _title(panel: Panel, columns: int, says_unit: bool) -> list[str]:
    """Title in bold, then the unit where panels differ, then the newest value of a lone place."""
    title, rows, indicator = panel
    letters = LETTERS[columns]
    lines = [f"<b>{line}</b>" for line in _wrapped(title, letters)]
    if says_unit:
        lines += _small(formats.axis_title(indicator), letters)
    if not rows.empty and rows["place_id"].nunique() == 1:
        last = rows.loc[rows["year"].idxmax()]
        value = formats.quantity(last["value"], indicator, last["qualifier"], last["value_high"])
        lines += _small(f"{value}, {last['year']}", letters)
    return lines


def _wrapped(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters, break_on_hyphens=False)


def _small(text: str, letters: int) -> list[str]:
    size = ends.SMALL_FONT
    return [
        f'<span style="font-size:{size}px">{line}</span>' for line in _wrapped(text, letters + 2)
    ]


def _panel_traces(
    at: int, panel: Panel, styles: Mapping[str, dict[str, str]], logarithmic: bool
) -> list[dict[str, Any]]:
    traces = []
    _, rows, indicator = panel
    number = "" if at == 0 else str(at + 1)
    keys = list(dict.fromkeys(rows["place_id"].tolist()))
    for key in keys:
        group = rows[rows["place_id"] == key] if len(keys) > 1 else rows
        if not group["year"].is_monotonic_increasing:
            group = group.sort_values("year")
        style = styles[str(key)]
        lines = line_traces(group, indicator, style, logarithmic=logarithmic, is_small=True)
        traces += [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in lines]
    return traces


def _axes(
    at: int,
    indicator: Indicator,
    grid: _Grid,
    values: list[float],
    years: tuple[int, int],
    look: Theme,
    logarithmic: bool,
    is_shared: bool,
) -> dict[str, Any]:
    """Both axes of a panel by their names in the layout."""
    number = "" if at == 0 else str(at + 1)
    first, last = years
    pad = 0.03 * ((last - first) or 1)
    across, down = grid.across(at), grid.down(at)
    x_axis = {
        "domain": across,
        "anchor": f"y{number}",
        "range": [first - pad, last + pad],
        "showticklabels": False,
        "showgrid": False,
        "showline": logarithmic,  # else zero is the line
        "linecolor": look.muted,
        "zeroline": False,
        "fixedrange": True,
    }
    low, high = value_range(values, logarithmic=logarithmic) if values else (0.0, 1.0)
    y_axis = {
        "domain": down,
        "anchor": f"x{number}",
        "type": "log" if logarithmic else "linear",
        "range": [low, high],
        "fixedrange": True,
        "showticklabels": bool(values) and (not is_shared or at % grid.columns == 0),
        **_ticks(indicator, values, logarithmic),
    }
    return {f"xaxis{number}": x_axis, f"yaxis{number}": y_axis}


def _ticks(indicator: Indicator, values: list[float], logarithmic: bool) -> dict[str, Any]:
    """A few ticks without the currency, which the unit above says."""
    if not values:
        return {"tickvals": []}
    low, high = min(values), max(values)
    if logarithmic:
        ticks = formats.log_axis(indicator, low, high, MOST_TICKS)
    else:
        ticks = formats.few_ticks(indicator, min(0.0, low), high)
    return {"tickvals": ticks["tickvals"], "ticktext": ticks["ticktext"]}


def _title_labels(
    at: int, lines: list[str], is_empty: bool, grid: _Grid, look: Theme
) -> list[dict[str, Any]]:
    left, _ = grid.across(at)
    foot, top = grid.down(at)
    common = {"x": left, "xref": "paper", "xanchor": "left", "yref": "paper", "showarrow": False}
    written = [
        {
            **common,
            "name": "title",
            "y": top,
            "yanchor": "bottom",
            "align": "left",
            "text": "<br>".join(lines),
            "font": {"size": ends.FONT, "color": look.ink},
        }
    ]
    if is_empty:
        written.append(
            {
                **common,
                "name": "empty",
                "xshift": 4,
                "y": (foot + top) / 2,
                "text": "no value",
                "font": {"size": ends.SMALL_FONT, "color": look.muted},
            }
        )
    return written


def _year_labels(
    count: int, grid: _Grid, years: tuple[int, int], look: Theme
) -> list[dict[str, Any]]:
    """First and last year under the lowest panel of each column, inside its edges."""
    written = []
    for column in range(grid.columns):
        lowest = max(at for at in range(count) if at % grid.columns == column)
        foot, _ = grid.down(lowest)
        marks = list(zip(grid.across(lowest), ("left", "right"), years, strict=True))
        written += [
            {
                "name": "year",
                "x": x,
                "xref": "paper",
                "xanchor": anchor,
                "y": foot,
                "yref": "paper",
                "yanchor": "top",
                "yshift": -2,
                "showarrow": False,
                "text": str(year),
                "font": {"size": ends.SMALL_FONT, "color": look.muted},
            }
            for x, anchor, year in marks[: len(set(years))]
        ]
    return written


def _above(
    panels: Sequence[Panel],
    styles: Mapping[str, dict[str, str]],
    common_axis: bool,
    logarithmic: bool,
    is_one_unit: bool,
) -> list[str]:
    """Unit and scale in words, and which line is whose where a panel has several."""
    lines: list[str] = []
    if any(rows["place_id"].nunique() > 1 for _, rows, _ in panels):
        names = {
            str(row.place_id): str(row.place_name)
            for _, rows, _ in panels
            for row in rows[["place_id", "place_name"]].drop_duplicates().itertuples()
        }
        items = [f"{ends.GLYPHS[styles[key]['symbol']]} {name}" for key, name in names.items()]
        wrapped = ends.wrapped_items(items)
        lines = [_coloured(line, items, list(names), styles) for line in wrapped]
    scale = "one scale for all panels" if common_axis else "a scale for each panel"
    if not is_one_unit and common_axis:
        scale = "one scale for panels of one unit"
    if logarithmic:
        scale += ", log"
    unit = ""
    if is_one_unit:
        item = panels[0][2]
        highest = max(float(rows["value"].max()) for _, rows, _ in panels if len(rows))
        unit = formats.axis(item, 0.0, highest)["title"]["text"]
    words = f"{unit}: {scale}" if unit else begun(scale)
    return [*_wrapped(words, ends.KEY_LETTERS), *lines]


def _coloured(
    line: str, items: list[str], keys: list[str], styles: Mapping[str, dict[str, str]]
) -> str:
    for item, key in zip(items, keys, strict=True):
        colour = styles[key]["colour"]
        line = line.replace(item, f'<span style="color:{colour}">{item}</span>', 1)
    return line
