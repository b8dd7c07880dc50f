"""The memory of a sync does not depend on the size of its source."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.benchmarks.sandbox_process import run_sync_client, sandbox, seed_contacts, write_contacts

SHORT, LONG = 3_000, 30_000
# 27,000 outcomes kept in memory take 27 MB.
MEGABYTES_MORE = 20
# The rows of tests/sync/flat.py take at least 65 MB if a source keeps them.
MEGABYTES_OF_A_SOURCE = 40


@pytest.mark.skipif(sys.platform == "win32", reason="has no getrusage")
def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    with sandbox() as url:
        seed_contacts(url, LONG)
        short = run_sync_client("sparkbot-report", url, write_contacts(tmp_path / "short.csv", SHORT))
        long = run_sync_client("sparkbot-report", url, write_contacts(tmp_path / "long.csv", LONG))
    assert (short["ok"], long["ok"]) == (SHORT, LONG)
    assert long["peak"] < short["peak"] + MEGABYTES_MORE


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak of memory can't be reset")
def test_no_source_is_kept_in_memory(tmp_path: Path) -> None:
    def flat(what: str) -> str:
        command = [sys.executable, "-W", "error", "-m", "tests.sync.flat", what, str(tmp_path)]
        return subprocess.run(command, check=True, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True).stdout

    flat("make")
    grown = json.loads(flat("read"))
    assert len(grown) == 5
    assert {name: megabytes for name, megabytes in grown.items() if megabytes > MEGABYTES_OF_A_SOURCE} == {}
