"""pycurl's multi interface: one reusable handle per call in flight, driven by epoll or similar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import Any

import pycurl
from tests.benchmarks.calls import Run, body_of, message_of, parsed, url_of
from tests.benchmarks.competitors.pycurl import open_handle
from tests.benchmarks.task import Item, Job

NAME = "pycurl multi"
PACKAGES = ("pycurl", "orjson")
_EVENTS = {pycurl.POLL_IN: EVENT_READ, pycurl.POLL_OUT: EVENT_WRITE, pycurl.POLL_INOUT: EVENT_READ | EVENT_WRITE}


class Multi:
    def __init__(self, job: Job, *, messages: bool = False) -> None:
        self._job = job
        self._messages = messages
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, job.concurrency)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._selector = DefaultSelector()
        self._timer: float | None = None
        self._free = [open_handle(job) for _ in range(job.concurrency)]
        for curl in self._free:
            curl.setopt(pycurl.CUSTOMREQUEST, "POST" if messages else "PATCH")
        self._bodies: dict[Any, BytesIO] = {}
        self._succeeded = 0

    def run(self, count: int) -> int:
        self._succeeded = 0
        items = iter(self._job.contacts[:count])
        while self._start(items):
            self._poll()
            self._finish()
        return self._succeeded

    def _start(self, items: Iterator[Item]) -> bool:
        """Starts calls as far as allowed; returns whether any call is in flight."""
        while self._free and (item := next(items, None)):
            curl, body = self._free.pop(), BytesIO()
            curl.setopt(pycurl.URL, self._job.messages_url if self._messages else url_of(self._job, item))
            curl.setopt(pycurl.POSTFIELDS, message_of(self._job, item) if self._messages else body_of(item))
            curl.setopt(pycurl.WRITEDATA, body)
            self._bodies[curl] = body
            self._multi.add_handle(curl)
        return bool(self._bodies)

    def _poll(self) -> None:
        ready = self._selector.select(self._timer)
        if not ready:
            self._timer = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        for key, events in ready:
            flags = (pycurl.CSELECT_IN if events & EVENT_READ else 0) | (pycurl.CSELECT_OUT if events & EVENT_WRITE else 0)
            self._multi.socket_action(key.fd, flags)

    def _finish(self) -> None:
        pending = 1
        while pending:
            pending, done, failed = self._multi.info_read()
            if failed:
                raise RuntimeError(f"calls failed: {[error for _, *error in failed]}")
            for curl in done:
                self._multi.remove_handle(curl)
                body = self._bodies.pop(curl).getbuffer()
                self._succeeded += bool(parsed(curl.getinfo(pycurl.RESPONSE_CODE), body))
                self._free.append(curl)

    def _watch(self, event: int, socket: int, multi: Any, data: Any) -> None:
        if event == pycurl.POLL_REMOVE:
            self._selector.unregister(socket)
        elif socket in self._selector.get_map():
            self._selector.modify(socket, _EVENTS[event])
        else:
            self._selector.register(socket, _EVENTS[event])

    def _set_timer(self, milliseconds: int) -> None:
        self._timer = None if milliseconds < 0 else milliseconds / 1000

    def close(self) -> None:
        self._multi.close()
        self._selector.close()


@contextmanager
def concurrent(job: Job) -> Iterator[Run]:
    with closing(Multi(job)) as multi:
        yield multi.run


@contextmanager
def many_messages(job: Job) -> Iterator[Run]:
    with closing(Multi(job, messages=True)) as multi:
        yield multi.run


WORKLOADS = {"concurrent": concurrent, "many_update": concurrent, "many_send": many_messages}
