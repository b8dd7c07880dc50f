"""A router: which handlers run, when, and what the service gets as a response."""

from __future__ import annotations

import asyncio
import logging
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from tests.conftest import DEVICE
from tests.time_limits import HANG_TIMEOUT
from tests.webhooks.serving import RECEIVER, URL, body, event, served

from sparkbot.errors import ConfigError, InvalidArgumentError
from sparkbot.webhooks import Event, MemoryStore, MessageEvent, Router, SQLiteStore
from sparkbot.webhooks.starlette import router_endpoint, router_lifespan

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    import sparkbot

PHONE, TEXT = "+447362053577", "meet me at the usual place"


def starlette_app(router: Router) -> Starlette:
    route = Route("/whatsapp", router_endpoint(router), methods=["POST"])
    return Starlette(routes=[route], lifespan=router_lifespan(router))


@pytest.fixture
def deliver_to(sandbox: sparkbot.Sandbox) -> Iterator[Callable[[str], None]]:
    """Registers an address for new messages at the sandbox."""
    with sandbox.client() as client:

        def register(address: str) -> None:
            url = RECEIVER.url(f"{address}/whatsapp")
            client.webhooks.create(name="App", url=url, events=["message:in:new"], device=DEVICE)

        yield register


def run(router: Router, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Runs a coroutine in an event loop with the router."""

    async def running() -> Any:
        async with router:
            return await main()

    return asyncio.run(running())


async def post(router: Router, *events: dict[str, Any]) -> int:
    return (await router.receive(body(*events), url=URL)).status_code


@pytest.mark.parametrize(
    ("names", "options", "fits"),
    [
        ((), {}, True),
        (("message:in:new",), {}, True),
        (("chat:update", "message:in:new"), {}, True),
        (("message:out:new",), {}, False),
        (("message:in:new",), {"type": "text"}, True),
        (("message:in:new",), {"type": "image"}, False),
        (("message:in:new",), {"type": {"image", "text"}}, True),
        (("message:in:new",), {"type": {"image"}}, False),
        (("message:in:new",), {"body": str.isalpha}, True),
        (("message:in:new",), {"body": str.isdigit}, False),
        (("message:in:new",), {"ack": str.isalpha}, False),
        (("message:in:new",), {"ack": None, "body": "Hi"}, True),
        ((), {"check": lambda event: event["id"] == "event-1"}, True),
        (("message:in:new",), {"check": lambda event: False, "type": "text"}, False),
    ],
)
def test_handler_gets_events_that_fit(names: tuple[Any, ...], options: dict[str, Any], fits: bool) -> None:
    router = Router(RECEIVER)
    got: list[Event] = []
    router.on(*names, **options)(got.append)

    async def main() -> None:
        assert await post(router, event()) == 200

    run(router, main)
    assert got == [event()] * fits


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (("message:in:nwe",), {}, "'message:in:nwe' is no known event; known are message:in:new"),
        ((7,), {}, "name is a int"),
        ((print,), {}, "name is a builtin_function"),
        (("message:in:new",), {"typ": "text"}, "'message:in:new' has no field 'typ'; see MessageData"),
        (("chat:update", "message:in:new"), {"body": "Hi"}, "'chat:update' has no field 'body'"),
        (("message:in:new",), {"check": "text"}, "check is a str"),
    ],
)
def test_wrong_filter_is_refused(names: tuple[Any, ...], options: dict[str, Any], message: str) -> None:
    router = Router(RECEIVER)
    with pytest.raises(InvalidArgumentError, match=message):
        router.on(*names, **options)


@pytest.mark.parametrize("handler", [lambda: None, lambda event, other: None])
def test_handler_must_take_one_argument(handler: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="one argument, the event"):
        Router(RECEIVER).on()(handler)


@pytest.mark.parametrize("options", [{"concurrency": 0}, {"queue_size": -1}, {"shutdown_timeout": "1"}])
def test_wrong_settings_are_refused(options: Any) -> None:
    with pytest.raises(ConfigError, match="pass a number above 0"):
        Router(RECEIVER, **options)


def test_router_must_run_and_runs_once() -> None:
    router = Router(RECEIVER)
    for use in (router.receive(body(event()), url=URL), router.wait_for(timeout=1), router.join()):
        with pytest.raises(ConfigError, match="async with router"):
            asyncio.run(use)

    async def main() -> None:
        with pytest.raises(ConfigError, match="already running"):
            await router.__aenter__()

    run(router, main)
    run(router, main)


def test_requests_are_authenticated() -> None:
    router = Router(RECEIVER)

    async def main() -> list[int]:
        answers = [await router.receive(content, url=url) for content, url in ((b"7", URL), (body(event()), "/whatsapp"))]
        return [answer.status_code for answer in answers]

    assert run(router, main) == [400, 401]


def test_real_events_run_each_handler_once(sandbox: sparkbot.Sandbox, deliver_to: Callable[[str], None]) -> None:
    """Copies in reverse order; handlers of each kind."""
    router = Router(RECEIVER)
    got: list[tuple[str, str]] = []

    @router.on("message:in:new", type="text")
    def plain(event: MessageEvent) -> None:
        got.append(("plain", event["data"]["body"]))

    @router.on("message:in:new", type="text")
    async def awaited(event: MessageEvent) -> None:
        got.append(("awaited", event["data"]["body"]))

    router.on()(partial(awaited))
    with served(starlette_app(router)) as address:
        deliver_to(address)
        sandbox.faults.webhooks(copies=3, reverse=True)
        for number in range(4):
            sandbox.receive(DEVICE, PHONE, f"text {number}")
        sandbox.settle()
    expected = [("awaited", f"text {number}") for number in range(4)]
    assert sorted(got) == sorted(expected * 2 + [("plain", text) for _, text in expected])


def test_response_comes_before_handlers_end(sandbox: sparkbot.Sandbox, deliver_to: Callable[[str], None]) -> None:
    """And the shutdown of the app waits for them."""
    router = Router(RECEIVER)
    started, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    @router.on("message:in:new")
    def slow(event: MessageEvent) -> None:
        started.set()
        may_end.wait(HANG_TIMEOUT)
        ended.set()

    with served(starlette_app(router)) as address:
        deliver_to(address)
        sandbox.receive(DEVICE, PHONE, TEXT)
        sandbox.settle()
        assert started.wait(HANG_TIMEOUT)
        assert not ended.is_set()
        may_end.set()
    assert ended.is_set()


def test_failure_stops_no_other_handler_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The log has the id of the event, and no text or number."""
    errors: list[tuple[str, str]] = []
    router = Router(RECEIVER, on_error=lambda error, event: errors.append((str(error), event["event"])))
    got: list[Event] = []

    @router.on()
    def broken(event: Event) -> None:
        raise RuntimeError(f"{PHONE} wrote {TEXT}")

    @router.on(check=lambda event: event["unknown"])  # type: ignore[typeddict-item]
    async def never(event: Event) -> None: ...

    router.on()(got.append)

    async def main() -> None:
        assert await post(router, event(body=TEXT, fromNumber=PHONE)) == 200
        await router.join()

    with caplog.at_level(logging.DEBUG):
        run(router, main)
    assert len(got) == 1
    logged = sorted(record.getMessage() for record in caplog.records if record.name == "sparkbot")
    assert len(logged) == 2
    assert "broken failed for event event-1: RuntimeError at" in logged[0]
    assert "test_router.py:" in logged[0]
    assert "never failed for event event-1: KeyError at" in logged[1]
    assert not any(secret in text for text in logged for secret in (PHONE, TEXT))
    assert ((f"{PHONE} wrote {TEXT}", "message:in:new")) in errors


def test_broken_on_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def on_error(error: Exception, event: Event) -> None:
        raise ValueError(TEXT)

    router = Router(RECEIVER, on_error=on_error)
    router.on()(lambda event: 1 / 0)

    async def main() -> None:
        assert await post(router, event()) == 200

    run(router, main)
    assert "on_error of the webhook router failed for event event-1: ValueError" in caplog.text
    assert TEXT not in caplog.text


def test_failed_event_runs_again_when_delivered_again() -> None:
    router = Router(RECEIVER, process_before_response=True)
    results = iter([ValueError("first"), None])
    runs: list[Event] = []

    @router.on()
    def flaky(event: Event) -> None:
        runs.append(event)
        if error := next(results):
            raise error

    async def main() -> list[int]:
        return [await post(router, event()) for _ in range(3)]

    assert run(router, main) == [500, 200, 200]
    assert len(runs) == 2


def test_failed_event_runs_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service has its response, and does not deliver the event again."""
    monkeypatch.setattr("sparkbot.webhooks.stores.RETRY_DELAY", 0.001)
    router = Router(RECEIVER, store=MemoryStore(claim_timeout=0.01))
    done = asyncio.Event()
    runs: list[Event] = []

    @router.on()
    async def flaky(event: Event) -> None:
        runs.append(event)
        if len(runs) < 3:
            raise ValueError
        done.set()

    async def main() -> None:
        assert await post(router, event()) == 200
        await done.wait()

    run(router, main)
    assert runs == [event()] * 3


def test_service_delivers_a_failed_event_again(sandbox: sparkbot.Sandbox, deliver_to: Callable[[str], None]) -> None:
    router = Router(RECEIVER, process_before_response=True)
    runs: list[str] = []

    @router.on("message:in:new")
    async def flaky(event: MessageEvent) -> None:
        runs.append(event["data"]["body"])
        if len(runs) == 1:
            raise ValueError

    with served(starlette_app(router)) as address:
        deliver_to(address)
        sandbox.receive(DEVICE, PHONE, TEXT)
        sandbox.settle()
    assert runs == [TEXT, TEXT]


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
