"""sparkbot with its defaults: validation, retries, limits and errors are enabled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from tests.benchmarks import calls
from tests.benchmarks.calls import AsyncCalls, Calls
from tests.benchmarks.task import LISTED, Job

import sparkbot

NAME = "sparkbot"
PACKAGES = ("sparkbot",)
IMPORTS = "sparkbot"


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    with sparkbot.Client(job.key, base_url=job.url) as client:
        upsert, device = client.contacts.upsert_metadata, job.device
        yield Calls(lambda item: upsert(device, item[0], item[1]), lambda: client.chats.list(device, size=LISTED))


@asynccontextmanager
async def opened_async(job: Job) -> AsyncIterator[AsyncCalls]:
    # max_in_flight as required by the workload: the other clients' pools have the right size too.
    limit = max(1000, job.concurrency)
    async with sparkbot.AsyncClient(job.key, base_url=job.url, max_in_flight=limit) as client:
        upsert, device = client.contacts.upsert_metadata, job.device
        yield AsyncCalls(lambda item: upsert(device, item[0], item[1]), lambda: client.chats.list(device, size=LISTED))


one_by_one = calls.one_by_one(opened)
one_by_one_async = calls.one_by_one_async(opened_async)
many_at_once = calls.workers(opened_async)
list_chats = calls.list_chats(opened)
gather = calls.gather(opened_async)
