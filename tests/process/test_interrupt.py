"""Ctrl-C and signal handlers that raise interrupt blocked calls at once, close the connection, and keep completed results."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.process.exit_programs import ROOT
from tests.process.interrupt_programs import CASES, COMPLETED, CONCURRENCY, RESPONSES, SIGNALS, interrupt
from tests.process.kernel import running_kernel
from tests.process.silent_server import SilentServer

if TYPE_CHECKING:
    import signal
    from pathlib import Path


#: Less than the timeout of the calls, 30 s. tests/stress/process.py measures how fast it is.
MAX_SECONDS = 25


@pytest.mark.parametrize(("program", "sent"), CASES)
def test_signal_interrupts_blocked_call(program: str, sent: signal.Signals) -> None:
    interrupted = interrupt(program, sent, MAX_SECONDS)
    assert interrupted.error == SIGNALS[sent]
    assert interrupted.seconds < MAX_SECONDS
    if "bulk" in program:
        assert interrupted.reports == [{"ok": COMPLETED, "skipped": 0, "failed": 0, "unknown": CONCURRENCY}]


CELLS = {
    "blocking": "sparkbot.Client().messages.list(DEVICE)",
    "awaited": "await sparkbot.AsyncClient().messages.list(DEVICE)",
    "bulk": "sparkbot.sync_metadata(sparkbot.Client(), DEVICE, ROWS, concurrency=CONCURRENCY, progress='off')",
    "awaited bulk": "await sparkbot.sync_metadata(sparkbot.AsyncClient(), DEVICE, ROWS, concurrency=CONCURRENCY, progress='off')",
}


@pytest.mark.filterwarnings("default")
def test_notebook_cell_can_be_interrupted(tmp_path: Path) -> None:
    """The kernel continues afterwards."""
    settings = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "python")))}
    with SilentServer(RESPONSES) as server, running_kernel(tmp_path, {**server.settings, **settings}) as kernel:
        kernel.run("import sparkbot; from tests.process.interrupt_programs import *")
        # Blocking and awaited calls in one cell, whose loop is running.
        kernel.run("assert sparkbot.Client().devices.get(DEVICE) == await sparkbot.AsyncClient().devices.get(DEVICE)")
        waiting = 0
        for kind, cell in CELLS.items():
            waiting += CONCURRENCY if "bulk" in kind else 1
            number = kernel.begin(cell)
            server.wait_for_requests(waiting)
            kernel.interrupt()
            if "awaited" in kind:
                # An idle ipykernel handles a signal when the next message wakes it; the same applies to asyncio.sleep.
                kernel.wake()
            server.wait_until_closed(waiting, MAX_SECONDS)
            reply = kernel.finish(number)
            assert (kind, reply["status"]) == (kind, "error")
            assert reply["ename"] in ("KeyboardInterrupt", "CancelledError")
        kernel.run("1 + 1")
