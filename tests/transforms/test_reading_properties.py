"""What holds for every transform, whatever the values."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.catalogue import Indicator
from dashboard.catalogue.selection import MONEY, TRANSFORMS
from dashboard.transforms.reading import read

SHARE = Indicator(
    "share", "Share", "Share", "rd", "", "per cent of GDP", "%", 2, "share", "higher", "map", "", ""
)
DOLLARS = replace(
    SHARE, unit="million current US dollars", unit_symbol="US$ m", aggregation="level"
)
PLACES = ("japan", "korea", "america", "kyushu", "world")
YEARS = (1999, 2000, 2001, 2010)
QUALIFIERS = ("exact", "exact", "exact", "approximate", "at_least", "at_most", "range")

CELLS = st.dictionaries(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(YEARS)),
    st.tuples(
        st.floats(-1e6, 1e6).map(lambda number: round(number, 3)), st.sampled_from(QUALIFIERS)
    ),
    min_size=1,
)
POSITIVE = st.dictionaries(
    st.tuples(st.sampled_from(PLACES[:4]), st.sampled_from(YEARS)),
    st.tuples(st.floats(0.001, 1e6), st.sampled_from(QUALIFIERS[:4])),
    min_size=2,
)
fast = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def rows_of(series):
    def make(cells):
        listed = [(*key, value, doubt) for key, (value, doubt) in sorted(cells.items())]
        is_range = [row[3] == "range" for row in listed]
        high = [
            row[2] + 1 if wide else float("nan") for row, wide in zip(listed, is_range, strict=True)
        ]
        low = [row[2] if wide else float("nan") for row, wide in zip(listed, is_range, strict=True)]
        return series(*listed, value_low=low, value_high=high)

    return make


def keys(rows):
    return list(zip(rows["place_id"], rows["year"], strict=True))


@fast
@given(
    CELLS,
    st.sampled_from([SHARE, DOLLARS]),
    st.sampled_from([None, *TRANSFORMS]),
    st.sampled_from([None, *MONEY]),
    st.sampled_from([None, *YEARS]),
)
def test_no_place_and_year_is_invented_doubled_or_lost_without_a_word(
    rows_of, places, figures, cells, indicator, transform, money, base
):
    rows = rows_of(cells)
    reading = read(rows, indicator, places, figures, transform=transform, money=money,
                   base_year=base, prices=2010)  # fmt: skip
    found = keys(reading.rows)
    assert set(found) <= set(cells)
    assert len(found) == len(set(found))
    assert set(reading.rows.columns) - set(rows.columns) <= {"observed"}
    assert reading.rows["value"].notna().all()
    if "observed" in reading.rows:
        observed = dict(zip(found, reading.rows["observed"], strict=True))
        assert observed == {key: cells[key][0] for key in found}
    lost = {place for place, _ in set(cells) - set(found)}
    if transform in ("yearly_growth", "annual_growth"):
        # Nobody expects growth of the first year, or up to the base year.
        lost -= {place for place, _ in found}
    named = {place for finding in reading.findings for place in finding.places}
    assert lost <= named
    rough = {key for key in found if cells[key][1] != "exact"}
    still = dict(zip(found, reading.rows["qualifier"], strict=True))
    assert all(still[key] == cells[key][1] for key in rough)


@fast
@given(POSITIVE, st.sampled_from(YEARS))
def test_an_index_is_100_in_its_base_year(rows_of, places, figures, cells, base):
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="index", base_year=base)
    at_base = reading.rows[reading.rows["year"] == base]
    if any(year == base for _, year in cells):
        assert len(at_base)
        assert list(at_base["value"]) == pytest.approx([100.0] * len(at_base))


@fast
@given(POSITIVE)
def test_per_head_times_population_gives_back_the_level(rows_of, places, figures, cells):
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="per_head")
    if "observed" not in reading.rows:
        return
    people = figures.population["value"]
    for row in reading.rows.itertuples(index=False):
        level = row.value * people[row.place_id, row.year] / 1e6
        assert level == pytest.approx(row.observed)
        assert (row.place_id, row.year) in people.index


@fast
@given(POSITIVE)
def test_ranks_of_a_year_are_a_permutation_in_which_ties_share(rows_of, places, figures, cells):
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="rank")
    if "observed" not in reading.rows:
        return
    for _, year in reading.rows.groupby("year"):
        ordered = year.sort_values("observed", ascending=False)
        expected = [1 + int((year["observed"] > value).sum()) for value in ordered["observed"]]
        assert list(ordered["value"]) == expected
        if year["observed"].is_unique:
            assert sorted(year["value"]) == list(range(1, len(year) + 1))


@fast
@given(POSITIVE)
def test_shares_of_those_shown_sum_to_100_in_every_year(rows_of, places, figures, cells):
    cells = {key: cell for key, cell in cells.items() if key[0] != "kyushu"}
    if not cells:
        return
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="share_of_shown")
    if "observed" not in reading.rows:
        return
    totals = reading.rows.groupby("year")["value"].sum()
    assert list(totals) == pytest.approx([100.0] * len(totals))


@fast
@given(POSITIVE)
def test_from_the_median_the_median_is_zero(rows_of, places, figures, cells):
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="from_median")
    if "observed" not in reading.rows:
        return
    middle = reading.rows.groupby("year")["value"].median()
    assert list(middle) == pytest.approx([0.0] * len(middle), abs=1e-6)


@fast
@given(POSITIVE)
def test_money_converted_there_and_back_is_what_it_was(rows_of, places, figures, cells):
    cells = {key: cell for key, cell in cells.items() if key[0] == "japan"}
    if not cells:
        return
    there = read(rows_of(cells), DOLLARS, places, figures, money="national")
    if "observed" not in there.rows:
        return
    back = read(there.rows, there.indicator, places, figures, money="usd")
    assert there.indicator.unit_symbol == "JPY m"
    assert back.indicator.unit_symbol == DOLLARS.unit_symbol
    assert list(back.rows["value"]) == pytest.approx(list(back.rows["observed"]))
    constant = read(there.rows, there.indicator, places, figures, money="usd_constant", prices=2010)
    direct = read(rows_of(cells), DOLLARS, places, figures, money="usd_constant", prices=2010)
    pd.testing.assert_series_equal(constant.rows["value"], direct.rows["value"])


@fast
@given(POSITIVE, st.sampled_from(YEARS[1:]))
def test_compound_growth_for_the_years_between_leads_from_the_base_to_the_value(
    rows_of, places, figures, cells, base
):
    reading = read(rows_of(cells), DOLLARS, places, figures, transform="annual_growth",
                   base_year=base)  # fmt: skip
    if "observed" not in reading.rows:
        return
    for row in reading.rows.itertuples(index=False):
        start = cells[row.place_id, base][0]
        assert start * (1 + row.value / 100) ** (row.year - base) == pytest.approx(row.observed)
