"""A deck's file is read back as it was, and a file that is no deck is refused with a remedy."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pypdf import PdfReader, PdfWriter

from dashboard.catalogue.own import new_identifier
from dashboard.exports import deck_files
from dashboard.exports.deck import MOST_BYTES, MOST_SLIDES, Deck, DeckError, Entry, read, written
from dashboard.exports.slides import PictureError, Slide, presentation
from dashboard.ui.present.files import slide_of

PAGES = {"", "compare"}
LINK = "/compare?indicator=gdp_current_usd&places=JPN&places=KOR&year=2010&view=line"


def deck_of(*slides, **more):
    return json.dumps({"seabelt_deck": 1, "slides": slides, **more}).encode()


def said(catalogue, content):
    with pytest.raises(DeckError) as refused:
        read(content, catalogue, PAGES)
    return str(refused.value)


LINES = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n"), max_size=60)
TITLES = LINES.map(lambda text: " ".join(text.split()))
ENTRIES = st.builds(
    Entry, st.just(LINK), st.just("compare"), TITLES, st.just(""), LINES
) | st.builds(Entry, title=TITLES, text=LINES, notes=LINES)


@settings(max_examples=30)
@given(
    st.builds(
        Deck,
        st.lists(ENTRIES, max_size=4).map(tuple),
        st.sampled_from(["16:9", "4:3"]),
        st.sampled_from(["light", "dark"]),
    )
)
def test_a_deck_that_is_written_is_read_back_as_it_was(catalogue, deck):
    assert read(written(deck), catalogue, PAGES) == (deck, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b'{"seabelt_deck": 1,\n "slides": [}', "line 2, column 13"),
        (b"[" * 100_000, "Choose one saved on this page"),
        (b"[1, 2]", "lacks “seabelt_deck”"),
        (b" " * (MOST_BYTES + 1), f"at most {MOST_BYTES:,}"),
        (b'{"seabelt_deck": 2, "slides": []}', "reads version 1"),
        (b'{"seabelt_deck": 1}', "slides: a list is expected"),
        (deck_of(*[{}] * (MOST_SLIDES + 1)), f"at most {MOST_SLIDES}"),
        (deck_of(size="21:9"), "size: “21:9” is not known. Write 16:9 or 4:3."),
        (deck_of(mode=["dark"]), "mode:"),
        (deck_of({}, "slide"), "Slide 2: an object"),
        (deck_of({"script": "x"}), "Slide 1: a deck has no “script”"),
        (deck_of({"title": 7}), "Slide 1, title: a text is expected, not “7”"),
        (deck_of({"title": "x" * 201}), "Slide 1, title: 201 letters are too many, 200 fit"),
        (deck_of({"link": LINK}), "Slide 1, card: it is empty while link is not"),
        (deck_of({"link": LINK, "card": "a b"}), "Slide 1, card: “a b” names no card"),
    ],
)
def test_a_file_that_is_no_deck_is_refused_by_what_is_wrong_where(catalogue, content, words):
    assert words in said(catalogue, content)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/compare",
        "//evil.example/compare",
        "/\\evil.example/compare",
        "javascript:alert(1)",
        "compare",
        "/../compare",
        "/nowhere",
        "/compare?" + "&".join(["places=JPN"] * 300),
        "http://[/compare",
    ],
)
def test_only_addresses_of_pages_are_taken(catalogue, link):
    assert "Slide 1, link: " in said(catalogue, deck_of({"link": link, "card": "compare"}))


def test_an_address_is_read_as_a_readers_is_and_what_is_gone_is_told(catalogue):
    link = f"{LINK}&places=ATLANTIS&colour=red&data=0.3.0"
    deck, remarks = read(deck_of({"link": link, "card": "compare"}), catalogue, PAGES)
    assert deck.entries[0].link == f"{LINK}&data=0.3.0"
    assert len(remarks) == 2
    assert all(remark.startswith("Slide 1: The link asks for") for remark in remarks)


def test_signs_that_files_cannot_hold_are_left_out(catalogue):
    odd = "a\x00b\x0b\ud800\ufffec\r\nd"
    deck, _ = read(deck_of({"title": odd, "text": odd, "notes": odd}), catalogue, PAGES)
    assert deck.entries == (Entry(title="abc d", text="abc\nd", notes="abc\nd"),)


TEXTS = (Slide(title="One <b>", text="Profits & <b>losses</b>", notes="Pause."), Slide(title="Two"))


def blank(view, suffix, picture):
    """A picture of nothing, as large as was asked for."""
    if suffix == "png":
        return json.dumps([view.figure, picture.sheet["width"]]).encode()
    writer = PdfWriter()
    writer.add_blank_page(picture.sheet["width"], picture.sheet["height"])
    writer.add_blank_page(1, 1)  # what rounding leaves
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_has_one_page_a_slide_in_the_size_of_the_deck():
    pages = PdfReader(io.BytesIO(deck_files.pdf(TEXTS, Deck(size="4:3"), "1", blank))).pages
    assert [(page.mediabox.width, page.mediabox.height) for page in pages] == [(1440, 1080)] * 2


def test_a_bundle_has_pictures_the_deck_and_what_was_written():
    deck = Deck((Entry(title="One <b>"), Entry(title="Two")))
    with zipfile.ZipFile(io.BytesIO(deck_files.bundle(TEXTS, deck, "1", blank))) as file:
        held = {name.removeprefix("seabelt-deck/"): file.read(name) for name in file.namelist()}
    assert set(held) == {"01-text.png", "02-text.png", "README.txt", "deck.json"}
    assert held["deck.json"] == written(deck)
    assert b"Notes: Pause." in held["README.txt"]
    # What a presenter writes is never read as markup.
    assert "Profits &amp; &lt;b&gt;losses&lt;/b&gt;" in json.loads(held["01-text.png"])[0]


def test_a_bundle_without_a_browser_says_so_and_holds_the_rest():
    def fail(*_):
        raise PictureError("No Chromium was found.")

    content = deck_files.bundle(TEXTS, Deck(), "1", fail)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if name.endswith(".png")]
        assert b"No Chromium was found." in file.read("seabelt-deck/README.txt")
    with pytest.raises(PictureError, match="No Chromium"):
        deck_files.pdf(TEXTS, Deck(), "1", fail)


def test_one_picture_that_fails_is_a_page_that_says_why():
    asked = []

    def fail_once(view, suffix, picture):
        asked.append(view.figure)
        if len(asked) == 1:
            raise PictureError("Too slow.")
        return blank(view, suffix, picture)

    assert len(PdfReader(io.BytesIO(deck_files.pdf(TEXTS, Deck(), "1", fail_once))).pages) == 2
    assert "Too slow." in asked[1]


def test_a_long_text_is_written_smaller_and_breaks_everywhere_it_must():
    view = deck_files.sheet(Slide(text="台" * 3000), Deck(), "1")
    [said] = view.plotly["layout"]["annotations"]
    assert said["font"]["size"] < deck_files.TEXT_SIZE
    assert max(map(len, said["text"].split("<br>"))) <= 100 / 0.4 / 2


def test_text_slides_have_the_theme_of_the_deck():
    def ground(mode):
        slides = Presentation(io.BytesIO(presentation(TEXTS, mode=mode))).slides
        return slides[0].background.fill.fore_color.rgb

    assert ground("light") != ground("dark")


def test_a_slide_of_a_readers_own_series_keeps_its_name_so_that_it_can_say_what_it_lacks(catalogue):
    own = new_identifier()
    link = f"/compare?indicator={own}&view=line"
    deck, remarks = read(deck_of({"link": link, "card": "compare"}), catalogue, PAGES)
    assert f"indicator={own}" in deck.entries[0].link
    assert "a reader's own series" in remarks[0]
    slide = slide_of(deck.entries[0], deck, catalogue, "http://localhost")
    assert slide.view is None
    assert "only the browser tab that uploaded it has" in slide.text
