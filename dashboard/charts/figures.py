"""Where figures are made: one way for all charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

# Checking each value of a figure takes Plotly as long as all else that a chart needs, and a reader
# waits for it. What is wrong with a chart is wrong whoever asks for it: tests check every figure.
IS_CHECKED = False


def new_figure(data: Sequence[Any] = (), layout: dict[str, Any] | None = None) -> go.Figure:
    """A figure of traces and a layout.

    Args:
        data: traces, as Plotly's objects or as their JSON with a `type`.
        layout: the layout as its JSON; an attribute that is not set is left out, not None.

    Raises:
        ValueError: where figures are checked, if Plotly has no such attribute, or not with such a
            value.
    """
    return go.Figure(data=list(data), layout=layout, _validate=IS_CHECKED)
