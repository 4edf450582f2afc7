"""Parts are stacked only where they are parts of one whole, and only in years that they fill."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.wholes import (
    WHOLES,
    Whole,
    _remainder,
    parts_findings,
    parts_of,
    whole_of,
)

SHARES = whole_of("rd_by_performer")
SALES = whole_of("chip_sales_by_region")


def year_of(rows, year):
    return rows[rows["year"] == year]


def year(values, *, total=100.0, sources=("a",)):
    parts = list(SHARES.names)[: len(values)]
    return pd.DataFrame(
        {
            "part": parts,
            "year": 2020,
            "value": values,
            "whole_value": total,
            "place_id": "JPN",
            "source_id": (list(sources) * len(values))[: len(values)],
        }
    )


# --- The table ------------------------------------------------------------------------------------


def test_every_part_and_every_total_is_in_the_catalogue(catalogue):
    for whole in WHOLES:
        assert set(whole.indicators) <= set(catalogue.indicators)
        if whole.places:
            assert len(whole.indicators) == 1
            assert {*whole.names, *filter(None, [whole.total_place])} <= set(catalogue.places)
            assert whole.total_place not in whole.names, "A total is not a part of itself."
        else:
            assert tuple(whole.names) == whole.indicators


def test_identifiers_and_names_of_parts_are_unique():
    assert len({whole.whole_id for whole in WHOLES}) == len(WHOLES)
    for whole in WHOLES:
        assert len(set(whole.names.values())) == len(whole.parts)


def test_an_unknown_whole_is_refused_by_name():
    with pytest.raises(UnknownIdentifierError, match="cheese"):
        whole_of("cheese")


# --- Years that add up ----------------------------------------------------------------------------


def test_regions_of_chip_sales_add_up_to_the_world_in_every_year(catalogue):
    rows = parts_of(catalogue, SALES, "wsts_world")
    assert set(rows["part"]) == set(SALES.names)
    assert (rows["remainder"] == 0).all()
    sums = rows.groupby("year")["value"].sum()
    world = rows.drop_duplicates("year").set_index("year")["whole_value"]
    assert (sums - world).abs().max() < 0.001


def test_every_row_keeps_its_source_and_belongs_to_one_part(catalogue):
    for whole in WHOLES:
        place = next(iter(whole.names)) if whole.places else "JPN"
        rows = parts_of(catalogue, whole, place)
        assert len(rows)
        assert rows[["source_id", "locator", "part_name"]].notna().all(axis=None)
        assert not rows.duplicated(["part", "year"]).any()
        assert [*dict.fromkeys(rows["part"])] == [
            key for key in whole.names if key in set(rows["part"])
        ]


def test_a_year_whose_shares_miss_a_hundred_by_rounding_is_whole(catalogue):
    rows = year_of(parts_of(catalogue, SHARES, "JPN"), 2021)
    assert rows["value"].sum() == pytest.approx(100.1)
    assert (rows["remainder"] == 0).all()


def test_a_year_without_a_part_that_is_full_all_the_same_is_whole(catalogue):
    rows = year_of(parts_of(catalogue, SHARES, "CHN"), 2021)
    assert len(rows) == 3
    assert (rows["remainder"] == 0).all()


def test_what_the_source_does_not_give_is_the_remainder_and_is_said(catalogue):
    whole = whole_of("rd_by_financier")
    rows = parts_of(catalogue, whole, "CHN")
    assert year_of(rows, 2019)["remainder"].tolist() == pytest.approx([3.1] * 3)
    [finding] = parts_findings(rows, whole)
    assert finding.code == "parts_not_given"
    assert finding.years == (2017, 2019, 2021)


def test_one_part_alone_is_no_whole_and_the_years_are_named(catalogue):
    whole = whole_of("rd_by_financier")
    rows = parts_of(catalogue, whole, "TWN")
    assert year_of(rows, 2000)["remainder"].isna().all()
    assert (year_of(rows, 2021)["remainder"] == 0).all()
    [finding] = parts_findings(rows, whole)
    assert (finding.severity, finding.code) == ("missing", "parts_missing")
    assert "1991–2010, 2013, 2016, 2020" in finding.text


# --- The rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "remainder"),
    [
        ([60.0, 20.0, 15.0, 5.0], 0.0),
        ([60.0, 20.0, 15.0, 5.2], 0.0),
        ([60.0, 20.0, 15.0, 5.3], None),
        ([60.0, 20.0, 15.0, 3.0], 2.0),
        ([60.0, 20.0], 20.0),
        ([60.0], None),
        ([60.0, -1.0, 41.0], None),
    ],
)
def test_a_year_is_whole_has_a_remainder_or_is_a_gap(values, remainder):
    found = _remainder(year(values), SHARES, decimals=1)
    assert (pd.isna(found) and remainder is None) or found == pytest.approx(remainder)


def test_a_whole_that_takes_no_remainder_leaves_the_year_out():
    strict = Whole("x", "X", SHARES.indicators, SHARES.parts, remainder="gap")
    assert pd.isna(_remainder(year([60.0, 20.0, 15.0]), strict, decimals=1))
    assert _remainder(year([60.0, 25.0, 15.0]), strict, decimals=1) == 0


def test_without_its_total_a_year_is_a_gap():
    assert pd.isna(_remainder(year([60.0, 40.0], total=None), SHARES, decimals=1))


def test_parts_that_exceed_the_whole_and_parts_of_several_documents_are_said():
    over = year([80.0, 30.0]).assign(remainder=float("nan"))
    assert [finding.code for finding in parts_findings(over, SHARES)] == ["parts_exceed"]
    mixed = year([60.0, 40.0], sources=("a", "b")).assign(remainder=0.0)
    [finding] = parts_findings(mixed, SHARES)
    assert (finding.severity, finding.code, finding.years) == (
        "caution", "parts_of_several", (2020,),
    )  # fmt: skip


@given(st.lists(st.floats(0, 100), min_size=1, max_size=4))
def test_a_remainder_is_never_below_zero_and_fills_the_whole(values):
    found = _remainder(year(values), SHARES, decimals=1)
    if not pd.isna(found):
        assert found >= 0
        assert sum(values) + found == pytest.approx(100, abs=0.21)
