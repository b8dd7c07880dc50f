"""pycurl: one handle with a persistent connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pycurl
from tests.benchmarks import calls
from tests.benchmarks.calls import Calls, body_of, parsed, url_of
from tests.benchmarks.task import Item, Job

NAME = "pycurl"
PACKAGES = ("pycurl", "orjson")
IMPORTS = "pycurl"


def handle(job: Job) -> Any:
    """A handle configured for the service."""
    curl = pycurl.Curl()
    curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in job.headers.items()])
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.CONNECTTIMEOUT, 5)
    curl.setopt(pycurl.TIMEOUT, 60)
    curl.setopt(pycurl.PROXY, "")
    return curl


@contextmanager
def opened(job: Job) -> Iterator[Calls]:
    # One handle per kind of call, so options are set once.
    with closing(handle(job)) as writes, closing(handle(job)) as reads:
        writes.setopt(pycurl.CUSTOMREQUEST, "PATCH")
        reads.setopt(pycurl.URL, job.chats_url)

        def upsert(item: Item) -> Any:
            writes.setopt(pycurl.URL, url_of(job, item))
            writes.setopt(pycurl.POSTFIELDS, body_of(item))
            body = writes.perform_rb()
            return parsed(writes.getinfo(pycurl.RESPONSE_CODE), body)

        def list_chats() -> Any:
            body = reads.perform_rb()
            return parsed(reads.getinfo(pycurl.RESPONSE_CODE), body)

        yield Calls(upsert, list_chats)


one_by_one = calls.one_by_one(opened)
list_chats = calls.list_chats(opened)
