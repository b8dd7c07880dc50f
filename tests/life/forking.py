"""Programs whose processes fork while calls of theirs are under way: `python -m tests.life.forking NAME`.

Parent and children name themselves in a header of each call, so that the sandbox sees who used which connection.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: A child that is not done by then hangs, and is ended.
PATIENCE = 20

client = sparkbot.Client()
async_client = sparkbot.AsyncClient()


def who() -> Any:
    """Options that name the process."""
    return {"headers": {"X-Process": str(os.getpid())}}


def call() -> int:
    """A blocking call and awaited ones; returns the process."""
    client.devices.list(options=who())
    asyncio.run(_call_awaited())
    return os.getpid()


async def _call_awaited() -> None:
    await asyncio.gather(*(async_client.devices.list(options=who()) for _ in range(3)))


@contextmanager
def calls_under_way() -> Iterator[None]:
    """Blocking and awaited calls, one after the other in threads of their own."""
    over = threading.Event()

    def blocking() -> None:
        while not over.is_set():
            client.devices.list(options=who())

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
        import traceback

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
        answers = list(pool.map(client.devices.list, timeout=PATIENCE)) + [pool.submit(client.devices.list).result(PATIENCE)]
        processes = list(pool.map(_call, range(6), timeout=PATIENCE))
    assert answers
    assert os.getpid() not in processes


def begun_before_the_fork() -> None:
    """An awaited call of the parent's ends in the child, with an error that says why."""

    async def begin() -> asyncio.Task[Any]:
        task = asyncio.ensure_future(async_client.devices.list())
        await asyncio.sleep(0)
        return task

    loop = asyncio.new_event_loop()
    task = loop.run_until_complete(begin())
    child = os.fork()
    if child == 0:

        def refused() -> None:
            try:
                loop.run_until_complete(asyncio.wait_for(task, PATIENCE / 2))
            except sparkbot.errors.OutcomeUnknown as error:
                assert "before the process was forked" in str(error)
                return
            raise AssertionError("no error in the child")

        _watched(refused)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, status
    assert loop.run_until_complete(task)


def abandoned_in_the_child() -> None:
    """A child drops what its parent has under way, clients included, and the parent does not notice."""
    import gc

    global client, async_client
    with calls_under_way():
        children = []
        for _ in range(10):
            child = os.fork()
            if child == 0:
                client.close()
                del client, async_client
                gc.collect()
                os._exit(0)
            children.append(child)
        for child in children:
            os.waitpid(child, 0)


PROGRAMS: dict[str, Callable[[], None]] = {
    "os.fork": os_fork,
    "begun before the fork": begun_before_the_fork,
    "abandoned in the child": abandoned_in_the_child,
    **{f"Pool {method}": lambda method=method: _pool(method) for method in ("fork", "forkserver", "spawn")},  # type: ignore[misc]
    **{f"ProcessPoolExecutor {method}": lambda method=method: _executor(method) for method in ("fork", "forkserver", "spawn")},  # type: ignore[misc]
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]]()
