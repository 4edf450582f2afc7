"""Packages built of inputs that a test has changed."""

import shutil
from pathlib import Path

import pytest

from dashboard.catalogue.loading import DATA
from data.curation import geography
from data.curation.__main__ import build


def build_with_our_boundaries(output: Path, inputs: Path) -> None:
    """Build a package of inputs whose boundaries are ours, which take longer than all tables.

    Those are the committed files: the tests of the data build them anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geography, "build", lambda _, into: shutil.copytree(DATA / "geography", into))
        build(output, inputs)
