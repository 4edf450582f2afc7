"""Small tables, written out, and the real ones to compare with."""

import pandas as pd
import pytest

from dashboard.catalogue import Place
from dashboard.catalogue.reference import COLUMNS, KEY, Reference
from dashboard.catalogue.reference import reference as reference_of


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
def series(table):
    """One row per (place, year, value[, qualifier]), as `Catalogue.series` returns them."""

    def make(*rows, **columns):
        frame = table(*[row[:3] for row in rows])
        frame = frame.assign(
            qualifier=[row[3] if len(row) > 3 else "exact" for row in rows],
            indicator_id="sales",
            period_note="",
            definition_id="",
            caveats="",
            source_id="a_2020",
            locator="table 1",
        )
        return frame.assign(**columns)

    return make


def place(place_id, kind="economy", economies=None, **fields):
    """A place of which only what matters here is filled in."""
    blank = dict.fromkeys(Place.__dataclass_fields__, "")
    lists = dict.fromkeys(
        ("admin1_ids", "industries", "anchor_firms", "anchor_universities", "core_body"), ()
    )
    return Place(
        **blank
        | lists
        | {"place_id": place_id, "kind": kind, "name": place_id.title()}
        | {"economies": (place_id,) if economies is None else economies, "in_focus": True}
        | fields
    )


@pytest.fixture(scope="session")
def places():
    """Three economies with a currency each, a hub in the first, and the world."""
    return {
        "japan": place("japan"),
        "korea": place("korea"),
        "america": place("america"),
        "kyushu": place("kyushu", "hub", ("japan",)),
        "world": place("world", "world_region", ()),
        "asia": place("asia", "world_region", (), parent_id="world"),
    }


def _figures(rows, **columns):
    frame = pd.DataFrame(rows, columns=["place_id", "year", "value"]).astype({"year": "int64"})
    frame = frame.assign(
        place_name=frame["place_id"].str.title(),
        qualifier="exact",
        source_id="wdi",
        locator="series X",
    )
    frame = frame.assign(**columns).astype({"place_id": "object", "value": "float64"})
    return frame.set_index(KEY)[list(dict.fromkeys([*COLUMNS, *columns]))]


@pytest.fixture(scope="session")
def figures():
    """Round figures to divide by and convert with: yen at 100 and 200, won at 1,000."""
    rates = _figures(
        [
            ("japan", 2000, 100.0),
            ("japan", 2010, 200.0),
            ("korea", 2000, 1000.0),
            ("korea", 2010, 1000.0),
            ("america", 2000, 1.0),
            ("america", 2010, 1.0),
        ],
        currency=["JPY", "JPY", "KRW", "KRW", "USD", "USD"],
    )
    deflators = _figures(
        [
            ("japan", 2000, 100.0),
            ("japan", 2010, 100.0),
            ("korea", 2000, 50.0),
            ("korea", 2010, 100.0),
            ("america", 2000, 80.0),
            ("america", 2010, 100.0),
        ],
        measure=["gdp_deflator"] * 4 + ["cpi"] * 2,
    )
    people = [("japan", 2000, 2e6), ("japan", 2010, 4e6), ("kyushu", 2000, 1e6)]
    gdp = [("japan", 2000, 1e9), ("japan", 2010, 4e9), ("korea", 2010, 2e9)]
    unctad = [("japan", 2000, 2e9)]
    return Reference(
        population=_figures(people, qualifier=["exact", "exact", "approximate"]),
        gdp_usd=_figures(gdp),
        gdp_usd_unctad=_figures(unctad, source_id="unctad_gdp"),
        gdp_ppp=_figures([("japan", 2000, 3e9), ("korea", 2010, 1e9)]),
        exchange_rates=rates,
        deflators=deflators,
        publishers={
            "wdi": "World Bank",
            "a_2020": "An author",
            "unctad_gdp": "UNCTAD",
            "unctad_fdi": "UNCTAD",
        },
    )


@pytest.fixture(scope="session")
def real_figures(catalogue):
    """What the real data are divided by and converted with."""
    return reference_of(catalogue)


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
