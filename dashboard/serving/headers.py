"""Response headers that make the browser itself refuse outside hosts."""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FAILED = "This could not be made. It is no fault of yours: tell whoever runs this server.\n"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(page: str, frames: Sequence[str] = ()) -> str:
    """Policy that allows the dashboard's own files and nothing from elsewhere.

    Args:
        page: the HTML that starts the application. Its inline scripts are allowed by their hash,
            so that no other inline script runs.
        frames: origins whose pages may show the dashboard in a frame. Usually any may: charts are
            made to be embedded, and a server without sign-in has nothing to abuse by a frame.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in INLINE_SCRIPT.findall(page)
    )
    return "; ".join(
        (
            "default-src 'self'",
            # Streamlit loads the scripts of its components as blobs.
            f"script-src 'self' blob: {hashes}",
            # Streamlit and Plotly both write their styles into the page.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self' blob: data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            *((f"frame-ancestors {' '.join(frames)}",) if frames else ()),
        )
    )


def security_headers(policy: str) -> dict[str, str]:
    """The headers of every answer, under a content security policy."""
    return {
        "content-security-policy": policy,
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }


def failure(policy: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What answers where the application breaks: outside all middleware, with the same headers.

    Args:
        policy: the content security policy.
    """
    headers = security_headers(policy) | {"cache-control": "no-store"}

    async def failed(_: Request, __: Exception) -> Response:
        return PlainTextResponse(FAILED, 500, headers)

    return failed


class SecurityHeaders:
    """ASGI middleware that adds the security headers to every HTTP response."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.headers = security_headers(policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the start of the response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
