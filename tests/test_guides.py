"""What the guides show runs: programs as programs, tests under pytest, and parts of the apps are parts of the apps."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = ("testing", "webhooks", "django", "fastapi")


def blocks(guide: str, kind: str = "python") -> list[str]:
    text = (ROOT / f"docs/{guide}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def run(*arguments: str, folder: Path) -> str:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SPARKBOT_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def test_the_guide_on_testing_is_a_module_of_tests(tmp_path: Path) -> None:
    (tmp_path / "test_guide.py").write_text("\n".join(blocks("testing")), encoding="utf-8")
    assert "4 passed" in run("-m", "pytest", "-q", "-p", "no:cacheprovider", folder=tmp_path)


def test_the_guide_on_webhooks_is_a_program(tmp_path: Path) -> None:
    assert run("-c", "\n".join(blocks("webhooks")), folder=tmp_path).splitlines() == [
        "5e01 +447362053576 Are you open?",
        '(401, "the webhook\'s secret is missing or wrong")',
        "(200, '1 events')",
        "1 0",
        "['Hello?', 'Hello?', 'Are you open?', 'Are you open?'] 2",
    ]


PARTS = [
    pytest.param(block, id=f"{guide}-{number}") for guide in ("django", "fastapi") for number, block in enumerate(blocks(guide))
]


@pytest.mark.parametrize("block", PARTS)
def test_a_part_of_an_app_is_as_it_is_there(block: str) -> None:
    """The apps' own tests run it."""
    first, _, part = block.partition("\n")
    assert part in (ROOT / first.removeprefix("# ")).read_text(encoding="utf-8")


PAGES = [*(f"docs/{guide}.md" for guide in GUIDES), "examples/django_app/README.md", "examples/fastapi_app/README.md"]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!http)([^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert links
    for link in links:
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path
        assert target.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [title.lower().replace(" ", "-") for title in titles], link
