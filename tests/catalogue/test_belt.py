"""Tables of the belt: its hubs, what sizes them and the ties between them."""

import pandas as pd
import pytest

from dashboard.catalogue.belt import (
    ENOUGH_HUBS,
    HUB_COLUMNS,
    TIE_COLUMNS,
    hub_table,
    size_indicators,
    tie_table,
)


@pytest.fixture
def hub_ids(catalogue):
    return [hub.place_id for hub in catalogue.belt_hubs]


def test_the_hub_table_has_a_row_and_a_position_for_each_hub(catalogue):
    table, sizes = hub_table(catalogue.belt_hubs, catalogue)
    assert list(table.columns) == HUB_COLUMNS
    assert list(table["place_id"]) == [hub.place_id for hub in catalogue.belt_hubs]
    assert table[["lat", "lon"]].notna().all(axis=None)
    assert table["size"].isna().all()
    assert sizes.empty


def test_no_hubs_make_an_empty_table_with_its_columns(catalogue):
    table, _ = hub_table([], catalogue)
    assert list(table.columns) == HUB_COLUMNS
    assert table.empty
    sized, _ = hub_table([], catalogue, "park_firms")
    assert sized.empty


def test_hubs_are_sized_by_their_newest_value_and_the_others_have_none(catalogue):
    table, sizes = hub_table(catalogue.belt_hubs, catalogue, "park_firms")
    series = catalogue.series("park_firms", ["hsinchu"])
    by_hub = table.set_index("place_id")["size"]
    assert by_hub["hsinchu"] == series["value"].iloc[-1]
    assert pd.isna(by_hub["kyushu"])
    assert set(sizes["place_id"]) == set(by_hub.dropna().index)


def test_hubs_can_be_sized_by_what_enough_of_them_have(catalogue, hub_ids):
    offered = size_indicators(catalogue)
    for indicator_id in catalogue.indicators:
        held = set(catalogue.places_with(indicator_id, "hub")) & set(hub_ids)
        assert (indicator_id in offered) == (len(held) >= ENOUGH_HUBS)


def test_there_is_something_to_size_hubs_by(catalogue):
    assert size_indicators(catalogue)


def test_ties_are_between_two_hubs_shown(catalogue, hub_ids):
    ties = tie_table(catalogue, hub_ids, None, None)
    assert list(ties.columns) == TIE_COLUMNS
    links = catalogue.links()
    inner = links["from_place_id"].isin(hub_ids) & links["to_place_id"].isin(hub_ids)
    assert set(ties["link_id"]) == set(links.loc[inner, "link_id"])
    assert ties[["from_lat", "from_lon", "to_lat", "to_lon"]].notna().all(axis=None)
    assert tie_table(catalogue, hub_ids[:1], None, None).empty
    assert list(tie_table(catalogue, [], None, None).columns) == TIE_COLUMNS


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [(None, None, True), (None, 2020, False), (None, 2021, True), (2030, None, True)],
)
def test_a_tie_is_shown_once_it_has_begun(catalogue, hub_ids, first, last, kept):
    links = catalogue.links().set_index("link_id")
    assert (links["year_start"]["L038"], pd.isna(links["year_end"]["L038"])) == (2021, True)
    assert ("L038" in set(tie_table(catalogue, hub_ids, first, last)["link_id"])) is kept


def test_a_tie_without_a_year_is_always_shown(catalogue, hub_ids):
    assert pd.isna(catalogue.links().set_index("link_id")["year_start"]["L040"])
    assert "L040" in set(tie_table(catalogue, hub_ids, 1990, 1991)["link_id"])


def test_the_text_of_a_tie_names_both_hubs_and_wraps(catalogue, hub_ids):
    names = {hub.name for hub in catalogue.belt_hubs}
    for tie in tie_table(catalogue, hub_ids, None, None).itertuples():
        assert set(tie.hubs.split(" – ")) <= names
        first, *rest = tie.text.split("<br>")
        assert first.startswith(f"<b>{tie.hubs}</b>")
        assert rest
        assert all(len(line) <= 61 for line in rest)
