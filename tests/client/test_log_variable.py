"""SPARKBOT_LOG: shows the library's log on stderr."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from tests.time_limits import HANG_TIMEOUT

PHONE, TEXT, KEY = "+447911123456", "see you at the usual place", "canary0key0of0the0log0variable"
PROGRAM = f"""
import sys
{{setup}}
import sparkbot
with sparkbot.Sandbox(api_key="{KEY}") as sandbox, sandbox.client(retry=sparkbot.Retry(initial_delay=0.001)) as client:
    device = client.devices.list(size=1)[0]["id"]
    client.send.text(device=device, phone="{PHONE}", message="{TEXT}")
    sandbox.settle()  # the message creates the contact when it is sent
    sandbox.faults.status(503, count=1)
    client.devices.get(device)
    sparkbot.sync_metadata(client, device, [{{{{"phone": "{PHONE}", "note": "{TEXT}"}}}}], progress="off")
"""


def run(level: str | None, setup: str = "") -> str:
    """The program's stderr."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPARKBOT_")}
    environment |= {} if level is None else {"SPARKBOT_LOG": level}
    program = PROGRAM.format(setup=setup)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True, env=environment)
    for secret in (PHONE[1:], TEXT, KEY):
        assert secret not in done.stderr
    return done.stderr


def levels(text: str) -> list[str]:
    return re.findall(r"^[\d-]+ [\d:,]+ (\w+) sparkbot: ", text, re.MULTILINE)


def test_debug_shows_every_attempt() -> None:
    shown = run("debug")
    assert set(levels(shown)) == {"DEBUG", "INFO", "WARNING"}
    assert re.search(r"DEBUG sparkbot: send\.text attempt 1: 20\d in \d+\.\d{3} s, request sandbox-", shown)


def test_info_shows_retries_and_runs() -> None:
    shown = run("INFO")
    assert levels(shown) == ["WARNING", "INFO"]
    assert "devices.get attempt 1 failed with 503" in shown
    assert "sync_metadata: 1 rows: 1 ok, 0 skipped, 0 failed, 0 unknown;" in shown


@pytest.mark.parametrize("level", [None, "", " "])
def test_nothing_is_shown_without_a_level(level: str | None) -> None:
    assert run(level) == ""
    assert run(level, "import logging") == ""


def test_handlers_of_the_program_get_the_records_alone() -> None:
    setup = "import logging; logging.basicConfig(format='%(levelname)s of the program: %(message)s')"
    assert re.findall(r"^\w+", run("info", setup), re.MULTILINE) == ["WARNING", "INFO"]


def test_unknown_level_is_a_warning() -> None:
    shown = run("loud")
    assert "SparkBotWarning: SPARKBOT_LOG is 'loud'" in shown
    assert "set it to debug or info" in shown


def test_import_does_not_load_logging() -> None:
    program = "import sys, sparkbot; sparkbot.Client; print('logging' in sys.modules)"
    command = [sys.executable, "-S", "-c", program]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("SPARKBOT_LOG", None)
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True, env=environment)
    assert done.stdout == "False\n"
