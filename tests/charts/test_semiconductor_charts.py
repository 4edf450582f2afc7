"""Growth cycles, counts, claims and tallies: bars from zero with their words, doubts hatched."""

from dataclasses import replace

import pytest

from dashboard.catalogue.belt_claims import INDICATOR, claims
from dashboard.catalogue.chip_counts import QUESTIONS, rows_of
from dashboard.charts.claims import claim_bars, describe_claims
from dashboard.charts.counts import count_bars, describe_count
from dashboard.charts.cycles import HEIGHT, describe_growth, growth_bars
from dashboard.charts.tallies import Tally, describe_tallies, tally_bars
from dashboard.transforms.cycles import Downturn, downturns
from dashboard.transforms.growth import yearly_growth

SALES = "semiconductor_billings"
COUNTS = {count.count_id: count for question in QUESTIONS for count in question.counts}


def bars(figure):
    """Words of each bar, its length and whether it is hatched."""
    return {
        words.replace("\N{NO-BREAK SPACE}", " "): (value, bool(shape))
        for trace in figure.data
        for words, value, shape in zip(
            trace.customdata, trace.x, trace.marker.pattern.shape, strict=True
        )
    }


# --- Growth cycles --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market(catalogue):
    rows = catalogue.series(SALES, ["wsts_world"])
    growth = yearly_growth(rows, catalogue.indicator(SALES))
    return growth, downturns(growth, rows)


def test_years_that_rose_and_fell_are_two_named_traces_on_one_zero(market, look):
    growth, falls = market
    figure = growth_bars(growth.rows, growth.indicator, falls, look)
    rose, fell = figure.data
    assert (rose.name, fell.name) == ("Rose", "Fell")
    assert min(rose.y) >= 0 > max(fell.y)
    assert len(rose.x) + len(fell.x) == len(growth.rows)
    assert rose.marker.color != fell.marker.color
    low, high = figure.layout.yaxis.range
    assert low < min(fell.y) < 0 < max(rose.y) < high


def test_each_downturn_is_named_below_its_bars_within_the_plot(market, look):
    growth, falls = market
    figure = growth_bars(growth.rows, growth.indicator, falls, look)
    names = {note.text: note for note in figure.layout.annotations if note.name == "downturn"}
    assert len(names) == len(falls) == 8
    deepest = names["2001: −32 %"]
    assert deepest.x == 2001
    assert names["2008–09: −11 %"].x == 2008.5
    assert "2015: −0.2 %" in names
    low, high = figure.layout.yaxis.range
    for name, note in names.items():
        assert note.yanchor == "top"
        room = (note.y - low) / (high - low) * (HEIGHT - 60)
        assert room > 5.5 * len(name), name


def test_a_change_that_is_not_exact_is_hatched(series, level, look):
    rows = series(("JPN", 2001, 5.0, "approximate"), ("JPN", 2002, 4.0))
    [rose, _] = growth_bars(rows, replace(level, unit_symbol="%"), [], look).data
    assert list(rose.marker.pattern.shape) == ["/", ""]


def test_growth_in_words_names_the_best_year_and_the_deepest_fall(market):
    growth, falls = market
    told = describe_growth(growth.rows, growth.indicator, falls, "World")
    assert "1987–2025" in told
    assert "+41.7 % in 1995" in told
    assert "9 of 39 years fell, in 8 downturns" in told
    assert "deepest 2001 with −32.0 %" in told


def test_growth_without_a_fall_or_without_a_year_is_said(series, level):
    rows = series(("JPN", 2001, 5.0))
    changed = replace(level, unit_symbol="%", decimals=1)
    assert describe_growth(rows, changed, [], "Japan").endswith("no year fell.")
    assert "no year has a change" in describe_growth(rows.iloc[:0], changed, [], "Japan")


def test_a_downturn_is_called_by_its_years():
    fall = Downturn("x", 1999, 2001, 10, 5, -50, None)
    assert fall.name == "1999–01"


# --- Counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", COUNTS.values(), ids=list(COUNTS))
def test_every_row_of_a_count_is_a_bar_from_zero_with_its_unit(catalogue, look, count):
    rows = rows_of(catalogue, count)
    indicator = catalogue.indicator(count.indicators[0])
    figure = count_bars(rows, indicator, catalogue.places, look)
    assert sum(len(trace.x) for trace in figure.data) == len(rows)
    assert all(trace.name for trace in figure.data)
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.xaxis.title.text.lower() == indicator.unit.lower()


def test_bounds_forecasts_and_quarters_are_hatched_and_say_so(catalogue, look):
    semi = COUNTS["semi"]
    rows = rows_of(catalogue, semi)
    drawn = bars(count_bars(rows, catalogue.indicator(semi.indicators[0]), catalogue.places, look))
    assert drawn["China: 22.8 %"] == (22.8, False)
    assert drawn["United States: at most 10 %, forecast of January 2024"] == (10, True)
    firms = COUNTS["foundry_by_firm"]
    rows = rows_of(catalogue, firms)
    drawn = bars(count_bars(rows, catalogue.indicator(firms.indicators[0]), catalogue.places, look))
    assert drawn["TSMC: 61.2 %, fourth quarter"] == (61.2, True)


def test_a_count_in_words_tells_its_newest_year(catalogue):
    count = COUNTS["foundry_advanced"]
    rows = rows_of(catalogue, count)
    told = describe_count(rows, catalogue.indicator(count.indicators[0]), count.name)
    assert told.startswith("Foundry capacity at 16 nm and below: 5 values, 2023–2027; in 2027")
    assert "United States 17 %, forecast" in told


# --- Claims ---------------------------------------------------------------------------------------


def test_each_claim_is_a_hatched_bar_with_wording_year_and_source(catalogue, look):
    rows = claims(catalogue)
    figure = claim_bars(
        rows, catalogue.indicator(INDICATOR), catalogue.places, catalogue.sources, look
    )
    drawn = bars(figure)
    assert len(drawn) == len(rows)
    words = "about 33.3 % (“one third”), published 2002 · The Japan Times (2002)"
    assert drawn[words] == (33.3, True)
    assert [value for name, (value, _) in drawn.items() if name.startswith("at least 50 %")] == [50]
    # The belt and Kyushu are never on one axis.
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}


def test_claims_in_words_name_every_document(catalogue):
    told = describe_claims(
        claims(catalogue), catalogue.indicator(INDICATOR), catalogue.places, catalogue.sources
    )
    for name in ("The Japan Times", "Kitagawa", "Data-Max"):
        assert name in told


# --- Tallies --------------------------------------------------------------------------------------


def test_what_is_not_known_is_a_bar_of_another_kind(look):
    panels = [[Tally("2000s", 5)], [Tally("Known", 5), Tally("Not known", 20, is_known=False)]]
    figure = tally_bars(panels, "rows", look)
    assert bars(figure) == {
        "2000s: 5": (5, False),
        "Known: 5": (5, False),
        "Not known: 20": (20, False),
    }
    assert [trace.name for trace in figure.data] == ["Known", "Known", "Not known"]
    assert len({trace.marker.color[0] for trace in figure.data}) == 2
    assert figure.layout.xaxis.title.text == "Rows"
    assert describe_tallies(panels, "Fabs") == "Fabs: 2000s 5, Known 5, Not known 20."
