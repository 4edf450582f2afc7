"""Files that are compressed once, kept in memory and sent with the headers that let browsers cache.

Negotiation, validators and caching follow RFC 9110 (sections 8.8, 12.5.3 and 13.1.2) and RFC 8246
for `immutable`.
"""

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSIBLE = {".css", ".csv", ".geojson", ".html", ".js", ".json", ".md", ".svg"}

# Over all of Streamlit's scripts, brotli at 6 takes no longer than gzip at 6 and leaves a tenth
# less; from 7 on it takes twice as long for another hundredth. The best leaves another eighth, but
# takes some fifteen seconds, for which nobody waits: see `ServedFile.press`.
BROTLI_QUALITY, BEST_QUALITY = 6, 11
GZIP_LEVEL = 6


@dataclass(frozen=True)
class Encoded:
    """The bytes of a file in one coding, and the strong validator of exactly these bytes."""

    body: bytes
    coding: str | None

    @cached_property
    def etag(self) -> str:
        """Quoted hash of the body; two codings of one file differ, as RFC 9110 asks."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass
class ServedFile:
    """A file on disk, and every coding of it that somebody has asked for.

    With `content`, that is what is served in place of what is on the disk. `quality` is that of
    brotli; what somebody waits for while it is compressed takes a lower one.
    """

    path: Path
    content: bytes | None = None
    quality: int = BROTLI_QUALITY
    _encoded: dict[str | None, Encoded] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def encode(self, coding: str | None) -> Encoded:
        """The file in `coding` ("br", "gzip" or None), compressed on first use only."""
        # Two first visitors at once wait for one compression rather than do it twice.
        with self._lock:
            if coding not in self._encoded:
                content = self.path.read_bytes() if self.content is None else self.content
                self._encoded[coding] = Encoded(compress(content, coding, self.quality), coding)
            return self._encoded[coding]

    def press(self) -> None:
        """Compress the file in brotli anew, as well as that can be done; until then it stays."""
        if self.path.suffix in COMPRESSIBLE and self.quality < BEST_QUALITY:
            content = self.path.read_bytes() if self.content is None else self.content
            self._encoded["br"] = Encoded(compress(content, "br", BEST_QUALITY), "br")

    async def respond(self, request: Headers, *, cache_control: str, head: bool) -> Response:
        """The answer to a GET or HEAD: the file, or 304 if the client already has it.

        Args:
            request: headers of the request.
            cache_control: value of the header of that name.
            head: leave the body out, as HEAD wants it.
        """
        compressible = self.path.suffix in COMPRESSIBLE
        coding = preferred_coding(request.get("accept-encoding", "")) if compressible else None
        encoded = self._encoded.get(coding)
        if encoded is None:
            encoded = await run_in_threadpool(self.encode, coding)
        headers = {"etag": encoded.etag, "cache-control": cache_control}
        if compressible:
            headers["vary"] = "Accept-Encoding"
        if matches(request.get("if-none-match", ""), encoded.etag):
            return Response(status_code=304, headers=headers)
        if encoded.coding:
            headers["content-encoding"] = encoded.coding
        headers["content-length"] = str(len(encoded.body))
        headers["content-type"] = MEDIA_TYPES[self.path.suffix]
        return Response(b"" if head else encoded.body, headers=headers)


def compress(content: bytes, coding: str | None, quality: int = BROTLI_QUALITY) -> bytes:
    """`content` in `coding`; None leaves it as it is. The same bytes always give the same bytes."""
    if coding == "br":
        return brotli.compress(content, quality=quality)
    if coding == "gzip":
        return gzip.compress(content, GZIP_LEVEL, mtime=0)
    return content


def preferred_coding(accept_encoding: str) -> str | None:
    """The smallest coding that an Accept-Encoding header allows: "br", then "gzip", then None.

    The weights only say whether a coding is allowed: browsers give all of theirs the same one.
    """
    allowed: dict[str, bool] = {}
    for item in accept_encoding.lower().split(","):
        name, _, parameter = item.partition(";")
        weight = parameter.strip().removeprefix("q=")
        allowed[name.strip()] = weight.strip("0.") != "" if weight else True
    return next((coding for coding in ("br", "gzip") if allowed.get(coding, False)), None)


def matches(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names `etag`, by the weak comparison it calls for."""
    candidates = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
    return "*" in candidates or etag in candidates
