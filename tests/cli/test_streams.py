"""The command with outputs that lack characters, or that are absent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.conftest import CANARY, DEVICE
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path

    import sparkbot

NAME = "Zoë Łukasz 李 🦀 …"
ENCODINGS = ["cp1252", "ascii", "latin-1", "cp437"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="redirections of a POSIX shell")


def run(sandbox: sparkbot.Sandbox, *line: str, encoding: str = "utf-8", redirect: str = "") -> subprocess.CompletedProcess[bytes]:
    settings = {"SPARKBOT_BASE_URL": sandbox.url, "SPARKBOT_API_KEY": CANARY, "PYTHONIOENCODING": encoding}
    command = ["sh", "-c", f'exec "$@" {redirect}', "sh", sys.executable, "-m", "sparkbot", *line]
    return subprocess.run(command, env={**os.environ, **settings}, capture_output=True, timeout=HANG_TIMEOUT, check=False)


@pytest.fixture
def rows(sandbox: sparkbot.Sandbox, tmp_path: Path) -> Path:
    sandbox.seed(contacts=[{"device": DEVICE, "wid": "447700900999@c.us", "name": NAME}])
    path = tmp_path / f"{NAME}.csv"
    path.write_text("wid,tier\n447700900999@c.us,gold\n447700900998@c.us,gold\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_json_is_complete_in_any_encoding(sandbox: sparkbot.Sandbox, rows: Path, encoding: str) -> None:
    done = run(sandbox, "contacts", DEVICE, "--all", encoding=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert NAME in [contact.get("name") for contact in json.loads(done.stdout.decode(encoding))]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_sync_succeeds_in_any_encoding(sandbox: sparkbot.Sandbox, rows: Path, encoding: str) -> None:
    report = rows.with_suffix(".jsonl")
    line = ["sync", str(rows), "--device", DEVICE, "--on-missing", "skip", "--report", str(report)]
    done = run(sandbox, *line, encoding=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    printed = done.stdout.decode(encoding)
    shown = str(report).encode(encoding, "replace").decode(encoding)
    assert shown in printed


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_error_is_one_line_in_any_encoding(sandbox: sparkbot.Sandbox, encoding: str) -> None:
    done = run(sandbox, "chats", NAME, encoding=encoding)
    assert done.returncode == 2
    assert len(done.stderr.decode(encoding).strip().splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp437"])
def test_help_is_written_in_the_encoding(sandbox: sparkbot.Sandbox, encoding: str) -> None:
    done = run(sandbox, "call", "request", "--help", encoding=encoding)
    assert done.returncode == 0
    assert "METHOD is GET, POST, ?" in " ".join(done.stdout.decode(encoding).split())


@pytest.mark.parametrize("redirect", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["contacts", DEVICE, "--all"], 0),
        (["operations", "queue"], 0),
        (["--help"], 0),
        (["chats", "Nobody"], 2),
        (["call", "contacts.get", DEVICE, "447700900997@c.us"], 1),
        (["contacts", DEVICE, "--size", "many"], 2),
    ],
)
def test_absent_output_keeps_the_exit_code(sandbox: sparkbot.Sandbox, line: list[str], code: int, redirect: str) -> None:
    done = run(sandbox, *line, redirect=redirect)
    assert (done.returncode, b"Traceback" in done.stderr, b"Error" in done.stderr and code == 0) == (code, False, False)


def test_sync_without_output_writes_every_row(sandbox: sparkbot.Sandbox, rows: Path) -> None:
    report = rows.with_name("out.jsonl")
    done = run(sandbox, "sync", str(rows), "--device", DEVICE, "--report", str(report), redirect=">&- 2>&-")
    statuses = [json.loads(line)["status"] for line in report.read_text(encoding="utf-8").splitlines()]
    assert (done.returncode, statuses) == (3, ["ok", "failed"])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_full_disk_is_a_failure(sandbox: sparkbot.Sandbox) -> None:
    done = run(sandbox, "contacts", DEVICE, redirect=">/dev/full")
    assert (done.returncode, b"No space left" in done.stderr, b"Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("line", [["operations", "--openapi"], ["operations"], ["--help"]])
def test_closed_pipe_is_a_quiet_failure(line: list[str], encoding: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "sparkbot", *line]
    done = subprocess.run(command, env=environment, stdout=writing, stderr=subprocess.PIPE, timeout=HANG_TIMEOUT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
