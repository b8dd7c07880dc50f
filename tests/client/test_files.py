"""Uploads from every kind of source, downloads to memory and to disk."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from IPython.core.formatters import DisplayFormatter

from sparkbot import errors
from sparkbot.response import Binary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Api

CONTENT = b"%PDF-1.4 " + bytes(range(256)) * 1500


class Pipe(io.RawIOBase):
    """A file that can be read once and returns chunks of its own size."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(1000)


def upload(file: Any, **fields: str) -> Callable[[Any], Any]:
    return lambda client: client.files.upload(file=file, reference="spring", **fields)


@pytest.mark.parametrize("kind", ["path", "text", "bytes", "open", "memory", "pipe"])
def test_file_round_trips(api: Api, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "menü.pdf"
    path.write_bytes(CONTENT)
    with path.open("rb") as opened:
        sources: dict[str, Any] = {
            "path": path,
            "text": str(path),
            "bytes": CONTENT,
            "open": opened,
            "memory": io.BytesIO(CONTENT),
            "pipe": Pipe(CONTENT),
        }
        has_name = kind in {"path", "text", "open"}
        [file] = api(upload(sources[kind], **({} if has_name else {"filename": "menu.pdf"})))
    name = "menü.pdf" if has_name else "menu.pdf"
    assert (file["size"], file["filename"], file["reference"]) == (len(CONTENT), name, "spring")
    content = api(lambda client: client.files.download(file["id"]))
    assert content == CONTENT
    assert content.mime == "application/pdf"
    target = tmp_path / "copy.pdf"
    assert api(lambda client: client.files.download_to(file["id"], target)) == target
    assert target.read_bytes() == CONTENT


def test_open_file_is_read_from_its_position(api: Api) -> None:
    opened = io.BytesIO(b"skip this" + CONTENT)
    opened.seek(9)
    assert api(upload(opened))[0]["size"] == len(CONTENT)


def test_progress_of_upload_and_download(api: Api) -> None:
    sent: list[tuple[int, int | None]] = []
    received: list[tuple[int, int | None]] = []
    upload = {"on_progress": lambda done, total: sent.append((done, total))}
    download = {"on_progress": lambda done, total: received.append((done, total))}
    [file] = api(lambda client: client.files.upload(file=CONTENT, options=upload))
    api(lambda client: client.files.download(file["id"], options=download))
    for steps in (sent, received):
        assert steps == sorted(steps)
        assert steps[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize("source", [7, "no/such/file.pdf", io.StringIO("text"), "."])
def test_unreadable_source_is_rejected_before_sending(api: Api, source: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError) as caught:
        api(upload(source))
    assert caught.value.field == "file"
    assert api.sandbox.requests == []


def test_truncated_download_leaves_no_file(api: Api, tmp_path: Path) -> None:
    [file] = api(upload(CONTENT))
    api.sandbox.faults.truncate(operation="files.download")
    with pytest.raises(errors.IncompleteResponseError, match="is truncated"):
        api(lambda client: client.files.download_to(file["id"], tmp_path / "menu.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_upload_is_sent_once(api: Api) -> None:
    api.sandbox.faults.reset_connection(executed=True)
    with pytest.raises(errors.OutcomeUnknownError):
        api(upload(CONTENT))
    assert len(api.sandbox.requests) == 1


def test_qr_code_is_displayed_as_an_image(api: Api) -> None:
    device = "64f0c2a91b7e4d5f8a3b6c0f"
    api.sandbox.seed(devices=[{"id": device, "session": {"status": "authorize"}}])
    code = api(lambda client: client.session.scan(device))
    assert isinstance(code, Binary)
    assert code.startswith(b"<")
    formats, _ = DisplayFormatter().format(code)  # type: ignore[no-untyped-call]
    assert set(formats) == {"text/plain", "image/svg+xml"}
    assert formats["text/plain"] == f"<image/svg+xml, {len(code):,} bytes>"
    duplicate = pickle.loads(pickle.dumps(code))
    assert (duplicate, duplicate.content_type) == (code, code.content_type)


class Broken(io.RawIOBase):
    """A file object that fails after some bytes, with and without a known size."""

    def __init__(self, good: int, *, sized: bool) -> None:
        self.good, self.sized, self.position = good, sized, 0

    def tell(self) -> int:
        if not self.sized:
            raise io.UnsupportedOperation("tell")
        return self.position

    def seek(self, offset: int, whence: int = 0) -> int:
        self.position = offset if whence == 0 else 10_000_000
        return self.position

    def read(self, size: int = -1) -> bytes:
        if self.position >= self.good:
            raise ZeroDivisionError("the disk is gone")
        self.position += size
        return bytes(size)


def names(api: Api) -> list[str]:
    return [file["filename"] for file in api.sandbox.client().files.list(size=100)]


def closed_file() -> io.BytesIO:
    file = io.BytesIO(CONTENT)
    file.close()
    return file


#: More than the buffers of a socket hold, so that a part of it has arrived when the file fails.
LARGE = 8_000_000


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (closed_file, ValueError),
        (lambda: Broken(0, sized=True), ZeroDivisionError),
        (lambda: Broken(0, sized=False), ZeroDivisionError),
        (lambda: Broken(LARGE, sized=True), ZeroDivisionError),
        (lambda: Broken(LARGE, sized=False), ZeroDivisionError),
    ],
    ids=["closed", "broken", "broken without a size", "broken later", "broken later without a size"],
)
def test_file_object_that_fails_is_the_cause(api: Api, make: Callable[[], Any], cause: type[Exception]) -> None:
    source = make()
    with pytest.raises(
        errors.InvalidArgumentError, match=r"files\.upload: the file .* cannot be read: .*not completed"
    ) as caught:
        api(upload(source, filename="broken.bin"))
    assert type(caught.value.__cause__) is cause
    assert "executed" not in str(caught.value)
    assert caught.value.attempts == 1
    assert "broken.bin" not in names(api)


def test_file_that_becomes_shorter_is_an_error(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(bytes(LARGE))
    shortened = {"on_progress": lambda _done, _total: path.open("wb").close()}
    with pytest.raises(errors.InvalidArgumentError, match=r"cannot be read: it is \d+ bytes shorter") as caught:
        api(lambda client: client.files.upload(file=path, options=shortened))
    assert isinstance(caught.value.__cause__, OSError)
    assert "log.txt" not in names(api)


def test_file_that_disappears_is_the_cause(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "menu.pdf"
    path.write_bytes(CONTENT)
    client = api.client(on_request=lambda _: path.unlink())
    with pytest.raises(errors.InvalidArgumentError, match="which cannot be read") as caught:
        api.on(client, upload(path))
    assert caught.value.attempts == 0
