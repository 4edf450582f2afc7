"""The data to take away: the whole package in four forms, and each table by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES
from dashboard.catalogue.description import BOUNDARIES
from dashboard.exports.package import package_name, package_zip, parquet_set, workbook
from dashboard.serving.routes import package_url
from dashboard.ui import markup, resources

DOCUMENTS = {
    "datapackage.json": "Description of every table, field, unit, key and licence, for programs "
    "(Frictionless Data Package)",
    "README.md": "How to read the data",
    "CHANGELOG.md": "What changed from version to version",
}


@dataclass(frozen=True)
class Bundle:
    """The whole package in one form."""

    key: str
    label: str
    words: str
    ending: str
    mime: str
    make: Callable[[], bytes]


@resources.kept_of_package
def _zip() -> bytes:
    return package_zip()


@resources.kept_of_package
def _parquet() -> bytes:
    return parquet_set(resources.package())


@resources.kept_of_package
def _workbook() -> bytes:
    return workbook(resources.package())


BUNDLES = (
    Bundle(
        "zip",
        "Data package (ZIP)",
        "All tables as CSV, the boundaries, the description and the texts, as they stand.",
        ".zip",
        "application/zip",
        _zip,
    ),
    Bundle(
        "xlsx",
        "Workbook (XLSX)",
        "A sheet for each table, with a sheet that describes every column.",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook,
    ),
    Bundle(
        "parquet",
        "Parquet set (ZIP)",
        "Typed columns with their descriptions, for pandas, R, DuckDB and Spark.",
        "-parquet.zip",
        "application/zip",
        _parquet,
    ),
)


def draw(catalogue: Catalogue) -> None:
    """Draw the downloads."""
    st.html(
        markup.section(
            "Downloads",
            f"Version {catalogue.version} of the data. A file is made when it is first asked for, "
            "which takes a few seconds; figures are under the terms of each source.",
        )
    )
    for column, bundle in zip(st.columns(len(BUNDLES)), BUNDLES, strict=True):
        with column, st.container(border=True, key=f"bundle_{bundle.key}"):
            st.download_button(
                bundle.label,
                data=bundle.make,
                file_name=package_name(catalogue.version) + bundle.ending,
                mime=bundle.mime,
                on_click="ignore",
                key=f"download_{bundle.key}",
                width="stretch",
            )
            st.html(f'<p class="hint">{escape(bundle.words)}</p>')
    st.html(_files())


@resources.kept_of_package
def _files() -> str:
    catalogue = resources.package()
    named = [(name, words, "") for name, words in DOCUMENTS.items()]
    named += [
        (
            table.file,
            f"One row is {table.row}",
            f"{len(catalogue.table(table.name)):,}",
        )
        for table in TABLES
    ]
    named += [(name, words, "") for name, words in BOUNDARIES.items()]
    rows = [
        (
            f'<a href="{package_url(name)}" download>{escape(name)}</a>',
            escape(words),
            count,
        )
        for name, words, count in named
    ]
    return markup.section(
        "Single files",
        "Each has a fixed address on this server that programs can read, too.",
    ) + markup.table(
        "Files of the data package", ("File", "What it holds", "Rows"), rows, numbers=(2,)
    )
