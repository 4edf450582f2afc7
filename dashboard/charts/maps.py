"""The map of the belt: economies under hubs, regions and ties, with years as frames.

Shapes are named by address (or given inline for pictures made on a server) and stand in the base
traces only; a frame carries values, so a year step moves in the browser without a round trip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue.model import Indicator, Place
from dashboard.charts import formats
from dashboard.charts.theme import ROLE_SYMBOLS, SANS, TIE_STYLES, Theme, template
from dashboard.transforms.sphere import great_circle

Shapes = str | dict[str, Any]

SMALL_ECONOMIES = ("HKG", "MAC", "SGP")
SMALL_MARKER = 20
HUB_SIZE = 13
ROW_COLUMNS = ["place_id", "place_name", "year", "value", "value_high", "qualifier", "rank"]
HUB_SIZES = (9.0, 30.0)
LARGEST_CIRCLE = 56.0
BASE_LAYERS = (
    "showland",
    "showlakes",
    "showcountries",
    "showcoastlines",
    "showocean",
    "showrivers",
    "showsubunits",
    "showframe",
)


@dataclass(frozen=True)
class View:
    """A part of the world.

    `name` is what a control says, `place` what a title says; bounds in degrees, height in pixels.
    """

    name: str
    place: str
    projection: str
    longitudes: tuple[float, float]
    latitudes: tuple[float, float]
    shapes: str
    height: int

    def holds(self, lat: float | None, lon: float | None) -> bool:
        """True if a point lies in view; a place without a point does not."""
        if lat is None or lon is None:
            return False
        west, east = self.longitudes
        south, north = self.latitudes
        return west <= lon <= east and south <= lat <= north


_REGION, _WORLD = "admin0_region", "admin0_world"
VIEWS: Mapping[str, View] = {
    "belt": View(
        "Sea-belt", "the Silicon Sea-belt", "mercator", (60, 152), (-9.5, 49.5), _REGION, 510
    ),
    "north_east": View(
        "North-East Asia", "North-East Asia", "mercator", (98, 150), (17, 46), _REGION, 510
    ),
    "world": View("World", "the world", "natural earth", (-180, 180), (-56, 78), _WORLD, 380),
}


@dataclass(frozen=True)
class Geometry:
    """Shapes of a map: addresses the browser fetches once, or GeoJSON itself.

    `disputed` holds lines as pairs of longitude and latitude in degrees: they are few and short,
    and a line drawn by address is not something Plotly has.
    """

    economies: Shapes
    regions: Shapes
    economy_ids: tuple[str, ...]
    region_ids: tuple[str, ...]
    disputed: Sequence[Sequence[tuple[float, float]]] = ()


def hub_map(
    values: pd.DataFrame,
    indicator: Indicator,
    year: int,
    economies: Mapping[str, Place],
    hubs: pd.DataFrame,
    ties: pd.DataFrame,
    geometry: Geometry,
    look: Theme,
    *,
    view: str = "belt",
    size_name: str | None = None,
    context: Collection[str] = (),
) -> go.Figure:
    """Economies shaded or circled by an indicator, with hubs, their regions and ties above.

    Args:
        values: one row per economy and year, every year that a reader can move to; `value` in
            the indicator's unit. Shares and rates shade the economies, levels are circles whose
            area is proportional to the value.
        indicator: name, unit, decimals.
        year: the year shown first.
        economies: the economies shown, by identifier, with positions; those without a value too.
        hubs: one row per hub: place_id, name, lat, lon, role, industry_type, admin1_ids (tuple),
            and `size` (a number, missing when the hub has none) with `size_text`.
        ties: one row per tie between two hubs shown: kind, text, from_lat, from_lon, to_lat,
            to_lon.
        geometry: shapes of economies and regions.
        look: colours of the mode.
        view: one of VIEWS.
        size_name: what hub markers are sized by; None draws them alike.
        context: economies drawn like the rest that neither ranks nor scale count.

    Returns:
        A figure with one frame per year and no height of its own: it fills the room it is given.
        Its legend is hidden, for a page to write it in text; pictures show it. `customdata` of
        every clickable point, and `location` of every shape, is the place to open.
    """
    window = VIEWS[view]
    years = sorted(int(item) for item in values["year"].unique())
    layer = _ShadedEconomies if indicator.is_relative else _CircledEconomies
    economy_layer = layer(values, indicator, economies, geometry, look, context)
    figure = go.Figure()
    # A Scattergeo has to come first: a Choropleth always has a locationmode, and plotly.js then
    # fetches its own base map from the network.
    for trace in [
        *_disputed_borders(geometry, look),
        *_tie_lines(ties, look),
        *_land(economies, geometry, look, is_shaded=indicator.is_relative),
        *(economy_layer.traces(year) if indicator.is_relative else []),
        *_regions(hubs, geometry, look),
        *_hubs(hubs, look, size_name, named=view != "world"),
        # Circles lie above the hubs, half transparent: below them the small ones would be hidden.
        *([] if indicator.is_relative else economy_layer.traces(year)),
        *_legend_keys(hubs, look, is_shaded=indicator.is_relative),
    ]:
        figure.add_trace(trace)
    moving = [index for index, trace in enumerate(figure.data) if (trace.meta or {}).get("moves")]
    figure.frames = [
        go.Frame(name=str(item), data=economy_layer.changes(item), traces=moving) for item in years
    ]
    figure.update_layout(
        template=template(look),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        uirevision=view,
        clickmode="event+select",
        dragmode="pan",
        geo=_base(window, look),
        coloraxis=economy_layer.scale(),
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemsizing": "constant",
            "font": {"size": 12},
            "tracegroupgap": 4,
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    return figure


def _base(window: View, look: Theme) -> dict[str, Any]:
    return {
        # Each base layer is switched off by name: `visible` alone leaves some of the template's
        # on, and any one of them makes plotly.js fetch a map from the network.
        **dict.fromkeys(BASE_LAYERS, False),
        "bgcolor": look.sea,
        "projection": {"type": window.projection},
        "lonaxis": {"range": list(window.longitudes)},
        "lataxis": {"range": list(window.latitudes)},
        "domain": {"x": [0, 1], "y": [0, 1]},
        "uirevision": window.name,
    }


def _land(
    economies: Mapping[str, Place], geometry: Geometry, look: Theme, *, is_shaded: bool
) -> list[go.Choropleth | go.Scattergeo]:
    """Everything in the colour of "no value", where shades stand for values: a gap shows as that.

    Under circles land is only land, and a gap is a missing circle.
    """
    said = "<br>no value" if is_shaded else ""
    named = {key: f"<b>{place.name}</b>{said}" for key, place in economies.items()}
    small = _small(economies) if is_shaded else []
    land = look.no_value if is_shaded else look.land
    return [
        go.Choropleth(
            geojson=geometry.economies,
            locations=list(geometry.economy_ids),
            z=np.zeros(len(geometry.economy_ids)),
            text=[named.get(key, "not in the atlas") for key in geometry.economy_ids],
            hovertemplate="%{text}<extra></extra>",
            colorscale=[[0, land], [1, land]],
            showscale=False,
            showlegend=False,
            marker={"line": {"color": look.border, "width": 0.6}},
            unselected={"marker": {"opacity": 1}},
            name="No value",
        ),
        go.Scattergeo(
            lat=[economies[key].lat for key in small],
            lon=[economies[key].lon for key in small],
            text=[named[key] for key in small],
            customdata=small,
            mode="markers",
            hovertemplate="%{text}<extra></extra>",
            marker={
                "size": SMALL_MARKER,
                "color": look.no_value,
                "opacity": 1,
                "line": {"color": look.ink, "width": 1},
            },
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
            name="Small economies without value",
        ),
    ]


def _small(economies: Mapping[str, Place]) -> list[str]:
    """Economies that are too small to see or hit as a shape."""
    return [key for key in SMALL_ECONOMIES if key in economies]


def _hover(row: Any, indicator: Indicator, count: int) -> str:
    """What changes with the year; a figure repeats it for each, so it has to be short."""
    value = formats.quantity(row.value, indicator, row.qualifier, row.value_high)
    rank = "" if pd.isna(row.rank) else f"<br>rank {row.rank} of {count}"
    return f"{value}, {row.year}{rank}"


class _Economies:
    """What the two ways of drawing an indicator by economy share: ranked rows of each year."""

    def __init__(
        self,
        values: pd.DataFrame,
        indicator: Indicator,
        economies: Mapping[str, Place],
        geometry: Geometry,
        look: Theme,
        context: Collection[str],
    ) -> None:
        counted = values[~values["place_id"].isin(list(context))]
        ranks = counted.groupby("year")["value"].rank(method="min", ascending=False)
        values = values.assign(rank=ranks.astype("Int64"))
        self._indicator = indicator
        self._look = look
        self._geometry = geometry
        self._economies = economies
        self._ids = list(economies)
        self._context = set(context)
        self._counts = counted.groupby("year")["value"].size().to_dict()
        self._years: dict[int, dict[str, Any]] = {}
        for row in values[ROW_COLUMNS].itertuples(index=False):
            self._years.setdefault(int(row.year), {})[row.place_id] = row
        self._values = counted["value"]
        self._all_values = values["value"]

    def _texts(self, ids: Sequence[str], year: int) -> list[str]:
        rows = self._years.get(year, {})
        return [
            _hover(rows[key], self._indicator, self._counts.get(year, 0))
            if key in rows
            else f"no value for {year}"
            for key in ids
        ]

    def _named(self, ids: Sequence[str]) -> dict[str, Any]:
        """Hover text that is the same in every year: name of each place and of the indicator."""
        return {
            "hovertext": [
                f"<b>{self._economies[key].name}</b>"
                + (" (neighbour)" if key in self._context else "")
                for key in ids
            ],
            "hovertemplate": f"%{{hovertext}}<br>{self._indicator.short_name}<br>%{{text}}"
            "<extra></extra>",
        }

    def _numbers(self, ids: Sequence[str], year: int) -> np.ndarray:
        """Values in the order of `ids`; not a number where there is none."""
        rows = self._years.get(year, {})
        return np.array([rows[key].value if key in rows else np.nan for key in ids], dtype=float)


class _ShadedEconomies(_Economies):
    """Shares and rates: filled shapes, and markers for economies too small to see."""

    def _shaded(self) -> list[str]:
        return [key for key in self._ids if key in self._geometry.economy_ids]

    def traces(self, year: int) -> list[go.Choropleth | go.Scattergeo]:
        look = self._look
        marked = _small(self._economies)
        change = self.changes(year)
        shapes = go.Choropleth(
            geojson=self._geometry.economies,
            locations=self._shaded(),
            z=change[0].z,
            text=change[0].text,
            customdata=self._shaded(),
            **self._named(self._shaded()),
            coloraxis="coloraxis",
            marker={"line": {"color": look.border, "width": 0.8}},
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
            name=self._indicator.short_name,
            meta={"moves": True},
        )
        markers = go.Scattergeo(
            lat=[self._economies[key].lat for key in marked],
            lon=[self._economies[key].lon for key in marked],
            text=change[1].text,
            customdata=marked,
            mode="markers",
            **self._named(marked),
            marker={
                "size": change[1].marker.size,
                "color": change[1].marker.color,
                "coloraxis": "coloraxis",
                "line": {"color": look.ink, "width": 1},
            },
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
            name="Small economies",
            meta={"moves": True},
        )
        return [shapes, markers]

    def changes(self, year: int) -> list[go.Choropleth | go.Scattergeo]:
        shaded, marked = self._shaded(), _small(self._economies)
        numbers = self._numbers(marked, year)
        return [
            go.Choropleth(
                # Half the bytes of a double, and more digits than a shade can show.
                z=self._numbers(shaded, year).astype("float32"),
                text=self._texts(shaded, year),
            ),
            go.Scattergeo(
                # A marker without a value would keep a colour of its own: it shrinks away, and
                # the grey one beneath it shows.
                marker={
                    "color": np.nan_to_num(numbers),
                    "size": np.where(np.isnan(numbers), 0, SMALL_MARKER),
                },
                text=self._texts(marked, year),
            ),
        ]

    def scale(self) -> dict[str, Any]:
        look, values = self._look, self._values
        low = min(0.0, float(values.quantile(0.02))) if len(values) else 0.0
        # One extreme year of one small economy would leave all others in the palest class.
        high = float(values.quantile(0.97)) if len(values) else 1.0
        high = high if high > low else low + 1.0
        return {
            "cmin": low,
            "cmax": high,
            "colorscale": [[part / 4, colour] for part, colour in enumerate(look.sequential)],
            "colorbar": {
                "title": {
                    "text": formats.axis_title(self._indicator),
                    "side": "top",
                    "font": {"size": 12, "color": look.muted},
                },
                "orientation": "h",
                "x": 0.01,
                "xanchor": "left",
                "y": 0.015,
                "yanchor": "bottom",
                "len": 0.36,
                "thickness": 10,
                "bgcolor": look.card,
                "outlinewidth": 0,
                "nticks": 4,
                "tickfont": {"size": 12, "color": look.ink},
            },
        }


class _CircledEconomies(_Economies):
    """Levels: circles on each economy, area in proportion to the value."""

    def traces(self, year: int) -> list[go.Scattergeo]:
        look = self._look
        change = self.changes(year)[0]
        largest = formats.quantity(float(self._values.abs().max()), self._indicator)
        return [
            go.Scattergeo(
                lat=[self._economies[key].lat for key in self._ids],
                lon=[self._economies[key].lon for key in self._ids],
                text=change.text,
                customdata=self._ids,
                mode="markers",
                **self._named(self._ids),
                marker={
                    "size": change.marker.size,
                    "symbol": change.marker.symbol,
                    "sizemode": "diameter",
                    "color": look.warm,
                    "opacity": 0.55,
                    "line": {"color": look.warm, "width": 1.5},
                },
                unselected={"marker": {"opacity": 0.55}},
                name=f"Circle area: value, the largest {largest}; hollow: below zero",
                showlegend=True,
                meta={"moves": True},
            )
        ]

    def changes(self, year: int) -> list[go.Scattergeo]:
        largest = (float(self._values.abs().max()) if len(self._values) else 0.0) or 1.0
        numbers = self._numbers(self._ids, year)
        sizes = np.nan_to_num(np.maximum(LARGEST_CIRCLE * np.sqrt(np.abs(numbers) / largest), 3.0))
        symbols: str | list[str] = "circle"
        if (self._all_values < 0).any():
            symbols = ["circle-open" if value < 0 else "circle" for value in numbers]
        return [
            go.Scattergeo(
                marker={"size": sizes.astype("float32"), "symbol": symbols},
                text=self._texts(self._ids, year),
            )
        ]

    def scale(self) -> dict[str, Any]:
        return {"showscale": False}


def _regions(hubs: pd.DataFrame, geometry: Geometry, look: Theme) -> list[go.Choropleth]:
    owners = {
        region: hub
        for hub in hubs.itertuples()
        for region in hub.admin1_ids
        if region in geometry.region_ids
    }
    if not owners:
        return []
    return [
        go.Choropleth(
            geojson=geometry.regions,
            locations=list(owners),
            z=[0] * len(owners),
            customdata=[hub.place_id for hub in owners.values()],
            text=[hub.name for hub in owners.values()],
            hovertemplate="<b>%{text}</b><br>region of the hub<extra></extra>",
            colorscale=[[0, look.accent], [1, look.accent]],
            showscale=False,
            showlegend=False,
            marker={"line": {"color": look.accent, "width": 1}, "opacity": 0.42},
            unselected={"marker": {"opacity": 0.42}},
            name="Region of a hub",
        )
    ]


def _disputed_borders(geometry: Geometry, look: Theme) -> list[go.Scattergeo]:
    if not geometry.disputed:
        return []
    lat: list[float | None] = []
    lon: list[float | None] = []
    for line in geometry.disputed:
        lon += [point[0] for point in line] + [None]
        lat += [point[1] for point in line] + [None]
    return [
        go.Scattergeo(
            lat=lat,
            lon=lon,
            mode="lines",
            hoverinfo="skip",
            line={"color": look.muted, "width": 1, "dash": "dot"},
            name="Disputed border or cease-fire line",
            legendrank=50,
        )
    ]


def _tie_lines(ties: pd.DataFrame, look: Theme) -> list[go.Scattergeo]:
    """One line trace per kind, and one of invisible points that carry the hover text."""
    traces = []
    middles: list[tuple[float, float, str]] = []
    for kind, (dash, is_business) in TIE_STYLES.items():
        lat: list[float | None] = []
        lon: list[float | None] = []
        for tie in ties[ties["kind"] == kind].itertuples():
            path = great_circle((tie.from_lat, tie.from_lon), (tie.to_lat, tie.to_lon))
            lat += [point[0] for point in path] + [None]
            lon += [point[1] for point in path] + [None]
            middles.append((*path[len(path) // 2], tie.text))
        if lat:
            traces.append(
                go.Scattergeo(
                    lat=lat,
                    lon=lon,
                    mode="lines",
                    hoverinfo="skip",
                    line={
                        "color": look.ink if is_business else look.accent,
                        "width": 1.8,
                        "dash": dash,
                    },
                    opacity=0.9,
                    name=f"Tie: {formats.words(kind)}",
                    legendrank=30,
                )
            )
    traces.append(
        go.Scattergeo(
            lat=[item[0] for item in middles],
            lon=[item[1] for item in middles],
            text=[item[2] for item in middles],
            mode="markers",
            marker={"size": 12, "color": look.accent, "opacity": 0},
            unselected={"marker": {"opacity": 0}},
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
            name="Ties",
        )
    )
    return traces


# Where a hub's name stands beside its marker, so that neighbours do not cover each other.
LABEL_SIDES = {
    "beijing": "top center",
    "gyeonggi": "top right",
    "kyushu": "bottom right",
    "shanghai": "middle left",
    "hong_kong": "bottom left",
    "bangalore": "bottom center",
    "singapore": "bottom right",
}


def _hubs(
    hubs: pd.DataFrame, look: Theme, size_name: str | None, *, named: bool
) -> list[go.Scattergeo]:
    if hubs.empty:
        return []
    sizes: list[float] = [HUB_SIZE] * len(hubs)
    symbols = [ROLE_SYMBOLS.get(role, "circle") for role in hubs["role"]]
    if size_name and hubs["size"].notna().any():
        small, large = HUB_SIZES
        largest = float(hubs["size"].max()) or 1.0
        # Area in proportion to the value; a hub without one is small and hollow, never zero.
        sizes = [
            small if pd.isna(item) else max(large * (max(item, 0) / largest) ** 0.5, small)
            for item in hubs["size"]
        ]
        symbols = [
            symbol + ("-open" if pd.isna(item) else "")
            for symbol, item in zip(symbols, hubs["size"], strict=True)
        ]
    texts = []
    for hub in hubs.itertuples():
        sized = f"<br>{size_name}: {hub.size_text}" if size_name else ""
        texts.append(
            f"<b>{hub.name}</b><br>{formats.ROLES.get(hub.role, '')} · "
            f"{formats.words(hub.industry_type)}{sized}"
        )
    return [
        go.Scattergeo(
            lat=list(hubs["lat"]),
            lon=list(hubs["lon"]),
            customdata=list(hubs["place_id"]),
            text=[name.split(" / ")[0].split(" (")[0] for name in hubs["name"]],
            hovertext=texts,
            hovertemplate="%{hovertext}<extra></extra>",
            # On a map of the world the names would cover one another.
            mode="markers+text" if named else "markers",
            textposition=[LABEL_SIDES.get(key, "middle right") for key in hubs["place_id"]],
            textfont={
                "family": SANS,
                "size": 13,
                "color": look.ink,
                "weight": 600,
                "shadow": ", ".join([f"0 0 3px {look.card}"] * 4),
            },
            marker={
                "size": sizes,
                "symbol": symbols,
                "color": [
                    look.industry_types.get(item, look.accent) for item in hubs["industry_type"]
                ],
                "line": {"color": look.card, "width": 2},
                "opacity": 1,
            },
            selected={"marker": {"opacity": 1}, "textfont": {"color": look.ink}},
            unselected={"marker": {"opacity": 1}, "textfont": {"color": look.ink}},
            showlegend=False,
            name="Hubs",
        )
    ]


def _legend_keys(hubs: pd.DataFrame, look: Theme, *, is_shaded: bool) -> list[go.Scattergeo]:
    """Entries of the legend that no single trace stands for."""

    def key(
        name: str, symbol: str, colour: str, rank: int, line: str | None = None
    ) -> go.Scattergeo:
        return go.Scattergeo(
            lat=[None],
            lon=[None],
            mode="markers",
            name=name,
            legendrank=rank,
            hoverinfo="skip",
            marker={
                "symbol": symbol,
                "color": colour,
                "size": 11,
                "line": {"color": line or colour, "width": 1},
            },
        )

    keys = [
        key(f"Hub: {formats.ROLES[role]}", symbol, look.muted, 10)
        for role, symbol in ROLE_SYMBOLS.items()
        if role in set(hubs["role"])
    ]
    keys += [
        key(f"Industry: {formats.words(name).lower()}", "circle", colour, 20)
        for name, colour in look.industry_types.items()
        if name in set(hubs["industry_type"])
    ]
    if len(hubs):
        keys.append(key("Region of a hub", "square", look.accent, 25))
        keys[-1].marker.opacity = 0.5
    if is_shaded:
        keys.append(key("No value", "square", look.no_value, 40, look.muted))
    return keys
