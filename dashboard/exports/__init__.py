"""What leaves the atlas: tables as files that open safely anywhere. No Streamlit."""

from dashboard.exports.tables import to_csv

__all__ = ["to_csv"]
