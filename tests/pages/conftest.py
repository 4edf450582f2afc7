"""The app as Streamlit runs it, without a browser."""

import gc
import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import load

PAGES = {"map": None, "compare": "../pages/compare.py", "data": "../pages/data.py"}
PAGES["your-data"] = "../pages/your_data.py"
PAGES |= {kind: f"../pages/{kind}.py" for kind in ("economy", "hub", "cluster")}
PAGES |= {
    name: f"../pages/{name}.py"
    for name in (
        "smes",
        "programmes",
        "semiconductors",
        "upgrading",
        "lessons",
        "glossary",
        "stories",
        "present",
    )
}
# Where a term is marked has tests of its own; all others read texts as they are.
MARK = re.compile(r'<span class="term"[^>]*>(.*?)</span>')
# A first run on a busy machine reads and checks all data.
SECONDS = 120


def as_read(markdown):
    """Markdown as a reader sees it, its escapes undone."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("\u2060", "")


class Reader:
    """What a reader sees of the app, and what they can do with it."""

    def __init__(self, app):
        self.app = app

    def go(self, page, **parameters):
        """Open a page by its address."""
        if "-" in page and not self.app._registered_pages:
            self.app.run()  # AppTest learns addresses that are no file names from a first run.
        for name, values in parameters.items():
            self.app.query_params[name.rstrip("_")] = values
        if PAGES[page]:
            self.app.switch_page(PAGES[page])
        elif self.app._registered_pages:
            self.app.switch_page("../pages/map.py")
        return self.run()

    def run(self):
        self.app.run()
        assert not self.app.exception, [item.value for item in self.app.exception]
        return self

    def widget(self, key):
        """A widget by its key, wherever it stands."""
        kinds = ("selectbox", "multiselect", "button_group", "toggle", "download_button")
        kinds += ("text_input", "expander")
        [found] = [item for kind in kinds for item in self.app.get(kind) if item.key == key]
        return found

    def choose(self, key, value):
        """Set a widget and run."""
        self.widget(key).set_value(value)
        return self.run()

    def bring(self, name, content):
        """Choose a file on the page of the reader's own data and run."""
        [uploader] = self.app.file_uploader
        uploader.set_value((name, content, "application/octet-stream"))
        return self.run()

    def press(self, label):
        """Press a button by what it says and run."""
        [button] = [item for item in self.app.button if item.label == label]
        button.click()
        return self.run()

    @property
    def title(self):
        [title] = self.app.title
        return title.value

    @property
    def markup(self):
        """All markup of the page but its style sheet and the marks of terms."""
        blocks = [item.proto.body for item in self.app.get("html")]
        shown = "\n".join(block for block in blocks if not block.startswith("<style>"))
        return MARK.sub(r"\1", shown)

    def texts(self, pattern):
        """Texts of the elements whose opening tag matches, without markup."""
        found = re.findall(rf"<(\w+)[^>]*{pattern}[^>]*>(.*?)</\1>", self.markup, re.S)
        return [unescape(re.sub(r"<[^>]+>", "", text)).strip() for _, text in found]

    @property
    def card_title(self):
        """The title of the first card: on the map page the map's, before that of the timeline."""
        return self.texts('class="card-title"')[0]

    @property
    def notes(self):
        return [
            text[1:].strip()
            for text in self.texts('class="(?:not_comparable|missing|caution|note)"')
        ]

    @property
    def warnings(self):
        return [as_read(item.value) for item in self.app.warning]

    @property
    def infos(self):
        return [as_read(item.value) for item in self.app.info]

    @property
    def expanders(self):
        return [as_read(item.label) for item in self.app.expander]

    @property
    def source(self):
        """The source line of the first card."""
        label = next(label for label in self.expanders if label.startswith("**Source:**"))
        return label.replace("**", "")

    @property
    def address(self):
        return {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in self.app.query_params.items()
        }

    @property
    def has_chart(self):
        return len(self.charts) > 0

    @property
    def charts(self):
        components = self.app.get("bidi_component")
        return [item for item in components if item.proto.component_name.endswith("seabelt_chart")]

    @property
    def chart_text(self):
        """What a screen reader says of the first chart on the page."""
        chart = self.charts[0]
        return json.loads(chart.proto.json)["alt"]

    def has(self, kind):
        return len(self.app.get(kind)) > 0


@pytest.fixture(scope="session", autouse=True)
def what_stays_is_not_collected():
    """Code and data are held to the end: going through them for garbage finds none."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def head_starts(monkeypatch):
    """The head starts that charts got, in seconds; a test does not wait for a browser."""
    given = []
    monkeypatch.setattr("dashboard.ui.chart.sleep", given.append)
    return given


@pytest.fixture
def reader(root, head_starts):
    """Somebody who has just come."""
    return Reader(AppTest.from_file(root / "dashboard" / "app.py", default_timeout=SECONDS))


@pytest.fixture(scope="session")
def catalogue():
    return load()
