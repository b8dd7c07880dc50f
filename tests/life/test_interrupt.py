"""Ctrl-C, and any handler that raises, ends what waits at once: the connection is closed, and what was done is in hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.life.endings import ROOT
from tests.life.interrupting import ANSWERED, ANSWERS, CONCURRENCY, PROGRAMS
from tests.life.kernel import running_kernel
from tests.life.silent import SilentServer

if TYPE_CHECKING:
    from pathlib import Path

#: From the signal to the exception; also beside other tests on a busy machine.
SECONDS = 0.3


@pytest.mark.parametrize(("sent", "raised"), [(signal.SIGINT, "KeyboardInterrupt"), (signal.SIGALRM, "Alarm")])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_signal_ends_what_waits(program: str, sent: signal.Signals, raised: str) -> None:
    waiting = CONCURRENCY if "bulk" in program else 1
    with SilentServer(ANSWERS) as server:
        environment = {**os.environ, **server.settings, "PYTHONPATH": str(ROOT / "python")}
        command = [sys.executable, "-m", "tests.life.interrupting", program]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            server.wait_for_requests(waiting)
            at = time.monotonic()
            process.send_signal(sent)
            ended: dict[str, Any] = json.loads(process.stdout.readline())
            server.wait_until_closed(waiting, SECONDS)
            _, stderr = process.communicate("", timeout=10)
    assert (ended["error"], stderr) == (raised, "")
    assert ended["at"] - at < SECONDS
    # What a handler raises in an event loop reaches no task, so it can't bring a report along.
    if "bulk" in program and not (program.startswith("awaited") and sent == signal.SIGALRM):
        assert ended["reports"] == [{"ok": ANSWERED, "skipped": 0, "failed": 0, "unknown": CONCURRENCY}]


CELLS = {
    "blocking": "sparkbot.Client().messages.list(DEVICE)",
    "awaited": "await sparkbot.AsyncClient().messages.list(DEVICE)",
    "bulk": "sparkbot.sync_metadata(sparkbot.Client(), DEVICE, ROWS, concurrency=CONCURRENCY, progress='off')",
    "awaited bulk": "await sparkbot.sync_metadata(sparkbot.AsyncClient(), DEVICE, ROWS, concurrency=CONCURRENCY, progress='off')",
}


@pytest.mark.filterwarnings("default")
def test_a_notebook_cell_can_be_interrupted(tmp_path: Path) -> None:
    """And its kernel goes on."""
    settings = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "python")))}
    with SilentServer(ANSWERS) as server, running_kernel(tmp_path, {**server.settings, **settings}) as kernel:
        kernel.run("import sparkbot; from tests.life.interrupting import *")
        # Blocking and awaited calls in one cell, whose loop runs already.
        kernel.run("assert sparkbot.Client().devices.get(DEVICE) == await sparkbot.AsyncClient().devices.get(DEVICE)")
        waiting = 0
        for kind, cell in CELLS.items():
            waiting += CONCURRENCY if "bulk" in kind else 1
            number = kernel.begin(cell)
            server.wait_for_requests(waiting)
            kernel.interrupt()
            if "awaited" in kind:
                # An idle ipykernel notices a signal when the next message wakes it; asyncio.sleep would sleep on as well.
                kernel.wake()
            server.wait_until_closed(waiting, SECONDS)
            reply = kernel.finish(number)
            assert (kind, reply["status"]) == (kind, "error")
            assert reply["ename"] in ("KeyboardInterrupt", "CancelledError")
        kernel.run("1 + 1")
