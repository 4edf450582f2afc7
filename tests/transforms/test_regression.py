"""The trend line against Anscombe's published example and against lines known beforehand."""

import math

import numpy as np
import pytest

from dashboard.transforms.regression import fit_line

# F. J. Anscombe, Graphs in Statistical Analysis, The American Statistician 27 (1973), first set.
ANSCOMBE_X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE_Y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]


def test_anscombes_line():
    line = fit_line(ANSCOMBE_X, ANSCOMBE_Y)
    assert (line.slope, line.intercept) == pytest.approx((0.5, 3.0), abs=1e-3)
    assert line.r2 == pytest.approx(0.67, abs=0.005)
    assert line.n == 11
    assert line.equation == "y = 3 + 0.5 × x"
    assert "accounts for 67 % of the differences" in line.said


@pytest.mark.parametrize(
    ("log_x", "log_y", "curve", "equation"),
    [
        (False, False, lambda x: 3 - 2 * x, "y = 3 − 2 × x"),
        (True, False, lambda x: 1 + 5 * np.log10(x), "y = 1 + 5 × log₁₀ x"),
        (False, True, lambda x: 4 * 1.5**x, "y = 4 × 1.5^x"),
        (True, True, lambda x: 2 * x**0.7, "y = 2 × x^0.7"),
    ],
)
def test_a_curve_is_found_again_on_the_axes_it_is_straight_on(log_x, log_y, curve, equation):
    x = np.array([1.0, 2.0, 5.0, 10.0])
    line = fit_line(x, curve(x), log_x, log_y)
    assert line.equation == equation
    assert line.r2 == pytest.approx(1.0)
    assert line.at([3.0, 20.0]) == pytest.approx(curve(np.array([3.0, 20.0])))


def test_a_power_law_is_told_as_an_elasticity():
    x = [1.0, 10.0, 100.0]
    said = fit_line(x, [1.0, 0.1, 0.01], True, True, x_name="size", y_name="rate").said
    assert "1 % more of size goes with 1 % less of rate" in said


def test_points_without_both_numbers_or_without_a_logarithm_are_not_used():
    line = fit_line([1, 2, 3, -1, math.nan, 4], [1, 2, 3, 9, 9, math.nan], log_x=True)
    assert line.n == 3


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1, 2], [1, 2], "2 points; it takes 3"),
        ([2, 2, 2], [1, 2, 3], "of the same x"),
        ([], [], "0 points"),
    ],
)
def test_no_line_goes_through_too_little(x, y, words):
    line = fit_line(x, y)
    assert not line.is_line
    assert math.isnan(line.r2)
    assert words in line.said
    assert line.equation == ""


def test_a_level_line_has_a_slope_of_zero_and_no_variance_to_share():
    line = fit_line([1, 2, 3], [5, 5, 5])
    assert (line.slope, line.intercept) == (0, 5)
    assert math.isnan(line.r2)
    assert "R² =" not in line.said


def test_large_numbers_are_written_without_a_programs_exponent():
    line = fit_line([1, 2, 3], [2e12, 4e12, 6e12])
    assert line.equation == "y = 0 + 2×10^12 × x"
