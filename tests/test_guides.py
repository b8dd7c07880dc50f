"""Everything that the guides show runs as it stands there, and what they link to exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
#: What the programs of a guide print, among other things.
PRINTED = {
    "many-items.md": [
        '0 resolved\n1 resolved\n2 failed chats.set_status: status is "closed"',
        "['ok', 'failed']",
        "2 2 chats.set_status",
        "28 28 0.0",
    ],
}


@pytest.mark.parametrize("name", PRINTED)
def test_python_blocks_run_one_after_another(name: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    command = [sys.executable, "-W", "error", "-c", "\n".join(blocks)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for words in PRINTED[name]:
        assert words in done.stdout


@pytest.mark.parametrize("name", PRINTED)
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)", (DOCS / name).read_text(encoding="utf-8")):
        assert (DOCS / link).exists()
