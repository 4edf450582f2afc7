"""Figures of the five papers the atlas grew from, as printed there, found in the tables."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def observations():
    return read("observations")


CHAMINADE_VANG_2006 = "seed_chaminade_vang_2006"
KITAGAWA = "seed_kitagawa_2008"

TABLES = ("table 1", "table 2", "table I")

with (Path(__file__).parent / "seed_facts.csv").open(encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file))
"""What a reader of the papers noted, figure by figure, without looking at the tables.

`key` holds the cells that name the row (place and year among them), `paper` its source. A text
between dots is to be found in the cell; anything else is the whole cell.
"""


def cells_of(fact):
    """The cells that name the row of a fact."""
    return dict(part.split("=", 1) for part in fact["key"].split(";")) | {
        "source_id": fact["paper"]
    }


def agrees(cell, expected):
    """Whether a cell says what the paper says."""
    if expected.startswith("..."):
        return expected.strip(".").lower() in cell.lower()
    try:
        return float(cell) == float(expected)
    except ValueError:
        return cell == expected


def each_fact():
    return pytest.mark.parametrize(
        "fact",
        [
            pytest.param(fact, id=f"{fact['paper']} {fact['section']}: {fact['fact']}")
            for fact in FACTS
        ],
    )


@pytest.fixture(scope="module")
def tables():
    return {name: read(name) for name in {fact["table"] for fact in FACTS}}


@pytest.fixture(scope="module")
def of_paper(tables):
    """Rows by their table and source: a paper has some of thousands, and each fact is looked up."""
    found = defaultdict(list)
    for name, rows in tables.items():
        for row in rows:
            found[name, row["source_id"]].append(row)
    return found


@each_fact()
def test_a_fact_of_the_papers(of_paper, fact):
    # A figure collected twice from one paper must be the same figure.
    rows = all_with(of_paper[fact["table"], fact["paper"]], cells_of(fact))
    assert rows, f"no row with {cells_of(fact)}"
    for row in rows:
        assert agrees(row[fact["column"]], fact["expected"]), row[fact["column"]]
        assert row["locator"].lower().startswith(fact["locator"].lower()), row["locator"]


@each_fact()
def test_a_changed_value_would_be_noticed(of_paper, fact):
    cell = all_with(of_paper[fact["table"], fact["paper"]], cells_of(fact))[0][fact["column"]]
    changed = cell.translate(str.maketrans("0123456789aeiou", "1234567890eioua"))
    assert changed != cell
    assert not agrees(changed, fact["expected"])


def test_the_facts_cover_the_four_tables_and_the_text_of_all_papers():
    in_tables = [fact for fact in FACTS if fact["section"] in TABLES]
    # 19 shares and 42 of sectors; five rows and four rows of four cases; 27 cells.
    assert len(in_tables) == 19 + 42 + 5 * 4 + 4 * 4 + 27
    in_text = Counter(fact["paper"] for fact in FACTS if fact["section"] not in TABLES)
    assert in_text.total() >= 80
    assert len(in_text) == 5
    assert min(in_text.values()) >= 15
    assert len(
        {(fact["table"], fact["key"], fact["column"], fact["expected"]) for fact in FACTS}
    ) > (len(FACTS) - 5)


def test_table_1_prints_no_years(observations, tables):
    """The rows must not claim to know the year of the data."""
    rows = [
        row
        for row in (*observations, *tables["manufacturing_sectors"])
        if row["source_id"] == CHAMINADE_VANG_2006 and row["locator"].startswith("Table 1")
    ]
    assert len(rows) == 19 + 21
    assert {row["year_basis"] for row in rows} == {"publication"}


def test_table_1_has_no_figure_for_china(observations):
    assert not [
        row
        for row in observations
        if row["source_id"] == CHAMINADE_VANG_2006 and row["place_id"] == "CHN"
    ]


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


def all_with(rows, cells):
    """The rows that have these cells."""
    return [row for row in rows if all(row[name] == cell for name, cell in cells.items())]


def only(rows, cells):
    """The one row that has these cells."""
    found = all_with(rows, cells)
    assert len(found) == 1, f"{len(found)} rows with {cells}"
    return found[0]
