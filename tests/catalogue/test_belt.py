"""The belt and its economies: who is in focus, and what its hubs can be sized by."""

from dashboard.catalogue.belt import ENOUGH_HUBS, economies_of, focus_first, size_indicators


def test_economies_are_those_of_the_atlas_or_the_neighbours(catalogue):
    atlas, neighbours = (
        economies_of(catalogue, in_focus=True),
        economies_of(catalogue, in_focus=False),
    )
    assert {"JPN", "TWN"} <= set(atlas)
    assert "MNG" in neighbours
    assert not set(atlas) & set(neighbours)
    assert {*atlas, *neighbours} == {
        place.place_id for place in catalogue.places_of_kind("economy")
    }


def test_neighbours_come_after_the_places_of_the_atlas_in_the_order_given(catalogue):
    assert focus_first(["MNG", "TWN", "JPN"], catalogue) == ["TWN", "JPN", "MNG"]


def test_hubs_can_be_sized_by_what_enough_of_them_have(catalogue):
    hubs = {hub.place_id for hub in catalogue.belt_hubs}
    offered = size_indicators(catalogue)
    assert offered
    for indicator_id in catalogue.indicators:
        held = hubs.intersection(catalogue.places_with(indicator_id, "hub"))
        assert (indicator_id in offered) == (len(held) >= ENOUGH_HUBS)
