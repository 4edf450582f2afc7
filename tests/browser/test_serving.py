"""What a first visit costs, and that a browser gets along with the headers it is sent."""

from urllib.request import Request, urlopen

import pytest

# The map is 2.5 MB: Plotly 1.2, Streamlit 0.6, fonts 0.6 and shapes 0.1. Uncompressed, a page with
# one small chart is 7.4 MB already.
FIRST_VISIT_BYTES = 2_800_000
SECOND_VISIT_BYTES = 300_000


def wire_bytes(page, visit):
    """Bytes that travel, with their headers, while `visit` is done."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit()
    page.wait_for_load_state("networkidle")
    session.detach()
    return sum(sizes)


def test_first_visit_is_compressed_and_second_comes_from_the_cache(open_page, settle, server):
    page = open_page("/", javascript=True)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    first = wire_bytes(page, lambda: (page.reload(), settle(page)))
    second = wire_bytes(page, lambda: (page.goto(f"{server}/"), settle(page)))
    assert first < FIRST_VISIT_BYTES
    assert second < SECOND_VISIT_BYTES


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_follows_the_visitor_s_system(open_page, theme):
    page = open_page("/", theme=theme)
    scheme = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).colorScheme"
    )
    assert scheme == theme


def test_without_scripts_the_page_says_what_it_is(open_page):
    page = open_page("/", javascript=False)
    assert "Seabelt" in page.title()
    assert "needs JavaScript" in page.locator("noscript").inner_text()


def test_policy_stops_a_request_to_elsewhere(open_page):
    page = open_page("/", expected_errors=("Content Security Policy", "violates the following"))
    refused = page.evaluate(
        """() => new Promise(resolve => {
            addEventListener('securitypolicyviolation', event => resolve(event.blockedURI));
            fetch('http://outside.example/').catch(() => {});
        })"""
    )
    assert refused.startswith("http://outside.example")


def test_streamlit_s_own_answers_carry_the_headers_too(server):
    request = Request(f"{server}/_stcore/health", headers={"Accept-Encoding": "br"})
    with urlopen(request) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Encoding"] is None
        assert response.read() == b"ok"
