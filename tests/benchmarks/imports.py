"""How long `import …` keeps a program waiting, over an interpreter that imports nothing."""

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
    """Median milliseconds over bare python by contender, of so many interpreters each, taking turns."""
    programs = {BARE: "pass", **{name: f"import {module}" for name, module in modules.items()}}
    # Once unmeasured: the files are read from the disk, and the byte code is written.
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
    # Without the site's own modules in front of the path, and without the current folder.
    subprocess.run([sys.executable, "-P", "-c", program], check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000
