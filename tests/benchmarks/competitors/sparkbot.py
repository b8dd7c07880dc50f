"""sparkbot with its defaults: validation, retries, limits and errors are enabled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from tests.benchmarks.calls import Calls, asynchronous, blocking
from tests.benchmarks.task import LISTED, Job

import sparkbot

NAME = "sparkbot"
PACKAGES = ("sparkbot",)
IMPORTS = "sparkbot"


def calls_of(client: sparkbot.Client | sparkbot.AsyncClient, device: str) -> Calls:
    upsert = client.contacts.upsert_metadata
    return Calls(lambda item: upsert(device, item[0], item[1]), lambda: client.chats.list(device, size=LISTED))


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with sparkbot.Client(job.key, base_url=job.url) as client:
        yield calls_of(client, job.device)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    # As many calls in flight as the workload has; the pools of the other clients have that size too.
    async with sparkbot.AsyncClient(job.key, base_url=job.url, max_in_flight=max(1000, job.concurrency)) as client:
        yield calls_of(client, job.device)


WORKLOADS = asynchronous(connect_async) | blocking(connect)
