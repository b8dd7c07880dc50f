"""A program that ends with calls under way ends at once, with code 0 and nothing on stderr."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.interpreters import interpreters
from tests.life.endings import LONGEST, PROGRAMS, end
from tests.life.kernel import running_kernel
from tests.life.silent import SilentServer

if TYPE_CHECKING:
    from pathlib import Path

#: Calls under way at the end, one try for each; `make test-long` tries each 200 times.
PENDING = (0, 1, 1, 2000)


@pytest.mark.parametrize("version", interpreters())
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_ends_cleanly_with_calls_under_way(version: str, program: str) -> None:
    with ThreadPoolExecutor(2) as pairs:
        endings = list(pairs.map(lambda pending: end(interpreters()[version], program, pending), PENDING))
    assert [ending for ending in endings if not ending.is_clean] == []


@pytest.mark.filterwarnings("default")
def test_a_kernel_ends_cleanly_with_calls_under_way(tmp_path: Path) -> None:
    with SilentServer() as server, running_kernel(tmp_path, server.settings) as kernel:
        kernel.run("import asyncio, threading, sparkbot")
        kernel.run("blocking, client = sparkbot.Client(), sparkbot.AsyncClient(max_in_flight=5000)")
        kernel.run("tasks = [asyncio.ensure_future(client.devices.list()) for _ in range(2000)]")
        kernel.run("threading.Thread(target=blocking.devices.list, daemon=True).start()")
        server.wait_for_requests(2001)
        told = time.monotonic()
        code = kernel.end()
        assert time.monotonic() - told < LONGEST
        assert (code, kernel.stderr) == (0, "")
