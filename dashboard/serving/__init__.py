"""What the dashboard serves beside Streamlit's pages: compressed files and response headers."""
