"""Any address gives a view, and the same view gives the same address."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.address import (
    LONGEST_SEARCH,
    PARAMETERS,
    from_parameters,
    search_words,
    to_parameters,
)
from dashboard.catalogue.catalogue import value_identifiers
from dashboard.catalogue.offered import (
    operators,
    region_industries,
    region_programmes,
    stages,
    wafers,
)
from dashboard.catalogue.own import new_identifier
from dashboard.catalogue.selection import (
    CLASSINGS,
    DEFAULT_INDICATOR,
    LAYERS,
    MAP_MODES,
    MONEY,
    MOST_ALSO,
    MOST_TOLERANCE,
    NO_LAYER,
    PEERS,
    PROGRAMME_SHADES,
    REGION_SHADES,
    SCALINGS,
    SECTORS,
    STATISTICS,
    TRANSFORMS,
    WHOLE_IDS,
    Selection,
)
from dashboard.catalogue.sme_laws import LIMITS
from dashboard.catalogue.vocabulary import (
    CLUSTER_FIRM_SCALES,
    FAB_STATUSES,
    FIRST_YEAR,
    GOVERNANCE_SCALES,
    INDUSTRY_TYPES,
    LAST_YEAR,
    TOPICS,
)

VIEWS = ("line", "ranking", "table")
YEARS = st.integers(FIRST_YEAR, LAST_YEAR)


@st.composite
def some_of(draw, values):
    return tuple(draw(st.lists(st.sampled_from(list(values)), unique=True, max_size=4)))


def values_of(catalogue):
    return value_identifiers(catalogue.observations(DEFAULT_INDICATOR).head(200))


@st.composite
def windows(draw):
    """A part of the world as the map writes it: centre, rotation and scale."""
    bounds = ((-180, 180), (-90, 90), (-180, 180), (0.1, 1000))
    return ",".join(f"{draw(st.floats(*pair)):.4f}" for pair in bounds)


@st.composite
def ranges(draw):
    """A first and a last year, either of which may be left open."""
    first, last = draw(st.none() | YEARS), draw(st.none() | YEARS)
    return (first, last) if first is None or last is None else sorted((first, last))


@st.composite
def selections(draw, catalogue):
    first, last = draw(ranges())
    fab_from, fab_to = draw(ranges())
    industries = [name for name in catalogue.industry_names if name != "all"]
    return Selection(
        indicator=draw(st.sampled_from(list(catalogue.indicators))),
        places=draw(some_of(catalogue.places)),
        place=draw(st.none() | st.sampled_from(list(catalogue.places))),
        year=draw(st.none() | YEARS),
        first_year=first,
        last_year=last,
        industry_type=draw(some_of(INDUSTRY_TYPES)),
        industry=draw(some_of(industries)),
        governance_scale=draw(some_of(GOVERNANCE_SCALES)),
        firm_scale=draw(some_of(CLUSTER_FIRM_SCALES)),
        view=draw(st.none() | st.sampled_from(VIEWS)),
        size=draw(st.none() | st.sampled_from(list(catalogue.indicators))),
        base=draw(st.none() | YEARS),
        log=draw(st.booleans()),
        topic=draw(st.none() | st.sampled_from(TOPICS)),
        source=draw(st.none() | st.sampled_from(list(catalogue.sources))),
        programme=draw(st.none() | st.sampled_from(list(catalogue.programme_names))),
        value=draw(st.none() | st.sampled_from(values_of(catalogue))),
        q=search_words(draw(st.text(max_size=LONGEST_SEARCH))) or None,
        layers=draw(some_of([*LAYERS, NO_LAYER])),
        mode=draw(st.none() | st.sampled_from(MAP_MODES)),
        second=draw(st.none() | st.sampled_from(list(catalogue.indicators))),
        against=draw(st.none() | YEARS),
        classes=draw(st.none() | st.sampled_from(CLASSINGS)),
        tolerance=draw(st.integers(0, MOST_TOLERANCE)),
        shade=draw(st.none() | st.sampled_from([*REGION_SHADES, *catalogue.indicators])),
        event=draw(st.none() | st.sampled_from(list(catalogue.events))),
        selected=draw(some_of(catalogue.places)),
        window=draw(st.none() | windows()),
        also=draw(some_of(catalogue.indicators))[:MOST_ALSO],
        transform=draw(st.none() | st.sampled_from(TRANSFORMS)),
        money=draw(st.none() | st.sampled_from(MONEY)),
        prices=draw(st.none() | YEARS),
        peers=draw(st.none() | st.sampled_from(PEERS)),
        peer_of=draw(st.none() | st.sampled_from(list(catalogue.places))),
        scaling=draw(st.none() | st.sampled_from(SCALINGS)),
        fit=draw(st.booleans()),
        trails=draw(st.booleans()),
        comparable=draw(st.booleans()),
        rivals=draw(st.booleans()),
        whole=draw(st.none() | st.sampled_from(WHOLE_IDS)),
        statistic=draw(st.none() | st.sampled_from(STATISTICS)),
        headline=draw(st.booleans()),
        latest=draw(st.booleans()),
        programme_shade=draw(st.none() | st.sampled_from(PROGRAMME_SHADES)),
        operator=draw(some_of(operators(catalogue))),
        wafer=draw(some_of(wafers(catalogue))),
        fab_status=draw(some_of(FAB_STATUSES)),
        fab_from=fab_from,
        fab_to=fab_to,
        region_programme=draw(some_of(region_programmes(catalogue))),
        stage=draw(some_of(stages(catalogue))),
        region_industry=draw(some_of(region_industries(catalogue))),
        amount_known=draw(st.booleans()),
        amount_from=draw(st.none() | st.integers(1, 999_999_999)),
        scope=draw(st.none() | st.sampled_from(SECTORS)),
        limit=draw(st.none() | st.sampled_from(list(LIMITS))),
        in_force=draw(st.booleans()),
    )


@settings(max_examples=60)
@given(data=st.data())
def test_a_view_comes_back_from_its_own_address(catalogue, data):
    selection = data.draw(selections(catalogue))
    assert from_parameters(to_parameters(selection), catalogue, VIEWS) == (selection, [])


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(max_size=10),
        st.lists(
            st.text(max_size=20)
            | st.sampled_from(["JPN", "rd_expenditure_gdp", "2005", "1990", "line", "1", "٢٠٠٥"])
            | st.integers().map(str),
            max_size=4,
        ),
        max_size=8,
    )
)
def test_any_address_gives_a_view_and_names_what_it_refuses(catalogue, parameters):
    selection, refusals = from_parameters(parameters, catalogue, VIEWS)
    # What was read can be shown, so it can be written and read again.
    assert from_parameters(to_parameters(selection), catalogue, VIEWS) == (selection, [])
    refused = {refusal.parameter for refusal in refusals}
    assert refused <= set(parameters)
    for refusal in refusals:
        assert refusal.parameter in str(refusal)
        assert refusal.value in str(refusal)
        assert refusal.reason.endswith(".")


def read(catalogue, **parameters):
    return from_parameters(
        {
            name.rstrip("_"): [value] if isinstance(value, str) else value
            for name, value in parameters.items()
        },
        catalogue,
        VIEWS,
    )


# Any words may be searched for, so the searches refuse none of them but the long one.
@pytest.mark.parametrize("name", sorted(set(PARAMETERS) - {"q", "term_search"}))
@pytest.mark.parametrize("value", ["Atlantis", "\x00\x1b[31m", "２００５", "x" * 100_000, "=1+1"])
def test_each_value_that_cannot_be_shown_is_named_and_the_rest_holds(catalogue, name, value):
    kept = {"indicator": ["gdp_current_usd"], "places": ["JPN"]}
    parameters = kept | {name: [*kept.get(name, []), value]}
    if name == "indicator":
        parameters[name] = [value]
    selection, refusals = from_parameters(parameters, catalogue, VIEWS)
    [refusal] = refusals
    assert refusal.parameter == name
    assert str(refusal).startswith(f"The link asks for {name} = “{value[:57]}")
    assert len(str(refusal)) < 250
    assert selection.indicator == (DEFAULT_INDICATOR if name == "indicator" else "gdp_current_usd")
    assert selection.places == ("JPN",)


@pytest.mark.parametrize(
    "value", ["1899", "2061", "20", "20055", "-200", "2005.0", " 2005", "２００５", "٢٠٠٥", "MMV"]
)
@pytest.mark.parametrize(
    "name", ["year", "from", "to", "base", "against", "prices", "fab_from", "fab_to"]
)
def test_a_year_that_is_none_is_refused_with_the_years_that_can_be(catalogue, name, value):
    selection, [refusal] = read(catalogue, **{name: value})
    assert selection == Selection()
    assert (refusal.parameter, refusal.value) == (name, value)
    assert "1900 to 2060" in refusal.reason


def test_a_reversed_range_is_refused_and_the_whole_range_shown(catalogue):
    selection, [refusal] = read(catalogue, from_="2010", to="2000")
    assert (selection.first_year, selection.last_year) == (None, None)
    assert (refusal.parameter, refusal.value) == ("from", "2010")
    assert "after the last year, 2000" in refusal.reason
    selection, [refusal] = read(catalogue, fab_from="2010", fab_to="2000")
    assert (selection.fab_from, selection.fab_to) == (None, None)
    assert (refusal.parameter, refusal.value) == ("fab_from", "2010")


@pytest.mark.parametrize("value", ["0", "-5", "1.5", "1e3", "１０", "10000000000"])
def test_an_amount_that_is_none_is_refused_and_all_regions_shown(catalogue, value):
    selection, [refusal] = read(catalogue, amount_from=value)
    assert selection.amount_from is None
    assert "a whole number of millions of US dollars" in str(refusal)


def test_filters_within_layers_name_what_they_do_not_know(catalogue):
    selection, refusals = read(
        catalogue, operator=["TSMC", "Nobody"], wafer="450", stage="Stage IX", region_programme="x"
    )
    assert selection.operator == ("TSMC",)
    assert [(item.parameter, item.value) for item in refusals] == [
        ("operator", "Nobody"), ("wafer", "450"), ("region_programme", "x"), ("stage", "Stage IX"),
    ]  # fmt: skip


def test_what_can_be_filtered_by_is_what_the_data_have(catalogue):
    assert wafers(catalogue) == ["200", "300", "unknown"]
    assert operators(catalogue)[0] == "TSMC"
    assert {"Stage I", "Stage II", "First term"} <= set(stages(catalogue))
    assert "" not in stages(catalogue)
    assert set(region_programmes(catalogue)) <= set(catalogue.programme_names)
    assert set(region_industries(catalogue)) <= set(catalogue.industry_names)


def test_a_range_of_one_year_is_a_range(catalogue):
    selection, refusals = read(catalogue, from_="2010", to="2010")
    assert (selection.first_year, selection.last_year, refusals) == (2010, 2010, [])


def test_of_several_places_the_unknown_ones_are_left_out_by_name(catalogue):
    selection, refusals = read(catalogue, places=["JPN", "ATLANTIS", "KOR", "JPN", "LEMURIA"])
    assert selection.places == ("JPN", "KOR")
    assert [refusal.value for refusal in refusals] == ["ATLANTIS", "LEMURIA"]


def test_a_parameter_given_twice_keeps_its_first_value_and_says_so(catalogue):
    selection, [refusal] = read(catalogue, year=["2005", "2010"])
    assert selection.year == 2005
    assert (refusal.parameter, refusal.value) == ("year", "2010")


def test_a_parameter_that_no_page_has_is_named(catalogue):
    _, [refusal] = read(catalogue, colour="red")
    assert str(refusal) == "The link asks for colour = “red”: no page has this parameter."


@pytest.mark.parametrize(
    "name", ["data", "embed", "embed_options", "lang", "theme", "utm_source", "utm_campaign"]
)
def test_parameters_that_are_not_of_the_view_pass_in_silence(catalogue, name):
    assert read(catalogue, **{name: "anything"}) == (Selection(), [])


def test_empty_parameters_ask_for_nothing(catalogue):
    assert read(catalogue, **dict.fromkeys(PARAMETERS, "")) == (Selection(), [])
    assert from_parameters({}, catalogue) == (Selection(), [])


def test_a_page_without_views_refuses_any(catalogue):
    selection, [refusal] = from_parameters({"view": ["line"]}, catalogue)
    assert selection.view is None
    assert refusal.parameter == "view"


def test_an_address_is_written_in_full():
    """A link must not change its meaning when a default changes."""
    assert to_parameters(Selection()) == {"indicator": [DEFAULT_INDICATOR]}
    full = Selection(
        places=("JPN", "KOR"), year=2005, first_year=1990, last_year=2010, log=True, base=1995
    )
    assert to_parameters(full) == {
        "indicator": [DEFAULT_INDICATOR],
        "places": ["JPN", "KOR"],
        "year": ["2005"],
        "from": ["1990"],
        "to": ["2010"],
        "base": ["1995"],
        "log": ["1"],
    }


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(), True),
        (Selection(places=("hsinchu",)), True),
        (Selection(places=("TWN",)), True),
        (Selection(places=("JPN",)), False),
        (Selection(industry=("semiconductors", "flowers")), True),
        (Selection(industry=("flowers",)), False),
        (Selection(industry_type=("traditional_manufacturing",)), False),
        (Selection(places=("TWN",), industry=("flowers",)), False),
    ],
)
def test_filters_keep_a_hub_that_passes_all_of_them(catalogue, selection, kept):
    hub = catalogue.place("hsinchu")
    assert selection.keeps(hub) is kept


@pytest.mark.parametrize("name", ["industry_type", "governance_scale", "firm_scale"])
def test_every_hub_passes_a_filter_on_what_it_is(catalogue, name):
    for hub in catalogue.belt_hubs:
        value = getattr(hub, name)
        assert Selection(**{name: (value,)}).keeps(hub), (hub.place_id, value)


def test_a_search_is_kept_as_words_and_a_long_one_is_refused(catalogue):
    selection, refusals = from_parameters({"q": ["  98 %\n Taiwan\x00 "]}, catalogue, VIEWS)
    assert (selection.q, refusals) == ("98 % Taiwan", [])
    selection, [refusal] = from_parameters({"q": ["a" * 500]}, catalogue, VIEWS)
    assert selection.q is None
    assert "a search takes up to 120 letters" in str(refusal)


def test_a_value_that_is_no_longer_held_is_named(catalogue):
    selection, [refusal] = from_parameters({"value": ["rd|NOWHERE|1900"]}, catalogue, VIEWS)
    assert selection.value is None
    assert "the atlas holds no such value; it may have been revised." in str(refusal)


@pytest.mark.parametrize("value", ["-1", "6", "1.0", "１", "many", "05"])
def test_a_tolerance_is_a_whole_number_of_at_most_five_years(catalogue, value):
    selection, [refusal] = read(catalogue, tolerance=value)
    assert selection.tolerance == 0
    assert "a whole number from 0 to 5 is expected" in str(refusal)


@pytest.mark.parametrize(
    "value", ["127", "127,36,0", "127,36,0,1,1", "a,b,c,d", "127,91,0,1", "127,36,0,0", "nan,0,0,1"]
)
def test_a_window_that_is_none_is_refused_and_the_whole_view_shown(catalogue, value):
    selection, [refusal] = read(catalogue, window=value)
    assert selection.window is None
    assert "longitude, latitude, rotation and scale are expected" in str(refusal)


def test_a_map_without_layers_is_another_than_one_that_leaves_them_open(catalogue):
    none, _ = read(catalogue, layers=NO_LAYER)
    assert none.layers == (NO_LAYER,)
    assert read(catalogue)[0].layers == ()


def test_of_several_layers_the_unknown_ones_are_left_out_by_name(catalogue):
    selection, [refusal] = read(catalogue, layers=["hubs", "volcanoes", "ties"])
    assert selection.layers == ("hubs", "ties")
    assert refusal.value == "volcanoes"


def test_more_indicators_than_a_page_can_show_are_refused_by_name(catalogue):
    asked = list(catalogue.indicators)[: MOST_ALSO + 1]
    selection, [refusal] = read(catalogue, also=asked)
    assert selection.also == tuple(asked[:MOST_ALSO])
    assert refusal.value == asked[-1]
    assert "up to 3 may be given" in str(refusal)


def test_a_readers_own_series_is_refused_by_what_it_is(catalogue):
    own = new_identifier()
    for name, end in (("indicator", "the default is shown."), ("also", "it is left out.")):
        _, [refusal] = from_parameters({name: [own]}, catalogue, ())
        assert "it is a reader's own series, which only the browser tab" in str(refusal)
        assert str(refusal).endswith(end)
