"""The CPythons of this machine from 3.11 on, one of each minor version: the extension is the same file for all of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

_ASK = "import sys; print(*sys.version_info[:2], sys.executable, getattr(sys, '_is_gil_enabled', lambda: True)())"


@cache
def interpreters() -> dict[str, str]:
    """Path by version: the one that runs this first, then those on the path, then those that pyenv keeps beside each other."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    beside = sorted(str(path) for path in kept.glob("3.*/bin/python3.[0-9]*") if re.search(r"3\.1[1-9]$", path.name))
    found: dict[str, str] = {}
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(11, 20)), *beside):
        if told := _told(name):
            major, minor, path, has_gil = told
            if (int(major), int(minor)) >= (3, 11) and has_gil == "True":
                found.setdefault(f"{major}.{minor}", path)
    return found


def _told(python: str) -> list[str] | None:
    """What an interpreter says of itself; None for a name that leads nowhere."""
    try:
        done = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return None
    return done.stdout.split() if done.returncode == 0 else None
