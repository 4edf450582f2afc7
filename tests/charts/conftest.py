"""Small tables to draw, and the real catalogue for what must hold of every indicator."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.catalogue import Indicator, Place
from dashboard.catalogue.contract import TABLES_BY_NAME
from dashboard.catalogue.layers import layer
from dashboard.catalogue.selection import Selection
from dashboard.charts.theme import THEMES


@pytest.fixture(scope="session")
def belt_hubs(catalogue):
    """The real hubs of the belt and parks of Taiwan as a map draws them, those of a kind alike."""
    rows = layer("hubs", catalogue, Selection()).rows
    kinds = ["hub" if belt else "park" for belt in rows["is_belt"]]
    return rows.assign(kind=kinds, size=None, size_text="")


@pytest.fixture(scope="session")
def belt_ties(catalogue, belt_hubs):
    """The real ties between two hubs of the belt."""
    ties = layer("ties", catalogue, Selection()).rows
    ends = ties[["from_place_id", "to_place_id"]].isin(set(belt_hubs["place_id"]))
    return ties[ends.all(axis=1)].assign(text=lambda rows: rows["description"])


@pytest.fixture(params=THEMES.values(), ids=THEMES)
def look(request):
    """Both modes, one after the other."""
    return request.param


@pytest.fixture(scope="session")
def indicator():
    """A share in per cent; other kinds are made with `replace`."""
    return Indicator(
        indicator_id="share",
        name="Share of R&D in GDP",
        short_name="R&D share",
        topic="rd",
        definition="",
        unit="per cent of GDP",
        unit_symbol="%",
        decimals=2,
        aggregation="share",
        better="higher",
        default_chart="line",
        comparability_note="",
        source_code="",
    )


@pytest.fixture(scope="session")
def level(indicator):
    """A level in millions of US dollars."""
    return replace(
        indicator,
        indicator_id="level",
        name="Investment",
        short_name="Investment",
        unit="million US dollars",
        unit_symbol="US$ m",
        decimals=0,
        aggregation="level",
    )


@pytest.fixture(scope="session")
def series():
    """One row per (place, year, value, qualifier, low, high); the last three may be left out.

    Every column of `Catalogue.series` is there, as it is in the app.
    """

    def make(*rows):
        filled = [(*row, *("exact", None, None)[len(row) - 3 :]) for row in rows]
        names = ["place_id", "year", "value", "qualifier", "value_low", "value_high"]
        frame = pd.DataFrame(filled, columns=names).astype(
            {
                "place_id": "str",
                "year": "Int64",
                "qualifier": "str",
                **dict.fromkeys(["value", "value_low", "value_high"], "float64"),
            }
        )
        frame["place_name"] = frame["place_id"].map(NAMES).fillna(frame["place_id"])
        for name in (*TABLES_BY_NAME["observations"].columns, "rivals"):
            if name not in frame:
                frame[name] = COVERAGE.get(name, "")
        return frame.astype({"rivals": "int64"})

    return make


COVERAGE = {
    "indicator_id": "share",
    **dict.fromkeys(("industry", "firm_scale", "scope"), "all"),
    "year_basis": "stated",
    "source_id": "a_2020",
    "rivals": 0,
}
NAMES = {"JPN": "Japan", "KOR": "South Korea", "TWN": "Taiwan", "SGP": "Singapore"}


@pytest.fixture(scope="session")
def places():
    """Five economies, one of them small, and two hubs in one of them."""
    positions = {
        "JPN": (36, 138),
        "KOR": (37, 127.5),
        "TWN": (23.5, 121),
        "CHN": (35, 105),
        "SGP": (1.37, 103.8),
    }
    made = {key: _place(key, "economy", key, lat, lon) for key, (lat, lon) in positions.items()}
    for key, lat, lon in (("kyushu", 33, 131), ("tohoku", 38, 140)):
        made[key] = _place(key, "hub", "JPN", lat, lon)
    return made


def _place(key, kind, economy, lat, lon):
    return Place(
        place_id=key,
        kind=kind,
        name=NAMES.get(key, key),
        name_local="",
        region="",
        economies=(economy,),
        parent_id="",
        lat=lat,
        lon=lon,
        admin1_ids=(),
        industries=(),
        industries_basis="",
        industry_type="",
        industry_type_basis="",
        governance_scale="",
        governance_scale_basis="",
        firm_scale="",
        firm_scale_basis="",
        role="",
        start_year=None,
        summary="",
        source_id="",
    )
