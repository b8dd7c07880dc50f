"""`python -m tests.process.soak COUNT` prints how much memory and how many threads COUNT calls add after a warm-up.

`python -m tests.process.soak gather` prints how many threads 10,000 concurrent calls add to a new process.
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
#: Memory is measured after each part of the calls.
PARTS = 20
GATHERED_CALLS = 10_000
#: Two worker threads, the callback thread, and one spare.
THREADS_ADDED = 4
#: Without the memory that allocators keep, growth is a leak. glibc keeps an arena for each of the first threads, which takes
#: 100,000 calls to fill, mimalloc the freed pages of each thread, and Python's allocator partly used arenas, some 20 MB more
#: after 400,000 calls.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "MIMALLOC_PURGE_DELAY": "0", "PYTHONMALLOC": "malloc"}
#: Allowed memory growth, in megabytes.
MAX_GROWTH_MB = 5.0


class SoakResult(TypedDict):
    calls: int
    megabytes: float
    threads: int


class GatherResult(TypedDict):
    responses: int
    threads: int


def gather() -> GatherResult:
    client, before = sparkbot.AsyncClient(), _threads()

    async def at_once() -> int:
        return len(await asyncio.gather(*(client.devices.list() for _ in range(GATHERED_CALLS))))

    return GatherResult(responses=asyncio.run(at_once()), threads=_threads() - before)


def main() -> None:
    print(json.dumps(gather() if sys.argv[1] == "gather" else soak(int(sys.argv[1]))))


def soak(count: int) -> SoakResult:
    client, async_client = sparkbot.Client(), sparkbot.AsyncClient()
    with ThreadPoolExecutor(THREADS) as pool, asyncio.Runner() as runner:

        async def awaited(calls: int) -> None:
            for _ in range(0, calls, 100):
                await asyncio.gather(*(async_client.devices.list() for _ in range(100)))

        def call(calls: int) -> None:
            """Makes half of the calls blocking in 64 threads and awaits the other half."""
            for begin in range(0, calls // 2, 1000):
                list(pool.map(lambda _: client.devices.list(), range(min(1000, calls // 2 - begin))))
            runner.run(awaited(calls // 2))

        call(WARM_UP)
        threads, megabytes = _threads(), []
        for _ in range(PARTS):
            call(count // PARTS)
            megabytes.append(_megabytes())
        # Free memory between used blocks comes and goes, up to 10 MB; a leak raises the lowest value too.
        growth = min(megabytes[PARTS // 2 :]) - min(megabytes[: PARTS // 2])
        return SoakResult(calls=count, megabytes=growth, threads=_threads() - threads)


def _megabytes() -> float:
    """Resident memory of the process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


if __name__ == "__main__":
    main()
