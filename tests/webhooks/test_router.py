"""A router: which handlers run, when, and what the service gets as a response."""

from __future__ import annotations

import asyncio
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from tests.conftest import CANARY, DEVICE
from tests.time_limits import HANG_TIMEOUT
from tests.webhooks.serving import RECEIVER, URL, body, event, post, run, served

from sparkbot.errors import ConfigError, InvalidArgumentError
from sparkbot.webhooks import Event, MemoryStore, MessageEvent, Router
from sparkbot.webhooks.starlette import router_endpoint, router_lifespan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def test_numbers_of_workers_and_events_are_whole() -> None:
    for name in ("concurrency", "queue_size"):
        with pytest.raises(ConfigError, match=rf"{name} is 1\.5: pass a whole number"):
            Router(RECEIVER, **{name: 1.5})  # type: ignore[arg-type]


def test_secret_and_path_are_no_receiver_and_store() -> None:
    arguments: Any = [(CANARY, None), (RECEIVER, CANARY)]
    for (receiver, store), problem in zip(arguments, ["receiver is of type str", "store is of type str"], strict=True):
        with pytest.raises(ConfigError, match=problem) as caught:
            Router(receiver, store=store)
        assert CANARY not in str(caught.value)


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


def _exit(event: Event) -> None:
    raise SystemExit(3)


async def _exit_async(event: Event) -> None:
    raise SystemExit(3)


def _stop_iteration(event: Event) -> None:
    raise StopIteration


@pytest.mark.parametrize("handler", [_exit, _exit_async, _stop_iteration])
def test_handler_that_raises_no_usual_error_fails(handler: Any) -> None:
    errors: list[Exception] = []
    router = Router(RECEIVER, process_before_response=True, concurrency=1, on_error=lambda error, _: errors.append(error))
    router.on()(handler)

    async def main() -> list[int]:
        async with asyncio.timeout(HANG_TIMEOUT):
            return [await post(router, event(number)) for number in range(2)]

    assert run(router, main) == [500, 500]
    assert {str(error) for error in errors} <= {"raised SystemExit", "raised StopIteration"}


def test_check_that_raises_stop_iteration_fails_its_waiter() -> None:
    router = Router(RECEIVER)

    def check(event: Event) -> bool:
        raise StopIteration

    async def main() -> None:
        waiter = asyncio.create_task(router.wait_for(check=check, timeout=HANG_TIMEOUT))
        await asyncio.sleep(0)
        assert await post(router, event()) == 200
        with pytest.raises(RuntimeError, match="raised StopIteration"):
            await waiter

    run(router, main)


def test_router_of_another_event_loop_is_refused() -> None:
    router = Router(RECEIVER)
    try:
        assert router.receive_blocking(body(event()), url=URL).status_code == 200
        for call in (lambda: router.wait_for(timeout=HANG_TIMEOUT), router.join):
            with pytest.raises(ConfigError, match="another event loop"):
                asyncio.run(call())
    finally:
        router.close()
