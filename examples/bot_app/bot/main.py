"""The app: a webhook whose messages the bot answers.

Started by `uvicorn bot.main:app`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.answers import client, receiver, router
from sparkbot.webhooks.fastapi import api_router

__all__ = ["app", "receiver"]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One client and its connections for all events."""
    async with client:
        yield


app = FastAPI(title="Bot", lifespan=lifespan)
app.include_router(api_router(router, "/whatsapp"))
