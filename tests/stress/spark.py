"""Spark in local mode: four partitions, one worker killed during the sync, every row compared with the sandbox.

    python tests/stress/spark.py [--rows 100000]

Also runs the example of docs/spark_dask.md and checks that the key is not transferred. Needs the group `spark` of pyproject.toml
and Java 17 or newer; on Debian: apt-get install default-jre-headless.
"""

from __future__ import annotations

import argparse
import doctest
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pyarrow.parquet  # type: ignore[import-untyped]  # has no types of its own

# Allows running this file as a script.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.sandbox_process import sandbox, seed_contacts
from tests.conftest import CANARY
from tests.integrations.cluster import KEY, Victim, expected_metadata, of_ours, read_state, shown, table
from tests.stress import promises

import sparkbot
import sparkbot.spark

PARTITIONS = 4
#: Settings of a session that no other machine can reach.
LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def start_session() -> Any:
    """A session with four concurrent tasks and four attempts per task."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master(f"local[{PARTITIONS},4]")
    for name, value in LOCAL.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class RecordPickles:
    """Collects what PySpark pickles for its workers."""

    def __enter__(self) -> list[bytes]:
        from pyspark.serializers import CloudPickleSerializer

        self._kind: Any = CloudPickleSerializer
        self._dumps = dumps = CloudPickleSerializer.dumps
        kept: list[bytes] = []

        def save(serializer: Any, given: Any) -> Any:
            kept.append(dumps(serializer, given))
            return kept[-1]

        self._kind.dumps = save
        return kept

    def __exit__(self, *_: object) -> None:
        self._kind.dumps = self._dumps


def kill_during_sync(spark: Any, folder: Path, rows: int) -> str:
    """Syncs `rows` rows while one of four workers is killed, and compares every row with the sandbox."""
    each = rows // PARTITIONS
    with sandbox() as url:
        seed_contacts(url, rows)
        frame = spark.createDataFrame(pyarrow.table(table(rows)))
        assert frame.rdd.getNumPartitions() == PARTITIONS
        # Partitions keep the order of rows, so each contains one of these in its middle.
        victim = Victim(folder, range(each // 2, rows, each))
        # The client's key differs from the workers' key: it must not be used or transferred.
        client = sparkbot.Client(CANARY, base_url=url)
        with RecordPickles() as pickled:
            outcomes = sparkbot.spark.sync_metadata(
                client, victim.rule(), frame, partitions_at_once=PARTITIONS, keep=["customer"], exclude=["customer"]
            )
            assert read_state(url).writes == {}, "making the data frame must send nothing"
            killing = threading.Thread(target=victim.kill, daemon=True)
            killing.start()
            started_at = time.perf_counter()
            outcomes.write.parquet(str(folder / "outcomes_of_killed_run"))
            seconds = time.perf_counter() - started_at
        assert not killing.is_alive()
        assert any(b"SyncPartition" in data for data in pickled)
        assert not any(CANARY.encode() in data or KEY.encode() in data for data in pickled)
        outcome_table = pyarrow.parquet.read_table(folder / "outcomes_of_killed_run").sort_by("customer").to_pydict()
        assert outcome_table["customer"] == list(range(rows))
        assert outcome_table["sparkbot_status"] == ["ok"] * rows
        assert outcome_table["sparkbot_contact"] == list(expected_metadata(rows))
        assert of_ours(read_state(url).metadata) == expected_metadata(rows)
    summary = f"{rows:,} rows in {PARTITIONS} partitions, one worker killed"
    return f"{summary}: every row in the sandbox equals the table; {seconds:.0f} s"


def run_guide(folder: Path) -> None:
    """Runs the example of docs/spark_dask.md."""
    program, printed = shown("Spark")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYSPARK_", "SPARKBOT_"))}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, printed.strip()), done.stdout + done.stderr


def run_docstring_example(spark: Any) -> None:
    """Runs the docstring example of `sparkbot.spark.sync_metadata`, an empty data frame, and columns of all types."""
    with sparkbot.Sandbox(api_key=KEY) as own, own.client() as client:
        device = client.devices.list()[0]["id"]
        frame = spark.createDataFrame([("+447362053576", "gold")], "phone string, tier string")
        known = {"sparkbot": sparkbot, "client": client, "device": device, "frame": frame}
        failed, tried = doctest.testmod(sparkbot.integrations.spark, extraglobs=known)
        assert (failed, tried) == (0, 2)
        nothing = sparkbot.spark.sync_metadata(client, device, frame.filter("tier = 'none'"), partitions_at_once=1)
        assert nothing.collect() == []
        of_all_kinds = frame.selectExpr(
            "phone",
            "date '2026-01-31' AS day",
            "timestamp '2026-01-31 12:00:00.000001' AS instant",
            "cast(1.5 AS decimal(9, 2)) AS value",
            "array(1, null) AS numbers",
            "map('key', 1) AS pairs",
            "named_struct('x', 1) AS point",
            "cast('bytes' AS binary) AS raw",
        )
        outcomes = sparkbot.spark.sync_metadata(client, device, of_all_kinds, partitions_at_once=1, only=["day", "instant"])
        [outcome_table] = outcomes.collect()
        assert outcome_table.sparkbot_status == "failed", "the sandbox has no such contact"
        assert outcome_table[: len(of_all_kinds.columns)] == tuple(of_all_kinds.first())


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a Spark worker during a sync, and check the result.")
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        sys.exit("Spark needs a Java of 17 or newer, and there is none: sudo apt-get install default-jre-headless")
    with TemporaryDirectory() as folder:
        (Path(folder) / "guide").mkdir()
        run_guide(Path(folder) / "guide")
        # Java resolves relative paths from its working directory.
        os.chdir(folder)
        # In local mode workers inherit this environment.
        os.environ |= {"SPARKBOT_API_KEY": KEY, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        spark = start_session()
        try:
            run_docstring_example(spark)
            print(kill_during_sync(spark, Path(folder), rows))
        finally:
            spark.stop()
    # A broken promise has raised an error before this.
    promises.save(
        "python tests/stress/spark.py",
        [promises.Row("a row of a Spark job in the service equals the table, one worker killed", rows, 0)],
    )


if __name__ == "__main__":
    main()
