"""Every collected value is in the tables, and what is doubtful about it is said by stated rules."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from dashboard.catalogue.cells import WHOLE_YEARS
from data.curation import caveats
from data.curation.collected import INPUTS
from data.curation.curation import Curation
from tests.data import coverage

DATA = Path(__file__).resolve().parents[2] / "data"

COLLECTED = {
    "sme/sme_indicators": 550,
    "hubs/hub_indicators": 773,
    "hubs/world_semiconductor": 844,
    "sme/cluster_indicators": 338,
}

SAME_UNIT = [
    {"firms", "enterprises", "producers"},
    {"plants", "fabs", "factories"},
    {"USD_mn", "USD million"},
    {"USD_bn", "USD billion"},
    {"JPY_bn", "JPY billion"},
    {"JPY_mn", "JPY million"},
    {"INR_crore", "INR crore"},
]
"""The folders of inputs spell some units in their own way."""

MOST_OF_100 = 1.5
"""Shares of R&D are printed with one decimal, and small parts are not always published."""

INCOMPLETE_SHARES = {("rd_funded", "CHN", year) for year in ("2017", "2019", "2021")}
"""China publishes no share of other domestic sources: the rest adds up to about 97."""


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def observations():
    return read("observations")


@pytest.fixture(scope="module")
def curation():
    return Curation()


def key_of(row: dict[str, str]) -> str:
    return ";".join(f"{column}={cell}" for column, cell in row.items() if cell)


@pytest.mark.parametrize("name", INPUTS)
def test_no_collected_row_is_lost(observations, curation, name):
    """Each row is an observation of its value, source and year, or is listed as left out."""
    rows = curation.rows(name)
    assert len(rows) == COLLECTED[name]
    left_out = {row["row"] for row in read("left_out") if row["input"] == name}
    held = Counter(
        (row["indicator_id"], row["year"], row["source_id"], float(row["value"]))
        for row in observations
    )
    lost = []
    for row in rows:
        if key_of(row) in left_out:
            continue
        indicator_id = curation.replaced(name, row).get("indicator_id") or row["indicator_id"]
        source_id = curation.sources.cite(name.split("/")[0], row["source_id"])
        key = (indicator_id, row["year"], source_id, float(row["value"]))
        held[key] -= 1
        if held[key] < 0:
            lost.append(row)
    assert lost == []
    assert left_out <= {key_of(row) for row in rows}


def test_only_what_may_not_or_cannot_be_shown_is_left_out():
    reasons = Counter(row["reason"].split(" (")[0] for row in read("left_out"))
    excluded = {
        reason: count for reason, count in reasons.items() if not reason.startswith("The same ")
    }
    assert excluded == {
        "The licence excludes commercial use": 109,
        "The source does not name the economy.": 1,
        "The upper end of a range: it stands as value_high beside its lower end.": 1,
    }


def test_no_source_forbids_commercial_use():
    forbidden = ("NC", "NonCommercial", "non-commercial", "noncommercial")
    assert [
        row["source_id"]
        for row in read("sources")
        if any(word in row["licence"].replace("-", " ").split() for word in forbidden)
        or any(word in row["licence"] + row["note"] for word in ("CC BY-NC", *forbidden[1:]))
    ] == []


def test_what_is_left_out_as_the_same_figure_stands_in_the_table(observations, curation):
    held = {(row["indicator_id"], row["source_id"], float(row["value"])) for row in observations}
    left_out = {row["row"]: row["reason"] for row in read("left_out")}
    repeated = [
        row
        for row in curation.rows("sme/cluster_indicators")
        if left_out.get(key_of(row))
        == "The same figure of the same source stands in the table already."
    ]
    assert len(repeated) > 80
    for row in repeated:
        replaced = curation.replaced("sme/cluster_indicators", row)
        indicator_id = replaced.get("indicator_id") or row["indicator_id"]
        source_id = curation.sources.cite("sme", row["source_id"])
        assert (indicator_id, source_id, float(row["value"])) in held, row


def test_an_indicator_has_one_unit_in_the_inputs(curation):
    units = defaultdict(set)
    left_out = {row["row"] for row in read("left_out")}
    indicators = {row["indicator_id"]: row for row in read("indicators")}
    for name in INPUTS:
        for row in curation.rows(name):
            if row["source_id"] == "cset_eto_2026":
                continue
            indicator_id = curation.replaced(name, row).get("indicator_id") or row["indicator_id"]
            if indicator_id in indicators and key_of(row) not in left_out:
                units[indicator_id].add(row["unit"])
    mixed = {
        name: found
        for name, found in units.items()
        if len(found) > 1 and not any(found <= same for same in SAME_UNIT)
    }
    assert mixed == {}
    percent = {name for name, found in units.items() if found == {"percent"}}
    assert {indicators[name]["unit_symbol"] for name in percent} == {"%"}
    assert "%" not in {indicators[name]["unit_symbol"] for name in set(units) - percent}


def found(observations, figure):
    """The one row of an indicator, place, year and value; "*" stands for any."""
    columns = ("indicator_id", "place_id", "year", "value")
    wanted = dict(zip(columns, figure.split(), strict=False))
    rows = [
        row
        for row in observations
        if all(cell in ("*", row[column]) for column, cell in wanted.items())
    ]
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("caveat", "figure"),
    [
        # The law changed: Taiwan in June 2020, India in July 2020; the count changed: Korea 2020.
        ("break_in_series", "sme_share_turnover TWN 2024"),
        ("break_in_series", "sme_share_turnover KOR 2020"),
        ("break_in_series", "hightech_exports_share HKG 2017"),
        ("break_in_series", "manufacturing_va_gdp IRL 2015"),
        ("break_in_series", "ic_industry_sales CHN 2011"),
        ("break_in_series", "sme_share_employment DEU 2021"),
        ("break_in_series", "sme_share_value_added SWE 2022"),
        ("splice", "rd_expenditure_gdp TWN 2005"),
        ("splice", "gdp_current_usd TWN 1990"),
        ("other_definition", "sme_share_turnover DEU 2018"),
        ("other_definition", "city_population bangalore"),
        ("other_definition", "sme_share_value_added THA * 4.7"),
        ("conflicting_sources", "ict_goods_exports_share SGP 2006"),
        ("conflicting_sources", "share_india_it_exports bangalore 2004 34"),
        ("press_only", "share_india_it_exports bangalore 2004 34"),
        ("estimate", "semiconductor_output TWN 2022"),
        ("forecast", "ic_design_output_forecast TWN 2025"),
        ("forecast", "planned_new_fabs gyeonggi"),
        ("part_year", "sme_share_exports KOR 2023"),
        ("fiscal_year", "sme_share_gdp IND 2022"),
    ],
)
def test_a_caveat_is_given_by_its_rule(observations, caveat, figure):
    row = found(observations, figure)
    assert caveat in row["caveats"].split(";"), row
    if caveat in ("break_in_series", "splice"):
        assert row["note"], "a break without a word of what changed"


@pytest.mark.parametrize(
    ("caveat", "figure"),
    [
        ("break_in_series", "hightech_exports_share HKG 2018"),
        ("break_in_series", "sme_share_turnover KOR 2021"),
        ("splice", "rd_expenditure_gdp KOR 2005"),
        # 130.86 and 130.9 are one value, printed once with two decimals and once with one.
        ("conflicting_sources", "semiconductor_exports_ict_basis KOR 2022 130.9"),
        ("forecast", "semiconductor_output TWN 2022"),
        ("press_only", "population KOR 2010"),
        ("fiscal_year", "population IND 2010"),
    ],
)
def test_a_caveat_is_not_given_where_its_rule_does_not_hold(observations, caveat, figure):
    assert caveat not in found(observations, figure)["caveats"].split(";")


@pytest.mark.parametrize("table", ["observations", "programme_funding"])
def test_caveats_are_listed_in_one_order_and_every_code_is_used(table):
    used = Counter()
    for row in read(table):
        codes = row["caveats"].split(";") if row["caveats"] else []
        assert codes == [code for code in caveats.ORDER if code in codes], row
        used.update(codes)
    series_only = {"break_in_series", "splice", "other_definition"}
    assert set(used) == set(caveats.ORDER) - (
        series_only if table == "programme_funding" else set()
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("97.9", "exact"), ("97.937", "exact"), True),
        (("99.71", "exact"), ("99.68", "exact"), False),
        (("48", "exact"), ("48.6", "exact"), False),
        (("1200", "approximate"), ("1240", "exact"), True),
        (("1200", "exact"), ("1240", "exact"), False),
        (("50", "at_least"), ("51.5", "exact"), True),
        (("39", "at_most"), ("41", "exact"), False),
        (("0", "approximate"), ("0.4", "exact"), True),
    ],
)
def test_figures_disagree_when_they_differ_by_more_than_rounding(one, other, same):
    rows = [{"value": value, "qualifier": qualifier} for value, qualifier in (one, other)]
    assert caveats.agree(*rows) is same
    assert caveats.agree(*reversed(rows)) is same


def test_a_range_agrees_with_what_lies_in_it():
    band = {"value": "10", "value_low": "10", "value_high": "15", "qualifier": "range"}
    assert caveats.agree(band, {"value": "14.8", "qualifier": "exact"})
    assert not caveats.agree(band, {"value": "16", "qualifier": "exact"})


def test_the_two_budgets_of_2002_say_why_they_differ():
    rows = {
        row["amount"]: row
        for row in read("programme_funding")
        if row["conflict_group"] == "C_ICP_2002"
    }
    assert set(rows) == {"29400", "52200"}
    for amount, row in rows.items():
        assert "conflicting_sources" in row["caveats"]
        assert "increase" in row["note"]
        assert next(other for other in rows if other != amount) in row["note"]


def test_whole_years_are_what_the_catalogue_draws():
    assert tuple(WHOLE_YEARS) == caveats.WHOLE_YEARS


def test_no_forecast_and_no_part_of_a_year_is_drawn(observations, catalogue):
    unfinished = [
        row for row in observations if {"forecast", "part_year"} & set(row["caveats"].split(";"))
    ]
    assert len(unfinished) > 300
    assert [row for row in unfinished if row["period_note"] in WHOLE_YEARS] == []
    for indicator_id in {row["indicator_id"] for row in unfinished}:
        drawn = catalogue.series(indicator_id)
        assert not drawn["caveats"].str.contains("forecast|part_year").any(), indicator_id


def test_a_row_without_a_year_says_so(observations):
    for row in observations:
        assert (row["year"] == "") == (row["year_basis"] == "unstated"), row
        assert row["year"] or row["period_note"].startswith(("undated", "around")), row
    assert sum(not row["year"] for row in observations) > 15


def test_india_counts_products_apart_from_firms(observations):
    by_product = [row for row in observations if row["indicator_id"] == "sme_product_share_exports"]
    assert {row["place_id"] for row in by_product} == {"IND"}
    assert {row["year"]: row["value"] for row in by_product}["2020"] == "49.35"
    by_firm = {
        (row["year"], row["scope"]): row["value"]
        for row in observations
        if row["indicator_id"] == "sme_share_exports" and row["place_id"] == "IND" and row["year"]
    }
    assert by_firm["2020", "manufacturing"] == "9.1"
    assert "49.35" not in by_firm.values()


def test_figures_of_documents_without_an_address_say_so(observations):
    nowhere = {
        row["source_id"]
        for row in read("sources")
        if not row["url"] and row["publisher_type"] not in ("seed", "calculation")
    }
    assert {"uen_2010_parks", "wang_2014_hsp", "moneydj_2015_parks"} <= nowhere
    rows = [row for row in observations if row["source_id"] in nowhere]
    assert len(rows) > 3
    assert [row for row in rows if "address of the document" not in row["note"]] == []


@pytest.mark.parametrize("family", ["rd_performed", "rd_funded"])
def test_shares_of_research_add_up_to_about_100(observations, family):
    shares = defaultdict(dict)
    for row in observations:
        if row["indicator_id"].startswith(f"{family}_"):
            key = (row["place_id"], row["year"], row["source_id"])
            shares[key][row["indicator_id"]] = float(row["value"])
    whole = {key: parts for key, parts in shares.items() if len(parts) >= 3}
    assert len(whole) > 20
    astray = {
        (family, *key[:2]): round(sum(parts.values()), 1)
        for key, parts in whole.items()
        if abs(sum(parts.values()) - 100) > MOST_OF_100
    }
    assert {key for key in astray if key not in INCOMPLETE_SHARES} == set(), astray


def test_every_indicator_says_how_its_values_were_obtained():
    for row in read("indicators"):
        assert row["method"].endswith("."), row["indicator_id"]


def test_a_concept_joins_at_least_two_indicators():
    concepts = Counter(row["concept"] for row in read("indicators") if row["concept"])
    assert [concept for concept, count in concepts.items() if count < 2] == []
    rival = {row["indicator_id"]: row["concept"] for row in read("indicators")}
    for one, other in (
        ("fdi_net_inflows_gdp", "fdi_inward_flow_gdp_unctad"),
        ("rd_expenditure_gdp", "gerd_gdp_oecd"),
        ("semiconductor_exports", "semiconductor_exports_ksia"),
        ("ic_industry_sales", "ic_industry_sales_unrevised"),
        ("wafer_capacity_share_ic_insights", "wafer_capacity_share_semi"),
        ("semiconductor_sales_share_by_headquarters", "ic_sales_share_by_headquarters"),
        ("sme_share_gdp", "sme_share_turnover"),
        ("sme_share_enterprises", "sme_share_establishments"),
        ("patents_resident", "patent_applications_total"),
        ("sme_share_exports", "sme_product_share_exports"),
    ):
        assert rival[one] == rival[other] != ""


def test_a_precedence_ranks_every_kind_of_publisher_once():
    ranks = defaultdict(dict)
    for row in read("precedence"):
        ranks[row["indicator_id"]][row["publisher_type"]] = int(row["rank"])
    kinds = {row["publisher_type"] for row in read("sources")}
    for indicator_id, order in ranks.items():
        assert kinds <= set(order), indicator_id
        assert sorted(order.values()) == list(range(1, len(order) + 1)), indicator_id
    order = sorted(ranks[""], key=ranks[""].get)
    stated = ["official_statistics", "international_organisation", "academic", "seed"]
    assert [kind for kind in order if kind in (*stated, "industry_association", "press")] == [
        *stated,
        "industry_association",
        "press",
    ]
    assert ranks["semiconductor_billings"]["industry_association"] == 1


def test_every_correction_gives_a_reason_and_changes_something():
    rows = read("corrections")
    assert len(rows) > 100
    for row in rows:
        assert row["reason"], row
        assert row["old"] != row["new"], row


def test_coverage_never_shrinks_without_a_word():
    """Fewer values than the baseline: restore them, or say in the change log why they went.

    `python -m tests.data.coverage` then writes the baseline anew.
    """
    now = coverage.counted()
    shrunk = {
        key: (now[key], row["values"])
        for key, row in coverage.baseline().items()
        if now[key] < int(row["values"])
    }
    assert shrunk == {}
    untold = [
        row
        for row in coverage.baseline().values()
        if int(row["values"]) < int(row["most"])
        and row["indicator_id"] not in coverage.sections()[row["since"]]
    ]
    assert untold == []
