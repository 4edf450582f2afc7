"""What lies on a map: one table a layer, each under the same filters, each with what they left.

A layer that the filters empty says so: `shown` of `total`, and why where a filter cannot apply.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import BELT, Catalogue
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.model import Place
from dashboard.catalogue.selection import LAYERS, UNKNOWN_WAFER, Selection
from dashboard.catalogue.vocabulary import FIRST_YEAR, LAST_YEAR

# Layers by the scale of government at which what they show is decided. A filter on the
# governance scale puts its layers on the map; ties and world regions lie on top of each scale.
LAYERS_OF_SCALE: dict[str, tuple[str, ...]] = {
    "national": ("economies",),
    "subnational": ("regions", "programme_regions"),
    "local": ("hubs", "other_hubs", "clusters", "fabs"),
    "transnational": ("ties", "market"),
}
# What a map starts with: the belt, on the economies around it.
USUAL_LAYERS = ("economies", "regions", "hubs", "ties", "borders")

POINT_COLUMNS = [
    "place_id",
    "name",
    "kind",
    "economy",
    "lat",
    "lon",
    "role",
    "industry_type",
    "governance_scale",
    "firm_scale",
    "start_year",
    "is_belt",
    "admin1_ids",
    "source_id",
]
TIE_COLUMNS = [
    "link_id",
    "kind",
    "from_place_id",
    "to_place_id",
    "hubs",
    "description",
    "year",
    "year_end",
    "from_lat",
    "from_lon",
    "to_lat",
    "to_lon",
    "source_id",
    "locator",
]

# Science parks that stand beside the belt's: Taiwan's are three of one programme, of which the belt
# has one, and as small on a map as the city economies.
PARKS_PROGRAMME = "tw_parks"

# Filters within a layer, beside those that all layers obey.
FAB_FILTERS = ("operator", "wafer", "fab_status", "fab_from", "fab_to")
REGION_FILTERS = ("region_programme", "stage", "region_industry", "amount_known", "amount_from")
OWN_FILTERS = {"fabs": FAB_FILTERS, "programme_regions": REGION_FILTERS}

# What a fab is, whoever runs it: fabs carry no industry of their own.
FAB_INDUSTRY = "semiconductors"


@dataclass(frozen=True)
class Layer:
    """The rows of a layer that the filters keep, of how many, and what a reader must know."""

    name: str
    rows: pd.DataFrame
    total: int
    reason: str = ""

    @property
    def shown(self) -> int:
        """How many rows the filters keep."""
        return len(self.rows)


def layers_on(selection: Selection) -> tuple[str, ...]:
    """The layers on the map, in the order of its legend: those chosen, or the usual ones."""
    if selection.layers:
        return tuple(name for name in LAYERS if name in selection.layers)
    return usual_layers(selection)


def usual_layers(selection: Selection) -> tuple[str, ...]:
    """The layers on the map where the reader has not chosen any.

    They follow the governance scales chosen; the dashed lines of claims are always there.
    """
    if not selection.governance_scale:
        return USUAL_LAYERS
    on = {layer for scale in selection.governance_scale for layer in LAYERS_OF_SCALE.get(scale, ())}
    return tuple(layer for layer in LAYERS if layer in on or layer == "borders")


def layer(name: str, catalogue: Catalogue, selection: Selection) -> Layer:
    """One layer under the filters of a selection.

    Args:
        name: one of hubs, other_hubs, clusters, programme_regions, fabs, ties.
        catalogue: holds the places and tables.
        selection: economies and places, industry type, industry, scales, years.

    Raises:
        KeyError: if the layer has no table of its own (economies and borders have none).
    """
    return _TABLES[name](catalogue, selection)


def begun(start: object, selection: Selection) -> bool:
    """True unless something is known to have begun after the last year chosen."""
    return (
        selection.last_year is None
        or bool(pd.isna(start))
        or int(str(start)) <= (selection.last_year)
    )


# Tables of everything that a layer could show are made once: filters only choose among their rows.
@of_package(8)
def _everything(name: str, catalogue: Catalogue) -> pd.DataFrame:
    """All places of a layer that have a position, one row each; shared, never to be changed."""
    rows = [
        {
            "place_id": place.place_id,
            "name": place.name,
            "kind": place.kind,
            "economy": place.economies[0] if place.economies else "",
            "lat": place.lat,
            "lon": place.lon,
            "role": place.role,
            "industry_type": place.industry_type,
            "governance_scale": place.governance_scale,
            "firm_scale": place.firm_scale,
            "start_year": place.start_year,
            "is_belt": place.parent_id == BELT,
            "admin1_ids": place.admin1_ids,
            "source_id": place.source_id,
        }
        for place in _places(name, catalogue)
        if place.lat is not None
    ]
    return pd.DataFrame(rows, columns=POINT_COLUMNS).astype({"start_year": "Int64"})


def _places(name: str, catalogue: Catalogue) -> list[Place]:
    """The places that belong to a layer, those of the belt first."""
    if name == "clusters":
        return catalogue.places_of_kind("cluster")
    if name == "programme_regions":
        return catalogue.places_of_kind("programme_region")
    hubs = catalogue.places_of_kind("hub")
    if name == "other_hubs":
        return [place for place in hubs if not _stands_with_belt(place)]
    parks = [place for place in hubs if place.parent_id != BELT and _stands_with_belt(place)]
    return [*catalogue.belt_hubs, *parks]


def _kept(rows: pd.DataFrame, catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The rows of places that pass the common filters."""
    places = [catalogue.places[key] for key in rows["place_id"]]
    keep = [selection.keeps(place) and begun(place.start_year, selection) for place in places]
    return rows[pd.Series(keep, index=rows.index, dtype=bool)].reset_index(drop=True)


def _points(name: str, catalogue: Catalogue, selection: Selection) -> Layer:
    """Places with a position as a layer; those without one cannot be on a map and do not count."""
    everything = _everything(name, catalogue)
    return Layer(name, _kept(everything, catalogue, selection), len(everything))


def is_filtered(name: str, selection: Selection) -> bool:
    """True where filters within a layer leave out some of it."""
    return any(getattr(selection, item) for item in OWN_FILTERS.get(name, ()))


def unfiltered(name: str) -> dict[str, Any]:
    """Changes of a selection that take away the filters within a layer."""
    everything = Selection()
    return {item: getattr(everything, item) for item in OWN_FILTERS[name]}


def _stands_with_belt(place: Place) -> bool:
    return place.parent_id == BELT or place.programme_id == PARKS_PROGRAMME


def _hubs(catalogue: Catalogue, selection: Selection) -> Layer:
    """The hubs of the belt, then the parks of Taiwan that are not of it."""
    return _points("hubs", catalogue, selection)


def _other_hubs(catalogue: Catalogue, selection: Selection) -> Layer:
    """Other hubs outside the belt, and research cities."""
    return _points("other_hubs", catalogue, selection)


def _clusters(catalogue: Catalogue, selection: Selection) -> Layer:
    return _points("clusters", catalogue, selection)


@of_package(1)
def _all_regions(catalogue: Catalogue) -> pd.DataFrame:
    """All programme regions with their programme and money; shared, never to be changed."""
    rows = _everything("programme_regions", catalogue)
    places = catalogue.table("places").set_index("place_id")
    programmes = catalogue.table("programmes").set_index("programme_id")
    programme_ids = rows["place_id"].map(places["programme_id"])
    return rows.assign(
        programme_id=programme_ids,
        programme=programme_ids.map(programmes["name"]),
        family_id=programme_ids.map(programmes["family_id"]),
        phase=programme_ids.map(programmes["phase"]),
        stage=rows["place_id"].map(places["stage"]),
        admin1_relation=rows["place_id"].map(places["admin1_relation"]),
    ).merge(region_amounts(catalogue), on="place_id", how="left")


def _programme_regions(catalogue: Catalogue, selection: Selection) -> Layer:
    """Regions that programmes chose, with their programme and the public money known for each.

    Money is the newest public amount drawn of the region: in millions of the currency, and in
    millions of US dollars at the rate of its year where that year has a rate.

    A region without a stage or an industry in its source does not pass a filter on it.
    """
    everything = _all_regions(catalogue)
    rows = _kept(everything, catalogue, selection)
    keep = pd.Series(True, index=rows.index)
    if selection.region_programme:
        keep &= rows["programme_id"].isin(selection.region_programme)
    if selection.stage:
        keep &= rows["stage"].isin(selection.stage)
    if selection.region_industry:
        wanted = set(selection.region_industry)
        has_one = [
            not wanted.isdisjoint(catalogue.places[key].industries) for key in rows["place_id"]
        ]
        keep &= pd.Series(has_one, index=rows.index, dtype=bool)
    if selection.amount_known:
        keep &= rows["amount"].notna()
    reason = ""
    if selection.amount_from is not None:
        without = int((keep & rows["amount_usd"].isna()).sum())
        keep &= rows["amount_usd"] >= selection.amount_from
        reason = _left_out(without, "programme region", "no amount known in US dollars")
    return Layer("programme_regions", rows[keep].reset_index(drop=True), len(everything), reason)


def _left_out(count: int, what: str, has: str) -> str:
    """A sentence on what a filter leaves out because it is not known."""
    if not count:
        return ""
    if count == 1:
        return f"1 {what} has {has} and is left out."
    return f"{count} {what}s have {has} and are left out."


@of_package(1)
def region_amounts(catalogue: Catalogue) -> pd.DataFrame:
    """The newest public money known of each place that programmes support.

    Returns:
        One row per place: place_id, amount (millions of `currency`), currency, amount_year,
        measure, qualifier, amount_usd (millions of US dollars at the average rate of the year;
        missing where the year has no rate), amount_source_id. Shared, never to be changed.
    """
    funding = catalogue.table("programme_funding")
    public = funding[
        (funding["place_id"] != "")
        & (funding["measure_group"] == "public_money")
        & funding["headline"]
        & funding["year"].notna()
        & (funding["currency"] != "")
    ]
    newest = public.sort_values(["place_id", "year", "amount"]).drop_duplicates(
        "place_id", keep="last"
    )
    rates = catalogue.table("exchange_rates")
    rates = rates.drop_duplicates(["currency", "year"])[["currency", "year", "local_per_usd"]]
    newest = newest.merge(rates, on=["currency", "year"], how="left")
    dollars = newest["amount"] / newest["local_per_usd"].where(newest["currency"] != "USD", 1.0)
    return pd.DataFrame(
        {
            "place_id": newest["place_id"],
            "amount": newest["amount"],
            "currency": newest["currency"],
            "amount_year": newest["year"],
            "measure": newest["measure"],
            "qualifier": newest["qualifier"],
            "amount_usd": dollars,
            "amount_source_id": newest["source_id"],
        }
    ).reset_index(drop=True)


def _fabs(catalogue: Catalogue, selection: Selection) -> Layer:
    """Wafer fabs with a position."""
    fabs = catalogue.table("fabs")
    return fabs_kept(fabs[fabs["lat"].notna()], catalogue, selection)


def fabs_kept(fabs: pd.DataFrame, catalogue: Catalogue, selection: Selection) -> Layer:
    """Rows of the table `fabs` that the filters keep, of how many.

    A fab has the scales of the hub it lies in, or none.

    Args:
        fabs: the table, or part of it.
        catalogue: holds hubs and industries.
        selection: places, industry, scales, the last year, and the filters of fabs.
    """
    industries = catalogue.table("industries").set_index("industry")
    its_type = industries.loc[FAB_INDUSTRY, "industry_type"]
    keep = pd.Series(True, index=fabs.index)
    reason = ""
    if selection.places:
        keep &= fabs["place_id"].isin(selection.places) | fabs["economy"].isin(selection.places)
    if selection.industry_type and its_type not in selection.industry_type:
        keep &= False
    if selection.industry and FAB_INDUSTRY not in selection.industry:
        keep &= False
    for name in ("governance_scale", "firm_scale"):
        wanted = getattr(selection, name)
        # The filter on governance chooses the layer itself; "local" is what a single fab is.
        if not wanted or (name == "governance_scale" and "local" in wanted):
            continue
        scale = fabs["place_id"].map(
            {key: getattr(place, name) for key, place in catalogue.places.items()}
        )
        keep &= scale.isin(wanted)
        outside = int((fabs["place_id"] == "").sum())
        reason = f"A fab has the scale of its hub; {outside} fabs lie outside the hubs."
    if selection.last_year is not None:
        keep &= ~(fabs["start_year"] > selection.last_year).fillna(False).astype(bool)
    reasons = [reason]
    if selection.operator:
        keep &= fabs["operator"].isin(selection.operator)
    if selection.fab_status:
        keep &= fabs["status"].isin(selection.fab_status)
    if selection.wafer:
        sizes = fabs["wafer_mm"].replace("", UNKNOWN_WAFER).str.split(";")
        has_one = [not set(found).isdisjoint(selection.wafer) for found in sizes]
        if UNKNOWN_WAFER not in selection.wafer:
            without = int((keep & (fabs["wafer_mm"] == "")).sum())
            reasons.append(_left_out(without, "fab", "no size of wafer in the sources"))
        keep &= pd.Series(has_one, index=fabs.index, dtype=bool)
    if selection.fab_from is not None or selection.fab_to is not None:
        without = int((keep & fabs["start_year"].isna()).sum())
        reasons.append(_left_out(without, "fab", "no start year in the sources"))
        first, last = selection.fab_from or FIRST_YEAR, selection.fab_to or LAST_YEAR
        keep &= fabs["start_year"].between(first, last).fillna(False).astype(bool)
    said = " ".join(part for part in reasons if part)
    return Layer("fabs", fabs[keep].reset_index(drop=True), len(fabs), said)


def _ties(catalogue: Catalogue, selection: Selection) -> Layer:
    """Ties of which a hub on the map is one end; the other is a hub or an outside partner.

    A tie without a first year is kept: leaving it out would say that it is not there. Ties between
    economies are what the transnational scale is about, whatever the scale of the hubs they join.
    """
    if "transnational" in selection.governance_scale:
        selection = selection.with_(governance_scale=())
    hubs = {
        key
        for part in (_hubs(catalogue, selection), _other_hubs(catalogue, selection))
        for key in part.rows["place_id"]
    }
    everything = _all_ties(catalogue)
    keep = pd.Series(
        [set(ends) <= hubs for ends in everything["hub_ends"]], index=everything.index, dtype=bool
    )
    if selection.last_year is not None:
        keep &= ~(everything["year"] > selection.last_year).fillna(False).astype(bool)
    if selection.first_year is not None:
        keep &= ~(everything["year_end"] < selection.first_year).fillna(False).astype(bool)
    return Layer("ties", everything.loc[keep, TIE_COLUMNS].reset_index(drop=True), len(everything))


@of_package(1)
def _all_ties(catalogue: Catalogue) -> pd.DataFrame:
    """All ties with a position at both ends, and `hub_ends`; shared, never to be changed."""
    rows = []
    for link in catalogue.links().itertuples():
        start = catalogue.places[link.from_place_id]
        end = catalogue.places.get(link.to_place_id)
        to_lat, to_lon = (end.lat, end.lon) if end else (link.to_lat, link.to_lon)
        if start.lat is None or to_lat is None or pd.isna(to_lat):
            continue
        partner = end.name if end else link.to_external_name
        hub_ends = [link.from_place_id, *([link.to_place_id] if end and end.kind == "hub" else [])]
        rows.append(
            {
                "link_id": link.link_id,
                "kind": link.kind,
                "from_place_id": link.from_place_id,
                "to_place_id": link.to_place_id,
                "hubs": f"{start.name} – {partner}",
                "description": link.description,
                "year": link.year_start,
                "year_end": link.year_end,
                "from_lat": start.lat,
                "from_lon": start.lon,
                "to_lat": to_lat,
                "to_lon": to_lon,
                "source_id": link.source_id,
                "locator": link.locator,
                "hub_ends": hub_ends,
            }
        )
    table = pd.DataFrame(rows, columns=[*TIE_COLUMNS, "hub_ends"])
    return table.astype({"year": "Int64", "year_end": "Int64"})


_TABLES: dict[str, Callable[[Catalogue, Selection], Layer]] = {
    "hubs": _hubs,
    "other_hubs": _other_hubs,
    "clusters": _clusters,
    "programme_regions": _programme_regions,
    "fabs": _fabs,
    "ties": _ties,
}
