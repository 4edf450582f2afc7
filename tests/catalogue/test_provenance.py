"""Every number leads to a document and a place in it."""

import pytest

from dashboard.catalogue import UnknownIdentifierError
from dashboard.catalogue.layers import layer
from dashboard.catalogue.provenance import (
    documents_of,
    rests_on,
    source_line,
    sources_of,
    sources_of_ties,
    with_sources,
)
from dashboard.catalogue.selection import Selection
from dashboard.transforms import index_to_base

INDICATORS = ("rd_expenditure_gdp", "sme_share_employment", "semiconductor_billings", "park_firms")


@pytest.fixture(params=INDICATORS)
def rows(request, catalogue):
    return catalogue.series(request.param)


def test_the_documents_are_exactly_those_of_the_rows(catalogue, rows):
    uses = sources_of(rows, catalogue)
    assert {use.source.source_id for use in uses} == set(rows["source_id"])
    assert sum(use.rows for use in uses) == len(rows)
    counts = [use.rows for use in uses]
    assert counts == sorted(counts, reverse=True)


def test_each_document_says_what_is_taken_from_it(catalogue, rows):
    for use in sources_of(rows, catalogue):
        taken = rows[rows["source_id"] == use.source.source_id]
        assert set(use.places) == set(taken["place_name"])
        assert set(use.locators) == set(taken["locator"]) - {""}
        assert (use.first_year, use.last_year) == (taken["year"].min(), taken["year"].max())
        assert len(set(use.places)) == len(use.places)


def test_no_rows_rest_on_no_documents(catalogue, rows):
    assert sources_of(rows.iloc[:0], catalogue) == []
    assert source_line([]) == ""
    assert with_sources(rows.iloc[:0], catalogue).empty


def test_the_source_line_names_some_and_counts_the_rest(catalogue):
    uses = sources_of(catalogue.series("sme_share_employment"), catalogue)
    line = source_line(uses, most=2)
    for use in uses[:2]:
        assert use.source.title in line
    assert line.endswith(f"; and {len(uses) - 2} more")
    assert "more" not in source_line(uses[:1], most=2)


def test_a_row_handed_over_keeps_its_value_unit_source_and_locator(catalogue, rows):
    table = with_sources(rows, catalogue)
    assert len(table) == len(rows)
    for name in ("year", "value", "value_low", "qualifier", "place_id", "locator", "note"):
        assert table[name].equals(rows[name].reset_index(drop=True)), name
    documents = [catalogue.sources[key] for key in rows["source_id"]]
    assert list(table["source"]) == [source.title for source in documents]
    assert list(table["source_url"]) == [source.url for source in documents]
    assert list(table["source_licence"]) == [source.licence for source in documents]
    unit = catalogue.indicator(rows["indicator_id"].iloc[0]).unit
    assert set(table["unit"]) == {unit}
    assert (table["source"] != "").all()


def test_an_index_handed_over_keeps_the_value_of_the_source(catalogue):
    rows = catalogue.series("rd_expenditure_gdp", ["JPN", "KOR"])
    indexed, _ = index_to_base(rows, 2000)
    table = with_sources(indexed, catalogue)
    assert list(table["value"]) == list(rows["value"])
    assert set(table.loc[table["year"] == 2000, "value_drawn"]) == {100.0}
    # Ranges are index numbers by now, which do not belong beside the value of the source.
    assert "value_low" not in table


def test_rows_are_not_changed_by_looking_up_their_sources(catalogue, rows):
    before = rows.copy(deep=True)
    sources_of(rows, catalogue)
    with_sources(rows, catalogue)
    assert rows.equals(before)


def test_documents_of_ties_are_counted_as_ties(catalogue):
    ties = layer("ties", catalogue, Selection()).rows
    uses = sources_of_ties(ties, catalogue)
    assert {use.source.source_id for use in uses} == set(ties["source_id"])
    assert sum(use.rows for use in uses) == len(ties)
    assert {use.what for use in uses} == {"tie"}
    for use in uses:
        years = ties.loc[ties["source_id"] == use.source.source_id, "year"].dropna()
        assert use.first_year == (years.min() if len(years) else None)


def test_every_document_can_be_cited(catalogue):
    for source in catalogue.sources.values():
        assert source.title in source.citation
        assert str(source.year or "undated") in source.citation
        assert not source.citation.startswith(" ")


def test_rows_without_a_year_rest_on_documents_too(catalogue):
    rows = catalogue.undated("MAC")
    uses = sources_of(rows, catalogue)
    assert {use.source.source_id for use in uses} == set(rows["source_id"])
    assert {(use.first_year, use.last_year) for use in uses} == {(None, None)}
    assert with_sources(rows, catalogue)["year"].isna().all()


# --- What rests on a document ---------------------------------------------------------------------


def test_everything_that_rests_on_the_paper_of_kitagawa_is_listed(catalogue):
    found = rests_on(catalogue, "seed_kitagawa_2008")
    assert {"observations", "programmes", "programme_funding", "links", "places"} <= set(found)
    for name, rows in found.items():
        assert (rows["source_id"] == "seed_kitagawa_2008").all(), name
    claim = found["observations"]
    claim = claim[(claim["place_id"] == "TWN") & (claim["value"] == 98)]
    assert "sme_share_enterprises" in set(claim["indicator_id"])


def test_a_document_that_is_one_of_several_of_a_row_is_found(small_tables):
    catalogue = small_tables(
        sources=[{}, {"source_id": "b_2020"}, {"source_id": "b_2021"}],
        fabs=[{"source_ids": "a_2020;b_2020"}, {"fab_id": "F2"}],
        corrections=[{"source_id": "b_2021"}],
    )
    assert {name: len(rows) for name, rows in rests_on(catalogue, "b_2020").items()} == {"fabs": 1}
    assert set(rests_on(catalogue, "b_2021")) == {"corrections"}
    everything = rests_on(catalogue, "a_2020")
    assert len(everything["fabs"]) == 2
    assert {"definitions", "places", "profiles", "lessons", "frameworks", "events"} <= set(
        everything
    )


def test_an_unknown_document_is_named(catalogue):
    with pytest.raises(UnknownIdentifierError, match="No source 'luck'"):
        rests_on(catalogue, "luck")


def test_the_documents_of_an_indicator_come_with_terms_and_counts(catalogue):
    documents = documents_of(catalogue, "sme_share_employment")
    held = catalogue.observations("sme_share_employment")
    drawn = catalogue.series("sme_share_employment")
    assert set(documents["source_id"]) == set(held["source_id"])
    assert documents["values"].sum() == len(held)
    assert documents["drawn"].sum() == len(drawn)
    assert documents["drawn"].is_monotonic_decreasing
    first = catalogue.sources[documents["source_id"].iloc[0]]
    assert (documents["title"].iloc[0], documents["licence"].iloc[0]) == (
        first.title,
        first.licence,
    )
    with pytest.raises(UnknownIdentifierError, match="'luck'"):
        documents_of(catalogue, "luck")
