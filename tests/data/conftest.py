"""The package as its inputs build it now."""

import subprocess
import sys

import pytest


@pytest.fixture(scope="session")
def rebuilt(root, tmp_path_factory):
    """The files of a rebuild by the command, by their names within the package."""
    folder = tmp_path_factory.mktemp("rebuilt")
    command = [sys.executable, "-m", "data.curation", "--output", str(folder)]
    subprocess.run(command, cwd=root, check=True)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
