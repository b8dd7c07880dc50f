"""Making and closing clients."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from typing import Any

import pytest
from tests.conftest import CANARY

import sparkbot
from sparkbot.errors import ConfigError, InvalidArgumentError

URL = "https://api.example.com/v1"


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment}, check=False)


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    return monkeypatch


@pytest.mark.parametrize("kind", [sparkbot.Client, sparkbot.AsyncClient])
def test_what_is_missing_is_told_with_every_way_to_give_it(no_settings: pytest.MonkeyPatch, kind: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        kind()
    for word in ("api_key", "SPARKBOT_API_KEY", "base_url", "SPARKBOT_BASE_URL", "Sandbox"):
        assert word in str(caught.value)
    with pytest.raises(ConfigError) as caught:
        kind("key")
    assert "SPARKBOT_API_KEY" not in str(caught.value)


def test_settings_come_from_arguments_or_the_environment(no_settings: pytest.MonkeyPatch) -> None:
    no_settings.setenv("SPARKBOT_API_KEY", CANARY)
    no_settings.setenv("SPARKBOT_BASE_URL", URL + "/")
    assert sparkbot.Client().base_url == URL
    assert sparkbot.Client(base_url="https://other.example.com/v1").base_url == "https://other.example.com/v1"


WRONG_SETTINGS: list[tuple[str, dict[str, Any]]] = [
    ("https", {"base_url": "http://api.example.com/v1"}),
    ("https:", {"base_url": "ftp://api.example.com/v1"}),
    ("base_url", {"base_url": "api.example.com"}),
    ("user name or password", {"base_url": f"https://me:{CANARY}@api.example.com/v1"}),
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
]


@pytest.mark.parametrize(("word", "settings"), WRONG_SETTINGS)
def test_wrong_settings_are_told_when_the_client_is_made(word: str, settings: dict[str, Any]) -> None:
    with pytest.raises((ConfigError, InvalidArgumentError)) as caught:
        sparkbot.Client(**{"api_key": CANARY, "base_url": URL, **settings})
    assert word in str(caught.value)
    assert CANARY not in str(caught.value)
    assert "Injected" not in str(caught.value)


def test_http_to_another_machine_only_when_allowed() -> None:
    assert sparkbot.Client(CANARY, base_url="http://api.example.com/v1", allow_http=True).base_url
    assert sparkbot.Client(CANARY, base_url="http://localhost:1/v1").base_url


def test_a_missing_certificate_file_is_told(tmp_path: Any) -> None:
    with pytest.raises(ConfigError, match=r"ca_bundle names .*none\.pem.*cannot be read"):
        sparkbot.Client(CANARY, base_url=URL, ca_bundle=tmp_path / "none.pem")


@pytest.mark.parametrize("option", [{"timout": 1}, {"headers": {"Token": "x"}}, {"headers": {"X": "a\r\nb"}}, {"timeout": -1}])
def test_wrong_options_are_told(sandbox: sparkbot.Sandbox, option: Any) -> None:
    with sandbox.client() as client, pytest.raises(InvalidArgumentError):
        client.devices.list(options=option)
    assert sandbox.requests == []


def test_headers_can_be_added(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client().with_options(headers={"X-Team": "crm"})
    client.devices.list(options={"headers": {"X-Run": "7"}})
    headers = sandbox.requests[-1]["headers"]
    assert (headers["x-team"], headers["x-run"]) == ("crm", "7")


def test_neither_import_nor_construction_starts_anything() -> None:
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


def test_importing_loads_neither_asyncio_nor_the_resources() -> None:
    done = run(
        """
        import sys
        import sparkbot
        heavy = {"asyncio", "ssl", "json", "typing", "inspect"}
        print([name for name in sys.modules if name in heavy or name.startswith("sparkbot.")])
        """
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_closed_client_opens_again(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client()
    client.devices.list()
    client.close()
    client.devices.list()
    first, second = (request["connection"] for request in sandbox.requests)
    assert first != second


async def _close_twice(sandbox: sparkbot.Sandbox) -> None:
    async with sandbox.async_client() as client:
        await client.devices.list()
    await client.close()


def test_async_clients_close_too(sandbox: sparkbot.Sandbox) -> None:
    asyncio.run(_close_twice(sandbox))


def test_blocking_calls_work_inside_a_running_loop(sandbox: sparkbot.Sandbox) -> None:
    async def both() -> bool:
        with sandbox.client() as client:
            return client.devices.list() == await sandbox.async_client().devices.list()

    assert asyncio.run(both())
