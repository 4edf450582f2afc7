"""The commands of `python -m dashboard`: check, look at, bring up to date and hand out the data.

Answers go to the standard output, complaints about the command line to the standard error. The
exit status is 0 if all is well, 1 if the data or the work have a fault, 2 if the command was not
understood or a path cannot be read. Colours and bars appear on a terminal only.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Annotated, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid
from rich.text import Text

from dashboard.catalogue import Catalogue, DataContractError, Problem, load
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.description import DESCRIPTION
from dashboard.catalogue.loading import DATA
from dashboard.catalogue.store import StoreError
from dashboard.catalogue.validation import check_package
from dashboard.catalogue.vocabulary import TOPICS
from dashboard.refresh import Change, Inputs, InputsError, ServiceError, Update, WorldBank
from dashboard.refresh.series import INPUTS
from dashboard.refresh.worldbank import BASE_URL, PUBLIC_URL
from dashboard.stores import shown

# How the commands wait between two tries; tests put something in its place.
wait = time.sleep

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
    Path,
    # Whether it can be read is said in words of our own.
    typer.Argument(
        metavar="PATH", help="Folder of the package.", show_default="data/", readable=False
    ),
]


@app.command()
def validate(path: Folder = DATA) -> None:
    """Check a package and name every problem.

    The package may be ours or a copy. Each line gives file:row:column, what stands there, what is
    wrong with it and how to mend it. Exit status 1 if there is any.
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
    if not any((path / name).exists() for name in (DESCRIPTION, *(table.file for table in TABLES))):
        _refuse(f"{path} holds no data package: none of its files is there.")
    return path


def _refuse(line: str, status: int = 2) -> NoReturn:
    _console(to_error=True).print(line, style="red")
    raise typer.Exit(status)


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
    held = set(catalogue.counted("place_id")["place_id"])
    kinds = Counter(place.kind for place in catalogue.places.values())
    valued = Counter(place.kind for key, place in catalogue.places.items() if key in held)
    for kind, number in kinds.items():
        grid.add_row(kind, f"{number:,}", f"{valued[kind]:,}")
    return grid


def _coverage(catalogue: Catalogue) -> Grid:
    """Indicators, values, economies and years of each topic."""
    grid = _grid("topic", "indicators", "values", "economies", "years")
    counts = catalogue.counted("indicator_id", "place_id")
    topics = counts["indicator_id"].map(
        {key: indicator.topic for key, indicator in catalogue.indicators.items()}
    )
    economies = {place.place_id for place in catalogue.places_of_kind("economy")}
    indicators = Counter(indicator.topic for indicator in catalogue.indicators.values())
    for topic in TOPICS:
        rows = counts[topics == topic]
        first, last = rows["first_year"].min(), rows["last_year"].max()
        grid.add_row(
            topic,
            f"{indicators[topic]:,}",
            f"{rows['rows'].sum():,}",
            f"{rows.loc[rows['place_id'].isin(economies), 'place_id'].nunique():,}",
            "" if pd.isna(first) else f"{first}-{last}",
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
    from dashboard.exports.whole_file import write_whole

    console = _console()
    folder = _package_folder(path)
    catalogue = _catalogue(console, folder)
    name = package_name(catalogue.version)
    for file, content in (
        (f"{name}.zip", package_zip(folder)),
        (f"{name}-parquet.zip", parquet_set(catalogue)),
        (f"{name}.xlsx", workbook(catalogue)),
    ):
        try:
            write_whole(output / file, content)
        except OSError as error:
            _refuse(f"{output / file} cannot be written: {error.strerror}.", 1)
        console.print(f"{output / file}: {len(content):,} bytes")


@app.command()
def store(
    address: Annotated[str, typer.Argument(help="parquet:FOLDER, or postgres://… and the like.")],
    path: Annotated[Path, typer.Option("--package", help="Folder of the package.")] = DATA,
    observations: Annotated[
        Path | None, typer.Option(help="Parquet files with more rows than a table of text holds.")
    ] = None,
) -> None:
    """Build a store of observations, which a server reads with SEABELT_STORE set to its address."""
    from dashboard.stores.building import build

    console = _console()
    held = _catalogue(console, _package_folder(path))
    try:
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("Rows", total=None)
            rows = build(address, held, observations, lambda rows: bar.update(task, completed=rows))
    except StoreError as error:
        console.print(str(error), style="red")
        raise typer.Exit(1) from None
    console.print(f"{shown(address)}: {rows:,} rows of version {held.version}.")


@refresh.command()
def worldbank(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the differences and write nothing.")
    ] = False,
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Indicator to bring up to date; repeat it for several."),
    ] = None,
    base_url: Annotated[str, typer.Option(help="Address of the service.")] = BASE_URL,
    inputs: Annotated[
        Path, typer.Option(help="Folder of the collected tables.", show_default="national inputs")
    ] = INPUTS,
) -> None:
    """Bring the series of the World Bank up to date.

    Asks the World Bank's Indicators API for every indicator that comes from there, prints what is
    new, changed and gone for each economy, and writes the collected tables. If any answer fails,
    nothing is written. Rows of other sources stay as they are. Afterwards run `make data`.
    """
    console = _console()
    if not base_url.startswith(("http://", "https://")):
        _refuse(f"--base-url is an address such as {BASE_URL}, not {base_url!r}.")
    try:
        collected = Inputs(inputs)
        codes = _asked(collected.codes, indicator or [])
        updates = _updates(console, collected, codes, base_url)
        _print_differences(console, updates)
        if dry_run:
            console.print("Nothing was written (--dry-run).")
        else:
            for file in collected.write(updates, base_url, PUBLIC_URL):
                console.print(f"Wrote {file}")
            console.print("Now run `make data`, read the difference in data/, and `make test`.")
    except (ServiceError, InputsError, OSError) as error:
        _console(to_error=True).print(f"Nothing was written. {error}", style="red")
        raise typer.Exit(1) from None


def _asked(codes: dict[str, str], chosen: list[str]) -> dict[str, str]:
    """The codes of the indicators chosen, of all if none is."""
    unknown = [name for name in chosen if name not in codes]
    if unknown:
        _refuse(
            f"No indicator of the World Bank is called {', '.join(unknown)}. "
            f"There are: {', '.join(sorted(codes))}."
        )
    return {name: codes[name] for name in chosen or codes}


def _updates(
    console: Console, collected: Inputs, codes: dict[str, str], base_url: str
) -> list[Update]:
    economies = collected.economies()
    with (
        WorldBank(base_url, sleep=wait) as service,
        Progress(console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("Asking the World Bank", total=len(codes))
        updates = []
        for indicator_id, code in codes.items():
            updates.append(collected.compare(indicator_id, service.series(code, economies)))
            progress.advance(task)
    return updates


def _print_differences(console: Console, updates: Iterable[Update]) -> None:
    """One line for each indicator, and one for each of its economies that has changed."""
    for update in updates:
        counts = ", ".join(f"{update.count(kind):,} {kind}" for kind in ("new", "changed", "gone"))
        console.print(
            f"{update.indicator_id} ({update.series.code}, release of {update.series.updated}): "
            f"{counts}, {update.same:,} the same",
            style="bold",
        )
        for economy, changes in groupby(update.changes, key=lambda change: change.economy):
            console.print(f"  {economy}: {'; '.join(map(_difference, changes))}")


def _difference(change: Change) -> str:
    if change.kind == "changed":
        return f"{change.year} {change.old} -> {change.new}"
    return f"{change.year} {change.kind} {change.new or change.old}"
