"""Figures of the five papers the atlas grew from, as printed there, found in the tables."""

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def observations():
    return read("observations")


@pytest.fixture(scope="module")
def funding():
    return read("programme_funding")


def observed(where, indicator_id, place_id, year, value, qualifier="exact", **more):
    """One expected observation; `where` names the section of the paper."""
    cells = {
        "indicator_id": indicator_id,
        "place_id": place_id,
        "year": str(year),
        "qualifier": qualifier,
        **more,
    }
    return pytest.param(cells, value, id=f"{where}: {place_id} {indicator_id}")


CHAMINADE_VANG_2006 = "seed_chaminade_vang_2006"
KITAGAWA = "seed_kitagawa_2008"
MITSUI = "seed_mitsui_2003"
ERNST = "seed_ernst_2007"
TABLE_1 = "Chaminade and Vang 2006 table 1"


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        observed(TABLE_1, "sme_share_establishments", "IND", 2003, 95, scope="industrial"),
        observed(TABLE_1, "sme_share_employment", "IND", 2003, 80, scope="industrial"),
        observed(TABLE_1, "sme_share_output", "IND", 2003, 40, scope="industrial"),
        observed(TABLE_1, "sme_share_exports", "IND", 2003, 40),
        observed(TABLE_1, "sme_share_ndp", "IND", 2003, 7),
        observed(TABLE_1, "sme_share_sector_unspecified", "IND", 2003, 35, scope="manufacturing"),
        observed(TABLE_1, "sme_share_establishments", "IDN", 2003, 70, "range", value_high="90"),
        observed(TABLE_1, "sme_share_gdp", "IDN", 2003, 20),
        observed(TABLE_1, "sme_share_enterprises", "PHL", 2003, 99),
        observed(TABLE_1, "sme_share_employment", "PHL", 2003, 45),
        observed(TABLE_1, "sme_share_value_added", "PHL", 2003, 28, scope="manufacturing"),
        observed(TABLE_1, "sme_share_employment", "KOR", 2003, 70),
        observed(TABLE_1, "sme_share_output", "KOR", 2003, 46),
        observed(TABLE_1, "sme_share_value_added", "KOR", 2003, 47),
        observed(TABLE_1, "sme_share_output", "SGP", 2003, 40, scope="manufacturing"),
        observed(TABLE_1, "sme_share_value_added", "SGP", 2003, 25, scope="manufacturing"),
        observed(TABLE_1, "sme_share_establishments", "THA", 2003, 98),
        observed(TABLE_1, "sme_share_employment", "THA", 2003, 70, scope="industrial"),
        observed(TABLE_1, "sme_share_value_added", "THA", 2003, 4.7, scope="manufacturing"),
    ],
)
def test_table_1_of_chaminade_and_vang(observations, cells, value):
    row = only(observations, cells | {"source_id": CHAMINADE_VANG_2006})
    assert float(row["value"]) == value
    # The table prints no years: the rows must not claim to know them.
    assert row["year_basis"] == "publication"
    assert row["locator"].startswith("Table 1")


def test_table_1_has_no_figure_for_china(observations):
    assert not [
        row
        for row in observations
        if row["source_id"] == CHAMINADE_VANG_2006 and row["place_id"] == "CHN"
    ]


NOTE = "Chaminade and Vang 2006 endnote ii"


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        observed(NOTE, "sme_share_employment", "asian_economies", 2003, 80, "approximate",
                 source_id=CHAMINADE_VANG_2006, scope="industrial"),
        observed("Kitagawa 2008 section 4", "population", "kyushu", 2005, 13_000_000,
                 "approximate", source_id=KITAGAWA),
        observed("Kitagawa 2008 section 4", "share_world_semiconductor_production", "kyushu",
                 1988, 10, "at_least", source_id=KITAGAWA),
        observed("Kitagawa 2008 section 4", "share_world_semiconductor_production",
                 "silicon_sea_belt", 2008, 50, "at_least", source_id=KITAGAWA,
                 year_basis="publication"),
        observed("Kitagawa 2008 section 4", "member_hubs", "silicon_sea_belt", 2008, 8,
                 source_id=KITAGAWA),
        observed("Kitagawa 2008 note 18", "semiconductor_billings", "wsts_world", 2005, 227.5,
                 source_id=KITAGAWA),
        observed("Kitagawa 2008 section 4", "system_lsi_firms", "kyushu", 2008, 156,
                 source_id=KITAGAWA, year_basis="stated"),
        observed("Kitagawa 2008 section 4", "universities", "kyushu", 2008, 30,
                 source_id=KITAGAWA, year_basis="publication"),
        observed("Kitagawa 2008 section 4", "universities_science_engineering", "kyushu", 2008,
                 11, source_id=KITAGAWA, year_basis="publication"),
        observed("Kitagawa 2008 note 20", "automobile_production_units", "kyushu", 2006,
                 1_000_000, "at_least", source_id=KITAGAWA),
        observed("Kitagawa 2008 note 10", "local_gov_share_st_expenditure", "CHN", 1991, 28,
                 source_id=KITAGAWA),
        observed("Kitagawa 2008 note 10", "local_gov_share_st_expenditure", "CHN", 1999, 37,
                 "approximate", source_id=KITAGAWA),
        observed("Kitagawa 2008 note 11", "japanese_rd_affiliates", "CHN", 2000, 13,
                 source_id=KITAGAWA, period_note="FY"),
        observed("Kitagawa 2008 note 11", "japanese_rd_affiliates", "CHN", 2002, 28,
                 source_id=KITAGAWA, period_note="FY"),
        observed("Kitagawa 2008 note 8", "mnc_rd_centres", "CHN", 2005, 750, source_id=KITAGAWA),
        observed("Ernst section 2.1", "fie_share_exports", "CHN", 2005, 58, source_id=ERNST),
        observed("Ernst section 2.1", "fie_share_hightech_exports", "CHN", 2005, 88,
                 source_id=ERNST),
        observed("Ernst section 2.1", "taiwan_fie_share_pc_handset_exports", "CHN", 2005, 60,
                 source_id=ERNST),
        observed("Ernst section 2.1", "rank_offshore_rd_location", "CHN", 2004, 3,
                 source_id=ERNST),
        observed("Ernst section 2.1", "rank_offshore_rd_location", "IND", 2004, 6,
                 source_id=ERNST),
        observed("Ernst section 2.1", "rank_offshore_rd_location", "SGP", 2004, 9,
                 source_id=ERNST),
        observed("Ernst section 1", "rank_it_exporter", "CHN", 2000, 10, source_id=ERNST),
        observed("Ernst section 1", "rank_it_importer", "CHN", 2000, 7, source_id=ERNST),
        observed("Ernst section 2.3", "students_in_us_universities", "CHN", 2005, 61_000,
                 "at_least", source_id=ERNST),
        observed("Ernst note 23", "ic_design_research_centres", "CHN", 2007, 7, source_id=ERNST),
        observed("Ernst note 23", "mpw_service_centres", "CHN", 2007, 2, source_id=ERNST),
    ],
)  # fmt: skip
def test_a_figure_of_the_text(observations, cells, value):
    assert float(only(observations, cells)["value"]) == value


def test_ernst_note_23_names_the_seven_cities(observations):
    cities = {
        row["place_id"]
        for row in observations
        if row["indicator_id"] == "ic_design_research_centres" and row["place_id"] != "CHN"
    }
    assert cities == {"shanghai", "beijing", "suzhou", "wuxi", "hangzhou", "xian", "chengdu"}


def test_sales_of_2005_agree_with_the_monthly_data(observations):
    """Kitagawa's note 18 and the sum of the twelve months are the same figure."""
    sold = {"indicator_id": "semiconductor_billings", "place_id": "wsts_world", "year": "2005"}
    monthly = only(observations, sold | {"source_id": "wsts_hbr_2026"})
    assert float(monthly["value"]) == pytest.approx(227.5, abs=0.05)


@pytest.mark.parametrize(
    ("where", "cells", "amount"),
    [
        ("Mitsui METI plan, first amount",
         {"programme_id": "jp_meti_icp1", "year": "2002", "currency": "JPY", "headline": "false",
          "source_id": MITSUI}, 29_400),
        ("Mitsui METI plan, raised to",
         {"programme_id": "jp_meti_icp1", "year": "2002", "currency": "JPY", "headline": "true",
          "source_id": MITSUI}, 52_200),
        ("Mitsui METI plan, approved plans",
         {"programme_id": "jp_meti_icp1", "year": "2002", "measure": "projects",
          "source_id": MITSUI}, 19),
        ("Mitsui METI plan, firms",
         {"programme_id": "jp_meti_icp1", "year": "2002", "measure": "firms",
          "source_id": MITSUI}, 3_000),
        ("Mitsui MEXT scheme, regions",
         {"programme_id": "jp_mext_kci1", "year": "2003", "measure": "regions",
          "source_id": MITSUI}, 10),
        ("Kitagawa 2008 section 4, second stage 2007",
         {"programme_id": "jp_mext_kci2", "year": "2007", "measure": "regions",
          "source_id": KITAGAWA}, 6),
        ("Kitagawa 2008 note 15, second stage 2008",
         {"programme_id": "jp_mext_kci2", "year": "2008", "measure": "regions",
          "source_id": KITAGAWA}, 9),
        ("Kitagawa 2008 note 15, money for wider areas",
         {"programme_id": "jp_mext_kci2", "year": "2008", "currency": "JPY",
          "source_id": KITAGAWA, "qualifier": "at_least"}, 50),
        ("Kitagawa 2008 section 4, development centre in yen",
         {"programme_id": "jp_fukuoka_ssb", "year": "2004", "currency": "JPY",
          "source_id": KITAGAWA}, 3_500),
        ("Kitagawa 2008 section 4, development centre in dollars",
         {"programme_id": "jp_fukuoka_ssb", "year": "2004", "currency": "USD",
          "source_id": KITAGAWA}, 31.5),
        ("Kitagawa 2008 section 4, national money for Fukuoka",
         {"programme_id": "jp_fukuoka_ssb", "year": "2008", "currency": "JPY",
          "source_id": KITAGAWA, "qualifier": "at_least"}, 10_000),
        ("Kitagawa 2008 section 4, joint projects",
         {"programme_id": "jp_mext_kci2", "year": "2007", "measure": "projects",
          "source_id": KITAGAWA}, 20),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_amount_or_count_of_a_programme(funding, where, cells, amount):
    assert float(only(funding, cells)["amount"]) == amount


def test_approaches_are_those_of_kitagawa_section_4():
    stated = {
        row["programme_id"]: row["approach"]
        for row in read("programmes")
        if row["approach_basis"] == "source"
    }
    assert stated == {
        "jp_meti_icp1": "business",
        "jp_meti_icp2": "business",
        "jp_mext_kci1": "academic",
        "jp_mext_kci2": "academic",
    }


@pytest.mark.parametrize(
    ("industry", "industry_type"),
    [
        ("furniture", "traditional_manufacturing"),
        ("flowers", "natural_resource_based"),
        ("automotive", "complex_product_systems"),
        ("software", "specialised_suppliers"),
    ],
)
def test_types_of_the_four_cases_of_chaminade_and_vang_table_2(industry, industry_type):
    types = {row["industry"]: row["industry_type"] for row in read("industries")}
    assert types[industry] == industry_type


def test_bangalore_is_typed_by_chaminade_and_vang_2008():
    bangalore = only(read("places"), {"place_id": "bangalore"})
    assert bangalore["industry_type"] == "specialised_suppliers"
    assert bangalore["industry_type_basis"] == "source"


@pytest.mark.parametrize(
    ("cells", "year"),
    [
        ({"from_place_id": "kyushu", "kind": "summit", "year_start": "2003"}, "2003"),
        ({"from_place_id": "kyushu", "kind": "summit", "year_start": "2004"}, "2004"),
        ({"from_place_id": "kyushu", "to_external_name": "Fraunhofer IZM, Berlin"}, "2008"),
        ({"from_place_id": "kyushu", "to_external_name": "Fraunhofer ENAS, Chemnitz"}, "2008"),
        ({"from_place_id": "kyushu", "to_place_id": "silicon_glen"}, "2001"),
    ],
    ids=["summit 2003", "summit 2004", "Fraunhofer IZM", "Fraunhofer ENAS", "Alba Centre"],
)
def test_ties_of_kitagawa_section_4(cells, year):
    tie = only(read("links"), cells | {"source_id": KITAGAWA})
    assert tie["year_start"] == year


def test_ernst_note_23_does_not_say_since_when():
    centres = "National multi-project wafer service centre"
    ties = [row for row in read("links") if row["partner_from"] == centres]
    assert [(row["from_place_id"], row["year_start"]) for row in ties] == [
        ("shanghai", ""),
        ("beijing", ""),
    ]


def only(rows, cells):
    """The one row that has these cells."""
    found = [row for row in rows if all(row[name] == cell for name, cell in cells.items())]
    assert len(found) == 1, f"{len(found)} rows with {cells}"
    return found[0]
