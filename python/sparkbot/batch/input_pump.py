"""Reads the items of an async run while its outcomes are returned."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterator

    from sparkbot.batch.run import AsyncMapRun
    from sparkbot.batch.scheduler import ItemScheduler


class SyncInputPump:
    """Reads items of an ordinary iterator, then waits for responses."""

    def __init__(self, run: AsyncMapRun[Any], items: Iterator[Any], scheduler: ItemScheduler) -> None:
        self._run = run
        self._items = items
        self._scheduler = scheduler

    async def step(self) -> None:
        """Waits until an outcome can be collected or an item can be added."""
        self._run.submit_items(self._items, self._scheduler)
        await self._run.submit_calls()
        if self._scheduler.is_blocked:
            await self._scheduler.executor.wait_async(self._run.has_capacity(self._scheduler))
        else:
            # Yields to other tasks: nothing else does if all items are invalid.
            await asyncio.sleep(0)

    def close(self) -> None:
        """Nothing to stop."""


class AsyncInputPump:
    """Reads items of an async iterable in a task of its own, so that a slow source delays no outcome."""

    def __init__(self, run: AsyncMapRun[Any], items: AsyncIterable[Any], scheduler: ItemScheduler) -> None:
        self._run = run
        self._items = aiter(items)
        self._scheduler = scheduler
        self._reading: asyncio.Future[None] | None = None
        self._responses: asyncio.Future[None] | None = None

    async def step(self) -> None:
        """Waits until an outcome can be collected or an item was added."""
        scheduler = self._scheduler
        await self._run.submit_calls()
        if self._responses is None and scheduler.executor.pending:
            self._responses = asyncio.ensure_future(scheduler.executor.wait_async(False))
        if self._reading is None and self._run.has_capacity(scheduler):
            self._reading = asyncio.ensure_future(self._read(scheduler.capacity))
        waiting = [future for future in (self._reading, self._responses) if future is not None]
        if not scheduler.is_blocked and len(scheduler):
            await asyncio.sleep(0)
        elif waiting:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if self._reading is not None and self._reading.done():
            reading, self._reading = self._reading, None
            reading.result()
        if self._responses is not None and self._responses.done():
            responses, self._responses = self._responses, None
            responses.result()

    async def _read(self, max_items: int) -> None:
        for _ in range(max_items):
            try:
                item = await anext(self._items)
            except StopAsyncIteration:
                return self._run.mark_exhausted(None)
            except Exception as error:
                return self._run.mark_exhausted(error)
            before = self._scheduler.executor.pending
            self._scheduler.add(item)
            await self._run.submit_calls()
            if self._responses is None or self._scheduler.executor.pending == before:
                # No task waits for the response yet, or the item was rejected and can be collected.
                break
        return None

    def close(self) -> None:
        """Cancels reading and waiting."""
        for future in (self._reading, self._responses):
            if future is not None:
                future.cancel()
