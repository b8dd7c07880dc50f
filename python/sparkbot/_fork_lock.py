"""A lock that a fork waits for.

What another thread has locked while a process forks stays locked in the child: a module that it imports, and the global locks of
SQLite. The child would wait for it forever.
"""

from __future__ import annotations

import os
from _thread import RLock, get_ident

TYPE_CHECKING = False  # Not imported: `typing` costs more than this module.

if TYPE_CHECKING:
    from types import ModuleType

FORK_LOCK = RLock()
#: Seconds. The thread that forks may hold the lock of `logging`, for which the holder of this one may wait.
_MAX_WAIT = 1.0
_forking_threads: set[int] = set()
_imported: dict[str, ModuleType] = {}


def _before_fork() -> None:
    if FORK_LOCK.acquire(timeout=_MAX_WAIT):
        _forking_threads.add(get_ident())


def _after_fork_in_parent() -> None:
    if get_ident() in _forking_threads:
        _forking_threads.discard(get_ident())
        FORK_LOCK.release()


def _after_fork_in_child() -> None:
    _forking_threads.clear()
    # Its holder may be a thread that the child does not have. The standard library resets its locks in this way.
    FORK_LOCK._at_fork_reinit()  # type: ignore[attr-defined]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child)


def lazy_import(name: str) -> ModuleType:
    """A module that is imported at its first use."""
    module = _imported.get(name)
    if module is None:
        from importlib import import_module

        # At the first use only: the holder of the lock may wait for a database that another process has locked.
        with FORK_LOCK:
            module = _imported[name] = import_module(name)
    return module
