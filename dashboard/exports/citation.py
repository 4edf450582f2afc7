"""How to cite the atlas, an indicator, a single value, a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.catalogue import Catalogue

STYLES = {"apa": "APA", "chicago": "Chicago", "bibtex": "BibTeX", "ris": "RIS"}


@dataclass(frozen=True)
class Reference:
    """Something that can be cited, as a record of the Citation Style Language (CSL-JSON)."""

    item: dict[str, Any]


def atlas(catalogue: Catalogue, address: str, accessed: date) -> Reference:
    """The atlas as a data set; `address` is its full address, `accessed` the day it was read."""
    raise NotImplementedError


def indicator(catalogue: Catalogue, indicator_id: str, address: str, accessed: date) -> Reference:
    """An indicator of the atlas; `address` is the full address of its page."""
    raise NotImplementedError


def value(catalogue: Catalogue, row: pd.Series, address: str, accessed: date) -> Reference:
    """A single value; `row` as `Catalogue.observations` or `Catalogue.value` give it."""
    raise NotImplementedError


def source(catalogue: Catalogue, source_id: str) -> Reference:
    """A document the atlas rests on."""
    raise NotImplementedError


def written(reference: Reference, style: str) -> str:
    """The reference in a style of `STYLES`, as plain text."""
    raise NotImplementedError
