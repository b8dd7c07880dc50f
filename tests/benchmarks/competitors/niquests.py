"""niquests over HTTP/2, blocking and asyncio: many calls share a connection.

It is installed in a folder of its own, because its urllib3-future replaces urllib3 in an environment that has both.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(sys.prefix) / "niquests"))
import niquests
from tests.benchmarks.calls import Calls, asynchronous_over_tls, blocking_over_tls, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "niquests, HTTP/2"
PACKAGES = ("niquests", "orjson")
IMPORTS = None
JSON = {"Content-Type": "application/json"}


def options(job: Job) -> dict[str, Any]:
    return {"headers": job.common_headers, "verify": job.authority, "timeout": 60, "disable_http3": True}


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    with niquests.Session(**options(job)) as session:
        session.trust_env = False

        def send(method: str, url: str, body: bytes | None) -> Any:
            response = session.request(method, url, data=body, headers=JSON)
            return parsed(response.status_code, response.content)

        def upload() -> Any:
            with Path(job.upload).open("rb") as file:
                response = session.post(job.files_url, files={"file": file})
            return parsed(response.status_code, response.content)

        yield http_calls(job, send, upload)


@asynccontextmanager
async def connect_async(job: Job) -> AsyncIterator[Calls]:
    async with niquests.AsyncSession(multiplexed=True, **options(job)) as session:
        session.trust_env = False

        async def send(method: str, url: str, body: bytes | None) -> Any:
            response = await session.request(method, url, data=body, headers=JSON)
            await session.gather(response)
            return parsed(response.status_code, response.content)

        yield http_calls(job, send)


WORKLOADS = asynchronous_over_tls(connect_async) | blocking_over_tls(connect)
