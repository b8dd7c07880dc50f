"""Calls that mypy must accept, and wrong ones that it must refuse.

Never run. `mypy --strict` fails on an `ignore` that ignores nothing, so each one below says that its line is an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, assert_type

import sparkbot
from sparkbot.batch.run import AsyncMapRun, MapRun
from sparkbot.resources._attributes import AsyncRawResources, AsyncResources, RawResources, SyncResources
from sparkbot.response import Binary, RawResponse
from sparkbot.types import (
    Chat,
    ChatStatus,
    Contact,
    Device,
    File,
    Group,
    GroupMember,
    GroupParticipant,
    OutboundMessage,
    QueueStatus,
)


def blocking(client: SyncResources, status: ChatStatus) -> None:
    assert_type(client.chats.list("device", status=["active"], size=50), list[Chat])
    assert_type(client.chats.iter("device", max_pages=3), Iterator[Chat])
    assert_type(client.chats.set_status("device", "chat", status), Chat)
    assert_type(client.chats.unassign("device", "chat"), dict[str, Any])
    assert_type(client.contacts.create("device", phone="+447362053577", name="Ada", metadata={"visits": 3}), Contact)
    assert_type(client.contacts.get_metadata("device", "contact"), dict[str, str])
    assert_type(client.devices.find("+44 7362 053576"), Device)
    assert_type(client.queue.get_status("device"), QueueStatus)
    assert_type(client.send.text(device="device", phone="+447362053576", message="Hello"), OutboundMessage)
    members: list[GroupMember] = [{"phone": "+447362053576"}]
    assert_type(client.groups.create("device", name="Team", participants=members), Group)
    assert_type(client.files.upload(file=b"text", filename="text.txt"), list[File])
    assert_type(client.files.download("file"), Binary)
    assert_type(client.files.download_to("file", "menu.pdf"), Path)
    assert_type(client.chats.iter_participants("device", "chat"), Iterator[GroupParticipant])


def blocking_mistakes(client: SyncResources) -> None:
    client.chats.set_status("device", "chat", "solved")  # type: ignore[arg-type]
    client.chats.list("device", status="active")  # type: ignore[arg-type]
    client.chats.list("device", state=["active"])  # type: ignore[call-arg]
    client.chats.assign("device", "chat", "agent")  # type: ignore[call-arg]
    client.contacts.create("device")  # type: ignore[call-arg]
    client.contacts.upsert_metadata("device", "contact", {"tier": None})  # type: ignore[dict-item]
    client.chats.get("device", "chat")["stautus"]  # type: ignore[typeddict-item]
    client.contacts.list("device", sort="name")  # type: ignore[arg-type]
    client.send.text("Hello", device="device", phone="+447362053576")  # type: ignore[call-arg]
    client.groups.create("device", name="Team", participants=[{"admin": True}])  # type: ignore[typeddict-item]
    client.groups.create("device", name="Team", participants=["+447362053576"])  # type: ignore[list-item]
    client.send.contacts(device="device", contacts={"phone": "+447362053576", "name": "Ada"})  # type: ignore[arg-type]


def raw(client: RawResources) -> None:
    assert_type(client.chats.set_status("device", "chat", "resolved"), RawResponse)
    assert_type(client.devices.list(size=10), RawResponse)
    client.chats.set_status("device", "chat", "solved")  # type: ignore[arg-type]
    client.devices.list(size="10")  # type: ignore[arg-type]
    client.chats.iter  # type: ignore[attr-defined]  # noqa: B018


async def awaited(client: AsyncResources, raw_client: AsyncRawResources) -> None:
    assert_type(await client.chats.list("device"), list[Chat])
    assert_type(client.chats.iter("device"), AsyncIterator[Chat])
    assert_type([chat async for chat in client.chats.iter("device")], list[Chat])
    assert_type(await client.devices.find("Sales"), Device)
    assert_type(await client.contacts.get_metadata("device", "contact"), dict[str, str])
    assert_type(await raw_client.chats.set_status("device", "chat", "resolved"), RawResponse)
    assert_type(await asyncio.create_task(raw_client.chats.get("device", "chat")), RawResponse)
    await client.chats.set_status("device", "chat", "solved")  # type: ignore[arg-type]
    await raw_client.chats.set_status("device", "chat", "solved")  # type: ignore[arg-type]


def mapped(client: sparkbot.Client) -> None:
    assert_type(client.map(client.chats.get, [{"chat": "chat"}], device="device"), MapRun[Chat])
    assert_type(client.map(client.chats.get, []).collect()[0].result, Chat | None)
    assert_type([outcome.unwrap() for outcome in client.map(client.chats.iter, [("device",)])], list[list[Chat]])
    assert_type(client.map(client.raw.chats.get, [], progress=print), MapRun[RawResponse])
    client.map(client.chats.get, [], on_error="ignore")  # type: ignore[call-overload]
    client.map(client.chats.get, [], concurrency="many")  # type: ignore[call-overload]


async def mapped_awaited(client: sparkbot.AsyncClient) -> None:
    assert_type(client.map(client.chats.get, [], device="device"), AsyncMapRun[Chat])
    assert_type([outcome.result async for outcome in client.map(client.contacts.get_metadata, [])], list[dict[str, str] | None])
    assert_type((await client.map(client.chats.iter, [("device",)]).collect())[0].unwrap(), list[Chat])
