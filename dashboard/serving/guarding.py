"""Sign-in, where whoever runs a server asks for it: what is set, and what stays closed without it.

The pages are closed by the script that draws them. This closes all else: the interface for
programs, files of cards and decks, the data package.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.serving.settings import OWN_HOSTS, SettingError

SECTION = "auth"
REQUIRED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
# Where the provider sends a reader back to; the path is Streamlit's.
COMES_BACK = "/oauth2callback"
# What signs a cookie must not be guessed: whoever knows it signs in as anybody.
SHORTEST_SECRET = 32
# What a reader needs who has not signed in: the way in, and the files of the page that shows it.
# Those are the same for everybody and hold no data.
OPEN = frozenset(
    {"/healthz", "/readyz", "/metrics", "/_stcore/health", "/_stcore/host-config"}
    | {"/auth/login", "/auth/logout", COMES_BACK, "/favicon.png", "/manifest.json"}
)
OPEN_FOLDERS = ("/static/", "/assets/", "/script/", "/vendor/")
API = "/api/"
CLOSED = "Sign in first: open the start page of this server in a browser."

# Whether the cookies of a request are those of a reader who has signed in.
IsSignedIn = Callable[[Mapping[str, str]], bool]


@dataclass(frozen=True)
class SignIn:
    """Sign-in as it is set.

    Attributes:
        origin: scheme and name under which readers know the server.
        provider: name of the server at which they sign in.
    """

    origin: str
    provider: str

    @property
    def is_encrypted(self) -> bool:
        """Whether readers come by https, so that their cookies need travel by nothing else."""
        return self.origin.startswith("https:")


def sign_in_from(files: Iterable[Path]) -> SignIn | None:
    """Sign-in as the files of secrets set it; None where none of them does.

    Streamlit takes a file that it cannot read for none, and would leave all open.

    Args:
        files: those that are there, in Streamlit's order: of two, the later one counts.

    Raises:
        SettingError: if a file cannot be read, or what it holds lets nobody sign in.
    """
    section: Any = None
    for path in files:
        section = _read(path).get(SECTION, section)
    if section is None:
        return None
    if not isinstance(section, Mapping):
        raise SettingError(f"[{SECTION}] of the secrets is no section: see docs/deploy.md.")
    for key in REQUIRED:
        if not isinstance(section.get(key), str) or not section[key].strip():
            raise SettingError(f"[{SECTION}] of the secrets has no {key}: see docs/deploy.md.")
    named = [key for key, held in section.items() if isinstance(held, Mapping)]
    if others := [key for key in named if key != "client_kwargs"]:
        raise SettingError(
            f"[{SECTION}.{others[0]}] of the secrets names a provider: there is one, and its "
            f"settings stand in [{SECTION}] itself."
        )
    if len(section["cookie_secret"]) < SHORTEST_SECRET:
        raise SettingError(
            f"cookie_secret in [{SECTION}] of the secrets has fewer than {SHORTEST_SECRET} signs: "
            "`openssl rand -hex 32` makes one."
        )
    back = _address(section, "redirect_uri")
    if back.path != COMES_BACK or back.query or back.fragment:
        raise SettingError(
            f"redirect_uri in [{SECTION}] of the secrets is the address of this server and "
            f"{COMES_BACK}, as https://atlas.example.org{COMES_BACK}."
        )
    provider = _address(section, "server_metadata_url")
    return SignIn(f"{back.scheme}://{back.netloc}", provider.netloc)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
        raise SettingError(f"{path} cannot be read: {reason}.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path} is no TOML: {error}.") from error


def _address(section: Mapping[str, Any], key: str) -> SplitResult:
    """An address among the settings: by https, but on this machine.

    Raises:
        SettingError: if it is none.
    """
    try:
        parts = urlsplit(section[key])
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), None
    is_own = host is not None and (host in OWN_HOSTS or f"[{host}]" in OWN_HOSTS)
    if not host or parts.scheme not in (("http", "https") if is_own else ("https",)):
        raise SettingError(f"{key} in [{SECTION}] of the secrets is no whole address by https.")
    return parts


class Guarded:
    """ASGI middleware that answers, beyond the way in, only readers who have signed in."""

    def __init__(
        self, app: ASGIApp, is_signed_in: IsSignedIn, pages: Collection[str], encrypted: bool
    ) -> None:
        """Take what keeps others out.

        Args:
            app: what answers.
            is_signed_in: tells by the cookies of a request.
            pages: addresses of pages, whose frame is the same for everybody.
            encrypted: whether readers come by https.
        """
        self.app = app
        self.is_signed_in = is_signed_in
        self.open = OPEN | frozenset(pages)
        self.encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is open or asked for by a reader who has signed in; refuse all else."""
        # By its socket a page is drawn, and the page that asks a reader to sign in is one: the
        # script that draws pages closes them.
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        is_open = path in self.open or path.startswith(OPEN_FOLDERS)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._guard(MutableHeaders(scope=message), is_open=is_open)
            await send(message)

        if is_open or self.is_signed_in(HTTPConnection(scope).cookies):
            await self.app(scope, receive, send_guarded)
            return
        await refusal(scope)(scope, receive, send)

    def _guard(self, headers: MutableHeaders, *, is_open: bool) -> None:
        # What is kept on the way, by a proxy, would be given to readers who have not signed in.
        kept = headers.get("cache-control")
        if kept and not is_open:
            headers["cache-control"] = kept.replace("public", "private")
        if self.encrypted:
            headers.raw[:] = [(name, _secured(name, value)) for name, value in headers.raw]


def _secured(name: bytes, value: bytes) -> bytes:
    """A cookie that is set, for https only; any other header as it is."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return value
    return value + b"; Secure"


def refusal(scope: Scope) -> Response:
    """The answer to a reader who has not signed in: the way in for people, 401 for programs."""
    path = scope["path"]
    is_read = scope["method"] in ("GET", "HEAD")
    accepts = Headers(scope=scope).get("accept", "")
    if is_read and "text/html" in accepts and not path.startswith(API):
        return RedirectResponse("/", 303, {"cache-control": "no-store"})
    body = {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": CLOSED,
        "instance": path,
    }
    headers = {
        "cache-control": "no-store",
        # RFC 9110 wants the way in to be named; that of cookies has no registered name.
        "www-authenticate": 'Cookie realm="Seabelt", form-action="/"',
    }
    return JSONResponse(body, 401, headers, "application/problem+json")
