"""The meter of scheduler delays: a delay that it misses would count as a late call."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scheduler_delay import scheduler_delay

ROOT = Path(__file__).parents[1]
PAUSE = 0.3
WATCHING = """
import time
from tests.scheduler_delay import scheduler_delay
scheduler_delay()
began = time.monotonic()
print(began, flush=True)
input()
print(scheduler_delay().since(began), flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process")
def test_pause_of_the_process_is_measured_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WATCHING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        # Read by the waiting thread as soon as the process continues.
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(PAUSE)
        process.send_signal(signal.SIGCONT)
        late = float(process.stdout.readline())
    assert late > PAUSE * 0.9


def test_delays_before_the_start_do_not_count() -> None:
    assert scheduler_delay().since(time.monotonic() + 60) < PAUSE
