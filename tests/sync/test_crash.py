"""Processes that are killed, and the journal lock that ends with them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.benchmarks.sandbox_process import sandbox
from tests.stress.crash import CrashTest, crash

if TYPE_CHECKING:
    from pathlib import Path

# Starts ten processes, which is slow on a busy machine.
pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"), pytest.mark.timeout(300)]


def test_killed_sync_loses_and_repeats_no_row(tmp_path: Path) -> None:
    with sandbox() as url:
        result = crash(tmp_path, url, rows=3000, kills=3, seed=7)
    assert result.kills == 3
    content = result.journal.read_bytes()
    for plaintext in (b"1555000", b"Ada 17", b"Malaga", b"K\xc3\xb8benhavn", b"sandbox-key"):
        assert plaintext not in content


def test_journal_is_locked_only_by_a_running_process(tmp_path: Path) -> None:
    with sandbox() as url:
        run = CrashTest(tmp_path, url, rows=100, rate=20)
        with run.start() as first:
            assert first.stderr is not None
            first.stderr.readline()
            assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("run.journal*")} == {0o600}
            with run.start() as second:
                _, stderr = second.communicate(timeout=60)
            assert second.returncode == 1
            assert "another run uses the journal" in stderr
            first.kill()
        run.rate = 1000
        run.finish()
        assert run.statuses() == {1: 100}
