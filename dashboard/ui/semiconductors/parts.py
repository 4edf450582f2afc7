"""What the views of the page on semiconductors share: drawings that are kept, notes, tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.catalogue import Catalogue
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.findings import Finding
from dashboard.charts.pieces import Parts
from dashboard.charts.theme import Theme, theme
from dashboard.ui import resources
from dashboard.ui.chart import Drawing, drawing

FIGURES_KEPT = 128
WORDS_KEPT = 256
Make = Callable[[Theme], go.Figure | Parts]


def drawn(key: tuple[Hashable, ...], make: Make, most_height: int = 0) -> Drawing:
    """A figure in the colours of the reader's mode, made once for all readers.

    Args:
        key: all that tells the figure from others.
        make: draws it in the colours given.
        most_height: of a figure without a height of its own.
    """
    return _kept(key, resources.look().mode, make, most_height)


@resources.kept(FIGURES_KEPT)
def _kept(key: tuple[Hashable, ...], mode: str, _make: Make, most_height: int) -> Drawing:
    return drawing(_make(theme(mode)), most_height)


@resources.kept(WORDS_KEPT)
def once(key: tuple[Hashable, ...], _make: Callable[[], Any]) -> Any:
    """What is worked out once for all readers: never to be changed.

    Args:
        key: all that tells it from others.
        _make: works it out.
    """
    return _make()


def judged(
    key: tuple[Hashable, ...], rows: pd.DataFrame, catalogue: Catalogue, without: Iterable[str] = ()
) -> list[Finding]:
    """What the catalogue says of rows, each sentence once.

    Args:
        key: all that tells the rows from others.
        rows: as `Catalogue.observations` returns them.
        catalogue: holds definitions and notes.
        without: codes of findings that do not hold for the way the rows are drawn.
    """
    left_out = set(without)
    found: list[Finding] = once(("judged", *key), lambda: comparability(rows, catalogue))
    kept = {item.text: item for item in found if item.code not in left_out}
    return list(kept.values())
