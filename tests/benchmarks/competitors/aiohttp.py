"""aiohttp on uvloop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import uvloop  # noqa: F401 - reports a missing uvloop as a missing client
from tests.benchmarks.calls import Calls, asynchronous, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "aiohttp + uvloop"
PACKAGES = ("aiohttp", "uvloop", "orjson")
IMPORTS = "aiohttp"


@asynccontextmanager
async def connect(job: Job) -> AsyncIterator[Calls]:
    timeout = aiohttp.ClientTimeout(total=60, connect=5)
    connector = aiohttp.TCPConnector(limit=max(100, job.concurrency))
    cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(headers=job.headers, timeout=timeout, connector=connector, cookie_jar=cookies) as session:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            async with session.request(method, url, data=body) as response:
                return parsed(response.status, await response.read())

        yield http_calls(job, send)


WORKLOADS = asynchronous(connect, uvloop=True)
