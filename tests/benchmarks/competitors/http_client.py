"""http.client of the standard library: one connection per thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks import calls
from tests.benchmarks.calls import Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "http.client"
PACKAGES = ("orjson",)
IMPORTS = "http.client"


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    server = urlsplit(job.url)
    origin = f"{server.scheme}://{server.netloc}"
    headers = job.headers
    with closing(HTTPConnection(server.netloc, timeout=60)) as connection:

        def call(method: str, url: str, body: bytes | None = None) -> Any:
            connection.request(method, url.removeprefix(origin), body, headers)
            with connection.getresponse() as answer:
                return parsed(answer.status, answer.read())

        def upsert(item: Item) -> Any:
            return call("PATCH", url_of(job, item), body_of(item))

        yield Calls(upsert, lambda: call("GET", job.chats_url))


one_by_one = calls.one_by_one(opened)
many_at_once = calls.threaded(opened, shared=False)
list_chats = calls.list_chats(opened)
