"""A service that takes so many requests a second and refuses the others, and calls that ask for five times as much."""

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

Way = Literal["threads", "gather", "map"]
WAYS: tuple[Way, ...] = ("threads", "gather", "map")


@dataclass
class Limiter:
    """Takes `most` requests in each `period`; the others are to come back when the next one begins."""

    most: int
    period: float = 1.0
    #: When each request came, and whether it was refused.
    came: list[tuple[float, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._began, self._taken = 0.0, 0

    def __call__(self, connection: Connection) -> None:
        while connection.read():
            left = self._refuse()
            if left:
                connection.answer(do.error(429, f"Retry-After: {left:.3f}"))
            else:
                connection.answer(do.response(200, do.JSON))

    def _refuse(self) -> float:
        """Seconds to the next period, or 0 for a request that is taken."""
        with self._lock:
            now = time.monotonic()
            if now >= self._began + self.period:
                self._began, self._taken = now, 0
            refused = self._taken >= self.most
            self._taken += not refused
            self.came.append((now, refused))
            return max(self._began + self.period - now, 0.001) if refused else 0.0


@dataclass
class Crowd:
    """What became of the calls."""

    calls: int
    errors: list[BaseException]
    seconds: float
    came: list[tuple[float, bool]]

    @property
    def extra(self) -> float:
        """Requests beyond one for each call, as a part of the calls."""
        return len(self.came) / self.calls - 1


def offer(way: Way, limiter: Limiter, calls: int, **settings: Any) -> Crowd:
    """So many calls of one client at once; `calls_per_second` says how fast it offers them."""
    with FaultServer(limiter) as server:
        settings["base_url"] = f"http://127.0.0.1:{server.port}/v1"
        began = time.monotonic()
        if way == "gather":
            problems = asyncio.run(_gather(settings, calls))
        else:
            with sparkbot.Client(CANARY, **settings) as client:
                problems = _in_threads(client, calls) if way == "threads" else _map(client, calls)
        return Crowd(calls, problems, time.monotonic() - began, limiter.came)


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
        ends = await asyncio.gather(*(client.chats.get(DEVICE, CHAT) for _ in range(calls)), return_exceptions=True)
    return [end for end in ends if isinstance(end, BaseException)]
