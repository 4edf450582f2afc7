"""How to cite the atlas, or a part of it, ready to be copied."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.exports import citation
from dashboard.exports.citation import STYLES, Reference
from dashboard.ui import markup, state

PAGE = "data"


def full_address(catalogue: Catalogue, **parameters: str) -> str:
    """Address of a view of the data page, with the server that the reader uses.

    It names what is cited and the version of the data, and nothing else that the reader chose.
    """
    parts = urlsplit(st.context.url or "")
    server = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return server + state.address(PAGE, **parameters, data=catalogue.version)


def today() -> date:
    """The day on which a reader reads."""
    return date.today()


def draw_atlas(catalogue: Catalogue) -> None:
    """How to cite the whole atlas."""
    address = full_address(catalogue, view="catalogue")
    st.html(
        markup.section(
            "Cite this atlas",
            f"Version {catalogue.version} of the data. To cite an indicator, a single value or a "
            "document, open its page: the references stand at its end.",
        )
    )
    draw(citation.atlas(catalogue, address, today()), "atlas")


def draw(reference: Reference, key: str) -> None:
    """A reference in every style, each with a button that copies it.

    Args:
        reference: what is cited.
        key: identifier, unique on the page.
    """
    with st.container(key=f"cite_{key}"):
        for style, name in STYLES.items():
            st.html(f'<h3 class="style">{name}</h3>')
            st.code(citation.written(reference, style), language=None, wrap_lines=True)
