"""primp, blocking and asyncio, without browser impersonation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import primp
from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "primp"
PACKAGES = ("primp", "orjson")
IMPORTS = "primp"


def options(job: Job) -> dict[str, Any]:
    return {"headers": job.headers, "timeout": 60, "connect_timeout": 5, "cookie_store": False, "referer": False}


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with primp.Client(**options(job)) as client:

        def upsert(item: Item) -> Any:
            answer = client.patch(url_of(job, item), content=body_of(item))
            return parsed(answer.status_code, answer.content)

        def list_chats() -> Any:
            answer = client.get(job.chats_url)
            return parsed(answer.status_code, answer.content)

        yield Calls(upsert, list_chats)


@asynccontextmanager
async def opened_async(job: Job) -> AsyncIterator[AsyncCalls]:
    async with primp.AsyncClient(**options(job)) as client:

        async def upsert(item: Item) -> Any:
            answer = await client.patch(url_of(job, item), content=body_of(item))
            return parsed(answer.status_code, answer.content)

        async def list_chats() -> Any:
            answer = await client.get(job.chats_url)
            return parsed(answer.status_code, answer.content)

        yield AsyncCalls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
one_by_one_async = calls.one_by_one_async(opened_async)
many_at_once = calls.workers(opened_async)
list_chats = calls.list_chats(opened)
gather = calls.gather(opened_async)
