"""What a scanner of weaknesses would try on every route of the server, none of them named here."""

import json
import re
from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from dashboard import server
from dashboard.exports.deck import MOST_BYTES
from dashboard.serving.figures import figures
from dashboard.serving.headers import SecurityHeaders, content_security_policy, failure
from dashboard.serving.taking import CardAddress, Taken, shelf
from dashboard.serving.watching import area_of
from tests.routes import alone, ask, examples, filled, routes

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
MARK = "\"'><script>alert(1)</script>"
ENCODED_MARK = "%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
# What names our insides: a place in the code, a package that serves, its version.
INSIDES = re.compile(
    r"Traceback|File \"|\.py\b|site-packages|starlette|uvicorn|streamlit/|Python/", re.IGNORECASE
)
OUTSIDE = [
    "../pyproject.toml",
    "../../pyproject.toml",
    "..%2fpyproject.toml",
    "%2e%2e/pyproject.toml",
    "%2e%2e%2f%2e%2e%2fpyproject.toml",
    "%252e%252e%252fpyproject.toml",
    "....//pyproject.toml",
    "..\\pyproject.toml",
    "..%5c..%5cpyproject.toml",
    "%c0%ae%c0%ae%2fpyproject.toml",
    "places.csv%00",
    "places.csv%00.png",
    "%00",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "file:%2f%2f%2fetc%2fpasswd",
    "C:%5cWindows%5cwin.ini",
    ".",
    "%2e",
    "..",
    "",
]
ROUTES = routes(server.app)
WITH_PARAMETER = [(path, methods) for path, methods in ROUTES if "{" in path]
# What is found under a route, where a made-up name finds nothing. A new route needs a line here.
FOUND = {
    "/geography/{name:path}": "/geography/disputed_borders",
    "/package/{name:path}": "/package/places.csv",
    "/vendor/{name:path}": "/vendor/plotly.min.js",
    "/assets/{name:path}": "/assets/favicon.svg",
    "/script/{name:path}": "/script/chart.js",
    "/find": "/find?q=Japan",
    "/first/{mode}": "/first/light",
    "/api/v1/indicators/{identifier}": "/api/v1/indicators/population",
    "/api/v1/places/{identifier}": "/api/v1/places/JPN",
    "/api/v1/programmes/{identifier}": "/api/v1/programmes/jp_mext_kci1",
    "/api/v1/sources/{identifier}": "/api/v1/sources/abachy_2022",
    "/api/v1/charts/{page}": "/api/v1/charts/compare?format=csv",
    "/deck/{what}": "/deck/check",
}
DECK = json.dumps({"seabelt_deck": 1, "slides": [{"title": "A slide"}]}).encode()
PARAMETERS = ("q", "page", "size", "format", "place", "indicator", "view", "v", "lang", "x")


@pytest.fixture(scope="module")
def app():
    return alone(server.app)


@pytest.fixture(scope="module")
def refused(app):
    """Every answer that is an error: unknown, not allowed, too much."""
    found = [ask(app, path, "PATCH") for path in examples(server.app)]
    found += [ask(app, filled(path, ENCODED_MARK)) for path, _ in WITH_PARAMETER]
    found += [ask(app, f"{path}?x={ENCODED_MARK}") for path in examples(server.app)]
    found += [ask(app, path) for path in ("/nothing", "/api/v1/nothing", "/api", "/api/v2/")]
    errors = [answer for answer in found if answer.status >= 400]
    assert {400, 404, 405} <= {answer.status for answer in errors}
    return errors


@pytest.fixture(scope="module")
def found(app):
    """The answer of every route where there is something to give."""
    taken = Taken(b"a,b\n", "chart.csv", "text/csv")
    card = shelf.keep(CardAddress("/", "test", "light"), lambda *asked: taken)
    kept = {
        "/figure/{name}": figures.keep("{}"),
        "/take/{token}/{suffix}": f"{card}/csv",
    }
    answers = {}
    for path, offered in ROUTES:
        target = (FOUND | kept).get(path, path)
        is_read = "GET" in offered
        answers[path] = ask(app, target, "GET" if is_read else "POST", b"" if is_read else DECK)
        assert answers[path].status == 200, (path, answers[path].text[:200])
    return answers


def test_every_kind_of_route_is_tried():
    assert len(ROUTES) > 20
    folders = Counter(path.split("/")[1] for path, _ in ROUTES)
    assert folders["api"] > 10
    assert {"take", "find", "deck", "package", "terms", "assets", "geography"} <= set(folders)


def test_every_route_is_counted_under_a_name_of_its_own():
    pages = {path for path, _ in ROUTES if area_of(path) == "page"}
    assert pages == set()


def test_every_answer_has_the_headers_that_protect_its_reader(found, refused):
    policy = content_security_policy(server.page)
    for answer in [*refused, *found.values()]:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.headers["content-security-policy"] == policy
        assert "geolocation=()" in answer.headers["permissions-policy"]


def test_the_headers_are_there_where_the_host_is_foreign_or_the_application_breaks():
    order = [item.cls for item in server.app._user_middleware]
    assert order.index(SecurityHeaders) < order.index(TrustedHostMiddleware)

    async def broken(request):
        raise RuntimeError("a secret of the inside")

    policy = content_security_policy("<html>", ["'self'"])
    assert "frame-ancestors 'self'" in policy
    app = Starlette(routes=[Route("/", broken)], exception_handlers={Exception: failure(policy)})
    answer = ask(app, "/")
    assert answer.status == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["content-security-policy"] == policy
    assert answer.headers["cache-control"] == "no-store"
    assert "secret" not in answer.text
    assert not INSIDES.search(answer.text)
    assert Exception in server.app._exception_handlers


def test_no_page_of_another_origin_may_read_an_answer(app, found):
    for answer in found.values():
        assert not [name for name in answer.headers if name.startswith("access-control")]
    for path in examples(server.app):
        for method in ("GET", "POST", "OPTIONS"):
            answer = ask(
                app, path, method, b"{}", origin="https://elsewhere.example",
                access_control_request_method="POST",
            )  # fmt: skip
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_methods_that_are_not_offered_are_refused_and_those_that_are_named(app):
    for path, offered in ROUTES:
        for method in METHODS - offered:
            answer = ask(app, filled(path), method)
            assert answer.status == 405, (method, path)
            allowed = {name.strip() for name in answer.headers["allow"].split(",")}
            assert allowed == offered, path


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_name_leads_out_of_the_files_that_are_served(app, outside):
    for path, offered in WITH_PARAMETER:
        method = "GET" if "GET" in offered else "POST"
        answer = ask(app, filled(path, outside), method)
        # A list of the interface for programs is what stands before the name that is missing.
        is_list = filled(path, outside).rstrip("/") in {known for known, _ in ROUTES}
        assert 400 <= answer.status < 500 or is_list, (path, answer.status)
        for content in ("root:x:", "requires-python", "[extensions]"):
            assert content not in answer.text


def test_folders_are_not_listed_from_the_disk(app):
    for path, _ in WITH_PARAMETER:
        folder = path.split("{")[0]
        if folder in {f"{known}/" for known, _ in ROUTES}:
            continue
        for address in (folder, folder.rstrip("/")):
            answer = ask(app, address)
            assert answer.status in (404, 405, 307), address
            assert "index of" not in answer.text.lower()
            assert ".py" not in answer.text


def test_what_an_address_says_comes_back_as_no_markup(app, refused):
    answers = [ask(app, f"{path}?{name}={ENCODED_MARK}") for path in examples(server.app)
               for name in PARAMETERS]  # fmt: skip
    for answer in [*answers, *refused]:
        kind = answer.headers.get("content-type", "")
        if "<script>alert" in answer.text:
            assert "json" in kind or kind.startswith(("text/plain", "text/csv")), kind
        for name, value in answer.headers.items():
            assert "<script" not in value, name


def test_a_line_break_in_an_address_begins_no_header(app):
    for path in examples(server.app):
        answer = ask(app, f"{path}?q=a%0d%0aset-cookie:%20x=1&page=%0d%0aset-cookie:%20x=1")
        assert "set-cookie" not in answer.headers
        assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


def test_errors_say_nothing_of_our_insides(refused):
    for answer in refused:
        assert not INSIDES.search(answer.text), answer.text[:300]
        assert "server" not in answer.headers
        assert "x-powered-by" not in answer.headers
        if answer.headers["content-type"].startswith("application/problem+json"):
            assert len(answer.body) < 2_000


def test_errors_are_kept_by_nobody_and_all_else_says_for_how_long(found, refused):
    for answer in refused:
        kept = answer.headers.get("cache-control", "no-store")
        assert "public" not in kept
        assert "max-age" not in kept
    for path, answer in found.items():
        assert answer.headers.get("cache-control"), path


def test_our_own_answers_set_no_cookie(found, refused):
    for answer in [*refused, *found.values()]:
        assert "set-cookie" not in answer.headers


def test_too_much_is_refused_and_breaks_nothing(app):
    much = "a" * 100_000
    for path, offered in ROUTES:
        address = filled(path)
        # A file that is the same whatever the query asks is still given.
        for target in (f"{address}?q={much}", f"{address}?{much}", f"{address}?" + "x=1&" * 20_000):
            assert ask(app, target).status < 500, path
        if "{" in path:
            assert 400 <= ask(app, filled(path, much)).status < 500, path
        assert ask(app, address, cookie=f"_streamlit_user={much}").status < 500, path
        answer = ask(app, address, "POST", b"\xff" * (MOST_BYTES + 1))
        assert answer.status == (413 if "POST" in offered else 405), path
    for what in ("check", "preview", "pptx", "x"):
        for body in (b"", b"{", b"\xff\xfe", b"[]", b"0", b'{"deck": ' * 5_000, b'"' * 1000):
            assert 400 <= ask(app, f"/deck/{what}", "POST", body).status < 500
