"""httpx: threads over one client, which is faster than its asyncio client; the latter is measured with serial calls only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "httpx"
PACKAGES = ("httpx", "orjson")
IMPORTS = "httpx"


def options(job: Job) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=job.concurrency, max_keepalive_connections=job.concurrency)
    return {"headers": job.headers, "timeout": httpx.Timeout(60, connect=5), "limits": limits, "trust_env": False}


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with httpx.Client(**options(job)) as client:

        def upsert(item: Item) -> Any:
            answer = client.patch(url_of(job, item), content=body_of(item))
            return parsed(answer.status_code, answer.content)

        def list_chats() -> Any:
            answer = client.get(job.chats_url)
            return parsed(answer.status_code, answer.content)

        yield Calls(upsert, list_chats)


@asynccontextmanager
async def opened_async(job: Job) -> AsyncIterator[AsyncCalls]:
    async with httpx.AsyncClient(**options(job)) as client:

        async def upsert(item: Item) -> Any:
            answer = await client.patch(url_of(job, item), content=body_of(item))
            return parsed(answer.status_code, answer.content)

        async def list_chats() -> Any:
            answer = await client.get(job.chats_url)
            return parsed(answer.status_code, answer.content)

        yield AsyncCalls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
one_by_one_async = calls.one_by_one_async(opened_async)
many_at_once = calls.threaded(opened, shared=True)
list_chats = calls.list_chats(opened)
