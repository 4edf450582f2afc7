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
