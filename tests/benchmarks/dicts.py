"""The part of the floor that needs Python: creating the dicts of the same responses with jiter, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from jiter import from_json
from tests.benchmarks.calls import Run, Workload, body_of, url_of
from tests.benchmarks.task import LISTED, Job

NAME = "dicts (jiter)"
PACKAGES = ("jiter",)


def fetch(job: Job, url: str, body: bytes | None = None) -> bytes:
    request = Request(url, body, job.headers, method="PATCH" if body else "GET")
    with urlopen(request, timeout=60) as response:
        content: bytes = response.read()
    return content


def parse_repeatedly(fetch_body: Callable[[Job], bytes], is_valid: Callable[[Any], bool], *, keep: bool = False) -> Workload:
    """A workload that creates the dicts of one response repeatedly; `keep` holds all of them until the end."""

    @contextmanager
    def workload(job: Job) -> Iterator[Run]:
        body = fetch_body(job)

        def run(count: int) -> int:
            documents = (from_json(body) for _ in range(count))
            return sum(map(is_valid, list(documents) if keep else documents))

        yield run

    return workload


def fetch_contact(job: Job) -> bytes:
    item = job.contacts[0]
    return fetch(job, url_of(job, item), body_of(item))


def fetch_chats(job: Job) -> bytes:
    return fetch(job, job.chats_url)


WORKLOADS = {
    **dict.fromkeys(("serial", "serial_async", "concurrent"), parse_repeatedly(fetch_contact, bool)),
    "gather": parse_repeatedly(fetch_contact, bool, keep=True),
    "list_chats": parse_repeatedly(fetch_chats, lambda chats: len(chats) == LISTED),
}
