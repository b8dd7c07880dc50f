"""Processes that are killed, and the journal lock that ends with them."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.benchmarks.sandbox_process import sandbox
from tests.stress.crash import CrashTest, crash
from tests.time_limits import HANG_TIMEOUT

import sparkbot

if TYPE_CHECKING:
    from pathlib import Path

# Starts ten processes, which is slow on a busy machine.
pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"), pytest.mark.timeout(300)]


def test_killed_sync_loses_and_repeats_no_row(tmp_path: Path) -> None:
    with sandbox() as url:
        result = crash(tmp_path, url, rows=3000, kills=3, seed=7, rate=500)
    assert result.kills == 3
    content = result.journal.read_bytes()
    for plaintext in (b"1555000", b"Ada 17", b"Malaga", b"K\xc3\xb8benhavn", b"sandbox-key"):
        assert plaintext not in content


KILLED = """
import os, signal, sys
import sparkbot

url, report, dead_letters = sys.argv[1:]
client = sparkbot.Client("sandbox-key", base_url=url)
rows = [{"phone": f"+44736205{row:04}", "tier": "gold"} for row in range(20)]

def kill(outcome):
    if outcome.index == 9:
        os.kill(os.getpid(), signal.SIGKILL)

device = client.devices.list()[0]["id"]
sparkbot.sync_metadata(client, device, rows, report=report, dead_letters=dead_letters, on_outcome=kill)
"""


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_killed_run_leaves_whole_lines_of_outcomes(tmp_path: Path, suffix: str) -> None:
    report, dead_letters = (tmp_path / f"{name}.{suffix}" for name in ("report", "failed"))
    with sparkbot.Sandbox() as service:
        command = [sys.executable, "-c", KILLED, service.url, str(report), str(dead_letters)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    for path in (report, dead_letters):
        text = path.read_text("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text))) if suffix == "csv" else [json.loads(line) for line in text.splitlines()]
        assert (len(rows), text[-1]) == (10, "\n")


def test_journal_is_locked_only_by_a_running_process(tmp_path: Path) -> None:
    with sandbox() as url:
        # The first run must not end before the second one has tried, which may take a minute on a busy machine.
        run = CrashTest(tmp_path, url, rows=100, rate=1)
        with run.start() as first:
            assert first.stderr is not None
            first.stderr.readline()
            assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("run.journal*")} == {0o600}
            with run.start() as second:
                _, stderr = second.communicate(timeout=HANG_TIMEOUT)
            assert second.returncode == 1
            assert "another run uses the journal" in stderr
            first.kill()
        run.rate = 1000
        run.finish()
        assert run.statuses() == {1: 100}
