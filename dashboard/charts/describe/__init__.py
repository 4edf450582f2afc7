"""What a chart says, in words computed from its rows: alternative text, a sentence, a headline."""

from dashboard.charts.describe.alternatives import (
    describe_change,
    describe_ranks,
    describe_trend,
    describe_year,
)
from dashboard.charts.describe.facts import in_time
from dashboard.charts.describe.headlines import suggested_title
from dashboard.charts.describe.sentences import chart_sentence

__all__ = [
    "chart_sentence",
    "describe_change",
    "describe_ranks",
    "describe_trend",
    "describe_year",
    "in_time",
    "suggested_title",
]
