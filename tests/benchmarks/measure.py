"""Time, CPU and memory of a task in its own process."""

from __future__ import annotations

import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = Path("/proc/self/status")


def measure(make_calls: Callable[[], int]) -> dict[str, Any]:
    """The measurement of a task, without interpreter start and imports. `rose` is the growth in memory."""
    _reset_peak()
    resident = _megabytes("VmRSS")
    started, used = time.perf_counter(), time.process_time()
    succeeded = make_calls()
    seconds, cpu, peak = time.perf_counter() - started, time.process_time() - used, _peak()
    return {"ok": succeeded, "seconds": seconds, "cpu": cpu, "peak": peak, "rose": None if resident is None else peak - resident}


def _reset_peak() -> None:
    # Linux only, and not in every container; otherwise the peak is that of the whole process.
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    # getrusage is the fallback: its peak may be that of the parent process.
    peak = _megabytes("VmHWM")
    return peak if peak is not None else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _RUSAGE_UNIT


def _megabytes(name: str) -> float | None:
    if not _STATUS.exists():
        return None
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


_RUSAGE_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
