"""A small, whole data package to damage, and the real one to ask questions of."""

import csv
import io
import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard.catalogue import Catalogue
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from dashboard.catalogue.loading import DATA, read_table

# One valid row of each table; together they resolve every reference.
ROWS = {
    "caveats": {"caveat": "splice", "name": "Joined series", "meaning": "Two series in one."},
    "precedence": {"publisher_type": "press", "rank": "1", "reason": "A reason."},
    "sources": {"source_id": "a_2020", "title": "A title", "publisher_type": "press"},
    "industries": {"industry": "all", "name": "All industries", "source_id": "a_2020"},
    "indicators": {
        "indicator_id": "share",
        "name": "A share",
        "short_name": "Share",
        "topic": "sme",
        "definition": "What is counted.",
        "unit": "per cent",
        "unit_symbol": "%",
        "decimals": "1",
        "aggregation": "share",
        "better": "neutral",
        "default_chart": "line",
    },
    "definitions": {
        "definition_id": "JPN_1999",
        "economy": "JPN",
        "sector_scope": "industry",
        "size_class": "sme",
        "source_id": "a_2020",
    },
    "places": {
        "place_id": "JPN",
        "kind": "economy",
        "name": "Japan",
        "economy": "JPN",
        "industries": "all",
        "lat": "36",
        "lon": "138",
        "in_focus": "true",
        "source_id": "a_2020",
    },
    "observations": {
        "indicator_id": "share",
        "place_id": "JPN",
        "year": "2003",
        "industry": "all",
        "firm_scale": "all",
        "scope": "all",
        "value": "70",
        "qualifier": "exact",
        "year_basis": "stated",
        "source_id": "a_2020",
    },
    "programmes": {
        "programme_id": "plan",
        "name": "A plan",
        "economy": "JPN",
        "sponsor": "A ministry",
        "approach": "mixed",
        "approach_basis": "source",
        "governance_scale": "national",
        "family_id": "plan",
        "source_id": "a_2020",
    },
    "programme_funding": {
        "funding_id": "pf1",
        "programme_id": "plan",
        "period_type": "point",
        "amount": "5",
        "amount_unit": "million",
        "measure": "budget",
        "measure_group": "public_money",
        "qualifier": "exact",
        "headline": "true",
        "source_id": "a_2020",
    },
    "links": {
        "link_id": "L1",
        "from_place_id": "JPN",
        "kind": "mou",
        "description": "A tie.",
        "source_id": "a_2020",
    },
    "profiles": {
        "place_id": "JPN",
        "dimension": "social_capital",
        "rating": "strong",
        "text": "A judgement.",
        "source_id": "a_2020",
    },
    "value_chains": {
        "place_id": "JPN",
        "from_actor": "Suppliers",
        "from_kind": "supplier",
        "to_actor": "Assemblers",
        "to_kind": "assembler",
        "relation": "parts",
        "interactive_learning": "strong",
        "source_id": "a_2020",
    },
    "lessons": {
        "lesson_id": "lesson",
        "approach": "eastern",
        "applies_to": "Ministries",
        "place_ids": "JPN",
        "dimension": "policy",
        "kind": "advice",
        "text": "A lesson.",
        "source_id": "a_2020",
    },
    "frameworks": {
        "framework_id": "upgrading",
        "framework": "Types of upgrading",
        "element_id": "process",
        "position": "1",
        "name": "Process",
        "dimension": "definition",
        "text": "What the paper says.",
        "source_id": "a_2020",
    },
    "glossary": {
        "term_id": "cluster",
        "term": "cluster",
        "topic": "clusters",
        "definition": "Firms close together.",
        "source_id": "a_2020",
    },
    "story_steps": {
        "story_id": "islands",
        "step": "1",
        "position": "1",
        "story": "A story",
        "line": "What it is about.",
        "title": "How it began",
        "address": "/compare?view=line",
    },
    "stories": {
        "story_id": "islands",
        "step": "1",
        "position": "1",
        "text": "It opened in 2001.",
        "source_id": "a_2020",
        "rests_on": "event:event",
    },
    "events": {
        "event_id": "event",
        "place_id": "JPN",
        "year": "2001",
        "date": "2001-04",
        "event": "It opened.",
        "source_id": "a_2020",
    },
    "fabs": {
        "fab_id": "F1",
        "place_id": "JPN",
        "economy": "JPN",
        "operator": "A firm",
        "status": "operating",
        "status_note": "operating in 2024",
        "source_ids": "a_2020",
    },
    "manufacturing_sectors": {
        "economy": "JPN",
        "industry": "all",
        "sector": "Machines",
        "isic_revision": "3",
        "isic_code": "29",
        "year": "2003",
        "year_basis": "stated",
        "rank": "1",
        "source_id": "a_2020",
    },
    "exchange_rates": {
        "economy": "JPN",
        "year": "2003",
        "currency": "JPY",
        "local_per_usd": "115.9",
        "qualifier": "exact",
        "source_id": "a_2020",
    },
    "deflators": {
        "economy": "JPN",
        "measure": "cpi",
        "year": "2003",
        "index": "98.1",
        "base_year": "2010",
        "qualifier": "exact",
        "source_id": "a_2020",
    },
    "corrections": {
        "input": "national",
        "row": "share JPN 2003",
        "column": "value",
        "reason": "A misprint.",
    },
    "left_out": {
        "input": "national",
        "row": "indicator_id=share;economy=JPN;year=2002",
        "reason": "The licence excludes commercial use.",
    },
    "place_names": {"place_id": "JPN", "en": "Japan", "ja": "日本", "source_id": "a_2020"},
}


@pytest.fixture(scope="session")
def every_series(catalogue):
    """All that can be drawn, of every indicator."""
    return pd.concat([catalogue.series(key) for key in catalogue.indicators], ignore_index=True)


@pytest.fixture(scope="session")
def table_text():
    """The text of a table with the cells given, one row for each dictionary of changes."""

    def write(name, *changes, columns=None):
        columns = columns or TABLES_BY_NAME[name].columns
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for change in changes or [{}]:
            row = ROWS[name] | change
            writer.writerow([row.get(column, "") for column in columns])
        return text.getvalue()

    return write


@pytest.fixture
def read(tmp_path):
    """Read one table from text or bytes; returns the frame, or None, and the problems."""

    def read_content(name, content):
        table = TABLES_BY_NAME[name]
        path = tmp_path / table.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, table)

    return read_content


@pytest.fixture
def only_problem(read):
    """Read one table that must break its contract in one place; returns that problem."""

    def read_broken(name, content):
        frame, problems = read(name, content)
        assert frame is None
        assert len(problems) == 1, [str(problem) for problem in problems]
        return problems[0]

    return read_broken


@pytest.fixture
def package(tmp_path, table_text):
    """A folder with every table of the contract, one row each."""
    folder = tmp_path / "data"
    folder.mkdir()
    for table in TABLES:
        path = folder / table.file
        path.parent.mkdir(exist_ok=True)
        path.write_text(table_text(table.name), encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## 0.1.0\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_tables(table_text, tmp_path_factory):
    """A catalogue of one row in each table, but for the tables given: rows of changed cells."""
    folder = tmp_path_factory.mktemp("tables")
    read_before = {}

    def read_rows(name, rows):
        table = TABLES_BY_NAME[name]
        text = table_text(name, *rows)
        if text not in read_before:
            path = folder / table.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            frame, problems = read_table(path, table)
            assert frame is not None, [str(problem) for problem in problems]
            read_before[text] = frame.reset_index(drop=True)
        return read_before[text]

    whole = {table.name: read_rows(table.name, [{}]) for table in TABLES}

    def make(**rows_by_table):
        changed = {name: read_rows(name, rows) for name, rows in rows_by_table.items()}
        return Catalogue(whole | changed, "0.1.0")

    return make


@pytest.fixture
def data_copy(tmp_path) -> Path:
    """A copy of the real tables, to be damaged."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in [*(table.file for table in TABLES), "CHANGELOG.md"]:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(DATA / name, folder / name)
    return folder
