"""Programs that wait for a silent server until a signal arrives: `python -m tests.process.interrupt_programs NAME`.

They print how they ended, and the time on the monotonic clock, which all processes share.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sparkbot
from tests.process.exit_programs import ROOT
from tests.process.silent_server import SilentServer
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable

DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
ROWS = [{"phone": f"+44740090{number:04d}", "tier": "gold"} for number in range(200)]
#: Writes that get a response, and writes that wait at the same time.
COMPLETED, CONCURRENCY = 40, 8
#: The responses of the server; other requests get none.
RESPONSES = {
    f"GET /v1/devices/{DEVICE}": json.dumps({"id": DEVICE}),
    f"GET /v1/chat/{DEVICE}/chats?size=2 HTTP": json.dumps([{"id": "1"}, {"id": "2"}]),
    **{f"PATCH /v1/chat/{DEVICE}/contacts/4474009000{tens}": "{}" for tens in range(COMPLETED // 10)},
}


def call() -> Any:
    return sparkbot.Client().messages.list(DEVICE, size=1)


def walk() -> Any:
    return list(sparkbot.Client().chats.iter(DEVICE, size=2))


def bulk() -> Any:
    return sparkbot.sync_metadata(sparkbot.Client(), DEVICE, ROWS, concurrency=CONCURRENCY, progress="off")


def awaited_call() -> Any:
    return asyncio.run(sparkbot.AsyncClient().messages.list(DEVICE, size=1))


def awaited_bulk() -> Any:
    async def run() -> Any:
        return await sparkbot.sync_metadata(sparkbot.AsyncClient(), DEVICE, ROWS, concurrency=CONCURRENCY, progress="off")

    return asyncio.run(run())


PROGRAMS: dict[str, Callable[[], Any]] = {
    "call": call,
    "page walk": walk,
    "bulk run": bulk,
    "awaited call": awaited_call,
    "awaited bulk run": awaited_bulk,
}


class Alarm(Exception):
    """Raised by a signal handler, like the soft time limit of Celery."""


def _alarm(*_: object) -> None:
    raise Alarm


def main(program: str) -> None:
    signal.signal(signal.SIGALRM, _alarm)
    # A shell starts background programs with SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ended: dict[str, Any]
    try:
        ended = {"result": PROGRAMS[program]()}
    except BaseException as error:
        # asyncio.run raises a new KeyboardInterrupt after the CancelledError that ended the task.
        reports = [getattr(exception, "report", None) for exception in (error, error.__context__)]
        ended = {"error": type(error).__name__, "reports": [report.counts for report in reports if report]}
    print(json.dumps({**ended, "at": time.monotonic()}), flush=True)
    # Keeps the process running, so that its exit is not what closes the connections.
    sys.stdin.read()


#: What each signal raises.
SIGNALS = {signal.SIGINT: "KeyboardInterrupt", signal.SIGALRM: "Alarm"}
#: Every program with every signal, except handlers that raise in an event loop: asyncio logs an exception that is raised in one
#: of its own callbacks and continues.
CASES = [
    (program, sent) for program in PROGRAMS for sent in SIGNALS if sent == signal.SIGINT or not program.startswith("awaited")
]
#: Limit from the signal to the exception, and to the closed connections.
MAX_SECONDS = 0.3


@dataclass(frozen=True)
class InterruptResult:
    error: str
    seconds: float
    reports: list[dict[str, int]]


def interrupt(program: str, sent: signal.Signals, max_seconds: float = MAX_SECONDS) -> InterruptResult:
    """Runs a program, sends it a signal when all its calls wait, and waits until its connections are closed."""
    waiting = CONCURRENCY if "bulk" in program else 1
    with SilentServer(RESPONSES) as server:
        environment = {**os.environ, **server.settings, "PYTHONPATH": str(ROOT / "python")}
        command = [sys.executable, "-m", "tests.process.interrupt_programs", program]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            server.wait_for_requests(waiting)
            at = time.monotonic()
            process.send_signal(sent)
            ended: dict[str, Any] = json.loads(process.stdout.readline())
            server.wait_until_closed(waiting, max_seconds)
            _, stderr = process.communicate("", timeout=HANG_TIMEOUT)
    assert stderr == ""
    return InterruptResult(ended["error"], ended["at"] - at, ended["reports"])


if __name__ == "__main__":
    main(sys.argv[1])
