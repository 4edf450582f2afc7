"""The data package and what it can answer. No Streamlit, no Plotly."""

import pandas as pd

from dashboard.catalogue.catalogue import BELT, Catalogue, load
from dashboard.catalogue.errors import DataContractError, Problem, UnknownIdentifierError
from dashboard.catalogue.model import Indicator, Place, Source

# Pages ask for tables of some dozens of rows, again and again. As Arrow's columns, texts took a
# third longer for one reader, and for several at once, who then take turns at the interpreter
# thousands of times, up to twice as long; and the tables took twice the memory.
pd.set_option("mode.string_storage", "python")

__all__ = [
    "BELT",
    "Catalogue",
    "DataContractError",
    "Indicator",
    "Place",
    "Problem",
    "Source",
    "UnknownIdentifierError",
    "load",
]
