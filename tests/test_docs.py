"""Every guide in docs/ does what it says: its Python runs as one program, its commands run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# What is shown and not run: files and output.
SHOWN = {"text", "toml", "csv", "json", "html", "ini"}


def blocks(page: str, kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(PAGES[page]) if found == kind]


def run(command: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **settings}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=110, check=False)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_of_a_known_kind(page: str) -> None:
    assert {kind for kind, _ in BLOCK.findall(PAGES[page])} <= {"python", "console", *SHOWN}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_python_of_a_page_runs_as_one_program(page: str, tmp_path: Path) -> None:
    done = run([sys.executable, "-W", "error", "-c", "\n".join(blocks(page, "python"))], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")])
def test_commands_of_a_page_run_one_after_another(page: str, tmp_path: Path) -> None:
    """A line `$ command  # exit 3` ends with that; all others end with 0."""
    lines = [line.removeprefix("$ ") for text in blocks(page, "console") for line in text.splitlines() if line.startswith("$ ")]
    script = ["set -u", *(f'{line}\n[ $? -eq {exit_of(line)} ] || {{ echo "FAILED: {line.split("#")[0]}" >&2; exit 1; }}' for line in lines)]
    done = run(["bash", "-c", "\n".join(script)], tmp_path)
    assert done.returncode == 0, done.stderr


def exit_of(line: str) -> str:
    said = re.search(r"# exit (\d+)", line)
    return said[1] if said else "0"


def test_the_navigation_has_every_page() -> None:
    settings = (ROOT / "docs/zensical.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'= "([\w-]+\.md)"', settings)) - {"index.md", "changelog.md"}
    assert named == set(PAGES)
