"""Runs every example of docs/sync.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.time_limits import HANG_TIMEOUT

import sparkbot

TEXT = (Path(__file__).parents[2] / "docs/sync.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
PROGRAM = "\n".join(text for kind, text in BLOCKS if kind == "python")
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]


def test_guide_runs(tmp_path: Path) -> None:
    assert {kind for kind, _ in BLOCKS} == {"python", "sh"}
    (tmp_path / "contacts.csv").write_text("phone,tier\n+44 7362 053576,gold\n")
    device = {"id": "64f0c2a91b7e4d5f8a3b6c01", "phone": "+447362053576"}
    other = {"id": "64f0c2a91b7e4d5f8a3b6c02", "alias": "Field Team"}
    with sparkbot.Sandbox() as sandbox:
        contacts = [{"device": one["id"], "phone": "+447362053576"} for one in (device, other)]
        sandbox.seed(devices=[device, other], contacts=[*contacts, {"device": device["id"], "phone": "+442073460000"}])
        environment = {
            **os.environ,
            "SPARKBOT_API_KEY": sandbox.api_key,
            "SPARKBOT_BASE_URL": sandbox.url,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

        def ran(*command: str, shell: bool = False) -> subprocess.CompletedProcess[str]:
            arguments = command[0] if shell else command
            return subprocess.run(
                arguments,
                shell=shell,
                env=environment,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=HANG_TIMEOUT,
                check=False,
            )

        done = ran(sys.executable, "-W", "error", "-c", PROGRAM)
        assert (done.returncode, done.stderr) == (0, "")
        assert [line.partition(";")[0] for line in done.stdout.splitlines()] == [
            "2 rows: 1 ok, 0 skipped, 1 failed, 0 unknown",
            "1 rows: 1 ok, 0 skipped, 0 failed, 0 unknown",
            "1",
            "2 rows: 2 ok, 0 skipped, 0 failed, 0 unknown",
            "2 rows: 2 ok, 0 skipped, 0 failed, 0 unknown",
        ]
        assert len(COMMANDS) >= 3
        for line in COMMANDS:
            shown = ran(line, shell=True)
            assert shown.returncode == 0, shown.stderr
