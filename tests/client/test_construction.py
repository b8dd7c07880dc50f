"""Construction, settings and closing of clients."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from typing import Any

import pytest
from tests.conftest import CANARY
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot.errors import ConfigError, InvalidArgumentError

URL = "https://api.example.com/v1"


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a separate process."""
    command = [sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=HANG_TIMEOUT, env={**os.environ, **environment}, check=False
    )


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    return monkeypatch


@pytest.mark.parametrize("kind", [sparkbot.Client, sparkbot.AsyncClient])
def test_missing_settings_error_lists_all_sources(clean_environment: pytest.MonkeyPatch, kind: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        kind()
    for word in ("api_key", "SPARKBOT_API_KEY", "base_url", "SPARKBOT_BASE_URL", "Sandbox"):
        assert word in str(caught.value)
    with pytest.raises(ConfigError) as caught:
        kind("key")
    assert "SPARKBOT_API_KEY" not in str(caught.value)


def test_settings_come_from_arguments_or_the_environment(clean_environment: pytest.MonkeyPatch) -> None:
    clean_environment.setenv("SPARKBOT_API_KEY", CANARY)
    clean_environment.setenv("SPARKBOT_BASE_URL", URL + "/")
    assert sparkbot.Client().base_url == URL
    assert sparkbot.Client(base_url="https://other.example.com/v1").base_url == "https://other.example.com/v1"


INVALID_SETTINGS: list[tuple[str, dict[str, Any]]] = [
    ("https", {"base_url": "http://api.example.com/v1"}),
    ("https:", {"base_url": "ftp://api.example.com/v1"}),
    ("base_url", {"base_url": "api.example.com"}),
    ("empty host", {"base_url": "https://"}),
    ("user name or password", {"base_url": f"https://me:{CANARY}@api.example.com/v1"}),
    ("query or fragment", {"base_url": f"https://api.example.com/v1?token={CANARY}"}),
    ("query or fragment", {"base_url": f"https://api.example.com#{CANARY}"}),
    ("position 3", {"api_key": "key with space"}),
    ("position 3", {"api_key": "key\r\nInjected: yes"}),
    ("timeout", {"timeout": 0}),
    ("timeout", {"timeout": "soon"}),
    ("read", {"timeout": sparkbot.Timeout(read=-1)}),
    ("max_retries", {"max_retries": -1}),
    ("max_retries", {"max_retries": True}),
    ("max_retries", {"retry": sparkbot.Retry(max_retries=-1)}),
    ("max_retries=", {"retry": 3}),
    ("calls_per_second", {"calls_per_second": 0}),
    ("max_in_flight", {"max_in_flight": 0}),
    ("validate", {"validate": "maybe"}),
    ("cannot be read", {"ca_bundle": "none.pem"}),
]


@pytest.mark.parametrize(("word", "settings"), INVALID_SETTINGS)
def test_invalid_settings_are_rejected(word: str, settings: dict[str, Any]) -> None:
    with pytest.raises((ConfigError, InvalidArgumentError)) as caught:
        sparkbot.Client(**{"api_key": CANARY, "base_url": URL, **settings})
    assert word in str(caught.value)
    assert CANARY not in str(caught.value)
    assert "Injected" not in str(caught.value)


def test_allow_http_permits_plain_http() -> None:
    assert sparkbot.Client(CANARY, base_url="http://api.example.com/v1", allow_http=True).base_url
    assert sparkbot.Client(CANARY, base_url="http://localhost:1/v1").base_url


@pytest.mark.parametrize("option", [{"timout": 1}, {"headers": {"Token": "x"}}, {"headers": {"X": "a\r\nb"}}, {"timeout": -1}])
def test_invalid_call_options_are_rejected(sandbox: sparkbot.Sandbox, option: Any) -> None:
    with sandbox.client() as client, pytest.raises(InvalidArgumentError):
        client.devices.list(options=option)
    assert sandbox.requests == []


def test_call_headers_extend_client_headers(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client().with_options(headers={"X-Team": "crm"})
    client.devices.list(options={"headers": {"X-Run": "7"}})
    headers = sandbox.requests[-1]["headers"]
    assert (headers["x-team"], headers["x-run"]) == ("crm", "7")


def test_construction_opens_no_threads_or_sockets() -> None:
    done = run(
        """
        import os, threading
        import sparkbot
        client = sparkbot.Client("key", base_url="https://api.example.com/v1")
        sparkbot.AsyncClient("key", base_url="https://api.example.com/v1")
        client.chats, client.raw.devices
        files = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
        kinds = {os.readlink(file).split(":")[0] for file in files if os.path.lexists(file)}
        print(len(os.listdir("/proc/self/task")), "socket" in kinds)
        """
    )
    assert (done.stdout.split(), done.stderr) == (["1", "False"], "")


def test_import_is_lazy() -> None:
    done = run(
        """
        import sys
        import sparkbot
        heavy = {"asyncio", "ssl", "json", "typing", "inspect"}
        print([name for name in sys.modules if name in heavy or name.startswith("sparkbot.")])
        """
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_closed_client_reopens(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client()
    client.devices.list()
    client.close()
    client.devices.list()
    first, second = (request["connection"] for request in sandbox.requests)
    assert first != second


def test_blocking_calls_work_inside_a_running_loop(sandbox: sparkbot.Sandbox) -> None:
    async def list_devices() -> bool:
        with sandbox.client() as client:
            async with sandbox.async_client() as async_client:
                same = client.devices.list() == await async_client.devices.list()
        await async_client.close()
        return same

    assert asyncio.run(list_devices())
