"""Dask with a cluster of two processes that share only the sandbox's address with this one and have their own key."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from typing import TYPE_CHECKING, Any

import cloudpickle
import dask.dataframe
import pandas  # type: ignore[import-untyped]  # has no types of its own
import pytest

import sparkbot
import sparkbot.dask
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import ColumnsError
from tests.benchmarks.sandbox_process import DEVICE, seed_contacts
from tests.benchmarks.sandbox_process import sandbox as sandbox_process
from tests.conftest import CANARY, CHAT
from tests.integrations.cluster import KEY, Victim, expected_metadata, of_ours, read_state, shown, table
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS, PARTITIONS = 4_000, 4


@pytest.fixture
def cluster() -> Iterator[Any]:
    from distributed import Client, LocalCluster

    with warnings.catch_warnings():
        # Dask's own warnings about ports and sockets.
        warnings.simplefilter("ignore")
        options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
        with LocalCluster(env={"SPARKBOT_API_KEY": KEY}, **options) as cluster, Client(cluster) as client:
            yield client


def test_sync_survives_a_killed_worker(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    with sandbox_process() as url:
        seed_contacts(url, ROWS)
        frame = dask.dataframe.from_pandas(pandas.DataFrame(table(ROWS)), npartitions=PARTITIONS)
        victim = Victim(tmp_path, range(ROWS // PARTITIONS // 2 + 100, ROWS, ROWS // PARTITIONS))
        # The client's key differs from the workers' key: it must not be used.
        client = sparkbot.Client(CANARY, base_url=url)
        outcomes = sparkbot.dask.sync_metadata(
            client, victim.rule(), frame, partitions_at_once=2, keep=["customer"], exclude=["customer"]
        )
        assert read_state(url).writes == {}, "building the graph must send nothing"
        running = cluster.compute(outcomes)
        pids = set(cluster.run(os.getpid).values())
        assert len(pids) == 2
        assert victim.kill() in pids
        result = running.result(timeout=HANG_TIMEOUT)
        assert list(result.customer) == list(range(ROWS))
        assert list(result.index) == list(range(ROWS))
        assert set(result.sparkbot_status) == {"ok"}
        assert list(result.sparkbot_contact) == list(expected_metadata(ROWS))
        there = read_state(url)
        assert of_ours(there.metadata) == expected_metadata(ROWS)
        # Some rows were written before the worker died and again after; none more than twice.
        assert max(there.writes.values()) == 2
        assert ROWS < there.writes.total() <= ROWS + 2 * ROWS // PARTITIONS


def small() -> Any:
    rows = {"phone": ["+447362053576", "no number"], "tier": ["gold", "gold"]}
    return dask.dataframe.from_pandas(pandas.DataFrame(rows, index=["first", "second"]), npartitions=2)


def test_outcomes_match_the_declared_index_and_types(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_API_KEY", CANARY)
    outcomes = sparkbot.dask.sync_metadata(sandbox.client(), DEVICE, small(), partitions_at_once=2)
    assert not sandbox.requests
    result = outcomes.compute(scheduler="sync")
    pandas.testing.assert_frame_equal(result.iloc[:0], outcomes._meta)
    assert dict(result.sparkbot_status) == {"first": "ok", "second": "failed"}
    assert list(result.phone) == ["+447362053576", "no number"]
    # Failed rows can be fixed and synced again: the second run replaces the columns of the first.
    fixed = result[result.sparkbot_status == "failed"].assign(phone="+447362053576")
    second_frame = dask.dataframe.from_pandas(fixed, npartitions=1)
    second = sparkbot.dask.sync_metadata(sandbox.client(), DEVICE, second_frame, partitions_at_once=1)
    assert list(second.columns) == list(outcomes.columns)
    assert list(second.compute(scheduler="sync").sparkbot_status) == ["ok"]


def test_second_run_is_not_cached(sandbox: sparkbot.Sandbox) -> None:
    """Dask reuses cached results of equal names."""
    frame = small()
    runs = [sparkbot.dask.sync_metadata(sandbox.client(), DEVICE, frame, partitions_at_once=1) for _ in range(2)]
    assert not set(runs[0].optimize().__dask_keys__()) & set(runs[1].optimize().__dask_keys__())


def test_graph_contains_no_key(sandbox: sparkbot.Sandbox) -> None:
    def graph(client: sparkbot.Client) -> Any:
        outcomes = sparkbot.dask.sync_metadata(client, DEVICE, small(), partitions_at_once=1)
        return outcomes, dict(outcomes.__dask_graph__())

    without, keyed = graph(sandbox.client()), graph(sandbox.client(pickle_key=True))
    assert CANARY.encode() not in cloudpickle.dumps(without)
    assert CANARY.encode() in cloudpickle.dumps(keyed)
    # Dask logs failures.
    assert CANARY not in f"{without}{keyed}"


def test_errors_are_raised_before_computation(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client()
    with pytest.raises(ColumnsError, match="e-mail"):
        sparkbot.dask.sync_metadata(client, DEVICE, small().rename(columns={"tier": "e-mail."}), partitions_at_once=1)
    with pytest.raises(InvalidArgumentError, match="no column 'customer'"):
        sparkbot.dask.sync_metadata(client, DEVICE, small(), partitions_at_once=1, keep=["customer"])
    with pytest.raises(InvalidArgumentError, match="frame is of type DataFrame, not a Dask data frame"):
        sparkbot.dask.sync_metadata(client, DEVICE, pandas.DataFrame({"phone": [CHAT]}), partitions_at_once=1)
    assert not sandbox.requests


def test_guide_runs(tmp_path: Path) -> None:
    program, printed = shown("Dask")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=HANG_TIMEOUT,
        check=False,
    )
    assert (done.stdout, done.stderr) == (printed, "")
