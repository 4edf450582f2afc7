"""Places to compare one with, chosen by a reason that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, cos, log, radians, sin, sqrt

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import FIRM
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.model import Indicator, Place
from dashboard.catalogue.selection import PEERS

# Indicators that a basis is measured by, the first one that holds the place: the World Bank has
# no Taiwan.
MEASURES = {
    "gdp_per_head": ("gdp_pcap_ppp_const2021", "gdp_pcap_ppp_const2011_weo"),
    "population": ("population",),
    "rd_intensity": ("rd_expenditure_gdp",),
}
MEASURE_WORDS = {
    "gdp_per_head": "GDP per head",
    "population": "population",
    "rd_intensity": "R&D in GDP",
}

# Values are of one year; it has this part of the places of the best-covered year.
ENOUGH = 0.8
# With fewer of its region among the economies of the atlas, neighbours are taken too.
FEWEST = 2
OUTSIDE = "Comparator"
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Peers:
    """Places to compare with, the nearest first, and a sentence that says why these.

    Without places the sentence says why there are none.
    """

    places: tuple[str, ...]
    reason: str


@of_package(512)
def peers(catalogue: Catalogue, place_id: str, basis: str, most: int = 5) -> Peers:
    """The peers of an economy, a hub or a cluster: of its kind, alike in one respect.

    * gdp_per_head, population: economies of the atlas nearest by ratio, in the newest
      well-covered year in which the place has a figure.
    * rd_intensity: likewise, nearest by percentage points.
    * region: the economies of the same region, the largest first, neighbours too where the atlas
      has fewer than two others; of hubs and clusters those of the same region, first those of the
      same economy, then by distance.
    * industry_type: hubs and clusters of the same type, most industries in common first.

    Args:
        catalogue: holds the places and their figures.
        place_id: whose peers.
        basis: one of `selection.PEERS`.
        most: how many at most.

    Raises:
        UnknownIdentifierError: if the place is not in the catalogue.
        ValueError: if there is no such basis.
    """
    if basis not in PEERS:
        raise ValueError(f"No peers by {basis!r}: choose among {', '.join(PEERS)}.")
    place = catalogue.place(place_id)
    if place.kind not in ("economy", "hub", "cluster"):
        return Peers((), "Peers are chosen for economies, hubs and clusters.")
    if basis in MEASURES:
        return _nearest(catalogue, place, basis, most)
    if basis == "industry_type":
        return _of_type(catalogue, place, most)
    if place.kind == "economy":
        return _economies_of_region(catalogue, place, most)
    return _near_by(catalogue, place, most)


def peers_offered(catalogue: Catalogue, place_id: str) -> dict[str, str]:
    """For each basis why a place has no peers by it, or "" where it has.

    Raises:
        UnknownIdentifierError: if the place is not in the catalogue.
    """
    found = {}
    for basis in PEERS:
        chosen = peers(catalogue, place_id, basis)
        found[basis] = "" if chosen.places else chosen.reason
    return found


# --- By a figure ----------------------------------------------------------------------------------


def _nearest(catalogue: Catalogue, place: Place, basis: str, most: int) -> Peers:
    words = MEASURE_WORDS[basis]
    if place.kind != "economy":
        return Peers((), f"The atlas compares {words} of economies only; this is a {place.kind}.")
    economies = {
        item.place_id: item
        for item in catalogue.places_of_kind("economy")
        if item.in_focus or item is place
    }
    for indicator_id in MEASURES[basis]:
        if indicator_id not in catalogue.indicators:
            continue
        rows = catalogue.series(indicator_id, economies)
        rows = rows[rows["qualifier"].isin(FIRM) & (rows["value"] > 0)]
        year = _year(rows, place.place_id)
        if year is not None:
            break
    else:
        return Peers((), f"No figure of {words} is held for {place.name}.")
    indicator = catalogue.indicators[indicator_id]
    values = rows[rows["year"] == year].set_index("place_id")["value"].to_dict()
    own = values.pop(place.place_id)
    apart = _points_apart if basis == "rd_intensity" else _ratio_apart
    chosen = sorted(values, key=lambda key: apart(values[key], own))[:most]
    if not chosen:
        return Peers((), f"No other economy has a figure of {words} for {year}.")
    listed = ", ".join(f"{economies[key].name} {_figure(values[key], indicator)}" for key in chosen)
    missing = [item.name for key, item in economies.items() if key not in values]
    missing.remove(place.name)
    without = f" No figure for {year}: {', '.join(missing)}." if missing else ""
    return Peers(
        tuple(chosen),
        f"Nearest to {place.name} ({_figure(own, indicator)}) in {words} ({year}, "
        f"{indicator.unit}): {listed}.{without}",
    )


def _year(rows: pd.DataFrame, place_id: str) -> int | None:
    """The newest well-covered year in which a place has a figure."""
    held = set(zip(rows["place_id"].tolist(), rows["year"].tolist(), strict=True))
    counts = Counter(year for _, year in held if (place_id, year) in held)
    most = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if count >= ENOUGH * most), default=None)


def _ratio_apart(value: float, own: float) -> float:
    return abs(log(value / own))


def _points_apart(value: float, own: float) -> float:
    return abs(value - own)


def _figure(value: float, indicator: Indicator) -> str:
    if value >= 1e6:
        return f"{value / 1e6:,.1f} million"
    return f"{value:,.{indicator.decimals}f}"


# --- By region ------------------------------------------------------------------------------------


def _economies_of_region(catalogue: Catalogue, place: Place, most: int) -> Peers:
    alike = [
        item
        for item in catalogue.places_of_kind("economy")
        if item.region == place.region and item is not place
    ]
    chosen = [item for item in alike if item.in_focus]
    where = "outside Asia" if place.region == OUTSIDE else f"in {place.region}"
    with_neighbours = len(chosen) < FEWEST
    if with_neighbours:
        chosen = alike
    if not chosen:
        return Peers((), f"No other economy of the atlas lies {where}.")
    people = _newest_population(catalogue, chosen)
    chosen.sort(key=lambda item: -people.get(item.place_id, 0.0))
    also = ", neighbours of the atlas too" if with_neighbours else ""
    return _told(chosen, most, f"Economies {where}, as {place.name}, the largest first{also}")


def _newest_population(catalogue: Catalogue, places: Sequence[Place]) -> dict[str, float]:
    if "population" not in catalogue.indicators:
        return {}
    rows = catalogue.series("population", [item.place_id for item in places])
    return dict(zip(rows["place_id"], rows["value"], strict=True))


def _near_by(catalogue: Catalogue, place: Place, most: int) -> Peers:
    def far(item: Place) -> tuple[bool, float]:
        return not set(item.economies) & set(place.economies), _distance(place, item)

    region = "outside Asia" if place.region == OUTSIDE else f"of {place.region}"
    return _alike(
        catalogue,
        place,
        most,
        lambda item: item.region == place.region,
        far,
        f"{region}, first those of the same economy, then the nearest",
        f"lies {region.replace('of ', 'in ')}",
    )


def _distance(one: Place, other: Place) -> float:
    """Kilometres between two places on a sphere; endless where one is no point on a map."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    chord = sin(lat / 2) ** 2
    chord += cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


# --- By industry type -----------------------------------------------------------------------------


def _of_type(catalogue: Catalogue, place: Place, most: int) -> Peers:
    if place.kind == "economy":
        return Peers((), "An industry type is that of a hub or a cluster, not of an economy.")
    if not place.industry_type:
        return Peers((), f"No industry type is assigned to {place.name}.")
    belt = {hub.place_id for hub in catalogue.belt_hubs}

    def unlike(item: Place) -> tuple[int, bool]:
        return -len(set(item.industries) & set(place.industries)), item.place_id not in belt

    words = place.industry_type.replace("_", " ")
    return _alike(
        catalogue,
        place,
        most,
        lambda item: item.industry_type == place.industry_type,
        unlike,
        f"of the same industry type ({words}), most industries in common first",
        f"has the same industry type ({words})",
    )


def _alike(
    catalogue: Catalogue,
    place: Place,
    most: int,
    is_alike: Callable[[Place], bool],
    order: Callable[[Place], tuple[object, ...]],
    why: str,
    lacking: str,
) -> Peers:
    """Places of the kind of one that are like it; equal ones keep the order of the table."""
    chosen = [
        item
        for item in catalogue.places_of_kind(place.kind)
        if item is not place and is_alike(item)
    ]
    if not chosen:
        return Peers((), f"No other {place.kind} {lacking}.")
    return _told(sorted(chosen, key=order), most, f"{place.kind.capitalize()}s {why}")


def _told(chosen: Sequence[Place], most: int, why: str) -> Peers:
    shown = chosen[:most]
    count = f" ({len(shown)} of {len(chosen)})" if len(chosen) > len(shown) else ""
    names = ", ".join(item.name for item in shown)
    return Peers(tuple(item.place_id for item in shown), f"{why}{count}: {names}.")
