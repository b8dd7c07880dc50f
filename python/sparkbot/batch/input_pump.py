"""How an awaited run takes items in while outcomes come out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterator

    from sparkbot.batch.run import AsyncMapRun
    from sparkbot.batch.scheduler import Work


class Watching:
    """Items that are there when asked for: taken in, then the answers waited for."""

    def __init__(self, run: AsyncMapRun[Any], items: Iterator[Any], work: Work) -> None:
        self._run = run
        self._items = items
        self._work = work

    async def turn(self) -> None:
        """Waits until there is something to give out, or room for more items."""
        self._run.feed(self._items, self._work)
        if self._run.watched is not None:
            await self._run.watched.submit_awaited()
        if self._work.waits:
            await self._work.engine.wait_async(self._run.wants(self._work))
        else:
            # Where all items are wrong nothing is waited for; others want a turn all the same.
            await asyncio.sleep(0)

    def close(self) -> None:
        """There is nothing to stop."""


class Pulling:
    """Items that are awaited themselves: taken in by a task of their own, so that a slow source holds no outcome back."""

    def __init__(self, run: AsyncMapRun[Any], items: AsyncIterable[Any], work: Work) -> None:
        self._run = run
        self._items = aiter(items)
        self._work = work
        self._pull: asyncio.Future[None] | None = None
        self._answers: asyncio.Future[None] | None = None

    async def turn(self) -> None:
        """Waits until there is something to give out, or something was taken in."""
        if self._run.watched is not None:
            await self._run.watched.submit_awaited()
        if self._answers is None and self._work.engine.pending:
            self._answers = asyncio.ensure_future(self._work.engine.wait_async(False))
        if self._pull is None and self._run.wants(self._work):
            self._pull = asyncio.ensure_future(self._take_in(self._work.room))
        waiting = [future for future in (self._pull, self._answers) if future is not None]
        if not self._work.waits and len(self._work):
            await asyncio.sleep(0)
        elif waiting:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if self._pull is not None and self._pull.done():
            pull, self._pull = self._pull, None
            pull.result()
        if self._answers is not None and self._answers.done():
            answers, self._answers = self._answers, None
            answers.result()

    async def _take_in(self, room: int) -> None:
        for _ in range(room):
            try:
                item = await anext(self._items)
            except StopAsyncIteration:
                return self._run.exhaust(None)
            except Exception as error:
                return self._run.exhaust(error)
            before = self._work.engine.pending
            self._work.add(item)
            if self._run.watched is not None:
                await self._run.watched.submit_awaited()
            if self._answers is None or self._work.engine.pending == before:
                # Nobody waits for the answer yet, or the item was refused and can be given out.
                break
        return None

    def close(self) -> None:
        """Stops waiting and taking in."""
        for future in (self._pull, self._answers):
            if future is not None:
                future.cancel()
