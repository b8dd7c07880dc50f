"""A router: copies of an event, a full queue, its end, and `wait_for`."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from tests.time_limits import HANG_TIMEOUT
from tests.webhooks.serving import RECEIVER, event, post, run

from sparkbot.errors import InvalidArgumentError
from sparkbot.webhooks import Event, MessageEvent, Router, SQLiteStore


def test_concurrent_copies_run_once_and_share_the_end() -> None:
    router = Router(RECEIVER, process_before_response=True)
    runs: list[Event] = []
    started, may_end = asyncio.Event(), asyncio.Event()

    @router.on()
    async def slow(event: Event) -> None:
        runs.append(event)
        started.set()
        await may_end.wait()
        raise ValueError

    async def main() -> list[int]:
        copies = [asyncio.create_task(post(router, event())) for _ in range(5)]
        await started.wait()
        may_end.set()
        return await asyncio.gather(*copies)

    assert run(router, main) == [500] * 5
    assert len(runs) == 1


def test_event_in_progress_elsewhere_is_not_run(tmp_path: Path) -> None:
    """Its response waits for the end of the other process only if it must."""
    other = SQLiteStore(tmp_path / "events.sqlite3")
    other.claim("event-1", event())  # type: ignore[arg-type]
    for waits, status in ((True, 503), (False, 200)):
        store = SQLiteStore(tmp_path / "events.sqlite3")
        router = Router(RECEIVER, store=store, process_before_response=waits)
        router.on()(lambda event: pytest.fail("it ran"))
        assert run(router, partial(post, router, event())) == status
    other.close()


def test_full_queue_is_answered_with_503() -> None:
    """When the service delivers the event again, it is handled."""
    router = Router(RECEIVER, concurrency=1, queue_size=1)
    started, may_end = asyncio.Event(), asyncio.Event()
    got: list[str] = []

    @router.on("message:in:new")
    async def slow(event: MessageEvent) -> None:
        started.set()
        await may_end.wait()
        got.append(event["data"]["id"])

    async def main() -> list[int]:
        first = await post(router, event(1))
        await started.wait()
        statuses = [first, *[await post(router, *events) for events in ([event(2)], [event(3)], [event(1), event(3)])]]
        may_end.set()
        await router.join()
        return [*statuses, await post(router, event(3)), await post(router, event(3))]

    assert run(router, main) == [200, 200, 503, 503, 200, 200]
    assert sorted(got) == ["m1", "m2", "m3"]


def test_shutdown_finishes_accepted_events_and_refuses_others() -> None:
    router = Router(RECEIVER)
    ended: list[str] = []

    async def main() -> None:
        gate = asyncio.Event()

        @router.on("message:in:new")
        async def slow(event: MessageEvent) -> None:
            await gate.wait()
            ended.append(event["data"]["id"])

        await router.__aenter__()
        assert await post(router, *(event(number) for number in range(20))) == 200
        stopping = asyncio.create_task(router.__aexit__())
        await asyncio.sleep(0)
        assert await post(router, event(99)) == 503
        assert not stopping.done()
        gate.set()
        await stopping

    asyncio.run(main())
    assert sorted(ended) == sorted(f"m{number}" for number in range(20))


def test_event_that_outlasts_the_shutdown_runs_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "events.sqlite3"
    stuck = Router(RECEIVER, store=SQLiteStore(path), shutdown_timeout=0.001, concurrency=1)

    @stuck.on()
    async def forever(event: Event) -> None:
        await asyncio.Event().wait()

    async def accept() -> None:
        assert await post(stuck, event(1), event(2)) == 200

    run(stuck, accept)
    assert "2 webhook events were not finished in time" in caplog.text
    got: list[str] = []
    router = Router(RECEIVER, store=SQLiteStore(path), process_before_response=True)
    router.on("message:in:new")(lambda event: got.append(event["data"]["id"]))
    assert run(router, partial(post, router, event(1), event(2))) == 200
    assert sorted(got) == ["m1", "m2"]


def test_wait_for_returns_the_next_event_that_fits() -> None:
    """A handler may wait for an answer, also if no other worker is free."""
    router = Router(RECEIVER, concurrency=1)
    answers: list[str] = []

    @router.on("message:in:new", body="Question")
    async def ask(event: MessageEvent) -> None:
        waiting.set()
        answer = await router.wait_for("message:in:new", type="text", check=lambda event: "yes" in event["data"]["body"])
        answers.append(answer["data"]["body"])

    async def main() -> None:
        assert await post(router, event(1, body="Question")) == 200
        await waiting.wait()
        for number, text in enumerate(("no", "yes", "yes, too"), 2):
            assert await post(router, event(number, body=text)) == 200
        await router.join()

    waiting = asyncio.Event()
    run(router, main)
    assert answers == ["yes"]


def test_wait_for_ignores_copies_and_times_out() -> None:
    router = Router(RECEIVER)

    async def main() -> None:
        assert await post(router, event()) == 200
        waiter = asyncio.create_task(router.wait_for("message:in:new", timeout=0.2))
        await asyncio.sleep(0)
        assert await post(router, event()) == 200
        with pytest.raises(TimeoutError, match="no such event arrived"):
            await waiter
        with pytest.raises(InvalidArgumentError, match="timeout is -1"):
            await router.wait_for(timeout=-1)

    run(router, main)


def test_wait_for_raises_errors_of_its_check() -> None:
    router = Router(RECEIVER)

    async def main() -> None:
        waiter = asyncio.create_task(router.wait_for(check=lambda event: 1 / 0))
        await asyncio.sleep(0)
        assert await post(router, event()) == 200
        with pytest.raises(ZeroDivisionError):
            await waiter
        late = asyncio.create_task(router.wait_for())
        await asyncio.sleep(0)
        await router.__aexit__()
        with pytest.raises(asyncio.CancelledError):
            await late

    run(router, main)


def test_store_that_fails_is_answered_with_503(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "events.sqlite3"
    path.write_text("this is no database, and longer than the header of one" * 9)
    router = Router(RECEIVER, store=SQLiteStore(path))
    router.on()(lambda event: pytest.fail("it ran"))
    assert run(router, partial(post, router, event())) == 503
    assert "the webhook event store failed for event event-1: DatabaseError" in caplog.text


def test_wait_for_ends_at_once_when_the_router_stops() -> None:
    """Also for a handler that begins to wait while the others finish."""
    router = Router(RECEIVER, shutdown_timeout=2 * HANG_TIMEOUT)

    async def main() -> None:
        begin = asyncio.Event()

        @router.on()
        async def ask(event: Event) -> None:
            await begin.wait()
            await router.wait_for()

        await router.__aenter__()
        assert await post(router, event()) == 200
        stopping = asyncio.create_task(router.__aexit__())
        await asyncio.sleep(0)
        begin.set()
        await stopping
        with pytest.raises(asyncio.CancelledError):
            await router.wait_for()

    async def limited() -> None:
        async with asyncio.timeout(HANG_TIMEOUT):
            await main()

    asyncio.run(limited())
