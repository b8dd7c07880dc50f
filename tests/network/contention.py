"""A rate-limited service, and calls that exceed its limit five times."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import sparkbot
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import faults as do
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from tests.network.server import Connection

CallMode = Literal["threads", "gather", "map"]
CALL_MODES: tuple[CallMode, ...] = ("threads", "gather", "map")


@dataclass
class FixedWindowLimiter:
    """Accepts `max_requests` per `period` and rejects the others with the time until the next period."""

    most: int
    period: float = 1.0
    #: Arrival time of each request, and whether it was rejected.
    arrivals: list[tuple[float, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._window_start, self._accepted = 0.0, 0

    def __call__(self, connection: Connection) -> None:
        while connection.read():
            left = self._seconds_to_wait()
            if left:
                connection.answer(do.error(429, f"Retry-After: {left:.3f}"))
            else:
                connection.answer(do.response(200, do.JSON))

    def _seconds_to_wait(self) -> float:
        """Seconds until the next period, or 0 for an accepted request."""
        with self._lock:
            now = time.monotonic()
            if now >= self._window_start + self.period:
                self._window_start, self._accepted = now, 0
            rejected = self._accepted >= self.most
            self._accepted += not rejected
            self.arrivals.append((now, rejected))
            return max(self._window_start + self.period - now, 0.001) if rejected else 0.0


@dataclass
class LoadResult:
    """The result of a load run."""

    calls: int
    errors: list[BaseException]
    seconds: float
    arrivals: list[tuple[float, bool]]

    @property
    def extra(self) -> float:
        """Retries per call."""
        return len(self.arrivals) / self.calls - 1


def run_load(mode: CallMode, limiter: FixedWindowLimiter, calls: int, **settings: Any) -> LoadResult:
    """Makes `calls` concurrent calls with one client; `calls_per_second` is the offered rate."""
    with FaultServer(limiter) as server:
        settings["base_url"] = f"http://127.0.0.1:{server.port}/v1"
        began = time.monotonic()
        if mode == "gather":
            problems = asyncio.run(_gather(settings, calls))
        else:
            with sparkbot.Client(CANARY, **settings) as client:
                problems = _in_threads(client, calls) if mode == "threads" else _map(client, calls)
        return LoadResult(calls, problems, time.monotonic() - began, limiter.arrivals)


def _in_threads(client: sparkbot.Client, calls: int) -> list[BaseException]:
    def call(_: int) -> BaseException | None:
        try:
            client.chats.get(DEVICE, CHAT)
        except sparkbot.errors.SparkBotError as error:
            return error
        return None

    with ThreadPoolExecutor(64) as pool:
        return [problem for problem in pool.map(call, range(calls)) if problem]


def _map(client: sparkbot.Client, calls: int) -> list[BaseException]:
    outcomes = client.map(client.chats.get, [{"chat": CHAT}] * calls, device=DEVICE, concurrency=64)
    return [outcome.error for outcome in outcomes if outcome.error]


async def _gather(settings: dict[str, Any], calls: int) -> list[BaseException]:
    async with sparkbot.AsyncClient(CANARY, **settings) as client:
        expected_by_kind = await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(calls)), return_exceptions=True)
    return [end for end in expected_by_kind if isinstance(end, BaseException)]
