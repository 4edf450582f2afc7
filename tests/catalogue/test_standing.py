"""An economy is ranked among those of the atlas only where the values of a year compare."""

from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue import UnknownIdentifierError
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.standing import BOUNDS, FEWEST, standing

NAMES = ("AAA", "BBB", "CCC", "DDD", "EEE")


@pytest.fixture(scope="session")
def small(small_tables):
    """A catalogue of a few economies: (place, year, value, other cells ...)."""

    def make(*values, better="higher", neighbours=()):
        places = [
            {
                "place_id": name,
                "name": name,
                "economy": name,
                "in_focus": "false" if name in neighbours else "true",
            }
            for name in NAMES
        ]
        observations = [
            {"place_id": place, "year": str(year), "value": str(value), **dict(*more)}
            for place, year, value, *more in values
        ]
        definitions = [
            {"definition_id": "WIDE", "economy": "AAA", "max_employees": "300"},
            {"definition_id": "NARROW", "economy": "BBB", "max_employees": "100"},
        ]
        return small_tables(
            places=places,
            indicators=[{"better": better}],
            observations=observations,
            definitions=definitions,
        )

    return make


@pytest.mark.parametrize(
    ("place", "indicator", "year", "rank", "number", "middle"),
    [
        # Sorted by hand: KOR 4.94352, TWN 3.97, SWE 3.59978, USA 3.44716, JPN 3.44125,
        # DEU 3.1539, FIN 3.0938, GBR 2.67614, CHN 2.57729, IRL, HKG, THA, VNM 0.41456, MAC 0.27103.
        ("JPN", "rd_expenditure_gdp", 2023, 5, 14, (3.0938 + 2.67614) / 2),
        ("VNM", "rd_expenditure_gdp", 2023, 13, 14, (3.0938 + 2.67614) / 2),
        ("MAC", "rd_expenditure_gdp", 2023, 14, 14, (3.0938 + 2.67614) / 2),
        # HKG, SGP, IRL, MAC 90.1, GBR, SWE, THA, VNM, USA, MYS 52.79235 (the tenth of nineteen).
        ("MAC", "fdi_inward_stock_gdp_unctad", 2024, 4, 19, 52.79235),
        ("JPN", "fdi_inward_stock_gdp_unctad", 2024, 19, 19, 52.79235),
        ("TWN", "fdi_inward_stock_gdp_unctad", 2024, 16, 19, 52.79235),
    ],
)
def test_rank_and_median_are_those_counted_by_hand(
    catalogue, place, indicator, year, rank, number, middle
):
    found = standing(catalogue, place, indicator)
    assert (found.year, found.rank, len(found.economies)) == (year, rank, number)
    assert found.median == pytest.approx(middle, abs=1e-5)
    assert found.reason == ""


def test_a_newest_year_that_hardly_anyone_has_gives_way_to_a_covered_one(catalogue):
    found = standing(catalogue, "MAC", "rd_expenditure_gdp")
    assert (int(found.newest.year), found.year) == (2024, 2023)
    assert found.value == 0.27103


@pytest.mark.parametrize("place", ["JPN", "KOR", "MYS", "VNM", "MAC"])
def test_sme_shares_under_different_limits_have_no_rank(catalogue, place):
    found = standing(catalogue, place, "sme_share_enterprises")
    assert found.rank is None
    assert found.median is None
    assert "legal SME limits differ" in found.reason
    assert [item for item in found.findings if item.code == "sme_definition"]


def test_shares_of_the_same_limits_are_ranked(small):
    law = {"definition_id": "WIDE"}
    found = standing(
        small(("AAA", 2000, 70, law), ("BBB", 2000, 80, law), ("CCC", 2000, 90, law)),
        "AAA",
        "share",
    )
    assert (found.rank, found.median) == (3, 80.0)


def test_a_figure_without_a_law_is_not_ranked_among_those_that_follow_one(small):
    law = {"definition_id": "WIDE"}
    held = small(("AAA", 2000, 70, law), ("BBB", 2000, 80, law), ("CCC", 2000, 90))
    assert standing(held, "CCC", "share").reason == (
        "Does not compare: not every source names its SME limits."
    )
    earlier = small(("AAA", 1999, 70, law), ("AAA", 2000, 70), ("BBB", 2000, 80), ("CCC", 2000, 90))
    # None of that year names a law, and still they follow laws.
    assert standing(earlier, "AAA", "share").rank is None


def test_differing_sectors_are_named_beside_differing_limits(small):
    held = small(
        ("AAA", 2000, 70, {"definition_id": "WIDE"}),
        ("BBB", 2000, 80, {"definition_id": "NARROW", "scope": "manufacturing"}),
        ("CCC", 2000, 90, {"definition_id": "WIDE"}),
    )
    assert standing(held, "AAA", "share").reason == (
        "Does not compare: sectors differ; legal SME limits differ."
    )


def test_equal_values_share_a_rank_and_the_next_one_is_left_out(small):
    held = small(("AAA", 2000, 9), ("BBB", 2000, 7), ("CCC", 2000, 7), ("DDD", 2000, 5))
    ranks = {key: standing(held, key, "share") for key in NAMES[:4]}
    assert [found.rank for found in ranks.values()] == [1, 2, 2, 4]
    assert [found.is_tied for found in ranks.values()] == [False, True, True, False]


def test_where_lower_is_better_the_lowest_is_first(small):
    held = small(("AAA", 2000, 9), ("BBB", 2000, 7), ("CCC", 2000, 5), better="lower")
    assert [standing(held, key, "share").rank for key in NAMES[:3]] == [3, 2, 1]


@pytest.mark.parametrize("qualifier", BOUNDS)
def test_a_bound_has_no_rank_and_is_counted_among_those_left_out(small, qualifier):
    bound = {"qualifier": qualifier, "value_low": "5", "value_high": "8"}
    held = small(("AAA", 2000, 9), ("BBB", 2000, 7), ("CCC", 2000, 6), ("DDD", 2000, 5, bound))
    assert "bound" in standing(held, "DDD", "share").reason
    other = standing(held, "AAA", "share")
    assert (other.rank, other.economies, other.bounds) == (1, NAMES[:3], ("DDD",))
    assert other.median == 7.0


def test_too_few_economies_make_no_rank(small):
    alone = standing(small(("AAA", 2000, 9)), "AAA", "share")
    assert alone.reason == "No rank: no other economy has a value for 2000."
    two = standing(small(("AAA", 2000, 9), ("BBB", 2000, 8)), "AAA", "share")
    assert two.reason == "No rank: only one other economy has a value for 2000."


def test_a_neighbour_is_ranked_with_the_others_and_does_not_move_their_median(small):
    held = small(
        ("AAA", 2000, 9), ("BBB", 2000, 7), ("CCC", 2000, 5), ("DDD", 2000, 8), neighbours=("DDD",)
    )
    found = standing(held, "DDD", "share")
    assert (found.rank, len(found.economies), found.median) == (2, 4, 7.0)
    # And nobody else's standing knows of it.
    assert standing(held, "BBB", "share").economies == NAMES[:3]


def test_no_value_has_no_standing_and_an_unknown_indicator_is_refused(catalogue, small):
    assert standing(small(("AAA", 2000, 9)), "BBB", "share") is None
    with pytest.raises(UnknownIdentifierError):
        standing(catalogue, "JPN", "happiness")


@settings(max_examples=25)
@given(st.lists(st.integers(0, 50), min_size=FEWEST, max_size=len(NAMES)))
def test_ranks_follow_the_values_and_the_median_is_the_median(small, values):
    held = small(*((name, 2000, value) for name, value in zip(NAMES, values, strict=False)))
    ranks = []
    for name, value in zip(NAMES, values, strict=False):
        found = standing(held, name, "share")
        assert found.rank == 1 + sum(other > value for other in values)
        assert found.median == median(values)
        ranks.append(found.rank)
    assert min(ranks) == 1


def test_every_rank_of_the_data_rests_on_economies_in_focus_of_one_year(catalogue):
    focus = set(economies_of(catalogue, in_focus=True))
    for indicator in ("rd_expenditure_gdp", "gdp_current_usd", "tertiary_enrolment_gross"):
        for place in sorted(focus):
            found = standing(catalogue, place, indicator)
            if found is None or found.rank is None:
                continue
            series = catalogue.series(indicator, focus, found.year, found.year)
            assert set(found.economies) == set(series["place_id"])
            assert found.value == series.set_index("place_id").loc[place, "value"]
