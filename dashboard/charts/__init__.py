"""Figures as pure functions: a tidy table in, a Plotly figure out. No Streamlit."""
