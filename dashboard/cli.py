"""The commands of `python -m dashboard`: check, look at, bring up to date and hand out the data.

Answers go to the standard output, complaints about the command line to the standard error. The
exit status is 0 if all is well, 1 if the data or the work have a fault, 2 if the command was not
understood or a path cannot be read. Colours and bars appear on a terminal only.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from dashboard.catalogue import Catalogue, DataContractError, Problem, load
from dashboard.catalogue.contract import TABLES, TOPICS
from dashboard.catalogue.description import PACKAGE_FILES
from dashboard.catalogue.loading import DATA
from dashboard.catalogue.validation import check_package

app = typer.Typer(
    help="Seabelt's data package from the shell.",
    no_args_is_help=True,
    add_completion=False,
    # Plain help reads the same on a terminal, in a pipe and in a document.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
refresh = typer.Typer(
    help="Bring collected series up to date.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(refresh, name="refresh")

Folder = Annotated[
    Path, typer.Argument(metavar="PATH", help="Folder of the package.", show_default="data/")
]


@app.command()
def validate(path: Folder = DATA) -> None:
    """Check a package and name every problem.

    The package may be ours or a copy. Each line gives file:row:column, what stands there, what is wrong with it and how to mend it.
    Exit status 1 if there is any.
    """
    console = _console()
    problems = check_package(_package_folder(path))
    _print_problems(console, problems)
    if problems:
        console.print(_count(len(problems), "problem"), style="bold red")
        raise typer.Exit(1)
    console.print(f"{_shown(path)}: no problems.", style="green")


@app.command()
def info(path: Folder = DATA) -> None:
    """Print version, tables, rows and coverage."""
    console = _console()
    catalogue = _catalogue(console, _package_folder(path))
    console.print(f"Data version {catalogue.version} ({_shown(path)})", style="bold")
    for grid in (_tables(catalogue), _places(catalogue), _coverage(catalogue)):
        console.print()
        console.print(grid)


def _package_folder(path: Path) -> Path:
    """The path, if it is a folder that can be read; otherwise ends with one line."""
    if not path.exists():
        _refuse(f"{path}: there is no such folder.")
    if not path.is_dir():
        _refuse(f"{path} is a file: give the folder of a data package.")
    if not os.access(path, os.R_OK | os.X_OK):
        _refuse(f"{path} may not be read: ask for the permission, or copy it.")
    if not any((path / name).exists() for name in PACKAGE_FILES):
        _refuse(f"{path} holds no data package: none of its files is there.")
    return path


def _refuse(line: str) -> NoReturn:
    _console(to_error=True).print(line, style="red")
    raise typer.Exit(2)


def _catalogue(console: Console, folder: Path) -> Catalogue:
    try:
        return load(folder)
    except DataContractError as error:
        _print_problems(console, error.problems)
        console.print("The package must be mended first.", style="bold red")
        raise typer.Exit(1) from None


def _console(*, to_error: bool = False) -> Console:
    # Lines are for programs too: they are never wrapped, and nothing in them is markup.
    return Console(stderr=to_error, highlight=False, soft_wrap=True, markup=False, emoji=False)


def _print_problems(console: Console, problems: Iterable[Problem]) -> None:
    for problem in problems:
        # A cell of several lines would break the rule of one line for each problem.
        text = Text(" ".join(str(problem).split("\n")))
        text.stylize("bold", 0, len(problem.place))
        console.print(text)


def _shown(path: Path) -> str:
    return "data" if path == DATA else str(path)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}."


def _grid(*columns: str) -> Grid:
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        grid.add_column(column, justify="left" if at == 0 else "right", no_wrap=True)
    return grid


def _tables(catalogue: Catalogue) -> Grid:
    grid = _grid("table", "rows")
    for table in TABLES:
        grid.add_row(table.name, f"{len(catalogue.table(table.name)):,}")
    return grid


def _places(catalogue: Catalogue) -> Grid:
    grid = _grid("kind of place", "places", "with values")
    held = set(catalogue.table("observations")["place_id"])
    kinds = Counter(place.kind for place in catalogue.places.values())
    valued = Counter(place.kind for key, place in catalogue.places.items() if key in held)
    for kind, number in kinds.items():
        grid.add_row(kind, f"{number:,}", f"{valued[kind]:,}")
    return grid


def _coverage(catalogue: Catalogue) -> Grid:
    """Indicators, values, economies and years of each topic."""
    grid = _grid("topic", "indicators", "values", "economies", "years")
    observations = catalogue.table("observations")
    topics = observations["indicator_id"].map(
        {key: indicator.topic for key, indicator in catalogue.indicators.items()}
    )
    economies = {place.place_id for place in catalogue.places_of_kind("economy")}
    indicators = Counter(indicator.topic for indicator in catalogue.indicators.values())
    for topic in TOPICS:
        rows = observations[topics == topic]
        years = rows["year"].dropna()
        grid.add_row(
            topic,
            f"{indicators[topic]:,}",
            f"{len(rows):,}",
            f"{rows.loc[rows['place_id'].isin(economies), 'place_id'].nunique():,}",
            f"{years.min()}-{years.max()}" if len(years) else "",
        )
    return grid


@app.command()
def dist(
    path: Folder = DATA,
    output: Annotated[
        Path, typer.Option(help="Folder to write to.", show_default="dist/")
    ] = DATA.parent / "dist",
) -> None:
    """Write the package as ZIP, Parquet and XLSX."""
    # The writers take a while to be imported, which the other commands need not wait for.
    from dashboard.exports.package import package_name, package_zip, parquet_set, workbook

    console = _console()
    folder = _package_folder(path)
    catalogue = _catalogue(console, folder)
    name = package_name(catalogue.version)
    output.mkdir(parents=True, exist_ok=True)
    for file, content in (
        (f"{name}.zip", package_zip(folder)),
        (f"{name}-parquet.zip", parquet_set(catalogue)),
        (f"{name}.xlsx", workbook(catalogue)),
    ):
        (output / file).write_bytes(content)
        console.print(f"{output / file}: {len(content):,} bytes")
