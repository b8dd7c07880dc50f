"""Programs that exit with calls in flight."""

from __future__ import annotations

import os
import subprocess
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

from tests.process.silent_server import SilentServer
from tests.scheduler_delay import scheduler_delay
from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[2]
#: Limit from the last line of a program to its exit, for the stress test.
MAX_EXIT_SECONDS = 3.0

_START = """
import sys, threading
import sparkbot
pending = int(sys.argv[1])
# A program that waits for its calls does not end.
NEVER = sparkbot.Timeout(total=3600, read=3600)
wait_for_exit_command = sys.stdin.readline
"""

#: Each has `pending` calls in flight when it gets the exit command.
PROGRAMS = {
    "script": """
        client = sparkbot.Client(max_in_flight=5000, timeout=NEVER)
        for _ in range(pending):
            threading.Thread(target=client.devices.list, daemon=True).start()
        wait_for_exit_command()
    """,
    # Python waits for the threads of a pool at exit: these calls end by their timeout.
    "thread pool": """
        from concurrent.futures import ThreadPoolExecutor
        client = sparkbot.Client(max_in_flight=5000, timeout=1.5 if pending > 1 else 0.5)
        pool = ThreadPoolExecutor(pending or 1)
        for _ in range(pending):
            pool.submit(client.devices.list)
        wait_for_exit_command()
    """,
    "asyncio.run": """
        import asyncio
        async def main():
            client = sparkbot.AsyncClient(max_in_flight=5000, timeout=NEVER)
            tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(pending)]
            await asyncio.to_thread(wait_for_exit_command)
        asyncio.run(main())
    """,
    # The loop is not closed and its tasks are not cancelled.
    "abandoned loop": """
        import asyncio
        client = sparkbot.AsyncClient(max_in_flight=5000, timeout=NEVER)
        loop = asyncio.new_event_loop()
        tasks = [loop.create_task(client.devices.list()) for _ in range(pending)]
        loop.run_until_complete(asyncio.to_thread(wait_for_exit_command))
    """,
    "loop in a thread": """
        import asyncio
        async def main():
            client = sparkbot.AsyncClient(max_in_flight=5000, timeout=NEVER)
            await asyncio.gather(*(client.devices.list() for _ in range(pending)), asyncio.Event().wait())
        threading.Thread(target=asyncio.run, args=(main(),), daemon=True).start()
        wait_for_exit_command()
    """,
}


@dataclass(frozen=True)
class ExitResult:
    code: int
    stdout: str
    stderr: str
    #: Without the measured scheduler delay: a host may pause the machine for longer than the limit.
    seconds: float
    late: float

    @property
    def is_clean(self) -> bool:
        return (self.code, self.stdout, self.stderr) == (0, "", "")


def end(python: str, program: str, pending: int) -> ExitResult:
    """Runs a program and sends it the exit command when `pending` of its calls are in flight."""
    source = _START + textwrap.dedent(PROGRAMS[program])
    with SilentServer() as server:
        environment = {**os.environ, **server.settings, "PYTHONPATH": str(ROOT / "python")}
        with subprocess.Popen(
            [python, "-c", source, str(pending)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process:
            server.wait_for_requests(pending)
            scheduler_delay()
            started = time.monotonic()
            try:
                stdout, stderr = process.communicate("\n", timeout=HANG_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            late = scheduler_delay().since(started)
            return ExitResult(process.returncode, stdout, stderr, time.monotonic() - started - late, late)
