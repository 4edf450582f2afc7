"""Every fab is listed, filters are those of the map, and decades never hide the undated."""

import pandas as pd
import pytest

from dashboard.catalogue.fabs import (
    PHASES,
    by_decade,
    fabs_findings,
    fabs_listed,
    sources_of_fabs,
)
from dashboard.catalogue.layers import layer
from dashboard.catalogue.selection import Selection


def test_all_242_rows_are_listed_with_or_without_a_position(catalogue):
    found = fabs_listed(catalogue, Selection())
    assert (found.shown, found.total) == (242, 242)
    assert found.rows["lat"].isna().sum() == 7


@pytest.mark.parametrize(
    "asked",
    [
        {"operator": ("TSMC",)},
        {"wafer": ("300",)},
        {"wafer": ("unknown",)},
        {"fab_status": ("construction", "planned")},
        {"fab_from": 2010, "fab_to": 2019},
        {"places": ("kyushu",)},
        {"places": ("TWN",), "wafer": ("200",)},
        {"industry": ("software",)},
    ],
    ids=str,
)
def test_a_filter_keeps_the_rows_that_the_map_keeps_and_those_without_a_position(catalogue, asked):
    listed = fabs_listed(catalogue, Selection(**asked)).rows
    mapped = layer("fabs", catalogue, Selection(**asked)).rows
    placed = listed[listed["lat"].notna()]
    assert set(placed["fab_id"]) == set(mapped["fab_id"])


def test_decades_count_every_row_and_the_undated_stand_last():
    fabs = pd.DataFrame({"start_year": pd.array([1999, 2000, 2009, None, None], dtype="Int64")})
    counted = by_decade(fabs)
    assert list(counted["decade"][:2]) == [1990, 2000]
    assert pd.isna(counted["decade"].iloc[2])
    assert list(counted["rows"]) == [1, 2, 2]


def test_decades_of_the_atlas_add_up_to_its_rows(catalogue):
    counted = by_decade(catalogue.table("fabs"))
    assert counted["rows"].sum() == 242
    assert counted.loc[counted["decade"].isna(), "rows"].item() == 218


def test_phases_and_missing_start_years_are_always_said(catalogue):
    found = {item.code: item.text for item in fabs_findings(fabs_listed(catalogue, Selection()))}
    assert found["phases"] == PHASES
    assert "218 of 242 rows" in found["no_start_year"]
    dated = fabs_findings(fabs_listed(catalogue, Selection(fab_from=2000)))
    assert "no_start_year" not in {item.code for item in dated}
    assert "218 fabs have no start year" in dated[-1].text


def test_every_document_of_a_row_is_named(catalogue):
    fabs = catalogue.table("fabs")
    named = {use.source.source_id for use in sources_of_fabs(fabs, catalogue)}
    assert named == {key for cell in fabs["source_ids"] for key in cell.split(";")}
