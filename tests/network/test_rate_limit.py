"""Retries, cooldowns and limits apply to the whole client."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import faults as do
from tests.network.server import FaultServer, Request
from tests.time_limits import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.network.server import Behaviour, Connection

FAILING = do.on_request(None, do.respond(do.error(500)))


class Timed:
    """Responds with `choose(index of the request)` and records arrival times."""

    def __init__(self, choose: Callable[[int], bytes], *, seconds: float = 0.0) -> None:
        self.choose = choose
        self.seconds = seconds
        self.arrivals: list[float] = []
        self.open = self.max_open = 0
        self.lock = threading.Lock()

    def __call__(self, connection: Connection) -> None:
        while connection.read():
            with self.lock:
                number = len(self.arrivals)
                self.arrivals.append(time.monotonic())
                self.open += 1
                self.max_open = max(self.max_open, self.open)
            connection.pause(self.seconds)
            with self.lock:
                self.open -= 1
            connection.respond(self.choose(number))


def client_of(server: FaultServer, **settings: Any) -> sparkbot.Client:
    return sparkbot.Client(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1", **settings)


def read(client: sparkbot.Client) -> Exception | None:
    try:
        client.chats.get(DEVICE, CHAT)
    except errors.SparkBotError as error:
        return error
    return None


def requests_of(behaviour: Behaviour, calls: int, attempts: int = 3, budget: float | None = 0.2) -> list[Request]:
    retry = sparkbot.Retry(max_retries=attempts - 1, initial_delay=0.001, max_delay=0.002, budget=budget)
    with FaultServer(behaviour) as server, client_of(server, retry=retry) as client, ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, [client] * calls))
        return server.requests


@pytest.mark.parametrize(
    "fault", [FAILING, do.on_request(None, do.reset), do.on_request(None, do.respond(do.error(429)))], ids=["500", "reset", "429"]
)
def test_retries_add_at_most_a_fifth_of_the_requests(fault: Behaviour) -> None:
    assert len(requests_of(fault, 400)) <= 400 * 1.2


@pytest.mark.parametrize(("budget", "expected_requests"), [(None, 150), (1.0, 100), (0.0, 70)])
def test_retry_budget_is_configurable(budget: float | None, expected_requests: int) -> None:
    assert len(requests_of(FAILING, 50, budget=budget)) == expected_requests


def test_single_call_has_all_its_retries() -> None:
    assert len(requests_of(FAILING, 1, attempts=5)) == 5


@pytest.mark.parametrize("budget", [-0.1, 1.5, "much", True])
def test_invalid_budget_is_rejected(budget: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError, match=r"budget.*from 0 to 1"):
        sparkbot.Client(CANARY, base_url="http://127.0.0.1:1/v1", retry=sparkbot.Retry(budget=budget))


def test_429_pauses_the_whole_client() -> None:
    """During the cooldown only calls that were in flight at the 429 arrive."""
    workers, cooldown = 64, 1.0
    throttled_at: list[float] = []

    def choose(number: int) -> bytes:
        if number != 100:
            return do.response(200, do.JSON)
        throttled_at.append(time.monotonic())
        return do.error(429, f"Retry-After: {cooldown}")

    behaviour = Timed(choose, seconds=0.02)
    with FaultServer(behaviour) as server, client_of(server) as client, ThreadPoolExecutor(workers) as pool:
        assert not any(pool.map(read, [client] * 500))
    during = [arrival for arrival in behaviour.arrivals if throttled_at[0] < arrival < throttled_at[0] + cooldown]
    assert len(during) <= workers
    assert len(behaviour.arrivals) == 501


def test_rate_limit_holds_after_the_cooldown() -> None:
    """Permits of the cooldown are not used in a burst."""
    behaviour = Timed(lambda number: do.response(200, do.JSON) if number else do.error(429, "Retry-After: 0.5"))
    started_at = time.monotonic()
    with FaultServer(behaviour) as server, client_of(server, calls_per_second=50) as client, ThreadPoolExecutor(20) as pool:
        assert not any(pool.map(read, [client] * 30))
    assert time.monotonic() - started_at >= 0.5 + 20 / 50


def test_call_fails_at_once_if_the_cooldown_exceeds_its_timeout() -> None:
    behaviour = do.on_request(None, do.respond(do.error(429, "Retry-After: 59")))
    with FaultServer(behaviour) as server, client_of(server, timeout=50) as client:
        first, second = read(client), read(client)
        assert len(server.requests) == 1
    assert isinstance(first, errors.RateLimitError)
    assert isinstance(second, errors.RateLimitError)
    assert (first.retry_after, first.attempts, second.attempts) == (59, 1, 0)
    # It did not wait for its timeout.
    assert 9 < (second.retry_after or 0) <= 59
    assert "Retry-After has" in str(second)


def test_max_in_flight_covers_calls_and_runs() -> None:
    behaviour = Timed(lambda number: do.response(200, b'{"id": "%s"}' % DEVICE.encode()), seconds=0.01)
    with FaultServer(behaviour) as server, client_of(server, max_in_flight=3) as client, ThreadPoolExecutor(9) as pool:
        rows = [{"phone": f"+44736205{number:04}", "tier": "gold"} for number in range(60)]
        report = pool.submit(sparkbot.sync_metadata, client, DEVICE, rows, progress="off")
        assert not any(pool.map(read, [client] * 60))
        assert report.result().ok == 60
    assert behaviour.max_open == 3


def test_waiting_for_a_permit_is_not_a_read_timeout() -> None:
    with FaultServer(do.on_request(None, do.silence)) as server, client_of(server, max_in_flight=1) as client:
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(read, client.with_options(timeout=NEVER, max_retries=0))
            while not server.requests:
                time.sleep(0.001)
            second = read(client.with_options(timeout=0.3))
            assert "sent nothing" not in str(second)
            server.drop_connections()
            assert isinstance(first.result(), errors.APIConnectionError)
        assert len(server.requests) == 1
    assert isinstance(second, errors.APITimeoutError)
    assert "max_in_flight" in str(second)
    assert "nothing was sent" in str(second)
    assert second.attempts == 0


def test_waiting_for_the_rate_limit_is_not_a_read_timeout() -> None:
    with FaultServer(do.serve_normally) as server, client_of(server, calls_per_second=1 / (2 * NEVER), timeout=NEVER) as client:
        assert read(client) is None
        second = read(client)
        assert len(server.requests) == 1
    assert isinstance(second, errors.APITimeoutError)
    assert "calls_per_second" in str(second)
    assert second.attempts == 0


def test_long_upload_is_not_a_read_timeout() -> None:
    """Sent bytes extend the read timeout, like received ones."""
    size, read_timeout = 64 << 20, 3.0

    def slowly(connection: Connection) -> None:
        started_at, received = time.monotonic(), 0
        while received < size:
            received += len(connection.receive())
            # Paused until a point in time: on a busy machine fixed pauses would add up to much more.
            connection.pause(max(0.0, started_at + 3 * read_timeout * received / size - time.monotonic()))
        connection.respond(do.response(200, b"[]"))

    with FaultServer(slowly) as server, client_of(server, timeout=sparkbot.Timeout(read=read_timeout), max_retries=0) as client:
        # A small buffer of the server keeps the unsent bytes in the client.
        server.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        started_at = time.monotonic()
        assert client.files.upload(file=bytes(size), filename="menu.bin") == []
        assert time.monotonic() - started_at > 2 * read_timeout


def test_next_burst_reuses_the_connections() -> None:
    calls = 300

    async def bursts(server: FaultServer) -> None:
        async with sparkbot.AsyncClient(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1") as client:
            await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(calls)))
            server.reset_counts()
            await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(calls)))

    # The server responds to the first burst when it has all requests, so each call has its own connection.
    with FaultServer(do.serve_normally, warm_up=calls) as server:
        asyncio.run(bursts(server))
        assert (len(server.requests), server.connections) == (calls, [])
