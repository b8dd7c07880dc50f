"""Hooks in a `client.map` run: called in the caller's thread, before each call and with its outcome."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sparkbot
from sparkbot import _logging, errors
from tests.batch.conftest import DEVICE, wid
from tests.conftest import Api
from tests.hook_recorder import RUN, HookRecorder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from sparkbot.hooks import Request, Response

GET: Callable[[Any], Any] = lambda client: client.chats.get  # noqa: E731
ITEMS = [{"chat": wid(number)} for number in range(20)]


@pytest.fixture
def recorder() -> HookRecorder:
    return HookRecorder()


def collect(
    api: Api, choose: Callable[[Any], Any], items: Any, hooks: dict[str, Any], **more: Any
) -> list[sparkbot.Outcome[Any]]:
    client = api.client(**hooks)
    run = client.map(choose(client), items, **{"device": DEVICE, **more})
    return asyncio.run(run.collect()) if api.awaited else run.collect()


async def trickled(items: Iterable[Any]) -> AsyncIterator[Any]:
    for item in items:
        await asyncio.sleep(0)
        yield item


@pytest.mark.parametrize("form", ["plain", "async", "async items"])
def test_hooks_run_once_before_and_after_each_item(api: Api, recorder: HookRecorder, form: str) -> None:
    if form != "plain" and not api.awaited:
        pytest.skip("a blocking client has neither async hooks nor async items")
    RUN.set("nightly")
    items = trickled(ITEMS) if form == "async items" else ITEMS
    outcomes = collect(api, GET, items, recorder.hooks if form == "plain" else recorder.awaited)
    assert [outcome.status for outcome in outcomes] == ["ok"] * 20
    assert sorted(request.item or 0 for request in recorder.requests) == list(range(20))
    assert recorder.items() == list(range(20))
    assert [response.status_code for response in recorder.responses] == [200] * 20
    assert recorder.where == {(threading.get_ident(), "nightly")}
    sent = {request["path"].rpartition("/")[2]: request["headers"]["x-item"] for request in api.sandbox.requests}
    assert sent == {wid(number): str(number) for number in range(20)}
    first = recorder.responses[0]
    assert (first.request.operation, first.request.device, first.attempts) == ("chats.get", DEVICE, 1)
    assert 0 < first.history[0].elapsed <= first.elapsed
    assert first.request_id in {request["request_id"] for request in api.sandbox.requests}


def test_hooks_run_for_each_call_of_an_item(api: Api, recorder: HookRecorder) -> None:
    outcomes = collect(api, lambda client: client.messages.iter, [{"chat": wid(0), "size": 2}] * 3, recorder.hooks)
    assert [len(outcome.unwrap()) for outcome in outcomes] == [5] * 3
    assert sorted(item or 0 for item in recorder.items()) == sorted([0, 1, 2] * (len(recorder.items()) // 3))
    assert len(recorder.requests) == len(recorder.responses) == len(api.sandbox.requests)


def test_hooks_receive_custom_requests_and_invalid_items(api: Api, recorder: HookRecorder) -> None:
    client = api.client(**recorder.hooks)
    items = [("GET", "/devices"), ("GET", "devices"), ("GET", "/nowhere")]
    run = client.map(client.request, items)
    outcomes = asyncio.run(run.collect()) if api.awaited else run.collect()
    assert [outcome.status for outcome in outcomes] == ["ok", "failed", "failed"]
    ok, rejected, missing = recorder.responses
    assert (ok.request.path, ok.error) == ("/devices", None)
    assert (type(rejected.error), rejected.attempts, outcomes[1].error) == (errors.InvalidArgumentError, 0, rejected.error)
    assert (missing.status_code, missing.error) == (404, outcomes[2].error)


def test_on_request_error_fails_its_item(api: Api, recorder: HookRecorder) -> None:
    def veto(request: Request) -> None:
        recorder.before(request)
        if request.item in (0, 7, 19):
            raise LookupError("not this one")

    outcomes = collect(api, GET, ITEMS, {"on_request": veto, "on_response": recorder.after})
    vetoed = [outcome.index for outcome in outcomes if outcome.status == "failed"]
    assert vetoed == [0, 7, 19]
    assert all(type(outcomes[index].error) is LookupError for index in vetoed)
    assert sorted(item or 0 for item in recorder.items()) == [index for index in range(20) if index not in vetoed]
    assert len(api.sandbox.requests) == 17


def test_on_response_error_stops_run(api: Api, recorder: HookRecorder) -> None:
    def broken(response: Response) -> None:
        recorder.after(response)
        if response.request.item == 3:
            raise LookupError("the hook is broken")

    with pytest.raises(LookupError) as caught:
        collect(api, GET, ITEMS, {"on_request": recorder.before, "on_response": broken})
    assert caught.value.sparkbot_response["wid"] == wid(3)  # type: ignore[attr-defined]
    assert len(caught.value.outcomes) == 3  # type: ignore[attr-defined]
    # Calls in flight are reported too, so none stays open.
    assert sorted(recorder.items(), key=int) == sorted((request.item for request in recorder.requests), key=int)  # type: ignore[arg-type]  # none is None


def test_abandoned_run_calls_hooks_for_dropped_calls(api: Api, recorder: HookRecorder) -> None:
    client = api.client(**recorder.hooks)
    run = client.map(client.chats.get, ITEMS, device=DEVICE, concurrency=2)

    async def left() -> None:
        async with run:
            async for _ in run:
                break

    if api.awaited:
        asyncio.run(left())
    else:
        with run:
            next(iter(run))
    assert recorder.responses[0].error is None
    assert {type(response.error) for response in recorder.responses[1:]} <= {GeneratorExit}
    assert len(recorder.responses) == len(recorder.requests)


@settings(max_examples=15)
@given(data=st.data())
def test_every_on_request_has_its_on_response(sandbox: sparkbot.Sandbox, data: st.DataObject) -> None:
    """Also for calls that hooks, validation or the service reject."""
    kinds = data.draw(st.lists(st.sampled_from(["ok", "missing", "wrong id", "wrong name", "vetoed"]), max_size=40))
    awaited, concurrency = data.draw(st.booleans()), data.draw(st.integers(1, 8))
    chats = {"ok": {"chat": wid(1)}, "vetoed": {"chat": wid(2)}, "missing": {"chat": wid(77)}, "wrong id": {"chat": "no id"}}
    recorder = HookRecorder()

    def before(request: Request) -> None:
        if request.item is not None and kinds[request.item] == "vetoed":
            raise LookupError
        recorder.before(request)

    hooks = {"on_request": before, "on_response": recorder.after}
    items = [chats.get(kind, {"chot": wid(1)}) for kind in kinds]
    outcomes = collect(Api(sandbox, awaited=awaited), GET, items, hooks, concurrency=concurrency)
    expected = {"ok": "NoneType", "missing": "NotFoundError", "wrong id": "InvalidArgumentError", "wrong name": "TypeError"}
    assert [type(outcome.error).__name__ for outcome in outcomes] == [expected.get(kind, "LookupError") for kind in kinds]
    called = [index for index, kind in enumerate(kinds) if kind not in ("wrong name", "vetoed")]
    assert recorder.items() == called
    assert [response.error for response in recorder.responses] == [outcomes[index].error for index in called]


@pytest.mark.parametrize("level", [logging.WARNING, logging.DEBUG])
def test_items_without_hooks_call_no_python_logging(
    sandbox: sparkbot.Sandbox, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Counts calls into the logging modules with the profiler."""
    called: list[str] = []

    def count(frame: Any, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in (_logging.__file__, logging.__file__):
            called.append(frame.f_code.co_name)

    client = sandbox.client()
    with caplog.at_level(level, logger="sparkbot"):
        run = client.map(client.chats.get, ITEMS * 10, device=DEVICE, concurrency=8)
        sys.setprofile(count)
        try:
            outcomes = list(run)
        finally:
            sys.setprofile(None)
    assert len(outcomes) == 200
    assert called.count("log_item") == (200 if level == logging.DEBUG else 0)
    assert run._instrumented is None
