"""Every Python block of these guides runs, one after another, and prints what the text beside it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PRINTED = {
    "data.md": "such as sorted(value)\n",
    "observability.md": "devices.list 200 1 None\nnightly\n",
}


@pytest.mark.parametrize("name", PRINTED)
def test_python_blocks_run(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    command = [sys.executable, "-W", "error", "-c", "\n".join(blocks)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert PRINTED[name] in done.stdout
    if name == "data.md":
        [shown] = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
        assert done.stdout == shown
    else:
        assert re.search(r"^DEBUG devices\.list attempt 1: 200 in 0\.\d{3} s, request sandbox-", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("module", ["sparkbot.hooks", "sparkbot.otel"])
def test_examples_in_docstrings_run(module: str) -> None:
    import doctest
    from importlib import import_module

    import sparkbot

    loaded = import_module(module)
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        failed, tried = doctest.testmod(loaded, extraglobs={"sparkbot": sparkbot, "client": client})
    assert (failed, tried > 1) == (0, True)
