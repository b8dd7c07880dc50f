"""HTTP/2: every way in which a service ends a request, over TLS, with the executions counted."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from h2.errors import ErrorCodes

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates, faults
from tests.network.http2_server import EVERY_STREAM, Session, Stream, behaviour, on_stream, serve_normally
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.network.server import Behaviour

    Fault = Callable[[Session, Stream], bool]

BURST = 32


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("trusted") / "authority.pem"
    certificates.authority().cert_pem.write_to_path(path)
    return path


@contextmanager
def account(serve: Behaviour, bundle: Path, *, awaited: bool = False, **settings: Any) -> Iterator[tuple[FaultServer, Any]]:
    """A server, and a function that runs a call: its result, or its error."""
    with FaultServer(serve, certificates.http2()) as server:
        settings = {"http2": "auto", "retry": sparkbot.Retry(initial_delay=0.001)} | settings
        kind: Any = sparkbot.AsyncClient if awaited else sparkbot.Client
        client = kind(CANARY, base_url=f"https://127.0.0.1:{server.port}/v1", ca_bundle=bundle, **settings)

        def run(call: Callable[[Any], Any]) -> Any:
            try:
                return asyncio.run(_wait(call, client)) if awaited else call(client)
            except errors.SparkBotError as error:
                return error

        yield server, run


async def _wait(call: Callable[[Any], Any], client: Any) -> Any:
    return await call(client)


def read(client: Any) -> Any:
    return client.chats.get(DEVICE, CHAT)


def update(client: Any) -> Any:
    return client.contacts.upsert_metadata(DEVICE, CHAT, {"tier": "gold"})


def message(client: Any, number: int = 0) -> Any:
    return client.send.text(device=DEVICE, phone="+447362053576", message=f"message {number}")


def executions(server: FaultServer) -> int:
    """How often a message was executed, at most."""
    bodies = [request.body for request in server.requests if request.target.endswith("/messages")]
    return max(map(bodies.count, bodies), default=0)


def test_calls_share_a_connection(bundle: Path) -> None:
    with account(behaviour(serve_normally), bundle) as (server, run):
        for _ in range(3):
            assert [run(call) for call in (read, update, message)] == [{}, {}, {}]
        assert len(server.connections) == 1


def test_http2_can_be_switched_off(bundle: Path) -> None:
    """The server answers in HTTP/1.1 only, whatever it has agreed on."""
    with account(faults.serve_normally, bundle, http2="off") as (_, run):
        assert run(read) == {}


@pytest.mark.parametrize("awaited", [False, True])
def test_messages_at_once_share_a_connection(bundle: Path, awaited: bool) -> None:
    with account(behaviour(serve_normally), bundle, awaited=awaited) as (server, run):
        assert _burst(run, awaited=awaited) == [{}] * BURST
        assert len(server.connections) <= 2
        assert executions(server) == 1


def _burst(run: Any, *, awaited: bool) -> list[Any]:
    if awaited:

        async def gather(client: Any) -> list[Any]:
            return await asyncio.gather(*(message(client, number) for number in range(BURST)), return_exceptions=True)

        results: list[Any] = run(gather)
        return results
    with ThreadPoolExecutor(BURST) as pool:
        return list(pool.map(lambda number: run(lambda client: message(client, number)), range(BURST)))


def refuse(session: Session, stream: Stream) -> bool:
    session.reset(stream, ErrorCodes.REFUSED_STREAM)
    return True


def reset_with(code: ErrorCodes) -> Fault:
    def fault(session: Session, stream: Stream) -> bool:
        session.execute(stream)
        session.reset(stream, code)
        return True

    return fault


def go_away_before(code: ErrorCodes) -> Fault:
    """Names the request before as the last one, and closes."""

    def fault(session: Session, stream: Stream) -> bool:
        session.go_away(max(stream.id - 2, 0), code)
        return False

    return fault


def go_away_at(code: ErrorCodes) -> Fault:
    """Names the request as the last one, and closes without a response."""

    def fault(session: Session, stream: Stream) -> bool:
        session.execute(stream)
        session.go_away(stream.id, code)
        return False

    return fault


def lose(session: Session, stream: Stream) -> bool:
    """Announces a graceful close, executes the request, and closes without a response."""
    session.go_away(EVERY_STREAM)
    session.execute(stream)
    return False


def go_away_and_respond(session: Session, stream: Stream) -> bool:
    session.go_away(stream.id)
    session.respond(stream)
    return True


def close(session: Session, stream: Stream) -> bool:
    session.execute(stream)
    return False


def reset_connection(session: Session, stream: Stream) -> bool:
    session.execute(stream)
    session.connection.reset()
    return False


def end_in_body(code: ErrorCodes) -> Fault:
    def fault(session: Session, stream: Stream) -> bool:
        session.respond(stream, b'{"wid":', end=False)
        session.reset(stream, code)
        return True

    return fault


def close_in_body(session: Session, stream: Stream) -> bool:
    session.respond(stream, b'{"wid":', end=False)
    return False


def respond_with_head(kilobytes: int) -> Fault:
    def fault(session: Session, stream: Stream) -> bool:
        session.respond(stream, b"{}", *((f"x-large-{number}", "x" * 1000) for number in range(kilobytes)))
        return True

    return fault


class Cell(NamedTuple):
    fault: Fault
    #: What a message ends with: `None` for success.
    error: type[errors.SparkBotError] | None


UNKNOWN = errors.OutcomeUnknownError
CELLS = {
    "refused": Cell(refuse, None),
    "GOAWAY above": Cell(go_away_before(ErrorCodes.NO_ERROR), None),
    "GOAWAY above, with an error": Cell(go_away_before(ErrorCodes.ENHANCE_YOUR_CALM), None),
    "GOAWAY with the request": Cell(go_away_at(ErrorCodes.NO_ERROR), UNKNOWN),
    "GOAWAY with the request, with an error": Cell(go_away_at(ErrorCodes.INTERNAL_ERROR), UNKNOWN),
    "GOAWAY, then a response": Cell(go_away_and_respond, None),
    "lost after a graceful GOAWAY": Cell(lose, UNKNOWN),
    "closed": Cell(close, UNKNOWN),
    "reset connection": Cell(reset_connection, UNKNOWN),
    "reset with CANCEL": Cell(reset_with(ErrorCodes.CANCEL), UNKNOWN),
    "reset with NO_ERROR": Cell(reset_with(ErrorCodes.NO_ERROR), UNKNOWN),
    "reset with INTERNAL_ERROR": Cell(reset_with(ErrorCodes.INTERNAL_ERROR), UNKNOWN),
    "refused in the body": Cell(end_in_body(ErrorCodes.REFUSED_STREAM), UNKNOWN),
    "reset in the body": Cell(end_in_body(ErrorCodes.INTERNAL_ERROR), UNKNOWN),
    "closed in the body": Cell(close_in_body, UNKNOWN),
    "head of 70 KB": Cell(respond_with_head(70), None),
    "head of 600 KB": Cell(respond_with_head(600), UNKNOWN),
}


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_message_is_repeated_only_if_not_processed(bundle: Path, cell: str, number: int, awaited: bool) -> None:
    fault, error = CELLS[cell]
    with account(behaviour(on_stream(number, fault)), bundle, awaited=awaited) as (server, run):
        for _ in range(number - 1):
            assert run(read) == {}
        result = run(message)
        assert (type(result) if error else result) == (error or {})
        assert executions(server) == 1
        # Later calls are not affected.
        assert [run(read), run(lambda client: message(client, 1))] == [{}, {}]


@pytest.mark.parametrize("call", [read, update])
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_idempotent_calls_survive_one_fault(bundle: Path, cell: str, number: int, call: Any) -> None:
    with account(behaviour(on_stream(number, CELLS[cell].fault)), bundle) as (_, run):
        assert [run(call) for _ in range(number)] == [{}] * number


def test_permanent_refusal_says_that_nothing_was_executed(bundle: Path) -> None:
    def handle(session: Session) -> None:
        for stream in session.requests():
            session.reset(stream, ErrorCodes.REFUSED_STREAM)

    with account(behaviour(handle), bundle) as (server, run):
        error = run(message)
        assert (type(error), error.attempts) == (errors.APIConnectionError, 3)
        assert "nothing was executed" in str(error)
        assert server.requests == []


def test_service_that_requires_http1_is_named(bundle: Path) -> None:
    with account(behaviour(on_stream(1, reset_with(ErrorCodes.HTTP_1_1_REQUIRED))), bundle) as (_, run):
        error = run(read)
        assert (type(error), error.attempts) == (errors.APIConnectionError, 1)
        assert 'pass http2="off"' in str(error)


def test_go_away_does_not_end_sharing(bundle: Path) -> None:
    fault = go_away_before(ErrorCodes.NO_ERROR)
    with account(behaviour(on_stream(2, fault)), bundle) as (server, run):
        assert [run(lambda client, number=number: message(client, number)) for number in range(5)] == [{}] * 5
        assert len(server.connections) == 2


@pytest.mark.parametrize("awaited", [False, True])
def test_burst_above_a_go_away_moves_to_another_connection(bundle: Path, awaited: bool) -> None:
    def handle(session: Session) -> None:
        if session.connection.server.connections[0] is not session.connection:
            return serve_normally(session)
        requests = session.requests()
        for _ in range(BURST):
            next(requests)
        session.go_away(0)
        # Until the client has read it.
        session.connection.wait_for_close()
        return None

    with account(behaviour(handle), bundle, awaited=awaited) as (server, run):
        assert _burst(run, awaited=awaited) == [{}] * BURST
        assert executions(server) == 1
        assert len(server.connections) <= 3


def test_request_without_a_body_is_not_repeated(bundle: Path) -> None:
    fault = go_away_before(ErrorCodes.NO_ERROR)
    with account(behaviour(on_stream(1, fault)), bundle) as (server, run):
        assert type(run(lambda client: client.session.reboot(DEVICE))) is UNKNOWN
        assert server.requests == []


@pytest.mark.parametrize("max_streams", [1, 100])
def test_stream_limit_delays_calls_and_fails_none(bundle: Path, max_streams: int) -> None:
    with account(behaviour(serve_normally, max_streams), bundle) as (server, run):
        # The limit is known with the first response.
        assert run(read) == {}
        assert _burst(run, awaited=False) == [{}] * BURST
        assert executions(server) == 1


def test_requests_above_a_late_stream_limit_are_repeated(bundle: Path) -> None:
    """The settings arrive after requests that exceed their limit, which are refused."""

    def handle(session: Session) -> None:
        for stream in session.requests():
            if session.connection.server.fault_applies(BURST // 2):
                session.reset(stream, ErrorCodes.REFUSED_STREAM)
            else:
                session.respond(stream)

    with account(behaviour(handle), bundle, retry=sparkbot.Retry(10, initial_delay=0.001, budget=None)) as (server, run):
        assert _burst(run, awaited=False) == [{}] * BURST
        assert executions(server) == 1


def test_stalled_connection_stalls_its_own_request_only(bundle: Path) -> None:
    """A connection that does not answer gets no further messages."""
    stalled = threading.Event()

    def stall(session: Session, stream: Stream) -> bool:
        session.execute(stream)
        stalled.set()
        session.connection.wait_for_close()
        return False

    timeout = sparkbot.Timeout(20, read=2)
    with account(behaviour(on_stream(2, stall)), bundle, timeout=timeout) as (server, run), ThreadPoolExecutor(1) as pool:
        assert run(message) == {}
        lost = pool.submit(run, lambda client: message(client, 1))
        assert stalled.wait(20)
        # Until the connection has been silent for 0.75 s, it gets further messages, which are lost with it.
        others = [run(lambda client, number=number: message(client, number)) for number in range(2, 4)]
        assert type(lost.result()) is UNKNOWN
        assert others.count({}) >= 1
        assert executions(server) == 1


def test_silent_drop_is_found_by_the_read_timeout(bundle: Path) -> None:
    def drop(session: Session, _: Stream) -> bool:
        session.connection.wait_for_close()
        return False

    with account(behaviour(on_stream(2, drop)), bundle, timeout=sparkbot.Timeout(20, read=3)) as (server, run):
        assert run(message) == {}
        assert type(run(lambda client: message(client, 1))) is UNKNOWN
        assert [run(lambda client, number=number: message(client, number)) for number in range(2, 4)] == [{}, {}]
        assert executions(server) == 1


def test_service_without_http2_gets_http1(bundle: Path) -> None:
    with (
        FaultServer(faults.serve_normally, certificates.good()) as server,
        sparkbot.Client(CANARY, base_url=f"https://127.0.0.1:{server.port}/v1", ca_bundle=bundle, http2="auto") as client,
        ThreadPoolExecutor(BURST) as pool,
    ):
        assert list(pool.map(lambda number: message(client, number), range(BURST))) == [{}] * BURST
        assert executions(server) == 1
        assert [read(client), update(client)] == [{}, {}]
