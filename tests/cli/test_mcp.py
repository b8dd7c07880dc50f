"""`sparkbot mcp`: both transports as a real client uses them, and wrong usage."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import ElicitResult
from tests.conftest import CANARY, CHAT, DEVICE
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATUS = {"operation": "chats.set_status", "arguments": {"device": DEVICE, "chat": CHAT, "status": "resolved"}}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


def settings(sandbox: sparkbot.Sandbox) -> dict[str, str]:
    return {"SPARKBOT_BASE_URL": sandbox.url, "SPARKBOT_API_KEY": CANARY}


def ask_over_a_pipe(sandbox: sparkbot.Sandbox, errors: Path, *options: str, **answers: Any) -> tuple[Any, Any]:
    """Runs the server as a client does, and returns the results of a read and of a write."""
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "sparkbot", "mcp", *options], env=settings(sandbox))

    async def talk() -> tuple[Any, Any]:
        with errors.open("w") as errlog:
            async with Client(stdio_client(parameters, errlog=errlog), **answers) as agent:
                read = await agent.call_tool("call_read", {"operation": "devices.list", "arguments": {}})
                return read, await agent.call_tool("call_write", STATUS)

    return asyncio.run(talk())


async def accept(context: Any, params: Any) -> ElicitResult:
    return ElicitResult(action="accept", content={"allow": True})


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_client_calls_over_a_pipe(sandbox: sparkbot.Sandbox, tmp_path: Path, mode: str) -> None:
    errors = tmp_path / "stderr"
    read, write = ask_over_a_pipe(sandbox, errors, mode=mode, elicitation_callback=accept)
    assert (read.is_error, write.is_error) == (False, False)
    assert DEVICE in read.content[0].text
    sandbox.requests.assert_called("chats.set_status", times=1, status="resolved")
    assert errors.read_text() == ""


def test_read_only_holds_over_a_pipe(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    read, write = ask_over_a_pipe(sandbox, tmp_path / "stderr", "--read-only", elicitation_callback=accept)
    assert (read.is_error, write.is_error) == (False, True)
    sandbox.requests.assert_called("*", times=1)


def test_ctrl_c_ends_a_server_that_waits(sandbox: sparkbot.Sandbox) -> None:
    command = [sys.executable, "-m", "sparkbot", "mcp"]
    environment = {**os.environ, **settings(sandbox)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stderr is not None
        server.stdin.write(f"{json.dumps(PING)}\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["id"] == 1
        server.send_signal(signal.SIGINT)
        assert server.wait(HANG_TIMEOUT) == -signal.SIGINT
        assert server.stderr.read() == ""


@contextmanager
def http_server(*options: str, **environment: str) -> Iterator[str]:
    command = [sys.executable, "-m", "sparkbot", "mcp", "--http", "--port", "0", *options]
    with subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        try:
            assert line.startswith("The MCP server listens on http://127.0.0.1:"), line
            yield line.split()[5].rstrip(";")
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.communicate(timeout=HANG_TIMEOUT)[1]
    assert "Traceback" not in rest


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_client_calls_over_http(sandbox: sparkbot.Sandbox, mode: str) -> None:
    async def talk(url: str) -> Any:
        async with Client(url, mode=mode, elicitation_callback=accept) as agent:
            return await agent.call_tool("call_write", STATUS)

    with http_server(**settings(sandbox)) as url:
        assert not asyncio.run(talk(url)).is_error
    sandbox.requests.assert_called("chats.set_status", times=1, status="resolved")


def test_read_only_holds_over_http(sandbox: sparkbot.Sandbox) -> None:
    async def talk(url: str) -> Any:
        async with Client(url, elicitation_callback=accept) as agent:
            return await agent.call_tool("call_read", STATUS)

    with http_server("--read-only", **settings(sandbox)) as url:
        result = asyncio.run(talk(url))
    assert "does not allow it" in result.content[0].text
    assert sandbox.requests == []


def post(url: str, **headers: str) -> int:
    """The status of a request with these headers."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=HANG_TIMEOUT)
    accepted = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    connection.request("POST", address.path, json.dumps(PING), {**accepted, **headers})
    status = connection.getresponse().status
    connection.close()
    return status


def test_pages_of_other_sites_are_refused() -> None:
    """A page whose name resolves to this machine sends its own `Host`; a page of another site its own `Origin`."""
    with http_server("--sandbox") as url:
        assert post(url, Host="rebound.example:8000") == 421
        assert post(url, Origin="http://site.example") == 403
        assert post(url) not in (403, 421)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--readonly"], "No such option"),
        (["--allow", "chat.*"], "no operation matches 'chat.*'"),
        (["--allow", ""], "no operation matches ''"),
        (["--read-only", "--allow", "send.*"], "read_only excludes all"),
        (["--port", "8000"], "--port needs --http"),
        (["--sandbox", "--base-url", "http://127.0.0.1:9/v1"], "exclude each other"),
    ],
    ids=["flag", "pattern", "empty", "nothing-left", "port", "sandbox"],
)
def test_wrong_usage_starts_no_server(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARKBOT_API_KEY", "key")
    monkeypatch.setenv("SPARKBOT_BASE_URL", "http://127.0.0.1:9/v1")
    assert main(["mcp", *options]) == 2
    assert words in capsys.readouterr().err


def test_missing_key_starts_no_server(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    assert main(["mcp"]) == 1
    assert "SPARKBOT_API_KEY" in capsys.readouterr().err
    # Ctrl-C works as before.
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_missing_sdk_names_the_extra() -> None:
    program = "import sys; sys.modules['mcp'] = None; from sparkbot.cli import main; sys.exit(main(['mcp', '--sandbox']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'sparkbot[mcp]'" in done.stderr
