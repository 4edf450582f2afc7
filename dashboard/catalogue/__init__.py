"""The data package and what it can answer. No Streamlit, no Plotly."""

from dashboard.catalogue.catalogue import BELT, Catalogue, load
from dashboard.catalogue.errors import DataContractError, Problem, UnknownIdentifierError
from dashboard.catalogue.model import Indicator, Place, Source

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
