"""Ties listed one by one: filters keep what they cannot judge, and every end has a name."""

from dashboard.catalogue.selection import Selection
from dashboard.catalogue.ties import by_kind, ties_listed


def test_every_tie_is_listed_with_the_names_of_both_ends(catalogue):
    found = ties_listed(catalogue, Selection())
    assert found.shown == found.total == len(catalogue.links())
    assert (found.rows[["from_name", "to_name"]] != "").all(axis=None)
    assert found.rows[["from_name", "to_name"]].notna().all(axis=None)


def test_a_place_keeps_the_ties_that_start_or_end_there(catalogue):
    rows = ties_listed(catalogue, Selection(places=("hsinchu",))).rows
    ends = rows[["from_place_id", "to_place_id"]]
    assert (ends == "hsinchu").any(axis=1).all()
    every = catalogue.links("hsinchu")
    assert set(rows["link_id"]) == set(every["link_id"])


def test_years_leave_out_what_began_later_or_ended_before_and_keep_the_undated(catalogue):
    rows = ties_listed(catalogue, Selection(first_year=2000, last_year=2005)).rows
    assert not (rows["year_start"] > 2005).any()
    assert not (rows["year_end"] < 2000).any()
    assert rows["year_start"].isna().any()
    assert rows["year_start"].isna().tolist() == sorted(rows["year_start"].isna())


def test_kinds_add_up(catalogue):
    counted = by_kind(ties_listed(catalogue, Selection()).rows)
    assert counted.sum() == len(catalogue.links())
    assert list(counted) == sorted(counted, reverse=True)
