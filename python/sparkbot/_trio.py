"""Async calls under trio: the methods of an asyncio loop that they use, based on a trio token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import trio

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


def current_loop() -> TrioLoop | None:
    """The running trio as an event loop, or None if trio is not running."""
    try:
        return TrioLoop(trio.lowlevel.current_trio_token())
    except RuntimeError:
        return None


class TrioLoop:
    """Called by the Rust core when a response is available."""

    def __init__(self, token: trio.lowlevel.TrioToken) -> None:
        self._token = token

    def create_future(self) -> TrioFuture:
        return TrioFuture()

    def call_soon_threadsafe(self, callback: Callable[..., object], *arguments: object) -> None:
        self._token.run_sync_soon(callback, *arguments)


class TrioFuture:
    """The result of a call, awaited once by one trio task."""

    def __init__(self) -> None:
        self._task: trio.lowlevel.Task | None = None
        self._outcome: tuple[Any, BaseException | None] | None = None
        self._cancelled = False
        self._on_cancel: Callable[[], object] | None = None
        self._on_end: Callable[[], object] | None = None

    def set_callbacks(self, on_cancel: Callable[[], object], on_end: Callable[[], object]) -> None:
        """`on_end` runs in the task that awaits the call, also after `on_cancel`."""
        self._on_cancel, self._on_end = on_cancel, on_end

    def done(self) -> bool:
        return self._cancelled or self._outcome is not None

    def set_result(self, result: Any) -> None:
        self._resolve((result, None))

    def set_exception(self, error: BaseException) -> None:
        self._resolve((None, error))

    def _resolve(self, outcome: tuple[Any, BaseException | None]) -> None:
        self._outcome = outcome
        if self._task:
            trio.lowlevel.reschedule(self._task)

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._wait().__await__()

    async def _wait(self) -> Any:
        try:
            self._task = trio.lowlevel.current_task()
            if self._outcome is None:
                await trio.lowlevel.wait_task_rescheduled(lambda _: trio.lowlevel.Abort.SUCCEEDED)
        finally:
            self._task = None
            if self._outcome is None:
                self._cancel()
            if self._on_end:
                self._on_end()
        assert self._outcome is not None
        result, error = self._outcome
        if error is not None:
            raise error
        return result

    def _cancel(self) -> None:
        self._cancelled = True
        if self._on_cancel:
            self._on_cancel()
