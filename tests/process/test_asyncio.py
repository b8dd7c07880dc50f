"""Awaited calls on any loop: a call ends when no task awaits it, and a client is not bound to a loop."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trio
import uvloop

import sparkbot
from tests.conftest import CHAT, DEVICE
from tests.process.silent_server import SilentServer
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    with SilentServer() as server:
        yield server


def client_of(server: SilentServer, **settings: Any) -> sparkbot.AsyncClient:
    return sparkbot.AsyncClient("a-key", base_url=server.url, **settings)


async def _arrived(silent: SilentServer) -> None:
    await asyncio.to_thread(silent.wait_for_requests, 1)


async def _in_time(silent: SilentServer, call: Coroutine[Any, Any, Any]) -> None:
    async def expire(limit: asyncio.Timeout) -> None:
        await _arrived(silent)
        limit.reschedule(0)

    async def limited() -> None:
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
            group.create_task(expire(limit))
            await call

    with pytest.raises(TimeoutError):
        await limited()


async def _cancelled(silent: SilentServer, call: Coroutine[Any, Any, Any]) -> None:
    task = asyncio.ensure_future(call)
    await _arrived(silent)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _dropped(silent: SilentServer, call: Coroutine[Any, Any, Any]) -> None:
    """Starts the coroutine and drops it."""
    call.send(None)
    await _arrived(silent)
    del call


async def _left_behind(silent: SilentServer, call: Coroutine[Any, Any, Any]) -> None:
    """asyncio.run cancels remaining tasks."""
    asyncio.ensure_future(call)  # noqa: RUF006 (left on purpose)
    await _arrived(silent)


@pytest.mark.parametrize("leave", [_in_time, _cancelled, _dropped, _left_behind])
@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_dropped_call_closes_its_connection(silent: SilentServer, run: Callable[..., Any], leave: Callable[..., Any]) -> None:
    async def main() -> None:
        # Not assigned to a name, which would keep the call alive.
        await leave(silent, client_of(silent).devices.list())

    run(main())
    assert silent.requests == 1
    silent.wait_until_closed(1)


def test_cancelled_call_ends_although_its_error_is_kept(silent: SilentServer) -> None:
    """The traceback keeps the frame that waits for the call."""
    kept: list[BaseException | None] = []

    async def main() -> None:
        client = client_of(silent, on_response=lambda response: kept.append(response.error))
        await _cancelled(silent, client.devices.list())
        silent.wait_until_closed(1)

    asyncio.run(main())
    assert [type(error) for error in kept] == [asyncio.CancelledError]


def test_unawaited_call_sends_nothing(silent: SilentServer) -> None:
    call = client_of(silent).devices.list()
    with pytest.warns(RuntimeWarning, match="never awaited"):
        del call
    assert silent.requests == 0


def test_response_is_delivered_while_100_calls_wait() -> None:
    # Results are delivered in batches: one must not wait for calls that never complete.
    async def one_of_many(server: SilentServer) -> Any:
        async with client_of(server) as client:
            others = [asyncio.ensure_future(client.chats.get(DEVICE, CHAT)) for _ in range(100)]
            await asyncio.to_thread(server.wait_for_requests, 100)
            try:
                return await client.devices.list()
            finally:
                for other in others:
                    other.cancel()

    with SilentServer({"GET /v1/devices": "[]"}) as server:
        assert asyncio.run(one_of_many(server)) == []


def test_response_for_closed_loop_is_dropped(sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.latency(0.3)
    program = """
        import asyncio, gc, time
        import sparkbot
        client = sparkbot.AsyncClient()
        loop = asyncio.new_event_loop()
        # Ignores what asyncio logs about a task in a closed loop.
        loop.set_exception_handler(lambda loop, context: None)
        task = loop.create_task(client.devices.list())
        loop.run_until_complete(asyncio.sleep(0.1))
        loop.close()
        # When this ends, the response for the closed loop has arrived.
        asyncio.run(client.devices.list())
        del task
        gc.collect()
        """
    environment = {**os.environ, "SPARKBOT_API_KEY": sandbox.api_key, "SPARKBOT_BASE_URL": sandbox.url}
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


async def _fifty(client: sparkbot.AsyncClient) -> int:
    return len(await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(50))))


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_client_serves_many_loops(sandbox: sparkbot.Sandbox, run: Callable[..., Any]) -> None:
    client = sandbox.async_client()
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: run(_fifty(client)), range(8)))
    assert counts == [50] * 8


SHARED: dict[str, Any] = {}


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.asyncio
async def test_client_serves_loop_of_each_test(time: int) -> None:
    if time == 1:
        SHARED["sandbox"] = sparkbot.Sandbox().start()
        SHARED["client"] = SHARED["sandbox"].async_client()
    assert len(await SHARED["client"].devices.list()) == 3
    if time == 2:
        SHARED["sandbox"].stop()


def test_trio_calls_succeed_and_fail(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.async_client()

    async def main() -> list[int]:
        lengths: list[int] = []

        async def one() -> None:
            lengths.append(len(await client.devices.list()))

        async with trio.open_nursery() as nursery:
            for _ in range(20):
                nursery.start_soon(one)
        with pytest.raises(sparkbot.errors.NotFoundError):
            await client.devices.get("0" * 24)
        return lengths

    lengths = trio.run(main)
    assert (len(lengths), len(set(lengths))) == (20, 1)


def test_cancelled_trio_call_closes_its_connection(silent: SilentServer) -> None:
    async def main() -> bool:
        async with anyio.create_task_group() as group:
            group.start_soon(client_of(silent).devices.list)
            await anyio.to_thread.run_sync(silent.wait_for_requests, 1)
            group.cancel_scope.cancel()
        return group.cancel_scope.cancelled_caught

    assert anyio.run(main, backend="trio")
    silent.wait_until_closed(1)


def test_10000_concurrent_calls_add_at_most_4_threads(sandbox: sparkbot.Sandbox) -> None:
    threads = len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 0
    client = sandbox.async_client()

    async def main() -> int:
        chats = await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(10_000)))
        return len({chat["wid"] for chat in chats})

    assert asyncio.run(main()) == 1
    if sys.platform == "linux":
        # Two worker threads and the callback thread.
        assert len(os.listdir("/proc/self/task")) - threads <= 4


class UnstartedLoop(asyncio.SelectorEventLoop):
    """A loop that can be freed before it is initialized."""

    _closed = True


def test_loop_at_the_address_of_a_freed_one_gets_its_results(sandbox: sparkbot.Sandbox) -> None:
    """The callback of the freed loop still exists: free-threaded interpreters may free it later, and anyone may keep it."""
    client = sandbox.async_client()

    def run_and_free() -> tuple[int, list[object]]:
        loop = UnstartedLoop()
        loop.run_until_complete(client.devices.list())
        watched = [key.data[0]._callback for key in loop._selector.get_map().values()]  # type: ignore[attr-defined]
        loop.close()
        return id(loop), [callback for callback in watched if type(callback).__name__ == "PipeCallback"]

    address, kept = run_and_free()
    gc.collect()
    others: list[UnstartedLoop] = []
    while id(loop := UnstartedLoop.__new__(UnstartedLoop)) != address:
        others.append(loop)
        if len(others) == 10_000:
            pytest.skip("this allocator does not use the address again")
    loop.__init__()  # type: ignore[misc]
    with closing(loop):
        assert loop.run_until_complete(asyncio.wait_for(client.devices.list(), HANG_TIMEOUT))
    assert len(kept) == 1
