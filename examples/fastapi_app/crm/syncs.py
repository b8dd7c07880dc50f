"""Background syncs: rows go onto contacts while requests ask how far they are."""

import asyncio
from collections.abc import Sequence
from itertools import count
from typing import Any, Literal

from pydantic import BaseModel

from sparkbot import AsyncClient, SparkBotError, stream_metadata

#: How many syncs are remembered.
KEPT = 100


class Sync(BaseModel):
    """The progress of a sync."""

    number: int
    total: int
    state: Literal["running", "done", "stopped", "failed"] = "running"
    ok: int = 0
    skipped: int = 0
    failed: int = 0
    unknown: int = 0
    #: Why the run could not go on.
    error: str | None = None
    #: Why the first rows could not be written.
    reasons: list[str] = []


class Syncs:
    """The syncs of this process. They end with it: run the same rows again after a restart."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._numbers = count(1)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self.by_number: dict[int, Sync] = {}

    def start(self, device: str, rows: Sequence[dict[str, Any]]) -> Sync:
        """Begin a sync."""
        sync = Sync(number=next(self._numbers), total=len(rows))
        self.by_number[sync.number] = sync
        for old in [number for number in self.by_number if number not in self._tasks][:-KEPT]:
            del self.by_number[old]
        # The loop itself keeps no task alive.
        task = self._tasks[sync.number] = asyncio.create_task(self._run(sync, device, rows))
        task.add_done_callback(lambda _: self._tasks.pop(sync.number))
        return sync

    async def _run(self, sync: Sync, device: str, rows: Sequence[dict[str, Any]]) -> None:
        try:
            async for outcome in stream_metadata(self._client, device, rows, id_column="phone", on_missing="create"):
                setattr(sync, outcome.status, getattr(sync, outcome.status) + 1)
                if outcome.error and len(sync.reasons) < 10:
                    sync.reasons.append(f"row {outcome.index}: {outcome.error}")
            sync.state = "done"
        except asyncio.CancelledError:
            sync.state = "stopped"
            raise
        except SparkBotError as error:
            sync.state, sync.error = "failed", str(error)

    async def stop(self, sync: Sync) -> None:
        """Stop a sync and wait until it has stopped."""
        if task := self._tasks.get(sync.number):
            task.cancel()
            await asyncio.wait([task])

    async def close(self) -> None:
        """Stop all syncs."""
        for sync in list(self.by_number.values()):
            await self.stop(sync)
