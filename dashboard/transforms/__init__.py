"""Pure functions from tidy tables to tidy tables. No Streamlit, no Plotly."""

from dashboard.transforms.change import Changes, change_between
from dashboard.transforms.classes import Classes, classify, classify_around_zero
from dashboard.transforms.earlier import nearest_earlier
from dashboard.transforms.measures import NoBaseYearError, as_index, index_to_base, rank
from dashboard.transforms.years import default_base, default_year, newest_covered, years_of

__all__ = [
    "Changes",
    "Classes",
    "NoBaseYearError",
    "as_index",
    "change_between",
    "classify",
    "classify_around_zero",
    "default_base",
    "default_year",
    "index_to_base",
    "nearest_earlier",
    "newest_covered",
    "rank",
    "years_of",
]
