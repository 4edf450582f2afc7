"""Relative shares of the largest sectors listed, worked out by hand."""

import pandas as pd
import pytest

from dashboard.transforms.specialisation import relative_shares


@pytest.fixture(scope="module")
def sectors(catalogue):
    """The largest manufacturing sectors of the economies, as the statistics take them."""
    table = catalogue.table("manufacturing_sectors").rename(columns={"economy": "place_id"})
    names = {key: place.name for key, place in catalogue.places.items()}
    return table.assign(place_name=table["place_id"].map(names))


def shares(*rows):
    table = pd.DataFrame(rows, columns=["place_id", "sector", "share"])
    return table.assign(place_name=table["place_id"].str.title())


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (shares(("a", "x", -1.0)), "zero or more"),
        (shares(("a", "x", 1.0), ("a", "x", 2.0)), "twice"),
    ],
)
def test_tables_without_shares_are_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        relative_shares(rows, "share")


def test_relative_share_is_against_the_mean_of_the_others_that_list_the_sector(sectors):
    found = relative_shares(sectors, "employment_share")
    table = found.rows.set_index(["place_id", "sector"])
    # Food and beverages: China 8.2, Indonesia 13.9, India 16.1, Philippines 16.8, Thailand 19.0.
    others = (8.2 + 13.9 + 16.1 + 16.8) / 4
    assert table.loc[("THA", "Food and beverages"), "quotient"] == pytest.approx(19.0 / others)
    left_out = dict(found.left_out)
    assert left_out["Tobacco products"] == "listed by Indonesia only"
    assert left_out["Textiles"] == "listed by Indonesia, India only"
    assert "each counted once" in found.said
