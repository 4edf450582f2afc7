"""One id space of places: which lists of the inputs mean one place, what it is and what it has."""

import csv
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dashboard.catalogue.contract import TABLES_BY_NAME
from dashboard.catalogue.vocabulary import BASES
from data.curation.curation import PLACE_LISTS, Curation, CurationError
from data.curation.observations import RATIOS
from data.curation.places import AGGREGATES
from data.curation.tables import plain_number, read_rows

DATA = Path(__file__).resolve().parents[2] / "data"
INPUTS = DATA / "curation" / "inputs"
JUDGED = ("industries", "industry_type", "governance_scale", "firm_scale")

RECENT = 2015
TENFOLD = 10
LEAST = {"share": 3, "patent": 100, "articles": 100, "usd_mn": 10, "usd": 1e7}
"""Below this much, by a part of an indicator's identifier, a tenfold change is a few pieces."""


def read(name: str) -> list[dict[str, str]]:
    with (DATA / TABLES_BY_NAME[name].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places():
    return {row["place_id"]: row for row in read("places")}


@pytest.fixture(scope="module")
def curation():
    return Curation()


@pytest.fixture(scope="module")
def national():
    """Observations of economies, by indicator, place and year; one row per source."""
    carried = {row["indicator_id"] for row in read_rows(INPUTS / "national" / "indicators.csv")}
    carried |= set(RATIOS.values())
    found = defaultdict(list)
    for row in read("observations"):
        if row["indicator_id"] in carried:
            found[row["indicator_id"], row["place_id"], row["year"]].append(row)
    return found


# --- One identifier a place -----------------------------------------------------------------------


def test_every_place_of_the_lists_is_one_place_of_the_atlas(places, curation):
    assert len(places) == len(read("places"))
    counted = Counter()
    for folder, name in PLACE_LISTS:
        for identifier in curation.by_id(name):
            counted[name] += 1
            assert curation.place_of(folder, identifier) in places, identifier
    assert counted["hubs/hubs"] == 37
    assert counted["sme/clusters"] == 15
    assert counted["programmes/cluster_regions"] == 163


def test_every_place_that_a_collected_row_names_is_known(places, curation):
    named = {
        "hubs/hub_indicators": ("hubs", "hub_id"),
        "hubs/hub_links": ("hubs", "from_hub_id"),
        "sme/cluster_indicators": ("sme", "cluster_id"),
        "sme/cluster_profile": ("sme", "cluster_id"),
        "sme/value_chain": ("sme", "cluster_id"),
        "sme/sme_definitions": ("sme", "economy"),
        "programmes/programmes": ("programmes", "economy"),
        "national/national_indicators": ("national", "economy"),
        "national/neighbour_indicators": ("national", "economy"),
    }
    for name, (folder, column) in named.items():
        for identifier in {row[column] for row in curation.rows(name)}:
            assert curation.place_of(folder, identifier) in places, (name, identifier)


def test_an_identifier_that_no_list_has_is_refused(curation):
    with pytest.raises(CurationError, match=r"hubs: no place 'atlantis'.*place_aliases\.csv"):
        curation.place_of("hubs", "atlantis")
    assert curation.find_place("hubs", "atlantis") == ""


def test_every_alias_is_used_leads_to_a_place_and_gives_its_reason(places):
    listed = defaultdict(set)
    for folder, name in PLACE_LISTS:
        listed[folder] |= {next(iter(row.values())) for row in read_rows(INPUTS / f"{name}.csv")}
    groups = {row["region"] for row in read_rows(INPUTS / "hubs" / "world_semiconductor.csv")}
    groups |= {row["economy"] for row in read_rows(INPUTS / "sme" / "sme_indicators.csv")}
    for row in read_rows(INPUTS / "curated" / "place_aliases.csv"):
        assert row["identifier"] in listed[row["folder"]] | groups, row
        assert row["place_id"] in places, row
        assert row["reason"], row


@pytest.mark.parametrize(
    ("folder", "identifier", "place_id"),
    [
        ("sme", "ind_bangalore_software", "bangalore"),
        ("programmes", "ssb_bangalore", "bangalore"),
        ("hubs", "jepara_furniture", "idn_jepara_furniture"),
        ("sme", "idn_jepara_furniture", "idn_jepara_furniture"),
        ("hubs", "taiwan_flowers", "twn_floriculture"),
        ("hubs", "thailand_automotive", "tha_automotive"),
        ("sme", "x_silicon_sea_belt", "silicon_sea_belt"),
        ("hubs", "economy_JPN", "JPN"),
        ("programmes", "tw_hsp", "hsinchu"),
        ("programmes", "ie_shannon", "irl_shannon"),
        ("sme", "X_EU28", "EU28"),
        ("hubs", "japan", "wsts_japan"),
    ],
)
def test_one_place_has_one_identifier(curation, folder, identifier, place_id):
    assert curation.place_of(folder, identifier) == place_id


@pytest.mark.parametrize(
    ("place_id", "parent_id"),
    [
        ("jpn_fukuoka_system_lsi", "kyushu"),
        ("jp_kci2_fukuoka", "jpn_fukuoka_system_lsi"),
        ("kyushu", "silicon_sea_belt"),
        ("tw_stsp_tainan", "southern_taiwan"),
        ("gb_livingston", "silicon_glen"),
        ("twn_sme_networks", ""),
        ("chn_it_industry", ""),
    ],
)
def test_a_place_inside_another_one_keeps_its_identifier_and_names_it(places, place_id, parent_id):
    assert places[place_id]["parent_id"] == parent_id


def test_a_part_lies_in_an_economy_of_the_whole(places):
    for row in places.values():
        if row["parent_id"] and row["economy"]:
            whole = places[row["parent_id"]]
            assert set(row["economy"].split(";")) <= set(whole["economy"].split(";")), row
            assert whole["parent_id"] != row["place_id"]


def test_a_plan_is_no_point_on_the_map(places):
    plan = places["jpn_industrial_cluster_plan"]
    assert (plan["kind"], plan["programme_id"], plan["lat"]) == ("aggregate", "jp_meti_icp1", "")
    assert {places[key]["kind"] for key in AGGREGATES} == {"aggregate"}


def test_regions_of_programmes_are_places_or_stand_for_one(places, curation):
    regions = curation.by_id("programmes/cluster_regions")
    own = {key for key in regions if curation.place_of("programmes", key) == key}
    assert len(own) == 150
    assert {key for key, row in places.items() if row["kind"] == "programme_region"} == own
    for key in own:
        assert places[key]["programme_id"] == regions[key]["programme_id"]
    stands_for = {curation.place_of("programmes", key) for key in set(regions) - own}
    for key in stands_for:
        assert places[key]["programme_id"] or places[key]["parent_id"] == "silicon_sea_belt"


# --- What a place is ------------------------------------------------------------------------------


def test_a_judgement_says_whose_it_is_and_a_gap_has_none(places):
    for row in places.values():
        for name in JUDGED:
            basis = row[f"{name}_basis"]
            assert (basis in BASES) if row[name] else basis == "", (row["place_id"], name)


@pytest.mark.parametrize("kind", ["hub", "cluster"])
def test_hubs_and_clusters_have_all_four_attributes(places, kind):
    open_firm_scale = set()
    for key, row in places.items():
        if row["kind"] != kind:
            continue
        assert row["industries"], key
        assert row["governance_scale"], key
        assert row["industry_type"] or key == "irl_shannon", key
        if not row["firm_scale"]:
            open_firm_scale.add(key)
            assert "Firm scale: left open" in row["note"]
    cities = {"chongqing", "shenyang", "dalian", "changchun", "harbin"}
    assert open_firm_scale == (cities if kind == "hub" else set())


def test_regions_of_programmes_have_a_scale_or_say_why_not(places):
    regions = [row for row in places.values() if row["kind"] == "programme_region"]
    for row in regions:
        assert row["governance_scale_basis"] == "curator"
        assert "Governance and firm scale: " in row["note"]
        is_open = "firm scale is left open" in row["note"]
        assert is_open == (row["firm_scale"] == ""), row["place_id"]
        assert bool(row["industries"]) != ("No source read names its industries" in row["note"])
    assert sum(row["firm_scale"] != "" for row in regions) > 50


def test_rules_and_exceptions_name_programmes_and_regions_that_exist(places):
    programmes = {row["programme_id"] for row in read("programmes")}
    for row in read_rows(INPUTS / "curated" / "programme_attributes.csv"):
        assert row["programme_id"] in programmes
    for name in ("region_attributes", "place_parents", "place_programmes"):
        rows = read_rows(INPUTS / "curated" / f"{name}.csv")
        assert {row["place_id"] for row in rows} <= set(places)
        assert all(row["reason"] for row in rows)


def test_who_stands_at_the_core_of_a_place(places):
    assert "Kyushu University (System LSI Research Center)" in (
        places["kyushu"]["anchor_universities"].split(";")
    )
    assert places["gyeonggi"]["anchor_firms"].split(";")[1] == "SK hynix (Icheon, Yongin)"
    assert places["jp_chip_kumamoto"]["anchor_firms"] == "TSMC;Sony;Denso"
    assert places["jp_kci1_fukuoka"]["anchor_universities"] == "Kyushu University"
    assert places["jp_kci1_fukuoka"]["core_body"] == "Fukuoka System LSI College"
    # Mere counts of members are no names.
    assert places["de_dresden"]["core_body"] == ""


# --- Neighbours -----------------------------------------------------------------------------------


def test_only_economies_beside_the_atlas_are_out_of_focus(places):
    outside = {key for key, row in places.items() if row["in_focus"] == "false"}
    assert {places[key]["kind"] for key in outside} == {"economy"}
    assert len(outside) == 27
    drawn = json.loads((DATA / "geography" / "admin0_region.geojson").read_text("utf-8"))
    assert outside < {feature["id"] for feature in drawn["features"]}


def test_names_are_the_same_on_the_map_and_in_the_table(places):
    for name in ("admin0_region", "admin0_world"):
        drawn = json.loads((DATA / "geography" / f"{name}.geojson").read_text("utf-8"))
        for feature in drawn["features"]:
            if feature["id"] in places:
                assert feature["properties"]["name"] == places[feature["id"]]["name"]


def test_economies_have_a_name_in_five_languages(places):
    rows = {row["place_id"]: row for row in read("place_names")}
    assert set(rows) == {key for key, row in places.items() if row["kind"] == "economy"}
    for key, row in rows.items():
        assert row["en"] == places[key]["name"]
        assert all(row[name] for name in ("ja", "ko", "zh_hans", "zh_hant")), key
    assert rows["VNM"]["ja"] == "ベトナム"
    assert (rows["LAO"]["zh_hans"], rows["LAO"]["zh_hant"]) == ("老挝", "寮國")


def test_neighbours_bring_series_of_the_economies_and_their_sources_only():
    ours, theirs = defaultdict(set), defaultdict(set)
    for row in read_rows(INPUTS / "national" / "national_indicators.csv"):
        ours[row["indicator_id"]].add(row["source_id"])
    for row in read_rows(INPUTS / "national" / "neighbour_indicators.csv"):
        theirs[row["indicator_id"]].add(row["source_id"])
    assert len(theirs) == 32
    for indicator_id, sources in theirs.items():
        assert len(sources) == 1
        assert sources <= ours[indicator_id]


def test_values_of_neighbours_are_in_the_units_of_the_economies(places, national):
    """Two publishers of GDP, and a share with its two parts, would show a slip of units."""
    compared = Counter()
    for (indicator_id, place_id, year), [row, *_] in national.items():
        if places[place_id]["kind"] != "economy" or places[place_id]["in_focus"] == "true":
            continue
        others = {
            name: float(found[0]["value"])
            for name in ("gdp_current_usd", "fdi_net_inflows_usd")
            if (found := national.get((name, place_id, year)))
        }
        value = float(row["value"])
        gdp = others.get("gdp_current_usd")
        if indicator_id == "gdp_current_usd_mn_unctad" and gdp:
            compared[indicator_id, 0.5 < 1e6 * value / gdp < 2] += 1
        if indicator_id == "fdi_net_inflows_gdp" and gdp and "fdi_net_inflows_usd" in others:
            share = 100 * others["fdi_net_inflows_usd"] / gdp
            compared[indicator_id, abs(value - share) < max(0.5, 0.1 * abs(share))] += 1
    for indicator_id in ("gdp_current_usd_mn_unctad", "fdi_net_inflows_gdp"):
        agree, differ = compared[indicator_id, True], compared[indicator_id, False]
        assert agree > 500
        assert differ / agree < 0.06, compared


@pytest.mark.parametrize(
    ("indicator_id", "least"),
    [
        ("gdp_current_usd", 0.92),
        ("fdi_net_inflows_gdp", 0.83),
        ("fdi_inward_flow_gdp_unctad", 0.88),
        ("rd_expenditure_gdp", 0.69),
    ],
)
def test_the_map_of_the_region_has_few_holes(national, indicator_id, least):
    drawn = json.loads((DATA / "geography" / "admin0_region.geojson").read_text("utf-8"))
    codes = {feature["properties"]["iso3"] for feature in drawn["features"]} - {None}
    have = {
        place_id
        for name, place_id, year in national
        if name == indicator_id and int(year) >= RECENT
    }
    assert len(codes & have) / len(codes) >= least


# --- National series ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["national_indicators", "neighbour_indicators"])
def test_thirty_rows_drawn_by_lot_stand_as_collected(national, name):
    collected = read_rows(INPUTS / "national" / f"{name}.csv")
    for row in random.Random(7).sample(collected, 30):
        found = [
            kept["value"]
            for kept in national[row["indicator_id"], row["economy"], row["year"]]
            if kept["source_id"] == row["source_id"]
        ]
        assert found == [plain_number(row["value"])], row
        assert float(found[0]) == pytest.approx(float(row["value"]), rel=1e-6)


def test_the_packed_table_of_neighbours_is_whole_and_carries_no_time():
    packed = INPUTS / "national" / "neighbour_indicators.csv.gz"
    time_stamp = packed.read_bytes()[4:8]
    assert time_stamp == bytes(4)
    assert len(read_rows(INPUTS / "national" / "neighbour_indicators.csv")) == 21923


def test_a_tenfold_leap_of_a_national_series_carries_a_caveat(places, national):
    years = defaultdict(dict)
    for (indicator_id, place_id, year), rows in national.items():
        if places[place_id]["kind"] == "economy":
            years[indicator_id, place_id][int(year)] = rows
    silent, leaps = [], 0
    for (indicator_id, place_id), found in years.items():
        if "inflation" in indicator_id or "flow" in indicator_id:
            continue  # money and prices that may turn from one year to the next
        least = next((LEAST[word] for word in LEAST if word in indicator_id), 0)
        for year, rows in found.items():
            before = found.get(year - 1)
            if before is None:
                continue
            pair = sorted([float(before[0]["value"]), float(rows[0]["value"])])
            if pair[0] > 0 and pair[1] >= least and pair[1] / pair[0] >= TENFOLD:
                leaps += 1
                if not any(row["caveats"] for row in rows):
                    silent.append((indicator_id, place_id, year))
    assert leaps > 50
    assert silent == []


def test_a_figure_that_a_source_repeats_is_said_to_be_repeated(national):
    [row] = national["medhigh_tech_exports_share", "CHN", "1991"]
    [before] = national["medhigh_tech_exports_share", "CHN", "1990"]
    assert row["value"] == before["value"]
    assert "the source repeats it" in row["note"]
    assert "the source repeats it" not in before["note"]


@pytest.mark.parametrize(
    ("indicator_id", "place_id", "year"),
    [
        ("ict_goods_exports_share", "SGP", "2005"),
        ("ict_goods_exports_share", "SGP", "2006"),
        ("ict_goods_exports_share", "MYS", "2008"),
        ("ict_goods_exports_share", "GBR", "2009"),
        ("manufacturing_va_gdp", "IRL", "2015"),
        ("hightech_exports_share", "HKG", "2017"),
        ("gdp_current_usd", "VNM", "1989"),
        ("ip_charges_receipts_usd", "IDN", "2006"),
    ],
)
def test_a_suspect_of_the_collection_carries_its_doubt(national, indicator_id, place_id, year):
    rows = national[indicator_id, place_id, year]
    assert any(row["caveats"] and row["note"] for row in rows)
