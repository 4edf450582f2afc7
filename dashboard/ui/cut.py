"""A page whose connection was cut while it ran for the first time."""

from collections.abc import Container
from urllib.parse import urlsplit

from streamlit.runtime.scriptrunner import get_script_run_ctx


def keep_page(pages: Container[str]) -> None:
    """Let the address say which page is asked for, where the browser does not know it.

    A first run tells the browser the hash of the script that all pages share, and that of its page
    when the navigation is drawn. A browser cut off in between asks for the former when it is back,
    and Streamlit, which has no such page, runs the first of them.

    Args:
        pages: addresses of the pages; called before the navigation is drawn.
    """
    context = get_script_run_ctx()
    if context is None or context.context_info is None:
        return
    asked = context.pages_manager
    # Not `st.context.url`, which names the page that Streamlit has settled on.
    page = urlsplit(context.context_info.url).path.strip("/").rpartition("/")[2]
    if asked.intended_page_script_hash == asked.main_script_hash and page in pages:
        asked.set_script_intent("", page)
