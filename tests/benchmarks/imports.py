"""The time of `import …`, compared with an interpreter that imports nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

BARE = "bare python"


def import_milliseconds(modules: dict[str, str], interpreters: int) -> dict[str, float]:
    """Median milliseconds over bare Python by client, alternating between clients."""
    programs = {BARE: "pass", **{name: f"import {module}" for name, module in modules.items()}}
    # A warm-up run: reads the files from disk and writes the byte code.
    for program in programs.values():
        _time(program)
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(interpreters):
        for name in list(programs)[:: 1 if number % 2 == 0 else -1]:
            times[name].append(_time(programs[name]))
    bare = median(times.pop(BARE))
    return {name: median(own) - bare for name, own in times.items()}


def _time(program: str) -> float:
    started = time.perf_counter()
    # Without site modules and the current folder on the path.
    subprocess.run([sys.executable, "-P", "-c", program], check=True, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000
