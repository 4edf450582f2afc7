"""Streamlit's own scripts and styles, compressed.

Streamlit leaves compression to a proxy in front of it: a first page with one chart would be 7.4 MB.
This dashboard runs without a proxy, so it compresses each file once and serves it from memory.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Event

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.serving.files import COMPRESSIBLE, IMMUTABLE, REVALIDATE, ServedFile

# What a module imports as soon as it is loaded; what it imports later is in brackets.
_IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


class CompressedFrontend:
    """ASGI middleware that answers for the compressible files of Streamlit's front end.

    Everything else, such as sockets, fonts and requests for a part of a file, passes through
    untouched.
    """

    def __init__(self, app: ASGIApp, files: Mapping[str, ServedFile]) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a known file, or hand the request on."""
        # Starting and stopping the server come this way too, and have neither path nor headers.
        file = self.files.get(scope["path"]) if scope["type"] == "http" else None
        request = Headers(scope=scope) if file else Headers()
        if file is None or scope["method"] not in {"GET", "HEAD"} or "range" in request:
            await self.app(scope, receive, send)
            return
        response = await file.respond(
            request,
            # The names of Streamlit's bundles hold a hash of their content; the page does not.
            cache_control=IMMUTABLE if scope["path"].startswith("/static/") else REVALIDATE,
            head=scope["method"] == "HEAD",
        )
        await response(scope, receive, send)


def frontend_files(folder: Path, page: str, page_addresses: Iterable[str]) -> dict[str, ServedFile]:
    """Compressible files of a front end by address.

    Args:
        folder: holds `index.html` and, under `static`, files with a content hash in their name.
        page: what to serve in place of `index.html`.
        page_addresses: where to serve it; Streamlit itself answers at any other address.
    """
    bundles = (path for path in (folder / "static").rglob("*") if path.suffix in COMPRESSIBLE)
    files = {f"/{path.relative_to(folder).as_posix()}": ServedFile(path) for path in bundles}
    start = ServedFile(folder / "index.html", page.encode())
    return files | dict.fromkeys(page_addresses, start)


def chunks(folder: Path, names: Iterable[str]) -> list[str]:
    """Addresses of parts of Streamlit's front end and of all that they import.

    The front end fetches a part when it first meets an element that needs it, and then what that
    imports: two answers to wait for, of which a page that names them ahead spares its reader both.

    Args:
        folder: holds the front end.
        names: of the parts, without the hash that their file names carry. One that the front end
            has no more is left out: it is then fetched when it is met.
    """
    scripts = folder / "static" / "js"
    to_do = sorted(path.name for name in names for path in scripts.glob(f"{name}.*.js"))
    found: dict[str, None] = {}
    while to_do:
        file = to_do.pop(0)
        if file not in found:
            found[file] = None
            to_do += _IMPORTED.findall((scripts / file).read_text("utf-8"))
    return [f"/static/js/{file}" for file in found]


def compress_all(files: Mapping[str, ServedFile]) -> None:
    """Compress every file in both codings.

    Over plain http, browsers accept brotli from their own machine only, and gzip from others.
    """
    for coding in ("br", "gzip"):
        for file in files.values():
            file.encode(coding)


def press_all(files: Iterable[ServedFile], stop: Event) -> None:
    """Compress files as well as can be, behind the first visitors, until all are or told to stop.

    It takes some fifteen seconds of a processor, which Python does not need meanwhile.
    """
    for file in files:
        if stop.is_set():
            return
        file.press()
