"""The lock that a fork waits for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.time_limits import HANG_TIMEOUT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

PROGRAM = """
import os, sys, threading, time
from sparkbot import _fork_lock
from sparkbot._fork_lock import FORK_LOCK, lazy_import

_fork_lock._MAX_WAIT = {max_wait}
held, forked, steps = threading.Event(), threading.Event(), []

def hold():
    with FORK_LOCK:
        held.set()
        {wait}
        steps.append("released")

threading.Thread(target=hold, daemon=True).start()
held.wait()
child = os.fork()
forked.set()
if child == 0:
    lazy_import("sparkbot.errors")
    os.write(1, repr(steps).encode())
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def run(wait: str, max_wait: float) -> str:
    # Python warns of a fork with threads.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", PROGRAM.format(wait=wait, max_wait=max_wait)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert done.stderr == ""
    return done.stdout


def test_fork_waits_for_the_holder() -> None:
    assert run("time.sleep(0.1)", max_wait=HANG_TIMEOUT) == "['released']"


def test_fork_does_not_wait_for_a_holder_that_waits_for_the_fork() -> None:
    """As one that logs does, while the thread that forks holds the lock of `logging`. The child can still use the lock."""
    assert run("forked.wait()", max_wait=0.1) == "[]"
