"""Responses as Python objects: exact values or a clear error, whatever the service or a proxy sends."""

from __future__ import annotations

import asyncio
import copy
import gc
import gzip
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from tests.data.byte_server import ByteServer

DEEP = 1_000_000
SAME_AS_PYTHON = [
    *(b"null", b"true", b"1", b'"x"', b"[]", b"{}", b" [1] \n"),
    # Any integer and any decimal number.
    *(b"9007199254740993", b"9223372036854775808", b"18446744073709551616", b"-" + b"9" * 30, b"9" * 4300, b"-0", b"-0.0"),
    *(b"0.12345678901234567", b"0.1234567890123456789", b"1.0", b"1e5", b"1E400", b"-1e400", b"1e-400", b"5e-324"),
    *(b'{"z":1,"a":2,"m":3}', b'{"a":1,"b":2,"a":3}', b"\xef\xbb\xbf{}"),
    *(b'"\\ud83d\\ude00"', '"😀\u2028\x7f"'.encode(), b'"\\u0000"', b'"\\/\\b"'),
    *(b"[" * 201 + b"]" * 201, b'{"a":' * 200 + b"1" + b"}" * 200),
]
#: The differences from `json.loads`; docs/data.md lists them.
REJECTED_BY_US = [b"NaN", b"Infinity", b"-Infinity", b'"\xed\xa0\xbd"', b"[" * 202 + b"]" * 202, "[1]".encode("utf-16")]
PARSED_BY_US: list[tuple[bytes, object]] = [
    (b"", {}),
    (b" \r\n\t", {}),
    (b'"a\\ud83d"', "a\ufffd"),
    (b'"\\ude00\\ud83d"', "\ufffd\ufffd"),
]
REJECTED_BY_BOTH = [
    *(b"[1,]", b"{,}", b"'a'", b"01", b"1.", b".5", b"+1", b"1 2", b"// c\n1", b"True", b'"\n"', b'"\\x41"', b'{"a" 1}', b"\x0c"),
    *(
        b'"\xff"',
        b"9" * 4301,
        b"[" * DEEP,
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * DEEP,
        b"<html>",
        b"\x00",
        b'{"a": 1',
        b"\xff\xfe",
    ),
]


def exact(value: Any) -> Any:
    """A form that compares equal only for identical values, types and key order."""
    if isinstance(value, dict):
        return ["dict", *((key, exact(item)) for key, item in value.items())]
    if isinstance(value, list):
        return ["list", *map(exact, value)]
    return type(value).__name__, repr(value)


def parsed_and_raw(client: sparkbot.Client) -> list[Any]:
    """The parsed response of a call and of its raw call."""
    return [client.request("GET", "/x"), client.raw.request("GET", "/x").json()]


@pytest.mark.parametrize("text", SAME_AS_PYTHON, ids=lambda text: repr(text[:20]))
def test_valid_json_is_parsed_like_json_loads(server: ByteServer, client: sparkbot.Client, text: bytes) -> None:
    server.respond_with(text)
    for read in parsed_and_raw(client):
        assert exact(read) == exact(json.loads(text))


@pytest.mark.parametrize("text", [*REJECTED_BY_US, *REJECTED_BY_BOTH], ids=lambda text: repr(text[:20]))
def test_invalid_json_is_rejected_with_its_body(server: ByteServer, client: sparkbot.Client, text: bytes) -> None:
    server.respond_with(text)
    for call in (client.request, lambda *args: client.raw.request(*args).json()):
        with pytest.raises(errors.InvalidResponseError, match="is not valid JSON: ") as caught:
            call("GET", "/x")
        assert caught.value.body == text
    if text in REJECTED_BY_US:
        json.loads(text)
    else:
        with pytest.raises((ValueError, RecursionError)):
            json.loads(text)


@pytest.mark.parametrize(("text", "expected"), PARSED_BY_US)
@pytest.mark.filterwarnings("ignore:.*cut emoji")
def test_empty_body_and_lone_surrogate_are_parsed(
    server: ByteServer, client: sparkbot.Client, text: bytes, expected: object
) -> None:
    server.respond_with(text)
    assert parsed_and_raw(client) == [expected, expected]


def test_lone_surrogate_is_a_warning_or_an_error(server: ByteServer) -> None:
    server.respond_with(b'{"name": "Zo\\ud83d"}')
    lenient = sparkbot.Client("key-of-this-test", base_url=server.url)
    with pytest.warns(errors.SparkBotWarning, match=r"^request: the response has halves of surrogate pairs"):
        assert lenient.request("GET", "/x") == {"name": "Zo\ufffd"}
    strict = sparkbot.Client("key-of-this-test", base_url=server.url, on_bad_unicode="error")
    for call in (strict.request, lambda *args: strict.raw.request(*args).json()):
        with pytest.raises(errors.InvalidResponseError, match="cut emoji"):
            call("GET", "/x")
    with pytest.raises(errors.InvalidArgumentError, match="on_bad_unicode"):
        sparkbot.Client("key-of-this-test", base_url=server.url, on_bad_unicode="drop")  # type: ignore[arg-type]


def test_lone_surrogate_in_an_error_keeps_its_message(server: ByteServer, client: sparkbot.Client) -> None:
    server.respond_with(b'{"status":404,"message":"No \\ud83d here"}', status="404 Not Found")
    with pytest.raises(errors.NotFoundError, match="No \ufffd here") as caught:
        client.request("GET", "/x")
    with pytest.warns(errors.SparkBotWarning):
        assert caught.value.json()["message"] == "No \ufffd here"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=5)
    ),
    max_leaves=30,
)


@settings(max_examples=150)
@given(value=JSON, is_ascii=st.booleans())
@example(value={"": -0.0, "\x00": 2**64}, is_ascii=False)
@example(value=[5e-324, 1.7976931348623157e308, 0.1 + 0.2], is_ascii=True)
def test_any_document_is_parsed_exactly(server: ByteServer, client: sparkbot.Client, value: Any, is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii).replace("Infinity", "1e999").encode()
    server.respond_with(text)
    for read in parsed_and_raw(client):
        assert exact(read) == exact(json.loads(text))


@settings(max_examples=150)
@given(
    text=st.binary(max_size=200) | st.text(st.sampled_from('{}[]",:0123456789.eE+-\\ud8nultrfase '), max_size=60).map(str.encode)
)
@example(text=b'"\\ud83d\\')
@pytest.mark.filterwarnings("ignore:.*cut emoji")
def test_any_bytes_are_parsed_or_rejected(server: ByteServer, client: sparkbot.Client, text: bytes) -> None:
    server.respond_with(text)
    problem = None
    try:
        read = client.request("GET", "/x")
    except errors.InvalidResponseError as error:
        problem = error
    if problem:
        assert problem.body == text
    elif text.strip(b" \t\r\n") and b"\\" not in text:
        assert exact(read) == exact(json.loads(text))


def test_304_has_a_message_of_its_own(server: ByteServer, client: sparkbot.Client) -> None:
    server.chunks = lambda: [b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n']
    with pytest.raises(errors.APIStatusError, match=r"304 not modified: .*If-None-Match") as caught:
        client.request("GET", "/x", options={"headers": {"If-None-Match": '"x"'}})
    assert "redirect" not in str(caught.value)


def test_every_value_of_a_repeated_header_is_kept(server: ByteServer, client: sparkbot.Client) -> None:
    server.respond_with(b"{}", "Set-Cookie: a=1", "X-Other: x", "set-cookie: b=2")
    headers = client.raw.request("GET", "/x").headers
    for kept in (headers, pickle.loads(pickle.dumps(headers)), copy.deepcopy(headers)):
        assert kept.get_all("Set-Cookie") == ["a=1", "b=2"]
        assert (kept["set-cookie"], kept["x-other"], kept.get_all("missing")) == ("b=2", "x", [])


def test_error_in_unknown_encoding_keeps_its_type(server: ByteServer, client: sparkbot.Client) -> None:
    server.respond_with(b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd", status="404 Not Found")
    with pytest.raises(errors.NotFoundError) as caught:
        client.request("GET", "/x")
    assert caught.value.body == b""


def test_error_body_is_truncated_to_64_kib(server: ByteServer, client: sparkbot.Client) -> None:
    server.respond_with(b"<h1>" * 100_000, status="400 Bad Request")
    with pytest.raises(errors.BadRequestError, match="<h1>") as caught:
        client.request("GET", "/x")
    assert caught.value.body is not None
    assert len(caught.value.body) == 65_536


@pytest.mark.parametrize("zipped", [False, True])
def test_response_size_limit_is_exact(server: ByteServer, zipped: bool) -> None:
    client = sparkbot.Client("key-of-this-test", base_url=server.url, max_response_bytes=1000)
    for size, fits in ((1000, True), (1001, False)):
        body = b'"' + b"x" * (size - 2) + b'"'
        server.respond_with(*((gzip.compress(body), "Content-Encoding: gzip") if zipped else (body,)))
        if fits:
            assert client.request("GET", "/x") == "x" * (size - 2)
        else:
            with pytest.raises(errors.ResponseTooLargeError, match=r"larger than 1000 bytes.*max_response_bytes"):
                client.request("GET", "/x")


def test_rejected_response_closes_its_connection(server: ByteServer) -> None:
    """The server serves one connection at a time, so the second call hangs if that of the first is open."""
    client = sparkbot.Client("key-of-this-test", base_url=server.url, max_response_bytes=1000, max_retries=0)
    other = sparkbot.AsyncClient("key-of-this-test", base_url=server.url)
    for _ in range(100):
        server.respond_with(bytes(16_000_000))
        with pytest.raises(errors.ResponseTooLargeError):
            client.request("GET", "/x")
        server.respond_with(b"{}")
        assert asyncio.run(other.request("GET", "/x")) == {}


def peak_memory(*arguments: str) -> Any:
    command = [sys.executable, str(Path(__file__).with_name("peak_memory.py")), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(660)
def test_huge_responses_and_gzip_bombs_need_little_memory() -> None:
    """600 MB with and without a Content-Length, as response and as error; 512 MiB from 522 kB of gzip; both clients."""
    results = peak_memory()
    assert results.pop("peak") < 200
    assert results.pop("404") == ["NotFoundError"] * 2
    assert results == dict.fromkeys(["known", "unknown", "bomb"], ["ResponseTooLargeError"] * 2)


@pytest.mark.timeout(660)
def test_huge_download_is_streamed_without_a_limit() -> None:
    results = peak_memory("downloads")
    assert results.pop("peak") < 100
    limited = dict.fromkeys(["limited known", "limited unknown"], "ResponseTooLargeError")
    assert results == {**limited, "unlimited known": 600_000_000, "unlimited unknown": 600_000_000}


def test_response_size_limit_can_be_set_per_call(server: ByteServer) -> None:
    client = sparkbot.Client("key-of-this-test", base_url=server.url, max_response_bytes=100)
    server.respond_with(b'"' + b"x" * 498 + b'"')
    assert len(client.request("GET", "/x", options={"max_response_bytes": 500})) == 498
    with pytest.raises(errors.ResponseTooLargeError, match="499 bytes"):
        client.request("GET", "/x", options={"max_response_bytes": 499})
    with pytest.raises(errors.InvalidArgumentError, match="max_response_bytes"):
        client.request("GET", "/x", options={"max_response_bytes": -1})


@pytest.mark.parametrize("enabled", [True, False])
def test_gc_is_paused_during_a_large_response(server: ByteServer, client: sparkbot.Client, enabled: bool) -> None:
    server.respond_with(json.dumps([{"id": number} for number in range(20_000)]).encode())
    phases: list[str] = []

    def record(phase: str, _: dict[str, int]) -> None:
        phases.append(phase)

    gc.collect()
    gc.callbacks.append(record)
    try:
        (gc.enable if enabled else gc.disable)()
        assert len(client.devices.list()) == 20_000
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
        gc.callbacks.remove(record)
    # This number of dicts alone would start about thirty collections.
    assert phases.count("start") <= 3
