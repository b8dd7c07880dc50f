"""Runs the command in a pseudoterminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.time_limits import HANG_TIMEOUT


def on_terminal(*line: str, **environment: str) -> tuple[int, str]:
    """Returns the exit code and the output on a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    settings = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", **environment}
    process = subprocess.Popen([sys.executable, "-m", "sparkbot", *line], env=settings, stdout=slave, stderr=slave)
    os.close(slave)
    chunks = []
    while chunk := _read(master):
        chunks.append(chunk)
    os.close(master)
    return process.wait(timeout=HANG_TIMEOUT), b"".join(chunks).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux raises when the other side is closed
        return b""
