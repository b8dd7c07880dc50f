"""primp, blocking and asyncio, without browser impersonation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import primp
from tests.benchmarks.calls import Calls, asynchronous, blocking, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "primp"
PACKAGES = ("primp", "orjson")
IMPORTS = "primp"


def options(job: Job) -> dict[str, Any]:
    return {"headers": job.headers, "timeout": 60, "connect_timeout": 5, "cookie_store": False, "referer": False}


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with primp.Client(**options(job)) as client:

        def send(method: Any, url: str, body: bytes | None) -> Any:
            response = client.request(method, url, content=body)
            return parsed(response.status_code, response.content)

        yield http_calls(job, send)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with primp.AsyncClient(**options(job)) as client:

        async def send(method: Any, url: str, body: bytes | None) -> Any:
            response = await client.request(method, url, content=body)
            return parsed(response.status_code, response.content)

        yield http_calls(job, send)


WORKLOADS = asynchronous(connect_async) | blocking(connect)
