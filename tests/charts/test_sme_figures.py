"""Shares of small firms as bars, and limits of several economies to one scale."""

import pandas as pd
import pytest

from dashboard.catalogue.sme_facts import largest_sectors
from dashboard.catalogue.sme_laws import laws
from dashboard.charts.sectors import sectors_beside
from dashboard.charts.sme_figures import as_printed, describe_groups, grouped_bars
from dashboard.charts.thresholds import limits_beside


def words_on(figure):
    return [
        note.text.replace("<br>", " ").replace("\N{NO-BREAK SPACE}", " ")
        for note in figure.layout.annotations
    ]


def figures(*rows):
    columns = ("heading", "label", "kind", "indicator_id", "value", "value_high", "qualifier")
    return pd.DataFrame(rows, columns=columns)


ROWS = figures(
    ("Japan", "Jobs, 2016", "by one law", "sme_share_employment", 68.8, None, "exact"),
    ("Japan", "Value, 2023", "otherwise", "sme_share_value_added", 50.0, None, "at_most"),
    ("Indonesia", "Plants, 2003", "otherwise", "sme_share_establishments", 70.0, 90.0, "range"),
    ("Korea", "Firms, 2017", "by one law", "sme_count", 6_300_000.0, None, "exact"),
)


def test_each_unit_has_an_axis_from_zero_and_each_kind_a_trace(catalogue, look):
    figure = grouped_bars(ROWS, catalogue.indicators, look)
    assert {(trace.name, trace.xaxis) for trace in figure.data} == {
        ("by one law", "x"),
        ("otherwise", "x"),
        ("by one law", "x2"),
    }
    assert figure.layout.xaxis.range[0] == figure.layout.xaxis2.range[0] == 0
    assert "%" in figure.layout.xaxis.title.text
    assert figure.layout.xaxis2.title.text == "Number"
    assert "<b>Japan</b>" in words_on(figure)
    assert "Jobs, 2016: 68.8 %" in words_on(figure)


def test_what_is_not_exact_is_hatched_and_a_range_has_a_whisker(catalogue, look):
    figure = grouped_bars(ROWS, catalogue.indicators, look)
    [other] = [trace for trace in figure.data if trace.name == "otherwise"]
    assert list(other.marker.pattern.shape) == ["/", "/"]
    assert list(other.error_x.array) == [0, 20]
    assert "Plants, 2003: 70–90 %" in words_on(figure)
    assert "Value, 2023: at most 50 %" in words_on(figure)


def test_a_kind_keeps_its_colour_whichever_comes_first(catalogue, look):
    kinds = ("by one law", "otherwise")
    figure = grouped_bars(ROWS.iloc[::-1], catalogue.indicators, look, kinds)
    colours = {trace.name: set(trace.marker.color) for trace in figure.data}
    assert colours == {"by one law": {look.accent}, "otherwise": {look.warm}}


def test_no_rows_have_no_figure(catalogue, look):
    assert grouped_bars(ROWS.iloc[:0], catalogue.indicators, look) is None


@pytest.mark.parametrize(
    ("value", "qualifier", "high", "words"),
    [
        (99.99, "exact", None, "99.99 %"),
        (70.0, "exact", None, "70.0 %"),
        (97.0, "approximate", None, "about 97 %"),
        (70.0, "range", 90.0, "70–90 %"),
    ],
)
def test_a_figure_keeps_the_digits_of_its_source(catalogue, value, qualifier, high, words):
    row = {"value": value, "qualifier": qualifier, "value_high": high}
    assert as_printed(row, catalogue.indicators["sme_share_enterprises"]) == words


def test_the_sentence_names_every_group_and_figure(catalogue):
    assert describe_groups(ROWS.iloc[:3], catalogue.indicators, "Shares") == (
        "Shares: Japan: Jobs, 2016 68.8 %, Value, 2023 at most 50 %; "
        "Indonesia: Plants, 2003 70–90 %."
    )


def test_limits_of_economies_share_one_axis(catalogue, look):
    rows = laws(catalogue, ("JPN", "MYS", "CHN"))
    figure = limits_beside(rows, ["max_employees"], look)
    ends = {value for trace in figure.data for value in trace.x}
    assert {50, 100, 300, 150, 200, 1000, 2000} <= ends
    assert {trace.xaxis for trace in figure.data} == {"x"}
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.xaxis.range[1] >= 2000
    assert "<b>Malaysia, from 2013</b>" in words_on(figure)
    assert "Manufacturing: up to 200" in words_on(figure)


def test_limits_of_money_are_to_scale_in_dollars_with_the_laws_own_amount(catalogue, look):
    rows = laws(catalogue, ("SGP", "KOR"))
    figure = limits_beside(rows, ["max_turnover"], look)
    [singapore] = [text for text in words_on(figure) if "SGD 100 mn = US$" in text]
    assert singapore.startswith("All: up to SGD 100 mn = US$ ")
    drawn = max(value for trace in figure.data for value in trace.x)
    assert drawn == pytest.approx(rows["usd_turnover"].max())
    assert "US$" in figure.layout.xaxis.title.text


def test_an_economy_without_such_a_limit_has_no_figure(catalogue, look):
    assert limits_beside(laws(catalogue, ("IND",)), ["max_employees"], look) is None


def test_sectors_of_several_economies_have_two_bars_each(catalogue, look):
    rows = largest_sectors(catalogue, ("THA", "KOR"))
    figure = sectors_beside(rows, look)
    assert {trace.name: len(trace.x) for trace in figure.data} == {
        "Value added": 6,
        "Employment": 6,
    }
    text = words_on(figure)
    assert text.index("<b>Thailand</b>") < text.index("<b>South Korea</b>")
    told = [word.replace("\N{NO-BREAK SPACE}", " ") for word in figure.data[0].customdata]
    assert told[0] == "1. Food and beverages (natural-resource-based), value added: 25.4 %"
