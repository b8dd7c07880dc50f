"""A process that forks with calls in flight: parent and children continue, each with its own connections."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.interpreters import interpreters
from tests.process.exit_programs import ROOT
from tests.process.fork_programs import PROGRAMS
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def settings() -> Iterator[dict[str, str]]:
    """The environment of processes that call a sandbox. Fails if two processes shared a connection."""
    with sparkbot.Sandbox() as sandbox:
        yield {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "python"), str(ROOT))),
            # From 3.12 on, CPython warns of every fork of a process with threads.
            "PYTHONWARNINGS": "ignore::DeprecationWarning",
            "SPARKBOT_API_KEY": sandbox.api_key,
            "SPARKBOT_BASE_URL": sandbox.url,
        }
        users: dict[int, set[str]] = {}
        for request in sandbox.requests:
            users.setdefault(request["connection"], set()).add(request["headers"].get("x-process", ""))
        assert users
        assert [shared for shared in users.values() if len(shared) > 1] == []


#: The programs for other CPython versions: those whose behaviour depends on the version.
OTHERS = ("os.fork", "started before fork", "ProcessPoolExecutor fork")
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize(
    ("version", "program"),
    [(version, program) for version in interpreters() for program in (PROGRAMS if version == OWN else OTHERS)],
)
def test_forked_child_and_parent_call_concurrently(settings: dict[str, str], version: str, program: str) -> None:
    command = [interpreters()[version], "-m", "tests.process.fork_programs", program]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("preload", [[], ["--preload"]], ids=["each worker imports", "preload"])
def test_gunicorn_workers_make_calls(settings: dict[str, str], tmp_path: Path, preload: list[str]) -> None:
    options = ["--workers", "2", "--bind", "127.0.0.1:0", "--no-control-socket", *preload]
    command = [sys.executable, "-m", "gunicorn", *options, "tests.process.web_app:application"]
    with subprocess.Popen(command, env=settings, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            address = next(line.split()[-2] for line in server.stderr if "Listening at" in line)
            processes = {_read(address) for _ in range(10)}
        finally:
            server.terminate()
        rest = server.communicate(timeout=HANG_TIMEOUT)[1]
    assert str(server.pid) not in processes
    assert "Traceback" not in rest
    assert server.returncode == 0


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=HANG_TIMEOUT) as response:
        text: str = response.read().decode()
        return text


def test_celery_workers_make_calls(settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**settings, "TASK_QUEUE_FOLDER": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    options = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR", "--quiet"]
    command = [sys.executable, "-m", "celery", "--app", "tests.process.task_queue", *options[5:], "worker", *options[:5]]
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen([*command, "--pool", "prefork", "--concurrency", "2"], stdout=log, stderr=log, text=True)
        try:
            processes = _call_in_workers(8)
        finally:
            worker.terminate()
        assert worker.wait(HANG_TIMEOUT) == 0
    assert worker.pid not in processes
    assert "Traceback" not in (tmp_path / "log").read_text()


def _call_in_workers(times: int) -> set[Any]:
    from tests.process.task_queue import call_in_worker

    called = [call_in_worker.delay() for _ in range(times)]
    return {result.get(timeout=HANG_TIMEOUT, interval=0.05) for result in called}
