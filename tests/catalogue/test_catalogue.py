"""Questions to the catalogue: one row where a chart draws one mark, and tables nobody can spoil."""

import re

import numpy as np
import pandas as pd
import pytest

from dashboard.catalogue import BELT, UnknownIdentifierError
from dashboard.catalogue.catalogue import value_identifiers
from dashboard.catalogue.cells import NOT_DRAWN, WHOLE_YEARS, has_caveat
from dashboard.catalogue.vocabulary import PUBLISHER_TYPES, TOPICS

BELT_HUBS = {
    "bangalore",
    "singapore",
    "hong_kong",
    "hsinchu",
    "shanghai",
    "beijing",
    "gyeonggi",
    "kyushu",
}


# The general rows of a table of precedence: a calculation ranks with statistics here.
ORDER = [
    {"publisher_type": kind, "rank": str(rank)}
    for rank, kind in enumerate(
        [kind for kind in PUBLISHER_TYPES if kind != "calculation"], start=2
    )
] + [{"publisher_type": "calculation", "rank": "1"}]


@pytest.fixture(scope="session")
def small(small_tables):
    """A catalogue of one indicator made from the rows given."""

    def make(*observations, sources=(), precedence=ORDER):
        return small_tables(
            observations=observations,
            sources=[{}, *sources],
            precedence=precedence,
            caveats=[{"caveat": caveat} for caveat in ("forecast", "part_year", "estimate")],
            industries=[{}, {"industry": "automotive", "name": "Cars"}],
            places=[
                {"place_id": key, "economy": key, "name": name}
                for key, name in (("JPN", "Japan"), ("KOR", "South Korea"))
            ],
        )

    return make


# --- One row per place and year -------------------------------------------------------------------


def test_every_series_has_one_row_per_place_and_year(every_series):
    assert not every_series.duplicated(["indicator_id", "place_id", "year"]).any()
    assert every_series["value"].notna().all()
    assert set(every_series["period_note"]) <= set(WHOLE_YEARS)
    assert (every_series["rivals"] >= 0).all()
    for _, series in every_series.groupby("indicator_id"):
        assert list(series.index) == list(series.sort_values(["place_id", "year"]).index)


def test_every_row_of_a_series_is_an_observation_of_the_data(catalogue, every_series):
    held = catalogue.table("observations")
    assert len(every_series.merge(held, on=list(held.columns))) == len(every_series)


def test_gaps_stay_gaps(small):
    series = small({"year": "2003"}, {"year": "2005", "value": "71"}).series("share")
    assert list(series["year"]) == [2003, 2005]
    assert list(series["value"]) == [70.0, 71.0]


@pytest.mark.parametrize("column", ["scope", "industry", "firm_scale"])
def test_no_line_joins_two_coverages(every_series, column):
    # A source that names no sectors mostly means all of them; the reader is told.
    covered = every_series.assign(scope=every_series["scope"].replace("unspecified", "all"))
    coverages = covered.groupby(["indicator_id", "place_id"])[column].nunique()
    assert coverages.max() == 1


def test_korea_is_drawn_for_all_industries_although_manufacturing_is_held_too(catalogue):
    held = catalogue.observations("sme_share_employment", ["KOR"])
    assert {"all", "manufacturing", "unspecified"} <= set(held["scope"])
    drawn = catalogue.series("sme_share_employment", ["KOR"])
    assert set(drawn["scope"]) == {"all", "unspecified"}
    # Where a year has a figure for all industries, that one is drawn.
    whole = set(held.loc[held["scope"] == "all", "year"])
    assert set(drawn.loc[drawn["year"].isin(whole), "scope"]) == {"all"}


def test_the_coverage_with_most_years_is_drawn(small):
    series = small(
        {"year": "2003", "scope": "all"},
        {"year": "2003", "scope": "manufacturing", "value": "40"},
        {"year": "2004", "scope": "manufacturing", "value": "41"},
    ).series("share")
    assert list(series["value"]) == [40.0, 41.0]
    # The figure for all sectors is not drawn, but it is held, and the reader is told of it.
    assert list(series["rivals"]) == [1, 0]


def test_sectors_that_are_not_named_count_as_all_of_them_in_one_line(small):
    series = small(
        {"year": "2003", "scope": "all"},
        {"year": "2004", "scope": "unspecified", "value": "71"},
        {"year": "2003", "scope": "manufacturing", "value": "40"},
    ).series("share")
    assert list(series["value"]) == [70.0, 71.0]
    assert list(series["scope"]) == ["all", "unspecified"]
    assert list(series["rivals"]) == [1, 0]


@pytest.mark.parametrize(
    "narrower", [{"scope": "manufacturing"}, {"industry": "automotive"}, {"firm_scale": "small"}]
)
def test_the_wider_coverage_is_drawn_on_a_tie(small, narrower):
    series = small({"value": "40"} | narrower, {"value": "70"}).series("share")
    assert list(series["value"]) == [70.0]


def test_years_asked_for_do_not_change_which_coverage_is_drawn(catalogue):
    whole = catalogue.series("sme_share_employment")
    part = catalogue.series("sme_share_employment", first_year=2003, last_year=2005)
    expected = whole[whole["year"].between(2003, 2005)].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, expected)


def test_places_asked_for_do_not_change_what_each_shows(catalogue):
    whole = catalogue.series("sme_share_employment")
    part = catalogue.series("sme_share_employment", ["KOR", "JPN"])
    expected = whole[whole["place_id"].isin(["KOR", "JPN"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, expected)


def test_part_years_and_forecasts_stay_in_the_table_and_off_the_chart(small):
    catalogue = small({"year": "2003"}, {"year": "2004", "period_note": "forecast of May"})
    assert list(catalogue.observations("share")["year"]) == [2003, 2004]
    assert list(catalogue.series("share")["year"]) == [2003]


@pytest.mark.parametrize("caveat", NOT_DRAWN)
def test_what_a_caveat_calls_a_forecast_or_a_part_year_stays_off_the_chart(small, caveat):
    catalogue = small({"year": "2003"}, {"year": "2004", "caveats": f"estimate;{caveat}"})
    assert list(catalogue.observations("share")["caveats"]) == ["", f"estimate;{caveat}"]
    assert list(catalogue.series("share")["year"]) == [2003]
    assert list(catalogue.latest("JPN")["year"]) == [2003]


def test_no_forecast_and_no_part_year_of_the_data_is_drawn(catalogue, every_series):
    assert not has_caveat(every_series, *NOT_DRAWN).any()
    assert has_caveat(catalogue.table("observations"), *NOT_DRAWN).any()


@pytest.mark.parametrize("whole", WHOLE_YEARS)
def test_fiscal_years_and_counts_at_the_end_of_a_year_are_drawn(small, whole):
    assert len(small({"period_note": whole}).series("share")) == 1


def test_series_of_no_place_is_an_empty_table_with_the_same_columns(catalogue):
    empty = catalogue.series("rd_expenditure_gdp", [])
    assert empty.empty
    assert list(empty.columns) == list(catalogue.series("rd_expenditure_gdp").columns)


# --- Precedence -----------------------------------------------------------------------------------


def test_world_sales_of_2005_come_from_the_long_series_and_the_rival_is_counted(catalogue):
    row = catalogue.series("semiconductor_billings", ["wsts_world"]).query("year == 2005")
    assert list(row["source_id"]) == ["wsts_hbr_2026"]
    assert list(row["rivals"]) == [1]
    held = catalogue.observations("semiconductor_billings", ["wsts_world"], 2005, 2005)
    assert list(held["source_id"]) == ["wsts_hbr_2026", "seed_kitagawa_2008"]
    assert list(held["value"].round(1)) == [227.5, 227.5]


SOURCES = [
    {"source_id": kind, "publisher_type": kind, "year": "2000"} for kind in PUBLISHER_TYPES
] + [{"source_id": "newer", "publisher_type": "press", "year": "2010"}]


@pytest.mark.parametrize(
    ("preferred", "other"),
    [
        ({"source_id": "official_statistics"}, {"source_id": "government"}),
        ({"source_id": "government"}, {"source_id": "international_organisation"}),
        ({"source_id": "academic"}, {"source_id": "press"}),
        ({"source_id": "seed"}, {"source_id": "press"}),
        ({"source_id": "press"}, {"source_id": "other"}),
        ({"source_id": "calculation"}, {"source_id": "government"}),
        ({"source_id": "newer"}, {"source_id": "press"}),
        # No year of publication counts as the oldest.
        ({"source_id": "press"}, {"source_id": "a_2020"}),
        (
            {"source_id": "press", "definition_id": "JPN_1999"},
            {"source_id": "press", "qualifier": "approximate"},
        ),
    ],
    ids=str,
)
@pytest.mark.parametrize("turned", [False, True])
def test_precedence_does_not_depend_on_the_order_of_rows(small, preferred, other, turned):
    rows = [preferred | {"value": "1"}, other | {"value": "2"}]
    catalogue = small(*(rows[::-1] if turned else rows), sources=SOURCES)
    series = catalogue.series("share")
    assert list(series["value"]) == [1.0]
    assert list(series["rivals"]) == [1]
    assert list(catalogue.observations("share")["value"]) == [1.0, 2.0]


def test_a_long_series_goes_before_a_single_better_source(small):
    long = [{"year": str(year), "source_id": "press", "value": "1"} for year in range(2000, 2010)]
    better = {"year": "2005", "source_id": "official_statistics", "value": "2"}
    series = small(*long, better, sources=SOURCES).series("share")
    assert set(series["value"]) == {1.0}
    short = small(*long[1:], better, sources=SOURCES).series("share")
    assert list(short.loc[short["year"] == 2005, "value"]) == [2.0]


def test_the_table_of_precedence_is_the_rule(small):
    rows = [
        {"source_id": "press", "value": "1"},
        {"source_id": "official_statistics", "value": "2"},
    ]
    turned = [
        {"publisher_type": "press", "rank": "1"},
        {"publisher_type": "official_statistics", "rank": "2"},
    ]
    assert list(small(*rows, sources=SOURCES).series("share")["value"]) == [2.0]
    assert list(small(*rows, sources=SOURCES, precedence=turned).series("share")["value"]) == [1.0]


def test_the_order_of_an_indicator_goes_before_the_general_one(small):
    rows = [
        {"source_id": "official_statistics", "value": "1"},
        {"source_id": "industry_association", "value": "2"},
        {"source_id": "press", "value": "3"},
    ]
    own = {"indicator_id": "share", "publisher_type": "industry_association", "rank": "9"}
    catalogue = small(*rows, sources=SOURCES, precedence=[*ORDER, own])
    assert list(catalogue.observations("share")["value"]) == [2.0, 1.0, 3.0]


def test_a_kind_of_publisher_that_no_row_ranks_comes_last(small):
    rows = [{"source_id": "newer", "value": "1"}, {"source_id": "other", "value": "2"}]
    only = [{"publisher_type": "other", "rank": "99"}]
    assert list(small(*rows, sources=SOURCES, precedence=only).series("share")["value"]) == [2.0]


def test_every_kind_of_publisher_is_ranked_in_the_data_with_a_reason(catalogue):
    table = catalogue.table("precedence")
    general = table[table["indicator_id"] == ""]
    assert set(general["publisher_type"]) == set(PUBLISHER_TYPES)
    ranks = general.set_index("publisher_type")["rank"]
    assert ranks["official_statistics"] < ranks["international_organisation"] < ranks["press"]


# --- Rivals and conflicts -------------------------------------------------------------------------


def test_rivals_stand_side_by_side_with_the_reason_why_one_is_drawn(small):
    catalogue = small(
        {"source_id": "press", "value": "2"},
        {"source_id": "official_statistics", "value": "1"},
        {"source_id": "official_statistics", "value": "3", "scope": "manufacturing"},
        {"source_id": "official_statistics", "value": "4", "period_note": "to June"},
        sources=SOURCES,
    )
    rivals = catalogue.rivals("share", "JPN", 2003)
    assert list(rivals["value"]) == [1.0, 4.0, 3.0, 2.0]
    assert list(rivals["drawn"]) == [True, False, False, False]
    assert list(rivals["passed_over"]) == [
        "",
        "Not a whole year: to June.",
        "Covers something else: manufacturing.",
        "The first has the better kind of publisher by the table of precedence.",
    ]
    assert catalogue.rivals("share", "JPN", 1999).empty


@pytest.mark.parametrize(
    ("preferred", "other", "reason"),
    [
        ({"source_id": "newer"}, {"source_id": "press"}, "document of the first is newer"),
        (
            {"source_id": "press", "definition_id": "JPN_1999"},
            {"source_id": "press", "qualifier": "approximate"},
            "first is exact",
        ),
        (
            {"source_id": "press"},
            {"source_id": "press", "scope": "unspecified"},
            "does not name the sectors",
        ),
        (
            {"source_id": "press"},
            {"source_id": "press", "definition_id": "JPN_1999"},
            "Of equal rank",
        ),
        ({"source_id": "press"}, {"source_id": "newer", "caveats": "forecast"}, "A forecast"),
    ],
)
def test_each_step_of_the_precedence_has_its_words(small, preferred, other, reason):
    rivals = small(preferred, other, sources=SOURCES).rivals("share", "JPN", 2003)
    assert rivals["source_id"].iloc[0] == preferred["source_id"]
    assert reason in rivals["passed_over"].iloc[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": "70.4"}, {"value": "70"}),
        ({"value": "227.484"}, {"value": "227.5"}),
        ({"value": "1146897"}, {"value": "1000000", "qualifier": "at_least"}),
        ({"value": "58"}, {"value": "60", "qualifier": "at_most"}),
        ({"value": "113512"}, {"value": "113000", "qualifier": "approximate"}),
        (
            {"value": "12"},
            {"value": "10", "value_low": "10", "value_high": "15", "qualifier": "range"},
        ),
        # Different facts, not different figures of one.
        ({"value": "70"}, {"value": "40", "scope": "manufacturing"}),
        ({"value": "70"}, {"value": "40", "period_note": "FY"}),
        ({"value": "70"}, {"value": "40", "place_id": "KOR"}),
        ({"value": "70"}, {"value": "40", "caveats": "forecast"}),
    ],
    ids=str,
)
def test_what_agrees_or_is_another_fact_is_no_conflict(small, one, other):
    rows = [one | {"source_id": "press"}, other | {"source_id": "newer"}]
    catalogue = small(*rows, sources=SOURCES)
    assert catalogue.conflicts().empty
    assert not catalogue.is_in_conflict(catalogue.observations("share")).any()


@pytest.mark.parametrize(
    "other",
    [
        {"value": "71.6"},
        {"value": "75", "qualifier": "approximate"},
        {"value": "75", "qualifier": "at_least"},
        {"value": "60", "qualifier": "at_most"},
        {"value": "40", "value_low": "40", "value_high": "60", "qualifier": "range"},
        {"value": "75", "scope": "unspecified"},
        {"value": "75", "definition_id": "JPN_1999"},
    ],
    ids=str,
)
def test_figures_that_cannot_both_hold_are_a_conflict(small, other):
    rows = [{"value": "70", "source_id": "official_statistics"}, other | {"source_id": "press"}]
    catalogue = small(*rows, sources=SOURCES)
    conflicts = catalogue.conflicts()
    assert list(conflicts["conflict"]) == [1, 1]
    assert list(conflicts["drawn"]) == [True, False]
    assert list(conflicts["value"]) == [70.0, float(other["value"])]
    assert conflicts["difference_pct"].iloc[0] == 0
    assert conflicts["difference_pct"].iloc[1] == pytest.approx(
        100 * (float(other["value"]) / 70 - 1)
    )
    assert catalogue.is_in_conflict(catalogue.series("share")).all()


def test_two_rows_of_one_document_are_no_conflict(small):
    rows = [{"value": "70"}, {"value": "40", "definition_id": "JPN_1999"}]
    assert small(*rows).conflicts().empty


def test_a_difference_from_zero_has_no_percentage(small):
    rows = [{"value": "0", "source_id": "press"}, {"value": "4", "source_id": "other"}]
    assert small(*rows, sources=SOURCES).conflicts()["difference_pct"].isna().all()


def test_korea_has_three_figures_of_sme_jobs_in_2017_and_the_newest_document_is_drawn(catalogue):
    conflicts = catalogue.conflicts()
    korea = conflicts[
        (conflicts["indicator_id"] == "sme_share_employment")
        & (conflicts["place_id"] == "KOR")
        & (conflicts["year"] == 2017)
    ]
    assert set(korea["value"]) == {83.1, 89.8, 82.9}
    assert list(korea["drawn"]) == [True, False, False]
    assert set(korea["passed_over"].iloc[1:]) == {"The document of the first is newer."}


def test_every_conflict_of_the_data_has_two_documents_and_one_figure_first(catalogue):
    conflicts = catalogue.conflicts()
    assert conflicts["conflict"].is_monotonic_increasing
    for _, rows in conflicts.groupby("conflict"):
        assert rows["source_id"].nunique() > 1
        assert rows["passed_over"].iloc[0] == ""
        assert (rows["passed_over"].iloc[1:] != "").all()
        assert not rows["drawn"].iloc[1:].any()


def test_the_two_figures_of_the_budget_of_2002_are_told_apart(catalogue):
    funding = catalogue.funding_conflicts()
    budget = funding[funding["conflict_group"] == "C_ICP_2002"]
    assert list(budget["amount"]) == [52200.0, 29400.0]
    assert list(budget["headline"]) == [True, False]
    assert "after a later increase" in budget["note"].iloc[0]
    assert "Initial allocation" in budget["note"].iloc[1]
    assert set(budget["programme"]) == {"Industrial Cluster Project, first term"}
    rivals = catalogue.rivals("industrial_cluster_budget_jpy_bn", "JPN", 2002)
    assert sorted(rivals["value"]) == [29.4, 52.2]


# --- Without a year -------------------------------------------------------------------------------


def test_rows_without_a_year_are_held_and_break_no_question(small):
    undated = {"year": "", "year_basis": "unstated", "value": "90"}
    catalogue = small({"year": "2003"}, undated, undated | {"place_id": "KOR", "value": "80"})
    assert list(catalogue.observations("share")["value"]) == [70.0, 90.0, 80.0]
    assert list(catalogue.observations("share", ["JPN"])["value"]) == [70.0, 90.0]
    assert list(catalogue.observations("share", first_year=2000)["value"]) == [70.0]
    assert list(catalogue.observations("share", last_year=2010)["value"]) == [70.0]
    assert list(catalogue.series("share")["value"]) == [70.0]
    assert catalogue.series("share", ["KOR"]).empty
    assert catalogue.latest("KOR").empty
    assert catalogue.indicators_of("KOR") == set()
    assert list(catalogue.rivals("share", "JPN", 2003)["value"]) == [70.0]
    assert catalogue.conflicts().empty
    assert list(catalogue.undated("KOR")["value"]) == [80.0]
    assert sorted(catalogue.undated()["value"]) == [80.0, 90.0]


def test_macao_has_an_undated_share_that_is_held_and_not_drawn(catalogue):
    undated = catalogue.undated("MAC")
    assert {"sme_share_employment", "sme_share_enterprises"} <= set(undated["indicator_id"])
    assert set(undated["year_basis"]) == {"unstated"}
    assert catalogue.series("sme_share_employment", ["MAC"]).empty


# --- A single value -------------------------------------------------------------------------------


def test_every_value_is_found_again_by_its_identifier(catalogue):
    rows = catalogue.observations("sme_share_employment")
    for identifier, row in zip(value_identifiers(rows), rows.itertuples(), strict=True):
        found = catalogue.value(identifier)
        assert (found["value"], found["source_id"]) == (row.value, row.source_id)
        assert not [name for name in found.index if name.startswith("_")]


# --- Places and indicators ------------------------------------------------------------------------


def test_the_belt_has_its_eight_hubs_each_with_a_position(catalogue):
    assert {hub.place_id for hub in catalogue.belt_hubs} == BELT_HUBS
    assert all(hub.lat is not None and hub.lon is not None for hub in catalogue.belt_hubs)
    assert all(hub.parent_id == BELT and hub.admin1_ids for hub in catalogue.belt_hubs)


def test_there_are_nineteen_economies_and_their_neighbours_each_with_a_position(catalogue):
    economies = catalogue.places_of_kind("economy")
    assert sum(place.in_focus for place in economies) == 19
    assert sum(not place.in_focus for place in economies) == 27
    assert all(place.in_focus for place in catalogue.places.values() if place.kind != "economy")
    assert {"TWN", "HKG", "MAC", "SGP", "JPN"} <= {place.place_id for place in economies}
    assert all(place.lat is not None and place.lon is not None for place in economies)


def test_names_that_repeat_are_told_apart_by_kind(catalogue):
    assert catalogue.label("SGP") == "Singapore (economy)"
    assert catalogue.label("singapore") == "Singapore (hub)"
    assert catalogue.label("JPN") == "Japan"
    labels = [catalogue.label(key) for key in catalogue.places]
    repeated = {label for label in labels if labels.count(label) > 1}
    assert not repeated


def test_indicators_are_grouped_by_topic_and_sorted_by_name(catalogue):
    found = list(catalogue.indicators.values())
    keys = [(TOPICS.index(item.topic), item.name.lower()) for item in found]
    assert keys == sorted(keys)


def test_only_shares_and_rates_may_shade_a_map(catalogue):
    assert catalogue.indicator("rd_expenditure_gdp").is_relative
    assert not catalogue.indicator("gdp_current_usd").is_relative


def test_lists_in_cells_are_split(catalogue):
    assert catalogue.place("JPN").economies == ("JPN",)
    assert "semiconductors" in catalogue.place("hsinchu").industries
    assert catalogue.place("JPN").admin1_ids == ()


def test_missing_numbers_of_a_place_are_none(catalogue):
    assert catalogue.place("JPN").start_year is None


def test_places_with_an_indicator_are_those_that_can_be_drawn(catalogue, every_series):
    for indicator_id in catalogue.indicators:
        drawn = every_series.loc[every_series["indicator_id"] == indicator_id, "place_id"]
        assert set(catalogue.places_with(indicator_id)) == set(drawn), indicator_id
    for place_id in catalogue.places:
        drawn = every_series.loc[every_series["place_id"] == place_id, "indicator_id"]
        assert catalogue.indicators_of(place_id) == set(drawn), place_id
    assert set(catalogue.places_with("rd_expenditure_gdp", "economy")) <= {
        place.place_id for place in catalogue.places_of_kind("economy")
    }
    assert catalogue.places_with("rd_expenditure_gdp", "hub") == []


def test_the_kind_of_place_an_indicator_is_measured_for(catalogue):
    assert catalogue.kind_of("rd_expenditure_gdp") == "economy"
    assert catalogue.kind_of("park_revenue_twd_bn") == "hub"
    assert catalogue.kind_of("semiconductor_billings") == "world_region"


def test_the_latest_row_of_each_indicator_is_the_newest_that_is_drawn(catalogue):
    latest = catalogue.latest("JPN", ["rd_expenditure_gdp", "sme_share_employment"])
    assert list(latest["indicator_id"]) == ["rd_expenditure_gdp", "sme_share_employment"]
    for row in latest.itertuples():
        series = catalogue.series(row.indicator_id, ["JPN"])
        assert row.year == series["year"].max()


def test_latest_leaves_out_indicators_the_place_does_not_have(catalogue):
    assert catalogue.latest("hsinchu", ["rd_expenditure_gdp"]).empty
    assert set(catalogue.latest("hsinchu")["indicator_id"]) <= catalogue.indicators_of("hsinchu")


def test_links_of_a_hub_start_or_end_there(catalogue):
    links = catalogue.links("kyushu")
    assert len(links) > 0
    assert ((links["from_place_id"] == "kyushu") | (links["to_place_id"] == "kyushu")).all()
    assert len(catalogue.links()) > len(links)


def test_a_legal_definition_is_told_in_words(catalogue):
    definitions = catalogue.table("definitions")
    for key, rows in definitions.groupby("definition_id"):
        economy = catalogue.place(rows["economy"].iloc[0]).name
        told = catalogue.definition_words(key)
        assert told.startswith(f"by the law of {economy}"), key
        assert re.search(r": (up to [\d,]+ employees, by sector|limits of sales or capital)", told)
        assert not re.search(r"\bnan\b|<NA>", told, re.IGNORECASE), told
    with pytest.raises(UnknownIdentifierError, match="No definition 'luck'"):
        catalogue.definition_words("luck")


def test_programmes_of_an_economy_come_oldest_first_with_their_amounts(catalogue):
    programmes = catalogue.programmes("JPN")
    assert {"METI", "MEXT"} & set(" ".join(programmes["sponsor"]).replace(",", " ").split())
    assert programmes["start_year"].dropna().is_monotonic_increasing
    funding = catalogue.funding("jp_meti_icp1")
    assert set(funding["programme_id"]) == {"jp_meti_icp1"}
    assert funding["year"].dropna().is_monotonic_increasing


# --- What is not there ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ask"),
    [
        ("indicator", lambda catalogue: catalogue.indicator("luck")),
        ("indicator", lambda catalogue: catalogue.series("luck")),
        ("indicator", lambda catalogue: catalogue.observations("luck")),
        ("place", lambda catalogue: catalogue.place("luck")),
        ("place", lambda catalogue: catalogue.label("luck")),
        ("place", lambda catalogue: catalogue.latest("luck")),
        ("table", lambda catalogue: catalogue.table("luck")),
        ("value", lambda catalogue: catalogue.value("luck")),
        ("indicator", lambda catalogue: catalogue.rivals("luck", "JPN", 2003)),
        ("place", lambda catalogue: catalogue.rivals("rd_expenditure_gdp", "luck", 2003)),
        ("place", lambda catalogue: catalogue.undated("luck")),
    ],
)
def test_an_unknown_identifier_is_named(catalogue, kind, ask):
    with pytest.raises(UnknownIdentifierError, match=f"No {kind} 'luck' in the catalogue") as told:
        ask(catalogue)
    assert (told.value.kind, told.value.identifier) == (kind, "luck")


def test_asking_the_latest_of_an_unknown_indicator_is_refused(catalogue):
    with pytest.raises(UnknownIdentifierError, match="'luck'"):
        catalogue.latest("JPN", ["luck"])


# --- Shared tables stay as they are ---------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda catalogue: catalogue.table("observations"), id="table"),
        pytest.param(lambda catalogue: catalogue.observations("rd_expenditure_gdp"), id="rows"),
        pytest.param(lambda catalogue: catalogue.series("rd_expenditure_gdp"), id="series"),
        pytest.param(lambda catalogue: catalogue.latest("hsinchu"), id="latest"),
        pytest.param(lambda catalogue: catalogue.latest("jp_icp_hokkaido_super"), id="no latest"),
        pytest.param(lambda catalogue: catalogue.links(), id="links"),
        pytest.param(lambda catalogue: catalogue.links("kyushu"), id="links of a hub"),
        pytest.param(lambda catalogue: catalogue.programmes("JPN"), id="programmes"),
        pytest.param(lambda catalogue: catalogue.funding("jp_meti_icp1"), id="funding"),
        pytest.param(lambda catalogue: catalogue.conflicts(), id="conflicts"),
        pytest.param(lambda catalogue: catalogue.funding_conflicts(), id="funding conflicts"),
        pytest.param(lambda catalogue: catalogue.undated(), id="undated"),
        pytest.param(
            lambda catalogue: catalogue.rivals("sme_share_employment", "KOR", 2017), id="rivals"
        ),
    ],
)
def test_an_answer_may_be_changed_without_changing_the_next(catalogue, ask):
    before = ask(catalogue)
    spoiled = ask(catalogue)
    spoiled["source_id"] = "spoiled"
    for column in spoiled.columns:
        spoiled.isetitem(spoiled.columns.get_loc(column), spoiled[column].iloc[::-1].to_numpy())
    pd.testing.assert_frame_equal(ask(catalogue), before)


def test_lists_of_places_may_be_changed_without_changing_the_next(catalogue):
    catalogue.places_with("rd_expenditure_gdp", "economy").clear()
    catalogue.places_of_kind("hub").clear()
    assert catalogue.places_with("rd_expenditure_gdp", "economy")
    assert catalogue.places_of_kind("hub")


def test_rows_of_a_series_share_no_memory_with_those_that_are_kept(catalogue):
    """pandas notes each view of values with them: what is kept would grow whenever it is asked."""
    first, second = (catalogue.series("population", ["JPN"]) for _ in range(2))
    for name in ("value", "year"):
        assert not np.shares_memory(first[name].to_numpy(), second[name].to_numpy()), name
