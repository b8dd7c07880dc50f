"""Hooks and log records of calls."""

from __future__ import annotations

import asyncio
import logging
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CHAT, DEVICE
from tests.hook_recorder import RUN, HookRecorder
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Api


READ: Callable[[Any], Any] = lambda client: client.chats.get(DEVICE, CHAT)  # noqa: E731
RAW: Callable[[Any], Any] = lambda client: client.raw.chats.get(DEVICE, CHAT)  # noqa: E731
REQUEST: Callable[[Any], Any] = lambda client: client.request("GET", "/devices")  # noqa: E731
RAW_REQUEST: Callable[[Any], Any] = lambda client: client.raw.request("GET", "/devices")  # noqa: E731
ITER: Callable[[Any], Any] = lambda client: client.contacts.iter(DEVICE, max_pages=1)  # noqa: E731


@pytest.fixture
def recorder() -> HookRecorder:
    return HookRecorder()


CALLS: dict[str, tuple[Callable[[Any], Any], tuple[str, str, str, str | None]]] = {
    "call": (READ, ("chats.get", "GET", "/chat/{device}/chats/{wid}", DEVICE)),
    "raw": (RAW, ("chats.get", "GET", "/chat/{device}/chats/{wid}", DEVICE)),
    "free": (REQUEST, ("request", "GET", "/devices", None)),
    "raw free": (RAW_REQUEST, ("request", "GET", "/devices", None)),
    "walk": (ITER, ("contacts.list", "GET", "/chat/{device}/contacts", DEVICE)),
}


@pytest.mark.parametrize("name", CALLS)
def test_hooks_run_before_and_after_every_kind_of_call(api: Api, recorder: HookRecorder, name: str) -> None:
    call, facts = CALLS[name]
    RUN.set(f"run of {name}")
    api(call, **recorder.hooks)
    [request], [response] = recorder.requests, recorder.responses
    assert (request.operation, request.method, request.path, request.device) == facts
    assert request.base_url == api.sandbox.url
    assert response.request is request
    assert request.state == {"mine": 1}
    assert (response.status_code, response.attempts, response.error) == (200, 1, None)
    assert response.request_id == api.sandbox.requests[-1]["request_id"]
    assert 0 < response.history[0].elapsed <= response.elapsed
    assert recorder.where == {(threading.get_ident(), f"run of {name}")}
    assert api.sandbox.requests[-1]["headers"]["x-run"] == f"run of {name}"


def test_hooks_run_in_the_context_of_their_task(sandbox: sparkbot.Sandbox, recorder: HookRecorder) -> None:
    client = sandbox.async_client(**recorder.hooks)

    async def read(name: str) -> None:
        RUN.set(name)
        await READ(client)

    async def read_all() -> None:
        await asyncio.gather(*(read(f"task {number}") for number in range(20)))

    asyncio.run(read_all())
    assert {name for _, name in recorder.where} == {f"task {number}" for number in range(20)}
    assert {thread for thread, _ in recorder.where} == {threading.get_ident()}
    assert {request["headers"]["x-run"] for request in sandbox.requests} == {name for _, name in recorder.where}


def test_response_hook_has_every_attempt(api: Api, recorder: HookRecorder) -> None:
    api.sandbox.faults.status(503, count=1)
    api.sandbox.faults.reset_connection(count=1)
    api(READ, **recorder.hooks)
    first, second, last = recorder.responses[0].history
    assert (first.outcome, second.outcome, last.outcome) == ("503", "connection", "200")
    assert first.retry_delay is not None
    assert second.error
    assert last.retry_delay is None
    assert recorder.responses[0].attempts == 3


def test_errors_reach_hooks_and_the_caller(api: Api, recorder: HookRecorder) -> None:
    with pytest.raises(errors.NotFoundError) as caught:
        api(lambda client: client.chats.get(DEVICE, "4470000000@c.us"), **recorder.hooks)
    with pytest.raises(errors.InvalidArgumentError):
        api(lambda client: client.chats.get("no id", CHAT), **recorder.hooks)
    not_found, invalid = recorder.responses
    assert (not_found.error, not_found.status_code) == (caught.value, 404)
    assert (type(invalid.error), invalid.attempts, invalid.status_code) == (errors.InvalidArgumentError, 0, None)


@pytest.mark.parametrize("headers", [{"Token": "x"}, {"X": "a\r\nb"}, {7: "x"}])
def test_invalid_hook_headers_are_rejected(api: Api, headers: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError, match="headers"):
        api(READ, on_request=lambda request: request.headers.update(headers))
    assert api.sandbox.requests == []


def fail(_: object) -> None:
    raise LookupError("the hook is broken")


def test_on_request_error_prevents_the_request(api: Api) -> None:
    with pytest.raises(LookupError):
        api(READ, on_request=fail)
    assert api.sandbox.requests == []


def test_on_response_error_keeps_response_and_error(api: Api) -> None:
    with pytest.raises(LookupError) as caught:
        api(READ, on_response=fail)
    assert caught.value.sparkbot_response["wid"] == CHAT  # type: ignore[attr-defined]
    assert "after chats.get had succeeded" in caught.value.__notes__[0]
    with pytest.raises(LookupError) as caught:
        api(lambda client: client.chats.get(DEVICE, "4470000000@c.us"), on_response=fail)
    assert isinstance(caught.value.__context__, errors.NotFoundError)


def test_only_async_clients_accept_async_hooks(sandbox: sparkbot.Sandbox) -> None:
    events: list[object] = []

    async def hook(event: object) -> None:
        await asyncio.sleep(0)
        events.append(event)

    asyncio.run(READ(sandbox.async_client(on_request=hook, on_response=hook)))
    assert [type(event).__name__ for event in events] == ["Request", "Response"]
    for wrong in ({"on_request": hook}, {"on_response": hook}, {"on_request": "hook"}):
        with pytest.raises(errors.ConfigError, match="on_re"):
            sandbox.client(**wrong)
    with pytest.raises(errors.ConfigError, match="awaitable"):
        sandbox.client(on_request=lambda request: hook(request)).devices.list()
    assert len(sandbox.requests) == 1


def test_hooks_see_cancelled_and_dropped_calls(sandbox: sparkbot.Sandbox, recorder: HookRecorder) -> None:
    sandbox.faults.latency(30)
    client = sandbox.async_client(**recorder.hooks)

    async def cancelled() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await READ(client)
        dropped = client.chats.get(DEVICE, CHAT)
        dropped.send(None)
        dropped.close()

    asyncio.run(cancelled())
    assert [type(response.error) for response in recorder.responses] == [asyncio.CancelledError, GeneratorExit]
    assert [response.attempts for response in recorder.responses] == [0, 0]


def test_with_options_keeps_the_hooks(api: Api, recorder: HookRecorder) -> None:
    api(lambda client: client.with_options(headers={"X-Team": "crm"}).chats.get(DEVICE, CHAT), **recorder.hooks)
    assert len(recorder.requests) == len(recorder.responses) == 1
    headers = api.sandbox.requests[-1]["headers"]
    assert (headers["x-team"], headers["x-run"]) == ("crm", RUN.get())


def test_hooks_pickle_with_the_client(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
    duplicate = pickle.loads(pickle.dumps(sandbox.client(on_request=fail)))
    with pytest.raises(LookupError):
        duplicate.devices.list()


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG, logger="sparkbot"):
        yield caplog


def test_attempts_are_logged_and_retries_warned(api: Api, lines: pytest.LogCaptureFixture) -> None:
    api.sandbox.faults.status(503, count=1)
    api(READ)
    first, retry, last = lines.records
    assert (first.levelname, retry.levelname, last.levelname) == ("DEBUG", "WARNING", "DEBUG")
    assert first.getMessage().startswith("chats.get attempt 1: 503 in ")
    assert first.getMessage().endswith(f"request {api.sandbox.requests[0]['request_id']}")
    assert retry.getMessage().startswith("chats.get attempt 1 failed with 503, request sandbox-")
    assert "; retried after 0." in retry.getMessage()
    assert last.getMessage().startswith("chats.get attempt 2: 200 in ")
    assert {record.threadName for record in lines.records} == {threading.current_thread().name}
    assert vars(last)["operation"] == "chats.get"
    assert (vars(last)["status"], vars(last)["attempt"]) == (200, 2)


def test_only_retries_are_logged_without_debug(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api(READ)
    assert caplog.records == []
    api.sandbox.faults.reset_connection(count=1)
    api(READ)
    [record] = caplog.records
    assert record.getMessage().startswith("chats.get attempt 1 failed with connection (the connection to ")
    caplog.clear()
    api.sandbox.faults.status(503, count=1)
    with caplog.at_level(logging.ERROR, logger="sparkbot"):
        api(READ)
    assert caplog.records == []


def test_failed_call_with_hooks_is_logged(api: Api, recorder: HookRecorder, lines: pytest.LogCaptureFixture) -> None:
    with pytest.raises(errors.NotFoundError):
        api(lambda client: client.chats.get(DEVICE, "4470000000@c.us"), **recorder.hooks)
    [record] = lines.records
    assert record.getMessage().startswith("chats.get attempt 1: 404 in ")


def test_sync_logs_failed_and_retried_rows(sandbox: sparkbot.Sandbox, lines: pytest.LogCaptureFixture) -> None:
    rows = [{"phone": "447362053576", "tier": "gold"}, {"phone": "nobody", "tier": "gold"}]
    client = sandbox.client()
    sparkbot.sync_metadata(client, DEVICE, rows, progress="off")
    assert [record.getMessage().partition(":")[0] for record in lines.records] == [
        "devices.get attempt 1",
        "sync_metadata item 0",
        "sync_metadata",
    ]
    sandbox.faults.status(503, count=1, operation="contacts.*")
    sparkbot.sync_metadata(client, DEVICE, rows[:1], progress="off")
    *_, row, run = lines.records
    assert (row.levelname, run.levelname) == ("WARNING", "INFO")
    assert "sync_metadata item 0: ok after 2 request(s)" in row.getMessage()
    assert "sync_metadata: 1 rows: 1 ok," in run.getMessage()


LOGGING_PROGRAM = """
import sys, sparkbot
with sparkbot.Sandbox() as sandbox, sandbox.client(retry=sparkbot.Retry(initial_delay=0)) as client:
    sandbox.faults.status(503, count=1)
    client.devices.list()
    print("logging" in sys.modules, "sparkbot.hooks" in sys.modules)
    import logging
    sandbox.faults.status(503, count=1)
    client.devices.list()
    logging.basicConfig(format="%(levelname)s %(message)s", stream=sys.stdout)
    sandbox.faults.status(503, count=1)
    client.devices.list()
"""


def test_logging_is_not_imported_by_the_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOGGING_PROGRAM], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False
    )
    first, line = done.stdout.splitlines()
    assert (done.returncode, done.stderr, first) == (0, "", "False False")
    assert line.startswith("WARNING devices.list attempt 1 failed with 503")


def test_creating_clients_in_threads_never_deadlocks(sandbox: sparkbot.Sandbox, lines: pytest.LogCaptureFixture) -> None:
    def work(_: int) -> None:
        READ(sandbox.client())

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(64)))
    logged = {(record.threadName, record.getMessage().partition(" in ")[0]) for record in lines.records}
    assert len(lines.records) == 64
    assert {line for _, line in logged} == {"chats.get attempt 1: 200"}
    assert all(name and name.startswith("ThreadPoolExecutor") for name, _ in logged)
