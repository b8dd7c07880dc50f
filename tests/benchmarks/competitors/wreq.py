"""wreq, blocking and asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import wreq
from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job
from wreq import blocking

NAME = "wreq"
PACKAGES = ("wreq", "orjson")
IMPORTS = "wreq"


def options(job: Job) -> dict[str, Any]:
    return {
        "headers": job.headers,
        "timeout": timedelta(seconds=60),
        "connect_timeout": timedelta(seconds=5),
        "pool_max_idle_per_host": job.concurrency,
        "http1_only": True,
        "no_proxy": True,
    }


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with blocking.Client(**options(job)) as client:

        def upsert(item: Item) -> Any:
            answer = client.patch(url_of(job, item), body=body_of(item))
            return parsed(answer.status.as_int(), answer.bytes())

        def list_chats() -> Any:
            answer = client.get(job.chats_url)
            return parsed(answer.status.as_int(), answer.bytes())

        yield Calls(upsert, list_chats)


@asynccontextmanager
async def opened_async(job: Job) -> AsyncIterator[AsyncCalls]:
    async with wreq.Client(**options(job)) as client:

        async def upsert(item: Item) -> Any:
            answer = await client.patch(url_of(job, item), body=body_of(item))
            return parsed(answer.status.as_int(), await answer.bytes())

        async def list_chats() -> Any:
            answer = await client.get(job.chats_url)
            return parsed(answer.status.as_int(), await answer.bytes())

        yield AsyncCalls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
one_by_one_async = calls.one_by_one_async(opened_async)
many_at_once = calls.workers(opened_async)
list_chats = calls.list_chats(opened)
gather = calls.gather(opened_async)
