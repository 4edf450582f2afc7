"""Pure functions from tidy tables to tidy tables. No Streamlit, no Plotly."""

from dashboard.transforms.measures import NoBaseYearError, as_index, index_to_base, rank
from dashboard.transforms.years import default_base, default_year, years_of

__all__ = [
    "NoBaseYearError",
    "as_index",
    "default_base",
    "default_year",
    "index_to_base",
    "rank",
    "years_of",
]
