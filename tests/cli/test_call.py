"""`sparkbot call`: every operation from the command line, its output and its errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.terminal import on_terminal
from tests.recording_server import Recorder, recording
from tests.request_asserts import Expected, assert_request
from tests.sample_arguments import everything, minimal
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot.cli import main
from sparkbot.operations import all_operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

ROWS: dict[str, Row] = {row["name"]: row for row in all_operations()}
NAMES = [name for name in ROWS if name != "request"]
DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
CHAT = "447362053576@c.us"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"
RESPONSES = {"object": b'{"id": "a"}', "list": b'[{"id": "a"}]', "bytes": PICTURE}


@pytest.fixture(scope="module")
def server() -> Iterator[Recorder]:
    with recording() as server:
        yield server


@pytest.fixture
def recorder(server: Recorder, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    monkeypatch.setenv("SPARKBOT_BASE_URL", server.url)
    monkeypatch.setenv("SPARKBOT_API_KEY", "key")
    server.response = ("application/json", b"{}")
    server.take()
    return server


def command_line(row: Row, arguments: dict[str, Any], folder: Path) -> list[str]:
    """The command line with these arguments: positional ones first, in order."""
    positional = [parameter for parameter in row["parameters"] if parameter["positional"]]
    named = [parameter for parameter in row["parameters"] if not parameter["positional"] and parameter["name"] in arguments]
    words = [word for parameter in positional for word in as_words(parameter, arguments[parameter["name"]], folder)]
    for parameter in named:
        for word in as_words(parameter, arguments[parameter["name"]], folder):
            words += [option_name(parameter), word]
    return words


def option_name(parameter: Row) -> str:
    return f"--{parameter['name'].replace('_', '-')}"


def as_words(parameter: Row, value: Any, folder: Path) -> list[str]:
    """The words of a value, as short as the command accepts them; JSON if nothing is shorter."""
    kind = parameter["type"]
    if kind == "boolean":
        return [str(value).lower()]
    if kind == "metadata":
        return [f"{key}={str(text).lower() if isinstance(text, bool) else text}" for key, text in value.items()]
    if kind == "string_list" and not any("," in item for item in value):
        return [",".join(value[:1]), ",".join(value[1:])] if len(value) > 1 else value
    if kind == "number_list":
        return [",".join(map(str, value))]
    if kind == "file":
        (folder / "content.bin").write_bytes(value)
        return [str(folder / "content.bin")]
    return [value if isinstance(value, str) else json.dumps(value)]


@pytest.mark.parametrize("name", [name for name in NAMES if ROWS[name]["confidence"] != "assumed"])
def test_every_operation_can_be_called(
    name: str, recorder: Recorder, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    row = ROWS[name]
    response = RESPONSES[row["response"]["kind"]]
    recorder.response = ("image/png" if response is PICTURE else "application/json", response)
    for arguments in [minimal(row), *everything(row)]:
        assert main(["call", name, *command_line(row, arguments, tmp_path)]) == 0
        (request,) = recorder.take()
        assert_request(Expected(row, arguments), request)
        printed = capsysbinary.readouterr().out
        assert printed == response if response is PICTURE else json.loads(printed) == json.loads(response)


@pytest.mark.parametrize("name", NAMES)
def test_help_explains_every_parameter(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", name, "--help"]) == 0
    printed = "".join(capsys.readouterr().out.split())
    row = ROWS[name]
    for parameter in row["parameters"]:
        assert (parameter["name"].upper() if parameter["positional"] else option_name(parameter)) in printed
        assert "".join(parameter["summary"].replace("`", "").split()) in printed
        assert all(value in printed for value in parameter["enum"])
    assert "".join(row["example"].split()) in printed


def test_custom_request_can_be_called(recorder: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["call", "request", "PATCH", "/new", "--query", "a=1", "--query", "b=x", "--query", "b=y", "--body", '{"c": [1]}']
    assert main(line) == 0
    (request,) = recorder.take()
    assert (request.method, request.path, request.query, request.body) == ("PATCH", "/v1/new", {"a": "1", "b": "x,y"}, {"c": [1]})
    assert json.loads(capsys.readouterr().out) == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["chats.set_status", DEVICE, CHAT, "resolve"], 'did you mean "resolved"?'),
        (["chats.set_status", DEVICE, CHAT], "Missing argument 'STATUS'"),
        (["chats.set_statuses", DEVICE], "did you mean chats.set_status?"),
        (["chats.list", DEVICE, "--unread", "yes"], "'yes' is neither true nor false"),
        (["chats.list", DEVICE, "--size", "many"], "'many' is not an integer"),
        (["chats.list", DEVICE, "--sizes", "1"], "No such option"),
        (["chats.list", DEVICE, "--all", "--page", "2"], "leave --page out"),
        (["contacts.upsert_metadata", DEVICE, CHAT, "tier"], "write tier=gold"),
        (["contacts.upsert_metadata", DEVICE, CHAT, '{"tier": '], "is not JSON"),
        (["send.text", "--device", DEVICE, "--message", "x"], "Give exactly one of phone"),
        (["send.location", "--device", DEVICE, "--phone", "+447362053576", "--coordinates", "1,x"], "'x' is not a number"),
        (["request", "GET", "/devices", "--query", "size"], "NAME=VALUE"),
        (["request", "GET", "devices"], "does not begin with /"),
    ],
)
def test_usage_error_sends_nothing(line: list[str], message: str, recorder: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", *line]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""
    assert recorder.take() == []


def test_service_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", "chats.get", DEVICE, CHAT, "--sandbox"]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("sparkbot: 404 ")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("device", [DEVICE, "+44 7362 053500", "front desk"])
def test_device_accepts_alias_and_phone(device: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with sparkbot.Sandbox() as sandbox:
        sandbox.seed(
            devices=[{"id": DEVICE, "alias": "Front Desk", "phone": "+447362053500"}],
            contacts=[{"device": DEVICE, "wid": CHAT, "metadata": {"tier": "gold"}}],
        )
        monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
        monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
        assert main(["call", "send.text", "--device", device, "--phone", "+447362053576", "--message", "Hi"]) == 0
        assert json.loads(capsys.readouterr().out)["device"] == DEVICE
        assert main(["call", "devices.find", device]) == 0
        assert json.loads(capsys.readouterr().out)["alias"] == "Front Desk"
        assert main(["call", "contacts.get_metadata", device, CHAT]) == 0
        assert json.loads(capsys.readouterr().out) == {"tier": "gold"}
        assert main(["call", "chats.list", "backdesk"]) == 2
        assert "Front Desk (+447362053500)" in capsys.readouterr().err


def test_underscores_and_repeated_options_are_accepted(recorder: Recorder) -> None:
    line = ["chats.list", DEVICE, "--labels_exclude", "a, b", "--labels-exclude", '["c d"]']
    assert main(["call", *line]) == 0
    assert recorder.take()[0].query == {"labelsExclude": "a,b,c d"}


def test_objects_are_written_as_pairs(recorder: Recorder) -> None:
    line = ["send.vote", "--device", DEVICE, "--phone", "+447362053576", "--poll", "3EB0A1B2C3D4E5F60718"]
    assert main(["call", *line, "--choices", "id=1", "--choices", "id=2", "--expiration", "seconds=60"]) == 0
    body = recorder.take()[0].body
    assert body["vote"]["options"] == [{"id": 1}, {"id": 2}]
    assert body["expiration"] == {"seconds": 60}


def test_all_option_fetches_all_pages(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with sparkbot.Sandbox() as sandbox:
        monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
        monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
        assert main(["call", "devices.list", "--size", "1", "--all"]) == 0
        devices = json.loads(capsys.readouterr().out)
        assert devices == sandbox.client().devices.list()
        assert len(devices) > 1


def test_output_option_writes_a_file(recorder: Recorder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorder.response = ("image/png", PICTURE)
    target = tmp_path / "picture.png"
    assert main(["call", "files.download", DEVICE, "--output", str(target)]) == 0
    assert target.read_bytes() == PICTURE
    assert capsys.readouterr().out == ""


def test_sandbox_option_needs_no_key(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    assert main(["call", "devices.list", "--sandbox"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["alias"] == "Support"


def test_no_parameter_clashes_with_a_command_option() -> None:
    for row in ROWS.values():
        own = {"json", "sandbox", "base_url", "output", "help", *(["all"] if row["paginated"] else [])}
        assert not own & {parameter["name"] for parameter in row["parameters"] if not parameter["positional"]}, row["name"]


def test_list_is_a_table_on_a_terminal() -> None:
    code, printed = on_terminal("call", "devices.list", "--sandbox")
    assert code == 0
    head, *lines = printed.splitlines()
    assert head.split()[:2] == ["id", "phone"]
    assert "Support" in lines[0]
    assert "more fields with --json" in lines[-1]
    assert all(len(line) <= 100 for line in (head, *lines))


def test_object_is_a_field_list_on_a_terminal(server: Recorder) -> None:
    server.response = ("application/json", b'{"id": "a", "queue": {"size": 2, "status": null}, "labels": ["x"]}')
    environment = {"SPARKBOT_BASE_URL": server.url, "SPARKBOT_API_KEY": "key"}
    code, printed = on_terminal("call", "devices.get", DEVICE, **environment)
    assert code == 0
    assert [line.split() for line in printed.splitlines()] == [
        ["id", "a"],
        ["queue.size", "2"],
        ["queue.status"],
        ["labels", '["x"]'],
    ]
    assert json.loads(on_terminal("call", "devices.get", DEVICE, "--json", **environment)[1])["queue"] == {
        "size": 2,
        "status": None,
    }


def test_binary_content_is_not_printed_on_a_terminal(server: Recorder) -> None:
    server.take()
    environment = {"SPARKBOT_BASE_URL": server.url, "SPARKBOT_API_KEY": "key"}
    code, printed = on_terminal("call", "files.download", DEVICE, **environment)
    assert code == 2
    assert "give --output FILE" in printed
    assert server.take() == []


def completions(*line: str) -> list[str]:
    """The completions of the last word in bash."""
    request = {"_SPARKBOT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(("sparkbot", *line)), "COMP_CWORD": str(len(line))}
    run = "import sys; from sparkbot.cli import main; sys.exit(main([]))"
    done = subprocess.run(
        [sys.executable, "-c", run],
        env={**os.environ, **request},
        capture_output=True,
        text=True,
        timeout=HANG_TIMEOUT,
        check=False,
    )
    assert done.stderr == ""
    return [text.partition(",")[2] for text in done.stdout.splitlines()]


def test_shell_completion_covers_names_options_values() -> None:
    assert completions("call", "chats.set_s") == ["chats.set_status"]
    assert completions("call", "devices.f") == ["devices.find"]
    assert "--labels-exclude" in completions("call", "chats.list", "--la")
    assert completions("call", "chats.set_status", DEVICE, CHAT, "res") == ["resolved"]
    assert completions("call", "chats.list", DEVICE, "--unread", "t") == ["true"]
    assert completions("call", "chats.list", DEVICE, "--status", "active,pen") == ["active,pending"]
    assert completions("chats", DEVICE, "--status", "pen") == ["pending"]
    assert completions("do") == ["doctor"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_guide_has_the_completion_of_each_shell(shell: str) -> None:
    guide = (Path(__file__).parents[2] / "docs/command-line.md").read_text(encoding="utf-8")
    assert f"{shell}_source" in guide
    run = "import sys; from sparkbot.cli import main; sys.exit(main([]))"
    environment = {**os.environ, "_SPARKBOT_COMPLETE": f"{shell}_source"}
    done = subprocess.run(
        [sys.executable, "-c", run],
        env=environment,
        capture_output=True,
        text=True,
        timeout=HANG_TIMEOUT,
        check=False,
    )
    assert done.returncode == 0
    assert f"_SPARKBOT_COMPLETE={shell}_complete" in done.stdout
