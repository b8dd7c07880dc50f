"""The running part of a router: a bounded queue, workers that call the handlers, and those who wait for an event."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from inspect import isawaitable, iscoroutinefunction
from pathlib import Path
from traceback import StackSummary, walk_tb
from typing import TYPE_CHECKING

from .._logging import log_error, log_warning
from .parsing import event_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from .events import Event
    from .filters import Filter
    from .router import Handler, Settings

    CallBlocking: TypeAlias = Callable[[Handler, Event], Any]

__all__ = ["Workers"]

#: How often in `claim_timeout` the claims are extended.
_POLLS_PER_CLAIM = 3


@dataclass(slots=True, eq=False)
class _Job:
    """An event that this process works on."""

    id: str
    event: Event
    #: 200 once its handlers succeeded, 500 if one failed, 503 if it was not run to its end.
    finished: asyncio.Future[int]
    #: 200 once it is queued or known to be done.
    accepted: asyncio.Future[int] | None = None


class Workers:
    """Runs the handlers of a router in the event loop that creates it."""

    def __init__(self, settings: Settings, handlers: Iterable[tuple[Filter, Handler]], call_blocking: CallBlocking) -> None:
        self.loop = asyncio.get_running_loop()
        self._settings = settings
        self._call_blocking = call_blocking
        self._store = settings.store
        self._handlers = handlers
        self._jobs: dict[str, _Job] = {}
        self._waiters: list[tuple[Filter, asyncio.Future[Any]]] = []
        self._queue: asyncio.Queue[_Job] = asyncio.Queue(settings.queue_size)
        # Threads of its own: others of the program can't keep handlers waiting, nor handlers the store.
        self._threads = ThreadPoolExecutor(settings.concurrency, "sparkbot-webhooks")
        self._tasks = [asyncio.create_task(self._work()) for _ in range(settings.concurrency)]
        self._poller = asyncio.create_task(self._poll())
        self.is_stopping = False

    async def submit(self, events: Iterable[Event]) -> int:
        """Accept events; returns the status of the response: 200, 500 if a handler failed, or 503 to get them again."""
        if self.is_stopping:
            return 503
        return max(await asyncio.gather(*map(self._submit, events)), default=200)

    async def wait_for(self, filter_: Filter, timeout: float | None) -> Any:
        """The next event that fits."""
        if self.is_stopping:
            raise asyncio.CancelledError("the webhook router stopped")
        waiter = (filter_, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout):
                return await waiter[1]
        except TimeoutError:
            raise TimeoutError(f"no such event arrived within {timeout} s") from None
        finally:
            self._waiters.remove(waiter)

    async def join(self) -> None:
        """Wait until no event is in progress."""
        while self._jobs:
            await asyncio.wait([job.finished for job in self._jobs.values()])

    async def stop(self) -> None:
        """Accept no more events, and finish the accepted ones; those that take too long are given back to the store."""
        self.is_stopping = True
        await _cancel([self._poller])
        for _, future in self._waiters:
            future.cancel()
        try:
            async with asyncio.timeout(self._settings.shutdown_timeout):
                await self.join()
        except TimeoutError:
            log_warning(f"{len(self._jobs)} webhook events were not finished in time, and run again later")
        await _cancel(self._tasks)
        await asyncio.gather(*(job.accepted for job in self._jobs.values() if job.accepted is not None))
        for job in list(self._jobs.values()):
            await self._finish(job, 503)
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._store.close)

    async def _submit(self, event: Event) -> int:
        job = self._jobs.get(event_id(event))
        if job is None:
            if self._queue.full():
                return 503
            job = self._add(event)
            # A task, because a cancelled request must not leave an event that is claimed and not queued.
            job.accepted = asyncio.create_task(self._accept(job))
        status = 200 if job.accepted is None else await asyncio.shield(job.accepted)
        if status == 200 and self._settings.process_before_response:
            return await asyncio.shield(job.finished)
        return status

    def _add(self, event: Event) -> _Job:
        job = _Job(event_id(event), event, asyncio.get_running_loop().create_future())
        self._jobs[job.id] = job
        return job

    async def _accept(self, job: _Job) -> int:
        """Claims and queues an event. If another process works on it, only its end counts for a response that waits for it."""
        try:
            claim = await asyncio.to_thread(self._store.claim, job.id, job.event)
        except Exception as error:
            self._log("event store", job, error)
            return self._resolve(job, 503)
        if claim == "done":
            return self._resolve(job, 200)
        if claim == "running":
            return self._resolve(job, 503 if self._settings.process_before_response else 200)
        try:
            self._queue.put_nowait(job)
        except asyncio.QueueFull:
            return await self._finish(job, 503)
        self._offer(job.event)
        return 200

    def _offer(self, event: Event) -> None:
        """Gives the event to those who wait for it. Not by the workers: all of them may be waiting."""
        for filter_, future in self._waiters:
            if not future.done():
                try:
                    if filter_.matches(event):
                        future.set_result(event)
                except (Exception, SystemExit) as error:
                    future.set_exception(_holdable(error))

    async def _poll(self) -> None:
        """Runs events again that failed, or whose process ended."""
        while True:
            try:
                for event in await asyncio.to_thread(self._store.poll, list(self._jobs)):
                    # Without room, the claim ends and a later poll returns the event again.
                    if event_id(event) not in self._jobs and not self._queue.full():
                        self._queue.put_nowait(self._add(event))
            except Exception as error:
                log_error(f"the webhook event store failed: {_describe(error)}")
            await asyncio.sleep(self._store.claim_timeout / _POLLS_PER_CLAIM)

    async def _work(self) -> None:
        while True:
            job = await self._queue.get()
            calls = (self._call(filter_, handler, job) for filter_, handler in self._handlers)
            # An exception here is the cancellation of a handler: others of a handler are results.
            results = await asyncio.gather(*calls, return_exceptions=True)
            await self._finish(job, 200 if all(result is True for result in results) else 500)

    async def _call(self, filter_: Filter, handler: Handler, job: _Job) -> bool:
        try:
            if filter_.matches(job.event):
                await self._run(handler, job.event)
        except (Exception, SystemExit) as error:
            self._log(f"handler {_name(handler)}", job, _holdable(error))
            return False
        return True

    async def _run(self, handler: Handler, event: Event) -> None:
        if iscoroutinefunction(handler):
            await handler(event)
            return
        context, loop = copy_context(), asyncio.get_running_loop()
        result = await loop.run_in_executor(self._threads, lambda: context.run(self._call_in_thread, handler, event))
        if isawaitable(result):
            await result

    def _call_in_thread(self, handler: Handler, event: Event) -> Any:
        try:
            return self._call_blocking(handler, event)
        except StopIteration as error:
            raise _holdable(error) from error

    async def _finish(self, job: _Job, status: int) -> int:
        mark: Callable[[str], None] = self._store.finish if status == 200 else self._store.release
        try:
            await asyncio.to_thread(mark, job.id)
        except Exception as error:
            self._log("event store", job, error)
            status = 500
        return self._resolve(job, status)

    def _resolve(self, job: _Job, status: int) -> int:
        del self._jobs[job.id]
        job.finished.set_result(status)
        return status

    def _log(self, what: str, job: _Job, error: Exception) -> None:
        """Logs no text of the error, which can contain the message."""
        log_error(f"the webhook {what} failed for event {job.id}: {_describe(error)}")
        if self._settings.on_error is not None:
            try:
                self._settings.on_error(error, job.event)
            except Exception as second:
                log_error(f"on_error of the webhook router failed for event {job.id}: {_describe(second)}")


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _holdable(error: Exception | SystemExit) -> Exception:
    """The error, or another one for those that a future can't hold or that would end the event loop."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    return RuntimeError(f"raised {type(error).__name__}").with_traceback(error.__traceback__)


def _name(handler: Handler) -> str:
    function = getattr(handler, "func", handler)  # that of a partial
    return str(getattr(function, "__qualname__", type(function).__qualname__))


def _describe(error: Exception) -> str:
    """The class of an error and the last places in its traceback."""
    stack = StackSummary.extract(walk_tb(error.__traceback__), limit=-3, lookup_lines=False)
    places = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in stack)
    return f"{type(error).__name__} at {places}"
