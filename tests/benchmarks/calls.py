"""The loops of the workloads, shared by all clients.

A client module has a context manager that opens the client for a job and yields its calls. `blocking` and `asynchronous` make the
workloads of it: context managers that open the client and yield a function that makes a number of calls.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, contextmanager
from typing import Any, NamedTuple, TypeAlias

import orjson
from tests.benchmarks.task import LISTED, Item, Job

#: Makes calls and returns the number of successes.
Run: TypeAlias = "Callable[[int], int]"
Workload: TypeAlias = "Callable[[Job], AbstractContextManager[Run]]"


class Calls(NamedTuple):
    """The calls of a client; those of an asyncio client return awaitables."""

    upsert: Callable[[Item], Any]
    list_chats: Callable[[], Any]
    #: Sends a message.
    message: Callable[[Item], Any]
    #: Uploads the job's file, as a form.
    upload: Callable[[], Any]


Connect: TypeAlias = "Callable[[Job], AbstractContextManager[Calls]]"
AsyncConnect: TypeAlias = "Callable[[Job], AbstractAsyncContextManager[Calls]]"


def http_calls(job: Job, send: Callable[[str, str, bytes | None], Any], upload: Callable[[], Any] | None = None) -> Calls:
    """The calls of a general HTTP client, whose `send` takes method, URL and body and returns the parsed response."""
    return Calls(
        lambda item: send("PATCH", url_of(job, item), body_of(item)),
        lambda: send("GET", job.chats_url, None),
        lambda item: send("POST", job.messages_url, message_of(job, item)),
        upload or _no_upload,
    )


def _no_upload() -> Any:
    raise NotImplementedError("this client has no upload in the benchmark")


def url_of(job: Job, item: Item) -> str:
    # A wid needs no quoting; a careful user would quote it, which is slower.
    return f"{job.contacts_url}/{item[0]}/metadata"


def body_of(item: Item) -> bytes:
    body: bytes = orjson.dumps([{"key": key, "value": value} for key, value in item[1].items()])
    return body


def message_of(job: Job, item: Item) -> bytes:
    body: bytes = orjson.dumps({"device": job.device, "phone": phone_of(item), "message": text_of(item)})
    return body


def phone_of(item: Item) -> str:
    return f"+{item[0].partition('@')[0]}"


def text_of(item: Item) -> str:
    return f"Hello {item[1]['first_name']}, your parcel is on its way."


def parsed(status: int, body: bytes | bytearray | memoryview) -> Any:
    """The response as dicts and lists; raises for a status that is not a success."""
    if not 200 <= status < 300:
        raise RuntimeError(f"the service responded with {status}: {bytes(body[:200])!r}")
    return orjson.loads(body)


def blocking(connect: Connect, *, threads: str = "") -> dict[str, Workload]:
    """The workloads of a blocking client; `threads` is `shared` for one client in all threads, or `separate` for one each."""
    workloads = {"serial": _blocking(connect, _serial), "list_chats": _blocking(connect, _lists)}
    return {**workloads, "concurrent": _threaded(connect, shared=threads == "shared")} if threads else workloads


def blocking_over_tls(connect: Connect, *, threads: bool = False) -> dict[str, Workload]:
    """The workloads over TLS of a blocking client; `threads` share it."""
    one = {"one_update": _serial, "one_send": _serial_messages, "list_gzip": _lists, "upload": _uploads}
    many = {"many_update": _upsert, "many_send": _message} if threads else {}
    return {
        **{name: _blocking(connect, loop) for name, loop in one.items()},
        **{name: _threaded(connect, shared=True, call=call) for name, call in many.items()},
    }


def asynchronous(connect: AsyncConnect, *, uvloop: bool = False) -> dict[str, Workload]:
    """The workloads of an asyncio client."""
    loops = {"serial_async": _workers, "concurrent": _workers, "gather": _gather, "list_chats": _lists_async}
    return {name: _asynchronous(connect, loop, uvloop=uvloop) for name, loop in loops.items()}


def asynchronous_over_tls(connect: AsyncConnect, *, uvloop: bool = False) -> dict[str, Workload]:
    """The workloads over TLS of an asyncio client."""
    loops = {
        **dict.fromkeys(("one_update", "many_update"), _workers),
        **dict.fromkeys(("one_send", "many_send"), _workers_messages),
        "list_gzip": _lists_async,
        "upload": _uploads_async,
    }
    return {name: _asynchronous(connect, loop, uvloop=uvloop) for name, loop in loops.items()}


def _upsert(calls: Calls) -> Callable[[Item], Any]:
    return calls.upsert


def _message(calls: Calls) -> Callable[[Item], Any]:
    return calls.message


def _serial(job: Job, calls: Calls, count: int) -> int:
    return sum(1 for item in job.contacts[:count] if calls.upsert(item))


def _serial_messages(job: Job, calls: Calls, count: int) -> int:
    return sum(1 for item in job.contacts[:count] if calls.message(item))


def _uploads(job: Job, calls: Calls, count: int) -> int:
    return sum(bool(calls.upload()) for _ in range(count))


async def _uploads_async(job: Job, calls: Calls, count: int) -> int:
    return sum([bool(await calls.upload()) for _ in range(count)])


def _lists(job: Job, calls: Calls, count: int) -> int:
    return sum(len(calls.list_chats()) == LISTED for _ in range(count))


async def _lists_async(job: Job, calls: Calls, count: int) -> int:
    return sum([len(await calls.list_chats()) == LISTED for _ in range(count)])


async def _workers(job: Job, calls: Calls, count: int) -> int:
    return await _work(job, calls.upsert, count)


async def _workers_messages(job: Job, calls: Calls, count: int) -> int:
    return await _work(job, calls.message, count)


async def _work(job: Job, call: Callable[[Item], Any], count: int) -> int:
    remaining = iter(job.contacts[:count])

    async def work() -> int:
        succeeded = 0
        for item in remaining:
            succeeded += bool(await call(item))
        return succeeded

    if job.concurrency == 1:
        return await work()
    return sum(await asyncio.gather(*(work() for _ in range(job.concurrency))))


async def _gather(job: Job, calls: Calls, count: int) -> int:
    return sum(map(bool, await asyncio.gather(*map(calls.upsert, job.contacts[:count]))))


def _blocking(connect: Connect, loop: Callable[[Job, Calls, int], int]) -> Workload:
    @contextmanager
    def workload(job: Job) -> Iterator[Run]:
        with connect(job) as calls:
            yield lambda count: loop(job, calls, count)

    return workload


def _threaded(connect: Connect, *, shared: bool, call: Callable[[Calls], Callable[[Item], Any]] = _upsert) -> Workload:
    @contextmanager
    def workload(job: Job) -> Iterator[Run]:
        with ExitStack() as stack:
            calls = stack.enter_context(connect(job)) if shared else None
            yield lambda count: _in_threads(job, connect, calls, call, count)

    return workload


def _in_threads(
    job: Job, connect: Connect, shared: Calls | None, call: Callable[[Calls], Callable[[Item], Any]], count: int
) -> int:
    remaining, lock = iter(job.contacts[:count]), threading.Lock()

    def next_item() -> Item | None:
        with lock:
            return next(remaining, None)

    def work(_: int) -> int:
        with ExitStack() as stack:
            make = call(shared or stack.enter_context(connect(job)))
            succeeded = 0
            while (item := next_item()) is not None:
                succeeded += bool(make(item))
            return succeeded

    with ThreadPoolExecutor(job.concurrency) as threads:
        return sum(threads.map(work, range(job.concurrency)))


def _asynchronous(
    connect: AsyncConnect, loop: Callable[[Job, Calls, int], Coroutine[Any, Any, int]], *, uvloop: bool
) -> Workload:
    @contextmanager
    def workload(job: Job) -> Iterator[Run]:
        with asyncio.Runner(loop_factory=_loop_factory(uvloop or job.uvloop)) as runner:
            client = connect(job)
            calls = runner.run(_enter(client))
            yield lambda count: runner.run(loop(job, calls, count))
            runner.run(_exit(client))

    return workload


def _loop_factory(uvloop: bool) -> Callable[[], asyncio.AbstractEventLoop] | None:
    if not uvloop:
        return None
    from uvloop import new_event_loop

    factory: Callable[[], asyncio.AbstractEventLoop] = new_event_loop
    return factory


async def _enter(client: AbstractAsyncContextManager[Calls]) -> Calls:
    return await client.__aenter__()


async def _exit(client: AbstractAsyncContextManager[Calls]) -> None:
    await client.__aexit__(None, None, None)
