"""Ctrl-C, and any handler that raises, ends what waits at once: the connection is closed, and what was done is in hand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.life.endings import ROOT
from tests.life.interrupting import ANSWERED, ANSWERS, COMBINATIONS, CONCURRENCY, SECONDS, SIGNALS, interrupt
from tests.life.kernel import running_kernel
from tests.life.silent import SilentServer

if TYPE_CHECKING:
    import signal
    from pathlib import Path


@pytest.mark.parametrize(("program", "sent"), COMBINATIONS)
def test_a_signal_ends_what_waits(program: str, sent: signal.Signals) -> None:
    interrupted = interrupt(program, sent)
    assert interrupted.error == SIGNALS[sent]
    assert interrupted.seconds < SECONDS
    if "bulk" in program:
        assert interrupted.reports == [{"ok": ANSWERED, "skipped": 0, "failed": 0, "unknown": CONCURRENCY}]


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
