"""The app: a webhook whose messages the bot answers.

Started by `uvicorn bot.main:app`. The client reads SPARKBOT_API_KEY and SPARKBOT_BASE_URL from the environment.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, TypedDict

from fastapi import Depends, FastAPI, HTTPException, Request

from bot.answers import Bot
from bot.seen import Seen
from sparkbot import AsyncClient, SparkBotError
from sparkbot.webhooks import Event, Receiver, event_id
from sparkbot.webhooks.fastapi import events_from

#: Events must have the secret in the URL and, if the environment has a key, a signature too.
receiver = Receiver(
    os.environ.get("SPARKBOT_WEBHOOK_SECRET", "only-for-this-machine"),
    signing_key=os.environ.get("SPARKBOT_WEBHOOK_KEY") or (),
)


class State(TypedDict):
    """Objects with the lifetime of the app."""

    bot: Bot
    seen: Seen


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[State]:
    """One client and its connections for all events."""
    async with AsyncClient() as client:
        bot = Bot(client, agent=os.environ.get("BOT_AGENT", "agent@example.com"))
        yield {"bot": bot, "seen": Seen(os.environ.get("BOT_DATABASE", "bot.sqlite3"))}


app = FastAPI(title="Bot", lifespan=lifespan)
Events = Annotated[list[Event], Depends(events_from(receiver))]


@app.post("/whatsapp")
async def webhook(events: Events, request: Request) -> dict[str, int]:
    """Answer each new message once. After a failure the service posts the events again, and the rest is answered then."""
    return {"answered": sum([await answer(event, request.state.bot, request.state.seen) for event in events])}


async def answer(event: Event, bot: Bot, seen: Seen) -> bool:
    if event["event"] != "message:in:new" or "device" not in event or not seen.claim(event_id(event)):
        return False
    try:
        return await bot.answer(event["device"]["id"], event["data"])
    except SparkBotError as error:
        if not bot.may_have_answered(error):
            seen.release(event_id(event))
        raise HTTPException(502, type(error).__name__) from None
