"""The whole package checked as a third party gets it: tables, boundaries and their description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.catalogue.boundaries import check_boundaries
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from dashboard.catalogue.description import (
    BOUNDARIES,
    DESCRIPTION,
    PACKAGE_FILES,
    boundary_resource,
    file_facts,
    head,
    table_resource,
)
from dashboard.catalogue.errors import DataContractError, Problem
from dashboard.catalogue.loading import DATA, check_tables, read_json, read_table

_DESCRIBE = "Run `make data`, which describes the files anew."

# What curators work with lies beside our own tables and is no part of the package.
_CURATION = "curation"
# What tells one state of a file from another.
_FILE_FACTS = ("bytes", "hash", "rows")
_DATA_SUFFIXES = (".csv", ".geojson", ".json", ".parquet", ".xlsx")


def check_package(folder: Path = DATA) -> list[Problem]:
    """Everything that is wrong with a data package, or nothing.

    Tables are checked against the contract, boundaries as shapes that can be drawn, and
    `datapackage.json` against both: it must list exactly the files, with the fields of the
    contract and the sizes, rows and hashes that the files have.
    """
    problems = check_tables(folder)[1]
    places, _ = read_table(folder / "places.csv", TABLES_BY_NAME["places"])
    problems += check_boundaries(folder, places)
    problems += _strangers(folder)
    expected = None
    try:
        expected = head(folder)
    except DataContractError as error:
        problems += error.problems
    stated, unreadable = read_json(folder / DESCRIPTION, DESCRIPTION, _DESCRIBE)
    problems += unreadable
    if not unreadable:
        # A broken file differs from its description as well: once is enough to mend it.
        broken = {problem.file for problem in problems}
        problems += _differences(folder, stated, expected, broken)
    return problems


def check_files(folder: Path = DATA) -> list[Problem]:
    """What is wrong with the files if they are not those that `datapackage.json` describes.

    Much quicker than `check_package`. It finds what the contract cannot know: rows that are not
    there any more.
    """
    stated, problems = read_json(folder / DESCRIPTION, DESCRIPTION, _DESCRIBE)
    listed = stated.get("resources") if isinstance(stated, dict) else None
    facts = {item.get("path"): item for item in listed or () if isinstance(item, dict)}
    for path in (*(table.file for table in TABLES), *BOUNDARIES):
        try:
            found = file_facts(folder / path)
        except OSError as error:
            said = f"The file cannot be read: {error.strerror}."
            problems.append(Problem(path, None, None, None, said, "Allow reading it."))
            continue
        if any(facts.get(path, {}).get(name) != fact for name, fact in found.items()):
            problems.append(_changed(path))
    if not problems:
        return []
    closer = check_tables(folder)[1]
    broken = {problem.file for problem in closer}
    return [*closer, *(problem for problem in problems if problem.file not in broken)]


def _strangers(folder: Path) -> Iterator[Problem]:
    """Files of data that no part of the package names."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(f"{_CURATION}/") or path.suffix.lower() not in _DATA_SUFFIXES:
            continue
        if name not in PACKAGE_FILES:
            yield Problem(
                name,
                None,
                None,
                None,
                "The file is no part of the package.",
                "Take it away, or add it to the contract.",
            )


def _changed(path: str) -> Problem:
    return Problem(
        path,
        None,
        None,
        None,
        f"The file is not the one that {DESCRIPTION} describes: it was changed afterwards.",
        f"Restore it, or describe it anew. {_DESCRIBE}",
    )


def _wrong(where: str | None, message: str) -> Problem:
    return Problem(DESCRIPTION, None, where, None, message, _DESCRIBE)


def _differences(
    folder: Path, stated: Any, expected: dict[str, Any] | None, broken: set[str]
) -> Iterator[Problem]:
    """What `datapackage.json` says wrongly, of the package and of each file that is not broken."""
    listed = stated.get("resources") if isinstance(stated, dict) else None
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        yield _wrong(None, "The file does not list the files of the package as `resources`.")
        return
    if expected is not None:
        for name in sorted({*expected, *stated} - {"resources"}):
            yield from _compared(name, stated.get(name), expected.get(name))
    by_path: dict[str, dict[str, Any]] = {}
    files = [*(table.file for table in TABLES), *BOUNDARIES]
    for item in listed:
        path = item.get("path")
        if path not in files or path in by_path:
            yield _wrong("resources", f"lists {_short(path)}, which is no part of it or is twice.")
        else:
            by_path[path] = item
    for path in files:
        if path not in by_path:
            yield _wrong("resources", f"does not list {path}.")
        elif path not in broken:
            yield from _resource(folder, path, by_path[path])


def _compared(where: str, stated: object, expected: object) -> Iterator[Problem]:
    if stated != expected:
        yield _wrong(where, f"says {_short(stated)}, not {_short(expected)}.")


def _resource(folder: Path, path: str, stated: dict[str, Any]) -> Iterator[Problem]:
    table = next((table for table in TABLES if table.file == path), None)
    expected = boundary_resource(folder, path) if table is None else table_resource(folder, table)
    if any(stated.get(name) != expected.get(name) for name in _FILE_FACTS):
        yield _changed(path)
    for name in sorted({*stated, *expected} - {*_FILE_FACTS, "schema"}):
        yield from _compared(f"{path}: {name}", stated.get(name), expected.get(name))
    if stated.get("schema") != expected.get("schema"):
        yield from _schema(path, stated.get("schema"), expected.get("schema"))


def _schema(path: str, stated: Any, expected: Any) -> Iterator[Problem]:
    """Fields and keys of a table that are described otherwise than the contract has them."""
    fields = stated.get("fields") if isinstance(stated, dict) else None
    if expected is None or not isinstance(fields, list):
        yield from _compared(f"{path}: schema", stated, expected)
        return
    named = {
        field["name"]: field
        for field in fields
        if isinstance(field, dict) and isinstance(field.get("name"), str)
    }
    wanted = [field["name"] for field in expected["fields"]]
    if [*named] != wanted or len(fields) != len(named):
        yield _wrong(f"{path}: fields", f"The contract has the fields {', '.join(wanted)}.")
        return
    for contract in expected["fields"]:
        field = named[contract["name"]]
        for name in sorted({*field, *contract}):
            yield from _compared(
                f"{path}: {contract['name']}: {name}", field.get(name), contract.get(name)
            )
    for name in sorted({*stated, *expected} - {"fields"}):
        yield from _compared(f"{path}: {name}", stated.get(name), expected.get(name))


def _short(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
