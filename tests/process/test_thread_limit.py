"""The limit of processes and threads: a call that needs a thread fails with an error of sparkbot, and works again later."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    import sparkbot

pytest.importorskip("resource", reason="no limit of processes on this system")
ROOT = Path(__file__).parents[2]
#: The limit does not apply to root. The user may have no right to read modules, so all are imported before.
START = """
import asyncio, concurrent.futures, encodings.idna, os, resource, sys, sparkbot
import sparkbot.batch.method_spec, sparkbot.batch.run, sparkbot.batch.validation
import sparkbot.errors, sparkbot.resources, sparkbot.response, sparkbot.sync
from sparkbot.resources import chats, devices, files
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
if os.geteuid() == 0:
    try:
        os.setuid(54321)
    except OSError:
        sys.exit(77)

def limit(soft):
    hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    resource.setrlimit(resource.RLIMIT_NPROC, (hard if soft is None else soft, hard))

def show(act):
    try:
        print("ok", len(act()))
    except sparkbot.SparkBotError as error:
        print(type(error).__name__, error.operation, "cannot start a thread" in str(error), "nothing was sent" in str(error))

def settings(host):
    return {"api_key": os.environ["KEY"], "base_url": sys.argv[1].replace("127.0.0.1", host), "max_retries": 0}

client = sparkbot.Client(**settings("127.0.0.1"))
"""


def _run(program: str, sandbox: sparkbot.Sandbox) -> list[str]:
    source = START + textwrap.dedent(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "python"), str(ROOT)]), "KEY": sandbox.api_key}
    command = [sys.executable, "-c", source, sandbox.url]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=HANG_TIMEOUT, check=False)
    if ended.returncode == 77:
        pytest.skip("the user cannot be changed here")
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()


def test_awaited_call_without_a_thread_is_an_error(sandbox: sparkbot.Sandbox) -> None:
    program = """
        async def call():
            async with sparkbot.AsyncClient(**settings("127.0.0.1")) as client:
                return await client.devices.list()

        for soft in (0, 0, None):
            limit(soft)
            show(lambda: asyncio.run(call()))
    """
    failed = "APIConnectionError None True True"
    assert _run(program, sandbox) == [failed, failed, f"ok {len(sandbox.client().devices.list())}"]


def test_map_without_a_thread_is_an_error(sandbox: sparkbot.Sandbox) -> None:
    program = """
        for soft in (0, 0, None):
            limit(soft)
            show(lambda: client.map(client.devices.get, [(DEVICE,)], on_error="raise").collect())
    """
    failed = "APIConnectionError None True True"
    assert _run(program, sandbox) == [failed, failed, "ok 1"]


def test_sync_without_a_thread_is_an_error(sandbox: sparkbot.Sandbox) -> None:
    program = """
        rows = [{"phone": "+447362053576", "tier": "gold"}]
        for soft in (0, 0, None):
            limit(soft)
            show(lambda: list(sparkbot.stream_metadata(client, DEVICE, rows, progress="off")))
    """
    failed = "APIConnectionError None True True"
    assert _run(program, sandbox) == [failed, failed, "ok 1"]


def test_host_lookup_without_a_thread_is_an_error(sandbox: sparkbot.Sandbox) -> None:
    program = """
        client = sparkbot.Client(**settings("localhost"))
        for soft in (0, 0, None):
            limit(soft)
            show(client.devices.list)
    """
    failed = "APIConnectionError devices.list True True"
    assert _run(program, sandbox) == [failed, failed, f"ok {len(sandbox.client().devices.list())}"]


def test_upload_without_a_thread_is_sent_whole_later(sandbox: sparkbot.Sandbox) -> None:
    """The read of the failed upload must not take bytes of the next one."""
    program = """
        import io
        content = io.BytesIO(bytes(200_000))
        for soft in (0, None):
            limit(soft)
            content.seek(0)
            show(lambda: client.files.upload(file=content, filename="a.bin"))
    """
    assert _run(program, sandbox) == ["APIConnectionError files.upload True True", "ok 1"]
    assert [file["size"] for file in sandbox.client().files.list() if file["filename"] == "a.bin"] == [200_000]
