"""The CPython interpreters of this machine from 3.11 on, one per minor version: all of them load the same extension."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.time_limits import HANG_TIMEOUT

_DESCRIBE = "import sys; print(*sys.version_info[:2], sys.executable, getattr(sys, '_is_gil_enabled', lambda: True)())"


@cache
def interpreters() -> dict[str, str]:
    """Paths by version: this interpreter first, then those on PATH, then those of pyenv."""
    paths = sorted(str(path) for path in _pyenv().glob("3.*/bin/python3.[0-9]*") if re.search(r"3\.1[1-9]$", path.name))
    interpreters_by_version: dict[str, str] = {}
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(11, 20)), *paths):
        if description := _describe(name):
            major, minor, path, has_gil = description
            if (int(major), int(minor)) >= (3, 11) and has_gil == "True":
                interpreters_by_version.setdefault(f"{major}.{minor}", path)
    return interpreters_by_version


@cache
def free_threaded() -> list[str]:
    """The free-threaded interpreters on PATH and of pyenv, each once."""
    paths = [str(path) for path in _pyenv().glob("3.*t/bin/python3.*t")]
    described = [_describe(name) for name in (*(f"python3.{minor}t" for minor in range(13, 20)), *paths)]
    return sorted({path for _, _, path, has_gil in filter(None, described) if has_gil == "False"})


def _pyenv() -> Path:
    return Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"


def _describe(python: str) -> list[str] | None:
    """The version, path and GIL state of an interpreter, or None if it does not exist."""
    try:
        done = subprocess.run([python, "-c", _DESCRIBE], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    except OSError:
        return None
    return done.stdout.split() if done.returncode == 0 else None
