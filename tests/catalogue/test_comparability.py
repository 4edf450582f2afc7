"""What is uncertain or not comparable is said by name, and what compares is kept."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.comparability import SPOKEN_OF, comparability
from dashboard.catalogue.comparable_part import only_comparable
from dashboard.catalogue.findings import SEVERITIES, Finding
from dashboard.catalogue.nearness import YEARS_APART


def texts(findings):
    return [finding.text for finding in findings]


def named(findings, code):
    return [finding for finding in findings if finding.code == code]


def grave(findings):
    return [finding.code for finding in findings if finding.severity == "not_comparable"]


def drawn(catalogue, *indicator_ids, places=None, first=None, last=None):
    rows = [catalogue.series(key, places, first, last) for key in indicator_ids]
    return pd.concat(rows, ignore_index=True)


def newest_of_each(rows):
    """The newest row of each indicator and place, as rankings of latest years draw them."""
    rows = rows.sort_values("year").groupby(["indicator_id", "place_id"]).tail(1)
    return rows.reset_index(drop=True)


@pytest.fixture(scope="session")
def said(catalogue):
    """What is said of rows of the data."""

    def judge(*indicator_ids, **which):
        return comparability(drawn(catalogue, *indicator_ids, **which), catalogue)

    return judge


CAVEATS = [{"caveat": key, "name": key.replace("_", " ").capitalize()} for key in SPOKEN_OF]
DEFINITIONS = [
    {"definition_id": "JPN_1999", "economy": "JPN", "max_employees": "300"},
    {"definition_id": "KOR_2003", "economy": "KOR", "max_employees": "300"},
    {"definition_id": "MYS_2005", "economy": "MYS", "max_employees": "150"},
    {"definition_id": "MYS_2013", "economy": "MYS", "max_employees": "200"},
    {"definition_id": "PHL_2008", "economy": "PHL", "max_employees": "199"},
    {"definition_id": "KOR_2015", "economy": "KOR", "max_turnover": "1.5e11", "currency": "KRW"},
    {"definition_id": "IDN_2021", "economy": "IDN", "max_capital": "1e7", "currency": "IDR"},
    {"definition_id": "LAO_X", "economy": "LAO"},
]
PLACES = {
    "JPN": "Japan",
    "KOR": "South Korea",
    "MYS": "Malaysia",
    "PHL": "Philippines",
    "IDN": "Indonesia",
    "LAO": "Laos",
}


@pytest.fixture(scope="session")
def small(small_tables):
    """Rows of changed cells, all that the catalogue holds of them, and the catalogue."""

    def make(*rows, indicators=({},)):
        catalogue = small_tables(
            observations=rows,
            caveats=[*CAVEATS, {"caveat": "new_doubt", "name": "A new doubt"}],
            definitions=DEFINITIONS,
            indicators=indicators,
            places=[
                {"place_id": key, "economy": key, "name": name} for key, name in PLACES.items()
            ],
            industries=[{}, {"industry": "automotive", "name": "Cars"}],
        )
        held = [catalogue.observations(key) for key in catalogue.indicators]
        return pd.concat(held, ignore_index=True), catalogue

    return make


@pytest.fixture(scope="session")
def judged(small):
    """What is said of rows of changed cells."""

    def judge(*rows, indicators=({},)):
        held, catalogue = small(*rows, indicators=indicators)
        return comparability(held, catalogue)

    return judge


@pytest.fixture(scope="session")
def parted(small):
    """What is kept of rows of changed cells, and what is left out."""

    def judge(*rows, indicators=({},)):
        held, catalogue = small(*rows, indicators=indicators)
        return only_comparable(held, catalogue)

    return judge


# --- Each kind of doubt, in small ----------------------------------------------------------------


def test_no_rows_need_no_caution(catalogue):
    rows = catalogue.series("rd_expenditure_gdp", [])
    assert comparability(rows, catalogue) == []
    assert only_comparable(rows, catalogue).rows.empty


def test_a_sound_comparison_needs_no_word(judged):
    assert judged({}, {"place_id": "KOR"}, {"year": "2004"}) == []


@pytest.mark.parametrize(
    ("column", "cells", "text"),
    [
        (
            "scope",
            ("all", "manufacturing"),
            "Not comparable: sectors differ (all industries: Japan; manufacturing: Malaysia).",
        ),
        (
            "industry",
            ("all", "automotive"),
            "Not comparable: industries differ (All industries: Japan; Cars: Malaysia).",
        ),
        (
            "firm_scale",
            ("sme", "micro"),
            "Not comparable: sizes of firm differ"
            " (small and medium firms: Japan; micro firms: Malaysia).",
        ),
    ],
)
def test_coverages_that_differ_are_not_comparable(judged, column, cells, text):
    rows = [{column: cells[0]}, {column: cells[1], "place_id": "MYS"}]
    assert judged(*rows) == [
        Finding("not_comparable", column, text, ("JPN", "MYS"), (2003,)),
    ]


def test_sectors_that_are_not_named_ask_for_care_beside_all_industries(judged):
    found = judged({}, {"place_id": "MYS", "scope": "unspecified", "year": "2004"})
    assert [(item.severity, item.code, item.places, item.years) for item in found] == [
        ("caution", "scope", ("MYS",), (2004,))
    ]
    [alone] = judged({"scope": "unspecified"})
    assert alone.severity == "note"
    assert "do not name the sectors" in alone.text


def test_one_narrow_coverage_is_a_note(judged):
    [found] = judged({"scope": "manufacturing"}, {"scope": "manufacturing", "place_id": "MYS"})
    assert (found.severity, found.text) == ("note", "Covers manufacturing only.")


def test_legal_limits_that_differ_are_not_comparable(judged):
    found = judged(
        {"definition_id": "JPN_1999"},
        {"definition_id": "MYS_2013", "place_id": "MYS", "year": "2005"},
        {"definition_id": "KOR_2015", "place_id": "KOR", "year": "2004"},
    )
    assert found == [
        Finding(
            "not_comparable",
            "sme_definition",
            "Not comparable: legal SME limits differ: Japan 300 employees;"
            " South Korea sales of 150 billion KRW; Malaysia 200 employees.",
            ("JPN", "KOR", "MYS"),
            (2003, 2004, 2005),
        )
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("JPN_1999", "KOR_2003"), ("MYS_2013", "PHL_2008")], ids=str
)
def test_laws_of_one_limit_are_a_note(judged, one, other):
    # "Up to 199" and "fewer than 200" are one limit.
    rows = [{"definition_id": key, "place_id": key[:3]} for key in (one, other)]
    [found] = judged(*rows)
    assert (found.severity, found.code) == ("note", "sme_definition")
    assert found.text.startswith("Each figure follows the law of its economy")


def test_limits_of_capital_and_limits_that_are_not_given_are_told_apart(judged):
    rows = [{"definition_id": key, "place_id": key[:3]} for key in ("IDN_2021", "LAO_X")]
    [found] = judged(*rows)
    assert "Indonesia capital of 10 million IDR; Laos limits the source does not give" in found.text


def test_a_limit_that_changes_within_a_line_asks_for_care(judged):
    [found] = judged(
        {"place_id": "MYS", "definition_id": "MYS_2005", "year": "2010"},
        {"place_id": "MYS", "definition_id": "MYS_2013", "year": "2014"},
    )
    assert (found.severity, found.code, found.years) == ("caution", "sme_definition", (2010, 2014))
    assert found.text == (
        "The legal SME limits change within Malaysia: 150 employees 2010,"
        " then 200 employees 2014; these are two series."
    )


def test_a_definition_that_is_not_named_asks_for_care_where_others_are(judged):
    found = judged({"definition_id": "JPN_1999"}, {"place_id": "MYS", "year": "2005"})
    assert texts(found) == [
        "The source does not say which SME definition it follows: Malaysia 2005."
    ]
    assert judged({}, {"place_id": "MYS"}) == []


def test_a_ranking_of_years_far_apart_is_not_comparable(judged):
    [found] = judged(
        {"year": "2022"}, {"place_id": "KOR", "year": "2020"}, {"place_id": "MYS", "year": "2003"}
    )
    assert found == Finding(
        "not_comparable",
        "years_apart",
        "Not comparable: years lie more than 3 apart:"
        " Malaysia 2003 against Japan 2022, South Korea 2020.",
        ("MYS", "JPN", "KOR"),
        (2003, 2020, 2022),
    )


@pytest.mark.parametrize(("years", "is_said"), [((2003, 2006), False), ((2003, 2007), True)])
def test_three_years_apart_still_compare(judged, years, is_said):
    rows = [{"place_id": key, "year": str(at)} for key, at in zip(PLACES, years, strict=False)]
    assert bool(judged(*rows)) is is_said


def test_lines_that_never_come_near_each_other_ask_for_care(judged):
    early = [{"year": str(year)} for year in range(1990, 1996)]
    late = [{"place_id": "MYS", "year": str(year)} for year in range(2000, 2006)]
    [found] = judged(*early, *late)
    assert (found.severity, found.code) == ("caution", "years_apart")
    assert found.text.startswith("Years lie more than 3 apart")
    # A place between them is near to both, and is not named.
    between = [{"place_id": "KOR", "year": str(year)} for year in range(1994, 2003)]
    [found] = judged(*early, *late, *between)
    assert set(found.places) == {"JPN", "MYS"}


def test_indicators_of_one_place_of_years_far_apart_ask_for_care(judged):
    indicators = [{}, {"indicator_id": "rate", "short_name": "Rate"}]
    rows = [{"year": "2003"}, {"indicator_id": "rate", "year": "2022"}]
    [found] = judged(*rows, indicators=indicators)
    assert (found.severity, found.code, found.years) == (
        "caution",
        "years_of_indicators",
        (2003, 2022),
    )
    assert "Japan (Rate 2022, Share 2003)" in found.text or "Share 2003, Rate 2022" in found.text
    assert judged({}, {"indicator_id": "rate", "year": "2005"}, indicators=indicators) == []


def test_two_counts_of_one_concept_are_not_comparable(judged):
    indicators = [
        {"concept": "fdi_inflow"},
        {"indicator_id": "rate", "name": "Another count", "concept": "fdi_inflow"},
        {"indicator_id": "level", "name": "A level", "concept": "stock"},
    ]
    [found] = judged({}, {"indicator_id": "rate", "year": "2004"}, indicators=indicators)
    assert (found.severity, found.code) == ("not_comparable", "concept")
    assert "A share (Japan 2003)" in found.text
    assert "Another count (Japan 2004)" in found.text
    assert judged({}, {"indicator_id": "level"}, indicators=indicators) == []


def test_a_break_is_said_where_an_earlier_year_is_drawn(judged):
    broken = {"year": "2011", "caveats": "break_in_series"}
    assert judged(broken, {"year": "2012"}) == []
    [found] = judged({"year": "2010"}, broken, {"place_id": "MYS", "year": "2010"})
    assert (found.severity, found.code, found.places, found.years) == (
        "caution",
        "break",
        ("JPN",),
        (2011,),
    )
    assert found.text == (
        "Break in the series, not to be compared with the years before: Japan 2011."
    )


def test_a_joined_series_asks_for_care_in_a_line_and_is_a_note_in_a_ranking(judged):
    joined = [{"year": "2010", "caveats": "splice"}, {"year": "2011", "caveats": "splice"}]
    [found] = judged(*joined)
    assert (found.severity, found.code) == ("caution", "splice")
    assert found.text.endswith("small changes: Japan 2010–2011.")
    assert judged(joined[0])[0].severity == "note"


def test_fiscal_years_against_calendar_years_ask_for_care(judged):
    fiscal = {"place_id": "MYS", "period_note": "FY"}
    [found] = judged({}, fiscal)
    assert (found.severity, found.code, found.places) == ("caution", "fiscal_years", ("MYS",))
    assert "against calendar years of the others: Malaysia" in found.text
    [alone] = judged(fiscal)
    assert alone.severity == "note"
    assert "against" not in alone.text


def test_a_fiscal_year_that_only_the_caveat_names_counts(judged):
    assert judged({}, {"place_id": "MYS", "caveats": "fiscal_year"})[0].code == "fiscal_years"


@pytest.mark.parametrize(
    ("changes", "severity", "code", "text"),
    [
        ({"caveats": "forecast"}, "caution", "forecast", "Forecasts: Malaysia 2003."),
        ({"caveats": "part_year"}, "caution", "part_year", "Not whole years: Malaysia 2003."),
        ({"period_note": "to June"}, "caution", "part_year", "Not whole years: Malaysia 2003."),
        ({"caveats": "estimate"}, "caution", "estimate", "Estimates: Malaysia 2003."),
        (
            {"caveats": "other_definition"},
            "caution",
            "other_definition",
            "Counted by another definition than the other values: Malaysia 2003.",
        ),
        (
            {"caveats": "conflicting_sources"},
            "caution",
            "conflicting_sources",
            "Other sources give another figure: Malaysia 2003.",
        ),
        (
            {"year_basis": "publication"},
            "caution",
            "year_of_publication",
            "The source gives no year for the data; the year of publication stands instead:"
            " Malaysia 2003.",
        ),
        (
            {"year": "", "year_basis": "unstated"},
            "caution",
            "undated",
            "The source gives no year: Malaysia.",
        ),
        (
            {"qualifier": "at_least"},
            "caution",
            "bounds",
            "At least this much against exact values: Malaysia 2003.",
        ),
        (
            {"qualifier": "at_most"},
            "caution",
            "bounds",
            "At most this much against exact values: Malaysia 2003.",
        ),
        (
            {"qualifier": "range", "value_low": "60", "value_high": "80"},
            "caution",
            "bounds",
            "Between two values; the bar or point is the lower: Malaysia 2003.",
        ),
        (
            {"qualifier": "approximate"},
            "note",
            "approximate",
            "Approximate against exact values: Malaysia 2003.",
        ),
        (
            {"caveats": "press_only"},
            "note",
            "press_only",
            "Known from the press only: Malaysia 2003.",
        ),
        ({"caveats": "new_doubt"}, "note", "caveat", "A new doubt: Malaysia 2003."),
    ],
    ids=str,
)
def test_each_doubt_names_place_and_year(judged, changes, severity, code, text):
    years = () if "year" in changes else (2003,)
    assert judged({}, {"place_id": "MYS"} | changes) == [
        Finding(severity, code, text, ("MYS",), years)
    ]


def test_one_row_may_carry_several_doubts(judged):
    found = judged({"caveats": "estimate;press_only", "qualifier": "approximate"})
    assert [item.code for item in found] == ["estimate", "approximate", "press_only"]


def test_places_of_one_name_are_told_apart(small_tables):
    catalogue = small_tables(
        observations=[{}, {"place_id": "tokyo", "qualifier": "approximate"}],
        places=[{}, {"place_id": "tokyo", "kind": "hub"}],
    )
    [found] = comparability(catalogue.series("share"), catalogue)
    assert found.text == "Approximate against exact values: Japan (hub) 2003."


# --- Keep only what compares ----------------------------------------------------------------------


def test_what_compares_is_kept_whole(small):
    rows, catalogue = small({}, {"place_id": "MYS", "year": "2005"})
    kept = only_comparable(rows, catalogue)
    pd.testing.assert_frame_equal(kept.rows, rows)
    assert kept.dropped == ()


def test_most_places_are_kept_and_the_others_named(parted):
    kept = parted(
        {},
        {"place_id": "KOR"},
        {"place_id": "MYS", "scope": "manufacturing"},
        {"place_id": "PHL", "scope": "manufacturing", "year": "2004"},
        {"place_id": "IDN"},
    )
    assert set(kept.rows["place_id"]) == {"JPN", "KOR", "IDN"}
    assert kept.dropped == (
        Finding(
            "missing",
            "scope",
            "Left out, covers manufacturing: Malaysia 2003, Philippines 2004.",
            ("MYS", "PHL"),
            (2003, 2004),
        ),
    )


def test_the_law_that_most_places_share_is_kept_and_rows_that_name_none_are_not(parted):
    kept = parted(
        {"definition_id": "JPN_1999"},
        {"place_id": "KOR", "definition_id": "KOR_2003"},
        {"place_id": "MYS", "definition_id": "MYS_2005"},
        {"place_id": "IDN"},
    )
    assert set(kept.rows["place_id"]) == {"JPN", "KOR"}
    assert {item.code: item.text for item in kept.dropped} == {
        "sme_definition": "Left out, other legal SME limits (150 employees): Malaysia 2003.",
        "sme_definition_unstated": "Left out, legal SME definition not named: Indonesia 2003.",
    }


def test_the_years_that_most_places_share_are_kept_in_a_ranking(parted):
    years = {"JPN": "2003", "KOR": "2022", "MYS": "2020", "PHL": "2004", "IDN": "2019"}
    kept = parted(*({"place_id": key, "year": year} for key, year in years.items()))
    assert set(kept.rows["place_id"]) == {"KOR", "MYS", "IDN"}
    assert texts(kept.dropped) == [
        "Left out, more than 3 years from the others: Japan 2003, Philippines 2004."
    ]


def test_one_count_of_a_concept_is_kept(parted):
    indicators = [
        {"concept": "fdi_inflow"},
        {"indicator_id": "rate", "name": "Another count", "concept": "fdi_inflow"},
    ]
    kept = parted(
        {}, {"place_id": "KOR"}, {"indicator_id": "rate", "year": "2004"}, indicators=indicators
    )
    assert set(kept.rows["indicator_id"]) == {"share"}
    assert texts(kept.dropped) == ["Left out, counted otherwise (Another count): Japan 2004."]


@pytest.fixture(scope="session")
def two_counts(small):
    """A row to be changed, and a catalogue of two indicators that count one thing."""
    indicators = [{"concept": "one"}, {"indicator_id": "rate", "concept": "one"}]
    return small({}, indicators=indicators)


@settings(max_examples=40)
@given(
    cells=st.lists(
        st.tuples(
            st.sampled_from(list(PLACES)),
            st.integers(2000, 2012),
            st.sampled_from(["all", "unspecified", "manufacturing", "services"]),
            st.sampled_from(["", "JPN_1999", "KOR_2003", "MYS_2013", "PHL_2008", "KOR_2015"]),
            st.sampled_from(["share", "rate"]),
        ),
        min_size=1,
        max_size=12,
        unique_by=lambda row: row[:2] + row[4:],
    )
)
def test_what_is_kept_always_compares_and_nothing_is_lost(two_counts, cells):
    template, catalogue = two_counts
    columns = ["place_id", "year", "scope", "definition_id", "indicator_id"]
    rows = pd.concat([template] * len(cells), ignore_index=True)
    rows[columns] = pd.DataFrame(cells, columns=columns).astype(template[columns].dtypes)
    rows["place_name"] = rows["place_id"].map(PLACES).astype("str")
    rows["value"] = [float(number) for number in range(len(rows))]
    kept = only_comparable(rows, catalogue)
    assert len(kept.rows) > 0
    assert not grave(comparability(kept.rows, catalogue))
    # Each row is either kept, in its order, or its place is named as left out.
    assert kept.rows["value"].is_monotonic_increasing
    places = set(kept.rows["place_id"]) | {key for item in kept.dropped for key in item.places}
    assert places == set(rows["place_id"])
    assert (len(kept.rows) == len(rows)) == (not kept.dropped)


# --- Real cases of the data -----------------------------------------------------------------------


def test_sme_jobs_of_japan_korea_and_malaysia_follow_three_laws(catalogue, said):
    [found] = named(said("sme_share_employment", places=["JPN", "KOR", "MYS"]), "sme_definition")
    assert found.severity == "not_comparable"
    assert set(found.places) == {"JPN", "KOR", "MYS"}
    assert found.text == (
        "Not comparable: legal SME limits differ: Japan 300 employees;"
        " South Korea sales of 150 billion KRW; Malaysia 200 employees."
    )
    rows = drawn(catalogue, "sme_share_employment", places=["JPN", "KOR", "MYS"])
    kept = only_comparable(rows, catalogue)
    assert kept.rows["place_id"].nunique() == 1
    assert {key for item in kept.dropped for key in item.places} >= {"JPN", "MYS"}


def test_malaysia_and_singapore_share_a_limit_of_200_employees(said):
    found = said("sme_share_employment", places=["MYS", "SGP", "TWN"], first=2014)
    assert "sme_definition" not in grave(found)
    assert any("200 employees" in text for text in texts(found))


def test_members_of_the_european_union_follow_one_definition(said):
    found = said("sme_share_employment", places=["SWE", "IRL"])
    assert not grave(found)


def test_thai_manufacturing_is_not_comparable_with_all_industries(catalogue):
    indicator_id = "sme_share_enterprises"
    held = catalogue.observations(indicator_id)
    narrow = held[(held["place_id"] == "TWN") & (held["scope"] == "manufacturing")]
    rows = pd.concat([narrow, catalogue.series(indicator_id, ["JPN"])], ignore_index=True)
    [found] = named(comparability(rows, catalogue), "scope")
    assert found.severity == "not_comparable"
    assert "manufacturing: Taiwan" in found.text
    assert "all industries: Japan" in found.text


def test_world_bank_and_unctad_count_the_investment_in_china_in_two_ways(catalogue, said):
    both = ("fdi_net_inflows_gdp", "fdi_inward_flow_gdp_unctad")
    [found] = named(said(*both, places=["CHN"]), "concept")
    assert found.severity == "not_comparable"
    assert "UNCTAD" in found.text
    assert "China" in found.text
    assert found.places == ("CHN",)
    assert not grave(said(both[0], places=["CHN", "JPN"]))
    kept = only_comparable(drawn(catalogue, *both, places=["CHN"]), catalogue)
    assert kept.rows["indicator_id"].nunique() == 1


def test_korean_chip_exports_come_in_three_counts(said):
    counts = (
        "semiconductor_exports",
        "semiconductor_exports_ict_basis",
        "semiconductor_exports_ksia",
    )
    [found] = named(said(*counts, places=["KOR"]), "concept")
    assert found.severity == "not_comparable"
    assert "industry association" in found.text
    assert "concept" not in grave(said(counts[0], places=["KOR"]))


def test_chinese_ic_sales_before_and_after_the_revision_of_2011_do_not_join(said):
    [found] = named(said("ic_industry_sales", "ic_industry_sales_unrevised"), "concept")
    assert found.severity == "not_comparable"
    assert 2011 in found.years
    assert "before the 2012 revision" in found.text


def test_indian_fiscal_years_stand_against_japanese_calendar_years(said):
    [found] = named(said("sme_share_gdp", places=["IND", "JPN", "IDN"]), "fiscal_years")
    assert found.severity == "caution"
    assert "against calendar years of the others: India" in found.text


def test_software_exports_of_bangalore_are_all_of_fiscal_years(said):
    [found] = named(said("software_exports_inr_crore", places=["bangalore"]), "fiscal_years")
    assert "by the year they start in" in found.text


def test_research_spending_of_taiwan_is_joined_from_several_publications(said):
    [found] = named(said("rd_expenditure_gdp", places=["TWN", "JPN", "KOR"]), "splice")
    assert (found.severity, found.places) == ("caution", ("TWN",))


def test_taiwanese_sales_shares_break_with_the_definition_of_2020(said):
    found = named(said("sme_share_turnover", places=["TWN"]), "break")
    assert found, "the wider definition of 2020 is a break"
    assert found[0].places == ("TWN",)
    assert min(found[0].years) >= 2020


def test_an_old_indian_figure_does_not_rank_with_new_ones(catalogue):
    rows = newest_of_each(drawn(catalogue, "sme_share_employment"))
    [found] = named(comparability(rows, catalogue), "years_apart")
    assert found.severity == "not_comparable"
    assert "India 2003" in found.text
    kept = only_comparable(rows, catalogue)
    assert "IND" not in set(kept.rows["place_id"])
    assert kept.rows["year"].max() - kept.rows["year"].min() <= YEARS_APART


def test_research_spending_of_one_year_may_be_ranked(said):
    found = said("rd_expenditure_gdp", places=["JPN", "KOR", "SGP", "CHN"], first=2015, last=2015)
    assert not grave(found)


def test_sme_jobs_of_korea_in_2017_are_disputed(said):
    [found] = named(said("sme_share_employment", places=["KOR"]), "conflicting_sources")
    assert found.places == ("KOR",)
    assert 2017 in found.years


def test_rounded_figures_of_another_source_are_no_dispute(said):
    found = named(said("semiconductor_billings", places=["wsts_world"]), "conflicting_sources")
    assert all(2005 not in item.years for item in found)


@pytest.mark.parametrize(
    ("place", "year", "text"),
    [
        ("TWN", 2016, "Approximate: Taiwan 2016."),
        ("JPN", 2023, "At least this much: Japan 2023."),
        ("CHN", 2012, "At most this much: China 2012."),
    ],
)
def test_how_firm_a_value_is_is_said(said, place, year, text):
    assert text in texts(said("sme_share_employment", places=[place], first=year, last=year))


def test_a_band_of_years_is_a_range_and_not_a_year(catalogue):
    held = catalogue.observations("sme_share_enterprises", ["TWN"], 2005, 2005)
    found = comparability(held[held["qualifier"] == "range"], catalogue)
    assert {"bounds", "part_year"} <= {item.code for item in found}
    assert catalogue.series("sme_share_enterprises", ["TWN"], 2005, 2005).empty


def test_years_in_a_row_are_written_as_a_run(said):
    [found] = named(said("sme_share_employment", places=["KOR"]), "press_only")
    assert "2019–2023" in found.text


def test_the_notes_of_the_indicators_come_last(catalogue, said):
    for indicator_id in ("rd_expenditure_gdp", "sme_share_employment"):
        note = catalogue.indicator(indicator_id).comparability_note
        assert said(indicator_id)[-1] == Finding("note", "indicator_note", note)


def test_long_lists_are_cut_and_counted(said):
    assert " more." in " ".join(texts(said("sme_share_employment")))


def test_every_indicator_can_be_judged_in_whole_sentences(catalogue, every_series):
    for indicator_id, rows in every_series.groupby("indicator_id"):
        found = comparability(rows, catalogue)
        order = [SEVERITIES.index(item.severity) for item in found]
        assert order == sorted(order)
        for item in found:
            assert item.text.rstrip().endswith("."), (indicator_id, item.text)
            assert "nan" not in item.text.lower().split(), (indicator_id, item.text)
            assert "<NA>" not in item.text, (indicator_id, item.text)
            assert set(item.places) <= set(rows["place_id"])
            assert set(item.years) <= set(rows["year"])


def test_what_is_kept_of_a_ranking_of_any_indicator_compares(catalogue, every_series):
    parted = 0
    for _, rows in newest_of_each(every_series).groupby("indicator_id"):
        kept = only_comparable(rows, catalogue)
        if kept.dropped:
            assert not grave(comparability(kept.rows, catalogue))
            parted += 1
    assert parted > 10


def test_what_is_kept_of_all_ways_to_count_one_thing_compares(catalogue):
    concepts = {}
    for item in catalogue.indicators.values():
        if item.concept and item.topic in ("sme", "fdi"):
            concepts.setdefault(item.concept, []).append(item.indicator_id)
    assert len(concepts) > 5
    for indicator_ids in concepts.values():
        kept = only_comparable(drawn(catalogue, *indicator_ids), catalogue)
        assert not grave(comparability(kept.rows, catalogue))
        assert kept.rows["indicator_id"].nunique() == 1
