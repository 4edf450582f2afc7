"""How a picture is to look: its size, its colours, its letters; the same in a browser and here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from dashboard.charts.theme import PICTURE_SANS, PICTURE_SERIF, THEMES, Theme, theme
from dashboard.exports.view import View

# Width and height in pixels, and how much larger letters are than on the page: those of a picture
# are read from further away, and those on paper at 150 dots an inch.
SIZES: Mapping[str, tuple[str, int, int, float]] = {
    "slide": ("Slide 16:9", 1600, 900, 1.25),
    "slide_4_3": ("Slide 4:3", 1440, 1080, 1.3),
    "a4_landscape": ("A4 landscape", 1754, 1240, 1.5),
    "a4_portrait": ("A4 portrait", 1240, 1754, 1.5),
    "square": ("Square", 1500, 1500, 1.5),
}
LOOKS = {"light": "Light", "dark": "Dark", "print": "Print, greys"}
SCALES = (1, 2, 3, 4)
LETTERS = (0.8, 1.0, 1.25, 1.5)
FEWEST_PIXELS, MOST_PIXELS = 320, 4000
# In an address a hash is written %23.
_COLOUR = re.compile(r"(#|%23)([0-9a-fA-F]{6})")


class PictureSettingError(ValueError):
    """A setting of a picture that cannot be met; the message says what can."""


@dataclass(frozen=True)
class Picture:
    """Settings of a picture.

    Attributes:
        size: a key of SIZES, or "custom" with a width and height of its own in pixels.
        look: a key of LOOKS; empty is that of the view.
        scale: dots per pixel, one of SCALES.
        letters: how large letters are, 1 being usual; one of LETTERS.
        width: of a custom picture.
        height: of a custom picture.
        is_bare: the chart and its legend alone, for a slide that says the rest.

    Raises:
        PictureSettingError: if a setting cannot be met.
    """

    size: str = "slide"
    look: str = ""
    scale: int = 1
    letters: float = 1.0
    width: int = 0
    height: int = 0
    is_bare: bool = False

    def __post_init__(self) -> None:
        if self.size != "custom" and self.size not in SIZES:
            _refuse("size", self.size, [*SIZES, "custom"])
        if self.look and self.look not in LOOKS:
            _refuse("look", self.look, list(LOOKS))
        if self.scale not in SCALES:
            _refuse("scale", self.scale, list(SCALES))
        if self.letters not in LETTERS:
            _refuse("letters", self.letters, list(LETTERS))
        if self.size == "custom":
            for name, pixels in (("width", self.width), ("height", self.height)):
                if not FEWEST_PIXELS <= pixels <= MOST_PIXELS:
                    raise PictureSettingError(
                        f"A picture cannot have the {name} {pixels}: "
                        f"give {FEWEST_PIXELS} to {MOST_PIXELS} pixels."
                    )

    @property
    def sheet(self) -> dict[str, float]:
        """Width, height and zoom of the sheet, as the drawing script takes them."""
        if self.size == "custom":
            zoom = max(0.75, min(self.width, self.height) / 720)
            width, height = self.width, self.height
        else:
            _, width, height, zoom = SIZES[self.size]
        return {"width": width, "height": height, "zoom": zoom * self.letters}


def _refuse(name: str, value: object, allowed: list[Any]) -> None:
    raise PictureSettingError(
        f"A picture has no {name} “{value}”. Take one of {', '.join(map(str, allowed))}."
    )


def words(view: View, look: str = "", *, is_bare: bool = False) -> dict[str, Any]:
    """What stands on the sheet beside the chart, as the drawing script takes it.

    Args:
        view: what is drawn.
        look: a key of LOOKS; empty is that of the view.
        is_bare: only the legend.
    """
    return {
        "title": "" if is_bare else view.title,
        "subtitle": "" if is_bare else view.subtitle,
        "legend": [
            {
                "mark_svg": recoloured(mark.mark_svg, view.mode, look),
                "text": mark.text,
                "isTitle": mark.is_title,
            }
            for mark in view.legend
        ],
        "notes": [] if is_bare else list(view.notes),
        "source": ""
        if is_bare or not view.source
        else f"{view.source} · Seabelt data {view.data_version}",
        "link": "" if is_bare else view.link,
        "serif": PICTURE_SERIF,
        "sans": PICTURE_SANS,
        "colours": palette(look or view.mode),
    }


def palette(look: str) -> dict[str, str]:
    """The colours of a sheet: card, ink, muted, rule."""
    names = ("card", "ink", "muted", "rule")
    if look == "print":
        return {name: _grey(getattr(THEMES["light"], name)) for name in names}
    return {name: getattr(theme(look), name) for name in names}


@cache
def recolouring(before: str, after: str) -> dict[str, str]:
    """Each colour of one look and the colour that stands for it in another, in small letters.

    Themes have the same fields, so that a colour of one has its counterpart in the other; greys of
    a print are as light as the colours of the light theme.

    Args:
        before: "light" or "dark", the theme of a figure.
        after: a key of LOOKS.
    """
    light = theme("light" if after == "print" else after)
    table: dict[str, str] = {}
    for one, other in zip(_colours(theme(before)), _colours(light), strict=True):
        table.setdefault(one.lower(), _grey(other) if after == "print" else other)
    return table


def recoloured(json: str, before: str, after: str) -> str:
    """A figure's JSON, or a mark, in another look; colours that no theme has stay as they are."""
    if not after or before == after:
        return json
    table = recolouring(before, after)

    def counterpart(found: re.Match[str]) -> str:
        return found[1] + table.get(f"#{found[2].lower()}", found[2]).lstrip("#")

    return _COLOUR.sub(counterpart, json)


def _colours(look: Theme) -> list[str]:
    found: list[str] = []
    for field in fields(look):
        value = getattr(look, field.name)
        if isinstance(value, str) and _COLOUR.fullmatch(value):
            found.append(value)
        elif isinstance(value, tuple):
            found += value
        elif isinstance(value, Mapping):
            found += value.values()
    return found


def _grey(colour: str) -> str:
    """The grey of the same relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    shown = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return f"#{round(shown * 255):02x}" + f"{round(shown * 255):02x}" * 2
