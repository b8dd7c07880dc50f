"""A rate-limited service, and calls that exceed its limit five times."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import sparkbot
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import faults as do
from tests.network import load
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from tests.network.server import Connection

CallMode = Literal["threads", "gather", "map"]
CALL_MODES: tuple[CallMode, ...] = ("threads", "gather", "map")


@dataclass
class FixedWindowLimiter:
    """Accepts `max_requests` per `period` and rejects the others with the time until the next period."""

    max_requests: int
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
                connection.respond(do.error(429, f"Retry-After: {left:.3f}"))
            else:
                connection.respond(do.response(200, do.JSON))

    def _seconds_to_wait(self) -> float:
        """Seconds until the next period, or 0 for an accepted request."""
        with self._lock:
            now = time.monotonic()
            if now >= self._window_start + self.period:
                self._window_start, self._accepted = now, 0
            rejected = self._accepted >= self.max_requests
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
        started_at = time.monotonic()
        if mode == "map":
            errors = _errors_of_map(server, calls, **settings)
        else:
            modes: dict[str, tuple[load.CallMode, int]] = {"threads": ("threads", 64), "gather": ("awaited", calls)}
            call_mode, concurrency = modes[mode]
            errors = load.errors_of(
                server, call_mode, calls, lambda client, _: client.chats.get(DEVICE, CHAT), concurrency=concurrency, **settings
            )
        return LoadResult(calls, errors, time.monotonic() - started_at, limiter.arrivals)


def _errors_of_map(server: FaultServer, calls: int, **settings: Any) -> list[BaseException]:
    with sparkbot.Client(CANARY, base_url=load.url_of(server), **settings) as client:
        outcomes = client.map(client.chats.get, [{"chat": CHAT}] * calls, device=DEVICE, concurrency=64)
        return [outcome.error for outcome in outcomes if outcome.error]
