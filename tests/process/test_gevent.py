"""Calls in greenlets, with a service in the same process that only answers while the hub runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.time_limits import HANG_TIMEOUT

pytest.importorskip("gevent")

PROGRAM = """
from gevent import monkey

monkey.patch_all()

import gevent
from gevent.pywsgi import WSGIServer
import sparkbot

def application(environment, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b"[]"]

service = WSGIServer(("127.0.0.1", 0), application, log=None)
service.start()
client = sparkbot.Client("0" * 40, base_url=f"http://127.0.0.1:{service.server_port}/v1", max_retries=0)
pool = gevent.get_hub().threadpool
"""


def run(lines: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM + lines], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_call_in_the_thread_pool_lets_greenlets_run() -> None:
    assert run("print(pool.apply(client.devices.list))") == "[]\n"


def test_concurrent_calls_in_the_thread_pool_all_end() -> None:
    jobs = "jobs = [gevent.spawn(pool.apply, client.devices.list) for _ in range(30)]"
    assert run(f"{jobs}\nprint([job.get() for job in jobs].count([]))") == "30\n"


def test_map_in_the_thread_pool_ends() -> None:
    items = "client.map(client.chats.list, [{'device': '64f0c2a91b7e4d5f8a3b6c01'}] * 30)"
    assert run(f"print(len(pool.apply({items}.collect)))") == "30\n"


def test_call_in_a_greenlet_blocks_the_hub() -> None:
    """As documented: the service, a greenlet too, can't answer."""
    lines = """
try:
    client.devices.list(options={"timeout": 0.5})
except sparkbot.errors.APITimeoutError as error:
    print("timed out")
"""
    assert run(lines) == "timed out\n"
