"""The documents behind a place are those that its rows name, no more and no less."""

import pytest

from dashboard.catalogue import UnknownIdentifierError
from dashboard.catalogue.place_sources import documents_of_place


@pytest.mark.parametrize("place", ["JPN", "MAC", "VNM", "hsinchu", "bangalore"])
def test_every_value_of_a_place_has_its_document_in_the_list(catalogue, place):
    found = documents_of_place(catalogue, place).set_index("source_id")
    values = catalogue.table("observations")
    counts = values.loc[values["place_id"] == place, "source_id"].value_counts()
    for source_id, number in counts.items():
        noun = "value" if number == 1 else "values"
        assert found.loc[source_id, "rests"].startswith(f"{number:,} {noun}")
        assert found.loc[source_id, "rows"] >= number


def test_the_money_of_programmes_and_every_document_of_a_fab_count(catalogue):
    found = documents_of_place(catalogue, "JPN").set_index("source_id")["rests"]
    funding = catalogue.table("programme_funding")
    own = funding[funding["programme_id"].isin(catalogue.programmes("JPN")["programme_id"])]
    assert set(own["source_id"]) <= set(found.index)
    assert all("amount" in found[key] for key in own["source_id"])
    fabs = catalogue.table("fabs")
    fabs = fabs[fabs["economy"] == "JPN"]
    assert {key for cell in fabs["source_ids"] for key in cell.split(";")} <= set(found.index)


def test_a_tie_counts_at_both_its_ends(small_tables):
    places = [{"place_id": key, "name": key, "economy": key} for key in ("JPN", "KOR")]
    held = small_tables(places=places, links=[{"from_place_id": "JPN", "to_place_id": "KOR"}])
    rests = documents_of_place(held, "KOR")["rests"].iloc[0]
    assert "1 tie" in rests


def test_comparisons_of_a_case_and_the_programme_of_a_place_count(catalogue):
    found = documents_of_place(catalogue, "idn_jepara_furniture").set_index("source_id")["rests"]
    assert "comparison" in found["seed_chaminade_vang_2006"]
    place = next(place for place in catalogue.places.values() if place.programme_id)
    programmes = catalogue.table("programmes").set_index("programme_id")
    source = programmes.loc[place.programme_id, "source_id"]
    found = documents_of_place(catalogue, place.place_id).set_index("source_id")["rests"]
    assert "1 programme" in found[source]


def test_an_unknown_place_is_refused(catalogue):
    with pytest.raises(UnknownIdentifierError):
        documents_of_place(catalogue, "ATLANTIS")
