"""Threads that share a client, that create clients concurrently, and that the extension starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import sparkbot
from tests.benchmarks.sandbox_process import sandbox as sandbox_process
from tests.benchmarks.sync_client import KEY
from tests.conftest import CHAT, DEVICE
from tests.interpreters import interpreters
from tests.process.exit_programs import ROOT
from tests.process.soak import ENVIRONMENT
from tests.time_limits import HANG_TIMEOUT

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a process."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "python"), **environment}
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)


def script(text: str, python: str = sys.executable, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(python, "-c", textwrap.dedent(text), **environment)


def test_64_threads_share_client(sandbox: sparkbot.Sandbox) -> None:
    with sandbox.client() as client, ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(lambda _: client.chats.get(DEVICE, CHAT)["status"], range(1000)))
    assert statuses == ["active"] * 1000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork is not available")
def test_threads_share_everything_at_once() -> None:
    """`make test-long` runs this for longer, and on free-threaded interpreters."""
    done = run(sys.executable, "-m", "tests.process.parallel_program", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "; fork 6" in done.stdout


@LINUX_ONLY
def test_threads_do_not_accumulate() -> None:
    """`make test-long` runs this with 200,000 calls and also limits the growth in memory, which depends on the machine."""
    with sandbox_process() as url:
        settings = {**ENVIRONMENT, "SPARKBOT_API_KEY": KEY, "SPARKBOT_BASE_URL": url}
        done = run(sys.executable, "-m", "tests.process.soak", "10000", **settings)
    assert done.returncode == 0, done.stderr
    soaked: dict[str, Any] = json.loads(done.stdout)
    assert soaked["threads"] == 0


def test_threads_create_clients_concurrently() -> None:
    """Each thread loads the certificate authorities for its first call, while logging is at DEBUG."""
    done = script(
        """
        import logging, sys, threading
        import sparkbot
        logging.basicConfig(level=logging.DEBUG, filename="/dev/null")
        together = threading.Barrier(16)
        def make():
            together.wait()
            client = sparkbot.Client("a-key", base_url="https://127.0.0.1:1/v1", max_retries=0)
            logging.debug("created")
            try:
                client.devices.list()
            except sparkbot.errors.APIConnectionError:
                sys.stdout.write("refused\\n")
        threads = [threading.Thread(target=make) for _ in range(16)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """
    )
    assert (done.stdout.split(), done.stderr) == (["refused"] * 16, "")


@LINUX_ONLY
@pytest.mark.parametrize(("given", "drive"), [("", 1), ("3", 3)])
def test_worker_threads_are_named_and_configurable(sandbox: sparkbot.Sandbox, given: str, drive: int) -> None:
    done = script(
        """
        import asyncio, os, sparkbot
        client = sparkbot.AsyncClient()
        asyncio.run(client.devices.list())
        def names():
            return [open(f"/proc/self/task/{task}/comm").read().strip() for task in os.listdir("/proc/self/task")]
        main = open("/proc/self/comm").read().strip()
        # A new thread has the name of its parent until it runs for the first time.
        while names().count(main) > 1:
            pass
        print(*(name for name in names() if name != main))
        """,
        SPARKBOT_API_KEY=sandbox.api_key,
        SPARKBOT_BASE_URL=sandbox.url,
        SPARKBOT_WORKER_THREADS=given,
    )
    assert sorted(done.stdout.split()) == [*["sparkbot"] * drive, "sparkbot-notify"], done.stderr


@pytest.mark.parametrize("given", ["many", "0", "65", "1.5"])
def test_invalid_worker_count_is_reported(given: str) -> None:
    done = script(
        """
        import asyncio, sparkbot
        try:
            asyncio.run(sparkbot.AsyncClient("a-key", base_url="http://127.0.0.1:1/v1").devices.list())
        except sparkbot.errors.ConfigError as error:
            print(error)
        """,
        SPARKBOT_WORKER_THREADS=given,
    )
    assert done.stdout.strip() == f'SPARKBOT_WORKER_THREADS is "{given}"; it must be a whole number from 1 to 64'


SUBINTERPRETER = """
import sys
try:
    import _interpreters
    def run(code):
        number = _interpreters.create()
        _interpreters.exec(number, code)
except ImportError:
    import _xxsubinterpreters
    def run(code):
        _xxsubinterpreters.run_string(_xxsubinterpreters.create(), code)
import sparkbot
run("try:\\n    import sparkbot\\n    sparkbot.Client\\nexcept ImportError as error:\\n    print(error, flush=True)")
sparkbot.Client("a-key", base_url="http://127.0.0.1:1/v1")
"""


@pytest.mark.parametrize("version", [version for version in interpreters() if version >= "3.12"])
def test_subinterpreter_is_rejected(version: str) -> None:
    done = script(SUBINTERPRETER, python=interpreters()[version])
    message = "module sparkbot._sparkbot does not support loading in subinterpreters"
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, message, "")
