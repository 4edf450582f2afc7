"""The ASGI application: Streamlit's pages, compressed files, security headers and a warm start.

Start it from the top folder with `python -m streamlit run dashboard/server.py`.
"""

import gc
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit import config, file_util, net_util
from streamlit.runtime import Runtime

from dashboard import processors
from dashboard.api.charts import MAP, Charts
from dashboard.api.limits import Limit
from dashboard.api.routes import api_mount
from dashboard.catalogue import DataContractError
from dashboard.catalogue.description import PACKAGE_FILES
from dashboard.catalogue.loading import DATA
from dashboard.catalogue.store import StoreError
from dashboard.catalogue.validation import check_files
from dashboard.exports.deck import MOST_BYTES
from dashboard.serving.beginning import ADDRESS as FIRST
from dashboard.serving.beginning import first_route
from dashboard.serving.decks import deck_route
from dashboard.serving.defining import terms_route
from dashboard.serving.figures import figure_route
from dashboard.serving.files import ServedFile
from dashboard.serving.finding import find_route
from dashboard.serving.frontend import (
    CompressedFrontend,
    chunks,
    compress_all,
    frontend_files,
    press_all,
)
from dashboard.serving.guarding import Guarded
from dashboard.serving.headers import SecurityHeaders, content_security_policy, failure
from dashboard.serving.page import introduce
from dashboard.serving.routes import asset_url, file_routes, page_files, plotly_url, script_url
from dashboard.serving.settings import OWN_HOSTS, SettingError, from_environment
from dashboard.serving.taking import CardAddress, Make, Taken, take_route
from dashboard.serving.watching import Unwatched, Watch, Watched, log_requests, watching_routes
from dashboard.ui import finder, map_page, resources, sign_in, taking, terms
from dashboard.ui.by_address import file_of
from dashboard.ui.present.files import made, pages
from dashboard.ui.warmup import warm, warm_behind
from dashboard.uploads.limits import MOST_BYTES as MOST_UPLOADED

# Exit status where the data or a setting keep the server from starting.
NOT_STARTED = 3
# Scripts of components that stand on nearly every page, and what of Streamlit draws them and the
# controls beside them.
DRAWING = ("BidiComponent", "Html", "Selectbox", "Multiselect", "ButtonGroup")
EVERYWHERE = ("links.js", "finder.js", "chart.js", "card_actions.js")
# New objects between two looks for garbage, and how often older ones are looked through, too.
GARBAGE = (10_000, 20, 20)
PAGES_FOLDER = Path(__file__).parents[1] / "pages"

# When a browser comes from an address that it does not know, Streamlit asks a service on the
# internet for the address of this machine. Nothing here may depend on, or talk to, the outside.
net_util.get_external_ip = lambda: None

# An upload of more than a megabyte would be put on the disk while it comes in.
MultiPartParser.spool_max_size = 2 * MOST_UPLOADED


def chart_file(path: str, suffix: str, card: str, settings: dict[str, str], origin: str) -> Taken:
    """A file of a chart for the interface for programs."""
    return file_of(resources.package(), path, suffix, origin, card=card, settings=settings)


def again(card: CardAddress) -> Make:
    """What makes files of a card that was drawn so long ago that it is not kept any more."""

    def make(suffix: str, origin: str, settings: Mapping[str, str]) -> Taken:
        package = resources.package()
        return file_of(
            package, card.path, suffix, origin, card=card.card, settings=settings, mode=card.mode
        )

    return make


def chart_pages() -> frozenset[str]:
    """Addresses of the pages with charts, as the interface for programs names them."""
    return frozenset(name or MAP for name in pages())


def page_addresses() -> list[str]:
    """Addresses of the root and of each script in `pages/`: `your_data.py` is `/your-data`."""
    return ["/", *(f"/{path.stem.replace('_', '-')}" for path in sorted(PAGES_FOLDER.glob("*.py")))]


def get_ready(files: dict[str, ServedFile]) -> None:
    """Do before the first visitor comes what would otherwise keep that visitor waiting.

    Python walks through objects to find garbage. Freezing those that stay for good (modules,
    tables, shapes) spares most of the walk; looking every few runs of a page instead of five times
    in each spares half of the rest, while what is thrown away in between is a few megabytes.
    """
    compression = Thread(target=compress_all, args=(files,), name="compression")
    compression.start()
    if problems := check_files():
        raise DataContractError(problems)
    warm()
    compression.join()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make everything ready, then let the server accept visitors and say where it is."""
    try:
        await run_in_threadpool(get_ready, files)
    except (DataContractError, StoreError) as error:
        # Half of the data must not be served.
        refuse_to_start(error)
    address, port = config.get_option("browser.serverAddress"), config.get_option("server.port")
    print(f"Seabelt is ready: http://{address}:{port}  (Ctrl+C stops it)", flush=True)
    if asked:
        print(f"Readers sign in at {asked.provider} first.", flush=True)
    stop = Event()
    behind = Thread(target=warm_behind, args=(stop,), name="usual views", daemon=True)
    if settings.draws_ahead:
        pressed = [*page_files(), *files.values()]
        # Not waited for when the server stops: one file takes eight seconds.
        Thread(target=press_all, args=(pressed, stop), name="compression", daemon=True).start()
    if settings.keeps_to_one_core:
        # Not earlier: files are compressed by threads that run at once.
        processors.keep_to_one(port)
    if settings.draws_ahead:
        behind.start()
    yield
    stopping.set()
    stop.set()
    if settings.draws_ahead:
        await run_in_threadpool(behind.join)
    await run_in_threadpool(taking.renderer().close)


def readers() -> int:
    """Readers who are connected."""
    return Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0


def missing() -> list[str]:
    """What keeps the server from answering well: it is asked for by those who send it readers."""
    try:
        resources.package()
    except (DataContractError, StoreError) as error:
        return [f"data: {error}"]
    return ["stopping"] if stopping.is_set() else []


def refuse_to_start(reason: object) -> NoReturn:
    """End with a sentence; a traceback helps nobody to mend a table or a setting.

    At once: whatever is raised while the application starts is logged with its traceback.
    """
    print(f"Seabelt does not start: {reason}", file=sys.stderr, flush=True)
    os._exit(NOT_STARTED)


if lost := [name for name in PACKAGE_FILES if not (DATA / name).is_file()]:
    refuse_to_start(f"{', '.join(lost)} missing from {DATA}. Restore the files from the package.")
try:
    settings = from_environment()
    asked = sign_in.settings()
except SettingError as error:
    refuse_to_start(error)
static_folder = Path(file_util.get_static_dir())
first = ["history.js", "terms.js", *(["sign-in.js"] if asked else [])]
index = (static_folder / "index.html").read_text(encoding="utf-8")
ahead = [address for address in chunks(static_folder, DRAWING) if address not in index]
page = introduce(
    index,
    asset_url("favicon.svg"),
    scripts=[plotly_url()],
    modules=[*ahead, *(script_url(name) for name in EVERYWHERE)],
    before=[asset_url(name) for name in first],
    # Nothing is drawn for a reader who might have to sign in first.
    beginning=None
    if asked
    else {"script": asset_url("first.js"), "page": FIRST, "chart": script_url("chart.js")},
)
files = frontend_files(static_folder, page, page_addresses())

if settings.logs_requests:
    log_requests()
stopping = Event()
watch = Watch(readers)
own_hosts = [*settings.hosts, *OWN_HOSTS] if settings.hosts else ["*"]
frames = settings.frames
guard = []
if asked:
    sign_in.gate.close(settings.sign_in_hours)
    guard = [
        Middleware(
            Guarded,
            is_signed_in=sign_in.gate.admits,
            pages=page_addresses(),
            encrypted=asked.is_encrypted,
        )
    ]
    # Where there are accounts, a hostile frame has something to abuse.
    frames = frames or ("'self'",)
policy = content_security_policy(page, frames)

app = st.App(
    "app.py",
    routes=[
        *watching_routes(
            watch,
            missing,
            lambda: resources.package().version,
            shows_metrics=settings.shows_metrics,
        ),
        *file_routes(),
        figure_route(),
        first_route(map_page.first_map),
        find_route(finder.answer),
        take_route(again),
        terms_route(terms.definitions),
        deck_route(made, MOST_BYTES),
        api_mount(
            resources.package,
            Charts(chart_file, chart_pages()),
            Limit(settings.api_per_minute),
        ),
    ],
    middleware=[
        Middleware(Watched, watch=watch, logs=settings.logs_requests),
        Middleware(SecurityHeaders, policy=policy),
        Middleware(TrustedHostMiddleware, allowed_hosts=own_hosts),
        *guard,
        Middleware(Unwatched),
        Middleware(CompressedFrontend, files=files),
    ],
    exception_handlers={Exception: failure(policy)},
    lifespan=lifespan,
)
