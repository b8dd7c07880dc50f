"""Shared fixtures: a sandbox with known documents, and one interface to both clients."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

import sparkbot
from tests.open_files import allow_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Tests of apps and guides run pytest in a subprocess; pytest-asyncio requires this option in every project.
os.environ["PYTEST_ADDOPTS"] = "-o asyncio_default_fixture_loop_scope=function"
allow_many()
# A busy machine takes any time for an example. Fixtures that the examples share hold no state of theirs.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("tests")
# Background jobs of a shell ignore SIGINT, and child processes inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A key that tests search for; it must appear only in the request header.
CANARY = "canary0key0that0must0never0be0seen"
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
TARGET = "64f0c2a91b7e4d5f8a3b6c02"
AGENT = "64f0c2a91b7e4d5f8a3b6ca1"
CHAT = "447362053576@c.us"


@pytest.fixture(scope="module")
def running() -> Iterator[sparkbot.Sandbox]:
    """A sandbox for the tests of a module, which reset it."""
    with sparkbot.Sandbox() as sandbox:
        yield sandbox


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
        return complete(client, call)


def complete(client: Any, call: Callable[[Any], Any]) -> Any:
    """Makes the call with this client, awaits it if necessary, and collects iterators into lists."""

    async def complete_awaited() -> Any:
        result = call(client)
        return [item async for item in result] if hasattr(result, "__aiter__") else await result

    if isinstance(client, sparkbot.AsyncClient):
        return asyncio.run(complete_awaited())
    result = call(client)
    return list(result) if hasattr(result, "__next__") else result


@pytest.fixture(params=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "awaited")


@pytest.fixture
def api(sandbox: sparkbot.Sandbox, awaited: bool) -> Api:
    """Both clients, as parameters."""
    return Api(sandbox, awaited=awaited)
