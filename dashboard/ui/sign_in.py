"""Sign-in through Streamlit's OpenID Connect: the page that asks for it, and the way out.

Streamlit's part is to send a reader to the provider, to check what comes back, and to sign a cookie
that says who it is. Which pages are open is decided here, and for all else by `serving.guarding`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config, file_util
from streamlit.auth_util import (
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
    is_authlib_installed,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.serving.guarding import SECTION, SignIn, sign_in_from
from dashboard.serving.settings import SettingError

PACKAGES = "requirements-sign-in.txt"
LONGEST_NAME = 60
TITLE = "Sign in to Seabelt"
WHAT_IT_IS = (
    "Seabelt is an atlas of East Asian industrial clusters: who has them, what they make, who pays "
    "for them and what they yield. Whoever runs this server asks its readers to sign in."
)
THEN = "You come back to the page that you asked for. Seabelt writes down nothing of who you are."


class Gate:
    """Whether readers have to sign in, and for how long that holds.

    It is set once, when the server starts. Streamlit reads its secrets again when they change, so
    that a file which is lost while the server runs would otherwise open it to everybody.
    """

    def __init__(self) -> None:
        self.is_closed = False
        self.hours = 0.0

    def close(self, hours: float) -> None:
        """Ask for sign-in from now on.

        Args:
            hours: how long a reader stays signed in.
        """
        self.is_closed = True
        self.hours = hours

    def admits(self, cookies: Mapping[str, str]) -> bool:
        """Whether cookies are those of a reader who has signed in, here and not too long ago."""

        def signed(name: str) -> bytes | None:
            value = cookies.get(name, "").encode("latin-1", "replace")
            return decode_signed_value(get_cookie_secret(), name, value, self.hours / 24)

        found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        if found is None:
            return False
        try:
            said = json.loads(found)
        except ValueError:
            return False
        return (
            isinstance(said, dict)
            and said.get("is_logged_in") is True
            and said.get("origin") == get_origin_from_redirect_uri()
        )


gate = Gate()
# A page that is run for a file runs for somebody whom the guard has let in, and has no cookies. No
# reader can bring this along: what a cookie says is text, and never this very object.
_LET_IN = object()
LET_IN: dict[str, Any] = {"is_logged_in": True, "let_in": _LET_IN}


def settings() -> SignIn | None:
    """Sign-in as it is set; None where the atlas is open.

    Raises:
        SettingError: if it is set, but nobody could sign in.
    """
    paths = [Path(path) for path in config.get_option("secrets.files")]
    if config.is_manually_set("secrets.files"):
        there = paths
    else:
        there = [path for path in paths if path.exists()]
    found = sign_in_from(there)
    # The file in the home of a user serves whatever they run; any other one is ours.
    everybodys = Path(file_util.get_streamlit_file_path("secrets.toml"))
    ours = [path for path in there if path != everybodys]
    if found is None and ours:
        raise SettingError(
            f"{ours[-1]} has no section [{SECTION}]: write it, or take the file away for an atlas "
            "that is open to everybody."
        )
    if found is not None and not (is_authlib_installed() and find_spec("httpx")):
        raise SettingError(
            f"sign-in needs packages that are not there: pip install --requirement {PACKAGES}."
        )
    return found


def is_in() -> bool:
    """Whether this reader may see the pages."""
    if not gate.is_closed or st.user.get("let_in") is _LET_IN:
        return True
    return st.user.get("is_logged_in") is True and gate.admits(st.context.cookies.to_dict())


def page() -> None:
    """The only page of a reader who has not signed in."""
    with st.container(key="sign_in_page", width=560):
        st.title(TITLE)
        st.html(f'<p class="hint">{escape(WHAT_IT_IS)}</p>')
        st.button("Sign in", key="sign_in", on_click=st.login)
        st.html(f'<p class="hint">{escape(THEN)}</p>')


def foot() -> None:
    """At the foot of a page: who has signed in, and the way out. Nothing on an open atlas."""
    if not gate.is_closed:
        return
    name = str(st.user.get("name") or st.user.get("email") or "")
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    said = f"Signed in as {shown}." if shown else "Signed in."
    with st.container(key="signed_in", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="hint">{escape(said)}</p>', width="content")
        st.button("Sign out", key="sign_out", type="tertiary", on_click=st.logout)
