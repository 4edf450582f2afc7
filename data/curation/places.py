"""The table of places: economies, hubs, programme regions, world regions and aggregates."""

from data.curation.curation import Curation, CurationError
from data.curation.observations import HUB_TYPES_LEFT_OUT
from data.curation.tables import Row, plain_number, sentences

BELT = "silicon_sea_belt"

_LOCAL_NAMES = {"JPN": "name_ja", "KOR": "name_ko", "CHN": "name_zh_hans", "SGP": "name_zh_hans",
                "TWN": "name_zh_hant", "HKG": "name_zh_hant", "MAC": "name_zh_hant"}  # fmt: skip
_SEED_TYPED_HUB = "bangalore"
_COORDINATES = {
    "region_centre": "Marker on a city that stands for a wider region",
    "proxy_city": "Marker on the nearest listed city, not on the site",
    "city": "",
}


def build_places(curation: Curation) -> list[Row]:
    """One row per place."""
    economies = _economies(curation)
    groups = {row["place_id"]: row["region"] for row in economies}
    terms = {row["term"]: row["industry"] for row in curation.rows("curated/industry_terms")}
    return [
        *economies,
        *_hubs(curation, groups, terms),
        *_programme_regions(curation, groups, terms),
        *_regions(curation),
    ]


def _economies(curation: Curation) -> list[Row]:
    return [
        {
            "place_id": row["iso3"],
            "kind": "economy",
            "name": row["name_short"],
            "name_local": row.get(_LOCAL_NAMES.get(row["iso3"], ""), ""),
            "region": row["region_group"],
            "economy": row["iso3"],
            "lat": plain_number(row["lat"]),
            "lon": plain_number(row["lon"]),
            "currency": row["currency"],
            "source_id": curation.sources.cite("national", row["source_id"].split(";")[0]),
            "note": "The marker is a rough centre",
        }
        for row in curation.rows("national/economies")
    ]


def _hubs(curation: Curation, groups: dict[str, str], terms: dict[str, str]) -> list[Row]:
    judged = curation.by_id("curated/hub_attributes")
    admin1_ids = {
        (row["iso3"], row["name_in_hubs_csv"]): row["admin1_id"]
        for row in curation.rows("geography/admin1_ids")
    }
    places = []
    for row in curation.rows("hubs/hubs"):
        reason = HUB_TYPES_LEFT_OUT.get(row["hub_type"])
        if reason:
            curation.leave_out("hubs/hubs", {"hub_id": row["hub_id"]}, reason)
            continue
        if row["hub_type"] == "economy_context":
            continue
        attributes = judged.get(row["hub_id"], {})
        economies = row["economy"].split(";")
        regions = [
            admin1_ids[row["economy"], region]
            for region in row["region_admin"].split(";")
            if region
        ]
        places.append(
            {
                "place_id": row["hub_id"],
                "kind": "aggregate" if row["hub_id"] == BELT else "hub",
                "name": row["name"],
                "name_local": row["name_local"],
                "region": groups[economies[0]] if len(economies) == 1 else "Aggregates",
                "economy": row["economy"],
                "parent_id": BELT if row["hub_type"] == "belt_member" else "",
                "lat": row["lat"],
                "lon": row["lon"],
                "admin1_ids": ";".join(regions),
                "industries": _industries(row["industries"], terms),
                "industry_type": row["industry_type"],
                "industry_type_basis": "source" if row["hub_id"] == _SEED_TYPED_HUB else "curator",
                "governance_scale": row["governance_scale"],
                "governance_scale_basis": "curator",
                "firm_scale": attributes.get("firm_scale", ""),
                "firm_scale_basis": attributes.get("firm_scale_basis", ""),
                "role": row["role"],
                "start_year": row["started_year"],
                "summary": row["summary"],
                "source_id": curation.sources.cite("hubs", row["source_id"]),
                "note": sentences(
                    row["note"],
                    f"Firm scale: {attributes['reason']}" if attributes else "",
                    f"Marker: {row['coord_source']}" if row["coord_source"] else "",
                ),
            }
        )
    return places


def _programme_regions(
    curation: Curation, groups: dict[str, str], terms: dict[str, str]
) -> list[Row]:
    programmes = curation.by_id("programmes/programmes")
    places = []
    for row in curation.rows("programmes/cluster_regions"):
        stage = f"{row['stage']} of the" if row["stage"] else "The"
        hosts = row["core_institutions"].replace(";", "; ")
        coordinates = curation.sources.cite("programmes", row["coord_source_id"])
        places.append(
            {
                "place_id": row["cluster_region_id"],
                "kind": "programme_region",
                "name": row["name"],
                "region": groups.get(row["economy"], "Comparator"),
                "economy": row["economy"],
                "lat": row["lat"],
                "lon": row["lon"],
                "industries": _industries(row["industries"], terms),
                "industry_type": row["industry_type"],
                "industry_type_basis": "curator" if row["industry_type"] else "",
                "start_year": row["start_year"],
                "programme_id": row["programme_id"],
                "summary": sentences(
                    f"{stage} {programmes[row['programme_id']]['name']}",
                    f"Core institutions: {hosts}" if hosts else "",
                )
                + ".",
                "source_id": curation.sources.cite("programmes", row["source_id"]),
                "note": sentences(
                    row["note"],
                    _COORDINATES[row["coord_quality"]],
                    f"Marker: {row['coord_city']} ({coordinates})",
                ),
            }
        )
    return places


def _regions(curation: Curation) -> list[Row]:
    return [
        row | {"source_id": curation.sources.cite_known(row["source_id"])}
        for row in curation.rows("curated/places")
    ]


def _industries(words: str, terms: dict[str, str]) -> str:
    """The words of an input for industries as identifiers, in their order and once each."""
    separator = "; " if "; " in words else ";"
    found = [word for word in words.split(separator) if word]
    unknown = [word for word in found if word not in terms]
    if unknown:
        raise CurationError(f"industry_terms.csv has no row for {unknown}")
    return ";".join(dict.fromkeys(terms[word] for word in found))
