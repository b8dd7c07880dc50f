"""Many calls to a server that closes each connection after its response without announcing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import CHAT, DEVICE
from tests.network import faults
from tests.network.load import CALL_MODES, errors_of, errors_of_awaited
from tests.network.server import FaultServer

if TYPE_CHECKING:
    from tests.network.load import CallMode

__all__ = ["CALL_MODES", "failures", "messages"]


def failures(mode: CallMode, count: int) -> list[BaseException]:
    """The errors of `count` reads and updates."""

    def call(client: Any, number: int) -> Any:
        if number % 2:
            return client.contacts.upsert_metadata(DEVICE, CHAT, {"number": str(number)})
        return client.chats.get(DEVICE, CHAT)

    with FaultServer(faults.close_after_each) as server:
        return errors_of(server, mode, count, call)


async def messages(count: int) -> list[BaseException]:
    """The errors of `count` messages, with as many reads in between to fill the pool."""

    def call(client: Any, number: int) -> Any:
        if number % 2:
            return client.send.text(device=DEVICE, phone="+447362053576", message=f"hello {number}")
        return client.chats.get(DEVICE, CHAT)

    with FaultServer(faults.close_after_each) as server:
        return await errors_of_awaited(server, 2 * count, call)
