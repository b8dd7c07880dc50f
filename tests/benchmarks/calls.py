"""Workload loops shared by all clients, over a function that makes one call.

A contender opens a client (`opened`, a context manager over a job) that gives the calls; `blocking`, `threaded` and `awaited`
make works of it. A work is a context manager: entering it opens the client, what it gives does so many calls.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, contextmanager
from typing import Any, NamedTuple, TypeAlias

import orjson
from tests.benchmarks.task import LISTED, Item, Job

#: Makes calls and returns the number of successes.
Run: TypeAlias = "Callable[[int], int]"
Work: TypeAlias = "Callable[[Job], AbstractContextManager[Run]]"


class Calls(NamedTuple):
    upsert: Callable[[Item], Any]
    list_chats: Callable[[], Any]


class AsyncCalls(NamedTuple):
    upsert: Callable[[Item], Awaitable[Any]]
    list_chats: Callable[[], Awaitable[Any]]


Opened: TypeAlias = "Callable[[Job], AbstractContextManager[Calls]]"
AsyncOpened: TypeAlias = "Callable[[Job], AbstractAsyncContextManager[AsyncCalls]]"


def url_of(job: Job, item: Item) -> str:
    # A wid needs no quoting; a careful user would quote it, which is slower.
    return f"{job.contacts_url}/{item[0]}/metadata"


def body_of(item: Item) -> bytes:
    body: bytes = orjson.dumps([{"key": key, "value": value} for key, value in item[1].items()])
    return body


def parsed(status: int, body: bytes | bytearray | memoryview) -> Any:
    """The response as dicts and lists; raises for a status that is not a success."""
    if not 200 <= status < 300:
        raise RuntimeError(f"the service answered {status}: {bytes(body[:200])!r}")
    return orjson.loads(body)


def _one_by_one(job: Job, calls: Calls, count: int) -> int:
    return sum(1 for item in job.contacts[:count] if calls.upsert(item))


def _lists(job: Job, calls: Calls, count: int) -> int:
    return sum(len(calls.list_chats()) == LISTED for _ in range(count))


async def _one_by_one_async(job: Job, calls: AsyncCalls, count: int) -> int:
    made = 0
    for item in job.contacts[:count]:
        made += bool(await calls.upsert(item))
    return made


async def _lists_async(job: Job, calls: AsyncCalls, count: int) -> int:
    made = 0
    for _ in range(count):
        made += len(await calls.list_chats()) == LISTED
    return made


async def _at_once(job: Job, calls: AsyncCalls, count: int) -> int:
    left = iter(job.contacts[:count])

    async def work() -> int:
        made = 0
        for item in left:
            made += bool(await calls.upsert(item))
        return made

    return sum(await asyncio.gather(*(work() for _ in range(job.concurrency))))


async def _gather(job: Job, calls: AsyncCalls, count: int) -> int:
    upsert = calls.upsert
    return sum(map(bool, await asyncio.gather(*(upsert(item) for item in job.contacts[:count]))))


def _blocking(opened: Opened, do: Callable[[Job, Calls, int], int]) -> Work:
    @contextmanager
    def work(job: Job) -> Iterator[Run]:
        with opened(job) as calls:
            yield lambda count: do(job, calls, count)

    return work


def one_by_one(opened: Opened) -> Work:
    """Serial calls of a blocking client."""
    return _blocking(opened, _one_by_one)


def list_chats(opened: Opened) -> Work:
    """Serial list calls of a blocking client."""
    return _blocking(opened, _lists)


def threaded(opened: Opened, *, shared: bool) -> Work:
    """Threads over a blocking client, each with its own client unless the client is thread-safe."""

    @contextmanager
    def work(job: Job) -> Iterator[Run]:
        with ExitStack() as stack:
            common = stack.enter_context(opened(job)) if shared else None
            yield lambda count: _in_threads(job, opened, common, count)

    return work


def _in_threads(job: Job, opened: Opened, common: Calls | None, count: int) -> int:
    left, lock = iter(job.contacts[:count]), threading.Lock()

    def next_item() -> Item | None:
        with lock:
            return next(left, None)

    def work(calls: Calls) -> int:
        made = 0
        while (item := next_item()) is not None:
            made += bool(calls.upsert(item))
        return made

    def alone(_: int) -> int:
        if common is not None:
            return work(common)
        with opened(job) as calls:
            return work(calls)

    with ThreadPoolExecutor(job.concurrency) as threads:
        return sum(threads.map(alone, range(job.concurrency)))


def _awaited(opened: AsyncOpened, do: Callable[[Job, AsyncCalls, int], Coroutine[Any, Any, int]], *, uvloop: bool) -> Work:
    @contextmanager
    def work(job: Job) -> Iterator[Run]:
        with asyncio.Runner(loop_factory=_loops(uvloop or job.uvloop)) as runner:
            client = opened(job)
            calls = runner.run(_entered(client))
            yield lambda count: runner.run(do(job, calls, count))
            runner.run(_left(client))

    return work


def _loops(uvloop: bool) -> Callable[[], asyncio.AbstractEventLoop] | None:
    if not uvloop:
        return None
    from uvloop import new_event_loop

    made: Callable[[], asyncio.AbstractEventLoop] = new_event_loop
    return made


async def _entered(client: AbstractAsyncContextManager[AsyncCalls]) -> AsyncCalls:
    return await client.__aenter__()


async def _left(client: AbstractAsyncContextManager[AsyncCalls]) -> None:
    await client.__aexit__(None, None, None)


def one_by_one_async(opened: AsyncOpened, *, uvloop: bool = False) -> Work:
    """Serial calls of an asyncio client."""
    return _awaited(opened, _one_by_one_async, uvloop=uvloop)


def list_chats_async(opened: AsyncOpened, *, uvloop: bool = False) -> Work:
    """Serial list calls of an asyncio client."""
    return _awaited(opened, _lists_async, uvloop=uvloop)


def workers(opened: AsyncOpened, *, uvloop: bool = False) -> Work:
    """An asyncio client with a fixed number of worker tasks."""
    return _awaited(opened, _at_once, uvloop=uvloop)


def gather(opened: AsyncOpened, *, uvloop: bool = False) -> Work:
    """An asyncio client that gathers all calls at once."""
    return _awaited(opened, _gather, uvloop=uvloop)
