"""A reader's own series: brought, shown on every page of their session, and nowhere else."""

import gc
import io
import json
import re
from weakref import ref

import openpyxl
import pytest
from pptx import Presentation
from streamlit.runtime.caching.cache_resource_api import clear_session_cache
from streamlit.testing.v1 import AppTest

from dashboard.serving.figures import figures
from dashboard.serving.taking import shelf
from dashboard.ui import own
from dashboard.ui.taking import CardContent
from tests.pages.conftest import PAGES, SECONDS, Reader, as_read

MARK = "Zanzigram"
SOURCE = "Yearbook of Qwertz (2025), table 3"
NAMES = ("Japan", "South Korea", "China", "Singapore", "India", "Taiwan", "Hsinchu", "Bangalore")
YEARS = range(2010, 2021)
CSV = "place,year,indicator,value,unit\n" + "".join(
    f"{name},{year},{MARK},{100 + 10 * at + year - 2010},widgets\n"
    for at, name in enumerate(NAMES)
    for year in YEARS
)
SESSION = "test session id"


def key_of(reader, name):
    """The key of a widget of the file that was brought last."""
    return f"yours_{reader.app.session_state['own'].drafts}_{name}"


def labelled(widgets, label):
    """The widgets of a kind that have a label, in the order of the page."""
    return [item for item in widgets if item.label == label]


def say(reader, kind="level", source=SOURCE):
    """Say what only the reader knows, and take the series in."""
    for box in labelled(reader.app.selectbox, "Kind"):
        box.set_value(kind)
    reader.app.text_input(key=key_of(reader, "source")).set_value(source)
    reader.run()
    reader.app.button(key=key_of(reader, "add")).click()
    return reader.run()


@pytest.fixture
def owner(reader):
    """Somebody who has brought a series; and its identifier."""
    say(reader.go("your-data").bring("clean.csv", CSV.encode()))
    [identifier] = reader.app.session_state["own"].series
    reader.identifier = identifier
    yield reader
    clear_session_cache(SESSION)


@pytest.fixture
def other(root, head_starts):
    """Somebody else."""
    return Reader(AppTest.from_file(root / "dashboard" / "app.py", default_timeout=SECONDS))


def everything(reader):
    """All that a run has sent, as text."""
    tree = reader.app._tree
    return "\n".join(str(getattr(element, "proto", "")) for element in tree)


def test_a_series_is_drawn_with_its_title_unit_and_source_on_map_and_compare(owner):
    for page, card in (("map", "map"), ("compare", "compare")):
        owner.go(page, indicator=owner.identifier, year="2015")
        assert not owner.warnings
        assert f"Your data: {MARK}" in owner.card_title
        assert owner.source.startswith(f"Source: Your data: {SOURCE}")
        assert owner.widget("filter_indicator").value == owner.identifier
        assert f"Your data: {MARK}" in owner.app.selectbox(key="filter_indicator").options
        assert owner.widget(f"csv_{card}")
    assert any("has not checked" in note for note in owner.notes)
    assert "has not checked" in owner.markup


def test_every_page_runs_with_a_series_and_none_of_another_reader_sees_it(owner, other):
    views = {
        "map": {"mode": "two_indicators", "second": "rd_expenditure_gdp"},
        "economy": {"place": "JPN"},
        "hub": {"place": "hsinchu"},
        "data": {"view": "indicator"},
    }
    for page in PAGES:
        owner.app.query_params.clear()
        owner.go(page, indicator=owner.identifier, year="2015", **views.get(page, {}))
        assert page == "smes" or not owner.warnings
        assert page not in ("map", "compare", "economy", "hub", "data") or MARK in everything(owner)
    for view in ("ranking", "table", "scatter", "statistics"):
        owner.go("compare", indicator=owner.identifier, view=view)
    owner.go("data", view="source", source=owner.identifier)
    assert SOURCE in owner.markup
    owner.go(
        "data", view="value", value=f"{owner.identifier}|JPN|2010|all|all|all|||{owner.identifier}"
    )
    for page in PAGES:
        seen = everything(other.go(page))
        assert MARK not in seen
        assert "Qwertz" not in seen
        assert not re.search(r"yours_[0-9a-f]{24}", seen)


def test_what_is_kept_for_all_readers_has_nothing_of_a_series(owner):
    owner.go("map", indicator=owner.identifier).go("compare", indicator=owner.identifier)
    shared = [file.content.decode() for file in figures._files.values()]
    assert not any(MARK in text for text in shared)
    for make in shelf._makers.values():
        held = [arg for arg in getattr(make, "args", ()) if isinstance(arg, CardContent)]
        held += [make.func.__self__] if hasattr(make.func, "__self__") else []
        assert not any(MARK in str(vars(item)) for item in held)


def test_everything_goes_with_the_session(owner):
    owner.go("map", indicator=owner.identifier).go("compare", indicator=owner.identifier)
    held = owner.app.session_state["own"]
    gone = [ref(held), ref(held.catalogue), ref(next(iter(held.series.values())))]
    kept = len(held._shown)
    assert kept
    assert len(figures._held) + len(shelf._held) >= kept
    del held
    owner.app = None
    clear_session_cache(SESSION)  # as Streamlit does when a connection has gone
    gc.collect()
    assert [item() for item in gone] == [None, None, None]
    assert not figures._held
    assert not shelf._held


def test_a_reader_who_does_not_come_back_is_forgotten_in_time(owner, monkeypatch):
    monkeypatch.setattr(own, "KEPT_SECONDS", 0.0)
    held = owner.app.session_state["own"]
    clear_session_cache(SESSION)
    held._leaving.join(5)
    assert not held.series
    assert held.catalogue is None
    # Whoever comes back after all is told, and meets no broken page.
    owner.go("compare", indicator=owner.identifier)
    assert "a reader's own series" in owner.warnings[0]


def test_a_link_to_a_series_says_in_another_session_whose_it_is(owner, other):
    other.go("compare", indicator=owner.identifier)
    [warning] = other.warnings
    assert "it is a reader's own series, which only the browser tab that uploaded it has" in warning
    assert "the default is shown" in warning
    assert "Research and development" in other.card_title


def test_removing_a_series_leaves_pages_that_showed_it_whole(owner):
    owner.go("compare", indicator=owner.identifier)
    owner.app.query_params.clear()
    owner.go("your-data")
    owner.press(f"Remove Your data: {MARK}".replace(":", "\\:"))
    assert not owner.app.session_state["own"].series
    owner.app.query_params.clear()
    owner.go("compare")
    assert "Research and development" in owner.card_title


def test_names_are_confirmed_or_told_apart_by_the_reader(reader):
    text = "place,year,value\nSingapore,2020,1\nKorea,2020,2\nTawain,2020,3\nJapan,2020,4\n"
    reader.go("your-data").bring("x.csv", text.encode())
    assert "Choose the place that is meant above" in reader.markup
    reader.choose(key_of(reader, "name_Singapore"), "singapore")
    reader.choose(key_of(reader, "name_Korea"), "KOR")
    reader.choose(key_of(reader, "name_Tawain"), "")
    assert "To mend" not in reader.markup
    assert "3 values can be taken" in reader.markup
    labelled(reader.app.text_input, "Title")[0].set_value("Parks")
    labelled(reader.app.text_input, "Unit")[0].set_value("parks")
    say(reader)
    [held] = reader.app.session_state["own"].series.values()
    assert list(held.observations["place_id"]) == ["singapore", "KOR", "JPN"]
    clear_session_cache(SESSION)


MIXED = (
    "place,year,indicator,value,unit,sector\n"
    "Jpaan,2020,Wages,111,US$,all\n"
    "Jpaan,2021,Wages,112,US$,all\n"
    "KOR,2020,Patents,7,patents,all\n"
    "KOR,2021,Patents,8,patents,all\n"
)


def test_what_is_said_of_an_indicator_stays_with_it_when_names_are_confirmed(reader):
    reader.go("your-data").bring("x.csv", MIXED.encode())
    assert reader.texts('class="of-file"') == ["Patents in the file: 2 values"]
    reader.choose(key_of(reader, "name_Jpaan"), "JPN")
    assert reader.texts('class="of-file"') == [
        "Wages in the file: 2 values",
        "Patents in the file: 2 values",
    ]
    say(reader)
    held = reader.app.session_state["own"].series.values()
    found = {
        (item.indicator.name, item.indicator.unit): item.observations["value"].tolist()
        for item in held
    }
    assert found == {
        ("Your data: Wages", "US$"): [111, 112],
        ("Your data: Patents", "patents"): [7, 8],
    }
    clear_session_cache(SESSION)


def test_a_unit_found_in_the_file_goes_with_the_values_that_are_taken(reader):
    text = "place,year,value,unit\nKOR,2020,7,persons\nJpaan,2020,1,firms\nJpaan,2021,2,firms\n"
    reader.go("your-data").bring("x.csv", text.encode())
    assert labelled(reader.app.text_input, "Unit")[0].value == "persons"
    # Most values are now in the other unit, and those in the first one are left out.
    reader.choose(key_of(reader, "name_Jpaan"), "JPN")
    assert labelled(reader.app.text_input, "Unit")[0].value == "firms"


def test_another_column_of_indicators_is_asked_about_anew(reader):
    reader.go("your-data").bring("x.csv", MIXED.encode())
    labelled(reader.app.text_input, "Title")[0].set_value("Patents granted")
    reader.choose(key_of(reader, "long_indicator"), "sector")
    assert labelled(reader.app.text_input, "Title")[0].value == "all"


def test_columns_across_are_chosen_and_none_is_left_out_without_a_word(reader):
    text = "place,2019,2020,2021*,Population,Rank\nJapan,1,2,3,9,1\nIndia,4,5,6,9,2\n"
    reader.go("your-data").bring("x.csv", text.encode())
    across = key_of(reader, "years_across_across")
    assert reader.widget(across).value == ["2019", "2020", "2021*"]
    assert "Not used: Population, Rank." in reader.markup
    assert '<th scope="row">heads</th><td>2021*</td>' in reader.markup
    assert "has “*” beside the year" in reader.markup
    reader.choose(across, ["2019", "2020", "Rank"])
    assert "Not used: 2021*, Population." in reader.markup
    assert "is the head of a column and is not a year" in reader.markup
    reader.choose(across, ["2019", "2020"])
    assert "To mend" not in reader.markup
    # A column that says what is measured is no longer offered for a year, and the other way round.
    reader.choose(key_of(reader, "years_across_note"), "Rank")
    assert "Rank" not in reader.widget(across).options
    assert "2019" not in reader.widget(key_of(reader, "years_across_note")).options
    reader.choose(across, [])
    assert reader.infos[0].startswith("Say which columns hold: years.")


def test_the_row_of_heads_is_chosen_where_the_file_leaves_it_in_doubt(reader):
    text = "Table 1,Source: METI,Tokyo\nLand,Jahr,Wert\nJapan,n/a,x\nQ,R,S\n"
    reader.go("your-data").bring("x.csv", text.encode())
    assert reader.infos[0].startswith("Say which column holds: place, year, value.")
    assert "Or choose above the row with the heads of the columns" in reader.infos[0]
    reader.choose(key_of(reader, "heads"), 2)
    assert "<th>Land" in reader.markup.replace(' scope="col"', "")
    assert "Row 1 is taken for a title." in reader.markup
    assert reader.widget(key_of(reader, "heads")).value == 2
    # A title that was told by itself can be said to be none.
    reader.press("Choose another file")
    text = "Table 1,Source: METI\nplace,year,value\nJapan,2020,1\nIndia,2020,2\n"
    reader.bring("x.csv", text.encode())
    assert "2 values can be taken" in reader.markup
    assert reader.widget(key_of(reader, "heads")).value == 2
    # Where nothing is in doubt nothing is asked.
    reader.press("Choose another file")
    reader.bring("x.csv", CSV.encode())
    assert "Row with the heads of the columns" not in [box.label for box in reader.app.selectbox]


def test_a_title_changed_last_is_the_one_that_is_taken(reader):
    reader.go("your-data").bring("x.csv", CSV.encode())
    labelled(reader.app.selectbox, "Kind")[0].set_value("level")
    reader.app.text_input(key=key_of(reader, "source")).set_value(SOURCE)
    reader.run()
    # A press may come in the same run as the letters typed before it.
    labelled(reader.app.text_input, "Title")[0].set_value("Other title")
    reader.app.button(key=key_of(reader, "add")).click()
    reader.run()
    [held] = reader.app.session_state["own"].series.values()
    assert held.indicator.name == "Your data: Other title"
    clear_session_cache(SESSION)


def test_a_file_that_cannot_be_read_says_why_and_another_can_be_chosen(reader):
    reader.go("your-data").bring("x.xlsx", b"PK\x03\x04broken")
    assert [as_read(item.value) for item in reader.app.error] == [
        "The workbook is damaged or not complete. Open it, save it as XLSX and try again."
    ]
    reader.press("Choose another file")
    assert reader.app.file_uploader


def test_small_values_are_the_same_in_table_and_sentence(reader):
    text = "place,year,value,indicator,unit\n" + "".join(
        f"{name},{year},{value},Rates,rate\n"
        for name, value in (("Japan", "0.00066"), ("India", "0.0002"), ("China", "0.00004"))
        for year in (2019, 2020)
    )
    say(reader.go("your-data").bring("x.csv", text.encode()), kind="share")
    [identifier] = reader.app.session_state["own"].series
    reader.go("data", view="indicator", indicator=identifier)
    for value in ("0.00066", "0.00020", "0.00004"):
        assert value in reader.markup
    assert not re.search(r"\b0\.0+ rate", reader.markup)
    reader.app.query_params.clear()
    reader.go("compare", indicator=identifier)
    made = {make.args[1].func.__self__.path: make for make in shelf._held.values()}
    [make] = [made[path] for path in made if path.startswith("/compare") and identifier in path]
    book = openpyxl.load_workbook(io.BytesIO(make("xlsx", "http://localhost", {}).content))
    words = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "is 0.00066 rate, Japan in 2019" in words
    assert not re.search(r"\b0\.0+ rate", words)
    clear_session_cache(SESSION)


def test_a_name_to_confirm_is_drawn_as_it_stands_in_the_file(reader):
    name = "J$apan$ **x** :smile: [a](b) `c`"
    text = f"place,year,value\n{name},2020,1\nJapan,2020,4\n{'Q' * 90},2020,1\n"
    reader.go("your-data").bring("x.csv", text.encode())
    asked, long = [box.label for box in reader.app.selectbox if "value)" in as_read(box.label)]
    assert as_read(asked) == f"{name} (1 value)"
    assert not re.search(r"(?<!\\)[$*:\[`]", asked)
    assert as_read(long) == f"{'Q' * 59}… (1 value)"


def test_what_is_too_long_is_refused_and_never_cut(reader):
    title, unit = "T" * 91, "u" * 41
    text = f"place,year,value,indicator,unit\nJapan,2020,1,{title},{unit}\n"
    reader.go("your-data").bring("x.csv", text.encode())
    labelled(reader.app.selectbox, "Kind")[0].set_value("level")
    reader.app.text_input(key=key_of(reader, "source")).set_value("s" * 241)
    reader.run()
    assert labelled(reader.app.text_input, "Title")[0].value == title
    assert reader.warnings == [
        "The title has 91 letters, and up to 90 fit. Shorten it.",
        "The unit has 41 letters, and up to 40 fit. Shorten it.",
        "The source has 241 letters, and up to 240 fit. Shorten it.",
    ]
    add = reader.app.button(key=key_of(reader, "add"))
    assert add.disabled
    labelled(reader.app.text_input, "Title")[0].set_value("<b>" + "T" * 87)
    labelled(reader.app.text_input, "Unit")[0].set_value("u" * 40)
    say(reader, source="s" * 240)
    [held] = reader.app.session_state["own"].series.values()
    assert held.indicator.name == "Your data: ‹b>" + "T" * 87
    clear_session_cache(SESSION)


HOSTILE = '<img src=x onerror="document.title=1">%{y}'
SHOWN = HOSTILE.replace("<", "‹").replace("%", "% ")
HOSTILE_SOURCE = '=HYPERLINK("http://example.org")</script><script>document.title=2</script>'
HOSTILE_CSV = "place,year,indicator,value,unit,note\n" + "".join(
    f'{name},{year},"{HOSTILE.replace(chr(34), chr(34) * 2)}",{at + year},<b>u</b>,=1+1\n'
    for at, name in enumerate(NAMES[:4])
    for year in YEARS
)


@pytest.fixture
def hostile(reader):
    """Somebody who has brought a series with hostile names; and its identifier."""
    say(reader.go("your-data").bring("<b>x</b>.csv", HOSTILE_CSV.encode()), source=HOSTILE_SOURCE)
    [reader.identifier] = reader.app.session_state["own"].series
    yield reader
    clear_session_cache(SESSION)


def test_hostile_names_are_text_on_every_page(hostile):
    for page in ("your-data", "map", "compare", "data", "economy"):
        hostile.app.query_params.clear()
        view = {"data": {"view": "indicator"}, "economy": {"place": "JPN"}}.get(page, {})
        hostile.go(page, indicator=hostile.identifier, year="2015", **view)
        assert "<img src=x" not in hostile.markup
        assert "<script>" not in hostile.markup
        assert "<b>u</b>" not in hostile.markup
        assert "‹img src=x" in hostile.markup
        for chart in hostile.charts:
            drawn = json.loads(chart.proto.json)["json"] or ""
            assert not re.search(r"<img|<b>u|%\{y\}<", drawn.replace("\\u003c", "<"))


def test_hostile_names_are_text_in_files(hostile):
    hostile.go("compare", indicator=hostile.identifier)
    made = {make.args[1].func.__self__.path: make for make in shelf._held.values()}
    [make] = [
        made[path] for path in made if path.startswith("/compare") and hostile.identifier in path
    ]
    page = make("html", "http://localhost", {}).content.decode()
    assert "<img src=x" not in page
    assert "</script><script>document" not in page
    book = openpyxl.load_workbook(io.BytesIO(make("xlsx", "http://localhost", {}).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert any(SHOWN in str(cell.value) for cell in cells)
    [slide] = Presentation(io.BytesIO(make("pptx", "http://localhost", {}).content)).slides
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert SHOWN in words
    assert HOSTILE_SOURCE.replace("<", "‹") in words
    told = json.loads(make("json", "http://localhost", {}).content)
    assert SHOWN in told["title"]
