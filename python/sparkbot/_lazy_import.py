"""Imports of modules at their first use, which a fork does not interrupt.

A process that forks while another thread imports a module leaves the module locked in the child, whose import waits forever.
"""

from __future__ import annotations

import os
from _thread import RLock

TYPE_CHECKING = False  # Not imported: `typing` costs more than this module.

if TYPE_CHECKING:
    from types import ModuleType

_FORK_LOCK = RLock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_FORK_LOCK.acquire, after_in_parent=_FORK_LOCK.release, after_in_child=_FORK_LOCK.release)


def lazy_import(name: str) -> ModuleType:
    """The module, imported while no thread forks."""
    from importlib import import_module

    with _FORK_LOCK:
        return import_module(name)
