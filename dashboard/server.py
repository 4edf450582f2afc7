"""The ASGI application: Streamlit's pages, compressed files, security headers and a warm start.

Start it from the top folder with `python -m streamlit run dashboard/server.py`.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from streamlit import config, file_util, net_util

from dashboard.api.charts import MAP, Charts
from dashboard.api.routes import api_mount
from dashboard.exports.deck import MOST_BYTES
from dashboard.serving.decks import deck_route
from dashboard.serving.defining import terms_route
from dashboard.serving.figures import figure_route
from dashboard.serving.files import ServedFile
from dashboard.serving.finding import find_route
from dashboard.serving.frontend import CompressedFrontend, compress_all, frontend_files
from dashboard.serving.headers import SecurityHeaders, content_security_policy
from dashboard.serving.page import introduce
from dashboard.serving.routes import asset_url, file_routes, plotly_url
from dashboard.serving.taking import Taken, take_route
from dashboard.ui import finder, resources, taking, terms
from dashboard.ui.by_address import file_of
from dashboard.ui.present.files import made, pages
from dashboard.ui.warmup import warm, warm_behind
from dashboard.uploads.limits import MOST_BYTES as MOST_UPLOADED

PAGES_FOLDER = Path(__file__).parents[1] / "pages"

# When a browser comes from an address that it does not know, Streamlit asks a service on the
# internet for the address of this machine. Nothing here may depend on, or talk to, the outside.
net_util.get_external_ip = lambda: None

# An upload of more than a megabyte would be put on the disk while it comes in.
MultiPartParser.spool_max_size = 2 * MOST_UPLOADED


def chart_file(path: str, suffix: str, card: str, settings: dict[str, str], origin: str) -> Taken:
    """A file of a chart for the interface for programs."""
    return file_of(resources.package(), path, suffix, origin, card=card, settings=settings)


def chart_pages() -> frozenset[str]:
    """Addresses of the pages with charts, as the interface for programs names them."""
    return frozenset(name or MAP for name in pages())


def page_addresses() -> list[str]:
    """Addresses of the root and of each script in `pages/`: `your_data.py` is `/your-data`."""
    return ["/", *(f"/{path.stem.replace('_', '-')}" for path in sorted(PAGES_FOLDER.glob("*.py")))]


def get_ready(files: dict[str, ServedFile]) -> None:
    """Do before the first visitor comes what would otherwise keep that visitor waiting.

    Streamlit collects garbage after every run of a page, and walks through all objects for it.
    Freezing those that stay for good (modules, tables, shapes) spares that walk, about 60
    milliseconds each time.
    """
    compression = Thread(target=compress_all, args=(files,), name="compression")
    compression.start()
    warm()
    compression.join()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make everything ready, then let the server accept visitors and say where it is."""
    await run_in_threadpool(get_ready, files)
    address, port = config.get_option("browser.serverAddress"), config.get_option("server.port")
    print(f"Seabelt is ready: http://{address}:{port}  (Ctrl+C stops it)", flush=True)
    stop = Event()
    behind = Thread(target=warm_behind, args=(stop,), name="usual changes", daemon=True)
    behind.start()
    yield
    stop.set()
    await run_in_threadpool(behind.join)
    await run_in_threadpool(taking.renderer().close)


static_folder = Path(file_util.get_static_dir())
page = introduce(
    (static_folder / "index.html").read_text(encoding="utf-8"),
    asset_url("favicon.svg"),
    scripts=[plotly_url()],
    before=[asset_url("history.js"), asset_url("terms.js")],
)
files = frontend_files(static_folder, page, page_addresses())

app = st.App(
    "app.py",
    routes=[
        *file_routes(),
        figure_route(),
        find_route(finder.answer),
        take_route(),
        terms_route(terms.definitions),
        deck_route(made, MOST_BYTES),
        api_mount(resources.package, Charts(chart_file, chart_pages())),
    ],
    middleware=[
        Middleware(SecurityHeaders, policy=content_security_policy(page)),
        Middleware(CompressedFrontend, files=files),
    ],
    lifespan=lifespan,
)
