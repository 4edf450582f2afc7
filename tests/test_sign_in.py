"""Sign-in at a provider: closed before, open after, and closed to all that was not signed here.

The provider runs on loopback (`tests/identity.py`), the server is one that was really started.
"""

import json
import re
import secrets
import socket
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import server
from dashboard.serving.guarding import OPEN, Guarded, SignIn, sign_in_from
from dashboard.serving.settings import SettingError, from_environment
from dashboard.ui import sign_in
from tests.browser.conftest import CHROMIUM_FLAGS, IS_SETTLED, WAIT_MILLISECONDS, served
from tests.browser.rules import grave
from tests.identity import CLIENT, CLIENT_SECRET, KEYS, READER, provided
from tests.routes import examples
from tests.test_start import started

COOKIE = "_streamlit_user"
COOKIE_SECRET = secrets.token_hex()
READING = "/compare?indicator=population&places=JPN&places=KOR&view=ranking&year=2010"
NAVIGATION = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def written(folder, **settings):
    """A file of secrets."""
    path = folder / "secrets.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    path.write_text("\n".join(["[auth]", *lines]), "utf-8")
    return path


def sound(address="https://atlas.example.org", provider="https://id.example.org"):
    return {
        "redirect_uri": f"{address}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }


@pytest.fixture(scope="module")
def provider():
    with provided(free_port()) as provider:
        yield provider


@pytest.fixture(scope="module")
def guarded(root, provider, tmp_path_factory):
    """Address of a server that asks its readers to sign in."""
    folder = tmp_path_factory.mktemp("guarded")
    port = free_port()
    path = written(folder, **sound(f"http://localhost:{port}", provider.address))
    log = folder / "log.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_SECRETS_FILES", str(path))
        patch.setenv("NO_PROXY", "localhost,127.0.0.1")
        with served(root, "dashboard/server.py", log, port) as address:
            assert (
                f"Readers sign in at {urlsplit(provider.address).netloc} first" in log.read_text()
            )
            yield address
    logged = log.read_text()
    assert not [said for said in (CLIENT_SECRET, COOKIE_SECRET, READER["email"]) if said in logged]


@pytest.fixture
def reader(guarded):
    """Somebody who has just come."""
    with httpx2.Client(base_url=guarded, follow_redirects=True, trust_env=False) as client:
        yield client


def way_in():
    """The address to which the button leads."""
    claims = {"provider": "default", "exp": int(time.time()) + 60}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(COOKIE_SECRET))
    return f"/auth/login?provider={token}"


def enters(client):
    """Whether a reader gets data."""
    answer = client.get("/api/v1/places", params={"size": "1"})
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


# --- Closed and open ------------------------------------------------------------------------------


def test_without_sign_in_nothing_answers_but_the_way_in(reader):
    closed = [path for path in examples(server.app) if path not in OPEN]
    folders = {path.split("/")[1] for path in closed}
    assert {"api", "take", "figure", "find", "deck", "package", "terms", "geography"} <= folders
    for path in [*closed, "/_stcore/metrics", "/_stcore/upload_file/a/b", "/media/a.png"]:
        if path.startswith(("/assets/", "/script/", "/vendor/")):
            continue
        answer = reader.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["www-authenticate"].startswith("Cookie ")
        assert answer.headers["x-content-type-options"] == "nosniff"
    for method in ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"):
        assert reader.request(method, "/api/v1/places").status_code == 401
    problem = reader.get("/api/v1/places").json()
    assert problem["status"] == 401
    assert problem["detail"].startswith("Sign in first")
    assert problem["instance"] == "/api/v1/places"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../api/v1/places",
        "/assets/%2e%2e/api/v1/places",
        "/static/..%2fpackage/places.csv",
        "//api/v1/places",
        "/api/v1/places/",
        "/API/v1/places",
        "/healthz/../package/places.csv",
        "/healthz;/package/places.csv",
        "/?/package/places.csv",
        "/compare/../package/places.csv",
        "/%61pi/v1/places",
        "/package%2fplaces.csv",
    ],
)
def test_no_way_of_writing_an_address_leads_past_the_guard(guarded, path):
    connection = HTTPConnection(urlsplit(guarded).netloc, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in (303, 400, 401, 404) or b'<div id="root">' in body
    assert b"place_id" not in body
    assert b'"rows"' not in body


def test_people_are_led_to_the_start_page_and_programs_are_not(reader):
    led = reader.get("/package/places.csv", headers=NAVIGATION)
    assert [answer.status_code for answer in [*led.history, led]] == [303, 200]
    assert led.url.path == "/"
    assert reader.get("/api/v1/", headers=NAVIGATION).status_code == 401
    assert reader.post("/deck/pptx", headers=NAVIGATION).status_code == 401


def test_whoever_has_to_know_that_the_server_lives_needs_no_account(reader):
    assert reader.get("/healthz").text == "ok"
    assert reader.get("/readyz").json()["ready"]
    # The frame of the pages, without data: the same for everybody.
    page = reader.get("/compare")
    assert "/assets/sign-in.js" in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


def test_after_sign_in_all_answers_and_no_proxy_may_keep_it_for_others(reader):
    assert not enters(reader)
    came = reader.get(way_in())
    assert came.url.path == "/"
    assert any("code=" in str(answer.url) for answer in came.history)
    assert enters(reader)
    kept = [reader.get(path).headers["cache-control"] for path in ("/api/v1/places", "/terms")]
    assert kept == ["private, max-age=3600", "no-cache"]
    assert reader.get("/package/places.csv").content.startswith(b"place_id")
    assert reader.get("/find", params={"q": "Japan"}).status_code == 200
    # Its page is run for it, for a reader who has signed in, without a browser.
    chart = reader.get("/api/v1/charts/compare", params={"format": "csv"}, timeout=30)
    assert (chart.status_code, chart.headers["content-type"][:8]) == (200, "text/csv")


def test_cookies_are_for_this_server_and_no_script(reader):
    set_by = [reader.get("/_stcore/health"), *reader.get(way_in()).history]
    cookies = [value for answer in set_by for value in answer.headers.get_list("set-cookie")]
    names = {cookie.split("=")[0] for cookie in cookies}
    assert {COOKIE, "_streamlit_session", "_streamlit_xsrf"} <= names
    for cookie in cookies:
        assert "samesite=lax" in cookie.lower()
        # Streamlit's script sends the token against forged requests in a header, and reads it.
        assert "httponly" in cookie.lower() or cookie.startswith("_streamlit_xsrf=")


def test_signing_out_closes_the_server_and_tells_the_provider(reader, provider):
    reader.get(way_in())
    assert enters(reader)
    before = provider.signed_out
    assert reader.get("/auth/logout").url.path == "/"
    assert provider.signed_out == before + 1
    assert COOKIE not in reader.cookies
    assert not enters(reader)


# --- What is not from the provider, or not signed here --------------------------------------------


@contextmanager
def answering(provider, key=KEYS[0], **claims):
    """The provider answers with other claims, or signs with another key."""
    provider.claims, provider.key = claims, key
    yield
    provider.claims, provider.key = {}, KEYS[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"key": KEYS[1]},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1_000_000_000},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_for_this_reader_here_and_now_is_refused(reader, provider, wrong):
    with answering(provider, **wrong):
        assert reader.get(way_in()).url.path == "/"
    assert COOKIE not in reader.cookies
    assert not enters(reader)


def sent_back(reader):
    """The address with which the provider sends a reader back, not yet asked for."""
    reader.follow_redirects = False
    asked = reader.get(way_in()).headers["location"]
    back = httpx2.get(asked, trust_env=False).headers["location"]
    reader.follow_redirects = True
    return urlsplit(back)


def test_an_answer_that_nobody_here_asked_for_is_refused(reader, guarded):
    back = sent_back(reader)
    query = dict(parse_qsl(back.query))
    other_state = urlencode(query | {"state": "another"})
    assert reader.get(f"{back.path}?{other_state}").url.path == "/"
    assert not enters(reader)
    # A reader to whom somebody gives their own answer does not read under that name.
    with httpx2.Client(base_url=guarded, follow_redirects=True, trust_env=False) as other:
        other.get(f"{back.path}?{back.query}")
        assert not enters(other)
    reader.get(f"{back.path}?{back.query}")
    assert enters(reader)


def signed(said, secret=COOKIE_SECRET, name=COOKIE, hours_ago=0):
    """A cookie as Streamlit signs it."""

    class Earlier(TimestampSigner):
        def get_timestamp(self):
            return int(time.time() - 3600 * hours_ago)

    return URLSafeTimedSerializer(secret, salt=name, signer=Earlier).dumps(said)


def altered(cookie, place):
    """A cookie with one sign changed."""
    signs = list(cookie)
    signs[place] = "A" if signs[place] != "A" else "B"
    return "".join(signs)


def said_of(address, **changes):
    return json.dumps({"origin": address, "is_logged_in": True, "provider": "default"} | changes)


def test_a_cookie_counts_as_long_as_it_was_signed_here_and_not_too_long_ago(guarded, reader):
    said = said_of(guarded)

    def admits(**cookies):
        with httpx2.Client(base_url=guarded, cookies=cookies, trust_env=False) as client:
            return enters(client)

    assert admits(**{COOKIE: signed(said)})
    assert admits(**{COOKIE: signed(said, hours_ago=11)})
    sound_cookie = signed(said)
    refused = {
        "expired": signed(said, hours_ago=13),
        "of another secret": signed(said, secret=secrets.token_hex()),
        "of another cookie": signed(said, name="_streamlit_xsrf"),
        "altered in what it says": altered(sound_cookie, 5),
        "altered in its time": altered(sound_cookie, sound_cookie.rindex(".") - 2),
        "altered in its signature": altered(sound_cookie, -5),
        "without its signature": sound_cookie.rpartition(".")[0],
        "of another server": signed(said_of("https://another.example")),
        "not signed in": signed(said_of(guarded, is_logged_in=False)),
        "signed in by a word": signed(said_of(guarded, is_logged_in="true")),
        "no object": signed("[]"),
        "no JSON": signed("{"),
        "a part that is missing": signed("chunks-2"),
        "empty": "",
        "not ours": "x" * 3000,
    }
    assert [what for what, cookie in refused.items() if admits(**{COOKIE: cookie})] == []
    half = len(said) // 2
    parts = {f"{COOKIE}_{number}": text for number, text in ((1, said[:half]), (2, said[half:]))}
    chunks = {name: signed(text, name=name) for name, text in parts.items()}
    assert admits(**{COOKIE: signed("chunks-2")}, **chunks)
    chunks[f"{COOKIE}_2"] = signed(parts[f"{COOKIE}_2"], name=f"{COOKIE}_1")
    assert not admits(**{COOKIE: signed("chunks-2")}, **chunks)


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def closed(monkeypatch):
    """Pages of a server that asks for sign-in."""
    gate = sign_in.Gate()
    gate.close(12)
    monkeypatch.setattr(sign_in, "gate", gate)
    return gate


def shown(root, page="", user=None):
    app = AppTest.from_file(root / "dashboard" / "app.py", default_timeout=120)
    app.user = user or {}
    if page:
        app.switch_page(f"../pages/{page}.py")
    app.run()
    assert not app.exception
    return app


PAGES = sorted(path.stem for path in server.PAGES_FOLDER.glob("*.py"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_closed_to_who_has_not_signed_in(root, closed, page):
    app = shown(root, page, {"is_logged_in": False})
    assert [title.value for title in app.title] == [sign_in.TITLE]
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.get("bidi_component")


def test_a_reader_who_was_signed_in_is_asked_again_when_it_is_too_long_ago(root, closed):
    """Streamlit keeps a session for as long as its page is open; the cookie ends before."""
    app = shown(root, "glossary", {"is_logged_in": True, "name": "Ada"})
    assert [button.label for button in app.button] == ["Sign in"]


def test_no_cookie_can_say_that_a_page_runs_for_a_file(root, closed):
    for said in (True, "let_in", {}, None):
        app = shown(root, "glossary", {"is_logged_in": True, "let_in": said})
        assert [button.label for button in app.button] == ["Sign in"]


def test_who_has_signed_in_sees_the_pages_their_name_and_the_way_out(root, closed, monkeypatch):
    monkeypatch.setattr(closed, "admits", lambda cookies: True)
    app = shown(root, "glossary", {"is_logged_in": True, "name": "Ada <b>"})
    assert [title.value for title in app.title] == ["Glossary"]
    assert "Sign out" in [button.label for button in app.button]
    assert any("Signed in as Ada &lt;b&gt;." in item.proto.body for item in app.get("html"))


def test_an_open_atlas_speaks_of_no_sign_in(root):
    app = shown(root, "glossary")
    assert [title.value for title in app.title] == ["Glossary"]
    assert not {"Sign in", "Sign out"} & {button.label for button in app.button}


@pytest.mark.browser
def test_a_reader_signs_in_comes_back_to_the_view_asked_for_and_signs_out(guarded, chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.set_default_timeout(WAIT_MILLISECONDS)
        page.goto(guarded + READING)
        page.get_by_role("heading", name=sign_in.TITLE).wait_for()
        assert page.locator(".seabelt-chart").count() == 0
        assert page.get_by_role("link", name="Semiconductors").count() == 0
        page.wait_for_function(IS_SETTLED)
        assert grave(page) == []
        page.get_by_role("button", name="Sign in").click()
        page.locator(".seabelt-chart").wait_for()
        assert parse_qsl(urlsplit(page.url).query)[0] == ("indicator", "population")
        assert urlsplit(page.url).path == "/compare"
        assert page.get_by_text("Signed in as Ada <b>Lovelace</b>.").count() == 1
        page.wait_for_function(IS_SETTLED)
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("heading", name=sign_in.TITLE).wait_for()
        assert page.request.get(f"{guarded}/api/v1/places").status == 401
        browser.close()


# --- Settings -------------------------------------------------------------------------------------


def test_nothing_set_is_an_open_atlas(tmp_path):
    assert sign_in_from([]) is None
    empty = tmp_path / "secrets.toml"
    empty.write_text("[other]\nkey = 1\n", "utf-8")
    assert sign_in_from([empty]) is None


def test_the_example_of_the_documentation_is_taken(root, tmp_path):
    text = (root / "docs" / "deploy.md").read_text("utf-8")
    [example] = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "secrets.toml"
    path.write_text(example, "utf-8")
    assert sign_in_from([path]) == SignIn("https://atlas.example.org", "id.example.org")


def test_sign_in_as_it_is_set(tmp_path):
    assert sign_in_from([written(tmp_path, **sound())]) == SignIn(
        "https://atlas.example.org", "id.example.org"
    )
    local = sign_in_from([written(tmp_path, **sound("http://localhost:8501"))])
    assert not local.is_encrypted


@pytest.mark.parametrize("key", sorted(sound()))
def test_a_key_that_is_missing_or_empty_is_named(tmp_path, key):
    settings = sound()
    for value in (None, "", 7):
        changed = settings | {key: value} if value is not None else dict(settings)
        if value is None:
            del changed[key]
        with pytest.raises(SettingError, match=rf"\[auth\] of the secrets has no {key}: "):
            sign_in_from([written(tmp_path, **changed)])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cookie_secret": "short"}, "openssl rand -hex 32"),
        ({"redirect_uri": "https://atlas.example.org/"}, "/oauth2callback"),
        ({"redirect_uri": "https://atlas.example.org/oauth2callback?x=1"}, "/oauth2callback"),
        ({"redirect_uri": "http://atlas.example.org/oauth2callback"}, "redirect_uri .* by https"),
        ({"redirect_uri": "https://[/oauth2callback"}, "redirect_uri .* by https"),
        ({"server_metadata_url": "http://id.example.org/x"}, "server_metadata_url .* by https"),
        ({"server_metadata_url": "id.example.org"}, "server_metadata_url .* by https"),
    ],
)
def test_a_setting_with_which_nobody_is_safe_or_comes_in_is_named(tmp_path, changes, said):
    with pytest.raises(SettingError, match=said) as refused:
        sign_in_from([written(tmp_path, **(sound() | changes))])
    assert COOKIE_SECRET not in str(refused.value)
    assert CLIENT_SECRET not in str(refused.value)


def test_a_file_that_cannot_be_read_opens_nothing(tmp_path):
    path = tmp_path / "secrets.toml"
    for content, said in ((b"[auth\n", "is no TOML"), (b"\xff\xfe", "no text in UTF-8")):
        path.write_bytes(content)
        with pytest.raises(SettingError, match=said):
            sign_in_from([path])
    with pytest.raises(SettingError, match="cannot be read"):
        sign_in_from([tmp_path / "nowhere.toml"])
    path.write_text("auth = 1\n", "utf-8")
    with pytest.raises(SettingError, match="no section"):
        sign_in_from([path])
    path.write_text("[auth.entra]\n", "utf-8")
    with pytest.raises(SettingError, match="no redirect_uri"):
        sign_in_from([path])
    path = written(tmp_path, **sound())
    path.write_text(path.read_text("utf-8") + "\n[auth.entra]\nclient_id = 'x'\n", "utf-8")
    with pytest.raises(SettingError, match=r"\[auth\.entra\]"):
        sign_in_from([path])


@pytest.mark.parametrize("hours", ["0", "721", "-1", "1.5", "a day", "9" * 5000, ""])
def test_hours_of_sign_in_that_cannot_be_are_refused(hours):
    with pytest.raises(SettingError, match="SEABELT_SIGN_IN_HOURS"):
        from_environment({"SEABELT_SIGN_IN_HOURS": hours})
    assert from_environment({"SEABELT_SIGN_IN_HOURS": "720"}).sign_in_hours == 720


def test_a_server_that_nobody_could_sign_in_to_says_so_and_does_not_start(root, tmp_path):
    settings = sound()
    del settings["client_secret"]
    status, said = started(root, STREAMLIT_SECRETS_FILES=str(written(tmp_path, **settings)))
    assert status != 0
    assert "Seabelt does not start: [auth] of the secrets has no client_secret" in said
    assert "Traceback" not in said


def test_packages_that_are_missing_are_named(tmp_path, monkeypatch):
    path = written(tmp_path, **sound())
    monkeypatch.setattr(sign_in.config, "get_option", lambda name: [str(path)])
    assert sign_in.settings().provider == "id.example.org"
    monkeypatch.setattr(sign_in, "find_spec", lambda name: None)
    with pytest.raises(SettingError, match=r"requirements-sign-in\.txt"):
        sign_in.settings()
    monkeypatch.undo()
    monkeypatch.setattr(sign_in.config, "get_option", lambda name: [str(path)])
    path.write_text("[auht]\n", "utf-8")
    with pytest.raises(SettingError, match="has no section"):
        sign_in.settings()


def test_by_https_cookies_travel_by_nothing_else():
    async def answer(request):
        response = Response("there")
        response.set_cookie("one", "1", samesite="lax")
        response.set_cookie("two", "2", secure=True)
        return response

    def cookies(encrypted):
        guard = Middleware(
            Guarded, is_signed_in=lambda cookies: False, pages=["/"], encrypted=encrypted
        )
        client = TestClient(Starlette(routes=[Route("/", answer)], middleware=[guard]))
        return client.get("/").headers.get_list("set-cookie")

    assert [cookie.lower().count("; secure") for cookie in cookies(True)] == [1, 1]
    assert [cookie.lower().count("; secure") for cookie in cookies(False)] == [0, 1]
