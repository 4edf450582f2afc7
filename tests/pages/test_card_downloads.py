"""A card offers the files it is given beside its CSV, under its own file name."""

import pytest
from streamlit.testing.v1 import AppTest


def page():
    from dashboard.catalogue.selection import Selection
    from dashboard.ui import card, resources, state

    def refuse() -> bytes:
        raise AssertionError("A file is made when it is asked for, not when the card is drawn.")

    catalogue = resources.catalogue()
    state.begin(catalogue, "", ())
    words = card.Card(
        key="test",
        title="R&D, 2010",
        subtitle="",
        findings=(),
        rows=catalogue.series("rd_expenditure_gdp", ["TWN"]),
        alt="",
        page="",
        link=Selection(),
        downloads=[
            card.Download("GeoJSON", refuse, ".geojson", "application/geo+json", "The shapes."),
        ],
    )
    card.draw(words, None, catalogue)


@pytest.fixture
def shown(reader):
    return type(reader)(AppTest.from_function(page, default_timeout=60)).go("map")


def test_each_file_has_a_button_after_the_csv_and_none_is_made_before_it_is_asked_for(shown):
    buttons = shown.app.get("download_button")
    assert [(item.key, item.label) for item in buttons] == [
        ("csv_test", "CSV"),
        ("geojson_test", "GeoJSON"),
    ]
    assert buttons[1].help == "The shapes."
