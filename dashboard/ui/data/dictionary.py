"""The data dictionary: every table and field of the contract, in the words of the contract."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.catalogue.contract import TABLES, Field, Table
from dashboard.charts.formats import years
from dashboard.serving.routes import package_url
from dashboard.ui import markup, resources

MOST_VALUES = 12


def draw() -> None:
    """Draw the dictionary."""
    st.html(_markup())


@resources.kept_of_package
def _markup() -> str:
    catalogue = resources.package()
    rows = {table.name: len(catalogue.table(table.name)) for table in TABLES}
    blocks = "".join(_table(table, rows[table.name]) for table in TABLES)
    return (
        markup.section(
            "Data dictionary",
            "Every table is one CSV file, and one row of it is one fact. Open a table to see its "
            "fields. The same descriptions stand in datapackage.json, for programs.",
        )
        + blocks
    )


def _table(table: Table, rows: int) -> str:
    fields = markup.table(
        f"Fields of {table.file}",
        ("Field", "Type", "What it holds", "What a cell may be"),
        [
            (
                f"<code>{escape(field.name)}</code>"
                + (" <b>key</b>" if field.name in table.key else ""),
                field.type,
                escape(field.description) + (f" In {field.unit}." if field.unit else ""),
                _rules(field),
            )
            for field in table.fields
        ],
    )
    return (
        f'<details class="fold"><summary><b>{escape(table.file)}</b> · one row is '
        f"{escape(table.row)} · {markup.count(rows, 'row')}</summary>{fields}"
        f'<p><a href="{package_url(table.file)}" download>Download {escape(table.file)}</a></p>'
        "</details>"
    )


def _rules(field: Field) -> str:
    """The constraints of a field in words."""
    parts = ["must be given"] if field.required else ["may be empty"]
    if field.values:
        more = ", …" if len(field.values) > MOST_VALUES else ""
        parts.append(f"one of: {', '.join(field.values[:MOST_VALUES])}{more}")
    if field.separator:
        parts.append(f"several, parted by “{field.separator}”")
    if field.references:
        parts.append(f"known in {field.references.replace('.', ', field ')}")
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        is_year = field.type == "integer" and low > 1000
        parts.append(years(int(low), int(high)) if is_year else f"from {low:g} to {high:g}")
    elif low is not None:
        parts.append(f"{low:g} or more")
    return escape("; ".join(parts))
