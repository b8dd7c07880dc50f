"""How many files may be open: programs of the tests hold 2,000 connections, and most systems allow fewer at first."""

from __future__ import annotations

import contextlib
import sys

#: For 4,000 calls of one client, which takes a quarter of what its process may have; the most that a test has is 2,001.
WANTED = 16_384


def allow_many() -> None:
    """As many as the tests need, or as the system lets this process and those that it starts have."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # A system may have another limit for all processes, below the one that it names.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
