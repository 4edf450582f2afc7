"""Small tables, written out."""

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def table():
    """One row per (place, year, value), with the columns that a series has."""

    def make(*rows):
        frame = pd.DataFrame(rows, columns=["place_id", "year", "value"]).astype(
            {"place_id": "str", "year": "Int64", "value": "float64"}
        )
        return frame.assign(
            place_name=frame["place_id"].str.title(),
            value_low=float("nan"),
            value_high=float("nan"),
        )

    return make


@pytest.fixture(scope="session")
def observed(table):
    """As `table`, with every column that breaks, orders and coverage are read from.

    Columns given by name are one value for all rows or one for each.
    """

    def make(*rows, **columns):
        texts = {
            "qualifier": "exact",
            "definition_id": "",
            "caveats": "",
            "note": "",
            "scope": "all",
            "industry": "all",
            "firm_scale": "all",
            "source_id": "a_2020",
        }
        return table(*rows).assign(**{**texts, **columns})

    return make
