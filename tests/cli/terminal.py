"""A terminal for the command to print on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def on_terminal(*line: str, **given: str) -> tuple[int, str]:
    """What the command prints on a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    outside, inside = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1", **given}
    process = subprocess.Popen([sys.executable, "-m", "sparkbot", *line], env=environment, stdout=inside, stderr=inside)
    os.close(inside)
    pieces = []
    while piece := _read(outside):
        pieces.append(piece)
    os.close(outside)
    return process.wait(timeout=30), b"".join(pieces).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""
