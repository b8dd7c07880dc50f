"""Programs that end while calls of theirs are under way, and how they ended."""

from __future__ import annotations

import os
import subprocess
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

from tests.life.silent import SilentServer
from tests.scheduler_delay import scheduler_delay

ROOT = Path(__file__).parents[2]
#: What a program may take from its last line to its end.
LONGEST = 3.0

_START = """
import sys, threading
import sparkbot
pending = int(sys.argv[1])
told_to_end = sys.stdin.readline
"""

#: Each has `pending` calls under way when it is told to end.
PROGRAMS = {
    "script": """
        client = sparkbot.Client(max_in_flight=5000)
        for _ in range(pending):
            threading.Thread(target=client.devices.list, daemon=True).start()
        told_to_end()
    """,
    # Python itself waits for the threads of a pool, so that their work is done: what ends these calls is their time limit.
    "thread pool": """
        from concurrent.futures import ThreadPoolExecutor
        client = sparkbot.Client(max_in_flight=5000, timeout=1.5 if pending > 1 else 0.5)
        pool = ThreadPoolExecutor(pending or 1)
        for _ in range(pending):
            pool.submit(client.devices.list)
        told_to_end()
    """,
    "asyncio.run": """
        import asyncio
        async def main():
            client = sparkbot.AsyncClient(max_in_flight=5000)
            tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(pending)]
            await asyncio.to_thread(told_to_end)
        asyncio.run(main())
    """,
    # Its loop is neither closed nor are its tasks cancelled: they are simply left.
    "left loop": """
        import asyncio
        client = sparkbot.AsyncClient(max_in_flight=5000)
        loop = asyncio.new_event_loop()
        tasks = [loop.create_task(client.devices.list()) for _ in range(pending)]
        loop.run_until_complete(asyncio.to_thread(told_to_end))
    """,
    "loop in a thread": """
        import asyncio
        async def main():
            client = sparkbot.AsyncClient(max_in_flight=5000)
            await asyncio.gather(*(client.devices.list() for _ in range(pending)), asyncio.Event().wait())
        threading.Thread(target=asyncio.run, args=(main(),), daemon=True).start()
        told_to_end()
    """,
}


@dataclass(frozen=True)
class Ending:
    code: int
    stdout: str
    stderr: str
    #: Without what the machine was late by: a host may stop it for longer than a program may take.
    seconds: float
    late: float

    @property
    def is_clean(self) -> bool:
        return (self.code, self.stdout, self.stderr) == (0, "", "") and self.seconds < LONGEST


def end(python: str, program: str, pending: int) -> Ending:
    """Runs a program, tells it to end when so many of its calls are under way, and says how it ended."""
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
            told = time.monotonic()
            try:
                stdout, stderr = process.communicate("\n", timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            late = scheduler_delay().since(told)
            return Ending(process.returncode, stdout, stderr, time.monotonic() - told - late, late)
