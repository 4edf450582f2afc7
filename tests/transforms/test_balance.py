"""Statistics over time are of the same places in every year."""

from dashboard.transforms.balance import balanced


def test_a_place_with_a_gap_is_left_out_of_all_years_by_name(series):
    rows = series(
        ("japan", 2000, 1.0), ("japan", 2001, 2.0), ("korea", 2001, 3.0),
        ("america", 2000, 0.0), ("america", 2001, 5.0), ("kyushu", 2000, 1.0, "range"),
    )  # fmt: skip
    held = balanced(rows, [2001, 2000], above_zero=True)
    assert held.values.to_dict() == {"japan": {2000: 1.0, 2001: 2.0}}
    assert held.names == ("Japan",)
    assert dict(held.left_out) == {
        "Korea": "no figure for 2000",
        "America": "not above zero in 2000",
        "Kyushu": "no figure for 2000–2001",
    }
    assert "America" in balanced(rows, [2000, 2001]).names


def test_years_of_few_reporters_are_not_compared_unless_asked_for(series):
    rows = series(
        *[(f"p{number}", year, 1.0) for number in range(5) for year in (2000, 2001)],
        ("p0", 2002, 1.0),
    )
    assert list(balanced(rows).values.index) == [2000, 2001]
    assert len(balanced(rows).names) == 5
    assert balanced(rows, [2000, 2002]).names == ("P0",)
