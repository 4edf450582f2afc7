"""The chip series of hubs, the longest first, and the gaps in them."""

from dashboard.catalogue.chip_hubs import (
    TOPIC,
    chip_indicators,
    chip_series,
    gaps,
    hubs_with_chips,
)
from dashboard.catalogue.selection import Selection


def test_all_hubs_of_the_belt_have_chip_figures_and_come_first(catalogue):
    hubs = hubs_with_chips(catalogue)
    belt = catalogue.belt_hubs
    assert hubs[: len(belt)] == belt
    assert len({hub.place_id for hub in hubs}) == len(hubs)


def test_a_hub_without_a_chip_figure_is_not_among_them(catalogue):
    names = {hub.place_id for hub in hubs_with_chips(catalogue)}
    assert "harbin" not in names
    assert chip_series(catalogue, "harbin").empty


def test_the_longest_series_stands_first_and_all_are_on_chips(catalogue):
    rows = chip_series(catalogue, "hsinchu")
    lengths = rows.groupby("indicator_id", sort=False)["year"].nunique()
    assert list(lengths) == sorted(lengths, reverse=True)
    assert lengths.index[0] == "park_revenue_twd_bn"
    assert {catalogue.indicator(key).topic for key in lengths.index} == {TOPIC}


def test_years_narrow_the_series(catalogue):
    rows = chip_series(catalogue, "kyushu", Selection(first_year=2020, last_year=2023))
    assert rows["year"].between(2020, 2023).all()
    assert len(rows)


def test_every_offered_indicator_is_drawn_for_some_hub(catalogue):
    for key in chip_indicators(catalogue):
        assert catalogue.indicator(key).topic == TOPIC
        assert catalogue.places_with(key, "hub")


def test_a_gap_is_a_year_between_values_without_one(catalogue):
    found = gaps(catalogue, "ic_production_value_jpy_bn", "kyushu")
    assert found.held[0] == 2000
    assert set(found.held) | set(found.missing) == set(range(found.held[0], found.held[-1] + 1))
    assert not set(found.held) & set(found.missing)
    assert 2010 in found.missing


def test_what_is_held_but_fills_no_year_is_told_with_its_document(catalogue):
    found = gaps(catalogue, "park_revenue_twd_bn", "hsinchu")
    assert 2021 in found.missing
    notes = set(found.not_drawn.loc[found.not_drawn["year"] == 2021, "period_note"])
    assert notes == {"January-June", "January-October"}
    assert (found.not_drawn["source_id"] != "").all()


def test_a_series_that_a_hub_lacks_has_no_gaps(catalogue):
    found = gaps(catalogue, "park_revenue_twd_bn", "kyushu")
    assert (found.held, found.missing, len(found.not_drawn)) == ((), (), 0)
