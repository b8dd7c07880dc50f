"""Many calls of one client in each call mode."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal

import sparkbot
from tests.conftest import CANARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.network.server import FaultServer

CallMode = Literal["blocking", "threads", "awaited"]
CALL_MODES: tuple[CallMode, ...] = ("blocking", "threads", "awaited")


def errors_of(
    server: FaultServer, mode: CallMode, count: int, call: Callable[[Any, int], Any], *, concurrency: int = 20, **settings: Any
) -> list[BaseException]:
    """Makes `count` calls with one client; returns the errors of those that failed."""
    if mode == "awaited":
        return asyncio.run(errors_of_awaited(server, count, call, concurrency=concurrency, **settings))

    def error_of(number: int) -> BaseException | None:
        try:
            call(client, number)
        except sparkbot.errors.SparkBotError as error:
            return error
        return None

    workers = 1 if mode == "blocking" else concurrency
    with sparkbot.Client(CANARY, base_url=url_of(server), **settings) as client, ThreadPoolExecutor(workers) as pool:
        return [error for error in pool.map(error_of, range(count)) if error]


def url_of(server: FaultServer) -> str:
    return f"http://127.0.0.1:{server.port}/v1"


async def errors_of_awaited(
    server: FaultServer, count: int, call: Callable[[Any, int], Any], *, concurrency: int = 20, **settings: Any
) -> list[BaseException]:
    """As `errors_of`, with an `AsyncClient` in the running event loop."""
    semaphore = asyncio.Semaphore(concurrency)
    async with sparkbot.AsyncClient(CANARY, base_url=url_of(server), **settings) as client:

        async def make_call(number: int) -> None:
            async with semaphore:
                await call(client, number)

        results = await asyncio.gather(*map(make_call, range(count)), return_exceptions=True)
    return [result for result in results if isinstance(result, BaseException)]
