"""What whoever runs a server may set, by environment variables; `docs/deploy.md` lists them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.stores import STORE

HOSTS, FRAMES, LOG, METRICS = "SEABELT_HOSTS", "SEABELT_FRAMES", "SEABELT_LOG", "SEABELT_METRICS"
SIGN_IN_HOURS, AHEAD = "SEABELT_SIGN_IN_HOURS", "SEABELT_AHEAD"
ONE_CORE = "SEABELT_ONE_CORE"
API_PER_MINUTE = "SEABELT_API_PER_MINUTE"
# Streamlit's cookie lives for thirty days; who reads at work signs in once a day.
USUAL_HOURS, MOST_HOURS = 12, 720
USUAL_PER_MINUTE = 600
# Health checks ask by these, whatever the name readers know the server by.
OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)
_ORIGIN = re.compile(r"'self'|'none'|https?://[a-z0-9*.-]+(:\d{1,5})?", re.ASCII)


class SettingError(ValueError):
    """An environment variable holds what cannot be; the message names it and what can."""


@dataclass(frozen=True)
class Settings:
    """What is set.

    Attributes:
        hosts: names under which the server answers; empty is any.
        frames: origins whose pages may show the dashboard in a frame; empty is any.
        logs_requests: whether each request is logged, as a line of JSON.
        shows_metrics: whether `/metrics` answers.
        sign_in_hours: how long a reader stays signed in, where sign-in is asked for.
        draws_ahead: whether usual views are drawn behind the first readers after a start.
        keeps_to_one_core: whether pages run on one core, told by the port of the server.
        api_per_minute: questions that one reader may ask `/api/v1` in a minute; 0 is no limit.
    """

    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    logs_requests: bool = False
    shows_metrics: bool = False
    sign_in_hours: int = USUAL_HOURS
    draws_ahead: bool = True
    keeps_to_one_core: bool = False
    api_per_minute: int = USUAL_PER_MINUTE


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process.

    Raises:
        SettingError: if one cannot be read.
    """
    return Settings(
        hosts=_list(environment, HOSTS, _HOST, "atlas.example.org or *.example.org"),
        frames=_list(environment, FRAMES, _ORIGIN, "'self' https://pages.example.org"),
        logs_requests=_switch(environment, LOG),
        shows_metrics=_switch(environment, METRICS),
        sign_in_hours=_hours(environment),
        draws_ahead=_switch(environment, AHEAD, usual="1"),
        keeps_to_one_core=_switch(environment, ONE_CORE),
        api_per_minute=_per_minute(environment),
    )


def store_address(environment: Mapping[str, str] = os.environ) -> str:
    """Address of the store that observations are read from; "" for the tables of the package.

    The shell reads them, too, to which no other setting matters. Whoever opens the store says
    what is wrong with its address.
    """
    return environment.get(STORE, "")


def _list(
    environment: Mapping[str, str], name: str, allowed: re.Pattern[str], example: str
) -> tuple[str, ...]:
    parts = tuple(environment.get(name, "").replace(",", " ").split())
    for part in parts:
        if not allowed.fullmatch(part):
            raise SettingError(f"{name} holds “{part[:60]}”: give names such as {example}.")
    return parts


def _switch(environment: Mapping[str, str], name: str, usual: str = "0") -> bool:
    text = environment.get(name, usual)
    if text not in ("0", "1"):
        raise SettingError(f"{name} is “{text[:60]}”: give 1 for on or 0 for off.")
    return text == "1"


def _hours(environment: Mapping[str, str]) -> int:
    text = environment.get(SIGN_IN_HOURS, str(USUAL_HOURS))
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_HOURS:
        raise SettingError(f"{SIGN_IN_HOURS} is “{text[:60]}”: give hours from 1 to {MOST_HOURS}.")
    return int(text)


def _per_minute(environment: Mapping[str, str]) -> int:
    text = environment.get(API_PER_MINUTE, str(USUAL_PER_MINUTE))
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise SettingError(
            f"{API_PER_MINUTE} is “{text[:60]}”: give a whole number, 0 for no limit."
        )
    return int(text)
