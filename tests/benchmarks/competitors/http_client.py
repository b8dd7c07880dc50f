"""http.client of the standard library: one connection per thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.calls import Calls, blocking, http_calls, parsed
from tests.benchmarks.task import Job

NAME = "http.client"
PACKAGES = ("orjson",)
IMPORTS = "http.client"


@contextmanager
def connect(job: Job) -> Iterator[Calls]:
    server = urlsplit(job.url)
    origin, headers = f"{server.scheme}://{server.netloc}", job.headers
    with closing(HTTPConnection(server.netloc, timeout=60)) as connection:

        def send(method: str, url: str, body: bytes | None) -> Any:
            connection.request(method, url.removeprefix(origin), body, headers)
            with connection.getresponse() as response:
                return parsed(response.status, response.read())

        yield http_calls(job, send)


WORKLOADS = blocking(connect, threads="separate")
