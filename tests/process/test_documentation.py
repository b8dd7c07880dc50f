"""The program of docs/processes.md runs unchanged."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.process.exit_programs import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_processes_page_runs(tmp_path: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/processes.md").read_text(encoding="utf-8"), re.DOTALL)
    script = tmp_path / "program.py"
    script.write_text(program)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split("\n")[0], done.stderr) == (0, "Support", "")
