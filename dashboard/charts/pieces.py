"""A figure in parts, for maps: Plotly's own class would check each value of each year on the way.

Checking takes longer than drawing, and a reader waits for it. What a layer makes of a trace is
checked by the trace's class; tests put the parts together, which checks the rest.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

# Types of numbers that plotly.js takes in binary, by their names in numpy.
BINARY = {
    "int8": "i1",
    "uint8": "u1",
    "int16": "i2",
    "uint16": "u2",
    "int32": "i4",
    "uint32": "u4",
    "float32": "f4",
    "float64": "f8",
}


@dataclass(frozen=True, eq=False)
class Parts:
    """Traces, layout and frames, named as in a figure.

    A frame is `{"name": ..., "data": [...], "traces": [...]}`: what it changes of which traces.
    """

    data: list[Any]
    layout: dict[str, Any]
    frames: list[dict[str, Any]]

    def figure(self) -> go.Figure:
        """The parts put together.

        Raises:
            ValueError: if Plotly has no such attribute, or not with such a value.
        """
        return go.Figure(data=self.data, layout=self.layout, frames=self.frames)

    def to_json(self) -> str:
        """The figure as plotly.js reads it."""
        return Encoder(separators=(",", ":"), ensure_ascii=False).encode(vars(self))


class Encoder(PlotlyJSONEncoder):  # type: ignore[misc]
    """Plotly's encoder, with numbers of arrays in binary as its figures write them."""

    def default(self, obj: Any) -> Any:
        """What JSON makes of an object that is none of its own."""
        if isinstance(obj, np.ndarray) and obj.dtype.name in BINARY and obj.size:
            return {
                "dtype": BINARY[obj.dtype.name],
                "bdata": base64.b64encode(obj.tobytes()).decode("ascii"),
            }
        return super().default(obj)
