"""A server that cannot start says why in a sentence, and serves nobody half of the data."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

SECONDS = 90


def started(folder, **environment):
    """What a server writes that ends by itself, and its exit status."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/server.py"]
    ended = subprocess.run(
        [*command, "--server.port", str(port)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture
def copied(root, tmp_path):
    for name in ("dashboard", "data", "pages", ".streamlit"):
        ignored = shutil.ignore_patterns("curation", "__pycache__")
        shutil.copytree(root / name, tmp_path / name, ignore=ignored)
    return tmp_path


def test_a_damaged_table_is_named_and_then_a_missing_one(copied):
    places = copied / "data" / "places.csv"
    lines = places.read_text("utf-8").splitlines(keepends=True)
    places.write_text("".join([*lines[:4], "QQQ,broken\n", *lines[5:]]), "utf-8")
    status, said = started(copied)
    assert status != 0
    assert "Seabelt does not start" in said
    assert "places.csv:5" in said
    assert "Traceback" not in said
    (copied / "data" / "links.csv").unlink()
    status, said = started(copied)
    assert status != 0
    assert "Seabelt does not start: links.csv missing from" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("rows", [0, 30_000])
def test_a_table_that_was_cut_off_is_named(copied, rows):
    """Each row that is left keeps the contract: what is missing shows in the description only."""
    observations = copied / "data" / "observations.csv"
    lines = observations.read_text("utf-8").splitlines(keepends=True)
    observations.write_text("".join(lines[: rows + 1]), "utf-8")
    status, said = started(copied)
    assert status != 0
    assert "observations.csv: The file is not the one that datapackage.json describes" in said
    assert "Restore it" in said
    assert "Traceback" not in said


def test_boundaries_that_were_cut_off_are_named(copied):
    world = copied / "data" / "geography" / "admin0_world.geojson"
    world.write_bytes(world.read_bytes()[:20_000])
    status, said = started(copied)
    assert status != 0
    assert "geography/admin0_world.geojson: The file is not the one that" in said
    assert "Traceback" not in said


def test_a_setting_that_cannot_be_read_is_named(root):
    status, said = started(root, SEABELT_API_PER_MINUTE="many")
    assert status != 0
    assert "Seabelt does not start: SEABELT_API_PER_MINUTE is “many”" in said
    assert "Traceback" not in said
