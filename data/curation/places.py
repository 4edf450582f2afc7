"""The table of places: economies, hubs, clusters, programme regions, world regions, aggregates.

Each folder of inputs lists places of its own. `curated/place_aliases.csv` says which of them are
the same; such a place is one row here, built from the list whose identifier stays, with what the
other lists add.
"""

import re

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, plain_number, sentences

BELT = "silicon_sea_belt"
PLAN = "jpn_industrial_cluster_plan"
AGGREGATES = (BELT, PLAN)
"""Records of the lists of hubs and clusters that are no point on a map."""

_LOCAL_NAMES = {"JPN": "name_ja", "KOR": "name_ko", "CHN": "name_zh_hans", "SGP": "name_zh_hans",
                "TWN": "name_zh_hant", "HKG": "name_zh_hant", "MAC": "name_zh_hant"}  # fmt: skip
_SEED_TYPED_HUB = "bangalore"
_COORDINATES = {
    "region_centre": "Marker on a city that stands for a wider region",
    "proxy_city": "Marker on the nearest listed city, not on the site",
    "city": "",
}
_BASES = {"seed": "source", "assigned": "curator", "": ""}
_AFTER_STAGE = re.compile(r" \(|, ")
"""What follows in brackets or after a comma sets one region apart from others of its stage."""
_WHOLE_YEAR = re.compile(r"(\d{4})(?: \(|$)")
_UNIVERSITY = re.compile(r"Universit|Institute of Technology")
_FIRM_PROGRAMMES = {"jp_5g_chipfab", "jp_rapidus", "kr_mega_cluster", "in_ism", "us_chips"}
"""Programmes whose regions are plants: the institutions listed for them are firms."""


def build_places(curation: Curation) -> list[Row]:
    """One row per place."""
    economies = [*_economies(curation), *_neighbours(curation)]
    groups = {row["place_id"]: row["region"] for row in economies}
    terms = {row["term"]: row["industry"] for row in curation.rows("curated/industry_terms")}
    places = [
        *economies,
        *_hubs(curation, groups, terms),
        *_clusters(curation, groups),
        *_programme_regions(curation, groups, terms),
        *_regions(curation),
    ]
    by_id = {row["place_id"]: row for row in places}
    for row in curation.rows("curated/place_parents"):
        by_id[row["place_id"]]["parent_id"] = row["parent_id"]
    for row in curation.rows("curated/place_programmes"):
        by_id[row["place_id"]]["programme_id"] = row["programme_id"]
    for row in places:
        row.setdefault("in_focus", "true")
    return places


def build_place_names(curation: Curation) -> list[Row]:
    """One row per economy: its name in five languages, of Unicode CLDR."""
    named = [
        (row, row["source_id"].split(";")[0]) for row in curation.rows("national/economies")
    ] + [(row, row["names_source_id"]) for row in curation.rows("national/neighbours")]
    return [
        {
            "place_id": row["iso3"],
            "en": row["name_short"],
            "ja": row["name_ja"],
            "ko": row["name_ko"],
            "zh_hans": row["name_zh_hans"],
            "zh_hant": row["name_zh_hant"],
            "source_id": curation.sources.cite("national", source_id),
        }
        for row, source_id in named
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


def _neighbours(curation: Curation) -> list[Row]:
    """Economies that the map of the region draws beside those of the atlas."""
    return [
        {
            "place_id": row["iso3"],
            "kind": "economy",
            "name": row["name_short"],
            "region": row["region_group"],
            "economy": row["iso3"],
            "lat": row["lat"],
            "lon": row["lon"],
            "currency": row["currency"],
            "in_focus": "false",
            "source_id": curation.sources.cite("national", row["source_id"]),
            "note": "A neighbour, given for context: national series only, as the publishers "
            "list them; the marker is the centre of its largest piece of land",
        }
        for row in curation.rows("national/neighbours")
    ]


def _hubs(curation: Curation, groups: dict[str, str], terms: dict[str, str]) -> list[Row]:
    judged = curation.by_id("curated/hub_attributes")
    cases = {
        curation.place_of("sme", key): row for key, row in curation.by_id("sme/clusters").items()
    }
    places = []
    for hub_id, row in curation.by_id("hubs/hubs").items():
        if curation.place_of("hubs", hub_id) != hub_id:
            continue
        attributes = judged[hub_id]
        case = cases.get(hub_id)
        economies = row["economy"].split(";")
        places.append(
            {
                "place_id": hub_id,
                "kind": "aggregate" if hub_id in AGGREGATES else "hub",
                "name": row["name"],
                "name_local": row["name_local"],
                "region": groups[economies[0]] if len(economies) == 1 else "Aggregates",
                "economy": row["economy"],
                "parent_id": BELT if row["hub_type"] == "belt_member" else "",
                "lat": row["lat"],
                "lon": row["lon"],
                **_admin1_of_hub(curation, row),
                "industries": _industries(row["industries"], terms),
                "industries_basis": attributes["industries_basis"],
                "industry_type": row["industry_type"],
                "industry_type_basis": "source" if hub_id == _SEED_TYPED_HUB else "curator",
                "governance_scale": row["governance_scale"],
                "governance_scale_basis": "curator",
                "firm_scale": attributes["firm_scale"],
                "firm_scale_basis": attributes["firm_scale_basis"],
                "role": row["role"],
                "start_year": row["started_year"],
                "anchor_firms": _list(row["anchor_firms"]),
                "anchor_universities": _list(row["anchor_universities"]),
                "core_body": _list(row["core_body"]),
                "summary": row["summary"],
                "source_id": curation.sources.cite("hubs", row["source_id"]),
                "note": sentences(
                    row["note"],
                    f"Firm scale: {attributes['reason']}",
                    _case_words(case) if case else "",
                    f"Marker: {row['coord_source']}" if row["coord_source"] else "",
                ),
            }
        )
    return places


def _case_words(case: Row) -> str:
    """What the list of cases adds to a hub or group that is also a case."""
    return sentences(
        f"As the case {case['name']} it has these lead actors: {case['lead_actors']}".replace(
            "; ", ", "
        ),
        f"start: {case['started']}" if case["started"] else "",
    )


def _clusters(curation: Curation, groups: dict[str, str]) -> list[Row]:
    judged = curation.by_id("curated/cluster_attributes")
    twins = {
        curation.place_of("hubs", key): row for key, row in curation.by_id("hubs/hubs").items()
    }
    places = []
    for cluster_id, row in curation.by_id("sme/clusters").items():
        if curation.place_of("sme", cluster_id) != cluster_id:
            continue
        attributes = judged[cluster_id]
        twin = twins.get(cluster_id, {})
        whole_year = _WHOLE_YEAR.match(row["started"])
        is_dated = whole_year is not None
        marker = row["geo_source_id"]
        places.append(
            {
                "place_id": cluster_id,
                "kind": "aggregate" if cluster_id in AGGREGATES else "cluster",
                "name": row["name"],
                "name_local": twin.get("name_local", ""),
                "region": groups[row["economy"]],
                "economy": row["economy"],
                "lat": plain_number(row["lat"]),
                "lon": plain_number(row["lon"]),
                "industries": attributes["industries"],
                "industries_basis": attributes["industries_basis"],
                "industry_type": row["industry_type"],
                "industry_type_basis": _BASES[row["industry_type_basis"]],
                "governance_scale": attributes["governance_scale"],
                "governance_scale_basis": attributes["governance_scale_basis"],
                "firm_scale": row["firm_scale"],
                "firm_scale_basis": _BASES[row["firm_scale_basis"]],
                "role": twin.get("role", ""),
                "start_year": whole_year[1] if whole_year else "",
                "anchor_firms": attributes["anchor_firms"],
                "anchor_universities": attributes["anchor_universities"],
                "core_body": attributes["core_body"],
                "summary": row["summary"],
                "source_id": curation.sources.cite("sme", row["source_id"]),
                "note": sentences(
                    row["note"],
                    f"Place: {row['place']}",
                    "" if is_dated or not row["started"] else f"Start: {row['started']}",
                    f"Lead actors: {row['lead_actors']}".replace("; ", ", "),
                    f"Governance scale: {attributes['reason']}",
                    f"Marker: {curation.sources.cite('sme', marker)}" if marker else "",
                ),
            }
        )
    return places


def _programme_regions(
    curation: Curation, groups: dict[str, str], terms: dict[str, str]
) -> list[Row]:
    programmes = curation.by_id("programmes/programmes")
    rules = curation.by_id("curated/programme_attributes")
    exceptions = curation.by_id("curated/region_attributes")
    areas = curation.by_id("curated/region_admin1")
    places = []
    for region_id, row in curation.by_id("programmes/cluster_regions").items():
        if curation.place_of("programmes", region_id) != region_id:
            continue
        rule = exceptions.get(region_id) or rules[row["programme_id"]]
        area = areas[region_id]
        stage = f"{row['stage']} of the" if row["stage"] else "The"
        hosts = row["core_institutions"].replace(";", "; ")
        coordinates = curation.sources.cite("programmes", row["coord_source_id"])
        industries = _industries(row["industries"], terms)
        places.append(
            {
                "place_id": region_id,
                "kind": "programme_region",
                "name": row["name"],
                "region": groups[row["economy"]],
                "economy": row["economy"],
                "lat": row["lat"],
                "lon": row["lon"],
                "admin1_ids": area["admin1_ids"],
                "admin1_relation": area["admin1_relation"],
                "industries": industries,
                "industries_basis": "source" if industries else "",
                "industry_type": row["industry_type"],
                "industry_type_basis": "curator" if row["industry_type"] else "",
                "governance_scale": rule["governance_scale"],
                "governance_scale_basis": "curator",
                "firm_scale": rule["firm_scale"],
                "firm_scale_basis": "curator" if rule["firm_scale"] else "",
                "start_year": row["start_year"],
                **_institutions(row),
                "programme_id": row["programme_id"],
                "stage": _AFTER_STAGE.split(row["stage"])[0],
                "summary": sentences(
                    f"{stage} {programmes[row['programme_id']]['name']}",
                    f"Core institutions: {hosts}" if hosts else "",
                )
                + ".",
                "source_id": curation.sources.cite("programmes", row["source_id"]),
                "note": sentences(
                    row["note"],
                    f"Governance and firm scale: {rule['reason']}",
                    "" if industries else "No source read names its industries",
                    _COORDINATES[row["coord_quality"]],
                    f"Marker: {row['coord_city']} ({coordinates})",
                    f"Area: {area['reason']}",
                ),
            }
        )
    return places


def _institutions(row: Row) -> Row:
    """Core institutions of a programme region, by what they are; mere counts of them left out."""
    named = [part for part in row["core_institutions"].split(";") if part and not part[0].isdigit()]
    universities = [part for part in named if _UNIVERSITY.search(part)]
    others = [part for part in named if part not in universities]
    column = "anchor_firms" if row["programme_id"] in _FIRM_PROGRAMMES else "core_body"
    return {"anchor_universities": ";".join(universities), column: ";".join(others)}


def _regions(curation: Curation) -> list[Row]:
    return [
        row | {"source_id": curation.sources.cite_known(row["source_id"])}
        for row in curation.rows("curated/places")
    ]


def _admin1_of_hub(curation: Curation, hub: Row) -> Row:
    known = {
        (row["iso3"], row["name_in_hubs_csv"]): row["admin1_id"]
        for row in curation.rows("geography/admin1_ids")
    }
    names = [name for name in hub["region_admin"].split(";") if name]
    return {
        "admin1_ids": ";".join(known[hub["economy"], name] for name in names),
        "admin1_relation": "made_of" if names else "",
    }


def _list(words: str) -> str:
    """The parts of a list in words for readers as the cells of the contract separate them."""
    return ";".join(part.strip() for part in words.split(";") if part.strip())


def _industries(words: str, terms: dict[str, str]) -> str:
    """The words of an input for industries as identifiers, in their order and once each."""
    separator = "; " if "; " in words else ";"
    found = [word for word in words.split(separator) if word]
    unknown = [word for word in found if word not in terms]
    if unknown:
        raise CurationError(f"industry_terms.csv has no row for {unknown}")
    return ";".join(dict.fromkeys(terms[word] for word in found))
