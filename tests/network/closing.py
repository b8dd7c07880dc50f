"""Many calls to a server that closes each connection after its response without announcing it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import sparkbot
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import faults
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_MODES = ("blocking", "threads", "awaited")
CALLS: tuple[Callable[[Any, int], Any], ...] = (
    lambda client, number: client.chats.get(DEVICE, CHAT),
    lambda client, number: client.contacts.upsert_metadata(DEVICE, CHAT, {"number": str(number)}),
)


def failures(mode: str, count: int) -> list[str]:
    """The errors of `count` reads and updates."""
    with FaultServer(faults.close_after_each) as server:
        settings: dict[str, Any] = {"base_url": f"http://127.0.0.1:{server.port}/v1"}
        if mode == "awaited":
            return asyncio.run(_awaited(settings, count))
        with sparkbot.Client(CANARY, **settings) as client, ThreadPoolExecutor(8 if mode == "threads" else 1) as pool:
            return [problem for problem in pool.map(lambda number: _problem(client, number), range(count)) if problem]


def _problem(client: sparkbot.Client, number: int) -> str:
    try:
        CALLS[number % 2](client, number)
    except sparkbot.errors.SparkBotError as error:
        return repr(error)
    return ""


async def _awaited(settings: dict[str, Any], count: int) -> list[str]:
    async with sparkbot.AsyncClient(CANARY, **settings) as client:
        return await _gathered(CALLS[number % 2](client, number) for number in range(count))


async def messages(count: int) -> list[str]:
    """The errors of `count` messages, with as many reads in between to fill the pool."""
    with FaultServer(faults.close_after_each) as server:
        async with sparkbot.AsyncClient(CANARY, base_url=f"http://127.0.0.1:{server.port}/v1") as client:
            return await _gathered(
                client.send.text(device=DEVICE, phone="+447362053576", message=f"hello {number}")
                if number % 2
                else CALLS[0](client, number)
                for number in range(2 * count)
            )


async def _gathered(calls: Any) -> list[str]:
    """The errors of these calls, twenty concurrently."""
    turn = asyncio.Semaphore(20)

    async def one(call: Any) -> Any:
        async with turn:
            return await call

    expected_by_kind = await asyncio.gather(*map(one, calls), return_exceptions=True)
    return [repr(end) for end in expected_by_kind if isinstance(end, BaseException)]
