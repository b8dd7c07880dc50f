"""Runs that end early: no further requests, closed connections, and the results so far."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.batch.conftest import DEVICE, Mapping, wid
from tests.process.silent_server import SilentServer
from tests.time_limits import HANG_TIMEOUT, NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, OTHERS = {"chat": wid(1)}, {"chat": wid(0)}


def endless() -> Iterator[dict[str, Any]]:
    return itertools.chain([FIRST], itertools.repeat(OTHERS))


#: More than a run reads ahead of its calls.
AHEAD = 3 * 16


async def first_of(run: Any) -> int:
    async for outcome in run:
        return int(outcome.index)
    return -1


def test_endless_source_is_read_ahead_by_a_limit(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    read = itertools.count()
    items = ({"chat": wid(0), "options": {"headers": {"X-Item": str(next(read))}}} for _ in itertools.count())
    run = mapped.client.map(mapped.client.chats.get, items, device=DEVICE)
    if mapped.api.awaited:
        assert asyncio.run(first_of(run)) == 0
    else:
        assert next(iter(run)).index == 0
    assert next(read) <= 2 * AHEAD


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    with SilentServer() as server:
        yield server


@contextmanager
def control_c_after_requests(silent: SilentServer, count: int) -> Iterator[None]:
    def interrupt() -> None:
        silent.wait_for_requests(count)
        signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    yield
    thread.join()


def test_control_c_closes_open_connections(silent: SilentServer) -> None:
    client = sparkbot.Client("key", base_url=silent.url, timeout=sparkbot.Timeout(total=NEVER, read=NEVER))
    with control_c_after_requests(silent, 8):
        with pytest.raises(KeyboardInterrupt) as caught:
            client.map(client.chats.get, [{}, *[{"chat": wid(0)}] * 100], device=DEVICE, concurrency=8).collect()
        silent.wait_until_closed(8)
    error: Any = caught.value
    assert [outcome.status for outcome in error.outcomes] == ["failed"]


def test_cancelled_task_closes_open_connections(silent: SilentServer) -> None:
    async def cancelled() -> None:
        client = sparkbot.AsyncClient("key", base_url=silent.url)
        run = client.map(client.chats.get, [{"chat": wid(0)}] * 100, device=DEVICE, concurrency=8)
        task = asyncio.ensure_future(run.collect())
        await asyncio.to_thread(silent.wait_for_requests, 8)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(silent.wait_until_closed, 8)

    asyncio.run(cancelled())


def delay_all_but_first(sandbox: sparkbot.Sandbox) -> None:
    """The responses to all items but the first take longer than the test."""
    sandbox.faults.latency(NEVER, path=f"/chat/{DEVICE}/chats/{OTHERS['chat']}")


def test_leaving_the_loop_stops_the_run(sandbox: sparkbot.Sandbox) -> None:
    delay_all_but_first(sandbox)
    client = sandbox.client()
    for outcome in client.map(client.chats.get, endless(), device=DEVICE, concurrency=4):
        assert outcome.status == "ok"
        break
    sandbox.faults.clear()
    # A run that continued would send further requests during these calls.
    assert {client.chats.get(DEVICE, wid(0))["wid"] for _ in range(20)} == {wid(0)}
    assert len(sandbox.requests) <= 1 + 4 + 20


def test_leaving_an_awaited_loop_stops_the_run(sandbox: sparkbot.Sandbox) -> None:
    delay_all_but_first(sandbox)

    async def leave() -> int:
        client = sandbox.async_client()
        run = client.map(client.chats.get, endless(), device=DEVICE, concurrency=4)
        async for _ in run:
            break
        while not run._closed:
            await asyncio.sleep(0)
        sandbox.faults.clear()
        for _ in range(20):
            await client.chats.get(DEVICE, wid(0))
        return len(sandbox.requests)

    assert asyncio.run(leave()) <= 1 + 4 + 20


def test_run_can_be_closed(sandbox: sparkbot.Sandbox) -> None:
    delay_all_but_first(sandbox)
    client = sandbox.client()
    with client.map(client.chats.get, endless(), device=DEVICE) as run:
        outcomes = iter(run)
        assert next(outcomes).status == "ok"
    assert run.counts.ok == 1
    run.close()

    async def awaited() -> int:
        other = sandbox.async_client()
        sandbox.faults.clear()
        async with other.map(other.chats.get, endless(), device=DEVICE) as run:
            assert await first_of(run) == 0
        await run.close()
        return run.counts.ok

    assert asyncio.run(awaited()) == 1


def test_closing_a_run_in_its_loop_ends_the_loop(mapped: Mapping) -> None:
    run = mapped.client.map(mapped.client.chats.get, endless(), device=DEVICE)

    async def awaited() -> int:
        async for _ in run:
            await run.close()
        return int(run.counts.done)

    def blocking() -> int:
        for _ in run:
            run.close()
        return int(run.counts.done)

    assert (asyncio.run(awaited()) if mapped.api.awaited else blocking()) == 1


def test_abandoned_async_source_is_closed(sandbox: sparkbot.Sandbox) -> None:
    ended = []

    async def never() -> Any:
        try:
            yield {"chat": wid(0)}
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def run() -> None:
        client = sandbox.async_client()
        assert await first_of(client.map(client.chats.get, never(), device=DEVICE)) == 0

    asyncio.run(run())
    assert ended == [True]


def test_run_can_be_iterated_once(mapped: Mapping) -> None:
    run = mapped.client.map(mapped.client.chats.get, [{"chat": wid(0)}], device=DEVICE)
    assert len(mapped.collected(run)) == 1
    with pytest.raises(RuntimeError, match="can be iterated once"):
        mapped.collected(run)


def test_run_that_is_never_iterated_warns(mapped: Mapping) -> None:
    run = [mapped.client.map(mapped.client.chats.get, [])]
    with pytest.warns(RuntimeWarning, match=r"client\.map\(chats\.get, …\) was never iterated"):
        run.clear()


def run_script(script: str, sandbox: sparkbot.Sandbox, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SPARKBOT_API_KEY": sandbox.api_key, "SPARKBOT_BASE_URL": sandbox.url}
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, env=environment, check=False)


def test_program_exits_cleanly_during_a_run(sandbox: sparkbot.Sandbox) -> None:
    delay_all_but_first(sandbox)
    done = run_script(
        """
        import sparkbot, sys
        client = sparkbot.Client(timeout=sparkbot.Timeout(total=3600, read=3600))
        items = [{"chat": chat} for chat in sys.argv[2:]] * 50
        run = iter(client.map(client.chats.get, items, device=sys.argv[1]))
        print(next(run).status)
        """,
        sandbox,
        DEVICE,
        FIRST["chat"],
        OTHERS["chat"],
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "ok\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="has no fork")
def test_run_of_the_parent_fails_in_a_forked_child(sandbox: sparkbot.Sandbox) -> None:
    done = run_script(
        """
        import itertools, os, sparkbot, sys, warnings
        warnings.simplefilter("ignore")
        client = sparkbot.Client()
        run = iter(client.map(client.chats.get, itertools.repeat({"chat": sys.argv[2]}), device=sys.argv[1], concurrency=2))
        next(run)
        if os.fork() == 0:
            try:
                for _ in run:
                    pass
            except RuntimeError as error:
                print(error, flush=True)
            print(client.map(client.chats.get, [{"chat": sys.argv[2]}], device=sys.argv[1]).collect(), flush=True)
            os._exit(0)
        os.wait()
        """,
        sandbox,
        DEVICE,
        wid(0),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "this run was started before the process forked; start one here, with client.map",
        "[<Outcome 0 ok>]",
    ]


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")
def test_run_memory_does_not_grow(sandbox: sparkbot.Sandbox) -> None:
    done = run_script(
        """
        import sparkbot, sys
        client, peaks = sparkbot.Client(), []
        items = ({"size": 1 if number % 5 == 0 else 0} for number in range(50_000))
        for outcome in client.map(client.devices.list, items, concurrency=64):
            assert (outcome.status == "ok") == (outcome.index % 5 == 0), outcome.error
            if outcome.index in (10_000, 49_999):
                with open("/proc/self/status") as status:
                    [line] = [line for line in status if line.startswith("VmHWM")]
                peaks.append(int(line.split()[1]) / 1024)
        print(outcome.index + 1, peaks[1] - peaks[0])
        """,
        sandbox,
    )
    assert (done.returncode, done.stderr) == (0, "")
    count, megabytes_more = done.stdout.split()
    assert count == "50000"
    # 40,000 outcomes kept in memory take 30 MB.
    assert float(megabytes_more) < 8
