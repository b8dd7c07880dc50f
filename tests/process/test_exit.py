"""A program that exits with calls in flight exits at once, with code 0 and nothing on stderr."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.interpreters import interpreters
from tests.process.exit_programs import PROGRAMS, end
from tests.process.kernel import running_kernel
from tests.process.silent_server import SilentServer

if TYPE_CHECKING:
    from pathlib import Path

#: Calls in flight at exit, one run each; `make test-long` runs each 200 times.
PENDING = (0, 1, 1, 2000)


@pytest.mark.parametrize("version", interpreters())
@pytest.mark.parametrize("program", PROGRAMS)
def test_program_exits_cleanly_with_calls_in_flight(version: str, program: str) -> None:
    # Each call of the pool ends by its timeout, before which it must be sent, on a busy machine too.
    most = 100 if program == "thread pool" else 2000
    with ThreadPoolExecutor(2) as pairs:
        endings = list(pairs.map(lambda pending: end(interpreters()[version], program, min(pending, most)), PENDING))
    assert [ending for ending in endings if not ending.is_clean] == []


@pytest.mark.filterwarnings("default")
def test_kernel_exits_cleanly_with_calls_in_flight(tmp_path: Path) -> None:
    with SilentServer() as server, running_kernel(tmp_path, server.settings) as kernel:
        kernel.run("import asyncio, threading, sparkbot")
        kernel.run("never = sparkbot.Timeout(total=3600, read=3600)")
        kernel.run("blocking, client = sparkbot.Client(timeout=never), sparkbot.AsyncClient(max_in_flight=5000, timeout=never)")
        kernel.run("tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(2000)]")
        kernel.run("threading.Thread(target=blocking.devices.list, daemon=True).start()")
        server.wait_for_requests(2001)
        code = kernel.end()
        assert (code, kernel.stderr) == (0, "")
