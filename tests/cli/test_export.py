"""Files of views and observations from the shell: each kind, a list of views, every refusal."""

import io
import json
import os
import resource
import struct
import subprocess
import sys
from functools import partial
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from typer.testing import CliRunner

from dashboard import shell
from dashboard.__main__ import app
from dashboard.exports.rendering import browser_path
from tests.cli.conftest import run

VIEW = ("--indicator", "rd_expenditure_gdp", "--places", "JPN,KOR", "--years", "2000-2020")
LINK = "http://atlas.example/compare?indicator=rd_expenditure_gdp&places=JPN&places=KOR"


@pytest.fixture(autouse=True)
def loaded(monkeypatch, catalogue):
    """The commands load the data that all tests share, which saves them two seconds each."""
    monkeypatch.setattr(shell.stores, "catalogue", lambda address: catalogue)


def drawn_values(catalogue):
    return catalogue.series("rd_expenditure_gdp", ["JPN", "KOR"], 2000, 2020)["value"].tolist()


def refused(result, status, *said):
    """The command has ended with a status and a sentence, and without a traceback."""
    assert result.exit_code == status, result.output
    assert isinstance(result.exception, SystemExit)
    for part in said:
        assert part in result.stderr
    assert "Traceback" not in result.output


def test_a_comparison_is_written_with_the_values_of_the_catalogue(tmp_path, catalogue):
    target = tmp_path / "new" / "out.csv"
    result = run("export", *VIEW, "--format", "csv", "-o", target)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{target} (")
    table = pd.read_csv(target)
    assert sorted(table["value"]) == sorted(drawn_values(catalogue))
    assert table["source"].notna().all()


def test_a_slide_is_written_where_nothing_else_is_asked_for(tmp_path, catalogue):
    target = tmp_path / "out.pptx"
    assert run("export", *VIEW, "--view", "line", "-o", target).exit_code == 0
    [slide] = Presentation(io.BytesIO(target.read_bytes())).slides
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    values = [
        value for series in chart.plots[0].series for value in series.values if value is not None
    ]
    assert sorted(values) == sorted(drawn_values(catalogue))


def test_a_link_of_any_host_gives_the_card_that_is_named(tmp_path):
    target = tmp_path / "out.xlsx"
    result = run("export", "--link", LINK, "--card", "compare", "--format", "xlsx", "-o", target)
    assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["data", "chart", "about"]


@pytest.mark.skipif(browser_path() is None, reason="Chromium is missing")
def test_a_picture_is_drawn_and_the_browser_ends_with_the_command(tmp_path):
    target = tmp_path / "out.png"
    result = run("export", *VIEW, "--format", "png", "--size", "square", "-o", target)
    assert result.exit_code == 0, result.output
    width, height = struct.unpack(">II", target.read_bytes()[16:24])
    assert width == height


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), ("--link", "--indicator")),
        (("--indicator", "rd_expenditure_gpd"), ("no indicator", "rd_expenditure_gdp")),
        ((*VIEW, "--places", "JAPAN"), ("no place “JAPAN”",)),
        ((*VIEW, "--years", "then"), ("“then” are no years",)),
        ((*VIEW, "--view", "pie"), ("view = “pie”", "no such view")),
        ((*VIEW, "--card", "nothing"), ("no card “nothing”", "It has: compare")),
        ((*VIEW, "--format", "doc"), ("no format “doc”", "csv")),
        ((*VIEW, "--format", "png", "--size", "poster"), ("no size “poster”", "slide")),
        (("--link", "/nowhere"), ("no page /nowhere",)),
        (("--link", "/compare?places=QQQ"), ("places = “QQQ”",)),
    ],
)
def test_what_cannot_be_had_is_said_with_what_can(tmp_path, arguments, said):
    target = tmp_path / "out"
    refused(run("export", *arguments, "-o", target), 2, *said)
    assert not target.exists()


def test_a_file_that_cannot_be_written_is_a_fault(tmp_path):
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "out.csv"
    refused(run("export", *VIEW, "--format", "csv", "-o", target), 1, "cannot be written")


LARGEST_BYTES = 1000


def almost_full():
    """Let no file of this process grow past a size, as on a disk with little room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_BYTES, LARGEST_BYTES))


def test_on_a_full_disk_the_file_of_before_stays_and_no_half_one(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("the table of before", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "export", *VIEW, "--format", "csv", "-o", target],
        cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=almost_full, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert f"{target} cannot be written: File too large." in done.stderr
    assert "Traceback" not in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
    assert target.read_text("utf-8") == "the table of before"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="No device here is always full")
@pytest.mark.parametrize("command", [("export", *VIEW), ("data", "--indicator", VIEW[1])])
def test_a_device_is_written_to_and_not_replaced(tmp_path, command):
    target = tmp_path / "link.csv"
    target.symlink_to("/dev/full")
    result = run(*command, "--format", "csv", "-o", target)
    refused(result, 1, f"{target} cannot be written: No space left on device.")
    assert Path("/dev/full").is_char_device()
    assert target.is_symlink()


def test_of_a_list_what_cannot_be_written_is_named_and_the_rest_written(tmp_path):
    views = tmp_path / "views.yaml"
    views.write_text(
        f"- link: {LINK}\n  format: csv\n  out: taken.csv\n"
        f"- link: {LINK}\n  format: csv\n  out: free.csv\n",
        "utf-8",
    )
    (tmp_path / "files" / "taken.csv").mkdir(parents=True)
    result = run("export", "--batch", views, "--into", tmp_path / "files")
    refused(result, 1, "entry 1: ", "taken.csv cannot be written: Is a directory.")
    assert (tmp_path / "files" / "free.csv").stat().st_size


def test_without_chromium_a_picture_is_a_fault_that_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    result = run("export", *VIEW, "--format", "png", "-o", tmp_path / "out.png")
    refused(result, 1, "No Chromium was found", "apt-get install chromium")


# --- A list of views ------------------------------------------------------------------------------


def test_of_a_list_the_good_views_are_written_and_the_others_named(tmp_path):
    views = tmp_path / "views.yaml"
    views.write_text(
        f"- link: {LINK}\n  format: csv\n  out: ../../first.csv\n"
        f"- link: {LINK}\n  colour: red\n"
        "- link: /nowhere\n"
        f"- link: {LINK}\n  format: json\n",
        "utf-8",
    )
    folder = tmp_path / "files"
    result = run("export", "--batch", views, "--into", folder)
    refused(result, 1, "entry 2: there is no key `colour`", "entry 3: The atlas has no page")
    # A list from elsewhere writes into the folder only.
    first, second = sorted(folder.iterdir())
    assert (first.name[:3], second.name) == ("04-", "first.csv")
    assert json.loads(first.read_text("utf-8"))["rows"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [", "cannot be read as YAML"), ("a: 1", "no list of views"), ("[]", "no list of views")],
)
def test_what_is_no_list_of_views_is_refused(tmp_path, text, said):
    views = tmp_path / "views.yaml"
    views.write_text(text)
    refused(run("export", "--batch", views), 2, said)
    refused(run("export", "--batch", tmp_path / "none.yaml"), 2, "cannot be read")


# --- Observations ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "xlsx"])
def test_observations_come_with_their_documents(tmp_path, catalogue, kind):
    target = tmp_path / f"out.{kind}"
    query = ("--indicator", "rd_expenditure_gdp", "--places", "JPN", "--years", "2000-2010")
    result = run("data", *query, "--format", kind, "-o", target)
    assert result.exit_code == 0, result.output
    table = {
        "csv": pd.read_csv,
        "json": lambda path: pd.DataFrame(json.loads(path.read_text("utf-8"))["rows"]),
        "parquet": pd.read_parquet,
        "xlsx": partial(pd.read_excel, engine="openpyxl"),
    }[kind](target)
    held = catalogue.observations("rd_expenditure_gdp", ["JPN"])
    held = held[held["year"].between(2000, 2010)]
    assert table["value"].tolist() == held["value"].tolist()
    assert table["locator"].notna().all()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--indicator", "rd_expenditure_gpd"), 2, "rd_expenditure_gdp"),
        (("--years", "2020-2000"), 2, "earlier year first"),
        (("--format", "doc"), 2, "csv, json, parquet, xlsx"),
        (("--indicator", "rd_expenditure_gdp", "--years", "1800"), 1, "No observations"),
    ],
)
def test_observations_that_cannot_be_had_are_refused(arguments, status, said):
    refused(run("data", *arguments), status, said)


def test_several_names_may_stand_together_with_commas(tmp_path):
    query = ("--indicator", "population,rd_expenditure_gdp", "--places", "JPN,KOR")
    assert run("data", *query, "-o", tmp_path / "out.csv").exit_code == 0
    table = pd.read_csv(tmp_path / "out.csv")
    assert set(table["indicator_id"]) == {"population", "rd_expenditure_gdp"}
    assert set(table["place_id"]) == {"JPN", "KOR"}


def test_the_help_names_both_commands():
    said = CliRunner().invoke(app, ["--help"]).stdout
    assert "export" in said
    assert "data" in said
    assert shell.ORIGIN.startswith("http://localhost")
