"""What a reader means is found by name, while they are still typing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.finder import MOST_WORDS, Closeness, Finder
from dashboard.catalogue.search import JOINT, Entry, Hit, named_entries

KINDS = ("place", "indicator", "programme", "source")


@pytest.fixture(scope="session")
def finder(catalogue):
    return Finder(named_entries(catalogue))


@pytest.fixture(scope="session")
def first(finder):
    """Kind and identifier of the first match of the first group."""

    def ask(text):
        [group, *_] = finder.groups(text, KINDS, 5, 3)
        return group.kind, group.matches[0].hit.identifier

    return ask


def made(*names, kind="place", weights=None):
    """A finder of things with these names and no more to say of them."""
    weights = weights or [0] * len(names)
    return Finder(
        Entry(Hit(kind, name, name, "", 0), name, "", weight)
        for name, weight in zip(names, weights, strict=True)
    )


def found(finder, text, kind="place", most=10):
    return [match.hit.identifier for match in finder.find(text, kind, most)]


# --- Who is meant ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jap", ("place", "JPN")),
        ("japan", ("place", "JPN")),
        ("JPN", ("place", "JPN")),
        ("korea", ("place", "KOR")),
        ("hsin", ("place", "hsinchu")),
        ("Kyushu", ("place", "kyushu")),
        ("日", ("place", "JPN")),
        ("일본", ("place", "JPN")),
        ("臺灣", ("place", "TWN")),
        ("新竹", ("place", "hsinchu")),
        ("sme share", ("indicator", "sme_share_employment")),
        ("SMEs in employment", ("indicator", "sme_share_employment")),
        ("fukuoka silicon", ("programme", "jp_fukuoka_ssb")),
        ("Kitagawa", ("source", "seed_kitagawa_2008")),
    ],
)
def test_a_name_half_typed_leads_to_what_bears_it(first, text, expected):
    assert first(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("FDI", "indicator", "fdi_inward_flow_gdp_unctad"),
        ("Knowledge Cluster", "programme", "jp_mext_kci1"),
        ("toyama", "place", "jp_kci1_toyama"),
        ("World Development Ind", "source", "wdi_2026_07"),
    ],
)
def test_each_kind_is_found_by_name(catalogue, finder, text, kind, identifier):
    known = {
        "indicator": catalogue.indicators,
        "programme": catalogue.programme_names,
        "place": catalogue.places,
        "source": catalogue.sources,
    }
    assert identifier in known[kind]
    assert identifier in found(finder, text, kind, 3)


def test_an_economy_stands_before_the_hub_of_the_same_name_and_neighbours_come_last(finder):
    assert found(finder, "Singapore")[:2] == ["SGP", "singapore"]
    korea = found(finder, "korea")
    assert korea.index("KOR") < korea.index("PRK")


def test_an_indicator_of_many_places_stands_before_one_of_a_single_hub(catalogue, finder):
    first, *_ = found(finder, "semiconductor", "indicator", 8)
    assert len(catalogue.places_with(first)) > 10


def test_no_letter_on_the_way_to_a_word_loses_it(finder):
    """A stemmed word has lost its end: "universit" does not begin like "univers"."""
    for word, kind in (("universities", "indicator"), ("manufacturing", "indicator")):
        for length in range(1, len(word) + 1):
            matches = finder.find(word[:length], kind, 400)
            assert any(word in match.hit.title.lower() for match in matches), word[:length]


# --- How matches are ordered ----------------------------------------------------------------------


def test_the_name_itself_then_beginnings_then_names_then_texts():
    things = ["Belt of silk", "Belt", "The silk belt"]
    finder = Finder(
        [
            *(Entry(Hit("place", name, name, "", 0), name, "") for name in things),
            Entry(Hit("place", "Other", "Other", "", 0), "Other", "It has a belt around it."),
        ]
    )
    matches = finder.find("belt", "place", 10)
    assert [match.hit.identifier for match in matches] == [
        "Belt",
        "Belt of silk",
        *things[2:],
        "Other",
    ]
    assert [match.closeness for match in matches] == [
        Closeness.NAME,
        Closeness.BEGINNING,
        Closeness.NAMES,
        Closeness.TEXT,
    ]
    assert [match.hit.rank for match in matches] == [1, 2, 3, 4]
    assert [match.hit.excerpt for match in matches] == ["", "", "", "It has a belt around it."]


def test_of_two_that_fit_alike_the_lighter_stands_first():
    assert found(made("Belt one", "Belt two", weights=[1, 0]), "belt") == ["Belt two", "Belt one"]


def test_some_of_the_words_are_enough_only_where_nothing_holds_them_all():
    finder = made("Silk road", "Silk belt", "Road map")
    assert found(finder, "silk belt") == ["Silk belt"]
    matches = finder.find("silk road zebra", "place", 10)
    assert [match.hit.identifier for match in matches] == ["Silk road", "Silk belt", "Road map"]
    assert {match.closeness for match in matches} == {Closeness.SOME}


def test_the_group_with_the_very_name_stands_first_and_beginnings_move_none(finder):
    # Documents begin with the word, South Korea ends with it.
    assert finder.groups("korea", KINDS, 5, 3)[0].kind == "place"
    entries = [
        Entry(Hit("place", "Old Belt", "Old Belt", "", 0), "Old Belt", ""),
        Entry(Hit("source", "Belt news", "Belt news", "", 0), "Belt news", ""),
        Entry(Hit("programme", "Belt", "Belt", "", 0), "Belt", ""),
        Entry(Hit("indicator", "Length", "Length", "", 0), "Length", "Of the belt."),
    ]
    groups = Finder(entries).groups("belt", KINDS, 5, 3)
    assert [group.kind for group in groups] == ["programme", "place", "source", "indicator"]


def test_groups_are_few_the_first_one_longer(finder):
    sizes = [len(group.matches) for group in finder.groups("semiconductor", KINDS, 5, 3)]
    assert sizes == [5, 3, 3, 3]


def test_a_match_tells_the_name_that_was_begun(finder):
    [match, *_] = finder.find("일", "place", 1)
    assert (match.hit.identifier, match.name) == ("JPN", "일본")
    names = JOINT.join(("Kyushu", "九州"))
    other = Finder([Entry(Hit("place", "kyushu", "Kyushu", "", 0), names, "")])
    assert other.find("九", "place", 1)[0].name == "九州"


# --- Whatever is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "?!", "🙂", '""', "\x00", "\ud800", "qqqq"])
def test_what_nothing_is_called_finds_nothing(finder, text):
    assert finder.groups(text, KINDS, 5, 3) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"Japan', "Japan"),
        ("Japan*", "Japan"),
        ("Japan ^", "Japan"),
        ("Japan\x00", "Japan"),
        ("names: Japan", "names Japan"),
        ("{names} Japan", "names Japan"),
        ("Japan OR NEAR(chips)", "Japan OR NEAR-chips"),
    ],
)
def test_operators_are_words_like_others(finder, text, plain):
    assert found(finder, text, most=400) == found(finder, plain, most=400)


def test_kinds_that_nobody_knows_and_no_room_are_no_error(finder):
    assert finder.find("Japan", "luck", 5) == []
    assert finder.find("Japan", "place", 0) == []


def test_words_beyond_the_first_few_are_not_looked_at(finder):
    few = " ".join(["silicon", *(f"word{number}" for number in range(MOST_WORDS - 1))])
    assert found(finder, f"{few} Japan") == found(finder, few) != []


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_text_is_an_error_and_nothing_is_named_twice(finder, text):
    for group in finder.groups(text, KINDS, 5, 3):
        identifiers = [match.hit.identifier for match in group.matches]
        assert len(set(identifiers)) == len(identifiers)


def test_many_readers_get_the_same_answer_at_once(finder):
    texts = ["Jap", "taiwan", "sme share", "日"] * 8
    alone = {text: finder.groups(text, KINDS, 5, 3) for text in set(texts)}
    with ThreadPoolExecutor(max_workers=8) as readers:
        answers = list(readers.map(lambda text: finder.groups(text, KINDS, 5, 3), texts))
    assert all(answer == alone[text] for text, answer in zip(texts, answers, strict=True))
