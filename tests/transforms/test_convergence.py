"""Convergence on paths made by its own equation, and on figures worked out by hand."""

import math

import pytest

from dashboard.transforms.convergence import beta, sigma


@pytest.fixture
def paths(series):
    """Values of places that approach one path at 2 per cent a year: ln y falls to it by e^−βT."""

    def make(speed=0.02, years=(2000, 2010, 2020), starts=(1.0, 2.0, 3.0, 4.0)):
        rows = []
        for number, start in enumerate(starts):
            for year in years:
                left = start * math.exp(-speed * (year - years[0]))
                rows.append((f"p{number}", year, math.exp(left + 0.03 * (year - years[0]))))
        return series(*rows)

    return make


def test_the_speed_that_paths_were_made_with_is_found_again(paths):
    found = beta(paths(0.02), 2000, 2020)
    assert found.speed == pytest.approx(2.0)
    assert found.slope == pytest.approx(-100 * (1 - math.exp(-0.02 * 20)) / 20)
    assert found.intercept == pytest.approx(3.0)
    assert found.r2 == pytest.approx(1.0)
    assert found.n == 4
    assert "2.0 % a year, by half in 35 years" in found.said
    assert list(found.points["log_first"]) == pytest.approx([1.0, 2.0, 3.0, 4.0])


def test_growth_is_worked_out_by_hand(series):
    rows = series(("japan", 2000, 100.0), ("japan", 2010, 200.0), ("korea", 2000, 50.0),
                  ("korea", 2010, 150.0), ("america", 2000, 200.0), ("america", 2010, 300.0),
                  ("kyushu", 2000, 1.0))  # fmt: skip
    found = beta(rows, 2000, 2010)
    growth = dict(zip(found.points["place_name"], found.points["growth"], strict=True))
    assert growth == pytest.approx({"Japan": 6.9315, "Korea": 10.9861, "America": 4.0547}, abs=1e-4)
    # Starts lie ln 2 apart, so the slope is half the difference of the outer growth over ln 2.
    assert found.slope == pytest.approx((4.0547 - 10.9861) / 2 / math.log(2), abs=1e-3)
    assert dict(found.left_out) == {"Kyushu": "no figure for 2010"}


def test_places_that_drift_apart_have_no_speed_of_convergence(paths):
    found = beta(paths(-0.02), 2000, 2020)
    assert found.slope > 0
    assert math.isnan(found.speed)
    assert found.said.startswith("No convergence")


def test_places_that_overtake_have_no_speed_either(series):
    rows = series(("a", 2000, 1.0), ("a", 2001, 30.0), ("b", 2000, 2.0), ("b", 2001, 2.0),
                  ("c", 2000, 4.0), ("c", 2001, 0.1))  # fmt: skip
    found = beta(rows, 2000, 2001)
    assert math.isnan(found.speed)
    assert "overtook" in found.said


def test_too_few_places_are_said_to_be_too_few(paths):
    found = beta(paths(starts=(1.0, 2.0)), 2000, 2020)
    assert math.isnan(found.slope)
    assert "cannot be told" in found.said
    assert "2 have them" in found.said
    with pytest.raises(ValueError, match="in order"):
        beta(paths(), 2020, 2000)


def test_spread_falls_as_paths_converge(paths):
    table = sigma(paths(0.02))
    # Logarithms 1, 2, 3, 4 have a standard deviation of √1.25, and it shrinks by e^−βT.
    first = math.sqrt(1.25)
    expected = [first, first * math.exp(-0.2), first * math.exp(-0.4)]
    assert list(table["sd_log"]) == pytest.approx(expected)
    assert list(table["places"]) == [4, 4, 4]


def test_coefficient_of_variation_worked_out_by_hand(series):
    rows = series(("a", 2000, 2.0), ("b", 2000, 4.0), ("c", 2000, 6.0))
    [cv] = sigma(rows)["cv"]
    assert cv == pytest.approx(math.sqrt(8 / 3) / 4)
    assert sigma(rows.iloc[:1])["sd_log"].isna().all()
    assert sigma(rows.iloc[:0]).empty


def test_gdp_per_head_of_the_region_has_converged_since_1990(catalogue):
    members = [place.place_id for place in catalogue.places_of_kind("economy") if place.in_focus]
    rows = catalogue.series("gdp_pcap_ppp_const2021", members)
    found = beta(rows, 1990, 2019)
    assert found.n >= 15
    assert found.slope < 0
    assert 0.5 < found.speed < 5
    table = sigma(rows, [1990, 2000, 2010, 2019])
    assert table["sd_log"].iloc[-1] < table["sd_log"].iloc[0]
