"""Layers of the map: what each filter leaves of each, and that nothing is lost or counted twice."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.catalogue import BELT
from dashboard.catalogue.events import events_shown
from dashboard.catalogue.layers import (
    FAB_INDUSTRY,
    LAYERS_OF_SCALE,
    OWN_FILTERS,
    USUAL_LAYERS,
    is_filtered,
    layer,
    layers_on,
    unfiltered,
)
from dashboard.catalogue.offered import (
    operators,
    region_industries,
    region_programmes,
    stages,
    wafers,
)
from dashboard.catalogue.selection import LAYERS, NO_LAYER, UNKNOWN_WAFER, Selection
from dashboard.catalogue.vocabulary import (
    CLUSTER_FIRM_SCALES,
    FAB_STATUSES,
    GOVERNANCE_SCALES,
    INDUSTRY_TYPES,
)

OF_PLACES = ("hubs", "other_hubs", "clusters", "programme_regions")
WITH_TABLE = (*OF_PLACES, "fabs", "ties")
IDENTIFIERS = {"fabs": "fab_id", "ties": "link_id", "events": "event_id"}
HUB = "hsinchu"
PARKS = ("central_taiwan", "southern_taiwan")
# What each filter is set to in the examples; "other" is what Hsinchu is not.
FILTERS = {
    "place": Selection(places=(HUB,)),
    "economy": Selection(places=("TWN",)),
    "other economy": Selection(places=("IND",)),
    "industry type": Selection(industry_type=("science_based",)),
    "other industry type": Selection(industry_type=("traditional_manufacturing",)),
    "industry": Selection(industry=("semiconductors",)),
    "other industry": Selection(industry=("flowers",)),
    "governance scale": Selection(governance_scale=("national",)),
    "firm scale": Selection(firm_scale=("tnc_dominated",)),
    "last year": Selection(last_year=1990),
}


def rows_of(name, catalogue, selection):
    if name == "events":
        return events_shown(catalogue, selection)
    return layer(name, catalogue, selection)


def ids(name, catalogue, selection):
    rows = rows_of(name, catalogue, selection).rows
    return set(rows[IDENTIFIERS.get(name, "place_id")])


def passes(place, selection):
    """Whether a place passes every filter, read from the filters themselves."""
    last = selection.last_year
    return all(
        (
            not selection.places or {place.place_id, *place.economies} & set(selection.places),
            not selection.industry_type or place.industry_type in selection.industry_type,
            not selection.industry or set(place.industries) & set(selection.industry),
            not selection.governance_scale or place.governance_scale in selection.governance_scale,
            not selection.firm_scale or place.firm_scale in selection.firm_scale,
            last is None or place.start_year is None or place.start_year <= last,
        )
    )


def places_of(name, catalogue):
    """All places with a position that a layer could show."""
    kind = {"clusters": "cluster", "programme_regions": "programme_region"}.get(name, "hub")
    places = [place for place in catalogue.places_of_kind(kind) if place.lat is not None]
    if kind == "hub":
        belt = [place for place in places if place.parent_id == BELT]
        parks = [place for place in places if place.place_id in PARKS]
        if name == "hubs":
            return belt + parks
        return [place for place in places if place not in belt + parks]
    return places


@st.composite
def filters(draw, catalogue):
    def some(values):
        return draw(st.lists(st.sampled_from(sorted(values)), unique=True, max_size=2).map(tuple))

    first, last = sorted(draw(st.tuples(st.integers(1960, 2025), st.integers(1960, 2025))))
    return {
        "places": some(
            key for key, place in catalogue.places.items() if place.kind in ("economy", "hub")
        ),
        "industry_type": some(INDUSTRY_TYPES),
        "industry": some(name for name in catalogue.industry_names if name != "all"),
        "governance_scale": some(GOVERNANCE_SCALES),
        "firm_scale": some(CLUSTER_FIRM_SCALES),
        **draw(st.sampled_from([{}, {"last_year": last}, {"first_year": first}])),
    }


@st.composite
def own_filters(draw, catalogue):
    """Filters within the layers of fabs and of programme regions."""

    def some(values):
        return draw(st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple))

    first, last = sorted(draw(st.tuples(st.integers(1960, 2025), st.integers(1960, 2025))))
    return {
        "operator": some(operators(catalogue)),
        "wafer": some(wafers(catalogue)),
        "fab_status": some(FAB_STATUSES),
        **draw(st.sampled_from([{}, {"fab_from": first}, {"fab_from": first, "fab_to": last}])),
        "region_programme": some(region_programmes(catalogue)),
        "stage": some(stages(catalogue)),
        "region_industry": some(region_industries(catalogue)),
        **draw(st.sampled_from([{}, {"amount_known": True}, {"amount_from": first}])),
    }


# --- Examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WITH_TABLE)
def test_without_filters_a_layer_shows_all_it_has(catalogue, name):
    found = layer(name, catalogue, Selection())
    assert found.name == name
    assert found.shown == found.total > 0
    assert not found.reason


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("name", OF_PLACES)
def test_a_layer_of_places_shows_those_that_pass_the_filter(catalogue, name, chosen):
    given_places = places_of(name, catalogue)
    found = layer(name, catalogue, chosen)
    assert list(found.rows["place_id"]) == [
        place.place_id for place in given_places if passes(place, chosen)
    ]
    assert found.total == len(given_places)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("place", True),
        ("economy", True),
        ("other economy", False),
        ("industry type", True),
        ("other industry type", False),
        ("industry", True),
        ("other industry", False),
    ],
)
def test_hsinchu_and_its_fabs_stand_or_fall_together(catalogue, chosen, kept):
    assert (HUB in ids("hubs", catalogue, FILTERS[chosen])) is kept
    fabs = layer("fabs", catalogue, FILTERS[chosen]).rows
    assert (HUB in set(fabs["place_id"])) is kept


def test_fabs_of_an_economy_are_shown_wherever_in_it_they_lie(catalogue):
    fabs = layer("fabs", catalogue, Selection(places=("TWN",))).rows
    assert set(fabs["economy"]) == {"TWN"}
    assert {HUB, ""} <= set(fabs["place_id"])


@pytest.mark.parametrize("name", ["governance_scale", "firm_scale"])
def test_fabs_have_the_scale_of_their_hub_and_those_outside_the_hubs_none(catalogue, name):
    scale = getattr(catalogue.places[HUB], name)
    found = layer("fabs", catalogue, Selection(**{name: (scale,)}))
    every = layer("fabs", catalogue, Selection())
    outside = int((every.rows["place_id"] == "").sum())
    if name == "governance_scale" and scale == "local":
        assert found.shown == every.shown
        return
    scales = {key: getattr(place, name) for key, place in catalogue.places.items()}
    expected = every.rows[every.rows["place_id"].map(scales) == scale]
    assert set(found.rows["fab_id"]) == set(expected["fab_id"])
    assert outside > 0
    assert found.reason == f"A fab has the scale of its hub; {outside} fabs lie outside the hubs."


def test_the_local_scale_is_what_a_single_fab_is(catalogue):
    assert layer("fabs", catalogue, Selection(governance_scale=("local",))).shown > 100


def test_a_fab_is_shown_once_it_runs_and_one_without_a_year_always(catalogue):
    every = catalogue.table("fabs")
    assert every["start_year"].isna().any()
    dated = every.loc[every["lat"].notna(), "start_year"].dropna()
    last = int(dated.median())
    fabs = layer("fabs", catalogue, Selection(last_year=last)).rows
    assert 0 < fabs["start_year"].notna().sum() < len(dated)
    assert fabs["start_year"].max() <= last
    undated = every[every["start_year"].isna() & every["lat"].notna()]
    assert set(undated["fab_id"]) <= set(fabs["fab_id"])


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [(None, None, True), (None, 2020, False), (None, 2021, True), (2030, None, True)],
)
def test_a_tie_is_shown_once_it_has_begun(catalogue, first, last, kept):
    links = catalogue.links().set_index("link_id")
    assert (links["year_start"]["L038"], pd.isna(links["year_end"]["L038"])) == (2021, True)
    shown = ids("ties", catalogue, Selection(first_year=first, last_year=last))
    assert ("L038" in shown) is kept


def test_a_tie_without_a_year_is_always_shown(catalogue):
    assert pd.isna(catalogue.links().set_index("link_id")["year_start"]["L040"])
    assert "L040" in ids("ties", catalogue, Selection(first_year=1990, last_year=1991))


def test_a_tie_that_ended_before_the_years_is_not_shown(catalogue):
    links = catalogue.links()
    ended = links[links["year_end"].notna()]
    assert len(ended)
    after = int(ended["year_end"].max()) + 1
    assert not set(ended["link_id"]) & ids("ties", catalogue, Selection(first_year=after))


def test_a_tie_names_both_ends_and_has_their_positions(catalogue):
    ties = layer("ties", catalogue, Selection()).rows
    assert ties[["from_lat", "from_lon", "to_lat", "to_lon"]].notna().all(axis=None)
    partners = ties["hubs"].str.split(" – ")
    assert all(len(names) >= 2 and all(names) for names in partners)
    assert (ties["to_place_id"] == "").any(), "a partner outside the atlas is one end, too"


def test_the_transnational_scale_shows_ties_whatever_the_scale_of_their_hubs(catalogue):
    every = layer("ties", catalogue, Selection()).shown
    assert layer("ties", catalogue, Selection(governance_scale=("transnational",))).shown == every
    assert layer("ties", catalogue, Selection(governance_scale=("national",))).shown < every


def test_money_of_a_region_is_in_dollars_where_its_year_has_a_rate(catalogue):
    rows = layer("programme_regions", catalogue, Selection()).rows
    assert rows["place_id"].is_unique
    known = rows[rows["amount_usd"].notna()]
    assert 0 < len(known) < len(rows)
    rates = catalogue.table("exchange_rates").set_index(["currency", "year"])["local_per_usd"]
    for row in known.itertuples():
        rate = 1.0 if row.currency == "USD" else rates[row.currency, row.amount_year]
        rate = rate if isinstance(rate, float) else rate.iloc[0]
        assert row.amount_usd == pytest.approx(row.amount / rate)


# --- Filters within a layer -----------------------------------------------------------------------


def test_the_parks_of_taiwan_stand_with_the_hubs_of_the_belt(catalogue):
    hubs = layer("hubs", catalogue, Selection()).rows
    assert set(hubs.loc[~hubs["is_belt"], "place_id"]) == set(PARKS)
    assert not set(PARKS) & ids("other_hubs", catalogue, Selection())


@pytest.mark.parametrize(
    ("chosen", "column", "values"),
    [
        ({"operator": ("TSMC", "UMC")}, "operator", {"TSMC", "UMC"}),
        ({"wafer": ("300",)}, "wafer_mm", {"300", "200;300"}),
        ({"wafer": (UNKNOWN_WAFER,)}, "wafer_mm", {""}),
        ({"fab_status": ("planned", "pilot")}, "status", {"planned", "pilot"}),
    ],
)
def test_fabs_can_be_filtered_by_what_they_are(catalogue, chosen, column, values):
    every = layer("fabs", catalogue, Selection())
    found = layer("fabs", catalogue, Selection(**chosen))
    assert set(found.rows["fab_id"]) == set(
        every.rows.loc[every.rows[column].isin(values), "fab_id"]
    )
    assert 0 < found.shown < found.total == every.total


def test_a_filter_on_the_start_of_fabs_leaves_out_those_without_a_year_and_counts_them(catalogue):
    every = layer("fabs", catalogue, Selection()).rows
    found = layer("fabs", catalogue, Selection(fab_from=2010, fab_to=2019))
    inside = every[every["start_year"].between(2010, 2019).fillna(False)]
    assert set(found.rows["fab_id"]) == set(inside["fab_id"]) != set()
    undated = int(every["start_year"].isna().sum())
    assert found.reason == f"{undated} fabs have no start year in the sources and are left out."


def test_a_filter_on_wafers_says_how_many_fabs_have_none_known(catalogue):
    every = layer("fabs", catalogue, Selection()).rows
    unknown = int((every["wafer_mm"] == "").sum())
    found = layer("fabs", catalogue, Selection(wafer=("200",)))
    assert found.reason == f"{unknown} fabs have no size of wafer in the sources and are left out."
    assert not layer("fabs", catalogue, Selection(wafer=("200", UNKNOWN_WAFER))).reason


def test_programme_regions_can_be_filtered_by_what_they_are(catalogue):
    every = layer("programme_regions", catalogue, Selection()).rows
    for chosen, passes_ in (
        ({"region_programme": ("kr_iccp",)}, every["programme_id"] == "kr_iccp"),
        ({"stage": ("Stage II",)}, every["stage"] == "Stage II"),
        (
            {"region_industry": ("semiconductors",)},
            ["semiconductors" in catalogue.places[key].industries for key in every["place_id"]],
        ),
        ({"amount_known": True}, every["amount"].notna()),
        ({"amount_from": 100}, every["amount_usd"] >= 100),
    ):
        found = layer("programme_regions", catalogue, Selection(**chosen))
        assert list(found.rows["place_id"]) == list(every.loc[passes_, "place_id"])
        assert 0 < found.shown < found.total == len(every)


def test_an_amount_asked_for_says_how_many_regions_have_none(catalogue):
    every = layer("programme_regions", catalogue, Selection()).rows
    without = int(every["amount_usd"].isna().sum())
    found = layer("programme_regions", catalogue, Selection(amount_from=1))
    assert found.reason.startswith(f"{without} programme regions have no amount known")
    one = layer(
        "programme_regions", catalogue, Selection(amount_from=1, places=("jp_kci1_sapporo",))
    )
    assert one.reason == ("1 programme region has no amount known in US dollars and is left out.")


@pytest.mark.parametrize("name", OWN_FILTERS)
def test_taking_away_the_filters_of_a_layer_leaves_those_of_the_other(name):
    [other] = set(OWN_FILTERS) - {name}
    chosen = Selection(operator=("TSMC",), amount_known=True, places=("TWN",))
    cleared = chosen.with_(**unfiltered(name))
    assert is_filtered(name, chosen)
    assert not is_filtered(name, cleared)
    assert is_filtered(other, cleared)
    assert cleared.places == ("TWN",)


@settings(max_examples=10)
@given(data=st.data())
def test_filters_within_layers_only_take_away_and_leave_other_layers_alone(catalogue, data):
    common = data.draw(filters(catalogue))
    own = data.draw(own_filters(catalogue))
    for name in WITH_TABLE:
        before = ids(name, catalogue, Selection(**common))
        after = ids(name, catalogue, Selection(**common, **own))
        if name not in OWN_FILTERS:
            assert after == before
            continue
        one_by_one = before
        for field in OWN_FILTERS[name]:
            alone = Selection(**common, **{field: own.get(field, getattr(Selection(), field))})
            one_by_one = one_by_one & ids(name, catalogue, alone)
        assert after == one_by_one
        assert (
            layer(name, catalogue, Selection(**common, **own)).total
            == layer(name, catalogue, Selection()).total
        )


@pytest.mark.parametrize("name", ["economies", "regions", "market", "borders", "volcanoes"])
def test_a_layer_without_a_table_of_its_own_is_an_error(catalogue, name):
    with pytest.raises(KeyError):
        layer(name, catalogue, Selection())


# --- Which layers are on --------------------------------------------------------------------------


def test_the_layers_are_those_chosen_in_the_order_of_the_legend_or_the_usual_ones():
    assert layers_on(Selection()) == USUAL_LAYERS
    assert layers_on(Selection(layers=("ties", "hubs"))) == ("hubs", "ties")
    assert layers_on(Selection(layers=(NO_LAYER,))) == ()


@pytest.mark.parametrize("scale", LAYERS_OF_SCALE)
def test_a_governance_scale_brings_its_layers_and_the_disputed_borders(scale):
    assert set(layers_on(Selection(governance_scale=(scale,)))) == {
        *LAYERS_OF_SCALE[scale],
        "borders",
    }


def test_every_scale_has_layers_and_every_layer_but_the_borders_a_scale():
    assert set(LAYERS_OF_SCALE) == set(GOVERNANCE_SCALES)
    assert {name for group in LAYERS_OF_SCALE.values() for name in group} == {*LAYERS} - {"borders"}


# --- For any filters ------------------------------------------------------------------------------


@settings(max_examples=25)
@given(data=st.data())
def test_no_layer_shows_more_than_it_has_and_every_row_passes_the_filters(catalogue, data):
    selection = Selection(**data.draw(filters(catalogue)))
    for name in (*WITH_TABLE, "events"):
        found = rows_of(name, catalogue, selection)
        assert found.shown == len(found.rows) <= found.total
        assert found.rows[IDENTIFIERS.get(name, "place_id")].is_unique
    for name in OF_PLACES:
        shown = ids(name, catalogue, selection)
        expected = {p.place_id for p in places_of(name, catalogue) if passes(p, selection)}
        assert shown == expected


@settings(max_examples=25)
@given(data=st.data())
def test_ties_join_hubs_that_are_kept(catalogue, data):
    selection = Selection(**data.draw(filters(catalogue)))
    judged = selection
    if "transnational" in selection.governance_scale:
        judged = selection.with_(governance_scale=())
    hubs = ids("hubs", catalogue, judged) | ids("other_hubs", catalogue, judged)
    for tie in layer("ties", catalogue, selection).rows.itertuples():
        assert tie.from_place_id in hubs
        end = catalogue.places.get(tie.to_place_id)
        assert end is None or end.kind != "hub" or tie.to_place_id in hubs


@settings(max_examples=25)
@given(data=st.data())
def test_fabs_of_a_hub_that_is_left_out_by_its_scale_are_left_out_too(catalogue, data):
    scales = data.draw(st.sets(st.sampled_from(sorted(CLUSTER_FIRM_SCALES)), min_size=1))
    selection = Selection(**data.draw(filters(catalogue))).with_(firm_scale=tuple(scales))
    fabs = layer("fabs", catalogue, selection).rows
    assert {catalogue.places[key].firm_scale for key in fabs["place_id"]} <= scales


@settings(max_examples=15)
@given(data=st.data())
def test_filters_leave_the_same_rows_in_whatever_order_they_are_applied(catalogue, data):
    """All at once, or what is left when each is applied by itself."""
    chosen = data.draw(filters(catalogue))
    for name in (*OF_PLACES, "fabs", "ties", "events"):
        together = ids(name, catalogue, Selection(**chosen))
        one_by_one = ids(name, catalogue, Selection())
        for field in data.draw(st.permutations(sorted(chosen))):
            one_by_one &= ids(name, catalogue, Selection(**{field: chosen[field]}))
        if name == "ties" and chosen["places"]:
            # A tie needs both ends among the places chosen, which each filter keeps by itself.
            assert together <= one_by_one
        else:
            assert together == one_by_one, name


@settings(max_examples=20)
@given(data=st.data())
def test_the_industry_types_together_are_the_layer_without_what_has_no_type(catalogue, data):
    chosen = data.draw(filters(catalogue)) | {"industry_type": ()}
    for name in OF_PLACES:
        parts = [
            ids(name, catalogue, Selection(**{**chosen, "industry_type": (item,)}))
            for item in INDUSTRY_TYPES
        ]
        whole = layer(name, catalogue, Selection(**chosen)).rows
        assert set().union(*parts) == set(whole.loc[whole["industry_type"] != "", "place_id"])
        assert sum(map(len, parts)) == len(set().union(*parts)), "no place has two types"


def test_fabs_have_the_type_of_the_semiconductor_industry(catalogue):
    industries = catalogue.table("industries").set_index("industry")
    its_type = industries.loc[FAB_INDUSTRY, "industry_type"]
    for item in INDUSTRY_TYPES:
        found = layer("fabs", catalogue, Selection(industry_type=(item,)))
        assert found.shown == (found.total if item == its_type else 0)
