"""The configuration of `deploy/` in use: two replicas behind nginx, one of which dies; new data."""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.browser.conftest import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NO_NGINX = "nginx is missing: apt-get install nginx-light"


@contextmanager
def replica(root, log):
    """A server; gives its port, and what kills it."""
    with served(root, "dashboard/server.py", log) as address:
        yield int(address.rsplit(":", 1)[1])


def configuration(root, folder, port, ports):
    """The configuration for readers to copy, with the ports and folders of a test."""
    text = (root / "deploy" / "nginx.conf").read_text("utf-8")
    replicas = "".join(
        f"    server 127.0.0.1:{number} max_fails=2 fail_timeout=5s;\n" for number in ports
    )
    text, changed = re.subn(r"(    server 127[^\n]*\n)+", replicas, text)
    assert changed == 1
    text, changed = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", text)
    assert changed == 1
    (folder / "seabelt.conf").write_text(text, "utf-8")
    main = folder / "nginx.conf"
    main.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        "events {}\n"
        f"http {{ access_log off; include /etc/nginx/mime.types; include {folder}/seabelt.conf;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; }}\n"
    )
    return main


@contextmanager
def proxied(root, folder, port, ports):
    """nginx in front of replicas; gives a function that turns it to others."""
    main = configuration(root, folder, port, ports)
    command = [NGINX, "-c", str(main), "-p", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def turn_to(others):
        configuration(root, folder, port, others)
        subprocess.run([*command, "-s", "reload"], check=True, stderr=subprocess.DEVNULL)

    try:
        wait_for(lambda: answer(f"http://127.0.0.1:{port}/healthz")[0] == 200)
        yield turn_to
    finally:
        process.terminate()
        process.wait()


def answer(address):
    """Status, headers and body; status 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""
    except OSError:
        return 0, {}, b""


def wait_for(holds, seconds=30):
    until = time.monotonic() + seconds
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < until, "It did not come true in time."
        pause.wait(0.1)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def nginx():
    if NGINX is None:
        pytest.skip(NO_NGINX)


def sockets_of(port):
    """How many readers a replica has, by its own count."""
    _, _, body = answer(f"http://127.0.0.1:{port}/metrics")
    return int(float(re.search(rb"seabelt_readers ([\d.]+)", body)[1]))


def set_by_the_unit(root):
    """What the unit of systemd sets for each replica."""
    unit = (root / "deploy" / "seabelt@.service").read_text("utf-8")
    return dict(re.findall(r"^Environment=(\w+)=(.*)$", unit, re.M))


def cores_of(port):
    """The cores on which a replica runs its pages: those of its first thread."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--server.port\0{port}\0" in (folder / "cmdline").read_text():
                return os.sched_getaffinity(int(folder.name))
    raise AssertionError(f"no server on port {port}")


def test_a_reader_whose_replica_dies_finds_the_view_again_on_the_other(
    nginx, root, tmp_path, open_page, settle, monkeypatch
):
    for name, value in {**set_by_the_unit(root), "SEABELT_METRICS": "1"}.items():
        monkeypatch.setenv(name, value)
    port = free_port()
    with ExitStack() as stack:
        ports, stop = [], {}
        for number in range(2):
            one = stack.enter_context(ExitStack())
            ports.append(one.enter_context(replica(root, tmp_path / f"log_{number}")))
            stop[ports[-1]] = one.close
        cores = sorted(os.sched_getaffinity(0))
        assert [cores_of(number) for number in ports] == [
            {cores[number % len(cores)]} for number in ports
        ]
        stack.enter_context(proxied(root, tmp_path, port, ports))
        page = open_page(
            "/compare?indicator=population&places=JPN&places=KOR&view=ranking&year=2010",
            at=f"http://localhost:{port}",
            expected_errors=("WebSocket", "Failed to load resource", "ERR_", "502"),
        )
        title = page.locator(".card-title").first.inner_text()
        assert "2010" in title
        page.get_by_role("button", name="Add to deck").first.click()
        page.get_by_text("Slide 1 of your deck").wait_for()
        [holder] = [number for number in ports if sockets_of(number)]
        [other] = [number for number in ports if number != holder]
        assert sockets_of(other) == 0
        stop[holder]()
        wait_for(lambda: sockets_of(other) == 1)
        settle(page)
        assert page.locator(".card-title").first.inner_text() == title
        assert "year=2010" in page.url
        # The deck is the browser's own.
        page.goto(f"http://localhost:{port}/present")
        settle(page)
        assert page.get_by_label("Title").first.input_value() == title
        # Nobody but who runs the server sees how busy it is.
        assert answer(f"http://localhost:{port}/metrics")[0] == 404


def test_new_data_take_over_without_a_request_that_fails(nginx, root, tmp_path):
    newer = tmp_path / "newer"
    for folder in ("dashboard", "data", "pages", ".streamlit"):
        shutil.copytree(root / folder, newer / folder, ignore=shutil.ignore_patterns("curation"))
    description = newer / "data" / "datapackage.json"
    package = json.loads(description.read_text("utf-8"))
    package["version"] = "99.0.0"
    description.write_text(json.dumps(package), "utf-8")
    changes = newer / "data" / "CHANGELOG.md"
    changes.write_text(
        changes.read_text("utf-8").replace("## ", "## 99.0.0 (2099-01-01)\n\n## ", 1)
    )
    port = free_port()
    address = f"http://127.0.0.1:{port}/api/v1/places?size=1"
    seen, over = [], threading.Event()

    def ask_on():
        while not over.is_set():
            status, headers, _ = answer(address)
            seen.append((status, headers.get("x-data-version")))

    with (
        replica(root, tmp_path / "old") as old,
        replica(newer, tmp_path / "new") as new,
        proxied(root, tmp_path, port, [old]) as turn_to,
    ):
        reader = threading.Thread(target=ask_on)
        reader.start()
        try:
            wait_for(lambda: len(seen) > 20)
            turn_to([new])
            wait_for(lambda: [version for _, version in seen[-20:]] == ["99.0.0"] * 20)
        finally:
            over.set()
            reader.join()
    assert {status for status, _ in seen} == {200}
    assert seen[0][1] != "99.0.0"
