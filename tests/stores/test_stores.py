"""Building and opening stores: what is refused, in which words, and what pages make of them."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from dashboard.catalogue.store import Rows, StoreError
from dashboard.stores import engine
from dashboard.stores.building import build
from dashboard.stores.opening import STORE, catalogue, opened
from tests.cli.conftest import run

pytestmark = pytest.mark.filterwarnings("ignore::Warning")


def rows_of(memory, *indicator_ids):
    rows = memory.table("observations")
    return rows[rows["indicator_id"].isin(indicator_ids)]


def a_few(memory, **changes):
    """Rows as somebody's own register has them, with other cells in the last one."""
    rows = rows_of(memory, "population").head(5).copy()
    for name, cell in changes.items():
        rows[name] = rows[name].astype("object")
        rows.loc[rows.index[-1], name] = cell
    return rows


@pytest.fixture
def files(tmp_path):
    """Write rows as Parquet files; returns their folder."""

    def write(rows):
        folder = tmp_path / "rows"
        folder.mkdir()
        rows.to_parquet(folder / "part.parquet", index=False)
        return folder

    return write


def test_rows_of_files_are_kept_instead_of_the_table_of_the_package(memory, files, tmp_path):
    address = f"parquet:{tmp_path / 'store'}"
    rows = a_few(memory)
    assert build(address, memory, files(rows)) == 5
    held = catalogue(address=address)
    pd.testing.assert_frame_equal(
        held.table("observations"), rows.reset_index(drop=True), check_dtype=False
    )
    assert held.series("gdp_current_usd").empty


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicator_id": "luck"}, "indicator_id: “luck” is not in indicators.indicator_id"),
        ({"place_id": "ATLANTIS"}, "place_id: “ATLANTIS” is not in places.place_id"),
        ({"source_id": "hearsay"}, "source_id: “hearsay” is not in sources.source_id"),
        ({"qualifier": "sure"}, "qualifier: “sure” is not an allowed value"),
        ({"value": None}, "value: a cell is empty"),
        ({"year": "last"}, "rows of population"),
    ],
)
def test_rows_that_break_the_contract_are_refused_by_column_and_cell(
    memory, files, tmp_path, changes, words
):
    rows = a_few(memory, **changes)
    rows["year"] = rows["year"].astype("str") if "year" in changes else rows["year"]
    with pytest.raises(StoreError, match=words):
        build(f"parquet:{tmp_path / 'store'}", memory, files(rows))


def test_a_row_that_stands_twice_is_refused(memory, files, tmp_path):
    rows = a_few(memory)
    with pytest.raises(StoreError, match="stands twice: population"):
        build(f"parquet:{tmp_path / 'store'}", memory, files(pd.concat([rows, rows.tail(1)])))


def test_files_that_lack_a_column_or_are_none_are_refused(memory, files, tmp_path):
    address = f"parquet:{tmp_path / 'store'}"
    with pytest.raises(StoreError, match="lacks the columns locator"):
        build(address, memory, files(a_few(memory).drop(columns="locator")))
    (tmp_path / "broken.parquet").write_text("no Parquet")
    with pytest.raises(StoreError, match="no Parquet files that can be read"):
        build(address, memory, tmp_path / "broken.parquet")


def test_an_address_without_a_store_is_refused_without_its_password(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        catalogue(address=f"parquet:{tmp_path}")
    password = "hunter2"
    with pytest.raises(StoreError) as refused:
        catalogue(address=f"postgres://me:{password}@127.0.0.1:1/atlas")
    assert password not in str(refused.value)
    assert "me:…@" in str(refused.value)
    with pytest.raises(StoreError, match="cannot be opened"):
        catalogue(address="nowhere://at.all")


def test_a_store_of_another_version_is_refused(memory, files, tmp_path):
    folder = tmp_path / "store"
    build(f"parquet:{folder}", memory, files(a_few(memory)))
    about = folder / f"{engine.ABOUT}.parquet"
    pd.DataFrame({"data_version": ["0.0.1"], "rows": [1]}).to_parquet(about)
    with pytest.raises(StoreError, match=r"built of version 0\.0\.1"):
        opened(f"parquet:{folder}", memory)


def test_more_rows_than_memory_bears_are_not_gathered(duckdb, monkeypatch):
    monkeypatch.setattr(engine, "MOST_GATHERED", 100)
    with pytest.raises(StoreError, match="ask for an indicator or a place"):
        duckdb.table("observations")


def test_an_engine_that_is_gone_is_said_and_asked_anew_when_it_is_back(memory, files, tmp_path):
    address = f"parquet:{tmp_path / 'store'}"
    build(address, memory, files(rows_of(memory, "population", "gdp_current_usd")))
    store = opened(address, memory)
    assert len(store.rows(Rows(frozenset({"population"}))))
    (tmp_path / "store").rename(tmp_path / "away")
    with pytest.raises(StoreError, match=r"does not answer|cannot be opened"):
        store.rows(Rows(frozenset({"gdp_current_usd"})))
    (tmp_path / "away").rename(tmp_path / "store")
    assert len(store.rows(Rows(frozenset({"gdp_current_usd"}))))


def test_years_have_folders_of_their_own_where_an_indicator_is_large(
    memory, files, tmp_path, monkeypatch
):
    monkeypatch.setattr("dashboard.stores.building.PARTED_FROM", 1_000)
    store = tmp_path / "store"
    large, small = "population", "sme_share_exports"
    build(f"parquet:{store}", memory, files(rows_of(memory, large, small)))
    folders = {
        name: {path.name for path in (store / engine.OBSERVATIONS).glob(f"*={name}/*")}
        for name in (large, small)
    }
    assert "in_year=2010" in folders[large]
    assert folders[small] == {"in_year=all"}
    held = catalogue(address=f"parquet:{store}")
    for years in ((2010, 2010), (2001, 2004), (None, 1990), (None, None)):
        pd.testing.assert_frame_equal(
            held.series("population", None, *years), memory.series("population", None, *years)
        )


def in_a_process(*arguments, **environment):
    """A command as a shell runs it."""
    command = [sys.executable, "-m", "dashboard", *arguments]
    variables = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False)


def test_the_shell_builds_a_store_and_reads_from_it(tmp_path, monkeypatch):
    address = f"parquet:{tmp_path / 'store'}"
    made = in_a_process("store", address)
    assert (made.returncode, made.stderr) == (0, "")
    assert "rows of version" in made.stdout
    asked = ("data", "--indicator", "population", "--places", "JPN", "--out")
    of_store, of_memory = tmp_path / "store.csv", tmp_path / "memory.csv"
    assert in_a_process(*asked, str(of_store), **{STORE: address}).returncode == 0
    assert run(*asked, of_memory).exit_code == 0
    assert of_memory.read_text("utf-8").count("SP.POP.TOTL") > 50
    assert of_store.read_bytes() == of_memory.read_bytes()
    monkeypatch.setenv(STORE, f"parquet:{tmp_path}")
    refused = run(*asked, tmp_path / "none.csv")
    assert not (tmp_path / "none.csv").exists()
    assert refused.exit_code == 1
    assert isinstance(refused.exception, SystemExit)
    assert "cannot be opened" in refused.stderr


def test_pages_show_the_same_from_a_store(parquet, tmp_path):
    links = ["/?indicator=rd_expenditure_gdp&year=2015", "/compare?view=ranking&places=JPN"]
    links += ["/economy?place=TWN", "/data?view=coverage&topic=rd"]
    views = [{"link": link, "format": "json"} for link in links]
    batch = tmp_path / "views.yaml"
    batch.write_text(json.dumps(views))

    def asked(into):
        return ("export", "--batch", str(batch), "--into", str(into))

    def files_of(folder):
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    of_store, of_memory = tmp_path / "store", tmp_path / "memory"
    # What a process shows comes from one store for as long as it runs.
    made = in_a_process(*asked(of_store), **{STORE: parquet})
    assert made.returncode == 0, made.stderr
    made = run(*asked(of_memory))
    assert made.exit_code == 0, made.output
    assert len(files_of(of_store)) == len(links)
    assert files_of(of_store) == files_of(of_memory)
