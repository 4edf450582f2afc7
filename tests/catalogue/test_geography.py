"""Addresses of boundaries change when the file does, and never otherwise."""

import hashlib

import pytest

from dashboard.catalogue.geography import (
    geography_names,
    geography_path,
    geography_url,
    read_geography,
)

NAMES = geography_names()


def test_the_maps_of_the_region_the_world_and_the_hubs_are_there():
    assert {"admin0_region", "admin0_world", "admin1_regions"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_address_carries_a_hash_of_the_file(name):
    digest = hashlib.sha256(geography_path(name).read_bytes()).hexdigest()
    assert geography_url(name) == f"/geography/{name}?v={digest[:12]}"


@pytest.mark.parametrize("name", ["", "atlantis", "../places", "admin0_world.geojson"])
def test_unknown_boundaries_are_named_with_those_there_are(name):
    with pytest.raises(KeyError, match=r"No boundaries named .*admin0_world"):
        geography_url(name)


@pytest.mark.parametrize("name", NAMES)
def test_boundaries_are_a_collection_read_once(name):
    collection = read_geography(name)
    assert collection["type"] == "FeatureCollection"
    assert collection is read_geography(name)


def test_every_region_of_a_belt_hub_has_a_shape(catalogue):
    shapes = {feature["id"] for feature in read_geography("admin1_regions")["features"]}
    for hub in catalogue.belt_hubs:
        assert set(hub.admin1_ids) <= shapes, hub.place_id
