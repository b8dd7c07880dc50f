"""Calls with a canary key, phone and text: the key appears in no output, phone and text in no log record."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import pickle
import subprocess
import sys
import traceback
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.traceback import Traceback

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE
from tests.data.byte_server import encode_response, running_byte_server
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Api
    from tests.data.byte_server import ByteServer

PHONE = "+447911123456"
TEXT = "see you at the usual place"
OURS = str(Path(sparkbot.__file__).parent)
SEARCH: Callable[[Any], Any] = lambda client: client.chats.list(DEVICE, search=PHONE)  # noqa: E731
SEND: Callable[[Any], Any] = lambda client: client.send.text(device=DEVICE, phone=PHONE, message=TEXT)  # noqa: E731
REPEATED = f'{{"status": 0, "message": "no {CANARY}", "errorCode": "key:{CANARY}"}}'


@pytest.fixture(scope="module")
def served() -> Iterator[ByteServer]:
    with running_byte_server() as server:
        yield server


def send_raw(served: ByteServer, *whole: bytes) -> None:
    served.chunks = lambda: whole


def status(code: int) -> Callable[[ByteServer], None]:
    body = REPEATED.replace("0", str(code), 1).encode()
    return lambda served: served.respond_with(
        body, f"X-Request-Id: {CANARY}", f"Echo: {CANARY}", status=f"{code} Because of {CANARY}"
    )


FAILURES: dict[str, Callable[[ByteServer], None]] = {
    **{str(code): status(code) for code in (301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503)},
    "gateway": lambda served: served.respond_with(f"<h1>{CANARY}".encode(), status="502 Bad Gateway"),
    "login page": lambda served: served.respond_with(f"<h1>{CANARY}</h1>".encode()),
    "not utf-8": lambda served: served.respond_with(b'"\xff' + CANARY.encode()),
    "too large": lambda served: served.respond_with(CANARY.encode() * 1000),
    "encoded": lambda served: served.respond_with(b"{}", f"Content-Encoding: {CANARY}"),
    "reset": lambda served: send_raw(served),
    "no http": lambda served: send_raw(served, f"{CANARY}\r\n\r\n".encode()),
    "cut": lambda served: send_raw(served, encode_response(f'"{CANARY}'.encode(), length=1000)),
}


def locals_of_ours(error: BaseException) -> str:
    """The local variables of the package's functions in a traceback."""
    captured = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [frame for frame in captured.stack if frame.filename.startswith(OURS)]
    assert frames
    return str([(frame.name, frame.locals) for frame in frames])


def everything(error: BaseException) -> str:
    """Everything that an error shows: message, attributes, pickle, traceback and its local variables."""
    parts = [str(error), repr(error), str(vars(error)), str(error.args), locals_of_ours(error)]
    parts += [repr(pickle.dumps(error)), "".join(traceback.format_exception(error))]
    return "\n".join(parts)


@pytest.mark.parametrize("kind", FAILURES)
@pytest.mark.parametrize("call", [SEARCH, SEND], ids=["search", "send"])
def test_errors_contain_neither_key_nor_arguments(
    served: ByteServer, kind: str, call: Callable[[Any], Any], caplog: pytest.LogCaptureFixture
) -> None:
    FAILURES[kind](served)
    client = sparkbot.Client(
        CANARY, base_url=served.url, retry=sparkbot.Retry(max_retries=1, initial_delay=0), max_response_bytes=10_000
    )
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.SparkBotError) as caught:
        call(client)
    assert CANARY.encode() in served.requests[-1]
    assert CANARY not in everything(caught.value)
    for private in (PHONE, PHONE[1:], TEXT, "search="):
        assert private not in str(caught.value)
    assert caplog.records
    private_of_logs(caplog)


#: Keys without letters and digits of the package's messages, and one that JSON and quoted arguments escape.
KEYS = ["~q}", "~q}Z", "~q}Zv^", "~q}Zv^!", "~q}Zv^!8", 'k"ey\\of"eight', CANARY, "~q}Z" * 40]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("kind", ["response", "argument", "connection"])
def test_keys_of_any_length_are_redacted(served: ByteServer, key: str, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """Short keys are redacted as whole words, those of up to three characters only in quotes or as the whole text."""
    body = json.dumps({"status": 400, "message": f'no "{key}" here', "errorCode": key})
    served.respond_with(body.encode(), f"X-Request-Id: {key}", status="400 Bad Request")
    client = sparkbot.Client(key, base_url="http://127.0.0.1:9/v1" if kind == "connection" else served.url, max_retries=0)
    status: Any = key
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.SparkBotError) as caught:
        client.chats.set_status(DEVICE, CHAT, status) if kind == "argument" else client.devices.list()
    # Without local variables: the called function has the key as an ordinary argument.
    shown = str(caught.value) + repr(pickle.dumps(caught.value)) if kind == "argument" else everything(caught.value)
    captured = shown + str([vars(record) for record in caplog.records])
    for form in {key, json.dumps(key)[1:-1], key[:60], key[:30]}:
        assert form not in captured


@settings(max_examples=60)
@given(
    key=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="*"), min_size=4, max_size=60),
    delimiter=st.text(st.sampled_from(" .,:/()\"'<>"), min_size=1, max_size=4),
)
def test_errors_contain_no_key_of_four_characters(served: ByteServer, key: str, delimiter: str) -> None:
    assume(not any(mark in key[:1] + key[-1:] for mark in delimiter))
    message = f"no{delimiter}{key}{delimiter}here"
    served.respond_with(json.dumps({"status": 400, "message": message}).encode(), status="400 Bad Request")
    with pytest.raises(errors.BadRequestError) as caught:
        sparkbot.Client(key, base_url=served.url, max_retries=0).devices.list()
    error = caught.value
    assert f"no{delimiter}***{delimiter}here" in str(error)
    assert json.loads(error.body or b"")["message"] == f"no{delimiter}***{delimiter}here"


WARNED: dict[str, Callable[[Any, str], Any]] = {
    "choice": lambda client, text: client.chats.set_status(DEVICE, CHAT, text),
    "format": lambda client, text: client.send.text(device=DEVICE, phone=text, message="x"),
    "length": lambda client, text: client.send.text(device=DEVICE, phone="+447911123456", message=text * 5000),
    "metadata key": lambda client, text: client.contacts.upsert_metadata(DEVICE, CHAT, {text: "x"}),
    "metadata value": lambda client, text: client.contacts.upsert_metadata(DEVICE, CHAT, {"note": text * 5000}),
    "timestamp": lambda client, text: client.messages.list(DEVICE, after=text),
}


@pytest.mark.parametrize("kind", WARNED)
@pytest.mark.parametrize("text", ["+44 7911 123456 or so", TEXT])
def test_validation_warnings_contain_no_value(api: Api, kind: str, text: str) -> None:
    with pytest.raises(errors.InvalidArgumentError) as caught:
        api(lambda client: WARNED[kind](client, text))
    with warnings.catch_warnings(record=True) as captured, suppress(errors.APIStatusError):
        warnings.simplefilter("always")
        api(lambda client: WARNED[kind](client, text), validate="warn")
    [warning] = [item for item in captured if issubclass(item.category, errors.SparkBotWarning)]
    assert str(caught.value.field).partition("[")[0] in str(warning.message)
    assert text not in str(warning.message)
    assert text[:12] not in str(warning.message)


def private_of_logs(caplog: pytest.LogCaptureFixture) -> None:
    captured = str([(record.getMessage(), vars(record)) for record in caplog.records])
    for private in (CANARY, PHONE[1:], TEXT, CHAT):
        assert private not in captured


def test_logs_of_successful_calls_contain_no_private_data(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.sandbox.faults.status(503, count=1)
    with caplog.at_level(logging.DEBUG):
        for call in (SEARCH, SEND, lambda client: client.contacts.upsert_metadata(DEVICE, CHAT, {"note": TEXT})):
            api(call)
    assert len([record for record in caplog.records if record.name == "sparkbot"]) == 5
    private_of_logs(caplog)


@pytest.mark.parametrize("field", ["chat", "phone", "path"])
def test_key_passed_as_argument_is_not_quoted(sandbox: sparkbot.Sandbox, field: str) -> None:
    client = sandbox.client()
    wrong: dict[str, Callable[[], Any]] = {
        "chat": lambda: client.chats.get(DEVICE, CANARY),
        "phone": lambda: client.contacts.create(DEVICE, phone=CANARY),
        "path": lambda: client.request("GET", f"/{CANARY}/../x"),
    }
    with pytest.raises(errors.InvalidArgumentError) as caught:
        wrong[field]()
    assert CANARY not in str(caught.value) + repr(pickle.dumps(caught.value))


async def _list(settings: dict[str, Any]) -> object:
    return await sparkbot.AsyncClient(**settings).devices.list()


SETTINGS: list[dict[str, Any]] = [
    {"base_url": None},
    {"base_url": "nowhere"},
    {"max_retries": -1},
    {"timeout": "soon"},
    {"proxy": "not an address"},
    {"api_key": CANARY + " "},
    {"on_request": 7},
]


@pytest.mark.parametrize("wrong", SETTINGS, ids=str)
@pytest.mark.parametrize("awaited", [False, True])
def test_failed_constructor_has_no_key_in_locals(wrong: dict[str, Any], awaited: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    settings: dict[str, Any] = {"api_key": CANARY, "base_url": "https://api.example.com/v1", **wrong}
    with pytest.raises(errors.SparkBotError) as caught:
        asyncio.run(_list(settings)) if awaited else sparkbot.Client(**settings).devices.list()
    assert CANARY not in everything(caught.value)


def test_rich_tracebacks_contain_no_key(served: ByteServer) -> None:
    status(401)(served)
    client = sparkbot.Client(CANARY, base_url=served.url)
    with pytest.raises(errors.AuthenticationError) as caught:
        client.devices.list()
    error, shown = caught.value, io.StringIO()
    ours = error.__traceback__
    while ours is not None and not ours.tb_frame.f_code.co_filename.startswith(OURS):
        ours = ours.tb_next
    console = Console(file=shown, width=200)
    console.print(Traceback.from_exception(type(error), error, ours, show_locals=True, locals_max_string=10_000))
    assert "locals" in shown.getvalue()
    assert CANARY not in shown.getvalue()


def test_repr_and_pickle_contain_no_key(sandbox: sparkbot.Sandbox) -> None:
    captured: list[object] = []
    client = sandbox.client(on_request=captured.append, on_response=captured.append)
    raw = client.raw.chats.get(DEVICE, CHAT)
    SEND(client)
    objects = [
        client,
        client._core,
        client._dispatcher,
        client.chats,
        client.with_options(max_retries=0),
        raw,
        client.raw,
        *captured,
        sandbox,
    ]
    slots = [getattr(event, name) for event in captured for name in type(event).__slots__]  # type: ignore[attr-defined]
    assert CANARY not in repr(objects) + repr(slots) + repr(raw.headers)
    assert CANARY not in str(sandbox.requests)
    for picklable in (sandbox.client(), sandbox.client().with_options(headers={"X": "y"}), sandbox.async_client(), raw):
        assert CANARY.encode() not in pickle.dumps(picklable)


def command_lines() -> list[bytes]:
    lines = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(process.read_bytes())
        except OSError:
            continue  # the process has ended
    return lines


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="requires /proc")
@pytest.mark.parametrize(
    "arguments",
    [
        ["call", "send.text", "--device", DEVICE, "--phone", PHONE, "--message", TEXT],
        ["doctor", "--probe"],
        ["doctor", "--probe", "--json"],
        ["devices", "--json"],
        ["chats", DEVICE],
        ["contacts", DEVICE],
    ],
    ids=" ".join,
)
def test_process_list_and_command_contain_no_key(served: ByteServer, arguments: list[str]) -> None:
    seen: list[bytes] = []

    def while_it_runs() -> Iterator[bytes]:
        seen.extend(command_lines())
        yield encode_response(REPEATED.encode(), status="401 Unauthorized")

    served.chunks = while_it_runs
    environment = {**os.environ, "SPARKBOT_API_KEY": CANARY, "SPARKBOT_BASE_URL": served.url}
    command = [sys.executable, "-m", "sparkbot", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert done.returncode == 1
    assert "401" in done.stdout + done.stderr
    assert CANARY not in done.stdout + done.stderr
    last = arguments[-1].encode()
    assert any(b"sparkbot" in line and last in line for line in seen), "the command is not in the process list"
    assert not any(CANARY.encode() in line for line in seen)


def test_commands_have_no_key_option() -> None:
    from sparkbot.cli.commands import sparkbot as group

    commands = [group, *(command for name, command in group.commands.items() if name != "sandbox")]
    options = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert "--base-url" in options
    # Keys of metadata.
    assert {option for option in options if "key" in option or "token" in option} == {"--metadata-key", "--keys"}


def test_only_the_sandbox_takes_a_key_of_its_own() -> None:
    from sparkbot.cli.commands import sparkbot as group

    takers = [name for name, command in group.commands.items() for option in command.params if "--api-key" in option.opts]
    assert takers == ["sandbox"]
