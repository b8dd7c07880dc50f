"""`sparkbot devices`, `chats` and `contacts`, and what all commands have in common."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.terminal import on_terminal
from tests.conftest import CHAT, DEVICE
from tests.recording_server import recording
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot import webhooks
from sparkbot.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def service(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> sparkbot.Sandbox:
    monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
    monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
    return sandbox


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (["devices"], ["Front Desk", "online"]),
        (["chats", "Front Desk"], [CHAT, "active"]),
        (["contacts", "+447362053500"], [CHAT, "silver", "Oslo"]),
    ],
)
def test_list_has_useful_columns(line: list[str], shown: list[str]) -> None:
    code, printed = on_terminal(*line)
    assert code == 0
    assert [words in printed for words in shown] == [True] * len(shown)
    assert "all fields with --json" in printed


@pytest.mark.parametrize(
    ("line", "operation"),
    [(["devices"], "devices.list"), (["chats", DEVICE], "chats.list"), (["contacts", DEVICE], "contacts.list")],
)
def test_json_output_is_the_response(
    line: list[str], operation: str, sandbox: sparkbot.Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*line, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    resource, _, name = operation.partition(".")
    assert printed == getattr(getattr(sandbox.client(), resource), name)(*line[1:])


def test_page_hints_at_more() -> None:
    assert "1 on this page; --all fetches all pages" in on_terminal("devices", "--size", "1")[1]
    assert "5 on this page; --all fetches all pages" in on_terminal("devices")[1]
    assert "in all" in on_terminal("devices", "--size", "1", "--all")[1]


def test_device_is_required_if_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chats", "--json"]) == 2
    message = capsys.readouterr().err
    assert "give DEVICE" in message
    assert "Front Desk (+447362053500)" in message


def test_single_device_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    with recording() as recorder:
        monkeypatch.setenv("SPARKBOT_BASE_URL", recorder.url)
        recorder.response = ("application/json", json.dumps([{"id": DEVICE}]).encode())
        assert main(["chats"]) == 0
        assert [request.path for request in recorder.take()] == ["/v1/devices", "/v1/devices", f"/v1/chat/{DEVICE}/chats"]


def test_export_and_sync_have_json_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "contacts.csv"
    assert main(["export", DEVICE, "--out", str(target), "--json"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert (exported["path"], exported["keys"]) == (str(target), ["tier", "city"])
    assert main(["sync", str(target), "--device", DEVICE, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["ok"], report["exit_code"]) == (exported["rows"], exported["rows"], 0)


def test_colours_are_used_on_terminals_only() -> None:
    assert "\x1b[" in on_terminal("devices", NO_COLOR="", TERM="xterm-256color")[1]
    assert "\x1b[3" not in on_terminal("devices", TERM="xterm-256color")[1]
    piped = subprocess.run(
        [sys.executable, "-m", "sparkbot", "operations", "queue"],
        env={**os.environ, "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        timeout=HANG_TIMEOUT,
        check=True,
    )
    assert "\x1b" not in piped.stdout + piped.stderr


def test_sandbox_prints_its_address() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        address: dict[str, Any] = json.loads(process.stdout.readline())
        environment = {**os.environ, "SPARKBOT_BASE_URL": address["base_url"], "SPARKBOT_API_KEY": address["api_key"]}
        listed = subprocess.run(
            [sys.executable, "-m", "sparkbot", "devices", "--json"],
            env=environment, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True,
        )  # fmt: skip
        assert json.loads(listed.stdout)[0]["alias"] == "Support"
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def signed_events() -> Iterator[tuple[str, list[tuple[bytes, str]]]]:
    """The URL of a server, and the bodies and signatures of the events that it got."""
    received: list[tuple[bytes, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.rfile.read(int(self.headers["content-length"])), self.headers["X-Signed"]))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", received
        server.shutdown()


def test_sandbox_command_signs_events(signed_events: tuple[str, list[tuple[bytes, str]]]) -> None:
    url, received = signed_events
    key = "a-key-of-sixteen-characters"
    process = subprocess.Popen(
        [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--json", "--signature-header", "X-Signed"],
        env={**os.environ, "SPARKBOT_SANDBOX_SIGNING_KEY": key}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert key not in line
        address: dict[str, Any] = json.loads(line)
        client = sparkbot.Client(address["api_key"], base_url=address["base_url"])
        client.webhooks.create(name="Hook", url=url, events=["message:in:new"])
        device = client.devices.list()[0]["id"]
        control = address["base_url"].removesuffix("/v1") + "/_sandbox"
        for path, fields in (("incoming", {"device": device, "from": "+447362053576", "body": "Hello"}), ("settle", {})):
            data = json.dumps(fields).encode()
            request = urllib.request.Request(f"{control}/{path}", data, {"content-type": "application/json"})
            urllib.request.urlopen(request, timeout=30).close()
    finally:
        process.kill()
        process.communicate()
    [(body, signature)] = received
    assert signature == webhooks.sign(key, body)


def test_invalid_signature_header_is_a_usage_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--signing-key", "k" * 16, "--signature-header", "a b"],
        capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "can't be signed" in done.stderr
    assert "k" * 16 not in done.stderr


def test_every_output_command_has_json() -> None:
    from sparkbot.cli.commands import sparkbot as group

    without = {name for name, command in group.commands.items() if "--json" not in {o for p in command.params for o in p.opts}}
    # The commands of `call`, one for each operation, have it; `mcp` prints the messages of its protocol.
    assert without == {"call", "mcp"}
