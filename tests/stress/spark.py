"""Spark, for real, in local mode: four partitions, one worker killed in the middle, every row held against the sandbox.

    python tests/stress/spark.py [--rows 100000]

Also what docs/spark_dask.md shows, and whether the key travels. Needs the group `spark` of pyproject.toml and a Java of 17 or
newer; on Debian: apt-get install default-jre-headless.
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

# So that this runs as the plain script that it is.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.sandbox_process import know_contacts, sandbox
from tests.conftest import CANARY
from tests.integrations.cluster import KEY, Victim, found, of_ours, shown, table, wanted
from tests.stress import promises

import sparkbot
import sparkbot.spark

PARTITIONS = 4
#: How a session is made that no other machine can reach.
LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def begin() -> Any:
    """A session of four tasks at once, each of which is tried four times."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master(f"local[{PARTITIONS},4]")
    for name, value in LOCAL.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Pickled:
    """Whatever PySpark pickles for its workers while this is open."""

    def __enter__(self) -> list[bytes]:
        from pyspark.serializers import CloudPickleSerializer

        self._kind: Any = CloudPickleSerializer
        self._dumps = dumps = CloudPickleSerializer.dumps
        kept: list[bytes] = []

        def keep(serializer: Any, given: Any) -> Any:
            kept.append(dumps(serializer, given))
            return kept[-1]

        self._kind.dumps = keep
        return kept

    def __exit__(self, *_: object) -> None:
        self._kind.dumps = self._dumps


def kill_in_the_middle(spark: Any, folder: Path, rows: int) -> str:
    """The sync of so many rows, of whose four workers one dies; every row is held against the sandbox."""
    each = rows // PARTITIONS
    with sandbox() as url:
        know_contacts(url, rows)
        frame = spark.createDataFrame(pyarrow.table(table(rows)))
        assert frame.rdd.getNumPartitions() == PARTITIONS
        # Partitions hold the rows in their order, so each of them has one of these in its middle.
        victim = Victim(folder, range(each // 2, rows, each))
        # The key of the client is not the one that workers have: it must not come to be used, nor to be seen.
        client = sparkbot.Client(CANARY, base_url=url)
        with Pickled() as pickled:
            outcomes = sparkbot.spark.sync_metadata(
                client, victim.rule(), frame, partitions_at_once=PARTITIONS, keep=["customer"], exclude=["customer"]
            )
            assert found(url).writes == {}, "making the data frame must send nothing"
            killing = threading.Thread(target=victim.kill, daemon=True)
            killing.start()
            begun = time.perf_counter()
            outcomes.write.parquet(str(folder / "told"))
            seconds = time.perf_counter() - begun
        assert not killing.is_alive()
        assert any(b"SyncPartition" in one for one in pickled)
        assert not any(CANARY.encode() in one or KEY.encode() in one for one in pickled)
        told = pyarrow.parquet.read_table(folder / "told").sort_by("customer").to_pydict()
        assert told["customer"] == list(range(rows))
        assert told["sparkbot_status"] == ["ok"] * rows
        assert told["sparkbot_contact"] == list(wanted(rows))
        assert of_ours(found(url).metadata) == wanted(rows)
    said = f"{rows:,} rows in {PARTITIONS} partitions, one worker killed"
    return f"{said}: every row is in the sandbox as in the table; {seconds:.0f} s"


def run_the_guide(folder: Path) -> None:
    """What docs/spark_dask.md shows."""
    program, printed = shown("Spark")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYSPARK_", "SPARKBOT_"))}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, printed.strip()), done.stdout + done.stderr


def run_the_example(spark: Any) -> None:
    """What the docstring of `sparkbot.spark.sync_metadata` shows, a frame without rows, and columns of all kinds."""
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
            "timestamp '2026-01-31 12:00:00.000001' AS moment",
            "cast(1.5 AS decimal(9, 2)) AS value",
            "array(1, null) AS numbers",
            "map('key', 1) AS pairs",
            "named_struct('x', 1) AS point",
            "cast('bytes' AS binary) AS raw",
        )
        outcomes = sparkbot.spark.sync_metadata(client, device, of_all_kinds, partitions_at_once=1, only=["day", "moment"])
        [told] = outcomes.collect()
        assert told.sparkbot_status == "failed", "the sandbox has no such contact"
        assert told[: len(of_all_kinds.columns)] == tuple(of_all_kinds.first())


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a worker of Spark in the middle of a sync, and look at what is there.")
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        sys.exit("Spark needs a Java of 17 or newer, and there is none: sudo apt-get install default-jre-headless")
    with TemporaryDirectory() as folder:
        (Path(folder) / "guide").mkdir()
        run_the_guide(Path(folder) / "guide")
        # Where Java is begun, relative paths begin.
        os.chdir(folder)
        # In local mode workers have the environment of this process.
        os.environ |= {"SPARKBOT_API_KEY": KEY, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        spark = begin()
        try:
            run_the_example(spark)
            print(kill_in_the_middle(spark, Path(folder), rows))
        finally:
            spark.stop()
    # Anything else has ended in an error by now.
    promises.keep(
        "python tests/stress/spark.py",
        [promises.Row("a row of a Spark job is in the service as in the table, one worker killed", rows, 0)],
    )


if __name__ == "__main__":
    main()
