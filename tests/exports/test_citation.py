"""Citations name what was taken, and reference managers read them back as they were meant."""

from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtex.database import parse_string

from dashboard.catalogue import Catalogue, UnknownIdentifierError
from dashboard.exports import citation

ADDRESS = "https://seabelt.example/data?indicator=sme_share_enterprises&place=TWN&x=%E5%8F%B0"
DAY = date(2026, 11, 5)
ODD = 'Costs & "gains" of 5 % {R&D}_#1 ~ 台湾の中小企業 \\ ^2 $9'


@pytest.fixture(scope="session")
def share(catalogue):
    """The 98 % of Taiwan's manufacturers in Kitagawa (2008)."""
    rows = catalogue.observations("sme_share_enterprises", ["TWN"])
    rows = rows[(rows["source_id"] == "seed_kitagawa_2008") & (rows["value"] == 98)]
    return rows.iloc[0]


@pytest.fixture(scope="session")
def odd(catalogue):
    """A document whose title and author hold every sign that a format may trip over."""
    tables = {name: catalogue.table(name) for name in ("sources", "indicators", "places")}
    source = (
        tables["sources"]
        .iloc[[0]]
        .assign(source_id="odd_1", title=ODD, author="北川 & 100% Ltd_{x} and Sons", year=2008)
    )
    return Catalogue(tables | {"sources": source}, "1.2.3")


def entry(text):
    """Fields of the one BibTeX entry, decoded by one reader and checked by another."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    [found] = library.entries
    [(key, other)] = parse_string(text, "bibtex").entries.items()
    assert (key, other.type) == (found.key, found.entry_type)
    fields = {name: field.value for name, field in found.fields_dict.items()}
    return found.key, fields, other


def record(text):
    [found] = rispy.loads(text)
    return found


# --- The atlas ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "Seabelt contributors. (n.d.). Seabelt: industrial clusters of East Asia"
            " (Version {version}) [Dataset]. Retrieved November 5, 2026, from"
            " https://seabelt.example/",
        ),
        (
            "chicago",
            "Seabelt contributors. n.d. “Seabelt: Industrial Clusters of East Asia.”"
            " Version {version}. Accessed November 5, 2026. https://seabelt.example/.",
        ),
    ],
)
def test_an_atlas_without_a_day_of_release_is_cited_undated_with_the_day_it_was_read(
    catalogue, style, text, monkeypatch
):
    monkeypatch.setattr(catalogue, "released", None)
    reference = citation.atlas(catalogue, "https://seabelt.example/", DAY)
    assert citation.written(reference, style) == text.format(version=catalogue.version)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "Seabelt contributors. (2026). Seabelt: industrial clusters of East Asia"
            " (Version {version}) [Dataset]. https://seabelt.example/",
        ),
        (
            "chicago",
            "Seabelt contributors. 2026. “Seabelt: Industrial Clusters of East Asia.”"
            " Version {version}. March 1. https://seabelt.example/.",
        ),
    ],
)
def test_the_atlas_is_cited_by_the_day_of_its_release(catalogue, style, text, monkeypatch):
    monkeypatch.setattr(catalogue, "released", date(2026, 3, 1))
    reference = citation.atlas(catalogue, "https://seabelt.example/", DAY)
    assert citation.written(reference, style) == text.format(version=catalogue.version)


def test_the_atlas_in_bibtex_and_ris(catalogue):
    reference = citation.atlas(catalogue, "https://seabelt.example/", DAY)
    key, fields, _ = entry(citation.written(reference, "bibtex"))
    assert key == "seabelt"
    assert fields["version"] == catalogue.version
    assert fields["urldate"] == "2026-11-05"
    found = record(citation.written(reference, "ris"))
    assert (found["type_of_reference"], found["title"]) == ("DATA", citation.ATLAS)
    assert (found["edition"], found["access_date"]) == (catalogue.version, "2026/11/05")


# --- An indicator ---------------------------------------------------------------------------------


@pytest.mark.parametrize("style", citation.STYLES)
def test_an_indicator_is_cited_as_part_of_the_atlas(catalogue, style):
    reference = citation.indicator(catalogue, "sme_share_employment", ADDRESS, DAY)
    text = citation.written(reference, style).casefold()
    assert "smes in employment" in text
    assert "seabelt: industrial clusters of east asia" in text
    assert catalogue.version in text
    assert ADDRESS.casefold() in text


def test_the_unit_of_an_indicator_is_named_once(catalogue):
    plain = citation.indicator(catalogue, "sme_share_employment", ADDRESS, DAY)
    assert plain.item["title"].endswith(")")
    named = citation.indicator(catalogue, "rd_expenditure_gdp", ADDRESS, DAY)
    assert named.item["title"] == catalogue.indicator("rd_expenditure_gdp").name


# --- A single value -------------------------------------------------------------------------------


@pytest.mark.parametrize("style", citation.STYLES)
def test_a_value_names_unit_place_year_source_locator_version_and_address(catalogue, share, style):
    text = citation.written(citation.value(catalogue, share, ADDRESS, DAY), style)
    plain = text.replace("\\", "")
    for part in ("98%", "anufacturing", "Taiwan, 2002", "Kitagawa", "2008", catalogue.version):
        assert part in plain, (style, part)
    assert share["locator"] in plain
    assert "Multi-Scalar Governance of Science and Innovation" in plain
    assert ADDRESS in text


def test_a_value_in_bibtex_and_ris_reads_back(catalogue, share):
    reference = citation.value(catalogue, share, ADDRESS, DAY)
    _, fields, other = entry(citation.written(reference, "bibtex"))
    assert fields["title"].startswith("SMEs in all enterprises: 98% (manufacturing), Taiwan, 2002")
    assert fields["howpublished"] == citation.ATLAS
    assert "International R&D Alliances" in fields["note"]
    # An address keeps its signs: a reader would follow a broken link otherwise.
    assert other.fields["url"] == ADDRESS
    found = record(citation.written(reference, "ris"))
    assert found["secondary_title"] == citation.ATLAS
    assert found["urls"] == [ADDRESS]
    assert share["locator"] in found["notes"][0]


def test_how_firm_a_value_is_stands_in_its_citation(catalogue):
    rows = catalogue.observations("sme_share_employment", ["JPN"])
    row = rows[rows["qualifier"] == "at_least"].iloc[0]
    title = citation.value(catalogue, row, ADDRESS, DAY).item["title"]
    assert "at least " in title


def test_an_undated_value_says_so(catalogue):
    row = catalogue.undated("MAC").iloc[0]
    assert citation.value(catalogue, row, ADDRESS, DAY).item["title"].endswith("Macao, undated")


# --- A document -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "Chaminade, C., & Vang, J. (2008). Upgrading in Asian Clusters: Rethinking the"
            " Importance of Interactive Learning.",
        ),
        (
            "chicago",
            "Chaminade, C., and J. Vang. 2008. “Upgrading in Asian Clusters: Rethinking the"
            " Importance of Interactive Learning.”",
        ),
    ],
)
def test_people_are_cited_by_family_name(catalogue, style, text):
    reference = citation.source(catalogue, "seed_chaminade_vang_2008")
    assert citation.written(reference, style) == text


def test_organisations_are_not_taken_for_people(catalogue):
    for source_id, found in catalogue.sources.items():
        authors = citation.source(catalogue, source_id).item["author"]
        for author in authors:
            assert "literal" in author or author["given"].endswith("."), found.author
    people = [
        key
        for key in catalogue.sources
        if "family" in citation.source(catalogue, key).item["author"][0]
    ]
    assert "seed_mitsui_2003" in people
    assert len(people) < 20


def test_two_people_are_two_in_bibtex_and_ris(catalogue):
    reference = citation.source(catalogue, "seed_chaminade_vang_2008")
    _, _, other = entry(citation.written(reference, "bibtex"))
    assert [str(person) for person in other.persons["author"]] == ["Chaminade, C.", "Vang, J."]
    found = record(citation.written(reference, "ris"))
    assert found["authors"] == ["Chaminade, C.", "Vang, J."]


def test_signs_that_a_format_may_trip_over_come_back_as_they_were(odd):
    reference = citation.source(odd, "odd_1")
    text = citation.written(reference, "bibtex")
    _, fields, other = entry(text)
    # The reader turns LaTeX's circumflex into a sign of its own that looks alike.
    assert fields["title"].replace("\u02c6", "^") == ODD
    assert fields["author"] == "北川 & 100% Ltd_{x} and Sons"
    assert len(other.persons["author"]) == 1
    assert text.count("{") == text.count("}")
    found = record(citation.written(reference, "ris"))
    assert found["title"] == ODD
    assert found["authors"] == ["北川 & 100% Ltd_{x} and Sons"]
    for style in ("apa", "chicago"):
        assert "台湾の中小企業" in citation.written(reference, style)
        assert "北川 & 100% Ltd_{x} and Sons" in citation.written(reference, style)


def test_every_thirtieth_document_can_be_cited_in_every_style(catalogue):
    for source_id in list(catalogue.sources)[::30]:
        found = catalogue.sources[source_id]
        reference = citation.source(catalogue, source_id)
        for style in ("apa", "chicago", "ris"):
            assert found.title[:12].casefold() in citation.written(reference, style).casefold()
        assert entry(citation.written(reference, "bibtex"))[1]["title"] == found.title
        assert record(citation.written(reference, "ris"))["title"] == found.title


def test_what_is_not_there_is_named(catalogue):
    with pytest.raises(UnknownIdentifierError, match="No source 'luck'"):
        citation.source(catalogue, "luck")
    with pytest.raises(UnknownIdentifierError, match="No indicator 'luck'"):
        citation.indicator(catalogue, "luck", ADDRESS, DAY)
    with pytest.raises(KeyError, match="harvard"):
        citation.written(citation.source(catalogue, "seed_mitsui_2003"), "harvard")
