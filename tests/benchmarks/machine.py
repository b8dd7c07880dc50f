"""The machine and the versions of a measurement."""

from __future__ import annotations

import os
import platform
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.clients import Client

#: Bytes; a release build has half of this, a debug build more.
_UNOPTIMISED = 12_000_000
_BUSY = 0.3


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def describe() -> str:
    return f"{os.cpu_count()} cores, {_model()}; {platform.system()}, CPython {platform.python_version()}"


def _model() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists() and (model := re.search(r"^model name\s*: (.*)", listed.read_text(encoding="utf-8"), re.MULTILINE)):
        return model[1]
    return platform.processor() or platform.machine()


def versions(clients: Iterable[Client]) -> dict[str, str]:
    return dict(sorted((package, number) for client in clients for package, number in client.versions.items()))


def warnings() -> list[str]:
    """Warnings about the validity of the figures."""
    import sparkbot

    warnings = []
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    if busy > _BUSY:
        warnings.append(f"the machine is busy: {busy:.1f} programs ran at a time in the last minute")
    folder = Path(sparkbot.__file__).parent
    if any(path.stat().st_size > _UNOPTIMISED for path in folder.glob("_sparkbot*.so")):
        warnings.append("the extension looks like an unoptimised build: run make build")
    return warnings
