"""Draws the README's picture: `python docs/pictures.py` runs the demo sync in a terminal and saves what it shows as SVG."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/images/sync.svg"
COLUMNS, ROWS = 112, 50
OPTIONS = ["--exclude", "Owner Email"]
MAPPED = {
    "First Name": "first_name",
    "Last Name": "last_name",
    "Lifetime Value": "lifetime_value",
    "Last Contacted": "last_contacted",
}
COMMAND = ["sync", "examples/contacts.csv", "--sandbox", *OPTIONS, *(f"--map={name}={key}" for name, key in MAPPED.items())]
#: Erases a line: each frame of the progress bar begins with it.
NEW_FRAME = b"\r\x1b[2K"
#: The SVG names fonts of the reader's system instead of loading any.
WEB_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)


def main() -> None:
    before, *frames = run(COMMAND).split(NEW_FRAME)
    last, _, report = frames[-1].partition(b"\n")
    # A frame with a full line of counts, near the middle of the run.
    middle = max(frames[:-1], key=len)
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    console.print(Text("$ sparkbot sync examples/contacts.csv --sandbox --mapping …", style="bold"))
    for part in (before.partition(b"\n")[0], middle, last, *report.splitlines()[:18]):
        console.print(Text.from_ansi(part.decode().strip("\r")), overflow="crop", no_wrap=True)
    svg = console.export_svg(title="sparkbot sync")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(WEB_FONT.sub("", svg), encoding="utf-8")


def run(arguments: list[str]) -> bytes:
    """The output of the command in a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(
        [sys.executable, "-m", "sparkbot", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=settings
    ):
        os.close(theirs)
        output = b""
        while chunk := read(ours):
            output += chunk
    os.close(ours)
    return output


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux reports the end of a terminal as an error.
        return b""


if __name__ == "__main__":
    main()
