"""The time of `import …`, compared with an interpreter that imports nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BARE = "bare python"


def import_milliseconds(modules: dict[str, str], interpreters: int) -> dict[str, float]:
    """Median milliseconds over bare Python by client, alternating between clients."""
    programs = {BARE: "pass", **{name: f"import {module}" for name, module in modules.items()}}
    # A warm-up run: reads the files from disk and writes the byte code.
    for program in programs.values():
        _started(program)
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(interpreters):
        for name in _turns(programs, number):
            taken[name].append(_started(programs[name]))
    bare = median(taken[BARE])
    return {name: median(times) - bare for name, times in taken.items() if name != BARE}


def _turns(names: Iterable[str], number: int) -> list[str]:
    return list(names) if number % 2 == 0 else list(names)[::-1]


def _started(program: str) -> float:
    began = time.perf_counter()
    # Without site modules and the current folder on the path.
    subprocess.run([sys.executable, "-P", "-c", program], check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000
