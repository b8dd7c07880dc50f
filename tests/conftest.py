"""Shared fixtures: a sandbox with known documents, and one interface to both clients."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.open_files import allow_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Tests of apps and guides run pytest in a subprocess; pytest-asyncio requires this option in every project.
os.environ["PYTEST_ADDOPTS"] = "-o asyncio_default_fixture_loop_scope=function"
allow_many()
# Background jobs of a shell ignore SIGINT, and child processes inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A key that tests search for; it must appear only in the request header.
CANARY = "canary0key0that0must0never0be0seen"
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
TARGET = "64f0c2a91b7e4d5f8a3b6c02"
AGENT = "64f0c2a91b7e4d5f8a3b6ca1"
CHAT = "447362053576@c.us"


@pytest.fixture
def sandbox() -> Iterator[sparkbot.Sandbox]:
    """A sandbox with two devices with known IDs, an agent, a contact, its chat and three queued messages."""
    with sparkbot.Sandbox(api_key=CANARY) as sandbox:
        sandbox.seed(
            devices=[{"id": DEVICE, "alias": "Front Desk", "phone": "+447362053500"}, {"id": TARGET, "alias": "Field Team"}],
            users=[{"id": AGENT, "email": "ada@example.com"}],
            contacts=[{"device": DEVICE, "wid": CHAT, "metadata": {"tier": "silver", "city": "Oslo"}}],
            chats=[{"device": DEVICE, "wid": CHAT, "status": "active"}],
            queue=[{"device": DEVICE, "message": f"waiting {number}"} for number in range(3)],
        )
        yield sandbox


class Api:
    """Calls either client: `api(lambda client: client.devices.list())`."""

    def __init__(self, sandbox: sparkbot.Sandbox, *, awaited: bool) -> None:
        self.sandbox = sandbox
        self.awaited = awaited

    def client(self, **settings: Any) -> Any:
        settings.setdefault("retry", sparkbot.Retry(initial_delay=0.001, max_delay=0.01))
        return self.sandbox.async_client(**settings) if self.awaited else self.sandbox.client(**settings)

    def __call__(self, call: Callable[[Any], Any], **settings: Any) -> Any:
        return self.on(self.client(**settings), call)

    def on(self, client: Any, call: Callable[[Any], Any]) -> Any:
        """Makes the call with this client, awaits it if necessary, and collects iterators into lists."""
        if not self.awaited:
            answer = call(client)
            return list(answer) if hasattr(answer, "__next__") else answer
        return asyncio.run(_awaited(call, client))


async def _awaited(call: Callable[[Any], Any], client: Any) -> Any:
    answer = call(client)
    if hasattr(answer, "__aiter__"):
        return [item async for item in answer]
    return await answer


@pytest.fixture(params=["blocking", "awaited"])
def api(request: pytest.FixtureRequest, sandbox: sparkbot.Sandbox) -> Api:
    """Both clients, as parameters."""
    return Api(sandbox, awaited=request.param == "awaited")
