"""Calls, and calls, and calls: `python -m tests.life.soak COUNT` says what memory and threads they took after a warm-up.

`python -m tests.life.soak gather` says how many threads 10,000 calls at once add to a process that has made none.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypedDict

import sparkbot

THREADS = 64
WARM_UP = 10_000
GATHERED = 10_000
#: Two that drive calls, one that hands over, and one to spare.
THREADS_ADDED = 4
#: For this process: the allocator keeps a reserve for each of the first threads, which takes 100,000 calls to fill up. With few
#: reserves, what grows is what is kept.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}
#: Growth that is allowed, in megabytes.
MEGABYTES = 5.0


class Soaked(TypedDict):
    calls: int
    megabytes: float
    threads: int


class Gathered(TypedDict):
    answers: int
    threads: int


def gather() -> Gathered:
    client, before = sparkbot.AsyncClient(), _threads()

    async def at_once() -> int:
        return len(await asyncio.gather(*(client.devices.list() for _ in range(GATHERED))))

    return Gathered(answers=asyncio.run(at_once()), threads=_threads() - before)


def main() -> None:
    print(json.dumps(gather() if sys.argv[1] == "gather" else soak(int(sys.argv[1]))))


def soak(count: int) -> Soaked:
    client, async_client = sparkbot.Client(), sparkbot.AsyncClient()
    with ThreadPoolExecutor(THREADS) as pool, asyncio.Runner() as runner:

        async def awaited(calls: int) -> None:
            for _ in range(0, calls, 100):
                await asyncio.gather(*(async_client.devices.list() for _ in range(100)))

        def call(calls: int) -> None:
            """Half of them blocking in 64 threads, half awaited."""
            for begin in range(0, calls // 2, 1000):
                list(pool.map(lambda _: client.devices.list(), range(min(1000, calls // 2 - begin))))
            runner.run(awaited(calls // 2))

        call(WARM_UP)
        before = (_megabytes(), _threads())
        call(count)
        after = (_megabytes(), _threads())
    return Soaked(calls=count, megabytes=after[0] - before[0], threads=after[1] - before[1])


def _megabytes() -> float:
    """What the process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


if __name__ == "__main__":
    main()
