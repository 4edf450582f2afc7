"""The commands, run in this process on a small package."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.catalogue import load
from tests.packages import write_package


@pytest.fixture
def package(tmp_path) -> Path:
    """A folder with every file of a package, one row a table and one shape a file."""
    folder = tmp_path / "data"
    write_package(folder)
    return folder


def run(*arguments: object) -> Result:
    """Run `python -m dashboard` with these arguments, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def problem_lines(result: Result) -> list[str]:
    """The problems that `validate` has printed, without the count in the last line."""
    return result.stdout.splitlines()[:-1]


@pytest.fixture(scope="session")
def catalogue():
    """The real data."""
    return load()
