"""Raises the open-file limit: tests hold 2,000 connections, and most systems allow fewer by default."""

from __future__ import annotations

import contextlib
import sys

#: Enough for 4,000 calls of one client, which uses a quarter of the limit; tests have at most 2,001.
WANTED = 16_384


def allow_many(most: int = WANTED) -> None:
    """Raises the limit of this process and its children as far as needed and allowed."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems have a lower global limit than the reported one.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
