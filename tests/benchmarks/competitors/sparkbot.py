"""sparkbot with its defaults: validation, retries, limits and errors are enabled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.calls import Calls, asynchronous, asynchronous_over_tls, blocking, blocking_over_tls, phone_of, text_of
from tests.benchmarks.task import LISTED, Job

import sparkbot

NAME = "sparkbot"
PACKAGES = ("sparkbot",)
IMPORTS = "sparkbot"


def calls_of(client: sparkbot.Client | sparkbot.AsyncClient, job: Job) -> Calls:
    device, upsert, text = job.device, client.contacts.upsert_metadata, client.send.text
    return Calls(
        lambda item: upsert(device, item[0], item[1]),
        lambda: client.chats.list(device, size=LISTED),
        lambda item: text(device=device, phone=phone_of(item), message=text_of(item)),
        lambda: client.files.upload(file=Path(job.upload)),
    )


def options(job: Job) -> dict[str, Any]:
    # The defaults, except where all clients get more time to connect.
    total, connect = 60 + job.patience, job.patience
    patience = {} if connect == 5 else {"timeout": sparkbot.Timeout(total, connect=connect, read=total)}
    # As many calls in flight as the workload has; the pools of the other clients have that size too.
    in_flight = max(1000, job.concurrency)
    return {"base_url": job.url, "ca_bundle": job.authority or None, "max_in_flight": in_flight, **patience}


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with sparkbot.Client(job.key, **options(job)) as client:
        yield calls_of(client, job)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with sparkbot.AsyncClient(job.key, **options(job)) as client:
        yield calls_of(client, job)


WORKLOADS = {
    **asynchronous(connect_async),
    **asynchronous_over_tls(connect_async),
    **blocking(connect),
    **blocking_over_tls(connect),
}
