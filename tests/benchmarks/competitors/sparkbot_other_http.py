"""sparkbot with the version of HTTP that is not its default."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from inspect import signature
from typing import Literal

from tests.benchmarks.calls import Calls, asynchronous_over_tls, blocking_over_tls
from tests.benchmarks.competitors.sparkbot import calls_of, options
from tests.benchmarks.task import Job

import sparkbot

DEFAULT = signature(sparkbot.Client).parameters["http2"].default
OTHER: Literal["auto", "off"] = "auto" if DEFAULT == "off" else "off"
NAME = "sparkbot, HTTP/2" if OTHER == "auto" else "sparkbot, HTTP/1.1"
PACKAGES = ("sparkbot",)


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with sparkbot.Client(job.key, http2=OTHER, **options(job)) as client:
        yield calls_of(client, job)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with sparkbot.AsyncClient(job.key, http2=OTHER, **options(job)) as client:
        yield calls_of(client, job)


WORKLOADS = asynchronous_over_tls(connect_async) | blocking_over_tls(connect)
