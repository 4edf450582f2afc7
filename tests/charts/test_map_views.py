"""Views of the map are made of what they were made of: a change has to be seen and agreed to."""

import json

import pytest

from tests.charts.map_views import FILE, VIEWS, summary

KEPT = json.loads(FILE.read_text("utf-8"))


def test_the_file_has_the_views_and_no_others():
    assert list(KEPT) == list(VIEWS), "python -m tests.charts.map_views writes it anew"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_made_of_what_it_was(name):
    found = json.loads(json.dumps(summary(name)))
    assert found == KEPT[name], "if this is meant: python -m tests.charts.map_views"


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_to_watch_is_one_that_the_map_refuses(name):
    assert not KEPT[name]["refused"]


def test_light_and_dark_differ_in_colours_only():
    light, dark = KEPT["belt"], KEPT["belt, dark"]
    assert light["sea"] != dark["sea"]
    for part in ("title", "layers", "legend", "moves"):
        assert light[part] == dark[part]
