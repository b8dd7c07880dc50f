"""The meter that says how late the machine is: what it does not see would be taken for a call that is too late."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scheduler_delay import lateness

ROOT = Path(__file__).parents[1]
PAUSE = 0.3
WATCHING = """
import time
from tests.scheduler_delay import lateness
lateness()
began = time.monotonic()
print(began, flush=True)
input()
print(lateness().since(began), flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process")
def test_a_pause_of_the_whole_process_is_seen_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WATCHING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        # Read as soon as the process goes on, by the thread that waits for it.
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(PAUSE)
        process.send_signal(signal.SIGCONT)
        late = float(process.stdout.readline())
    assert late > PAUSE * 0.9


def test_nothing_before_the_asked_moment_counts() -> None:
    assert lateness().since(time.monotonic() + 60) < PAUSE
