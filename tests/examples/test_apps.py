"""The apps of examples/: their own tests, run as their README says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("app", "command", "said"),
    [
        ("django_app", ["manage.py", "test", "--noinput"], "OK"),
        ("django_app", ["manage.py", "makemigrations", "--check"], "No changes detected"),
        ("fastapi_app", ["-m", "pytest", "-q", "-p", "no:cacheprovider"], "passed"),
        ("bot_app", ["-m", "pytest", "-q", "-p", "no:cacheprovider"], "passed"),
    ],
)
def test_app_tests_pass(app: str, command: list[str], said: str, tmp_path: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("SPARKBOT_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-W", "error", *command],
        cwd=EXAMPLES / app,
        env={**settings, "TEST_DATABASE": str(tmp_path / "test.sqlite3")},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
