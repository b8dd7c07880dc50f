"""Programs whose processes fork while calls of theirs are under way: `python -m tests.life.forking NAME`.

Parent and children name themselves in a header of each call, so that the sandbox sees who used which connection.
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A child that is not done by then hangs, and is ended.
PATIENCE = 20
METHODS = ("fork", "forkserver", "spawn")


@cache
def clients() -> tuple[sparkbot.Client, sparkbot.AsyncClient]:
    """Those of the process, and of every child that it forks."""
    # Slow enough for the sandbox to remember every call of a test.
    return sparkbot.Client(calls_per_second=200), sparkbot.AsyncClient(calls_per_second=200)


def who() -> Any:
    """Options that name the process."""
    return {"headers": {"X-Process": str(os.getpid())}}


def call() -> int:
    """A blocking call and awaited ones; returns the process."""
    clients()[0].devices.list(options=who())
    asyncio.run(_call_awaited())
    return os.getpid()


async def _call_awaited() -> None:
    await asyncio.gather(*(clients()[1].devices.list(options=who()) for _ in range(3)))


@contextmanager
def calls_under_way() -> Iterator[None]:
    """Blocking and awaited calls, one after the other in threads of their own."""
    over = threading.Event()

    def blocking() -> None:
        while not over.is_set():
            clients()[0].devices.list(options=who())

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


def go_on_calling() -> None:
    """Calls, and then goes on in a thread until the interpreter shuts down, which refuses awaited calls."""

    def go_on() -> None:
        with suppress(RuntimeError):
            while True:
                call()

    call()
    threading.Thread(target=go_on, daemon=True).start()


def os_fork(times: int = 20) -> None:
    with calls_under_way():
        for _ in range(times):
            child = os.fork()
            if child == 0:
                _watched(call)
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 0, status


def _watched(act: Callable[[], object]) -> None:
    """What a child does; it ends here."""
    signal.alarm(PATIENCE)
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
    with calls_under_way(), multiprocessing.get_context(method).Pool(2) as pool:
        processes = pool.map_async(_call, range(6)).get(PATIENCE)
    assert os.getpid() not in processes


def _executor(method: str) -> None:
    with calls_under_way(), ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        # The client itself crosses to the other process.
        answer = pool.submit(clients()[0].devices.list).result(PATIENCE)
        processes = list(pool.map(_call, range(6), timeout=PATIENCE))
    assert answer
    assert os.getpid() not in processes


def begun_before_the_fork() -> None:
    """Awaited calls of the parent's end in the child, with an error that says why."""

    async def begin() -> asyncio.Future[list[Any]]:
        calls = [clients()[1].devices.list() for _ in range(50)]
        begun = asyncio.gather(*calls, return_exceptions=True)
        await asyncio.sleep(0)
        return begun

    loop = asyncio.new_event_loop()
    begun = loop.run_until_complete(begin())
    child = os.fork()
    if child == 0:

        def refused() -> None:
            # A few may have been answered before the fork.
            ended = [one for one in loop.run_until_complete(begun) if not isinstance(one, list)]
            assert {type(one) for one in ended} == {sparkbot.errors.OutcomeUnknownError}
            assert "before the process was forked" in str(ended[0])

        _watched(refused)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, status
    assert {type(one) for one in loop.run_until_complete(begun)} == {list}


def abandoned_in_the_child() -> None:
    """A child drops what its parent has under way, clients included, and the parent does not notice."""
    with calls_under_way():
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
    "begun before the fork": begun_before_the_fork,
    "abandoned in the child": abandoned_in_the_child,
    **{f"Pool {method}": partial(_pool, method) for method in METHODS},
    **{f"ProcessPoolExecutor {method}": partial(_executor, method) for method in METHODS},
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]]()
