"""Every output of the package: what is at its path decides whether it is replaced or written into."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CHAT, DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[sparkbot.Sandbox, Path], object]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs and links of POSIX")

CONTENT = b"%PDF " + bytes(range(256)) * 1000


def _download(sandbox: sparkbot.Sandbox, path: Path) -> object:
    with sandbox.client() as client:
        [file] = client.files.upload(file=CONTENT)
        return client.files.download_to(file["id"], path)


def _download_awaited(sandbox: sparkbot.Sandbox, path: Path) -> object:
    import asyncio

    async def download() -> Path:
        async with sandbox.async_client() as client:
            [file] = await client.files.upload(file=CONTENT)
            return await client.files.download_to(file["id"], path)

    return asyncio.run(download())


def _export(sandbox: sparkbot.Sandbox, path: Path) -> object:
    with sandbox.client() as client:
        return sparkbot.export_contacts(client, DEVICE, path)


def _sync(option: str) -> Write:
    def write(sandbox: sparkbot.Sandbox, path: Path) -> object:
        rows = [{"wid": CHAT, "tier": "gold"}, {"wid": "999123456789@c.us", "tier": "none"}]
        options: Any = {option: path}
        with sandbox.client() as client:
            return sparkbot.sync_metadata(client, DEVICE, rows, **options)

    return write


def _write_html(sandbox: sparkbot.Sandbox, path: Path) -> object:
    with sandbox.client() as client:
        report = sparkbot.sync_metadata(client, DEVICE, [{"wid": CHAT, "tier": "gold"}])
    report.write_html(path)
    return report


#: File name, how it is written, and words that it has.
OUTPUTS: dict[str, tuple[str, Write, bytes]] = {
    "download": ("menu.pdf", _download, CONTENT),
    "awaited download": ("menu.pdf", _download_awaited, CONTENT),
    "export to csv": ("all.csv", _export, CHAT.encode()),
    "export to jsonl": ("all.jsonl", _export, CHAT.encode()),
    "export to parquet": ("all.parquet", _export, b"PAR1"),
    "outcomes": ("out.csv", _sync("report"), b"gold"),
    "outcomes in jsonl": ("out.jsonl", _sync("report"), b"gold"),
    "report": ("report.html", _sync("report"), b"<html"),
    "report in json": ("report.json", _sync("report"), b'"rows": 2'),
    "page of a report": ("page.html", _write_html, b"<html"),
    "dead letters": ("failed.csv", _sync("dead_letters"), b"999123456789"),
}
parametrized = pytest.mark.parametrize(("name", "write", "words"), OUTPUTS.values(), ids=OUTPUTS)


@parametrized
def test_fifo_receives_the_content(sandbox: sparkbot.Sandbox, tmp_path: Path, name: str, write: Write, words: bytes) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()), daemon=True)
    reader.start()
    write(sandbox, path)
    reader.join(30)
    assert words in received[0]
    assert path.is_fifo()
    assert list(tmp_path.iterdir()) == [path]


@parametrized
def test_device_remains_a_device(sandbox: sparkbot.Sandbox, tmp_path: Path, name: str, write: Write, words: bytes) -> None:
    path = tmp_path / name
    path.symlink_to("/dev/null")
    write(sandbox, path)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert os.readlink(path) == "/dev/null"


@parametrized
@pytest.mark.parametrize("exists", [True, False], ids=["file", "nothing yet"])
def test_target_of_a_link_is_replaced(
    sandbox: sparkbot.Sandbox, tmp_path: Path, name: str, write: Write, words: bytes, exists: bool
) -> None:
    target, path = tmp_path / "folder" / name, tmp_path / name
    target.parent.mkdir()
    if exists:
        target.write_bytes(b"old")
    path.symlink_to(Path("folder") / name)
    write(sandbox, path)
    assert os.readlink(path) == f"folder/{name}"
    assert words in target.read_bytes()
    assert list(target.parent.iterdir()) == [target]


@parametrized
def test_open_descriptor_receives_the_content(
    sandbox: sparkbot.Sandbox, tmp_path: Path, name: str, write: Write, words: bytes
) -> None:
    with (tmp_path / "opened").open("w+b") as opened:
        path = tmp_path / name
        path.symlink_to(f"/proc/self/fd/{opened.fileno()}")
        write(sandbox, path)
        assert words in opened.read()


@parametrized
def test_folder_is_refused(sandbox: sparkbot.Sandbox, tmp_path: Path, name: str, write: Write, words: bytes) -> None:
    path = tmp_path / name
    path.mkdir()
    with pytest.raises(errors.SparkBotError, match=r"can't be written|cannot be saved"):
        write(sandbox, path)
    assert list(tmp_path.iterdir()) == [path]


def test_unread_fifo_fails_at_the_timeout(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "menu.pdf"
    os.mkfifo(path)
    with sandbox.client() as client:
        [file] = client.files.upload(file=CONTENT)
        with pytest.raises(errors.ConfigError, match="nothing reads it"):
            client.files.download_to(file["id"], path, options={"timeout": 1})
    assert path.is_fifo()


def test_retried_download_writes_into_a_fifo_once(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    sandbox.faults.truncate(operation="files.download", count=1)
    path = tmp_path / "menu.pdf"
    os.mkfifo(path)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()), daemon=True)
    reader.start()
    _download(sandbox, path)
    reader.join(30)
    assert received == [CONTENT]


def test_report_keeps_the_permissions_of_the_file(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.touch()
    path.chmod(0o640)
    _write_html(sandbox, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
