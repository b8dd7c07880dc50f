"""pyreqwest, blocking and asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

from pyreqwest.client import ClientBuilder, SyncClientBuilder
from tests.benchmarks.calls import Calls, asynchronous, blocking, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "pyreqwest"
PACKAGES = ("pyreqwest", "orjson")
IMPORTS = "pyreqwest.client"


def configure(builder: Any, job: Job) -> Any:
    return builder.default_headers(job.headers).timeout(timedelta(seconds=60)).connect_timeout(timedelta(seconds=5)).no_proxy()


def build_request(client: Any, method: str, url: str, body: bytes | None) -> Any:
    request = client.request(method, url)
    return (request if body is None else request.body_bytes(body)).build()


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with configure(SyncClientBuilder(), job).build() as client:

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = build_request(client, method, url, body).send()
            return parsed(response.status, memoryview(response.bytes()))

        yield http_calls(job, send)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with configure(ClientBuilder(), job).build() as client:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            response = await build_request(client, method, url, body).send()
            return parsed(response.status, memoryview(await response.bytes()))

        yield http_calls(job, send)


WORKLOADS = asynchronous(connect_async) | blocking(connect)
