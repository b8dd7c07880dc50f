"""One interface to the runs of both clients."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.conftest import Api

if TYPE_CHECKING:
    from collections.abc import Callable

DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
OTHER = "64f0c2a91b7e4d5f8a3b6c02"


def wid(number: int) -> str:
    return f"4473620500{number:02}@c.us"


@pytest.fixture
def sandbox() -> Any:
    """A sandbox with twenty contacts and their chats, and five messages in the first."""
    with sparkbot.Sandbox() as sandbox:
        sandbox.seed(
            devices=[{"id": DEVICE, "alias": "Front Desk"}, {"id": OTHER, "alias": "Field Team"}],
            contacts=[{"device": DEVICE, "wid": wid(number)} for number in range(20)],
            chats=[{"device": DEVICE, "wid": wid(number), "status": "active"} for number in range(20)],
            messages=[{"device": DEVICE, "chatWid": wid(0), "body": f"Hello {number}"} for number in range(5)],
        )
        yield sandbox


class Mapping:
    """Runs `client.map` of either client to its end."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.client = api.client()

    def __call__(self, choose: Callable[[Any], Any], items: Any, **settings: Any) -> list[sparkbot.Outcome[Any]]:
        return self.collected(self.client.map(choose(self.client), items, **settings))

    def collected(self, run: Any) -> list[sparkbot.Outcome[Any]]:
        outcomes = asyncio.run(run.collect()) if self.api.awaited else run.collect()
        assert [outcome.index for outcome in outcomes] == list(range(len(outcomes)))
        return outcomes  # type: ignore[no-any-return]  # of either client


@pytest.fixture
def mapped(api: Api) -> Mapping:
    """Each of the two clients."""
    return Mapping(api)
