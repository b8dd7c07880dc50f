"""Runs a router in a thread with an event loop, for servers that have none."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any, TypeVar

    from .router import Router

    T = TypeVar("T")

__all__ = ["BackgroundLoop"]

# Before the interpreter ends the threads of executors. Its `atexit` runs too late for handlers that need one.
_at_exit: Any = getattr(threading, "_register_atexit", atexit.register)


class BackgroundLoop:
    """A daemon thread whose event loop runs a router. It belongs to the process that created it."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._process = os.getpid()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sparkbot-webhooks", daemon=True)
        self._thread.start()
        self.run(router.__aenter__())
        _at_exit(self.close)

    @property
    def is_usable(self) -> bool:
        """Whether it runs in this process: the thread does not exist in a forked one."""
        return self._process == os.getpid() and not self._loop.is_closed()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine in the loop, and waits for its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def close(self) -> None:
        """Finishes the accepted events and ends the thread."""
        if self.is_usable:
            self.run(self._router.__aexit__())
            self.run(self._loop.shutdown_default_executor())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
