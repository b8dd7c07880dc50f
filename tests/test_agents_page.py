"""The page for coding agents, which `sparkbot operations --markdown` prints, and llms.txt of the documentation's site."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sparkbot
from sparkbot.cli import main
from sparkbot.operations import all_operations, markdown
from tests.time_limits import HANG_TIMEOUT

ROOT = Path(__file__).parents[1]
LINES = re.findall(r"^- `client\.([\w.]+)\(([^`]*)\)`: ", markdown(), re.MULTILINE)


def test_page_has_a_line_for_every_operation() -> None:
    assert sorted(name for name, _ in LINES) == sorted(operation["name"] for operation in all_operations())


@pytest.mark.parametrize(("name", "arguments"), [line for line in LINES if line[0] != "request"])
def test_line_has_the_arguments_of_the_method(name: str, arguments: str) -> None:
    resource, _, method = name.partition(".")
    with sparkbot.Client("key", base_url="http://127.0.0.1:9/v1") as client:
        parameters = inspect.signature(getattr(getattr(client, resource), method)).parameters.values()
    expected = [parameter.name for parameter in parameters if parameter.name != "options"]
    assert [part for part in re.findall(r"(?:^|, )([\w*]+)", arguments) if part != "*"] == expected
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    assert re.findall(r"(?:^|, )(\w+)(?=$|[,:])", arguments) == required


def test_program_of_the_page_runs() -> None:
    [program] = re.findall(r"```python\n(.*?)```", markdown(), re.DOTALL)
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], timeout=HANG_TIMEOUT, check=False)
    assert done.returncode == 0


def test_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operations", "--markdown"]) == 0
    assert capsys.readouterr().out == markdown()


def test_command_selects_lines_by_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operations", "set chat's STATUS", "--markdown"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("- `client.chats.set_status(device, chat, status: active|pending|")


def test_site_has_every_page_of_llms_txt(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "docs/site.py", str(tmp_path)], cwd=ROOT, timeout=HANG_TIMEOUT, check=True)
    targets = re.findall(r"\]\(([^)]+)\)", (tmp_path / "docs/llms.txt").read_text(encoding="utf-8"))
    assert len(targets) > 40
    for target in targets:
        assert (tmp_path / "docs" / (f"{target[:-1]}.md" if target.endswith("/") else target)).is_file(), target
    assert (tmp_path / "docs/llms-full.txt").read_text(encoding="utf-8") == markdown()
