"""Rival counts of the world's chips stay apart, each with all its rows."""

import pytest

from dashboard.catalogue.chip_counts import (
    QUESTIONS,
    places_counted,
    questions_of,
    rows_of,
    verdict_on,
)
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.selection import Selection

COUNTS = {count.count_id: count for question in QUESTIONS for count in question.counts}


def test_an_indicator_belongs_to_one_count_only():
    keys = [key for count in COUNTS.values() for key in count.indicators]
    assert len(keys) == len(set(keys))
    assert len(COUNTS) == sum(len(question.counts) for question in QUESTIONS)


def test_no_count_joins_indicators_that_count_the_same_in_different_ways(catalogue):
    for count in COUNTS.values():
        concepts = [catalogue.indicator(key).concept for key in count.indicators]
        rivals = [concept for concept in concepts if concept]
        assert len(rivals) == len(set(rivals)), count.count_id


def test_counts_of_several_indicators_have_one_unit(catalogue):
    for count in COUNTS.values():
        assert len({catalogue.indicator(key).unit for key in count.indicators}) == 1


def test_each_question_has_rivals_and_says_why_they_do_not_compare():
    for question in QUESTIONS:
        assert len(question.counts) > 1
        found = verdict_on(question)
        assert found.severity == "not_comparable"
        assert question.why in found.text


@pytest.mark.parametrize("count", COUNTS.values(), ids=list(COUNTS))
def test_every_dated_row_of_an_indicator_is_in_its_count(catalogue, count):
    dated = sum(catalogue.observations(key)["year"].notna().sum() for key in count.indicators)
    assert len(rows_of(catalogue, count)) == dated > 0


@pytest.mark.parametrize(("count_id", "value"), [("ic_insights", 15.3), ("semi", 22.8)])
def test_china_in_2020_has_a_level_in_each_count(catalogue, count_id, value):
    rows = rows_of(catalogue, COUNTS[count_id], Selection(places=("CHN",)))
    assert list(rows.loc[rows["year"] == 2020, "value"]) == [value]
    assert set(rows["place_id"]) == {"CHN"}


def test_rows_of_a_year_stand_from_the_highest_down(catalogue):
    rows = rows_of(catalogue, COUNTS["foundry_advanced"])
    assert list(rows["year"]) == sorted(rows["year"])
    values = list(rows.loc[rows["year"] == 2023, "value"])
    assert values == [68, 12, 11, 8]


def test_firms_and_stages_are_labelled_by_their_own_names(catalogue):
    firms = rows_of(catalogue, COUNTS["foundry_by_firm"])
    assert {"TSMC", "Samsung", "DB HiTek"} <= set(firms["label"])
    stages = rows_of(catalogue, COUNTS["stages_taiwan"])
    assert set(stages["label"]) == {"Chip design", "Foundry", "Memory", "Packaging and test"}


def test_quarters_and_forecasts_stay_and_keep_their_words(catalogue):
    firms = rows_of(catalogue, COUNTS["foundry_by_firm"])
    assert "fourth quarter" in set(firms["period_note"])
    mature = rows_of(catalogue, COUNTS["mature"])
    assert sorted(mature.loc[mature["year"] == 2027, "value"]) == [33, 39]


def test_an_economy_brings_the_hubs_in_it_and_years_narrow(catalogue):
    rows = rows_of(catalogue, COUNTS["market"], Selection(places=("SGP",)))
    assert set(rows["place_id"]) == {"singapore"}
    later = rows_of(catalogue, COUNTS["semi"], Selection(first_year=2020, last_year=2023))
    assert set(later["year"]) == {2020, 2023}


def test_a_chapter_offers_the_places_it_counts_economies_first(catalogue):
    offered = places_counted(catalogue, "foundry")
    assert set(offered) == {"CHN", "JPN", "KOR", "TWN", "USA", "singapore"}
    assert offered[-1] == "singapore"


def test_an_unknown_chapter_is_named():
    with pytest.raises(UnknownIdentifierError, match="weather"):
        questions_of("weather")
