"""The machine and the versions of a measurement."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.contenders import Contender

#: Bytes; a release build has half of this, a debug build more.
_UNOPTIMISED = 12_000_000
_BUSY = 0.3


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def described() -> str:
    return f"{os.cpu_count()} cores, {_model()}; {platform.system()}, CPython {platform.python_version()}"


def _model() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions(contenders: Iterable[Contender]) -> dict[str, str]:
    found = {package: number for contender in contenders for package, number in contender.versions.items()}
    return dict(sorted(found.items()))


def warnings() -> list[str]:
    """Warnings about the validity of the figures."""
    import sparkbot

    found = []
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if busy > _BUSY:
        found.append(f"the machine is busy: {busy:.1f} programs ran at a time in the last minute")
    folder = Path(sparkbot.__file__).parent
    if any(path.stat().st_size > _UNOPTIMISED for path in folder.glob("_sparkbot*.so")):
        found.append("the extension looks like an unoptimised build: run make build")
    return found
