"""Stores in engines that run here: DuckDB, PostgreSQL and Spark, started by the tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from dashboard.stores.building import build
from dashboard.stores.opening import catalogue
from tests.conftest import IS_CI

# Debian puts the server's own programs beside the path.
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
LACKING = "{} is not here: `apt-get install {}`."


def lacking(what, package):
    """Skip; where the machine is set up for all tests, fail, for nobody would notice the gap."""
    said = LACKING.format(what, package)
    if IS_CI:
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def memory(catalogue):
    """What the stores are built of, and must answer as."""
    return catalogue


@pytest.fixture(scope="session")
def parquet(memory, tmp_path_factory):
    """Address of Parquet files with all observations."""
    address = f"parquet:{tmp_path_factory.mktemp('duckdb')}"
    build(address, memory)
    return address


@pytest.fixture(scope="session")
def duckdb(parquet):
    return catalogue(address=parquet)


@pytest.fixture(scope="session")
def postgres_server():
    """Address of a server that lasts as long as the tests."""
    if not POSTGRES:
        lacking("PostgreSQL", "postgresql")
    # The user of the server must get to its files, and may not get into the folders of the tests.
    with tempfile.TemporaryDirectory(prefix="seabelt-postgres-") as name:
        folder = Path(name)
        user: list[str] = []
        if os.getuid() == 0:
            # The server refuses to be run by root.
            user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            shutil.chown(folder, "postgres")
        tools, data = POSTGRES[-1], folder / "data"
        subprocess.run(
            [*user, tools / "initdb", "-D", data, "-U", "atlas", "-A", "trust", "-E", "UTF8"],
            check=True, env={**os.environ, "LC_ALL": "C"}, capture_output=True, cwd=folder,
        )  # fmt: skip
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*user, tools / "pg_ctl", "-D", data, "-w"]
        subprocess.run(
            [*control, "-l", folder / "log.txt", "-o", options, "start"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        yield f"postgres://atlas@127.0.0.1:{port}/postgres"
        subprocess.run(
            [*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder
        )


@pytest.fixture(scope="session")
def postgres(memory, postgres_server):
    build(postgres_server, memory)
    held = catalogue(address=postgres_server)
    yield held
    held._store.close()


@pytest.fixture(scope="session")
def spark(memory, tmp_path_factory):
    if shutil.which("java") is None:
        lacking("Java, which Spark needs,", "default-jre-headless")
    pytest.importorskip("pyspark", reason="pyspark is not here: `pip install pyspark`.")
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    # The name of a machine need not lead to it.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Java compiles what it runs often; what a few short questions need is not worth the best code.
    java = f"-Dderby.system.home={folder} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        # More than one, so that rows come in any order.
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", java)
        .getOrCreate()
    )
    build("pyspark://", memory)
    yield catalogue(address="pyspark://")
    session.stop()
