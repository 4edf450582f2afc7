"""Bars under their words: limits of laws, sectors and yearly money, to scale and from zero."""

import pandas as pd
import pytest

from dashboard.charts.captioned import LETTERS, Bar, Panel, captioned_bars, unit_of
from dashboard.charts.funding import describe_funding, funding, yearly
from dashboard.charts.sectors import describe_sectors, sectors
from dashboard.charts.thresholds import describe_thresholds, sector_words, thresholds


def words_on(figure):
    return [
        note.text.replace("<br>", " ").replace("\N{NO-BREAK SPACE}", " ")
        for note in figure.layout.annotations
    ]


def drawn(figure):
    """Each bar by the words of its hover box."""
    return {
        word.replace("\N{NO-BREAK SPACE}", " "): value
        for trace in figure.data
        for word, value in zip(trace.customdata, trace.x, strict=True)
    }


@pytest.fixture(scope="session")
def laws(catalogue):
    def of(economy):
        table = catalogue.table("definitions")
        rows = table[table["economy"] == economy]
        return rows.assign(heading=rows["definition_id"])

    return of


def test_limits_of_employees_and_capital_have_an_axis_each(laws, look):
    figure = thresholds(laws("JPN"), look)
    bars = drawn(figure)
    assert bars["Manufacturing, construction, transport, other, small and medium: up to 300"] == 300
    assert bars["Wholesale, small: up to 5"] == 5
    assert bars["Retail, small and medium: up to JPY 50 mn"] == 50_000_000
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}
    assert "employees" in figure.layout.xaxis.title.text.lower()
    assert "JPY" in figure.layout.xaxis2.title.text


def test_every_limit_of_the_data_is_a_bar(catalogue, laws, look):
    table = catalogue.table("definitions")
    for economy in dict.fromkeys(table["economy"]):
        rows = laws(economy)
        limits = rows[["max_employees", "max_capital", "max_turnover"]].notna().to_numpy().sum()
        figure = thresholds(rows, look)
        assert sum(len(trace.x) for trace in figure.data) == limits, economy
        assert all(trace.name for trace in figure.data)
        for name in (name for name in figure.layout if name.startswith("xaxis")):
            assert figure.layout[name].range[0] == 0


def test_a_law_without_limits_has_no_figure(laws, look):
    rows = laws("JPN").assign(max_employees=None, max_capital=None, max_turnover=None)
    assert thresholds(rows, look) is None


def test_the_sentence_names_the_widest_limit_of_each_kind(laws):
    text = describe_thresholds(laws("JPN"), "Japan")
    assert text.startswith("Legal SME limits of Japan by one definition: employees in 6 limits")
    assert "up to 300 (manufacturing" in text
    assert "up to JPY 300 mn" in text


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("trade_services", "Trade, services"),
        ("non_manufacturing", "Other than manufacturing"),
        ("all", "All"),
        ("manufacturing (ISIC D)", "Manufacturing (ISIC D)"),
    ],
)
def test_sectors_of_a_law_are_written_in_words(scope, words):
    assert sector_words(scope) == words


def test_a_sector_has_a_bar_for_employment_and_one_for_value_added(catalogue, look):
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == "KOR"]
    figure = sectors(rows, {"automotive": "Complex product systems"}, look)
    assert {trace.name: list(trace.x) for trace in figure.data} == {
        "Value added": [16.2, 9.5, 8.7],
        "Employment": [9.7, 5.4, 8.0],
    }
    assert [word for word in words_on(figure) if "complex product systems" in word]
    colours = {tuple(trace.marker.color) for trace in figure.data}
    assert len(colours) == 2
    assert "16.2 % of value added and 9.7 % of employment" in describe_sectors(rows, "South Korea")


def test_a_share_that_is_missing_has_no_bar(catalogue, look):
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == "KOR"].assign(employment_share=float("nan"))
    [trace] = sectors(rows, {}, look).data
    assert trace.name == "Value added"


MONEY = pd.DataFrame(
    {
        "programme": ["Plan", "Plan", "Plan", "Park"],
        "words": ["FY 2001, budget", "FY 2002, budget", "2001-2005, total", "2003, grant"],
        "year": pd.array([2001, 2002, 2001, 2003], dtype="Int64"),
        "period_type": ["fiscal_year", "fiscal_year", "multi_year", "calendar_year"],
        "currency": "JPY",
        "amount": [1000.0, 1500.0, 9000.0, 20.0],
        "qualifier": ["exact", "approximate", "exact", "exact"],
    }
)


def test_only_money_of_single_years_is_drawn_and_totals_are_not_spread(look):
    rows = yearly(MONEY)
    assert list(rows["words"]) == ["FY 2001, budget", "FY 2002, budget", "2003, grant"]
    figure = funding(rows, look)
    assert drawn(figure) == {
        "FY 2001, budget: JPY 1 bn": 1e9,
        "FY 2002, budget: about JPY 1.5 bn": 1.5e9,
        "2003, grant: JPY 20 mn": 2e7,
    }
    [trace] = figure.data
    assert list(trace.marker.pattern.shape) == ["", "/", ""]
    text = describe_funding(rows, "Japan")
    assert "2 cluster programmes of Japan, 3 amounts of single years, 2001–2003" in text
    assert "about JPY 1.5 bn (Plan, FY 2002, budget)" in text


def test_words_never_cover_a_bar_and_fit_a_telephone(laws, look):
    for economy in ("CHN", "KOR", "VNM", "JPN"):
        figure = thresholds(laws(economy), look)
        for at in range(1, 4):
            axis = f"y{'' if at == 1 else at}"
            notes = [note for note in figure.layout.annotations if note.yref == axis]
            bars = [y for trace in figure.data if trace.yaxis == axis for y in trace.y]
            for note in notes:
                lines = note.text.split("<br>")
                assert max(len(line.replace("<b>", "")) for line in lines) <= LETTERS + 4
                end = note.y + 17 * len(lines)
                assert not [y for y in bars if note.y < y + 5.5 and y - 5.5 < end], note.text


def test_a_range_is_a_whisker_and_a_rough_value_is_hatched(look):
    bars = [Bar("one", 3, "kind", look.accent), Bar("two", 4, "kind", look.accent, False, 6)]
    [trace] = captioned_bars([Panel(unit_of("things"), [("", bars)])], look).data
    assert list(trace.error_x.array) == [0, 2]
    assert list(trace.marker.pattern.shape) == ["", "/"]
    assert trace.name == "kind"
