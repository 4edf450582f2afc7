"""Parts of the world: what a map shows, how it is projected and where a point lands on a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asinh, atan, cos, degrees, dist, radians, tan
from typing import Any

from dashboard.catalogue.model import Place
from dashboard.transforms.crowding import pull_apart

Size = tuple[int, int]
Position = tuple[float, float]

# Width and height of the map itself, without slider, on a wide screen, on a page with a panel
# beside the map, and twice on a telephone: what must not overlap is checked at all of them.
SCREENS: tuple[Size, ...] = ((1400, 504), (900, 504), (390, 276), (390, 242))
# What is moved or gathered is so for a screen between the narrow and the wide one.
MIDDLE_SCREEN: Size = (620, 380)
EDGE = 0.02  # of the width and height of a map, for what is moved to stay off

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

    `name` is what a control says, `place` what a title says; bounds in degrees, the western one
    below the eastern one (which may lie beyond 180); `shapes` the boundary file of economies;
    height in pixels with the slider; `hub` the hub that the part belongs to, if it is one's.
    """

    name: str
    place: str
    projection: str
    longitudes: tuple[float, float]
    latitudes: tuple[float, float]
    shapes: str
    height: int
    hub: str = ""

    @property
    def middle(self) -> float:
        """The longitude in the middle, in degrees from -180 to 180."""
        return ((sum(self.longitudes) / 2) + 180) % 360 - 180

    def holds(self, lat: float | None, lon: float | None) -> bool:
        """True if a point lies in view; a place without a point does not."""
        if lat is None or lon is None:
            return False
        west, east = self.longitudes
        south, north = self.latitudes
        return (lon - west) % 360 <= east - west and south <= lat <= north

    def pixels(self, points: Sequence[Position], size: Size) -> list[Position]:
        """Where points land on a screen, in pixels from the upper left corner of the map.

        Args:
            points: latitude and longitude in degrees.
            size: width and height of the map in pixels; the view is fitted into it, centred.
        """
        left, right, bottom, top = self._box()
        scale = min(size[0] / (right - left), size[1] / (top - bottom))
        across = (size[0] - scale * (right - left)) / 2
        down = (size[1] - scale * (top - bottom)) / 2
        found = [self._project(lat, lon) for lat, lon in points]
        return [(across + scale * (x - left), down + scale * (top - y)) for x, y in found]

    def apart(
        self,
        points: Sequence[Position],
        least: float,
        fixed: Sequence[bool] | None = None,
        ways: Sequence[Position] | None = None,
    ) -> list[Position]:
        """Points moved until all stand some pixels apart on a screen of middling width.

        Args:
            points: latitude and longitude in degrees.
            least: smallest distance in pixels.
            fixed: which points stay where they are.
            ways: direction, to the right and down, in which each point makes way if it has to.

        Returns:
            Latitudes and longitudes; a point that nothing crowds is returned as it was.
        """
        before = self.pixels(points, MIDDLE_SCREEN)
        start = list(before)
        for index, way in enumerate(ways or ()):
            if way != (0, 0) and any(
                dist(before[index], other) < least
                for place, other in enumerate(before)
                if place != index
            ):
                start[index] = (
                    before[index][0] + least * way[0],
                    before[index][1] + least * way[1],
                )
        after = pull_apart(start, least, fixed)
        step = 0.01
        moved = []
        for (lat, lon), one, other in zip(points, before, after, strict=True):
            across, down = other[0] - one[0], other[1] - one[1]
            if not across and not down:
                moved.append((lat, lon))
                continue
            [here, east, north] = self.pixels(
                [(lat, lon), (lat, lon + step), (lat + step, lon)], MIDDLE_SCREEN
            )
            moved.append(
                self._inside(
                    lat + down * step / (north[1] - here[1]),
                    lon + across * step / (east[0] - here[0]),
                )
            )
        return moved

    def _inside(self, lat: float, lon: float) -> Position:
        """The nearest point whose marker is not cut off by the edge of the map."""
        (west, east), (south, north) = self.longitudes, self.latitudes
        across, down = EDGE * (east - west), EDGE * (north - south)
        lon = west + min(max((lon - west) % 360, across), east - west - across)
        return min(max(lat, south + down), north - down), (lon + 180) % 360 - 180

    def geo(self, sea: str) -> dict[str, Any]:
        """The `geo` subplot of a figure: projection, bounds and the colour of the sea."""
        return {
            # Each base layer is switched off by name: `visible` alone leaves some of the
            # template's on, and any one of them makes plotly.js fetch a map from the network.
            **dict.fromkeys(BASE_LAYERS, False),
            "bgcolor": sea,
            "projection": {"type": self.projection, "rotation": {"lon": self.middle}},
            # Plotly puts the middle of the degrees in the middle of the map, which Mercator does
            # not: without a centre of its own the north of the range would be cut off.
            "center": {"lon": self.middle, "lat": self._middle_latitude()},
            "lonaxis": {"range": list(self.longitudes)},
            "lataxis": {"range": list(self.latitudes)},
            "domain": {"x": [0, 1], "y": [0, 1]},
            "uirevision": self.name,
        }

    def _middle_latitude(self) -> float:
        """The latitude halfway between the lower and the upper edge of the map, in degrees."""
        _, _, bottom, top = self._box()
        south, north = -89.0, 89.0
        for _ in range(40):
            lat = (south + north) / 2
            if self._plane(lat, 0)[1] < (bottom + top) / 2:
                south = lat
            else:
                north = lat
        return round(lat, 4)

    def _box(self) -> tuple[float, float, float, float]:
        """Bounds in the plane of the projection: left, right, bottom, top."""
        south, north = self.latitudes
        half = (self.longitudes[1] - self.longitudes[0]) / 2
        widest = min(max(0.0, south), north) if south > 0 else 0.0
        right, _ = self._plane(widest, half)
        # Plotly draws the edges as four great circles each, which bulge towards the poles.
        bulge = cos(radians(half / 4))
        _, bottom = self._plane(_bulged(south, bulge) if south < 0 else south, 0)
        _, top = self._plane(_bulged(north, bulge) if north > 0 else north, 0)
        return -right, right, bottom, top

    def _project(self, lat: float, lon: float) -> Position:
        return self._plane(lat, (lon - self.middle + 180) % 360 - 180)

    def _plane(self, lat: float, east: float) -> Position:
        """Position in the plane of a latitude and a longitude east of the middle, in degrees."""
        across, up = radians(east), radians(lat)
        if self.projection == "mercator":
            return across, asinh(tan(up))
        # Natural Earth, the polynomial of Šavrič, Jenny, Patterson, Petrovič and Hurni (2011).
        square = up * up
        fourth = square * square
        return (
            across
            * (
                0.8707
                - 0.131979 * square
                + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
            ),
            up
            * (
                1.007226
                + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
            ),
        )


def _bulged(lat: float, bulge: float) -> float:
    """The latitude farthest from the equator on a great circle between two points of a latitude."""
    return degrees(atan(tan(radians(lat)) / bulge))


_REGION, _WORLD = "admin0_region", "admin0_world"


def _preset(
    name: str, place: str, longitudes: tuple[float, float], latitudes: tuple[float, float]
) -> View:
    # Mercator, because its straight meridians let a narrow screen be filled.
    return View(name, place, "mercator", longitudes, latitudes, _REGION, 590)


PRESETS: Mapping[str, View] = {
    "belt": _preset("Sea-belt", "the Silicon Sea-belt", (60, 152), (-9.5, 49.5)),
    "north_east": _preset("North-East Asia", "North-East Asia", (98, 150), (17, 46)),
    "south_east": _preset("South-East Asia", "South-East Asia", (90, 142), (-11.5, 27)),
    "india": _preset("India", "India", (62, 104), (5, 36)),
    # The Pacific in the middle: ties from Asia to America are one line, not two halves.
    "world": View("World", "the world", "natural earth", (-30, 330), (-56, 78), _WORLD, 400),
}


def _close(hub: str, name: str, west: float, east: float, south: float, north: float) -> View:
    return View(
        name,
        f"{name} and surroundings",
        "mercator",
        (west, east),
        (south, north),
        _REGION,
        590,
        hub,
    )


# Bounds hold the regions that each hub is made of, its fabs and some of what lies around it.
HUB_VIEWS: Mapping[str, View] = {
    view.hub: view
    for view in (
        _close("gyeonggi", "Gyeonggi", 124.6, 129.6, 35.9, 38.7),
        _close("kyushu", "Kyushu", 126.4, 134.4, 29.9, 34.9),
        _close("hsinchu", "Hsinchu", 118.6, 123.4, 22.4, 25.6),
        _close("shanghai", "Shanghai", 118.2, 124.2, 29.7, 33.0),
        _close("beijing", "Beijing", 113.6, 119.4, 38.4, 41.7),
        _close("hong_kong", "Hong Kong", 112.8, 115.4, 21.6, 23.2),
        _close("singapore", "Singapore", 103.2, 104.5, 0.95, 1.75),
        _close("bangalore", "Bangalore", 70.5, 82.5, 10.5, 19.0),
    )
}
VIEWS: Mapping[str, View] = {**PRESETS, **HUB_VIEWS}

# Half the width of the surroundings of a place that has no part of the world of its own.
AROUND = 4.2  # degrees of longitude at the equator
_SLOPE = 0.72  # height of a small map by its width


def surroundings(place_id: str, name: str, lat: float, lon: float, shapes: str) -> View:
    """The part of the world around a place: the one made for a hub, else some degrees each way.

    Args:
        place_id: the place.
        name: its name, for titles.
        lat: latitude in degrees.
        lon: longitude in degrees.
        shapes: the boundary file that has the land around it.
    """
    if place_id in HUB_VIEWS:
        return HUB_VIEWS[place_id]
    east = AROUND / cos(radians(lat))
    north = AROUND * _SLOPE
    return View(
        name,
        f"{name} and surroundings",
        "mercator",
        (round(lon - east, 2), round(lon + east, 2)),
        (round(lat - north, 2), round(lat + north, 2)),
        shapes,
        HUB_VIEWS["kyushu"].height,
        place_id,
    )


def view_of(places: Sequence[Place]) -> str:
    """Name of the closest part of the map that holds all places."""

    def size(view: View) -> float:
        west, east = view.longitudes
        south, north = view.latitudes
        return (east - west) * (north - south)

    holding = [
        name
        for name, view in VIEWS.items()
        if all(view.holds(place.lat, place.lon) for place in places)
    ]
    return min(holding, key=lambda name: size(VIEWS[name]))
