"""What a reader can make of values, on tables small enough to work out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.catalogue import Indicator
from dashboard.catalogue.selection import MONEY, TRANSFORMS
from dashboard.transforms.reading import (
    MONEY_NAMES,
    TRANSFORM_NAMES,
    base_years,
    money_offered,
    offered,
    read,
)

SHARE = Indicator(
    "share", "R&D (% of GDP)", "R&D, % GDP", "rd", "", "per cent of GDP", "%", 2, "share",
    "higher", "map", "", "",
)  # fmt: skip
DOLLARS = replace(
    SHARE,
    indicator_id="sales",
    name="Sales (US$ million)",
    short_name="Sales",
    unit="million current US dollars",
    unit_symbol="US$ m",
    decimals=0,
    aggregation="level",
)
PATENTS = replace(DOLLARS, name="Patents", short_name="Patents", unit="patents", unit_symbol="")
RANK = replace(PATENTS, short_name="World rank", unit="rank", aggregation="index")
GROWTH = replace(SHARE, short_name="Inflation", unit="per cent per year", aggregation="rate")


@pytest.fixture(scope="module")
def turned(places, figures):
    """The rows of a reading as (place, year): value, and the reading."""

    def make(rows, indicator, **wishes):
        reading = read(rows, indicator, places, figures, **wishes)
        keys = zip(reading.rows["place_id"], reading.rows["year"], strict=True)
        return dict(zip(keys, reading.rows["value"], strict=True)), reading

    return make


def said(reading, code):
    return [finding.text for finding in reading.findings if finding.code == code]


def test_every_transform_and_currency_has_a_name_for_readers():
    assert tuple(TRANSFORM_NAMES) == TRANSFORMS
    assert tuple(MONEY_NAMES) == MONEY


def test_values_without_a_wish_come_back_as_they_are(series, turned):
    rows = series(("japan", 2000, 3.0))
    _, reading = turned(rows, SHARE)
    assert reading.rows.equals(rows)
    assert (reading.indicator, reading.findings) == (SHARE, ())
    assert reading.used.empty
    assert "observed" not in reading.rows


# --- Against an earlier value ---------------------------------------------------------------------


def test_index_is_100_in_the_base_year_and_names_who_has_no_base(series, turned):
    rows = series(
        ("japan", 2000, 50.0), ("japan", 2010, 75.0), ("korea", 2010, 1.0),
        ("america", 2000, 9.0, "at_least"), ("america", 2010, 9.0),
    )  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="index", base_year=2000)
    assert values == {("japan", 2000): 100.0, ("japan", 2010): 150.0}
    assert list(reading.rows["observed"]) == [50.0, 75.0]
    assert reading.indicator.unit == "index, 2000 = 100"
    assert reading.indicator.unit_symbol == ""
    assert said(reading, "no_base") == [
        "Left out, no value in 2000: Korea.",
        "Left out, known only as a range or a bound in 2000: America.",
    ]


def test_index_of_a_range_is_a_range_and_of_a_bound_a_bound(series, turned):
    rows = series(
        ("japan", 2000, 50.0), ("japan", 2001, 60.0, "range"), ("japan", 2002, 100.0, "at_least"),
        value_low=[None, 60.0, None], value_high=[None, 70.0, None],
    )  # fmt: skip
    _, reading = turned(rows, DOLLARS, transform="index", base_year=2000)
    row = reading.rows.iloc[1]
    assert (row["value"], row["value_low"], row["value_high"]) == (120.0, 120.0, 140.0)
    assert list(reading.rows["qualifier"]) == ["exact", "range", "at_least"]


def test_what_rests_on_an_approximate_base_is_approximate(series, turned):
    rows = series(("japan", 2000, 50.0, "approximate"), ("japan", 2001, 60.0))
    for transform in ("index", "change_since", "yearly_growth", "annual_growth"):
        _, reading = turned(rows, DOLLARS, transform=transform, base_year=2000)
        assert set(reading.rows["qualifier"]) == {"approximate"}, transform


def test_change_since_is_in_points_for_a_share_and_in_per_cent_for_a_level(series, turned):
    rows = series(("japan", 2000, 2.0), ("japan", 2010, 3.0))
    values, reading = turned(rows, SHARE, transform="change_since", base_year=2000)
    assert values == {("japan", 2000): 0.0, ("japan", 2010): 1.0}
    assert reading.indicator.unit == "percentage points"
    values, reading = turned(rows, DOLLARS, transform="change_since", base_year=2000)
    assert values == {("japan", 2000): 0.0, ("japan", 2010): 50.0}
    assert reading.indicator.unit == "per cent of 2000"
    assert reading.indicator.name == "Change of Sales (US$ million) since 2000"


def test_points_may_start_below_zero_and_per_cent_may_not(series, turned):
    rows = series(("japan", 2000, -2.0), ("japan", 2010, 3.0), ("korea", 2000, 1.0),
                  ("korea", 2010, 2.0))  # fmt: skip
    values, _ = turned(rows, SHARE, transform="change_since", base_year=2000)
    assert values["japan", 2010] == 5.0
    values, reading = turned(rows, DOLLARS, transform="change_since", base_year=2000)
    assert {place for place, _ in values} == {"korea"}
    assert said(reading, "no_base") == ["Left out, not above zero in 2000: Japan."]


def test_yearly_growth_needs_the_year_before_and_never_bridges_a_gap(series, turned):
    rows = series(
        ("japan", 2000, 100.0), ("japan", 2001, 110.0), ("japan", 2003, 121.0),
        ("japan", 2004, 0.0), ("japan", 2005, 5.0),
    )  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="yearly_growth")
    assert values == pytest.approx({("japan", 2001): 10.0, ("japan", 2004): -100.0})
    assert said(reading, "no_year_before") == [
        "Left out, no value in the year before: Japan 2003.",
        "Left out, the year before is not above zero: Japan 2005.",
    ]


def test_yearly_growth_stops_where_the_way_of_counting_changes(series, turned):
    rows = series(
        ("japan", 2000, 100.0), ("japan", 2001, 110.0), ("japan", 2002, 220.0),
        ("japan", 2003, 330.0),
        definition_id=["JPN_1963", "JPN_1999", "JPN_1999", "JPN_1999"],
        caveats=["", "", "break_in_series", ""],
    )  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="yearly_growth")
    assert values == pytest.approx({("japan", 2003): 50.0})
    assert said(reading, "no_year_before") == [
        "Left out, the legal definition is not that of the year before: Japan 2001.",
        "Left out, the series breaks: Japan 2002.",
    ]


def test_annual_growth_is_compound(series, turned):
    rows = series(("japan", 1999, 9.0), ("japan", 2000, 100.0), ("japan", 2002, 121.0),
                  ("japan", 2003, -1.0))  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="annual_growth", base_year=2000)
    assert values == pytest.approx({("japan", 2002): 10.0})
    assert reading.indicator.unit == "per cent per year since 2000"
    assert said(reading, "not_above_zero") == ["Left out, not above zero: Japan 2003."]


def test_a_base_year_nobody_has_leaves_the_values_and_says_which_years_would_do(series, turned):
    rows = series(("japan", 2000, 50.0), ("japan", 2010, 75.0))
    values, reading = turned(rows, DOLLARS, transform="index", base_year=1950)
    assert values == {("japan", 2000): 50.0, ("japan", 2010): 75.0}
    [words] = said(reading, "not_applied")
    assert "1950" in words
    assert "from 2000 to 2010" in words
    assert base_years(rows, "index", DOLLARS) == [2000, 2010]
    assert base_years(rows, "annual_growth", DOLLARS) == [2000]


def test_without_a_base_year_the_first_one_that_most_places_have_is_taken(series, turned):
    rows = series(("japan", 1990, 1.0), ("japan", 2000, 2.0), ("korea", 2000, 2.0),
                  ("japan", 2001, 4.0))  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="index")
    assert reading.indicator.unit == "index, 2000 = 100"
    assert values["japan", 1990] == 50.0


# --- Divided by a figure of the same year ---------------------------------------------------------


def test_money_per_head_is_in_units_of_money_and_a_count_per_million_people(series, turned):
    rows = series(("japan", 2000, 6.0), ("japan", 2005, 6.0), ("japan", 2010, 6.0))
    values, reading = turned(rows, DOLLARS, transform="per_head")
    assert values == {("japan", 2000): 3.0, ("japan", 2010): 1.5}
    assert reading.indicator.unit == "current US dollars per head"
    assert reading.indicator.unit_symbol == "US$ per head"
    assert reading.indicator.name == "Sales per head"
    assert said(reading, "no_divisor") == [
        "Left out, no population of the year is held: Japan 2005."
    ]
    assert list(reading.rows["observed"]) == [6.0, 6.0]
    values, reading = turned(rows, PATENTS, transform="per_head")
    assert values == {("japan", 2000): 3.0, ("japan", 2010): 1.5}
    assert reading.indicator.unit == "patents per million people"
    thousands = replace(PATENTS, unit="million units")
    values, _ = turned(rows, thousands, transform="per_head")
    assert values["japan", 2000] == 3e6


def test_a_hub_is_divided_by_its_own_people_and_stays_as_rough_as_their_count(series, turned):
    rows = series(("kyushu", 2000, 6.0), ("kyushu", 2010, 6.0))
    values, reading = turned(rows, PATENTS, transform="per_head")
    assert values == {("kyushu", 2000): 6.0}
    assert list(reading.rows["qualifier"]) == ["approximate"]


def test_what_values_were_divided_by_is_kept_with_its_document(series, turned):
    _, reading = turned(series(("japan", 2000, 6.0)), PATENTS, transform="per_head")
    [used] = reading.used.to_dict("records")
    assert (used["what"], used["place_name"], used["year"]) == ("population", "Japan", 2000)
    assert (used["source_id"], used["locator"], used["value"]) == ("wdi", "series X", 2e6)


def test_share_of_gdp_takes_the_gdp_of_the_publisher_of_the_value(series, turned):
    rows = series(("japan", 2000, 100.0), ("japan", 2010, 100.0))
    values, reading = turned(rows, DOLLARS, transform="share_of_gdp")
    assert values == pytest.approx({("japan", 2000): 10.0, ("japan", 2010): 2.5})
    assert reading.indicator.unit_symbol == "%"
    assert reading.indicator.aggregation == "share"
    assert "World Bank" in said(reading, "gdp")[0]
    theirs = rows.assign(source_id="unctad_fdi")
    values, reading = turned(theirs, DOLLARS, transform="share_of_gdp")
    assert values == pytest.approx({("japan", 2000): 5.0})
    assert said(reading, "no_divisor") == ["Left out, no GDP of the year is held: Japan 2010."]


def test_share_of_gdp_of_national_currency_goes_through_the_rate_of_the_year(series, turned):
    yen = replace(DOLLARS, unit="billion Japanese yen", unit_symbol="JPY bn")
    values, reading = turned(series(("japan", 2000, 10.0)), yen, transform="share_of_gdp")
    assert values == pytest.approx({("japan", 2000): 10.0})
    assert set(reading.used["what"]) == {"exchange rate", "GDP"}


def test_a_hub_has_no_gdp_of_its_own(series, turned):
    rows = series(("kyushu", 2000, 6.0), ("japan", 2000, 6.0))
    values, reading = turned(rows, DOLLARS, transform="share_of_gdp")
    assert set(values) == {("japan", 2000)}
    assert said(reading, "no_divisor") == ["Left out, GDP is held of economies only: Kyushu 2000."]


# --- Among those shown ----------------------------------------------------------------------------


def test_equal_values_share_a_rank_and_a_bound_has_none(series, turned):
    rows = series(
        ("japan", 2000, 5.0), ("korea", 2000, 5.0), ("america", 2000, 3.0),
        ("kyushu", 2000, 9.0, "at_least"), ("japan", 2001, 5.0),
    )  # fmt: skip
    values, reading = turned(rows, PATENTS, transform="rank")
    assert values == {("japan", 2000): 1, ("korea", 2000): 1, ("america", 2000): 3}
    assert said(reading, "alone_or_bound") == [
        "Left out, known only as a range or a bound: Kyushu 2000.",
        "Left out, no other place shown has a value in the year: Japan 2001.",
    ]


def test_of_ranks_the_lowest_is_first(series, turned):
    values, _ = turned(series(("japan", 2000, 5.0), ("korea", 2000, 2.0)), RANK, transform="rank")
    assert values == {("korea", 2000): 1, ("japan", 2000): 2}


def test_shares_of_those_shown_leave_out_years_with_a_value_below_zero(series, turned):
    rows = series(
        ("japan", 2000, 30.0, "approximate"), ("korea", 2000, 10.0),
        ("japan", 2001, 30.0), ("korea", 2001, -10.0),
    )  # fmt: skip
    values, reading = turned(rows, DOLLARS, transform="share_of_shown")
    assert values == {("japan", 2000): 75.0, ("korea", 2000): 25.0}
    assert set(reading.rows["qualifier"]) == {"approximate"}
    [words] = said(reading, "below_zero")
    assert words.endswith("Korea 2001.")


def test_a_whole_and_its_part_make_no_sum(places, figures, series):
    for whole, part in (("world", "asia"), ("japan", "kyushu")):
        rows = series((whole, 2000, 2.0), (part, 2000, 1.0))
        reason = offered(DOLLARS, rows, places, figures)["share_of_shown"]
        assert reason.startswith(f"{whole.title()} holds {part.title()}")


def test_difference_from_the_median_is_in_the_unit_of_the_value(series, turned):
    rows = series(
        ("japan", 2000, 1.0), ("korea", 2000, 2.0), ("america", 2000, 7.0),
        ("kyushu", 2000, 9.0, "at_least"),
    )  # fmt: skip
    values, reading = turned(rows, SHARE, transform="from_median")
    assert values == {
        ("japan", 2000): -1.0, ("korea", 2000): 0.0, ("america", 2000): 5.0, ("kyushu", 2000): 7.0,
    }  # fmt: skip
    assert reading.indicator.unit == "percentage points from the median"
    assert list(reading.rows["qualifier"]) == ["exact"] * 3 + ["at_least"]
    _, reading = turned(rows, DOLLARS, transform="from_median")
    assert reading.indicator.unit_symbol == "US$ m"


@pytest.mark.parametrize(
    ("rough", "expected"), [("america", "exact"), ("korea", "approximate")], ids=["outer", "middle"]
)
def test_a_median_is_approximate_where_a_value_in_the_middle_is(series, turned, rough, expected):
    rows = series(("japan", 2000, 1.0), ("korea", 2000, 2.0), ("america", 2000, 7.0))
    rows["qualifier"] = rows["qualifier"].mask(rows["place_id"] == rough, "approximate")
    _, reading = turned(rows, SHARE, transform="from_median")
    assert reading.rows.loc[0, "qualifier"] == expected


def test_places_that_come_and_go_are_a_reason_for_care(series, turned):
    rows = series(
        ("japan", 2000, 1.0), ("korea", 2000, 2.0),
        ("japan", 2001, 1.0), ("korea", 2001, 2.0), ("america", 2001, 9.0),
    )  # fmt: skip
    _, reading = turned(rows, DOLLARS, transform="share_of_shown")
    assert "from 2 to 3 of 3" in said(reading, "places_change")[0]
    _, reading = turned(rows[rows["year"] == 2001], DOLLARS, transform="share_of_shown")
    assert not said(reading, "places_change")


# --- What is offered ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "refused"),
    [
        (SHARE, {"annual_growth", "per_head", "share_of_gdp", "share_of_shown"}),
        (DOLLARS, set()),
        (PATENTS, {"share_of_gdp"}),
        (GROWTH, {"index", "annual_growth", "per_head", "share_of_gdp", "share_of_shown"}),
        (RANK, set(TRANSFORMS) - {"rank"}),
        (replace(PATENTS, unit="kilometres"), {"per_head", "share_of_gdp", "share_of_shown"}),
        (replace(PATENTS, indicator_id="population"), {"per_head", "share_of_gdp"}),
        (replace(DOLLARS, indicator_id="gdp_current_usd"), {"share_of_gdp"}),
        (replace(DOLLARS, unit_symbol="US$ m (2015)"), {"share_of_gdp"}),
        (replace(DOLLARS, unit_symbol="int$ bn"), {"share_of_gdp"}),
    ],
    ids=lambda value: getattr(value, "unit_symbol", ""),
)
def test_what_means_nothing_is_refused_with_a_reason(series, places, figures, indicator, refused):
    rows = series(
        ("japan", 2000, 5.0), ("japan", 2001, 6.0), ("korea", 2000, 4.0), ("korea", 2001, 5.0)
    )
    reasons = offered(indicator, rows, places, figures)
    assert {key for key, reason in reasons.items() if reason} == refused
    assert all(reason.endswith((".", ")")) for reason in reasons.values() if reason)


def test_what_the_places_shown_cannot_have_is_refused(series, places, figures):
    alone = offered(DOLLARS, series(("korea", 2000, 5.0)), places, figures)
    assert {key for key, reason in alone.items() if not reason} == {"index"}
    assert "population" in alone["per_head"]
    assert "two places" in alone["rank"]
    bound = offered(DOLLARS, series(("japan", 2000, 5.0, "at_least")), places, figures)
    assert "bound" in bound["index"]
    assert bound["per_head"] == ""


def test_an_empty_table_is_offered_nothing_and_read_without_complaint(series, places, figures):
    rows = series(("japan", 2000, 5.0)).iloc[:0]
    assert all(offered(DOLLARS, rows, places, figures).values())
    for transform in TRANSFORMS:
        reading = read(rows, DOLLARS, places, figures, transform=transform, money="usd_constant")
        assert reading.rows.empty
        assert said(reading, "not_applied")


def test_whatever_is_refused_is_not_applied_and_said(series, places, figures):
    rows = series(("japan", 2000, 5.0), ("korea", 2000, 4.0))
    for indicator in (SHARE, DOLLARS, PATENTS, RANK, GROWTH):
        reasons = offered(indicator, rows, places, figures)
        for transform, reason in reasons.items():
            reading = read(rows, indicator, places, figures, transform=transform)
            texts = said(reading, "not_applied")
            assert bool(texts) == bool(reason)
            assert all(reason in text for text in texts)
            if reason:
                assert list(reading.rows["value"]) == [5.0, 4.0]
                assert reading.indicator is indicator
        for money, reason in money_offered(indicator, rows, places, figures).items():
            reading = read(rows, indicator, places, figures, money=money)
            assert bool(said(reading, "not_applied")) == bool(reason)


def test_money_comes_first_and_then_the_transform(series, turned):
    rows = series(("japan", 2000, 6.0), ("japan", 2010, 6.0))
    values, reading = turned(rows, DOLLARS, money="national", transform="per_head")
    assert values == {("japan", 2000): 300.0, ("japan", 2010): 300.0}
    assert reading.indicator.unit == "Japanese yen per head"
    assert list(reading.rows["observed"]) == [6.0, 6.0]
    assert set(reading.used["what"]) == {"exchange rate", "population"}


def test_the_table_is_left_as_it_was(series, places, figures):
    rows = series(("japan", 2000, 5.0), ("japan", 2001, 6.0), ("korea", 2000, 4.0))
    before = rows.copy(deep=True)
    for transform in TRANSFORMS:
        for money in (None, *MONEY):
            read(rows, DOLLARS, places, figures, transform=transform, money=money)
    pd.testing.assert_frame_equal(rows, before)
