"""Files that readers bring: bytes in, checked series or problems out. No Streamlit, no disk."""
