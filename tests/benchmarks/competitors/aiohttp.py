"""aiohttp on uvloop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import uvloop  # noqa: F401 - reports a missing uvloop as a missing client
from tests.benchmarks.calls import Calls, asynchronous, asynchronous_over_tls, http_calls, parsed
from tests.benchmarks.competitors import tls_context
from tests.benchmarks.task import Job

NAME = "aiohttp + uvloop"
PACKAGES = ("aiohttp", "uvloop", "orjson")
IMPORTS = "aiohttp"


@asynccontextmanager
async def connect(job: Job) -> AsyncIterator[Calls]:
    timeout = aiohttp.ClientTimeout(total=60 + job.patience, connect=job.patience)
    connector = aiohttp.TCPConnector(limit=max(100, job.concurrency), ssl=tls_context(job) or True)
    cookies, headers = aiohttp.DummyCookieJar(), job.common_headers
    json = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers, timeout=timeout, connector=connector, cookie_jar=cookies) as session:

        async def send(method: str, url: str, body: bytes | None) -> Any:
            async with session.request(method, url, data=body, headers=json) as response:
                return parsed(response.status, await response.read())

        async def upload() -> Any:
            with Path(job.upload).open("rb") as file:
                async with session.post(job.files_url, data={"file": file}) as response:
                    return parsed(response.status, await response.read())

        yield http_calls(job, send, upload)


WORKLOADS = asynchronous(connect, uvloop=True) | asynchronous_over_tls(connect, uvloop=True)
