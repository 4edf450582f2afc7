"""Rules of the house that no other tool checks: who imports what, and what no file may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "dashboard").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
STREAMLIT_MODULES = ("dashboard/ui/", "dashboard/app.py", "dashboard/server.py")
PAGE_IMPORTS = ("streamlit", "dashboard.ui", "dashboard.catalogue", "dashboard.transforms")
PAGE_IMPORTS += ("dashboard.charts",)
SOURCE_SUFFIXES = {".py", ".js", ".css", ".html", ".svg", ".toml", ".txt", ".cfg", ".yml", ".yaml"}
# An XML namespace is a name and not an address: nothing is ever fetched from it.
NAMES = ("http://www.w3.org/", "http://schemas.openxmlformats.org/")
# So is the address by which pages, files and the description name who made the boundaries. The
# World Bank is asked by a command of curators, which nothing that runs for readers may import.
NAMES += ("https://www.naturalearthdata.com/",)
NAMES += ("https://api.worldbank.org/v2", "https://data.worldbank.org/")
# This machine, addresses put together at run time, and names that are reserved for examples.
OWN_ADDRESS = re.compile(r"(?:http|ws)s?://(localhost|127\.0\.0\.1|\{|\[|[\w.-]*\bexample\b)")


def named(paths: list[Path]) -> list:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def imports(path: Path) -> Iterator[str]:
    """Full names of all that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def tracked_files() -> list[Path]:
    """Files that are, or would be, part of the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in sorted(filter(None, listed.stdout.split("\0"))))
    return [path for path in paths if path.is_file()]


def test_import_contracts_are_kept():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", named(PACKAGE))
def test_only_the_interface_imports_streamlit(path):
    if not path.relative_to(ROOT).as_posix().startswith(STREAMLIT_MODULES):
        assert not [name for name in imports(path) if is_in(name, ("streamlit",))]


def test_what_is_kept_for_all_readers_is_kept_where_readers_own_data_are_known():
    """A cache that does not know of a reader's own series could show them to another reader."""
    knows = {"dashboard/ui/resources.py", "dashboard/ui/own.py", "dashboard/catalogue/keeping.py"}
    # A catalogue keeps rows of its own, and goes with them.
    knows.add("dashboard/catalogue/catalogue.py")
    # Texts of readers without data of their own, and pages that run without a reader.
    knows |= {"dashboard/ui/terms.py", "dashboard/ui/present/files.py", "dashboard/api/charts.py"}
    # Figures and files of a reader with data of their own are held by that reader instead.
    knows |= {"dashboard/serving/figures.py", "dashboard/serving/taking.py"}
    # Numbers of questions, and nothing of what was asked.
    knows.add("dashboard/api/limits.py")
    caches = re.compile(r"st\.cache_(?:data|resource)|lru_cache|cachetools")
    keeps = {
        name
        for path in PACKAGE
        if (name := path.relative_to(ROOT).as_posix()) not in knows
        and caches.search(path.read_text("utf-8"))
    }
    assert not keeps


@pytest.mark.parametrize("path", named(PAGES))
def test_page_imports_nothing_but_the_parts_it_arranges(path):
    foreign = [name for name in imports(path) if not is_in(name, PAGE_IMPORTS)]
    assert not foreign, "A page arranges; what computes or draws belongs in dashboard/."


@pytest.mark.parametrize("path", named(PACKAGE))
def test_package_is_imported_by_its_full_name(path):
    # The folder of the entry file comes first in the search path, so short names would work too,
    # and load the same module twice.
    parts = {module.stem for module in (ROOT / "dashboard").iterdir()} - {"__init__"}
    assert not [name for name in imports(path) if name.split(".")[0] in parts]


def test_sources_hold_no_outside_address_or_path_of_one_machine():
    # Joined here, so that this file does not hold what it forbids.
    machine_paths = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "home/")))
    registries = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "cdn" + r"\.")))
    offences = []
    for path in tracked_files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("data/") or path.suffix not in SOURCE_SUFFIXES | {"", ".md"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            outside = [
                address
                for address in re.findall(r"(?:https?|wss?)://[^\s\"'`)>]+", line)
                if not address.startswith(NAMES) and not OWN_ADDRESS.match(address)
            ]
            # Documents and the licence may point to the world; what runs may not.
            if path.suffix in {".md", ""}:
                outside = []
            if outside or machine_paths.search(line) or registries.search(line):
                offences.append(f"{name}:{number}: {line.strip()[:100]}")
    assert not offences, "\n".join(offences)
