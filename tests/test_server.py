"""What the server adds to Streamlit: compression, caching, files, headers, and checks before it."""

import asyncio
import gzip
import json
import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from threading import Event
from urllib.parse import quote, urlsplit

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from dashboard import preflight, server
from dashboard.catalogue.address import LONGEST_SEARCH
from dashboard.catalogue.description import PACKAGE_FILES
from dashboard.catalogue.geography import (
    geography_names,
    geography_path,
    geography_url,
    read_geography,
)
from dashboard.catalogue.loading import DATA
from dashboard.serving import routes
from dashboard.serving.beginning import first_route
from dashboard.serving.defining import terms_route
from dashboard.serving.files import ServedFile, matches, preferred_coding
from dashboard.serving.finding import find_route
from dashboard.serving.frontend import (
    CompressedFrontend,
    chunks,
    compress_all,
    frontend_files,
    press_all,
)
from dashboard.serving.headers import SecurityHeaders, content_security_policy
from dashboard.serving.page import TITLE, introduce
from dashboard.serving.routes import (
    asset_url,
    file_routes,
    keep_script,
    package_url,
    plotly_url,
    read_once,
    script_url,
)
from dashboard.uploads.limits import MOST_BYTES, MOST_MEGABYTES
from tests.routes import alone

DECODE = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
SCRIPT = b"console.log('seabelt');\n" * 500
PAGE = "<title>Streamlit</title><script>let ready = false</script>"


@dataclass
class Answer:
    """Status, headers in lower case and body of a response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        """The body without its coding."""
        return DECODE[self.headers.get("content-encoding")](self.body)


def ask(app: ASGIApp, address: str, method: str = "GET", **headers: str) -> Answer:
    """Send one request to an ASGI application, without a server in between."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }
    messages = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(
        messages[0]["status"],
        {name.decode(): value.decode() for name, value in messages[0]["headers"]},
        b"".join(message.get("body", b"") for message in messages[1:]),
    )


@pytest.fixture
def frontend(tmp_path: Path) -> CompressedFrontend:
    """The middleware over a small front end and an application that says that it was asked."""
    (tmp_path / "index.html").write_text("not served", encoding="utf-8")
    for name, content in {"js/main.abc.js": SCRIPT, "media/font.abc.woff2": b"font"}.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return CompressedFrontend(
        PlainTextResponse("passed on"), frontend_files(tmp_path, PAGE, ["/", "/compare"])
    )


@pytest.fixture(scope="module")
def files() -> Starlette:
    """The routes for shapes, Plotly and pictures."""
    return Starlette(routes=file_routes())


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, br;q=0", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("deflate", None),
        ("", None),
    ],
)
def test_script_arrives_complete_in_the_best_accepted_coding(frontend, accepted, coding):
    answer = ask(frontend, "/static/js/main.abc.js", accept_encoding=accepted)
    assert answer.status == 200
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.content == SCRIPT
    assert "immutable" in answer.headers["cache-control"]


def test_start_page_is_compressed_but_never_kept_without_asking(frontend):
    for address in ("/", "/compare"):
        answer = ask(frontend, address, accept_encoding="br")
        assert answer.content.decode() == PAGE
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"].startswith("text/html")


def test_known_version_is_not_sent_again(frontend):
    first = ask(frontend, "/static/js/main.abc.js", accept_encoding="gzip")
    tag = first.headers["etag"]
    again = ask(
        frontend, "/static/js/main.abc.js", accept_encoding="gzip", if_none_match=f'"x", W/{tag}'
    )
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == tag
    other_coding = ask(frontend, "/static/js/main.abc.js", accept_encoding="br", if_none_match=tag)
    assert other_coding.status == 200


def test_head_has_the_headers_of_get_and_no_body(frontend):
    got = ask(frontend, "/static/js/main.abc.js", accept_encoding="br")
    head = ask(frontend, "/static/js/main.abc.js", "HEAD", accept_encoding="br")
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


@pytest.mark.parametrize(
    ("address", "method", "headers"),
    [
        ("/static/js/main.abc.js", "GET", {"range": "bytes=0-9"}),
        ("/static/js/main.abc.js", "POST", {}),
        ("/static/media/font.abc.woff2", "GET", {}),
        ("/static/../../secret.js", "GET", {}),
        ("/_stcore/health", "GET", {}),
        ("/somewhere", "GET", {}),
    ],
)
def test_everything_else_is_passed_on(frontend, address, method, headers):
    answer = ask(frontend, address, method, accept_encoding="br", **headers)
    assert answer.body == b"passed on"


@pytest.mark.parametrize(
    "scope", [{"type": "websocket", "path": "/", "headers": []}, {"type": "lifespan"}]
)
def test_sockets_and_the_start_of_the_server_are_passed_on(scope):
    scopes = []

    async def app(scope, receive, send):
        scopes.append(scope)

    stack = SecurityHeaders(CompressedFrontend(app, {"/": None}), policy="")
    asyncio.run(stack(scope, None, None))
    assert scopes == [scope]


def test_a_file_is_pressed_without_a_gap_and_stays_the_same(tmp_path):
    path = tmp_path / "main.js"
    path.write_bytes(b"".join(b"const name%d = %d;\n" % (at, at * at) for at in range(3000)))
    file = ServedFile(path)
    before = file.encode("br")
    stop = Event()
    stop.set()
    press_all([file], stop)
    assert file.encode("br") is before
    press_all([file], Event())
    after = file.encode("br")
    assert len(after.body) < len(before.body)
    assert after.etag != before.etag
    assert brotli.decompress(after.body) == path.read_bytes()


def test_file_is_compressed_once(tmp_path, monkeypatch):
    path = tmp_path / "main.js"
    path.write_bytes(SCRIPT)
    file = ServedFile(path)
    compress_all({"/": file})
    path.unlink()
    assert file.encode("br") is file.encode("br")
    assert gzip.decompress(file.encode("gzip").body) == SCRIPT


@given(st.text())
def test_no_header_breaks_negotiation(text):
    assert preferred_coding(text) in {"br", "gzip", None}
    assert matches(text, '"tag"') in {True, False}


@pytest.mark.parametrize("name", geography_names())
def test_shapes_come_whole_with_an_address_that_can_be_kept(files, name):
    answer = ask(files, geography_url(name), accept_encoding="br")
    assert answer.headers["content-type"] == "application/geo+json"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == geography_path(name).read_bytes()
    assert len(answer.body) < len(answer.content) / 2
    assert read_geography(name)["type"] == "FeatureCollection"


def test_old_or_missing_version_gets_the_present_file_but_no_leave_to_keep_it(files):
    for address in (asset_url("favicon.svg"), plotly_url()):
        path = urlsplit(address).path
        for outdated in (path, f"{path}?v=old"):
            answer = ask(files, outdated, accept_encoding="gzip")
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.content == ask(files, address).content


def test_plotly_is_the_one_of_the_installed_package(files):
    answer = ask(files, plotly_url(), accept_encoding="br")
    assert answer.content.startswith(b"/**\n* plotly.js v")
    shipped = (resources.files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    # Around its function there are brackets, and nothing else is changed.
    assert answer.content == read_once(shipped)
    assert len(answer.content) == len(shipped) + 2
    assert answer.content.replace(b", (() => {\n", b", () => {\n", 1)[:-6] == shipped[:-5]


@pytest.mark.parametrize(
    "script",
    [b"", b"window.Plotly = {};", b"(f => f())(0, () => {\n});", b"(0, function() {\n}));"],
)
def test_a_library_of_another_shape_comes_as_it_is(script):
    assert read_once(script) == script


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_every_file_of_the_data_package_has_an_address_and_comes_as_it_is(files, name):
    answer = ask(files, package_url(name), accept_encoding="br")
    assert answer.status == 200
    assert answer.content == (DATA / name).read_bytes()
    # The address has no version: whoever comes again asks whether there is a newer file.
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/geography/atlantis",
        "/geography/../../pyproject.toml",
        "/geography/..%2F..%2Fpyproject.toml",
        "/package/curation/left_out.csv",
        "/package/../pyproject.toml",
        "/vendor/plotly.js",
        "/assets/../card.py",
        "/assets/",
        "/script/charts.js",
    ],
)
def test_unknown_name_gets_a_message_and_nothing_from_the_disk(files, address):
    answer = ask(files, address)
    assert answer.status == 404
    assert re.fullmatch(r"No [a-z]+ of this name\. There are: .*\n", answer.body.decode())


def test_unknown_boundaries_are_named_with_those_there_are():
    with pytest.raises(KeyError, match=r"'atlantis'.*There are: "):
        geography_path("atlantis")
    with pytest.raises(KeyError, match=r"'nothing\.svg'"):
        asset_url("nothing.svg")
    with pytest.raises(KeyError, match=r"'nothing\.csv'"):
        package_url("nothing.csv")


def test_definitions_are_written_once_and_not_sent_twice():
    asked = []
    terms = Starlette(routes=[terms_route(lambda: asked.append(1) or b'{"a": "\xc3\xa9"}')])
    answer = ask(terms, "/terms", accept_encoding="br")
    assert json.loads(answer.content) == {"a": "é"}
    assert answer.headers["cache-control"] == "no-cache"
    assert (
        ask(terms, "/terms", accept_encoding="br", if_none_match=answer.headers["etag"]).status
        == 304
    )
    assert asked == [1]


@pytest.fixture(scope="module")
def finding() -> Starlette:
    """The route of the search box; what was asked for comes back as a message."""
    return Starlette(routes=[find_route(lambda words: {"message": words, "groups": []})])


def test_a_search_is_answered_in_json_that_a_browser_asks_for_anew(finding):
    answer = ask(finding, f"/find?q={quote('新竹 <b>&')}", accept_encoding="br")
    assert answer.status == 200
    assert json.loads(answer.content) == {"message": "新竹 <b>&", "groups": []}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    again = ask(finding, "/find?q=%E6%96%B0%E7%AB%B9%20%3Cb%3E%26", accept_encoding="br",
                if_none_match=answer.headers["etag"])  # fmt: skip
    assert (again.status, again.body) == (304, b"")
    other = ask(finding, "/find?q=kyushu", accept_encoding="br")
    assert other.headers["etag"] != answer.headers["etag"]


def test_signs_that_cannot_be_printed_are_spaces(finding):
    answer = ask(finding, "/find?q=%00Hsin%0Achu%20%20%E2%80%8Bpark%FF")
    assert json.loads(answer.content)["message"] == "Hsin chu park\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%00", "?words=Japan"])
def test_nothing_asked_for_is_said_in_a_sentence(finding, query):
    answer = ask(finding, f"/find{query}")
    assert answer.status == 400
    assert json.loads(answer.content) == {"message": "Ask for something: /find?q=Japan."}


def test_a_search_may_be_as_long_as_the_data_page_takes_it(finding):
    assert ask(finding, f"/find?q={'a' * LONGEST_SEARCH}").status == 200
    answer = ask(finding, f"/find?q={'a' * (LONGEST_SEARCH + 1)}")
    assert answer.status == 400
    assert "up to 120 letters" in json.loads(answer.content)["message"]


def test_a_search_only_reads(finding):
    assert ask(finding, "/find?q=Japan", "POST").status == 405
    head, got = (ask(finding, "/find?q=Japan", method) for method in ("HEAD", "GET"))
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


def test_start_page_of_the_installed_streamlit_is_introduced():
    from streamlit import file_util

    original = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    page = introduce(original, "/icon.svg")
    assert f"<title>{TITLE}</title>" in page
    assert 'href="/icon.svg"' in page
    assert "Streamlit app" not in page
    assert page.count("<script") == original.count("<script") + 1
    page = introduce(original, "/icon.svg", before=["/first.js"])
    first, application = (page.index(f'src="{name}') for name in ("/first.js", "./static/js/"))
    assert first < application


def test_a_script_starts_the_application_where_the_map_goes_first():
    [application] = re.findall(r' data-application="(/static/js/[^"]+)"', server.page)
    assert server.page.count(application) == 2
    assert f'<link rel="modulepreload" crossorigin href="{application}" />' in server.page
    assert application in server.files
    assert f'src="{asset_url("first.js")}" data-page="/first"' in server.page


def test_an_application_that_is_started_in_another_way_starts_by_itself():
    original = '<title>x</title><script type="module" src="./main.js"></script>'
    page = introduce(original, "/icon.svg", beginning={"script": "/first.js"})
    assert '<script type="module" src="./main.js"></script>' in page
    assert "/first.js" not in page


def test_the_first_map_comes_in_light_or_dark_and_only_reads():
    app = Starlette(routes=[first_route(lambda view, mode: {"view": view, "mode": mode})])
    assert ask(app, "/first/blue").status == 404
    assert b"light, dark" in ask(app, "/first/blue").content
    assert ask(app, "/first/dark", "POST").status == 405
    head, got = (ask(app, "/first/dark?a=1&a=2&b=", method) for method in ("HEAD", "GET"))
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")
    assert json.loads(got.content) == {"view": {"a": ["1", "2"], "b": [""]}, "mode": "dark"}


def test_parts_of_the_front_end_are_fetched_ahead_with_all_that_they_import(tmp_path):
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    texts = {
        "Html.a1.js": 'import{t as e}from"./base.b2.js";import"./aside.c3.js";',
        "base.b2.js": "import {x} from './aside.c3.js'; import('./later.d4.js')",
        "aside.c3.js": 'import{e}from"./Html.a1.js"',
        "later.d4.js": "",
        "HtmlOther.e5.js": "",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    found = chunks(tmp_path, ["Html", "GoneSince"])
    assert found == [f"/static/js/{name}" for name in list(texts)[:3]]


def test_start_page_names_what_draws_charts_once_and_all_of_it_is_there():
    ahead = re.findall(r'<link rel="modulepreload" crossorigin href="(/[^"]+)"', server.page)
    for name in server.DRAWING:
        assert any(re.fullmatch(rf"/static/js/{name}\.[\w-]+\.js", path) for path in ahead)
    for name in server.EVERYWHERE:
        assert any(path.startswith(f"/script/{name}?v=") for path in ahead)
    assert len(ahead) == len(set(ahead))
    # What the first map is drawn with, and what it starts then, are named a second time.
    [first] = re.findall(r"<script [^>]*data-application[^>]*>", server.page)
    rest = server.page.replace(first, "")
    assert not [path for path in ahead if rest.count(path.split("/")[-1]) > 1]
    app = alone(server.app)
    for path in ahead:
        assert ask(app, path).status == 200


def test_a_script_is_kept_for_good_under_the_address_of_what_it_holds(files, monkeypatch):
    for held in (routes._scripts.files, routes._scripts.versions):
        monkeypatch.delitem(held, "test.js", raising=False)
    old = keep_script("test.js", "export default 1")
    new = keep_script("test.js", "export default 2")
    assert old != new == script_url("test.js")
    answer = ask(files, new)
    assert answer.body == b"export default 2"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    answer = ask(files, old)
    assert answer.body == b"export default 2"
    assert answer.headers["cache-control"] == "no-cache"
    with pytest.raises(KeyError, match=r"'nothing\.js'"):
        script_url("nothing.js")


def test_policy_allows_the_scripts_of_the_page_and_no_others():
    policy = content_security_policy(PAGE)
    # The hash that `openssl dgst -sha256 -binary | base64` gives for "let ready = false".
    assert "'sha256-TH4Yuy/UhhSC9/d6GR7WR3d4nsE60QlxH3VH7kqT05E='" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe" not in scripts
    assert "http" not in policy


def test_every_response_carries_the_security_headers():
    answer = ask(SecurityHeaders(PlainTextResponse("hello"), policy="default-src 'self'"), "/")
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.body == b"hello"


def test_boundaries_are_addressed_without_streamlit():
    program = (
        "import sys\n"
        "from dashboard.serving.routes import file_routes, plotly_url\n"
        "file_routes(), plotly_url()\n"
        "assert 'streamlit' not in sys.modules, 'streamlit is loaded'\n"
        "assert 'geopandas' not in sys.modules, 'geopandas is loaded'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[1])


def test_old_python_is_told_what_is_needed():
    assert "needs Python 3.11 or newer, and this is 3.9" in preflight.python_problem((3, 9))
    assert preflight.python_problem((3, 11)) is None
    assert preflight.python_problem((3, 14)) is None


def test_missing_venv_module_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "apt-get install python3-venv" in preflight.python_problem((3, 11))


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1"])
def test_impossible_port_is_refused(port):
    assert preflight.port_problem("127.0.0.1", port).startswith("PORT is a number")


# An address that is kept for documents and belongs to no machine (RFC 5737).
def test_foreign_address_is_refused():
    assert preflight.port_problem("192.0.2.1", "8501").startswith("ADDRESS is an address of this")


def test_taken_port_is_one_line_and_names_another(root):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "dashboard/preflight.py", "port", "127.0.0.1", port],
            cwd=root,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert re.fullmatch(rf"Port {port} is taken: .* `make run PORT=\d+`\.\n", done.stderr)
    assert preflight.main(["port", "127.0.0.1", str(preflight.free_port())]) == 0


def test_an_upload_is_never_put_on_the_disk_and_may_be_as_large_as_readers_are_told():
    assert server.app
    settings = tomllib.loads((DATA.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] == MOST_MEGABYTES
    assert MultiPartParser.spool_max_size > MOST_BYTES
