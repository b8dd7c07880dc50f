"""pyreqwest, blocking and asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

from pyreqwest.client import ClientBuilder, SyncClientBuilder
from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "pyreqwest"
PACKAGES = ("pyreqwest", "orjson")
IMPORTS = "pyreqwest.client"


def set_up(builder: Any, job: Job) -> Any:
    return builder.default_headers(job.headers).timeout(timedelta(seconds=60)).connect_timeout(timedelta(seconds=5)).no_proxy()


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with set_up(SyncClientBuilder(), job).build() as client:

        def upsert(item: Item) -> Any:
            answer = client.patch(url_of(job, item)).body_bytes(body_of(item)).build().send()
            return parsed(answer.status, memoryview(answer.bytes()))

        def list_chats() -> Any:
            answer = client.get(job.chats_url).build().send()
            return parsed(answer.status, memoryview(answer.bytes()))

        yield Calls(upsert, list_chats)


@asynccontextmanager
async def opened_async(job: Job) -> AsyncIterator[AsyncCalls]:
    async with set_up(ClientBuilder(), job).build() as client:

        async def upsert(item: Item) -> Any:
            answer = await client.patch(url_of(job, item)).body_bytes(body_of(item)).build().send()
            return parsed(answer.status, memoryview(await answer.bytes()))

        async def list_chats() -> Any:
            answer = await client.get(job.chats_url).build().send()
            return parsed(answer.status, memoryview(await answer.bytes()))

        yield AsyncCalls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
one_by_one_async = calls.one_by_one_async(opened_async)
many_at_once = calls.workers(opened_async)
list_chats = calls.list_chats(opened)
gather = calls.gather(opened_async)
