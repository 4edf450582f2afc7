"""The scripts of the page's own parts, each at an address that changes with what it holds.

Streamlit sends the script of a component with every message that draws it. Of a page that was half
of all it sent. A browser fetches a script from here once, and keeps it for good.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.serving.files import IMMUTABLE, REVALIDATE, ServedFile

PREFIX = "/script/"


class Scripts:
    """Scripts by name."""

    def __init__(self) -> None:
        self.files: dict[str, ServedFile] = {}
        self._versions: dict[str, str] = {}

    def keep(self, name: str, content: str) -> str:
        """Keep a script and return its address, safe to be cached for good.

        Args:
            name: of the file, with `.js`.
            content: an ES module.
        """
        self.files[name] = ServedFile(Path(name), content.encode())
        self._versions[name] = hashlib.sha256(content.encode()).hexdigest()[:12]
        return self.address(name)

    def address(self, name: str) -> str:
        """The address of a script.

        Raises:
            KeyError: if there is no such script.
        """
        return f"{PREFIX}{name}?v={self._versions[name]}"

    async def __call__(self, request: Request) -> Response:
        """The script named in the address, or 404."""
        name = request.path_params["name"]
        if name not in self.files:
            return PlainTextResponse("No script of this name: reload the page.\n", 404)
        # A page that was opened before the server was renewed gets the present script, but must
        # not keep it as the old one.
        is_present = request.query_params.get("v") == self._versions[name]
        return await self.files[name].respond(
            request.headers,
            cache_control=IMMUTABLE if is_present else REVALIDATE,
            head=request.method == "HEAD",
        )


scripts = Scripts()


def script_route() -> Route:
    """Route `/script/<name>`."""
    return Route(f"{PREFIX}{{name}}", scripts.__call__)
