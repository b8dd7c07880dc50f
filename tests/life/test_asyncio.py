"""Awaited calls, on any loop: what nobody waits for any more is over, and no loop owns the client."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trio
import uvloop

import sparkbot
from tests.conftest import CHAT, DEVICE
from tests.life.silent import SilentServer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    with SilentServer() as server:
        yield server


def client_of(server: SilentServer, **settings: Any) -> sparkbot.AsyncClient:
    return sparkbot.AsyncClient("a-key", base_url=server.url, **settings)


async def _in_time(call: Coroutine[Any, Any, Any]) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await call


async def _cancelled(call: Coroutine[Any, Any, Any]) -> None:
    task = asyncio.ensure_future(call)
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _dropped(call: Coroutine[Any, Any, Any]) -> None:
    """Begun, and then let go by whoever drove it."""
    call.send(None)
    await asyncio.sleep(0.1)
    del call


async def _left_behind(call: Coroutine[Any, Any, Any]) -> None:
    """asyncio.run cancels what is left."""
    asyncio.ensure_future(call)  # noqa: RUF006 (left on purpose)
    await asyncio.sleep(0.1)


@pytest.mark.parametrize("leave", [_in_time, _cancelled, _dropped, _left_behind])
@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_a_call_that_nobody_awaits_any_more_is_over(
    silent: SilentServer, run: Callable[..., Any], leave: Callable[..., Any]
) -> None:
    async def main() -> None:
        # Without a name of its own here, which would keep the call alive.
        await leave(client_of(silent).devices.list())

    run(main())
    assert silent.requests == 1
    silent.wait_until_closed(1)


def test_a_call_that_was_never_awaited_never_begins(silent: SilentServer) -> None:
    call = client_of(silent).devices.list()
    with pytest.warns(RuntimeWarning, match="never awaited"):
        del call
    assert silent.requests == 0


def test_an_answer_comes_although_a_hundred_others_do_not() -> None:
    # Answers of many calls come to their loop together: one must not wait for those that never come.
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


def test_an_answer_to_a_closed_loop_is_let_go(sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.latency(0.3)
    program = """
        import asyncio, gc, time
        import sparkbot
        client = sparkbot.AsyncClient()
        loop = asyncio.new_event_loop()
        # What asyncio says of a task that was left in a closed loop is not the matter here.
        loop.set_exception_handler(lambda loop, context: None)
        task = loop.create_task(client.devices.list())
        loop.run_until_complete(asyncio.sleep(0.1))
        loop.close()
        # By its end, the answer to the closed loop has come.
        asyncio.run(client.devices.list())
        del task
        gc.collect()
        """
    environment = {**os.environ, "SPARKBOT_API_KEY": sandbox.api_key, "SPARKBOT_BASE_URL": sandbox.url}
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


async def _fifty(client: sparkbot.AsyncClient) -> int:
    return len(await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(50))))


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_one_client_serves_many_loops(sandbox: sparkbot.Sandbox, run: Callable[..., Any]) -> None:
    client = sandbox.async_client()
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: run(_fifty(client)), range(8)))
    assert counts == [50] * 8


SHARED: dict[str, Any] = {}


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.asyncio
async def test_one_client_serves_the_loop_of_each_test(time: int) -> None:
    if time == 1:
        SHARED["sandbox"] = sparkbot.Sandbox().start()
        SHARED["client"] = SHARED["sandbox"].async_client()
    assert len(await SHARED["client"].devices.list()) == 3
    if time == 2:
        SHARED["sandbox"].stop()


def test_trio_works_too(sandbox: sparkbot.Sandbox) -> None:
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


def test_a_cancelled_call_is_over_under_trio(silent: SilentServer) -> None:
    async def main() -> bool:
        with anyio.move_on_after(0.1) as scope:
            await client_of(silent).devices.list()
        return scope.cancelled_caught

    assert anyio.run(main, backend="trio")
    silent.wait_until_closed(1)


def test_ten_thousand_calls_at_once_take_a_handful_of_threads(sandbox: sparkbot.Sandbox) -> None:
    threads = len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 0
    client = sandbox.async_client()

    async def main() -> int:
        answers = await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(10_000)))
        return len({answer["wid"] for answer in answers})

    assert asyncio.run(main()) == 1
    if sys.platform == "linux":
        # Two that drive calls, one that hands over.
        assert len(os.listdir("/proc/self/task")) - threads <= 4
