"""Geometry on the sphere, for ties drawn as great circles."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt


def great_circle(
    start: tuple[float, float], end: tuple[float, float], parts: int = 24
) -> list[tuple[float, float]]:
    """Points of the shortest path between two places on a sphere, both ends included.

    Spherical interpolation between two unit vectors; points half a turn apart, which have no
    single shortest path, are joined directly.

    Args:
        start: latitude and longitude in degrees.
        end: latitude and longitude in degrees.
        parts: number of equal steps.

    Returns:
        `parts` + 1 pairs of latitude and longitude in degrees.
    """
    (lat1, lon1), (lat2, lon2) = [tuple(map(radians, point)) for point in (start, end)]
    haversine = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    angle = 2 * asin(min(1.0, sqrt(haversine)))
    if sin(angle) < 1e-9:
        return [start, end]
    points = []
    for step in range(parts + 1):
        share = step / parts
        near, far = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x = near * cos(lat1) * cos(lon1) + far * cos(lat2) * cos(lon2)
        y = near * cos(lat1) * sin(lon1) + far * cos(lat2) * sin(lon2)
        z = near * sin(lat1) + far * sin(lat2)
        points.append((degrees(atan2(z, sqrt(x * x + y * y))), degrees(atan2(y, x))))
    return points
