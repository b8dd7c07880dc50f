"""Processes that end without warning, and the lock that ends with them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.benchmarks.sandbox_process import sandbox
from tests.stress.crash import Crashes, crash

if TYPE_CHECKING:
    from pathlib import Path

# Seconds on a machine of its own; it starts ten processes, which a busy one is slow at.
pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"), pytest.mark.timeout(300)]


def test_a_sync_that_is_killed_loses_no_row_and_writes_none_twice_without_need(tmp_path: Path) -> None:
    with sandbox() as url:
        crashes = crash(tmp_path, url, rows=3000, kills=3, seed=7)
    assert crashes.kills == 3
    content = crashes.journal.read_bytes()
    for in_clear in (b"1555000", b"Ada 17", b"Malaga", b"K\xc3\xb8benhavn", b"sandbox-key"):
        assert in_clear not in content


def test_two_runs_never_share_a_journal_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    with sandbox() as url:
        run = Crashes(tmp_path, url, rows=100, rate=20)
        with run.start() as first:
            assert first.stderr is not None
            first.stderr.readline()
            assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("run.journal*")} == {0o600}
            with run.start() as second:
                _, complained = second.communicate(timeout=60)
            assert second.returncode == 1
            assert "another run uses the journal" in complained
            first.kill()
        run.rate = 1000
        run.finish()
        assert run.statuses() == {1: 100}
