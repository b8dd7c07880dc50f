"""Handlers of webhook events that mypy must accept, and wrong ones that it must refuse. Never run, as calls.py."""

from __future__ import annotations

from typing import Any, assert_type

from sparkbot.types import Contact
from sparkbot.webhooks import (
    ChatEvent,
    ContactEvent,
    Event,
    EventStore,
    ListedEvent,
    MemoryStore,
    MessageEvent,
    Receiver,
    Router,
    SQLiteStore,
)
from sparkbot.webhooks.django import CacheStore

stores: list[EventStore] = [MemoryStore(), SQLiteStore("events.sqlite3"), CacheStore()]
router = Router(Receiver("a-secret-of-sixteen"), store=stores[0])


@router.on("message:in:new", "message:update", type="text", check=lambda event: event["data"]["body"] != "")
async def message(event: MessageEvent) -> str:
    return event["data"]["body"]


@router.on("chat:update", check=lambda event: "status" in event["data"])
@router.on()
def wide(event: Event) -> None: ...


@router.on("message:out:sent")
def sent(event: ListedEvent) -> None: ...


@router.on("message:in:new")  # type: ignore[arg-type]
def wrong(event: ChatEvent) -> None: ...


@router.on("message:in:new", "chat:update")  # type: ignore[arg-type]
def narrow(event: MessageEvent) -> None: ...


@router.on("contact:update", name="Ada")
def contact(event: ContactEvent) -> None:
    assert_type(event["data"], Contact)


async def awaited(event: MessageEvent) -> None:
    assert_type(await message(event), str)
    assert_type(await router.wait_for("message:in:new", timeout=5), MessageEvent)
    assert_type(await router.wait_for("chat:update"), ChatEvent)
    anything: Event = await router.wait_for("moon:phase", unknown=1)
    data: Any = anything["data"]
    assert_type(data, Any)
