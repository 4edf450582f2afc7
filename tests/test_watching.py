"""What whoever runs a server sees of it, and that it holds nothing of who asked or what for."""

import asyncio
import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.serving.headers import content_security_policy
from dashboard.serving.settings import SettingError, Settings, from_environment
from dashboard.serving.watching import Watch, Watched, area_of, log, log_requests, watching_routes

SECRET = "a-secret-of-the-reader"


@pytest.fixture
def lacks():
    """What the server lacks; tests put something in."""
    return []


@pytest.fixture
def client(lacks):
    async def page(request):
        if "break" in request.url.path:
            raise RuntimeError("broken")
        return PlainTextResponse("page")

    watch = Watch(lambda: 3)
    routes = watching_routes(watch, lambda: lacks, lambda: "1.2.3", shows_metrics=True)
    app = Starlette(
        routes=[*routes, Route("/{path:path}", page)],
        middleware=[Middleware(Watched, watch=watch, logs=True)],
    )
    return TestClient(app, raise_server_exceptions=False)


def test_a_server_that_has_its_data_is_ready_and_says_which(client):
    assert client.get("/healthz").text == "ok"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["data_version"]) == (200, "1.2.3")
    assert answer.headers["cache-control"] == "no-store"


def test_a_server_that_lacks_something_names_it_and_stays_alive(client, lacks):
    lacks.append("data: places.csv is missing")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "missing": ["data: places.csv is missing"]}
    assert client.get("/healthz").status_code == 200


def test_metrics_count_requests_by_area_and_readers(client):
    for path in ("/", "/compare?q=x", "/take/0123/csv", "/break"):
        client.get(path)
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    text = answer.text
    assert 'seabelt_requests_total{area="page",status="200"} 2.0' in text
    assert 'seabelt_requests_total{area="take",status="200"} 1.0' in text
    assert 'seabelt_requests_total{area="page",status="500"} 1.0' in text
    assert "seabelt_readers 3.0" in text
    assert "process_resident_memory_bytes" in text
    assert text.endswith("# EOF\n")


def test_metrics_stay_hidden_unless_they_are_asked_for():
    routes = watching_routes(Watch(lambda: 0), list, lambda: "", shows_metrics=False)
    assert [route.path for route in routes] == ["/healthz", "/readyz"]


def test_a_request_is_logged_with_its_identifier_and_nothing_of_the_reader(client, caplog):
    with caplog.at_level(logging.INFO, log.name):
        log.propagate = True
        answer = client.get(
            f"/compare?q={SECRET}",
            headers={"x-request-id": "proxy.7", "cookie": SECRET, "user-agent": SECRET},
        )
    [record] = caplog.records
    line = json.loads(record.getMessage())
    assert answer.headers["x-request-id"] == "proxy.7"
    assert set(line) == {
        "event", "request_id", "method", "area", "status", "milliseconds", "bytes"
    }  # fmt: skip
    assert (line["request_id"], line["area"], line["status"], line["bytes"]) == (
        "proxy.7", "page", 200, 4
    )  # fmt: skip
    assert SECRET not in record.getMessage()
    assert "testclient" not in record.getMessage()


@pytest.mark.parametrize("given", ["a b", "x" * 65, 'a"b', "é", "%0d%0aset-cookie: x"])
def test_an_identifier_that_is_none_is_replaced(client, given):
    answer = client.get("/", headers={"x-request-id": given.encode()})
    made = answer.headers["x-request-id"]
    assert made != given
    assert len(made) == 32


def test_lines_of_the_log_are_objects_with_their_time(capsys):
    log_requests()
    try:
        log.info(json.dumps({"event": "request"}))
    finally:
        log.handlers.clear()
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "request"
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize(
    ("path", "area"),
    [("/", "page"), ("/take/x/y", "take"), ("/api/v1/places", "api"), ("/../etc", "page")],
)
def test_an_area_is_one_of_few(path, area):
    assert area_of(path) == area


def test_a_socket_passes_unseen():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(Watched(app, Watch(lambda: 0), True)({"type": "websocket"}, None, None))
    assert seen == ["websocket"]


# --- Settings -------------------------------------------------------------------------------------


def test_nothing_set_is_open_to_every_name_and_frame():
    assert from_environment({}) == Settings()
    assert "frame-ancestors" not in content_security_policy("<html>")


def test_settings_are_read():
    found = from_environment(
        {
            "SEABELT_HOSTS": "atlas.example.org, *.example.net",
            "SEABELT_FRAMES": "'self' https://pages.example.org",
            "SEABELT_LOG": "1",
            "SEABELT_METRICS": "1",
            "SEABELT_API_PER_MINUTE": "0",
        }
    )
    assert found.hosts == ("atlas.example.org", "*.example.net")
    assert found.logs_requests
    assert found.shows_metrics
    assert found.api_per_minute == 0
    policy = content_security_policy("<html>", found.frames)
    assert policy.endswith("frame-ancestors 'self' https://pages.example.org")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SEABELT_HOSTS", "http://atlas.example.org"),
        ("SEABELT_HOSTS", "a/b"),
        ("SEABELT_FRAMES", "https://x.example; script-src *"),
        ("SEABELT_LOG", "yes"),
        ("SEABELT_METRICS", "true"),
        ("SEABELT_API_PER_MINUTE", "many"),
        ("SEABELT_API_PER_MINUTE", "-1"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name, text):
    with pytest.raises(SettingError, match=name):
        from_environment({name: text})
