"""`datapackage.json`: the description of the package, written beside its tables."""

import json
import shutil
from pathlib import Path

from dashboard.catalogue.description import DESCRIPTION, describe

DATA = Path(__file__).resolve().parents[1]

TEXTS = ("README.md", "CHANGELOG.md")
"""Files of the package that people write; the change log gives the version."""


def write_datapackage(folder: Path) -> None:
    """Describe the tables and boundaries in `folder`, and bring the texts there."""
    for name in TEXTS:
        if folder != DATA:
            shutil.copyfile(DATA / name, folder / name)
    text = json.dumps(describe(folder), ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTION).write_text(text, encoding="utf-8", newline="\n")
