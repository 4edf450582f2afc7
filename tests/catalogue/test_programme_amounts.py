"""Programmes under filters, and the period that each amount is of."""

import pandas as pd
import pytest

from dashboard.catalogue.programme_amounts import (
    MONEY_GROUPS,
    Span,
    amounts,
    drawn_of_years,
    eastern_economies,
    kind_of,
    newest,
    newest_counts,
    programmes_shown,
    span_of,
    sponsor_name,
    totals,
    years_without,
)
from dashboard.catalogue.selection import Selection


@pytest.fixture(scope="session")
def held(catalogue):
    """Amounts of money of some programmes of the real data; of all where none is named."""

    def of(*programme_ids, groups=("public_money",)):
        ids = list(programme_ids) or list(catalogue.table("programmes")["programme_id"])
        return amounts(catalogue, ids, groups)

    return of


PROGRAMME = {"start_year": 2011, "end_year": 2015}


def row(period_note, year=2011, period_type="multi_year", place_id=""):
    return {
        "period_note": period_note,
        "year": year,
        "period_type": period_type,
        "place_id": place_id,
    }


@pytest.mark.parametrize(
    ("words", "year", "span"),
    [
        ("multi-year total 2016-2020", 2016, Span(2016, 2020)),
        ("multi-year total FY2005-2008, development type", 2005, Span(2005, 2008)),
        ("multi-year total to FY2030", 2024, Span(2024, 2030)),
        ("water supply to 2034", 2024, Span(2024, 2034)),
        ("multi-year total, last five years to 2008", 2008, Span(2004, 2008)),
        ("multi-year total over ten years", 2023, Span(2023, 2032)),
        ("AI Subsidy Scheme, three years", 2024, Span(2024, 2026)),
        # An upper limit, an assessment and a round of a competition are no period.
        ("up to five years, internationalisation", 2016, None),
        ("ten-year assessment", 2009, None),
        ("three rounds", 2012, None),
    ],
)
def test_the_years_of_a_total_are_those_its_source_words(words, year, span):
    assert span_of(row(words, year), PROGRAMME) == span


def test_a_total_that_begins_with_its_programme_takes_its_years_and_says_so():
    assert span_of(row("total raised"), PROGRAMME) == Span(2011, 2015, is_stated=False)
    assert span_of(row("total raised", 2012), PROGRAMME) is None
    assert span_of(row("total raised", place_id="jp_chip_chitose"), PROGRAMME) is None
    assert span_of(row("total raised"), {"start_year": 2011, "end_year": pd.NA}) is None


def test_a_sum_up_to_a_year_has_no_years_unless_its_source_gives_both():
    assert span_of(row("cumulative to 2017", 2017, "cumulative"), PROGRAMME) is None
    assert span_of(row("cumulative 2005-2009", 2009, "cumulative"), PROGRAMME) == Span(2005, 2009)


def test_an_amount_of_one_year_is_never_one_of_several(held):
    rows = held(groups=MONEY_GROUPS)
    assert set(rows["kind"]) == {"year", "years", "decision", "each", "undated"}
    assert rows.loc[rows["kind"] != "years", ["first", "last"]].isna().all(axis=None)
    spans = rows[rows["first"].notna()]
    assert (spans["first"] <= spans["last"]).all()
    # A year that a total is listed under is one of its years.
    assert ((spans["first"] <= spans["year"]) & (spans["year"] <= spans["last"])).all()


def test_an_amount_for_each_region_is_no_amount_of_the_year(held):
    rows = held("jp_mext_kci1")
    each = rows[rows["period_note"].str.startswith("per ")]
    assert set(each["kind"]) == {"each"}
    assert not set(each["funding_id"]) & set(drawn_of_years(rows)["funding_id"])
    assert kind_of(row("per region and year", period_type="per_unit")) == "each"


def test_the_two_amounts_of_meti_for_2002_stand_beside_each_other(held):
    drawn = drawn_of_years(held("jp_meti_icp1"))
    both = drawn[drawn["year"] == 2002].set_index("amount")["is_rival"].to_dict()
    assert both == {29_400: True, 52_200: False}
    # Of 2005 the parts are left to the table.
    assert list(drawn.loc[drawn["year"] == 2005, "amount"]) == [46_500]


def test_drawn_amounts_are_rows_of_the_table_as_they_are(held):
    """Neither a total of several years among the years, nor a sum of any rows."""
    rows = held(groups=MONEY_GROUPS)
    printed = rows.set_index("funding_id")["amount"]
    for made in (drawn_of_years(rows), newest(rows), totals(rows)):
        assert made["funding_id"].is_unique
        assert (made["amount"] == made["funding_id"].map(printed)).all()
    assert set(drawn_of_years(rows)["kind"]) == {"year"}
    assert set(totals(rows)["kind"]) == {"years", "decision"}


def test_of_a_conflict_one_row_at_most_is_drawn_as_the_amount(held):
    rows = held(groups=MONEY_GROUPS)
    for made in (newest(rows), totals(rows)):
        groups = made.loc[made["conflict_group"] != "", "conflict_group"]
        assert groups.is_unique
    drawn = drawn_of_years(rows)
    chosen = drawn[~drawn["is_rival"] & (drawn["conflict_group"] != "")]
    assert chosen["conflict_group"].is_unique


def test_the_newest_amount_is_of_the_whole_programme_where_there_is_one(held):
    rows = newest(held("kr_iccp", "jp_mext_kci1", "jp_mext_kci2"))
    newest_of = rows.set_index("programme_id")
    assert newest_of.loc["kr_iccp", "year"] == 2015
    assert newest_of.loc["jp_mext_kci1", "amount"] == 1_600
    assert newest_of.loc["jp_mext_kci2", "place_id"] == "jp_kci2_nagano"


def test_years_without_an_amount_are_gaps(held):
    rows = held("jp_mext_kci1")
    assert years_without(rows, 2002, 2008) == [2007]


def test_every_measure_that_is_counted_has_its_newest_row(held):
    rows = held(groups=("participation",))
    found = newest_counts(rows)
    dated = rows[rows["year"].notna()]
    assert len(found) == len(dated.drop_duplicates(["programme_id", "measure", "currency"]))
    firms = found[(found["programme_id"] == "jp_meti_icp1") & (found["measure"] == "firms")]
    assert list(firms["amount"]) == [5_800]


def test_all_programmes_pass_without_a_filter(catalogue):
    assert len(programmes_shown(catalogue, Selection())) == 71


@pytest.mark.parametrize(
    ("wishes", "kept", "left"),
    [
        ({"places": ("JPN",)}, "jp_mext_kci1", "tw_parks"),
        ({"approach": ("academic",)}, "jp_mext_kci1", "jp_meti_icp1"),
        ({"governance_scale": ("transnational",)}, "jp_fukuoka_ssb", "jp_meti_icp1"),
        ({"last_year": 2000}, "tw_parks", "jp_meti_icp1"),
        ({"first_year": 2011}, "jp_meti_icp3", "jp_meti_icp2"),
        ({"industry_type": ("traditional_manufacturing",)}, "jp_meti_icp1", "us_chips"),
    ],
)
def test_a_filter_keeps_and_leaves_what_its_name_says(catalogue, wishes, kept, left):
    ids = set(programmes_shown(catalogue, Selection(**wishes))["programme_id"])
    assert kept in ids
    assert left not in ids


def test_a_programme_without_years_is_not_filtered_out_by_years(catalogue):
    ids = programmes_shown(catalogue, Selection(first_year=2020))["programme_id"]
    assert "tw_itri" in set(ids)


def test_one_sponsor_has_one_name(catalogue):
    assert sponsor_name("METI (Ministry of Economy, Trade and Industry)") == "METI"
    names = programmes_shown(catalogue, Selection()).set_index("programme_id")["sponsor_name"]
    assert names["jp_meti_icp1"] == names["jp_meti_icp2"]
    assert names["jp_mext_kci1"] == names["jp_mext_kci2"]


def test_every_economy_of_the_brief_runs_a_programme(catalogue):
    named = {"JPN", "KOR", "TWN", "CHN", "SGP", "HKG", "IND", "MYS", "THA", "VNM"}
    assert named <= set(eastern_economies(catalogue))
    others = set(catalogue.table("programmes")["economy"]) - set(eastern_economies(catalogue))
    assert others == {"EUU", "GBR", "DEU", "FIN", "SWE", "USA"}
