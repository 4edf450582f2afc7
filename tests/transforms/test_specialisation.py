"""Location quotients worked out by hand, and relative shares of the largest sectors listed."""

import pandas as pd
import pytest

from dashboard.transforms.specialisation import (
    location_quotients,
    relative_productivity,
    relative_shares,
)


@pytest.fixture(scope="module")
def sectors(catalogue):
    """The largest manufacturing sectors of the economies, as the statistics take them."""
    table = catalogue.table("manufacturing_sectors").rename(columns={"economy": "place_id"})
    names = {key: place.name for key, place in catalogue.places.items()}
    return table.assign(place_name=table["place_id"].map(names))


def levels(*rows):
    table = pd.DataFrame(rows, columns=["place_id", "sector", "value"])
    return table.assign(place_name=table["place_id"].str.title())


def test_location_quotients_worked_out_by_hand():
    # Of 200 workers 60 make cars. In the north they are 40 of 80: (40/80) ÷ (60/200) = 1.667.
    rows = levels(
        ("north", "cars", 40.0), ("north", "food", 40.0),
        ("south", "cars", 20.0), ("south", "food", 100.0),
    )  # fmt: skip
    found = location_quotients(rows)
    assert list(found.rows["quotient"]) == pytest.approx(
        [5 / 3, (40 / 80) / (140 / 200), (20 / 120) / (60 / 200), (100 / 120) / (140 / 200)]
    )
    assert list(found.rows["share"]) == pytest.approx([50.0, 50.0, 100 / 6, 500 / 6])
    assert list(found.rows["reference_share"]) == pytest.approx([30.0, 70.0, 30.0, 70.0])
    assert found.left_out == ()


def test_quotients_weighted_by_the_reference_shares_sum_to_one():
    rows = levels(
        ("a", "x", 3.0), ("a", "y", 5.0), ("b", "x", 7.0), ("b", "y", 1.0), ("c", "x", 2.0),
        ("c", "y", 0.0),
    )  # fmt: skip
    table = location_quotients(rows).rows
    weighted = (table["quotient"] * table["reference_share"] / 100).groupby(table["place_id"]).sum()
    assert list(weighted) == pytest.approx([1.0, 1.0, 1.0])


def test_a_place_whose_total_would_be_too_small_is_left_out_by_name():
    rows = levels(("a", "x", 3.0), ("a", "y", 5.0), ("b", "x", 7.0), ("c", "x", 0.0),
                  ("c", "y", 0.0))  # fmt: skip
    found = location_quotients(rows)
    assert dict(found.left_out) == {"B": "no value of y", "C": "nothing above zero"}
    assert set(found.rows["place_id"]) == {"a"}


def test_a_sector_that_no_place_has_is_named():
    rows = levels(("a", "x", 3.0), ("a", "y", 0.0), ("b", "x", 7.0), ("b", "y", 0.0))
    found = location_quotients(rows)
    assert dict(found.left_out) == {"y": "nothing in any place"}
    assert list(found.rows["quotient"]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (levels(("a", "x", -1.0)), "zero or more"),
        (levels(("a", "x", 1.0), ("a", "x", 2.0)), "twice"),
    ],
)
def test_tables_without_shares_are_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        location_quotients(rows)


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


def test_relative_productivity_of_the_philippine_refineries(sectors):
    table = relative_productivity(sectors).set_index(["place_id", "sector"])
    refineries = table.loc[("PHL", "Coke and refined petroleum products")]
    assert refineries["relative_productivity"] == pytest.approx(9.7 / 0.2)
    assert len(table) == len(sectors)
