"""The examples of the README run unchanged."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = [line.removeprefix("$ ") for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]


def test_blocks_have_known_languages() -> None:
    assert {kind for kind, _ in BLOCKS} == {"python", "console"}
    assert sum(kind == "python" for kind, _ in BLOCKS) >= 6


def test_python_blocks_run_as_one_program() -> None:
    """The blocks share one program, as for a reader who follows along, with the settings of the README."""
    program = "\n".join(text for kind, text in BLOCKS if kind == "python")
    environment = {**os.environ, "SPARKBOT_API_KEY": "your-key", "SPARKBOT_BASE_URL": "https://HOST/v1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "gold",
        "closed",
        "404 Device not found",
        "3 rows: 2 ok, 0 skipped, 1 failed",
        "delivered\n",
        "5e01 message:in:new",
    ):
        assert words in done.stdout


def test_app_test_passes(tmp_path: Path) -> None:
    [test] = [text for kind, text in BLOCKS if kind == "python" and "def test_" in text]
    (tmp_path / "test_app.py").write_text(f"import sparkbot\n{test}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("sparkbot ")])
def test_sparkbot_commands_run(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    # The example data contain invalid rows on purpose, so the exit code is 3.
    assert done.returncode == (3 if command.startswith("sparkbot sync") else 0), done.stderr
    for words in SHOWN[command.split()[1]]:
        assert words in done.stdout


SHOWN = {"sync": ["2,918 ok", "outcomes.csv"], "operations": ["labels.create", "labels.delete"], "call": ['"alias": "Support"']}


@pytest.mark.parametrize("target", [command.removeprefix("make ") for command in COMMANDS if command.startswith("make ")])
def test_make_targets_exist(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_is_tested() -> None:
    assert all(command.split()[0] in ("make", "sparkbot", "python3", "export") for command in COMMANDS)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)", TEXT))))
def test_links_resolve(link: str) -> None:
    assert (ROOT / link).exists()
