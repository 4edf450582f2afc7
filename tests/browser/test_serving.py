"""What a first visit costs, and that a browser gets along with the headers it is sent."""

import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.browser.conftest import OWN_HOSTS
from tests.test_routes import HEADERS, INSIDES, OUTSIDE

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
    page = open_page("/", alone=True)
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


def test_without_scripts_the_page_says_what_it_is(browser, server):
    page = browser.new_page(java_script_enabled=False)
    page.goto(server)
    assert "Seabelt" in page.title()
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    page.close()


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


# Streamlit's own addresses, beside which ours stand; `tests/test_routes.py` asks ours.
STREAMLITS = [
    "/", "/compare", "/nothing", "/static", "/static/", "/static/js/", "/media/", "/media/x",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/nothing", "/_stcore/agent/mcp",
    "/_stcore/agent/openapi.json", "/component/x/y", "/_stcore/bidi-components/x/y", "/auth/login",
    "/auth/login?provider=x", "/auth/logout", "/oauth2callback?error=x&state=y", "//x.example/",
]  # fmt: skip


def sent(server, target, method="GET", **headers):
    """An answer to exactly this target, which no client has put in order."""
    connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
    connection.putrequest(method, target)
    for name, value in ({"Origin": "https://elsewhere.example"} | headers).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer, body


def is_safe(answer, body):
    """Check what holds for every answer, whatever was asked."""
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not [name for name in answer.headers if name.lower().startswith("access-control-allow")]
    assert not any(sign.isdigit() for sign in answer.headers["server"] or "")
    for cookie in answer.headers.get_all("set-cookie", []):
        assert "samesite=" in cookie.lower()
    to = answer.headers["location"] or "/"
    assert urlsplit(to).hostname in (None, *OWN_HOSTS)
    assert not to.startswith(("\\", "/\\"))
    assert answer.status < 500
    if answer.status >= 400:
        assert not INSIDES.search(body), body[:300]


def test_whatever_is_asked_of_streamlit_s_own_routes_is_answered_safely(server):
    for target in STREAMLITS:
        is_safe(*sent(server, target))
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        for page in ("/", "/compare", "/nothing"):
            answer, body = sent(server, page, method)
            is_safe(answer, body)
            assert answer.status == 405


@pytest.mark.parametrize("way", ["", "/", "?families=session", "//"])
def test_streamlit_s_own_figures_are_nobody_s(server, way):
    answer, body = sent(server, f"/_stcore/metrics{way}")
    is_safe(answer, body)
    assert "session" not in body
    assert answer.status == 404


@pytest.mark.parametrize("folder", ["/", "/static/", "/static/js/", "/media/", "/component/x/"])
def test_no_address_leads_to_a_file_outside_the_front_end(server, folder):
    for outside in OUTSIDE:
        answer, body = sent(server, folder + outside)
        is_safe(answer, body)
        # An address of no page is answered by the frame in which the page would stand.
        assert answer.status >= 300 or '<div id="root">' in body, outside
        assert "requires-python" not in body
        assert "root:x:" not in body


def test_heads_and_addresses_that_are_too_long_are_refused_and_harm_nobody(server):
    parts = urlsplit(server)
    much = b"a" * 200_000
    for request in (
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Much: " + much,
        b"GET /" + much + b" HTTP/1.1\r\nHost: localhost\r\n",
        b"GE(T /healthz HTTP/1.1\r\nHost: localhost\r\n",
    ):
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
            try:
                connection.sendall(request + b"\r\n\r\n")
                answer = connection.recv(65536)
            except ConnectionError:
                # The server has closed it before it read all of that.
                answer = b""
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
        assert not INSIDES.search(answer.decode("latin-1").replace("server: uvicorn", ""))
    assert sent(server, "/healthz")[1] == "ok"
