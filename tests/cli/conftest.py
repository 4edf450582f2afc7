"""The commands, run in this process on a small package."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from tests.packages import write_package


@pytest.fixture(scope="session")
def sound_package(tmp_path_factory) -> Path:
    """A folder with every file of a package, one row a table and one shape a file."""
    folder = tmp_path_factory.mktemp("sound") / "data"
    write_package(folder)
    return folder


@pytest.fixture
def package(sound_package, tmp_path) -> Path:
    """Such a folder for one test, to be damaged."""
    return Path(shutil.copytree(sound_package, tmp_path / "data"))


def run(*arguments: object) -> Result:
    """Run `python -m dashboard` with these arguments, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def problem_lines(result: Result) -> list[str]:
    """The problems that `validate` has printed, without the count in the last line."""
    return result.stdout.splitlines()[:-1]
