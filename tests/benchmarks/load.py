"""CPU time of other processes, to see that the service and the relays are not what is measured."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def cpu_seconds(processes: Iterable[int]) -> float | None:
    """User and system time of some processes; None where the system has no /proc."""
    files = [Path(f"/proc/{process}/stat") for process in processes]
    return sum(map(_cpu_seconds, files)) if all(file.exists() for file in files) else None


def _cpu_seconds(file: Path) -> float:
    # The name of the program, in brackets, may contain spaces.
    fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
