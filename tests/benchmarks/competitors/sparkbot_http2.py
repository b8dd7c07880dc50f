"""sparkbot with `http2="auto"`: calls at the same time share a few connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from tests.benchmarks.calls import Calls, asynchronous_over_tls, blocking_over_tls
from tests.benchmarks.competitors.sparkbot import calls_of, options
from tests.benchmarks.task import Job

import sparkbot

NAME = "sparkbot, HTTP/2"
PACKAGES = ("sparkbot",)


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with sparkbot.Client(job.key, http2="auto", **options(job)) as client:
        yield calls_of(client, job)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with sparkbot.AsyncClient(job.key, http2="auto", **options(job)) as client:
        yield calls_of(client, job)


WORKLOADS = asynchronous_over_tls(connect_async) | blocking_over_tls(connect)
