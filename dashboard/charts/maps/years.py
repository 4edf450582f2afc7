"""The slider and the play buttons of a map whose years are frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.theme import Theme

# Milliseconds that a year stays while a map plays, by what the choice is called.
SPEEDS = {"½×": 1400, "1×": 700, "2×": 350}
USUAL_SPEED = "1×"

_INSTANTLY = {
    "mode": "immediate",
    "frame": {"duration": 0, "redraw": True},
    "transition": {"duration": 0},
}


def slider(years: Sequence[int], year: int, look: Theme) -> dict[str, Any]:
    """A slider with a step for each year, moved in the browser."""
    return {
        "active": years.index(year) if year in years else len(years) - 1,
        "steps": [
            {"label": str(item), "method": "animate", "args": [[str(item)], _INSTANTLY]}
            for item in years
        ],
        # Padding is in pixels: the buttons beside the slider keep their width on a telephone.
        "x": 0,
        "len": 1,
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 42, "b": 4, "l": 112, "r": 18},
        "ticklen": 4,
        "minorticklen": 0,
        "tickcolor": look.muted,
        "font": {"size": 12, "color": look.muted},
        "bgcolor": look.accent,
        "bordercolor": look.muted,
        "activebgcolor": look.warm,
        "currentvalue": {
            "prefix": "Year ",
            "xanchor": "left",
            "font": {"size": 15, "color": look.ink},
        },
        "transition": {"duration": 0},
    }


def play_menus(look: Theme) -> list[dict[str, Any]]:
    """Buttons to play and to stop, and a choice of speed, which holds from the next play on.

    The speed is written into the play button's own arguments, so a figure that left the page
    plays as well. A page with controls of its own reads `play_data` and hides these.
    """
    stopped = {**_INSTANTLY, "frame": {"duration": 0, "redraw": False}}
    # Plotly paints a button under the pointer near white in both modes: its words have to be dark.
    ground, words = (look.card, look.ink) if look.mode == "light" else (look.ink, look.card)
    common = {
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "bgcolor": ground,
        "bordercolor": look.muted,
        "font": {"size": 13, "color": words},
    }
    return [
        {
            **common,
            "name": "play",
            "type": "buttons",
            "direction": "left",
            "pad": {"t": 32, "r": 8},
            "buttons": [
                {"label": "▶", "method": "animate", "args": [None, _playing(SPEEDS[USUAL_SPEED])]},
                {"label": "❚❚", "method": "animate", "args": [[None], stopped]},
            ],
        },
        {
            **common,
            "name": "speed",
            "type": "dropdown",
            "direction": "right",
            "showactive": True,
            "active": list(SPEEDS).index(USUAL_SPEED),
            "font": {"size": 11, "color": words},
            "pad": {"t": 66, "r": 8},
            "buttons": [
                {
                    "label": label,
                    "method": "relayout",
                    "args": [{"updatemenus[0].buttons[0].args[1].frame.duration": milliseconds}],
                }
                for label, milliseconds in SPEEDS.items()
            ],
        },
    ]


def _playing(milliseconds: int) -> dict[str, Any]:
    return {
        "fromcurrent": True,
        "mode": "immediate",
        "transition": {"duration": 0},
        "frame": {"duration": milliseconds, "redraw": True},
    }


def play_data(years: Sequence[int]) -> dict[str, Any]:
    """What a page needs for controls of its own: the years and the milliseconds of each speed."""
    return {"years": list(years), "speeds": dict(SPEEDS), "usual": USUAL_SPEED}
