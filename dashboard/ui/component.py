"""Parts of the page with a script of their own, in Streamlit's second form of components."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.serving.routes import keep_script

ASSETS = Path(__file__).parent / "assets"
LOADER = (ASSETS / "loader.js").read_text("utf-8")


def component(
    name: str,
    parts: Sequence[str],
    *,
    html: str | None = None,
    css: str | None = None,
    constants: str = "",
    isolate_styles: bool = True,
) -> ComponentRenderer:
    """A component whose script the browser fetches once.

    Args:
        name: what it is called in the page, with `seabelt_` before it.
        parts: files in `assets` that make up the script; the last one exports what draws.
        html: file in `assets` with its markup.
        css: file in `assets` with its styles.
        constants: script that stands before the parts, with what the server knows.
        isolate_styles: keep the styles of the page out, and its own in.

    Returns:
        What mounts it, as of `st.components.v2.component`. Streamlit asks of each list and dict
        among the data whether it is a table; tuples it takes as they are.
    """
    text = "\n".join([*([constants] if constants else []), *map(text_of, parts)])
    address = keep_script(f"{name}.js", text)
    return st.components.v2.component(
        f"seabelt_{name}",
        html=html and text_of(html),
        css=css and text_of(css),
        js=f"const ADDRESS = {json.dumps(address)};\n{LOADER}",
        isolate_styles=isolate_styles,
    )


def text_of(name: str) -> str:
    """A file of `assets`."""
    return (ASSETS / name).read_text("utf-8")
