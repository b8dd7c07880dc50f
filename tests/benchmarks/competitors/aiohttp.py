"""aiohttp on uvloop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import uvloop  # noqa: F401 - so that it is missed when it is missing
from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "aiohttp + uvloop"
PACKAGES = ("aiohttp", "uvloop", "orjson")
IMPORTS = "aiohttp"


@asynccontextmanager
async def opened(job: Job) -> AsyncIterator[AsyncCalls]:
    timeout = aiohttp.ClientTimeout(total=60, connect=5)
    connector = aiohttp.TCPConnector(limit=max(100, job.concurrency))
    cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(headers=job.headers, timeout=timeout, connector=connector, cookie_jar=cookies) as session:

        async def upsert(item: Item) -> Any:
            async with session.patch(url_of(job, item), data=body_of(item)) as answer:
                return parsed(answer.status, await answer.read())

        async def list_chats() -> Any:
            async with session.get(job.chats_url) as answer:
                return parsed(answer.status, await answer.read())

        yield AsyncCalls(upsert, list_chats)


one_by_one_async = calls.one_by_one_async(opened, uvloop=True)
many_at_once = calls.workers(opened, uvloop=True)
list_chats = calls.list_chats_async(opened, uvloop=True)
gather = calls.gather(opened, uvloop=True)
