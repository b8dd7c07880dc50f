"""Programs that fork with calls in flight: `python -m tests.process.fork_programs NAME`.

Every call has its process id in a header, so that the sandbox's request log shows which process used which connection.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import sparkbot
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

METHODS = ("fork", "forkserver", "spawn")


@cache
def clients() -> tuple[sparkbot.Client, sparkbot.AsyncClient]:
    """The clients of the process and of every child that it forks."""
    # Slow enough for the sandbox to record every call of a test.
    return sparkbot.Client(calls_per_second=200), sparkbot.AsyncClient(calls_per_second=200)


def process_header() -> Any:
    """Options with a header that contains the process id."""
    return {"headers": {"X-Process": str(os.getpid())}}


def call() -> int:
    """Makes a blocking call and awaited calls; returns the process id."""
    clients()[0].devices.list(options=process_header())
    asyncio.run(_call_awaited())
    return os.getpid()


async def _call_awaited() -> None:
    await asyncio.gather(*(clients()[1].devices.list(options=process_header()) for _ in range(3)))


@contextmanager
def calls_in_flight() -> Iterator[None]:
    """Makes blocking and awaited calls in two threads, one call after the other."""
    over = threading.Event()

    def blocking() -> None:
        while not over.is_set():
            clients()[0].devices.list(options=process_header())

    def awaited() -> None:
        while not over.is_set():
            asyncio.run(_call_awaited())

    threads = [threading.Thread(target=target, daemon=True) for target in (blocking, awaited)]
    call()
    for thread in threads:
        thread.start()
    yield
    over.set()
    for thread in threads:
        thread.join()


def call_forever() -> None:
    """Keeps calling in a thread until the interpreter shuts down, when awaited calls raise RuntimeError."""

    def loop() -> None:
        with suppress(RuntimeError):
            while True:
                call()

    call()
    threading.Thread(target=loop, daemon=True).start()


def os_fork(times: int = 20) -> None:
    with calls_in_flight():
        for _ in range(times):
            child = os.fork()
            if child == 0:
                _run_in_child(call)
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 0, status


def _run_in_child(act: Callable[[], object]) -> None:
    """Runs `act` in a child process and exits."""
    signal.alarm(HANG_TIMEOUT)
    code = 1
    try:
        act()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _call(_: int) -> int:
    return call()


def _pool(method: str) -> None:
    with calls_in_flight(), multiprocessing.get_context(method).Pool(2) as pool:
        processes = pool.map_async(_call, range(6)).get(HANG_TIMEOUT)
    assert os.getpid() not in processes


def _executor(method: str) -> None:
    with calls_in_flight(), ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        # Pickles the client.
        devices = pool.submit(clients()[0].devices.list).result(HANG_TIMEOUT)
        processes = list(pool.map(_call, range(6), timeout=HANG_TIMEOUT))
    assert devices
    assert os.getpid() not in processes


def started_before_fork() -> None:
    """Awaited calls of the parent fail in the child with an error."""

    async def begin() -> asyncio.Future[list[Any]]:
        calls = [clients()[1].devices.list() for _ in range(50)]
        gathered = asyncio.gather(*calls, return_exceptions=True)
        await asyncio.sleep(0)
        return gathered

    loop = asyncio.new_event_loop()
    gathered = loop.run_until_complete(begin())
    child = os.fork()
    if child == 0:

        def refused() -> None:
            # Some calls may have completed before the fork.
            ended = [result for result in loop.run_until_complete(gathered) if not isinstance(result, list)]
            assert {type(error) for error in ended} == {sparkbot.errors.OutcomeUnknownError}
            assert "before the process was forked" in str(ended[0])

        _run_in_child(refused)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, status
    assert {type(result) for result in loop.run_until_complete(gathered)} == {list}


def dropped_in_child() -> None:
    """A child drops the calls and clients of its parent without affecting the parent."""
    with calls_in_flight():
        children = []
        for _ in range(10):
            child = os.fork()
            if child == 0:
                clients()[0].close()
                clients.cache_clear()
                gc.collect()
                os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, 0)


PROGRAMS: dict[str, Callable[[], None]] = {
    "os.fork": os_fork,
    "started before fork": started_before_fork,
    "dropped in child": dropped_in_child,
    **{f"Pool {method}": partial(_pool, method) for method in METHODS},
    **{f"ProcessPoolExecutor {method}": partial(_executor, method) for method in METHODS},
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]]()
