"""A new reader's walk: a spreadsheet with eight mistakes becomes a map and a slide."""

import io
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from tests.browser.conftest import IS_DRAWN, IS_SETTLED
from tests.browser.rules import grave

HEADS = ["Country", "Year", "Number of parks", "Unit"]
SOURCE = "Ministry of Parks, Yearbook (2025), table 3"
GOOD = [
    [name, year, 100.0 + 10 * at + year - 2018, "parks"]
    for at, name in enumerate(["Japan", "China", "India", "Singapore", "Thailand"])
    for year in (2018, 2019, 2020)
]
# What stands in the file, and what its reader meant, by row and column of the spreadsheet.
MISTAKES = {
    "A18": ("Tawain", "Taiwan"),
    "B19": ("2019/20", 2019),
    "C20": ("12 parks", 12),
    "B21": (None, 2020),
    "C22": ("#DIV/0!", 14),
    "C23": ("15%", 15),
    "D24": ("hectares", "parks"),
    "C25": (999, None),
}
ROWS = [
    ["Taiwan", 2018, 10, "parks"],
    ["Taiwan", 2019, 11, "parks"],
    ["Viet Nam", 2018, 12, "parks"],
    ["Viet Nam", 2020, 13, "parks"],
    ["Indonesia", 2018, 14, "parks"],
    ["Indonesia", 2019, 15, "parks"],
    ["Indonesia", 2020, 16, "parks"],
    ["Japan", 2018, None, "parks"],
]


def workbook(mistaken):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Parks by country"])
    sheet.append(HEADS)
    for row in [*GOOD, *ROWS]:
        sheet.append(row)
    for cell, (wrong, right) in MISTAKES.items():
        sheet[cell] = wrong if cell in mistaken else right
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def bring(page, content):
    page.locator("input[type=file]").set_input_files(
        {"name": "parks.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_text("What was found").wait_for()
    page.wait_for_function(IS_SETTLED)


def named(page):
    """The cells that the page names, as a spreadsheet names them."""
    table = page.get_by_role("region", name="Problems of the file")
    if not table.count():
        return {}
    cells = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    letters = {head: "ABCD"[at] for at, head in enumerate(HEADS)}
    return {f"{letters[column]}{row}": f"{wrong} {mend}" for row, column, _, wrong, mend in cells}


@pytest.fixture
def page(open_page):
    return open_page("/your-data")


def test_eight_mistakes_are_mended_by_their_messages_and_the_series_leaves_as_a_slide(page, rerun):
    bring(page, workbook(MISTAKES))
    told = named(page)
    # The value that stands twice is named in both of its rows.
    assert set(told) == {*MISTAKES, "C3"}
    for cell, words in {
        "A18": "no place of the atlas",
        "B19": "Give the year in which it begins",
        "C20": "Write digits alone, without unit",
        "B21": "The year is missing",
        "C22": "error of the spreadsheet",
        "C23": "has a per cent sign",
        "D24": "another unit than “parks”",
        "C25": "another value of Japan, 2018, than in row 3",
    }.items():
        assert words in told[cell]
    assert grave(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download a corrected copy").click()
    copy = Path(waiting.value.path()).read_text("utf-8-sig")
    assert len(copy.splitlines()) == 1 + len(GOOD) + len(ROWS)
    page.get_by_role("button", name="Choose another file").click()
    page.get_by_text("Choose a file").wait_for()

    bring(page, workbook([]))
    assert named(page) == {}
    # A page that moves, or runs again, closes a list that is open.
    kind = page.get_by_role("combobox", name="Kind")
    kind.scroll_into_view_if_needed()
    page.evaluate(IS_DRAWN)
    kind.click()
    with rerun(page):
        page.get_by_role("option", name="An amount").click()
    page.get_by_label("Title").fill("Science parks")
    with rerun(page):
        page.get_by_label("Title").press("Tab")
    page.emulate_media(color_scheme="dark")
    page.get_by_label("Source line").fill(SOURCE)
    with rerun(page):
        page.get_by_label("Source line").press("Tab")
    assert grave(page, '[data-testid="stBaseButton-primary"]') == []
    page.get_by_role("button", name="Add the series").click()
    held = page.get_by_role("region", name="Series that you have brought")
    held.get_by_role("link", name="Map").click()
    page.get_by_role("heading", name="Your data: Science parks, 2020").wait_for()
    page.wait_for_function(IS_SETTLED)
    assert SOURCE in page.locator(".st-key-sources_map summary").inner_text()

    page.locator(".st-key-actions_map .more > summary").click()
    [slide] = Presentation(io.BytesIO(take_of_map(page, "PowerPoint"))).slides
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Your data: Science parks" in words
    assert SOURCE in words


def test_the_ways_to_a_series_are_in_sight_on_a_telephone(page, rerun):
    page.set_viewport_size({"width": 390, "height": 844})
    text = "place,year,indicator,value,unit\nJapan,2020,Wages of workers in parks,1,US$\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_text("What was found").wait_for()
    page.wait_for_function(IS_SETTLED)
    kind = page.get_by_role("combobox", name="Kind")
    kind.scroll_into_view_if_needed()
    page.evaluate(IS_DRAWN)
    kind.click()
    with rerun(page):
        page.get_by_role("option", name="An amount").click()
    page.get_by_label("Source line").fill(SOURCE)
    with rerun(page):
        page.get_by_label("Source line").press("Tab")
    page.get_by_role("button", name="Add the series").click()
    held = page.get_by_role("region", name="Series that you have brought")
    held.wait_for()
    page.wait_for_function(IS_SETTLED)
    for name in ("Map", "Compare", "All values"):
        box = held.get_by_role("link", name=name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert held.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0
    assert grave(page, ".table-frame") == []


def take_of_map(page, name):
    with page.expect_download() as waiting:
        page.locator(".st-key-actions_map").get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()
