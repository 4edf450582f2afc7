"""Programmes over the years: bars of years, totals over their years, regions by stage."""

from itertools import pairwise

import pandas as pd
import pytest

from dashboard.catalogue.programme_amounts import amounts, drawn_of_years, totals
from dashboard.catalogue.reference import reference
from dashboard.charts.programme_years import by_year, describe_by_year
from dashboard.charts.programmes import describe_gantt, gantt, period_words, stages
from dashboard.charts.programmes import totals as total_bars
from dashboard.charts.spans import LETTERS, Span, spans
from dashboard.transforms.programme_amounts import read_amounts


@pytest.fixture(scope="session")
def programmes(catalogue):
    table = catalogue.table("programmes")
    return table[table["start_year"].notna() | table["end_year"].notna()]


@pytest.fixture(scope="session")
def read(catalogue):
    def read(*programme_ids, **wishes):
        rows = amounts(catalogue, list(programme_ids))
        return read_amounts(rows, catalogue.places, reference(catalogue), **wishes)

    return read


def years_rows(made):
    """The amounts of years of a reading, as the page hands them to the chart."""
    rows = drawn_of_years(made.rows)
    return rows.assign(
        panel=rows["programme"], is_part=rows["place_id"] != "", hover=rows["funding_id"]
    )


def bars(figure):
    """Length or height of each bar by the words of its hover box."""
    return {
        word: (x, y)
        for trace in figure.data
        if trace.type == "bar"
        for word, x, y in zip(trace.hovertext, trace.x, trace.y, strict=True)
    }


def words_on(figure):
    return [note.text.replace("<br>", " ") for note in figure.layout.annotations]


def test_every_programme_with_years_is_a_bar_that_opens_it(catalogue, programmes, look):
    groups = dict(zip(programmes["programme_id"], programmes["economy"], strict=True))
    figure = gantt(programmes, groups, catalogue.places, look)
    opened = [key for trace in figure.data if trace.type == "bar" for key in trace.customdata]
    assert sorted(opened) == sorted(programmes["programme_id"])
    assert all(trace.name for trace in figure.data)
    # Approach is told by hatching as well as by name, and each approach by one.
    patterns = {trace.name: trace.marker.pattern.shape for trace in figure.data[:3]}
    assert set(patterns) == {"Academic", "Business", "Mixed"}
    assert len(set(patterns.values())) == 3


def test_a_bar_is_as_long_as_its_years(catalogue, programmes, look):
    one = programmes[programmes["programme_id"] == "jp_mext_kci1"]
    figure = gantt(one, {"jp_mext_kci1": "Japan"}, catalogue.places, look)
    [trace] = figure.data
    # From the start of 2002 to the end of 2008.
    assert (list(trace.base), list(trace.x)) == ([2002], [7])
    assert "Knowledge Cluster Initiative, first stage · 2002–2008" in words_on(figure)


def test_an_open_end_is_a_dotted_line_and_said(catalogue, programmes, look):
    one = programmes[programmes["programme_id"] == "cn_torch"]
    figure = gantt(one, {"cn_torch": "China"}, catalogue.places, look)
    bar, line = figure.data
    assert list(bar.x) == [1]
    assert line.line.dash == "dot"
    assert line.name == "Open end"
    assert "from 1988, no end stated" in " ".join(words_on(figure))


def test_without_a_first_year_the_line_leads_to_the_last(look):
    span = Span("A strategy", None, 2035, "x", "Mixed", look.accent)
    figure = spans([("", [span])], look)
    assert list(figure.data[0].base) == [2035]
    assert figure.data[1].x[1] == 2035
    assert period_words(None, 2035) == "to 2035, no first year stated"


def test_words_are_short_enough_for_a_telephone_and_do_not_meet(catalogue, programmes, look):
    groups = dict(zip(programmes["programme_id"], programmes["sponsor"], strict=True))
    figure = gantt(programmes, groups, catalogue.places, look)
    captions = [note for note in figure.layout.annotations if note.yref == "y"]
    lines = [
        line
        for note in captions
        if not note.text.startswith("<b>")
        for line in note.text.split("<br>")
    ]
    # Escaped signs take more letters in markup than on the screen.
    assert max(len(line.replace("&amp;", "&").replace("&#x27;", "'")) for line in lines) <= LETTERS
    heights = [(note.y, note.y + 16 * (note.text.count("<br>") + 1)) for note in captions]
    assert all(below <= top for (_, below), (top, _) in pairwise(heights))


def test_the_amount_of_a_year_stands_at_the_year_and_its_rival_beside_it(read, look):
    made = read("jp_meti_icp1")
    rows = years_rows(made)
    figure = by_year(rows, made.units, look)
    found = bars(figure)
    assert {key: y for key, (_, y) in found.items()} == {
        "pf0005": 29_400,
        "pf0006": 52_200,
        "pf0538": 46_500,
    }
    left, right = found["pf0005"][0], found["pf0006"][0]
    assert left < 2002 < right
    hollow = {trace.name: trace.marker.color for trace in figure.data if trace.type == "bar"}
    assert hollow["Another figure"] == look.card
    assert hollow["Of the year"] == look.accent
    assert figure.layout.yaxis.range[0] == 0


def test_a_year_without_an_amount_is_marked_as_unknown_and_has_no_bar(read, look):
    made = read("jp_mext_kci1")
    figure = by_year(years_rows(made), made.units, look)
    [gap] = [trace for trace in figure.data if trace.type == "scatter"]
    assert gap.name == "None known"
    assert list(gap.x) == [2007]
    assert 2007 not in {round(x) for x, _ in bars(figure).values()}


def test_no_bar_is_a_sum_and_none_a_total_of_several_years(catalogue, read, look):
    """Over every programme: each bar is one row of one year, as printed."""
    table = catalogue.table("programme_funding").set_index("funding_id")
    for programme_id in catalogue.programme_names:
        made = read(programme_id)
        rows = years_rows(made)
        if rows.empty or rows["unit_symbol"].nunique() > 1:
            continue
        found = bars(by_year(rows, made.units, look))
        assert len(found) == len(rows)
        for key, (_, value) in found.items():
            assert value == table.loc[key, "amount"], key
            assert table.loc[key, "period_type"] in ("fiscal_year", "calendar_year"), key


def test_panels_of_one_unit_have_one_scale(read, look):
    made = read("jp_meti_icp1", "jp_mext_kci1")
    figure = by_year(years_rows(made), made.units, look)
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert "Japanese yen" in " ".join(words_on(figure))


def test_in_dollars_the_axis_and_the_words_say_so(read, look):
    made = read("jp_mext_kci1", money="usd_constant", prices=2015)
    rows = years_rows(made)
    figure = by_year(rows, made.units, look)
    assert "US dollars of 2015" in " ".join(words_on(figure))
    labels = [text for trace in figure.data if trace.type == "bar" for text in trace.text]
    assert "70.51 mn" in labels
    said = describe_by_year(rows, made.units, "Public money")
    assert "the most US$ 80.13 mn (2015) in 2006" in said


def test_a_total_lies_over_its_years_with_the_amount_in_words(read, look):
    made = read("sg_rie2015")
    rows = totals(made.rows)
    rows = rows.assign(words=rows["period_note"], hover="x")
    figure = total_bars(rows, dict.fromkeys(rows["funding_id"], ""), made.units, look)
    [trace] = figure.data
    assert (list(trace.base), list(trace.x)) == ([2011], [5])
    [said] = [word for word in words_on(figure) if "SGD" in word]
    assert said.replace("\N{NO-BREAK SPACE}", " ").startswith("SGD 16 bn: ")


def test_a_decision_is_a_mark_at_its_year(read, look):
    made = read("my_nss")
    rows = totals(made.rows).assign(words="plan", hover="x")
    figure = total_bars(rows, dict.fromkeys(rows["funding_id"], ""), made.units, look)
    [mark] = figure.data
    assert mark.marker.symbol == "diamond"
    assert list(mark.x) == [2024.5]


def test_regions_are_counted_by_stage_and_type(look):
    rows = pd.DataFrame(
        {
            "programme": ["A", "A", "A", "B"],
            "stage": ["First", "First", "Second", ""],
            "industry_type": ["science_based", "science_based", "", "science_based"],
        }
    )
    figure = stages(rows, look)
    counts = {trace.name: list(trace.x) for trace in figure.data}
    assert counts == {"Science-based": [2, 1], "No type known": [1]}
    assert "A · First · 2" in words_on(figure)
    assert figure.layout.xaxis.rangemode == "tozero"


def test_the_timeline_is_told_in_a_sentence(catalogue):
    table = catalogue.table("programmes")
    said = describe_gantt(table, catalogue.places)
    assert said.startswith("Timeline of 71 cluster programmes of 17 economies")
    assert "most (15) are of Japan" in said
