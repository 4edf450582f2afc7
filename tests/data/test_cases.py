"""Cases, frameworks, events, fabs, sectors and rates: whole, connected, and where they belong."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from dashboard.catalogue.vocabulary import FAB_STATUSES
from data.curation.cases import build_lessons
from data.curation.curation import Curation, CurationError
from data.curation.fabs_events import build_fabs
from data.curation.sectors_rates import build_manufacturing_sectors

DATA = Path(__file__).resolve().parents[2] / "data"

FOUR_CASES = ("idn_jepara_furniture", "twn_floriculture", "tha_automotive", "bangalore")
CASES = {
    *FOUR_CASES,
    *("jpn_hokkaido_it_bio", "jpn_okinawa_ict_bio", "jpn_kansai_manufacturing"),
    *("jpn_fukuoka_system_lsi", "silicon_sea_belt", "gbr_glasgow_west_scotland"),
    *("gbr_west_midlands", "irl_shannon", "twn_sme_networks", "chn_it_industry"),
    "jpn_industrial_cluster_plan",
}


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places():
    return {row["place_id"]: row for row in read("places")}


@pytest.fixture(scope="module")
def frameworks():
    return read("frameworks")


def rows_by(rows, column):
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped


def test_every_case_has_a_profile_that_names_where_it_says_so():
    profiles = rows_by(read("profiles"), "place_id")
    assert set(profiles) >= CASES
    assert min(len(profiles[case]) for case in CASES) >= 4
    assert [row for rows in profiles.values() for row in rows if not row["locator"]] == []


@pytest.mark.parametrize("case", FOUR_CASES)
def test_the_value_chain_of_a_case_is_connected(case):
    ties = [row for row in read("value_chains") if row["place_id"] == case]
    neighbours = defaultdict(set)
    for row in ties:
        neighbours[row["from_actor"]].add(row["to_actor"])
        neighbours[row["to_actor"]].add(row["from_actor"])
    reached, ahead = set(), [next(iter(neighbours))]
    while ahead:
        actor = ahead.pop()
        if actor not in reached:
            reached.add(actor)
            ahead += neighbours[actor]
    assert set(neighbours) - reached == set()
    assert len(neighbours) >= 8


V06, V08 = "seed_chaminade_vang_2006", "seed_chaminade_vang_2008"


@pytest.mark.parametrize(
    ("case", "links", "of_2006"),
    [
        ("idn_jepara_furniture", 24, 17),
        ("twn_floriculture", 21, 7),
        ("tha_automotive", 20, 8),
        ("bangalore", 24, 11),
    ],
)
def test_both_papers_give_links_of_a_case(case, links, of_2006):
    rows = [row for row in read("value_chains") if row["place_id"] == case]
    assert len(rows) == links
    assert len([row for row in rows if row["source_id"] == V06]) == of_2006
    assert {row["source_id"] for row in rows} == {V06, V08}


def passage(row):
    return row["interactive_learning"], row["source_id"], row["locator"]


@pytest.mark.parametrize(
    ("case", "start", "end", "expected"),
    [
        (
            "idn_jepara_furniture",
            "International buyers",
            "Principal subcontractors",
            {
                ("strong", V08, "Section Traditional Manufacturing"),
                ("unrated", V06, "Section 3.1"),
            },
        ),
        (
            "idn_jepara_furniture",
            "Principal subcontractors",
            "Small family workshops",
            {
                ("limited", V06, "Section 3.1"),
                ("strong", V08, "Section Traditional Manufacturing"),
            },
        ),
        (
            "idn_jepara_furniture",
            "Traders and brokers",
            "Small family workshops",
            {
                ("limited", V06, "Section 3.1"),
                ("unrated", V08, "Section Traditional Manufacturing"),
            },
        ),
        (
            "idn_jepara_furniture",
            "International buyers",
            "Small family workshops",
            {("none", V06, "Section 3.1")},
        ),
        (
            "twn_floriculture",
            "Biotechnology institutes",
            "Flower growers",
            {
                ("limited", V08, "Section Natural Resource-based Cluster"),
                ("unrated", V06, "Section 3.2"),
            },
        ),
        # The paper names the wholesale companies as the group of distributors.
        (
            "twn_floriculture",
            "Four wholesale companies",
            "Four wholesale companies",
            {("strong", V08, "Section Natural Resource-based Cluster")},
        ),
        ("twn_floriculture", "Final customers", "Flower growers", {("none", V06, "Section 3.2")}),
        (
            "tha_automotive",
            "Assemblers",
            "First-tier suppliers",
            {("strong", V08, "Section Complex Product Systems")},
        ),
        (
            "tha_automotive",
            "Second-tier SMEs",
            "Third- and fourth-tier SMEs",
            {
                ("limited", V06, "Table 2"),
                ("limited", V08, "Section Complex Product Systems; Table I"),
            },
        ),
        (
            "tha_automotive",
            "First-tier suppliers",
            "Second-tier SMEs",
            {("unrated", V08, "Section Complex Product Systems; note 14")},
        ),
        ("bangalore", "Final clients", "Independent SMEs", {("strong", V06, "Section 3.4")}),
        (
            "bangalore",
            "Embedded-software firms",
            "Embedded-software firms",
            {("unrated", V08, "Section Specialised Suppliers")},
        ),
        (
            "bangalore",
            "Upgraded Indian firms",
            "Upgraded Indian firms",
            {
                ("limited", V06, "Section 3.4"),
                ("limited", V08, "Section Specialised Suppliers"),
            },
        ),
        (
            "bangalore",
            "Local lead users",
            "Subcontracting SMEs",
            {("none", V08, "Section Innovation Policy for SMEs")},
        ),
    ],
)
def test_a_link_of_the_four_cases_is_as_each_paper_has_it(case, start, end, expected):
    rows = [
        row
        for row in read("value_chains")
        if (row["place_id"], row["from_actor"], row["to_actor"]) == (case, start, end)
    ]
    assert {passage(row) for row in rows} == expected
    assert len(rows) == len(expected)


def test_an_actor_is_of_one_kind_in_its_chain():
    kinds = defaultdict(set)
    for row in read("value_chains"):
        for end in ("from", "to"):
            kinds[row["place_id"], row[f"{end}_actor"]].add(row[f"{end}_kind"])
    assert {actor: found for actor, found in kinds.items() if len(found) > 1} == {}


def test_lessons_name_places_of_the_atlas(places):
    lessons = read("lessons")
    assert len(lessons) == 131
    named = {place for row in lessons for place in row["place_ids"].split(";") if place}
    assert named <= set(places)
    # What is said of firms or of East Asia at large names no place.
    general = {row["applies_to"] for row in lessons if not row["place_ids"]}
    assert general == {"Firms in value chains", "East Asia"}


def test_eastern_and_western_are_said_by_mitsui_alone():
    sources = {
        row["source_id"] for row in read("lessons") if row["approach"] in ("eastern", "western")
    }
    assert sources == {"seed_mitsui_2003"}


def test_frameworks_name_places_of_the_atlas_and_their_passage(frameworks, places):
    named = {place for row in frameworks for place in row["place_ids"].split(";") if place}
    assert named <= set(places)
    assert [row for row in frameworks if not row["locator"]] == []
    assert len(rows_by(frameworks, "source_id")) == 5


def test_elements_of_a_framework_stand_in_an_order(frameworks):
    for name, rows in rows_by(frameworks, "framework_id").items():
        assert len({row["framework"] for row in rows}) == 1, name
        elements = {row["element_id"]: (row["position"], row["name"]) for row in rows}
        assert len({(row["element_id"], row["position"], row["name"]) for row in rows}) == len(
            elements
        ), name
        positions = sorted(int(position) for position, _ in elements.values())
        assert positions == list(range(1, len(elements) + 1)), name


@pytest.mark.parametrize(
    ("framework", "elements"),
    [
        ("upgrading_types", 4),
        ("industry_types", 5),
        ("product_specialisation", 2),
        ("soft_capabilities", 10),
        ("integrated_solutions", 4),
        ("production_types", 4),
        ("technology_strategies", 3),
        ("multi_scalar_governance", 5),
        ("policy_approaches", 2),
        ("cluster_approaches", 2),
        ("cluster_comparison_2006", 4),
        ("cluster_comparison_2008", 4),
        ("human_and_social_capital", 6),
        ("weakest_node", 6),
        ("global_factory", 6),
    ],
)
def test_a_framework_is_whole(frameworks, framework, elements):
    found = {row["element_id"] for row in frameworks if row["framework_id"] == framework}
    assert len(found) == elements


@pytest.mark.parametrize(
    ("framework", "rows"), [("cluster_comparison_2006", 5), ("cluster_comparison_2008", 4)]
)
def test_a_comparison_table_can_be_rebuilt_cell_by_cell(frameworks, framework, rows):
    cells = {
        (row["dimension"], row["element_id"]): row["text"]
        for row in frameworks
        if row["framework_id"] == framework
    }
    dimensions = {dimension for dimension, _ in cells}
    cases = {case for _, case in cells}
    assert (len(dimensions), len(cases)) == (rows, 4)
    assert set(cells) == {(dimension, case) for dimension in dimensions for case in cases}


def test_every_type_of_industry_has_its_learning_innovation_and_policy(frameworks):
    said = defaultdict(set)
    for row in frameworks:
        if row["framework_id"] == "industry_types":
            said[row["element_id"]].add(row["dimension"])
    types = {row["industry_type"] for row in read("industries")} - {""}
    assert set(said) == types
    for name, dimensions in said.items():
        assert dimensions >= {"definition", "learning_sources", "innovation", "sme_policy"}, name


def test_events_stand_in_the_order_of_their_years():
    events = read("events")
    years = [int(row["year"]) for row in events]
    assert years == sorted(years)
    assert (min(years), max(years)) == (1968, 2025)
    for row in events:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["date"]), row
        assert row["date"].startswith(row["year"])
        assert row["event_id"].startswith(f"y{row['year']}_{row['place_id']}_")


def test_a_nominal_year_is_said_in_the_note():
    assert [row for row in read("events") if "nominal" in row["event"]] == []
    nominal = {row["event_id"] for row in read("events") if "the year is nominal" in row["note"]}
    assert nominal == {
        *("y1969_kyushu_1", "y1988_kyushu_1", "y1995_kyushu_1"),
        *("y1985_idn_jepara_furniture_1", "y1988_bangalore_1"),
    }


def bounds(geometry):
    """West, south, east and north of a geometry in degrees."""
    points, ahead = [], [geometry["coordinates"]]
    while ahead:
        item = ahead.pop()
        if isinstance(item[0], (int, float)):
            points.append(item)
        else:
            ahead += item
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def test_fabs_lie_in_their_economy():
    shapes = json.loads((DATA / "geography" / "admin0_region.geojson").read_text("utf-8"))
    boxes = {shape["properties"]["iso3"]: bounds(shape["geometry"]) for shape in shapes["features"]}
    located = [row for row in read("fabs") if row["lat"]]
    assert len(located) == 235
    for row in located:
        west, south, east, north = boxes[row["economy"]]
        assert west <= float(row["lon"]) <= east, row["fab_id"]
        assert south <= float(row["lat"]) <= north, row["fab_id"]


def test_fabs_say_how_and_when_they_were_seen(places):
    fabs = read("fabs")
    assert len(fabs) == 242
    assert {row["status"] for row in fabs} == set(FAB_STATUSES)
    assert [row for row in fabs if not re.search(r"\d{4}", row["status_note"])] == []
    # What only the list of 2019 says is not said to operate today.
    old = [row for row in fabs if row["status_note"] == "listed as open in 2019"]
    assert {row["status"] for row in old} == {"listed"}
    hubs = {row["place_id"] for row in fabs} - {""}
    assert {places[hub]["kind"] for hub in hubs} == {"hub"}
    phases = [row for row in fabs if re.search(r"\(P\d\)", row["plant_name"])]
    assert all("listed on its own" in row["note"] for row in phases)


def test_sectors_name_an_industry_and_shares_of_a_whole():
    sectors = read("manufacturing_sectors")
    assert len(sectors) == 21
    industries = {row["industry"]: row for row in read("industries")}
    for row in sectors:
        assert industries[row["industry"]]["isic_rev3"] == row["isic_code"]
        assert industries[row["industry"]]["industry_type"]
    for economy, rows in rows_by(sectors, "economy").items():
        ordered = sorted(rows, key=lambda row: int(row["rank"]))
        shares = [float(row["value_added_share"]) for row in ordered]
        assert shares == sorted(shares, reverse=True), economy
        assert 0 < sum(shares) <= 100
        assert 0 < sum(float(row["employment_share"]) for row in rows) <= 100


def test_each_division_of_manufacturing_belongs_to_one_industry():
    divisions = [row["isic_rev3"] for row in read("industries") if len(row["isic_rev3"]) == 2]
    assert len(divisions) == len(set(divisions))
    # 37, recycling, is the only division that no type of industry fits.
    assert {str(code) for code in range(15, 37)} <= set(divisions)


def test_rates_and_price_indices_are_positive_and_start_from_their_base():
    rates = read("exchange_rates")
    assert len(rates) == 1220
    assert min(float(row["local_per_usd"]) for row in rates) > 0
    assert {row["local_per_usd"] for row in rates if row["economy"] == "USA"} == {"1"}
    indices = read("deflators")
    assert len(indices) == 2304
    assert min(float(row["index"]) for row in indices) > 0
    for row in indices:
        # The IMF index of 2016 is an average of months and rests near 100 only.
        if row["year"] == row["base_year"]:
            assert float(row["index"]) == pytest.approx(100, abs=0.5), row


def test_a_rate_agrees_with_the_years_around_it():
    """A misplaced decimal or currency would show as a jump; the euro replaced three currencies."""
    rates = defaultdict(dict)
    for row in read("exchange_rates"):
        rates[row["economy"], row["currency"]][int(row["year"])] = float(row["local_per_usd"])
    jumps = {
        (economy, year)
        for (economy, _), by_year in rates.items()
        for year in by_year
        if year - 1 in by_year and not 1 / 3 < by_year[year] / by_year[year - 1] < 3
    }
    # Devaluations of Indonesia and of Viet Nam.
    assert {economy for economy, _ in jumps} <= {"IDN", "VNM"}


class Changed(Curation):
    """The inputs, with one table replaced."""

    def __init__(self, name, rows):
        self._changed = {name: rows}
        super().__init__()

    def rows(self, name):
        return getattr(self, "_changed", {}).get(name) or super().rows(name)


@pytest.mark.parametrize(
    ("build", "name", "column", "message"),
    [
        (build_fabs, "curated/fab_statuses", "printed", "no class for the state"),
        (build_lessons, "curated/lesson_places", "applies_to", "no row for"),
        (build_manufacturing_sectors, "curated/industries", "isic_rev3", "has 0 industries"),
    ],
)
def test_a_word_that_no_list_knows_stops_the_build(build, name, column, message):
    rows = [row | {column: "unheard of"} for row in Curation().rows(name)]
    with pytest.raises(CurationError, match=message):
        build(Changed(name, rows))
