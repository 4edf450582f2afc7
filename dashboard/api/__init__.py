"""The catalogue for programs: read-only answers over HTTP. No Streamlit, no drawing."""
