"""What is held is found by its words, whatever a reader types."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.search import EXCERPT, KINDS, MOST_WORDS, search


@pytest.fixture(scope="session")
def find(catalogue):
    """Kind and identifier of the best hits."""

    def ask(text, **which):
        return [(hit.kind, hit.identifier) for hit in search(catalogue, text, **which)]

    return ask


# --- The questions the atlas must answer ----------------------------------------------------------


def test_who_says_that_98_per_cent_of_taiwans_manufacturers_are_smes(catalogue):
    hits = search(catalogue, "who says that 98 % of Taiwan's manufacturers are SMEs?")
    value = next(hit for hit in hits if hit.kind == "value")
    assert (value.indicator_id, value.place_id) == ("sme_share_enterprises", "TWN")
    assert value.source_id == "seed_kitagawa_2008"
    assert "98%" in value.title
    assert "manufacturing" in value.title
    assert value.rank <= 3
    sources = [hit.identifier for hit in hits if hit.kind == "source"]
    assert "seed_kitagawa_2008" in sources[:3]


def test_three_words_are_enough(catalogue):
    hits = search(catalogue, "98 Taiwan SME")
    assert "seed_kitagawa_2008" in {hit.source_id for hit in hits[:5]}
    assert all("Taiwan" in hit.title for hit in hits[:3])


def test_the_budget_of_2002_leads_to_both_figures(catalogue):
    titles = [hit.title for hit in search(catalogue, "METI 2002 budget")]
    assert any("52.2" in title for title in titles[:3])
    assert any("29.4" in title for title in titles[:3])
    [programme, *_] = search(catalogue, "METI 2002 allocated", kinds=["programme"])
    assert programme.identifier == "jp_meti_icp1"


# --- How words are matched ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan", ("place", "JPN")),
        ("jApAn", ("place", "JPN")),
        ("JPN", ("place", "JPN")),
        ("日本", ("place", "JPN")),
        ("台湾", ("place", "TWN")),
        ("臺灣", ("place", "TWN")),
        ("대한민국", ("place", "KOR")),
        ("新竹", ("place", "hsinchu")),
        ("九州", ("place", "kyushu")),
        ("Hsinchu", ("place", "hsinchu")),
        ("rd_expenditure_gdp", ("indicator", "rd_expenditure_gdp")),
        ("SMEs in employment", ("indicator", "sme_share_employment")),
        ("Kitagawa", ("source", "seed_kitagawa_2008")),
        ("kitagawa_2008 seed", ("source", "seed_kitagawa_2008")),
    ],
)
def test_a_name_finds_what_bears_it(find, text, expected):
    assert expected in find(text)[:2]


def test_the_beginning_of_a_word_is_enough(find):
    assert ("indicator", "semiconductor_billings") in find("semicond billi", kinds=["indicator"])


def test_part_of_a_name_without_spaces_is_enough(find):
    assert ("place", "kyushu") in find("州", kinds=["place"], most=200)


def test_full_width_signs_and_endings_make_no_difference(find):
    plain = find("SME share", kinds=["indicator"])
    assert plain == find("ＳＭＥ　ｓｈａｒｅ", kinds=["indicator"])
    assert set(find("manufacturer", kinds=["source"], most=500)) == set(
        find("manufacturers", kinds=["source"], most=500)
    )


def test_a_grouped_number_is_found_as_it_is_read(catalogue):
    hits = search(catalogue, "1,146,897", kinds=["value"])
    assert "1,146,897" in hits[0].title
    assert hits[0].identifier.startswith("automobile_production_units|kyushu|2022")


def test_words_that_stand_together_go_before_single_ones(catalogue):
    hits = search(catalogue, "knowledge cluster initiative", kinds=["programme"])
    assert all("Knowledge Cluster" in hit.title for hit in hits[:2])


# --- What a hit tells -----------------------------------------------------------------------------


def test_kinds_can_be_chosen(catalogue):
    for kind in KINDS:
        hits = search(catalogue, "semiconductor", kinds=[kind])
        assert hits, kind
        assert {hit.kind for hit in hits} == {kind}
    assert search(catalogue, "semiconductor", kinds=["luck"]) == []
    assert search(catalogue, "semiconductor", kinds=[]) == []


def test_hits_are_numbered_and_counted(catalogue):
    hits = search(catalogue, "industry", most=12)
    assert [hit.rank for hit in hits] == list(range(1, 13))
    assert len({(hit.kind, hit.identifier) for hit in hits}) == 12
    assert search(catalogue, "industry", most=0) == []


def test_every_hit_leads_somewhere(catalogue):
    hits = search(catalogue, "semiconductor Japan 2005", most=400)
    programmes = set(catalogue.table("programmes")["programme_id"])
    for hit in hits:
        known = {
            "indicator": catalogue.indicators,
            "place": catalogue.places,
            "source": catalogue.sources,
            "programme": programmes,
        }.get(hit.kind)
        assert hit.identifier in known if known else len(catalogue.value(hit.identifier))
        assert hit.source_id in catalogue.sources or hit.kind == "indicator"
        assert hit.title
    assert {hit.kind for hit in hits} == set(KINDS)


def test_a_value_tells_where_it_belongs(catalogue):
    hit = search(catalogue, "automobile production Kyushu 2022", kinds=["value"])[0]
    row = catalogue.value(hit.identifier)
    assert (hit.indicator_id, hit.place_id, hit.year) == (
        row["indicator_id"],
        row["place_id"],
        row["year"],
    )
    assert hit.source_id == row["source_id"]


def test_the_excerpt_shows_what_was_sought(catalogue):
    hits = search(catalogue, "Suttmeier", kinds=["place"])
    assert hits
    assert all("Suttmeier" in hit.excerpt for hit in hits)
    assert all(
        len(hit.excerpt) <= EXCERPT + len("…  …") for hit in search(catalogue, "chip wafer Japan")
    )


# --- Whatever is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "?!", "%", "🙂", "---", '""', "\x00", "\ud800"])
def test_a_text_without_words_finds_nothing(catalogue, text):
    assert search(catalogue, text) == []


@pytest.mark.parametrize(
    "text",
    [
        'Japan"',
        '"Japan',
        "Japan* OR",
        "NOT Japan",
        "NEAR(Japan)",
        "names: Japan",
        "{names} Japan",
        "Japan ^",
        "Japan - -",
        "Japan\x00",
        "Japan \ud800",
        "Japan 🙂🙂",
        "(Japan",
        "Japan; DROP TABLE entries",
    ],
)
def test_operators_and_odd_signs_are_words_or_nothing(catalogue, text):
    assert any(hit.place_id == "JPN" for hit in search(catalogue, text, most=200))


def test_a_very_long_text_is_cut_and_answered(catalogue):
    assert search(catalogue, "Japan " * 2000)
    assert search(catalogue, "a" * 10_000) == []
    many = " ".join(f"word{number}" for number in range(10 * MOST_WORDS))
    assert search(catalogue, many) == []


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_text_is_an_error(catalogue, text):
    hits = search(catalogue, text, most=5)
    assert len(hits) <= 5


def test_many_readers_get_the_same_answer_at_once(catalogue):
    texts = ["Japan", "Taiwan SME", "chip exports", "日本"] * 8
    alone = {text: search(catalogue, text) for text in set(texts)}
    with ThreadPoolExecutor(max_workers=8) as readers:
        answers = list(readers.map(lambda text: search(catalogue, text), texts))
    assert all(answer == alone[text] for text, answer in zip(texts, answers, strict=True))


def test_what_is_searched_is_the_catalogue_given(small_tables, catalogue):
    other = small_tables(indicators=[{"name": "A share of zebras"}])
    hits = search(other, "zebras", kinds=["indicator"])
    assert [hit.identifier for hit in hits] == ["share"]
    assert search(catalogue, "zebras", kinds=["indicator"]) == []
