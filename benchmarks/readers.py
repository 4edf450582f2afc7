"""Readers of the dashboard without a browser: they speak Streamlit's own protocol.

A reader opens a websocket as a browser does, asks for addresses, takes in all that comes back until
the run of the page has ended, and remembers which messages it holds, so that the server sends those
as references.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

# So long may a run wait for its turn before the reader gives up.
RUN_SECONDS = 300.0
MOST_MESSAGE = 64 * 1024 * 1024
# In a room, most look at the same things: so often a reader asks for what is usual.
IN_COMMON = 0.7
USUAL = (
    "rd_expenditure_gdp",
    "gdp_current_usd",
    "gdp_pcap_ppp_const2021",
    "population",
    "fdi_net_inflows_gdp",
    "researchers_per_million",
    "hightech_exports_share",
    "patent_applications_total",
)
_TOKEN = re.compile(rb"/take/[0-9a-f]{32}")


@dataclass
class Run:
    """One run of a page: how long it took, in seconds, and what came over the wire, in bytes."""

    seconds: float
    received: int
    address: str
    has_failed: bool = False


@dataclass
class Reader:
    """A reader who has the dashboard open.

    Attributes:
        origin: scheme, host and port of the server.
        runs: every run so far.
        token: address under which files of the card drawn last are had.
    """

    origin: str
    runs: list[Run] = field(default_factory=list)
    token: str = ""
    _held: set[str] = field(default_factory=set)
    _socket: ClientConnection | None = None

    async def open(self) -> None:
        """Open the websocket."""
        address = self.origin.replace("http", "ws", 1)
        self._socket = await connect(
            f"{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=MOST_MESSAGE,
            ping_interval=None,
        )

    async def close(self) -> None:
        """Close it, as a tab is closed."""
        if self._socket is not None:
            await self._socket.close()

    async def ask(self, address: str) -> Run:
        """Ask for an address; return when its page has run to the end.

        Raises:
            TimeoutError: if it does not end in five minutes.
        """
        assert self._socket is not None
        parts = urlsplit(address)
        question = BackMsg()
        question.rerun_script.query_string = parts.query
        question.rerun_script.page_name = parts.path.strip("/")
        question.rerun_script.cached_message_hashes.extend(self._held)
        question.rerun_script.context_info.color_scheme = "light"
        begun = time.perf_counter()
        await self._socket.send(question.SerializeToString())
        received, failed = 0, False
        async with asyncio.timeout(RUN_SECONDS):
            while True:
                content = await self._socket.recv()
                assert isinstance(content, bytes)
                received += len(content)
                message = ForwardMsg.FromString(content)
                kind = message.WhichOneof("type")
                if message.metadata.cacheable and message.hash:
                    self._held.add(message.hash)
                if kind == "delta":
                    failed |= message.delta.new_element.WhichOneof("type") == "exception"
                    for found in _TOKEN.findall(content):
                        self.token = found.decode()
                if kind == "script_finished" and message.script_finished in (
                    ForwardMsg.FINISHED_SUCCESSFULLY,
                    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
                ):
                    break
        run = Run(time.perf_counter() - begun, received, address, failed)
        self.runs.append(run)
        return run


def addresses(scenario: str, seed: int, tables: Any) -> Iterator[str]:
    """Addresses that a reader of a scenario asks for, without end.

    Args:
        scenario: "map", "compare", "profiles", "export" or "mixed".
        seed: makes a reader unlike the others, and the same each time.
        tables: the catalogue.
    """
    chance = random.Random(seed)
    makers = {"map": _map, "compare": _compare, "profiles": _profile, "export": _compare}
    while True:
        name = chance.choice(["map", "compare", "profiles"]) if scenario == "mixed" else scenario
        yield makers[name](chance, tables)


def _address(page: str, **parameters: str | int | Sequence[str]) -> str:
    return f"/{page}?{urlencode(parameters, doseq=True)}"


def _map(chance: random.Random, tables: Any) -> str:
    year = 2022 if chance.random() < IN_COMMON else chance.randint(2005, 2021)
    return _address("", indicator=_indicator(chance, tables), year=year)


def _compare(chance: random.Random, tables: Any) -> str:
    economies = [place.place_id for place in tables.places_of_kind("economy")]
    view = chance.choice(["line", "ranking", "slope", "heat", "multiples"])
    usual = chance.random() < IN_COMMON
    places = economies[:6] if usual else chance.sample(economies, chance.randint(3, 8))
    return _address("compare", indicator=_indicator(chance, tables), view=view, places=places)


def _indicator(chance: random.Random, tables: Any) -> str:
    """One of those that most look at, or any."""
    known = drawable(tables)
    return chance.choice(USUAL if chance.random() < IN_COMMON else known)


def _profile(chance: random.Random, tables: Any) -> str:
    kind = chance.choice(["economy", "hub", "cluster"])
    return _address(kind, place=chance.choice(tables.places_of_kind(kind)).place_id)


@cache
def drawable(tables: Any, least: int = 200) -> tuple[str, ...]:
    """Indicators with values enough that a map and lines of them are full."""
    counts = tables.table("observations")["indicator_id"].value_counts()
    return tuple(sorted(counts[counts >= least].index))
