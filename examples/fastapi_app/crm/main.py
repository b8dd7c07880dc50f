"""The app: one client for its lifetime, the routes, and the responses to errors of the client.

Started by `uvicorn crm.main:app`. The client reads SPARKBOT_API_KEY and SPARKBOT_BASE_URL from the environment.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypedDict

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from crm.inbox import Inbox, Message
from crm.syncs import Sync, Syncs
from sparkbot import AsyncClient, SparkBotError, errors
from sparkbot.webhooks import Event, Receiver
from sparkbot.webhooks.fastapi import events_from

receiver = Receiver(os.environ.get("SPARKBOT_WEBHOOK_SECRET", "only-for-this-machine"))


class State(TypedDict):
    """Objects with the lifetime of the app."""

    client: AsyncClient
    inbox: Inbox
    syncs: Syncs


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[State]:
    """One client and its connections for all requests; closed once the background work has stopped."""
    async with AsyncClient() as client:
        syncs = Syncs(client)
        try:
            yield {"client": client, "inbox": Inbox(os.environ.get("CRM_DATABASE", "crm.sqlite3")), "syncs": syncs}
        finally:
            await syncs.close()


app = FastAPI(title="CRM", lifespan=lifespan)


def from_state(name: str) -> Any:
    """A dependency that returns an object of `lifespan`."""

    def dependency(request: Request) -> Any:
        return getattr(request.state, name)

    return Depends(dependency)


WhatsApp = Annotated[AsyncClient, from_state("client")]
TheInbox = Annotated[Inbox, from_state("inbox")]
TheSyncs = Annotated[Syncs, from_state("syncs")]
Events = Annotated[list[Event], Depends(events_from(receiver))]


@app.exception_handler(SparkBotError)
async def error_response(request: Request, error: SparkBotError) -> JSONResponse:
    """404 and 422 for errors of the request, 502 for errors of the service; the message is only logged."""
    statuses = {errors.InvalidArgumentError: 422, errors.NotFoundError: 404, errors.BadRequestError: 422}
    status = next((status for kind, status in statuses.items() if isinstance(error, kind)), 502)
    return JSONResponse({"error": type(error).__name__, "request_id": error.request_id}, status)


@app.get("/numbers")
async def numbers(whatsapp: WhatsApp) -> list[dict[str, Any]]:
    """The account's WhatsApp numbers."""
    devices = await whatsapp.devices.list()
    return [{"id": device["id"], "alias": device.get("alias"), "phone": device.get("phone")} for device in devices]


@app.post("/numbers/{device}/chats/{chat}/resolve", status_code=204)
async def resolve(whatsapp: WhatsApp, device: str, chat: str) -> None:
    """Resolve a chat."""
    await whatsapp.chats.set_status(device, chat, "resolved")


@app.post("/whatsapp")
async def webhook(events: Events, inbox: TheInbox) -> dict[str, int]:
    """Stores the events before the response is sent, so that a crash loses none."""
    return {"new": await run_in_threadpool(inbox.store, events)}


@app.get("/messages")
def messages(inbox: TheInbox) -> list[Message]:
    """The last messages, the newest first."""
    return inbox.messages()


class SyncRequest(BaseModel):
    """Rows of the CRM; the column `phone` names the contact, the others become its metadata."""

    device: str
    rows: list[dict[str, str | None]] = Field(min_length=1, max_length=10_000)


@app.post("/syncs", status_code=202)
async def start_sync(request: SyncRequest, syncs: TheSyncs) -> Sync:
    """Start to write rows onto contacts; `/syncs/{id}` returns the progress."""
    return syncs.start(request.device, request.rows)


@app.get("/syncs/{number}")
async def sync(number: int, syncs: TheSyncs) -> Sync:
    """The progress of a sync."""
    return find_sync(syncs, number)


@app.delete("/syncs/{number}")
async def stop_sync(number: int, syncs: TheSyncs) -> Sync:
    """Stop a sync. Written rows stay written; running the same rows again is safe."""
    await syncs.stop(find_sync(syncs, number))
    return find_sync(syncs, number)


def find_sync(syncs: Syncs, number: int) -> Sync:
    try:
        return syncs.by_number[number]
    except KeyError:
        raise HTTPException(404, "There is no such sync") from None
