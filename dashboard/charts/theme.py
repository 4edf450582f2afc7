"""The one place for colours, fonts, marker shapes and the Plotly template.

Every text pair holds 4.5:1 and every mark 3:1 against the card in both modes; the tests measure
it. Colour never stands alone: economies also differ by dash and marker, hubs by shape and label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import plotly.graph_objects as go

Mode = Literal["light", "dark"]

# Streamlit ships the sans, we the serif; the rest are what systems have for East Asian names.
SANS = '"Source Sans", "Noto Sans", "Noto Sans CJK JP", sans-serif'
SERIF = '"Seabelt Serif", "Noto Serif CJK JP", serif'

# A picture is drawn without the page's fonts: families that readers' systems have.
PICTURE_SANS = '"Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans CJK JP", sans-serif'
PICTURE_SERIF = '"Noto Serif", Georgia, "Times New Roman", "Noto Serif CJK JP", serif'

ROLE_SYMBOLS = {
    "mixed": "circle",
    "manufacturing": "square",
    "design": "diamond",
    "R&D": "triangle-up",
    "assembly_test": "hexagon",
}
# Dash of each kind of tie, and whether firms make it (in ink) or institutes do (in the accent).
TIE_STYLES = {
    "joint_rd": ("solid", False),
    "mou": ("dash", False),
    "education": ("dot", False),
    "stated_aim": ("dashdot", False),
    "investment": ("solid", True),
    "company_link": ("dot", True),
}
# Kinds of tie that lead from one side to the other; an agreement or joint research is mutual.
DIRECTED_TIES = frozenset({"education", "stated_aim", "investment", "company_link"})
# Shape of a fab by the class of its state; not one of them is a hub's.
FAB_SYMBOLS = {
    "operating": "square-cross",
    "listed": "square-open",
    "pilot": "diamond-cross",
    "construction": "triangle-down",
    "planned": "triangle-down-open",
}
# Shapes of programme regions by programme or stage, in the order they first appear.
GROUP_SYMBOLS = ("cross", "x", "star", "bowtie", "hourglass", "star-square", "pentagon", "asterisk")
CLUSTER_SYMBOL = "pentagon"
# Economies whose hues places without a hue of their own borrow, neighbours far apart.
SIBLING_HUES = ("KOR", "JPN", "TWN", "CHN", "IND", "HKG", "SGP", "IDN", "PHL", "DEU")

SERIES_DASHES = ("solid", "dash", "dot", "dashdot")
SERIES_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")


@dataclass(frozen=True)
class Theme:
    """The colours of one mode, as hexadecimal strings.

    `sequential` runs from low to high; `diverging` from far below zero to far above it, its middle
    being zero. `bivariate` has nine colours: a step to the right is a class more of the first
    indicator, a row further a class more of the second.
    """

    mode: Mode
    page: str
    card: str
    rule: str
    ink: str
    muted: str
    accent: str
    warm: str
    sea: str
    no_value: str
    land: str
    border: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    bivariate: tuple[str, ...]
    economies: Mapping[str, str]
    industry_types: Mapping[str, str]
    other: str

    def colour_of(self, economies: tuple[str, ...], sibling: int = 0) -> str:
        """The hue of a place: its economy's, or the neutral one of groups and world regions.

        Args:
            economies: the economies the place lies in.
            sibling: how many places of the same economy come before it in the atlas. The first
                takes the economy's hue, the next ones borrow others, always the same, so that ten
                cities of China are not ten lines of one colour.
        """
        own = self.economies.get(economies[0]) if economies else None
        if sibling == 0:
            return own or self.other
        hues = [self.economies[key] for key in SIBLING_HUES if self.economies[key] != own]
        return hues[(sibling - 1) % len(hues)]

    def group_colours(self, groups: Sequence[str]) -> dict[str, str]:
        """A hue for each group, such as a group of operators; neutral when there are no more."""
        hues = [self.economies[key] for key in SIBLING_HUES]
        return {
            group: hues[index] if index < len(hues) else self.other
            for index, group in enumerate(dict.fromkeys(groups))
        }


LIGHT = Theme(
    mode="light",
    page="#FBFAF7",
    card="#FFFFFF",
    rule="#E3DED4",
    ink="#1B2733",
    muted="#5B6B77",
    accent="#0B5E6E",
    warm="#B4552F",
    sea="#E6EFF2",
    no_value="#D3D8DA",
    land="#F4F1EA",
    border="#FFFFFF",
    sequential=("#F3E9D2", "#E9C58B", "#D98E57", "#B4552F", "#7A2E1D"),
    diverging=("#0B4A57", "#3A8796", "#9CC9CE", "#F3EDDF", "#EBB98C", "#C26A3C", "#7A2E1D"),
    bivariate=(
        "#F1EADB", "#E5B184", "#BE5E2B",
        "#8FC3CE", "#A8948A", "#8C4634",
        "#20798B", "#3D5A6A", "#2A2430",
    ),
    economies={
        "JPN": "#BE4D0F", "KOR": "#00458E", "CHN": "#59133C", "TWN": "#007E74", "HKG": "#7B4FB5",
        "MAC": "#6B5B2A", "SGP": "#1A6CEA", "MYS": "#8A7400", "THA": "#3D4F9F", "IDN": "#C43C5E",
        "PHL": "#4A7C2C", "VNM": "#9A5B8F", "IND": "#743605", "GBR": "#4F6272", "IRL": "#2F7F86",
        "FIN": "#5B6FA8", "SWE": "#7D6A4F", "DEU": "#333F48", "USA": "#8C3A2B",
    },
    industry_types={
        "science_based": "#0B5E6E",
        "specialised_suppliers": "#5B3A9E",
        "complex_product_systems": "#1F4E9E",
        "natural_resource_based": "#2F6B2A",
        "traditional_manufacturing": "#4A4A4A",
    },
    other="#5B6B77",
)  # fmt: skip

DARK = Theme(
    mode="dark",
    page="#0F1A21",
    card="#16242D",
    rule="#263843",
    ink="#E8EDF0",
    muted="#9FB0BA",
    accent="#6FC3CF",
    warm="#E69A66",
    sea="#14232C",
    no_value="#33434D",
    land="#2A3A44",
    border="#0E171D",
    sequential=("#4A3F2C", "#6B5230", "#A06A38", "#D08A55", "#F3C08E"),
    diverging=("#A6E6EE", "#5FB0BC", "#2F7682", "#4D4030", "#8F5A36", "#CF8650", "#F8C79A"),
    bivariate=(
        "#3B2A32", "#8A5530", "#E58A4B",
        "#2F6A75", "#8C857C", "#F0B089",
        "#62C3D3", "#A9D9DC", "#F6F1EA",
    ),
    economies={
        "JPN": "#FA5705", "KOR": "#64C7FB", "CHN": "#D56596", "TWN": "#70E9BA", "HKG": "#B79AE6",
        "MAC": "#C9B26B", "SGP": "#2C93FE", "MYS": "#D8C14A", "THA": "#98A8F0", "IDN": "#F28AA0",
        "PHL": "#9CCB74", "VNM": "#D3A4CB", "IND": "#F5BA02", "GBR": "#A9BAC6", "IRL": "#7CCAD0",
        "FIN": "#A9B8E4", "SWE": "#CDB898", "DEU": "#D6DEE3", "USA": "#E08D7C",
    },
    industry_types={
        "science_based": "#6FC3CF",
        "specialised_suppliers": "#B9A2F2",
        "complex_product_systems": "#8FB4F5",
        "natural_resource_based": "#8CCB7E",
        "traditional_manufacturing": "#C9CDD0",
    },
    other="#9FB0BA",
)  # fmt: skip

THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK}


def theme(mode: str | None) -> Theme:
    """The theme of a mode; light when the mode is not known."""
    return THEMES.get(mode or "light", LIGHT)


def template(look: Theme) -> go.layout.Template:
    """Axes, fonts, legend and hover box of every figure in one mode.

    Complete on purpose: Streamlit's own default template carries placeholder colours that only
    its front end replaces, so nothing may be inherited from it. Shared, never to be changed; a
    figure takes a copy.
    """
    return _template(look.card, look.rule, look.ink, look.muted, tuple(look.economies.values()))


@cache
def _template(
    card: str, rule: str, ink: str, muted: str, colours: tuple[str, ...]
) -> go.layout.Template:
    """The template in these colours, once for each mode: checking it takes as long as a figure."""
    axis = {
        "gridcolor": rule,
        "linecolor": rule,
        "zerolinecolor": muted,
        "tickfont": {"color": muted, "size": 13},
        "title": {"font": {"color": muted, "size": 13}, "standoff": 8},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": SANS, "color": ink, "size": 14},
            "paper_bgcolor": card,
            "plot_bgcolor": card,
            "colorway": list(colours),
            "hoverlabel": {
                "bgcolor": card,
                "bordercolor": muted,
                "font": {"family": SANS, "color": ink, "size": 14},
                "align": "left",
            },
            "legend": {"font": {"color": ink, "size": 13}, "bgcolor": "rgba(0,0,0,0)"},
            "xaxis": axis,
            "yaxis": axis,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "separators": ".,",
        }
    )
