"""What documents claim of the belt: one third, half, over half, each with its year and words."""

import pytest

from dashboard.catalogue import BELT
from dashboard.catalogue.belt_claims import claims, claims_findings


@pytest.fixture(scope="module")
def rows(catalogue):
    return claims(catalogue)


def test_the_three_claims_of_the_belt_come_first_with_year_source_and_qualifier(rows):
    belt = rows[: (rows["place_id"] == BELT).sum()]
    told = list(
        belt[["value", "qualifier", "year", "source_id"]].itertuples(index=False, name=None)
    )
    assert told == [
        (33.3, "approximate", 2002, "japan_times_2002"),
        (50.0, "at_least", 2008, "seed_kitagawa_2008"),
        (50.0, "approximate", 2009, "datamax_2009"),
    ]


def test_the_words_and_the_area_of_a_claim_are_taken_from_its_row(rows):
    first = rows.iloc[0]
    assert first["printed"] == "one third"
    assert first["area"] == "Singapore, Hong Kong, Taiwan, South Korea and Kyushu"
    assert rows.iloc[1]["printed"] == ""


def test_all_claims_held_are_there_and_none_is_added(catalogue, rows):
    assert len(rows) == len(catalogue.observations("share_world_semiconductor_production"))


def test_it_is_said_that_areas_years_and_firmness_differ(catalogue, rows):
    found = {item.code: item for item in claims_findings(rows, catalogue)}
    assert found["area"].severity == "not_comparable"
    assert "The Japan Times (2002): Singapore, Hong Kong" in found["area"].text
    assert "3 of 3 documents do not state the year" in found["year_of_publication"].text
    assert "none is a measured series" in found["bounds"].text


def test_firm_claims_of_stated_years_need_no_word(catalogue, rows):
    plain = rows.assign(area="", year_basis="stated", qualifier="exact")
    assert claims_findings(plain, catalogue) == []
