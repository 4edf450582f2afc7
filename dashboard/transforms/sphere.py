"""Geometry on the sphere, for ties drawn as great circles."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt


def great_circle(
    start: tuple[float, float], end: tuple[float, float], parts: int = 24, bow: float = 0.0
) -> list[tuple[float, float]]:
    """Points of the shortest path between two places on a sphere, both ends included.

    Spherical interpolation between two unit vectors; points half a turn apart, which have no
    single shortest path, are joined directly.

    Args:
        start: latitude and longitude in degrees.
        end: latitude and longitude in degrees.
        parts: number of equal steps.
        bow: how far the middle stands beside the path, to the right when positive, as a share of
            its length; for paths that would else lie on one another.

    Returns:
        `parts` + 1 pairs of latitude and longitude in degrees.
    """
    (lat1, lon1), (lat2, lon2) = [tuple(map(radians, point)) for point in (start, end)]
    haversine = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    angle = 2 * asin(min(1.0, sqrt(haversine)))
    if sin(angle) < 1e-9:
        return [start, end]
    pole = _pole((lat1, lon1), (lat2, lon2), sin(angle))
    points = []
    for step in range(parts + 1):
        share = step / parts
        near, far = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x = near * cos(lat1) * cos(lon1) + far * cos(lat2) * cos(lon2)
        y = near * cos(lat1) * sin(lon1) + far * cos(lat2) * sin(lon2)
        z = near * sin(lat1) + far * sin(lat2)
        if bow:
            # The pole of the great circle lies square to every point of it: to the left.
            aside = -bow * angle * sin(pi * share)
            x, y, z = (
                part * cos(aside) + normal * sin(aside)
                for part, normal in zip((x, y, z), pole, strict=True)
            )
        points.append((degrees(atan2(z, sqrt(x * x + y * y))), degrees(atan2(y, x))))
    return points


def bearing(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Direction in which the shortest path leaves a place, in degrees clockwise from north.

    Args:
        start: latitude and longitude in degrees.
        end: latitude and longitude in degrees.
    """
    (lat1, lon1), (lat2, lon2) = [tuple(map(radians, point)) for point in (start, end)]
    east = sin(lon2 - lon1) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon2 - lon1)
    return degrees(atan2(east, north)) % 360


def _pole(
    start: tuple[float, ...], end: tuple[float, ...], size: float
) -> tuple[float, float, float]:
    """Unit vector to the left of the path between two places in radians; `size` is its sine."""
    (x1, y1, z1), (x2, y2, z2) = (
        (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)) for lat, lon in (start, end)
    )
    return (y1 * z2 - z1 * y2) / size, (z1 * x2 - x1 * z2) / size, (x1 * y2 - y1 * x2) / size
