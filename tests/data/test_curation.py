"""The tables of `data/`: rebuilt byte for byte, sourced, complete, and sound as a whole."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from data.curation.curation import Curation, CurationError
from data.curation.sources import FOLDERS, SourceBook
from data.curation.tables import plain_number

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
INPUTS = DATA / "curation" / "inputs"

ECONOMIES = {
    *("JPN", "KOR", "CHN", "TWN", "HKG", "MAC", "SGP", "MYS", "THA", "IDN", "PHL", "VNM", "IND"),
    *("GBR", "IRL", "FIN", "SWE", "DEU", "USA"),
}
BELT_HUBS = {
    *("kyushu", "gyeonggi", "hsinchu", "shanghai"),
    *("beijing", "hong_kong", "singapore", "bangalore"),
}

MAY_LEAVE_0_TO_100 = {
    "exports_gdp",
    "fdi_net_inflows_gdp",
    "fdi_net_outflows_gdp",
    "fdi_inward_flow_gdp_unctad",
    "fdi_outward_flow_gdp_unctad",
    "fdi_inward_stock_gdp_unctad",
    "fdi_outward_stock_gdp_unctad",
}
"""Flows turn negative when money is withdrawn; stocks and exports exceed the GDP of a hub."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(name: str) -> list[dict[str, str]]:
    return rows_of(DATA / TABLES_BY_NAME[name].file)


def read_input(name: str) -> list[dict[str, str]]:
    return rows_of(INPUTS / f"{name}.csv")


@pytest.fixture(scope="module")
def observations():
    return read("observations")


@pytest.fixture(scope="module")
def indicators():
    return {row["indicator_id"]: row for row in read("indicators")}


def test_a_rebuild_gives_the_committed_bytes(rebuilt):
    assert {table.file for table in TABLES} < set(rebuilt)
    stale = [name for name, content in rebuilt.items() if (DATA / name).read_bytes() != content]
    assert stale == [], "run `python -m data.curation`"


@pytest.mark.parametrize("name", ["observations", "programme_funding", "definitions", "links"])
def test_every_row_has_a_source_and_a_locator(name):
    known = {row["source_id"] for row in read("sources")}
    unsourced = [row for row in read(name) if row["source_id"] not in known or not row["locator"]]
    assert unsourced == []


def test_no_two_documents_share_an_identifier_and_no_document_has_two():
    """Compared anew from the lists of the folders, not through the code that joins them."""
    aliases = {
        (row["folder"], row["source_id"]): row["canonical_id"]
        for row in read_input("curated/source_aliases")
    }
    addresses, folders_of = defaultdict(set), defaultdict(lambda: defaultdict(set))
    for folder in ("national", "hubs", "sme", "programmes"):
        for row in Curation().rows(f"{folder}/sources"):
            canonical = aliases.get((folder, row["source_id"]), row["source_id"])
            address = row["url"].split("://")[-1].removeprefix("www.").rstrip("/").lower()
            addresses[canonical].add(address)
            if address:
                folders_of[address][folder].add(canonical)
    assert {name: found for name, found in addresses.items() if len(found) > 1} == {}
    shared = [by_folder for by_folder in folders_of.values() if len(by_folder) > 1]
    assert len(shared) > 20
    assert [by_folder for by_folder in shared if len(set().union(*by_folder.values())) > 1] == []


def test_sources_are_cited_and_their_addresses_public():
    cited = {
        row["source_id"]
        for table in TABLES
        if table.name != "sources" and "source_id" in table.columns
        for row in read(table.name)
    }
    cited |= {source_id for row in read("fabs") for source_id in row["source_ids"].split(";")}
    for_coordinates = {
        *("geonames_cities5000", "mledoze_2026", "geo_citymap", "geo_jepara", "gaz_jp", "gaz_kr")
    }
    papers = {row["source_id"] for row in read("sources") if row["publisher_type"] == "seed"}
    assert len(papers) == 5
    assert {row["source_id"] for row in read("sources")} - cited <= for_coordinates | papers
    assert [row["url"] for row in read("sources") if row["url"] and "://" not in row["url"]] == []


def test_the_atlas_covers_its_places():
    kinds = defaultdict(dict)
    for row in read("places"):
        kinds[row["kind"]][row["place_id"]] = row
    in_focus = {key for key, row in kinds["economy"].items() if row["in_focus"] == "true"}
    assert in_focus == ECONOMIES
    belt = {name: row for name, row in kinds["hub"].items() if name in BELT_HUBS}
    assert set(belt) == BELT_HUBS
    assert {row["parent_id"] for row in belt.values()} == {"silicon_sea_belt"}
    assert all(row["admin1_ids"] and row["lat"] and row["lon"] for row in belt.values())
    assert len(kinds["hub"]) == 28
    assert {name for name, row in kinds["hub"].items() if row["parent_id"]} == BELT_HUBS
    assert len(kinds["cluster"]) == 12
    assert len(kinds["programme_region"]) == 150


@pytest.mark.parametrize(
    ("indicator_id", "economies"),
    [
        ("sme_share_enterprises", 18),
        ("sme_share_employment", 17),
        ("fdi_net_inflows_gdp", 18),
        ("fdi_inward_flow_usd_mn", 19),
        ("fdi_inward_stock_usd_mn", 19),
        ("rd_expenditure_gdp", 19),
        ("researchers_per_million", 18),
        ("patents_resident", 19),
        ("population", 19),
    ],
)
def test_a_family_covers_the_economies(observations, indicator_id, economies):
    found = {row["place_id"] for row in observations if row["indicator_id"] == indicator_id}
    assert len(found & ECONOMIES) >= economies


def test_national_series_are_carried_over_whole(observations):
    counted = Counter(row["indicator_id"] for row in observations if row["place_id"] in ECONOMIES)
    for name in ("national_indicators", "derived_indicators"):
        expected = Counter(row["indicator_id"] for row in read_input(f"national/{name}"))
        for indicator_id, rows in expected.items():
            assert counted[indicator_id] == rows, indicator_id
    neighbours = Curation().rows("national/neighbour_indicators")
    expected = Counter((row["indicator_id"], row["economy"]) for row in neighbours)
    counted = Counter((row["indicator_id"], row["place_id"]) for row in observations)
    assert {key: counted[key] for key in expected} == expected


def test_programmes_of_japan_and_three_other_economies_have_yearly_amounts():
    economy_of = {row["programme_id"]: row["economy"] for row in read("programmes")}
    funding = read("programme_funding")
    yearly = {
        economy_of[row["programme_id"]]
        for row in funding
        if row["currency"] and row["period_type"] in ("fiscal_year", "calendar_year")
    }
    assert {"JPN", "KOR", "TWN", "HKG", "MAC"} <= yearly
    for programme_id in ("jp_meti_icp1", "jp_mext_kci1"):
        years = {row["year"] for row in funding if row["programme_id"] == programme_id}
        assert len(years) >= 3
        assert "2002" in years
    assert len(funding) == 734
    assert len({row["funding_id"] for row in funding}) == 734


def test_at_most_one_headline_in_a_conflict():
    headlines = Counter(
        row["conflict_group"]
        for row in read("programme_funding")
        if row["conflict_group"] and row["headline"] == "true"
    )
    assert [group for group, count in headlines.items() if count > 1] == []


def test_regions_of_the_chip_market_add_up_to_the_world(observations):
    sales = defaultdict(dict)
    for row in observations:
        if row["indicator_id"] == "semiconductor_billings" and row["source_id"] == "wsts_hbr_2026":
            sales[row["year"]][row["place_id"]] = float(row["value"])
    assert sorted(sales) == [str(year) for year in range(1986, 2026)]
    for year, regions in sales.items():
        world = regions.pop("wsts_world")
        assert set(regions) == {"wsts_americas", "wsts_europe", "wsts_japan", "wsts_asia_pacific"}
        assert sum(regions.values()) == pytest.approx(world, abs=0.001), year


def test_calculated_ratios_follow_from_their_parts(observations):
    values = {
        (row["indicator_id"], row["place_id"], row["year"]): float(row["value"])
        for row in observations
    }
    ratios = [key for key in values if key[0] == "fdi_inward_stock_gdp_unctad"]
    assert len(ratios) > 600
    for key in ratios:
        stock = values["fdi_inward_stock_usd_mn", *key[1:]]
        gdp = values["gdp_current_usd_mn_unctad", *key[1:]]
        assert values[key] == pytest.approx(100 * stock / gdp, rel=1e-4), key


def test_shares_stay_between_0_and_100(observations, indicators):
    outside = [
        row
        for row in observations
        if indicators[row["indicator_id"]]["aggregation"] == "share"
        and row["indicator_id"] not in MAY_LEAVE_0_TO_100
        for cell in (row["value"], row["value_low"], row["value_high"])
        if cell and not 0 <= float(cell) <= 100
    ]
    assert outside == []


def test_a_range_has_both_ends_and_only_a_range(observations):
    for row in observations:
        ends = (row["value_low"], row["value_high"])
        assert all(ends) if row["qualifier"] == "range" else not any(ends), row
        if row["qualifier"] == "range":
            assert float(row["value_low"]) <= float(row["value"]) <= float(row["value_high"])


def test_indicators_are_used_and_their_names_fit_an_axis(observations, indicators):
    assert set(indicators) == {row["indicator_id"] for row in observations}
    assert [row["short_name"] for row in indicators.values() if len(row["short_name"]) > 40] == []
    assert len({row["name"] for row in indicators.values()}) == len(indicators)


def test_no_number_carries_float_noise(observations):
    noisy = [row for row in observations if "00000000" in row["value"].partition(".")[2]]
    assert noisy == []


WORKING_WORDS = re.compile(
    r"\bseeds? (?:paper|find|describe|name|give|count)|\b(?:the|in|of) seeds?\b|seed_|\bseed0|"
    r"\b(?:this|next|same|hub) (?:row|record)s?\b|\brow before\b|\b(?:hub-to-hub|draw only)\b|"
    r"\.csv\b|\bline \d+ of\b|\btext file\b|\bstored copy\b|\bour placing\b|\bcolumn holds\b|"
    r"\b[a-z]+_(?:id|type|year|basis|level)\b"
)
"""Words of those who collect data. Readers know neither rows nor identifiers of documents."""

TEXT_COLUMNS = (
    *("name", "short_name", "definition", "comparability_note", "note", "summary"),
    *("description", "objective", "period_note", "locator"),
    *("text", "relation", "from_actor", "to_actor", "applies_to", "event", "framework"),
    *("status_note", "plant_name", "operator", "products", "sector"),
)


def texts_for_readers():
    for table in TABLES:
        for row in read(table.name):
            for column in TEXT_COLUMNS:
                if row.get(column):
                    yield table.name, column, row[column]


def test_texts_are_free_of_working_words():
    # One source tells in which file of a public repository its table stands.
    found = {
        (table, column, text)
        for table, column, text in texts_for_readers()
        if WORKING_WORDS.search(text) and "public repository github.com" not in text
    }
    assert found == set()


def test_texts_name_documents_by_author_and_year():
    known = {
        row["source_id"]
        for folder in ("national", "hubs", "sme", "programmes")
        for row in read_input(f"{folder}/sources")
        if "_" in row["source_id"]
    }
    found = {
        text for *_, text in texts_for_readers() if known & set(re.findall(r"[a-z0-9_]+", text))
    }
    assert found == set()


def test_ranks_are_neither_levels_nor_shares(indicators):
    ranks = {name: row for name, row in indicators.items() if name.startswith("rank_")}
    assert len(ranks) == 7
    for name, row in ranks.items():
        assert (row["aggregation"], row["default_chart"]) == ("index", "bar"), name
        # To import or to receive more than others is not better.
        neutral = name in ("rank_it_importer", "rank_fdi_recipient")
        assert row["better"] == ("neutral" if neutral else "lower"), name


def test_averages_of_years_and_parts_of_a_year_do_not_pass_for_a_year(observations):
    averages = [
        row for row in observations if re.search(r"verage (?!yearly)\D*\d{4}-\d{4}", row["note"])
    ]
    assert len(averages) == 6
    assert {row["period_note"] for row in averages} == {"average of 2007-2012"}
    parts = ("first half of", "to the end of november", "quarter of")
    partial = [row for row in observations if row["note"].lower().startswith(parts)]
    assert len(partial) == 2
    assert [row for row in partial if "part_year" not in row["caveats"]] == []


def test_figures_of_fukuoka_say_so(indicators):
    of_fukuoka = {
        *("universities", "universities_science_engineering", "system_lsi_firms"),
        "rank_lsi_academic_concentration",
    }
    for name in of_fukuoka:
        row = indicators[name]
        assert all("Fukuoka" in row[column] for column in ("name", "short_name", "definition"))


def test_what_kitagawa_calls_an_aim_is_no_joint_research():
    aims = {
        row["to_place_id"]
        for row in read("links")
        if row["partner_from"] == "Fukuoka Silicon Sea-Belt Project" and row["kind"] == "stated_aim"
    }
    assert aims == BELT_HUBS - {"kyushu"}


def test_papers_describe_the_firms_of_their_cases_and_of_one_hub():
    stated = {row["place_id"]: row for row in read("places") if row["firm_scale_basis"] == "source"}
    assert set(stated) == {
        *("bangalore", "idn_jepara_furniture", "twn_floriculture", "tha_automotive"),
        *("twn_sme_networks", "chn_it_industry"),
    }
    assert [name for name, row in stated.items() if row["kind"] == "hub"] == ["bangalore"]


def test_economies_have_readable_names():
    names = {row["place_id"]: row["name"] for row in read("places") if row["kind"] == "economy"}
    assert {name for name in names.values() if len(name) < 4} == set()
    assert (names["GBR"], names["USA"]) == ("United Kingdom", "United States")
    assert names["VNM"] == "Viet Nam"
    assert [row for row in texts_for_readers() if "Vietnam" in row[2]] == []


def test_a_correction_that_finds_nothing_stops_the_build(tmp_path):
    curated = tmp_path / "curated"
    curated.mkdir()
    (tmp_path / "table.csv").write_text("key,value\na,1\n", encoding="utf-8")
    header = "input,key,column,old,new,reason,source_id\n"
    for name, columns in {
        "left_out_rows": "input,key,reason",
        "indicator_aliases": "input,key,indicator_id,place_id,industry,scope,period_note,reason",
        "place_aliases": "folder,identifier,indicator_id,place_id,reason",
        "source_aliases": "folder,source_id,canonical_id,reason",
        "source_details": "source_id,licence,note",
        "wording": "input,key,column,old,new",
    }.items():
        (curated / f"{name}.csv").write_text(columns + "\n", encoding="utf-8")
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sources.csv").write_text("source_id\n", encoding="utf-8")
    (curated / "corrections.csv").write_text(header + "table,key=a,value,1,2,why,\n", "utf-8")
    assert Curation(tmp_path).rows("table") == [{"key": "a", "value": "2"}]
    (curated / "corrections.csv").write_text(header + "table,key=a,value,9,2,why,\n", "utf-8")
    with pytest.raises(CurationError, match="0 rows have value = '9'"):
        Curation(tmp_path).rows("table")


def test_one_identifier_for_two_documents_stops_the_build():
    def document(url: str) -> dict[str, str]:
        return {
            "source_id": "press_2020",
            "title": "t",
            "author_or_org": "a",
            "year": "2020",
            "url": url,
            "publisher_type": "press",
            "note": "",
        }

    tables = {
        "hubs/sources": [document("https://a.example/1")],
        "sme/sources": [document("https://b.example/2")],
    }
    with pytest.raises(ValueError, match="Two documents are called press_2020"):
        SourceBook(lambda name: tables.get(name, []))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("42000000.0", "42000000"), ("0.30", "0.30"), ("-3", "-3"), ("5.60", "5.60")],
)
def test_numbers_are_printed_as_the_source_prints_them(text, expected):
    assert plain_number(text) == expected
