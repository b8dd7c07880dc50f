"""The `sh` blocks of the guides and of the apps' READMEs, run as they stand there, with other ports."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from tests.time_limits import HANG_TIMEOUT

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def shell_blocks(page: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def environment(**given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARKBOT_", "DJANGO_"))}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **given}


def run(script: str, folder: Path, **given: str) -> None:
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=HANG_TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def copied(app: str, folder: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.sqlite3")
    return Path(shutil.copytree(ROOT / "examples" / app, folder / app, ignore=ignored))


def test_django_guide_commands_run(tmp_path: Path) -> None:
    app = copied("django_app", tmp_path)
    with sparkbot.Sandbox() as sandbox:
        settings = {"SPARKBOT_BASE_URL": sandbox.url, "SPARKBOT_API_KEY": sandbox.api_key}
        script = "".join(["python manage.py migrate --verbosity 0\n", *shell_blocks("docs/django.md")])
        run(script, app, **settings, SPARKBOT_WEBHOOK_SECRET="a-secret-of-sixteen-or-more")
        registered = [webhook["url"] for webhook in sandbox.client().webhooks.list()]
        assert any(url.startswith("https://crm.example.com/whatsapp") for url in registered)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(script: str, folder: Path) -> Iterator[None]:
    """The block with its servers, all of which end with it."""
    process = subprocess.Popen(["bash", "-c", script], cwd=folder, env=environment(), start_new_session=True)
    try:
        yield
        assert process.poll() is None
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def status(url: str) -> int:
    """The status of a page, once its server accepts connections."""
    ends_at = time.monotonic() + HANG_TIMEOUT
    while time.monotonic() < ends_at:
        try:
            with urlopen(url, timeout=10) as response:
                return int(response.status)
        except HTTPError as error:
            return error.code
        except URLError:
            time.sleep(0.05)
    raise AssertionError(f"no server listens at {url}")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX runs them")
@pytest.mark.parametrize(
    ("app", "server", "page", "response"),
    [
        ("django_app", ("manage.py runserver", "manage.py runserver --noreload {port}"), "/whatsapp", 405),
        ("fastapi_app", ("uvicorn crm.main:app", "uvicorn crm.main:app --port {port}"), "/docs", 200),
        ("bot_app", ("uvicorn bot.main:app", "uvicorn bot.main:app --port {port}"), "/whatsapp", 405),
    ],
)
def test_app_starts_as_in_its_readme(app: str, server: tuple[str, str], page: str, response: int, tmp_path: Path) -> None:
    [script] = shell_blocks(f"examples/{app}/README.md")
    port, before = free_port(), server[0]
    assert before in script
    script = script.replace(before, server[1].format(port=port)).replace("8080", str(free_port())).replace(":8000", f":{port}")
    with running(script, copied(app, tmp_path)):
        assert status(f"http://127.0.0.1:{port}{page}") == response
