"""`python -m dashboard info` and the help: what a package holds, and what one can ask."""

import re

import pytest

from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.vocabulary import TOPICS
from tests.cli.conftest import run


def grids_of(result) -> list[dict[str, list[str]]]:
    """The three grids that are printed: of each, the lines by their first word."""
    _, *grids = result.stdout.split("\n\n")
    return [{line.split()[0]: line.split() for line in grid.splitlines()} for grid in grids]


def test_info_prints_version_tables_places_and_coverage(package):
    result = run("info", package)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"Data version 1.2.3 ({package})\n")
    tables, places, topics = grids_of(result)
    assert all(tables[table.name] == [table.name, "1"] for table in TABLES)
    assert places["economy"] == ["economy", "1", "1"]
    assert topics["sme"] == ["sme", "1", "1", "1", "2003-2003"]
    assert topics["fdi"] == ["fdi", "0", "0", "0"]


def test_info_counts_our_own_data(catalogue):
    tables, _, topics = grids_of(run("info"))
    for table in TABLES:
        assert tables[table.name][1] == f"{len(catalogue.table(table.name)):,}"
    values = sum(int(topics[topic][2].replace(",", "")) for topic in TOPICS)
    assert values == len(catalogue.table("observations"))


def test_info_of_a_broken_package_names_what_is_broken(package):
    (package / "links.csv").unlink()
    result = run("info", package)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "links.csv: The file is missing. Put it back into data/.",
        "The package must be mended first.",
    ]


@pytest.mark.parametrize("command", ["validate", "info", "dist"])
def test_every_command_refuses_a_path_that_is_no_package(tmp_path, command):
    result = run(command, tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path} holds no data package: none of its files is there.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["validate", "info", "dist", "refresh"]),
        (["validate"], ["PATH", "file:row:column", "Exit status 1"]),
        (["info"], ["PATH", "coverage"]),
        (["dist"], ["--output", "XLSX"]),
        (
            ["refresh", "worldbank"],
            ["--dry-run", "--indicator", "--base-url", "nothing is written"],
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_help_says_what_a_command_does_in_plain_lines(arguments, words):
    result = run(*arguments, "--help")
    assert result.exit_code == 0
    text = re.sub(r"\s+", " ", result.stdout)
    assert [word for word in words if word not in text] == []
    assert result.stdout.isascii()
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_without_a_command_the_help_is_shown():
    assert "Commands:" in run().output
