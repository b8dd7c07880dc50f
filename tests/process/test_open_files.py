"""The limit of open files, 256 on some systems; each connection is an open file."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.time_limits import HANG_TIMEOUT

pytest.importorskip("resource", reason="no limit of open files on this system")
ROOT = Path(__file__).parents[2]
START = """
import asyncio, resource, sparkbot
from tests.process.silent_server import SilentServer
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
"""


def _run(program: str) -> str:
    source = START + textwrap.dedent(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "python"), str(ROOT)])}
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, env=environment, timeout=HANG_TIMEOUT)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_calls_and_sandbox_leave_file_descriptors_free() -> None:
    program = """
        async def main():
            with sparkbot.Sandbox() as sandbox:
                async with sandbox.async_client() as client:
                    calls = [asyncio.ensure_future(client.devices.list()) for _ in range(3000)]
                    while not all(call.done() for call in calls):
                        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED, timeout=0.01)
                        open("/dev/null").close()
                    return [call.result() for call in calls]
        print(len(asyncio.run(main())))
    """
    assert _run(program) == "3000\n"


def test_exhausted_file_descriptors_are_reported() -> None:
    program = """
        def fill():
            files = []
            while True:
                try:
                    files.append(open("/dev/null"))
                except OSError:
                    return files
        with sparkbot.Sandbox() as sandbox, sandbox.client(max_retries=0) as first, sandbox.client(max_retries=0) as second:
            first.devices.list()
            files = fill()
            try:
                second.devices.list()
            except sparkbot.errors.APIConnectionError as error:
                print(error)
            files.clear()
            print(len(second.devices.list()))
    """
    output = _run(program)
    assert "reached its limit of 256 open files" in output
    assert "ulimit -n" in output
    assert output.endswith("\n3\n"), "calls work again after files are closed"


def test_timeout_message_names_file_descriptor_limit() -> None:
    program = """
        async def main():
            with SilentServer() as server:
                async with sparkbot.AsyncClient("a-key", base_url=server.url, timeout=20) as client:
                    in_flight = [asyncio.ensure_future(client.devices.list()) for _ in range(64)]
                    await asyncio.to_thread(server.wait_for_requests, 64)
                    try:
                        await client.with_options(timeout=0.1).devices.list()
                    except sparkbot.errors.APITimeoutError as error:
                        print(error)
                    for call in in_flight:
                        call.cancel()
        asyncio.run(main())
    """
    assert _run(program) == (
        "devices.list: the call timed out while all 64 permits of the client (max_in_flight) were in use, and nothing was sent. "
        "Raise the open-file limit (`ulimit -n`), of which calls use a quarter, or the timeout\n"
    )
