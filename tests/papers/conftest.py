"""Pages as a reader of the checks sees them, and the data as the app loads them."""

from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SECONDS, Reader
from tests.pages.reading import blocks

# Details of documents under a chart: they name documents, not values.
LEFT_FOLDED = "sources_"


@pytest.fixture(scope="session")
def page_lines(root):
    """What a page holds, by its address: its lines, with tables and folded parts opened."""

    @cache
    def lines(address):
        app = AppTest.from_file(root / "dashboard" / "app.py", default_timeout=SECONDS)
        asked = urlsplit(address)
        reader = Reader(app).go(asked.path.strip("/") or "map", **parse_qs(asked.query))
        assert not reader.warnings, address
        closed = [
            box.key for box in app.expander if box.key and not box.key.startswith(LEFT_FOLDED)
        ]
        for key in closed:
            app.session_state[key] = True
        if closed:
            reader.run()
        return [block.text for block in blocks(app.main) if block.text]

    return lines
