"""Nobody has to read long: between two pictures or tables stand 120 words of running text at most.

Running text is what stands open in paragraphs and lists. Tables, lists of terms, headings, notes
on charts, ways on, and what is folded are none; nor are parts of a line that are too short for a
sentence: names, figures, labels.
"""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.conftest import PAGES
from tests.pages.reading import ASIDE, PICTURE, PROSE, TABLE, blocks, lines

MOST_WORDS = 120
# The main views of every page, and those with the most to say.
ADDRESSES = (
    "/map",
    "/map?place=hsinchu",
    "/compare",
    "/data?view=catalogue",
    "/data?view=quality",
    "/data?q=wafer",
    "/data?view=source&source=seed_chaminade_vang_2006",
    "/data?view=indicator&indicator=cluster_employees",
    "/economy",
    "/economy?place=JPN",
    "/economy?place=KOR",
    "/hub?place=bangalore",
    "/hub?place=penang",
    "/cluster?place=idn_jepara_furniture",
    "/cluster?view=cases_2006",
    "/smes?view=definitions",
    "/smes?view=papers",
    "/programmes?view=results",
    "/semiconductors?view=chain",
    "/semiconductors?view=ties",
    "/upgrading?view=capabilities",
    "/upgrading?view=industries",
    "/lessons?view=weakest",
    "/lessons?view=east_west",
    "/lessons?view=all&lesson=mitsui_east_01",
    "/glossary",
    "/stories",
    "/stories?story=silicon_island&step=2",
    "/present",
    "/your-data",
)


def stretches(held):
    """Running text between two pictures or tables: number of words, and the text."""
    words, text = 0, []
    for block in held:
        if block.kind in (PICTURE, TABLE):
            yield words, text
            words, text = 0, []
        elif block.kind == PROSE:
            words += block.words
            text.append(block.text)
    yield words, text


def test_every_page_is_read():
    assert {urlsplit(address).path.strip("/") for address in ADDRESSES} == set(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_running_text_is_short_between_pictures_and_tables(reader, address):
    asked = urlsplit(address)
    reader.go(asked.path.strip("/"), **parse_qs(asked.query))
    assert not reader.warnings
    held = list(blocks(reader.app.main))
    assert any(block.text for block in held)
    long = [
        f"{words} words from “{' / '.join(text)[:200]}”"
        for words, text in stretches(held)
        if words > MOST_WORDS
    ]
    assert not long, "\n".join([address, *long])


def test_paragraphs_and_lists_count_and_what_is_folded_or_in_a_table_does_not():
    sentence = "One two three four five six seven eight nine."
    markup = (
        f"<h2>Head</h2><p>{sentence}<details><summary>more</summary><p>{sentence}</p></details></p>"
        f"<ul><li><b>Name</b> · 12 %<br>{sentence}</li></ul>"
        f"<table><tr><th>A</th><td>{sentence}<ul><li>x</li></ul></td></tr></table>"
        f'<dl><dt>Term</dt><dd>{sentence}</dd></dl><ul class="notes"><li>{sentence}</li></ul>'
        f"<p>{sentence}</p>"
    )
    held = lines(markup)
    assert [words for words, _ in stretches(held) if words] == [18, 9]
    assert [block.kind for block in held if block.text.startswith("Head")] == [ASIDE]
    assert f"A | {sentence} x" in [block.text for block in held]
    assert f"Term | {sentence}" in [block.text for block in held]
