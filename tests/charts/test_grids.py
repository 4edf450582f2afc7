"""Drawings of the page on upgrading: fields of words, the plane of capital, ranks on a line."""

from dashboard.charts.capital import Corner, Spot, capital_plane, describe_capital
from dashboard.charts.grids import Field, Line, describe_grid, grid
from dashboard.charts.rank_lines import RankLine, Standing, describe_ranks_told, rank_lines
from dashboard.charts.theme import THEMES

LOOK = next(iter(THEMES.values()))
LINES = [
    Line("First", [Field("said <b>", key="a"), Field("–", mark="empty", key="b")]),
    Line("Second", [Field("long words " * 12, key="c"), Field("short", key="d")]),
]


def test_every_field_is_a_bar_that_hands_over_its_key_and_words_are_no_markup():
    figure = grid(["One", "Two"], LINES, LOOK)
    assert sorted(key for bars in figure.data for key in bars.customdata) == ["a", "b", "c", "d"]
    words = [note.text for note in figure.layout.annotations]
    assert "said &lt;b&gt;" in words


def test_fields_of_different_rows_never_overlap_and_stand_inside_the_figure():
    figure = grid(["One", "Two"], LINES, LOOK)
    edges = {
        (middle - height / 2, middle + height / 2)
        for bars in figure.data
        for middle, height in zip(bars.y, bars.width, strict=True)
    }
    (_, first_ends), (second_starts, second_ends) = sorted(edges)
    assert first_ends < second_starts
    assert second_ends <= figure.layout.height


def test_a_grid_in_words_leaves_empty_fields_out():
    assert describe_grid(["One", "Two"], LINES[:1]) == "First – One: said <b>."


def spot(social, said_by, newest=True):
    return Spot("Case", said_by, "strong", social, "#123456", "key", is_newest=newest)


def test_a_case_that_papers_put_in_two_fields_is_joined_and_its_older_place_hollow():
    corners = {("strong", "weak"): Corner("Human only", "field")}
    one = capital_plane([spot("weak", "2008")], corners, LOOK)
    two = capital_plane([spot("weak", "2006", newest=False), spot("strong", "2008")], corners, LOOK)
    assert len(two.data) == len(one.data) + 1
    assert [
        trace.line.dash for trace in two.data if trace.type == "scatter" and trace.mode == "lines"
    ] == ["dash"]
    assert "social capital weak (2006)" in describe_capital([spot("weak", "2006")])


def test_a_rank_stands_at_its_number_and_a_past_one_is_hollow():
    line = RankLine(
        "Exporter",
        [Standing(10, "2000", "#aa0000", is_past=True), Standing(1, "2007", "#aa0000")],
        moves=True,
    )
    figure = rank_lines([line], LOOK)
    marks = figure.data[-1]
    assert tuple(marks.x) == (10, 1)
    assert list(marks.marker.color) == [LOOK.card, "#aa0000"]
    assert describe_ranks_told([line]) == "Exporter: 2000 rank 10, 2007 rank 1."
