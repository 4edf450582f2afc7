"""Terms of the field inside a text."""

from html import escape


def marked(text: str) -> str:
    """Markup of a plain text; what is not a term is escaped."""
    return escape(text)
