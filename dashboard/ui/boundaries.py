"""What the borders on the maps are: the boundary policy, in the words of docs/geography.md."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue.geography import read_geography

NATURAL_EARTH = "https://www.naturalearthdata.com/"
LINE = "boundaries: Natural Earth 4.1, de facto"
NOTE = (
    "Boundaries: Natural Earth 1:10m, version 4.1.0 (2018), simplified; de facto, that is, by who "
    "administers the land, with claims drawn dashed. They are no opinion on any claim. Taiwan, "
    "Hong Kong and Macao are economies, as the sources list them."
)
"""The policy in short, for files and pictures."""

_POLICY = (
    (
        "Source, scale, date",
        f'<a href="{NATURAL_EARTH}" target="_blank" rel="noopener">Natural Earth</a>, 1:10m '
        "cultural vectors, version 4.1.0 of 2018, in the public domain. The lines are simplified "
        "for the screen, more in the world view than in the views of Asia, and small islands are "
        "left out, so a border may lie a few kilometres off. The maps are a background for figures "
        "and no legal document. The borders are those of 2018 in every year of a map: values of "
        "earlier years are drawn on them, too.",
    ),
    (
        "De facto",
        "A border is drawn where administration changes hands, not where somebody claims it. "
        "Kashmir and the Himalaya follow the lines of control; the Kuril Islands are drawn as "
        "administered. This is a rule for drawing and no opinion on any claim.",
    ),
    (
        "Economies",
        "The word says that statistics are published for a place apart, and nothing of "
        "sovereignty. Taiwan, Hong Kong and Macao are listed as economies because the sources "
        "list them so: other money, other tax, other definition of a small firm. To merge them "
        "with a neighbour would leave their values without a place and overstate the "
        "neighbour's. Names are the English short names that the tables use.",
    ),
    (
        "Land without a code",
        "Where the international standard for codes of countries (ISO 3166-1) assigns none, land "
        "is drawn apart and without a value: the Siachen Glacier, Northern Cyprus, Somaliland and "
        "the bases on Cyprus. Kosovo has the code XKX, which most statistics use. Leased land is "
        "shown with its landlord.",
    ),
    (
        "Not drawn",
        "The source has no claim lines at sea and none between Taiwan and mainland China, so there "
        "are none here; islets without a code, such "
        "as the Spratly Islands, are not drawn at all. Antarctica is left out: no figure is about "
        "it. None of this is a judgement.",
    ),
    (
        "Small economies",
        "Singapore, Hong Kong and Macao are too small to be seen as areas at most scales. They "
        "have a marker of their own wherever a value is drawn.",
    ),
    (
        "Hub regions",
        "First-level regions (prefectures, provinces, counties, states) that make up a hub are an "
        "assignment of the curators, cut out of their economies and simplified with them.",
    ),
)


def lines_drawn() -> list[str]:
    """The disputed and cease-fire lines that the maps draw dashed, by name."""
    return [
        feature["properties"]["name"] for feature in read_geography("disputed_borders")["features"]
    ]


def statement() -> str:
    """The whole policy as markup."""
    parts = [f"<dt>{escape(term)}</dt><dd>{words}</dd>" for term, words in _POLICY]
    lines = "".join(f"<li>{escape(name)}</li>" for name in lines_drawn())
    parts.insert(
        2,
        "<dt>Disputed borders</dt><dd>Lines that a neighbour claims inside land another "
        "administers, and the cease-fire line between the two Koreas, are drawn dashed. Each name "
        f'says who claims and who administers:<ul class="remarks">{lines}</ul></dd>',
    )
    return f'<dl class="facts-list narrow">{"".join(parts)}</dl>'


def draw() -> None:
    """Draw the policy, folded under a line that says it in short."""
    with st.expander(
        "**Boundaries:** Natural Earth 4.1 (2018), de facto, claims dashed", key="boundary_policy"
    ):
        st.html(statement())
