"""Peers are of the same kind, alike in one respect, and the reason is a sentence."""

import pytest

from dashboard.catalogue import UnknownIdentifierError
from dashboard.catalogue.peers import peers, peers_offered
from dashboard.catalogue.selection import PEERS


def test_nearest_in_gdp_per_head_are_said_with_figures_year_and_unit(catalogue):
    found = peers(catalogue, "MYS", "gdp_per_head", 3)
    rows = catalogue.series("gdp_pcap_ppp_const2021", None, 2024, 2024).set_index("place_id")
    own = rows.loc["MYS", "value"]
    in_focus = [key for key in rows.index if catalogue.places[key].in_focus and key != "MYS"]
    ratio = {
        key: max(rows.loc[key, "value"] / own, own / rows.loc[key, "value"]) for key in in_focus
    }
    assert found.places == tuple(sorted(ratio, key=ratio.get)[:3])
    assert found.reason.startswith(
        f"Nearest to Malaysia ({own:,.0f}) in GDP per head (2024, constant 2021 international"
    )
    for key in found.places:
        assert f"{catalogue.places[key].name} {rows.loc[key, 'value']:,.0f}" in found.reason
    assert found.reason.endswith("No figure for 2024: Taiwan.")


def test_taiwan_has_peers_by_the_series_that_holds_it(catalogue):
    found = peers(catalogue, "TWN", "gdp_per_head")
    assert len(found.places) == 5
    assert "constant 2011 international dollars" in found.reason


def test_population_is_nearest_by_ratio_and_written_in_millions(catalogue):
    found = peers(catalogue, "KOR", "population", 2)
    assert found.places == ("GBR", "THA")
    assert "million" in found.reason


def test_research_is_nearest_by_points(catalogue):
    found = peers(catalogue, "KOR", "rd_intensity", 2)
    year = int(found.reason.split("(")[2][:4])
    rows = catalogue.series("rd_expenditure_gdp", None, year, year).set_index("place_id")["value"]
    apart = (rows.drop("KOR") - rows["KOR"]).abs()
    apart = apart[[key for key in apart.index if catalogue.places[key].in_focus]]
    assert list(found.places) == list(apart.nsmallest(2).index)


def test_economies_of_a_region_come_by_size_and_neighbours_where_the_atlas_has_too_few(catalogue):
    assert peers(catalogue, "MYS", "region").places == ("IDN", "PHL", "VNM", "THA", "SGP")
    east = peers(catalogue, "JPN", "region")
    assert set(east.places) == {"CHN", "KOR", "TWN", "HKG", "MAC"}
    assert all(catalogue.places[key].in_focus for key in east.places)
    south = peers(catalogue, "IND", "region", 2)
    assert set(south.places) == {"PAK", "BGD"}
    assert "neighbours" in south.reason
    assert "(2 of 8)" in south.reason
    outside = peers(catalogue, "DEU", "region")
    assert "outside Asia" in outside.reason


def test_hubs_of_a_region_are_first_those_of_the_same_economy_then_the_nearest(catalogue):
    found = peers(catalogue, "hsinchu", "region", 4)
    assert found.places == ("central_taiwan", "southern_taiwan", "hangzhou", "shanghai")
    assert all(catalogue.places[key].kind == "hub" for key in found.places)


@pytest.mark.parametrize("place_id", ["beijing", "jpn_fukuoka_system_lsi", "silicon_glen"])
def test_industry_type_is_shared_with_all_peers_of_the_same_kind(catalogue, place_id):
    found = peers(catalogue, place_id, "industry_type")
    place = catalogue.places[place_id]
    shared = [
        len(set(catalogue.places[key].industries) & set(place.industries)) for key in found.places
    ]
    assert found.places
    assert shared == sorted(shared, reverse=True)
    for key in found.places:
        assert catalogue.places[key].industry_type == place.industry_type
        assert catalogue.places[key].kind == place.kind


@pytest.mark.parametrize(
    ("place_id", "basis", "words"),
    [
        ("MYS", "industry_type", "not of an economy"),
        ("hsinchu", "gdp_per_head", "of economies only"),
        ("bangalore", "region", "No other hub lies in South Asia"),
        ("bangalore", "industry_type", "No other hub has the same industry type"),
        ("irl_shannon", "industry_type", "No industry type is assigned to Shannon"),
        ("BGD", "rd_intensity", "No figure of R&D in GDP is held for Bangladesh"),
        ("wsts_world", "region", "economies, hubs and clusters"),
    ],
)
def test_where_there_are_no_peers_the_reason_says_why(catalogue, place_id, basis, words):
    found = peers(catalogue, place_id, basis)
    assert found.places == ()
    assert words in found.reason
    assert peers_offered(catalogue, place_id)[basis] == found.reason


def test_no_place_is_its_own_peer_and_no_peer_comes_twice(catalogue):
    for kind in ("economy", "hub", "cluster"):
        for place in catalogue.places_of_kind(kind):
            for basis in PEERS:
                found = peers(catalogue, place.place_id, basis)
                assert place.place_id not in found.places
                assert len(set(found.places)) == len(found.places) <= 5
                assert found.reason.endswith(".")
                assert {catalogue.places[key].kind for key in found.places} <= {kind}


def test_a_small_catalogue_says_that_it_has_no_figures(small_tables):
    reasons = peers_offered(small_tables(), "JPN")
    assert all(reasons.values())
    assert "No figure of population" in reasons["population"]


def test_unknown_places_and_bases_are_refused(catalogue):
    with pytest.raises(UnknownIdentifierError):
        peers(catalogue, "nowhere", "region")
    with pytest.raises(ValueError, match="choose among"):
        peers(catalogue, "JPN", "looks")
