"""Bodies in content and transfer encodings: read to their end, or a clear error."""

from __future__ import annotations

import gzip
import threading
import zlib
from typing import TYPE_CHECKING

import pytest

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.data.byte_server import ByteServer

ZIPPED = gzip.compress(b'{"a": "' + b"x" * 1000 + b'"}', mtime=0)
GZIP = "Content-Encoding: gzip"
ENCODED: dict[str, tuple[bytes, list[str], type[errors.SparkBotError], str]] = {
    "twice": (
        gzip.compress(ZIPPED, mtime=0),
        ["Content-Encoding: gzip, gzip"],
        errors.InvalidResponseError,
        '"gzip, gzip", which was not requested',
    ),
    "twice, in two headers": (
        gzip.compress(ZIPPED, mtime=0),
        [GZIP, GZIP],
        errors.InvalidResponseError,
        '"gzip, gzip", which was not requested',
    ),
    "twice, declared once": (
        gzip.compress(ZIPPED, mtime=0),
        [GZIP],
        errors.InvalidResponseError,
        "compressed with gzip, but its Content-Encoding does not say so, or it is compressed twice",
    ),
    "not declared": (ZIPPED, [], errors.InvalidResponseError, "compressed with gzip, but"),
    "brotli": (b"\x0b\x02\x80{}\x03", ["Content-Encoding: br"], errors.InvalidResponseError, '"br", which was not requested'),
    "zstd": (b"\x28\xb5\x2f\xfd", ["Content-Encoding: zstd"], errors.InvalidResponseError, '"zstd", which was not requested'),
    "deflate": (zlib.compress(b"{}"), ["Content-Encoding: deflate"], errors.InvalidResponseError, "not requested"),
    "no gzip at all": (b"{}", [GZIP], errors.IncompleteResponseError, "gzip"),
    "cut in its second member": (ZIPPED + ZIPPED[:-1], [GZIP], errors.IncompleteResponseError, "is truncated"),
    "no gzip as second member": (ZIPPED + b"\x1f!", [GZIP], errors.IncompleteResponseError, "is truncated"),
    "cut in the middle": (ZIPPED[:20], [GZIP], errors.IncompleteResponseError, "is truncated"),
    "cut before its checksum": (ZIPPED[:-8], [GZIP], errors.IncompleteResponseError, "is truncated"),
    "wrong checksum": (ZIPPED[:-8] + bytes(8), [GZIP], errors.IncompleteResponseError, "is truncated"),
}


@pytest.mark.parametrize("case", ENCODED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_invalid_encoding_is_rejected_and_gzip_is_read(
    server: ByteServer, client: sparkbot.Client, case: str, method: str
) -> None:
    body, headers, error, message = ENCODED[case]
    server.respond_with(body, *headers)
    is_lost_write = method == "POST" and error is errors.IncompleteResponseError
    with pytest.raises(errors.OutcomeUnknownError if is_lost_write else error, match=message):
        client.request(method, "/x")
    server.respond_with(ZIPPED, GZIP)
    assert client.request(method, "/x") == {"a": "x" * 1000}
    assert b"accept-encoding: gzip\r\n" in server.requests[-1].lower()


SINGLE, DOUBLE = (gzip.compress(b"[1, 2]", mtime=0), gzip.compress(b"[1,", mtime=0) + gzip.compress(b" 2]", mtime=0))


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (DOUBLE, "Content-Encoding: gzip"),
        (gzip.compress(b"", mtime=0) + DOUBLE, "Content-Encoding: gzip"),
        (SINGLE + bytes(512), "Content-Encoding: gzip"),
        (DOUBLE, "Content-Encoding: GZIP"),
        (SINGLE, "content-encoding: x-gzip"),
        (SINGLE, "Content-Encoding: X-GZip, identity"),
        (b"[1, 2]", "Content-Encoding:"),
        (b"[1, 2]", "Content-Encoding: Identity"),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_every_name_and_member_of_gzip_is_read(
    server: ByteServer, client: sparkbot.Client, body: bytes, header: str, chunked: bool
) -> None:
    if chunked:
        pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
        head = f"HTTP/1.1 200 OK\r\n{header}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        server.chunks = lambda: [head, pieces]
    else:
        server.respond_with(body, header)
    assert client.request("GET", "/x") == [1, 2]


def test_gzip_without_content_is_an_empty_body(server: ByteServer, client: sparkbot.Client) -> None:
    server.respond_with(b"", GZIP)
    assert client.request("GET", "/x") == {}


def test_gzip_members_are_saved_to_a_file(server: ByteServer, client: sparkbot.Client, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4000
    server.respond_with(b"".join(map(gzip.compress, (content, content))), GZIP)
    target = client.files.download_to("64f0c2a91b7e4d5f8a3b6c0f", tmp_path / "file")
    assert target.read_bytes() == content * 2


@pytest.mark.parametrize("encoding", ["identity", "Identity"])
@pytest.mark.parametrize("zipped", [False, True])
def test_identity_transfer_is_read_by_its_length(
    server: ByteServer, client: sparkbot.Client, encoding: str, zipped: bool
) -> None:
    """The server keeps the connection open until the client has closed its end."""
    body = DOUBLE if zipped else b"[1, 2]"
    lines = [f"Transfer-Encoding: {encoding}", f"Content-Length: {len(body)}", *([GZIP] if zipped else [])]
    head = ("HTTP/1.1 200 OK\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode()
    released = threading.Event()

    def response() -> Iterator[bytes]:
        yield head + body
        released.wait(60)

    server.chunks = response
    try:
        assert client.request("GET", "/x", options={"timeout": 30}) == [1, 2]
        assert not released.is_set()
    finally:
        released.set()


def test_identity_transfer_that_ends_early_is_truncated(server: ByteServer, client: sparkbot.Client) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 9\r\n\r\n"
    server.chunks = lambda: [head + b"[1, 2]"]
    with pytest.raises(errors.IncompleteResponseError, match="closed before its end"):
        client.request("GET", "/x")
