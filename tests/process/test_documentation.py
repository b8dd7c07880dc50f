"""The program of docs/processes.md runs unchanged."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.process.exit_programs import ROOT
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path


def test_processes_page_runs(tmp_path: Path) -> None:
    assert run_block("ProcessPoolExecutor", tmp_path)[0] == "Support"


def test_gevent_recipe_runs(tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    found, items = run_block("gevent", tmp_path)
    assert int(found) > 0
    assert items == "20"


def run_block(word: str, folder: Path) -> list[str]:
    """The lines that the page's program with this word prints."""
    programs = re.findall(r"```python\n(.*?)```", (ROOT / "docs/processes.md").read_text(encoding="utf-8"), re.DOTALL)
    [program] = [program for program in programs if word in program]
    script = folder / "program.py"
    script.write_text(program)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()
