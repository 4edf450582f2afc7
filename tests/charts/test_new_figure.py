"""Figures are checked in tests, and the same whether they are checked or not."""

import json

import pytest

from dashboard.charts import figures
from dashboard.charts.change import dumbbell, slope
from dashboard.charts.figures import new_figure
from dashboard.charts.heat import heat_map
from dashboard.charts.multiples import small_multiples
from dashboard.charts.ranks import bump
from dashboard.charts.series import ranking, trend
from dashboard.charts.theme import DARK
from dashboard.transforms import rank
from dashboard.transforms.breaks import lean

PLACES = ("JPN", "KOR", "CHN", "TWN", "SGP")


def told(figure):
    """A figure as a browser reads it: an empty list of words or shapes says nothing."""
    read = json.loads(figure.to_json())
    read["layout"] = {key: value for key, value in read["layout"].items() if value != []}
    return read


def test_a_figure_of_a_test_is_checked():
    with pytest.raises(ValueError, match="xaxsi"):
        new_figure([], {"xaxsi": {}})
    with pytest.raises(ValueError, match="no such colour"):
        new_figure([{"type": "scatter", "line": {"color": "no such colour"}}])


@pytest.mark.parametrize("key", ["rd_expenditure_gdp", "population", "hightech_exports_share"])
@pytest.mark.parametrize("kind", ["line", "ranking", "slope", "dumbbell", "bump", "heat", "panels"])
def test_a_figure_that_is_not_checked_is_the_same(monkeypatch, catalogue, key, kind):
    indicator, places = catalogue.indicators[key], catalogue.places
    rows = lean(catalogue.series(key, PLACES))
    made = {
        "line": lambda: trend(rows, indicator, places, DARK),
        "ranking": lambda: ranking(rank(rows[rows["year"] == 2015]), indicator, places, DARK),
        "slope": lambda: slope(rows, indicator, places, DARK, 2010, 2020),
        "dumbbell": lambda: dumbbell(rows, indicator, places, DARK, 2010, 2020),
        "bump": lambda: bump(rows, indicator, places, DARK),
        "heat": lambda: heat_map(rows, indicator, places, DARK),
        "panels": lambda: small_multiples([(key, rows, indicator)], places, DARK, common_axis=True),
    }[kind]
    checked = told(made())
    monkeypatch.setattr(figures, "IS_CHECKED", False)
    assert told(made()) == checked
    assert checked["data"]
