"""Opens the bytes of an input any number of times: local files, standard input, remote files, and compressed ones."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    import os

#: Bytes from which the kind of a file is detected.
HEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class ByteSource:
    """Bytes that can be read more than once."""

    #: For messages; its suffix is a hint for the format.
    name: str
    #: Opens a new stream at the first byte.
    open: Callable[[], IO[bytes]]
    #: The file on this machine, if it is one and not compressed.
    path: Path | None = None

    def head(self) -> bytes:
        """The first bytes. Raises `InputError` if they can't be read."""
        try:
            with self.open() as stream:
                return stream.read(HEAD_BYTES)
        except OSError as error:
            raise unreadable(self.name, error) from None


def unreadable(name: str, error: Exception) -> InputError:
    """The error of an input whose bytes can't be read."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return InputError(f"{name!r} can't be read: {reason}")


def open_source(location: str | os.PathLike[str]) -> ByteSource:
    """The bytes of a path, of a URL (through fsspec), or of standard input (`-`)."""
    text = str(location)
    if text == "-":
        if not hasattr(sys.stdin, "buffer"):
            raise InputError("standard input is closed, or not a stream of bytes: give the path of a file")
        return spool("standard input", sys.stdin.buffer)
    if "://" in text:
        return _remote(text)
    path = Path(location)
    if not path.exists():
        raise InputError(f"there is no file {text!r}: check the path")
    if path.is_file():
        return ByteSource(text, lambda: path.open("rb"), path)
    with path.open("rb") as pipe:
        return spool(text, pipe)


def spool(name: str, stream: IO[bytes]) -> ByteSource:
    """Copies a stream that can be read once to a temporary file, which exists as long as the source."""
    folder = tempfile.mkdtemp(prefix="sparkbot-")
    copy = Path(folder) / "input"

    def reopen() -> IO[bytes]:
        return copy.open("rb")

    weakref.finalize(reopen, shutil.rmtree, folder, ignore_errors=True)
    with copy.open("wb") as file:
        shutil.copyfileobj(stream, file)
    return ByteSource(name, reopen, copy)


def _remote(url: str) -> ByteSource:
    try:
        fsspec = import_module("fsspec")
    except ImportError:
        raise InputError(f"reading {url!r} needs fsspec: python3 -m pip install 'sparkbot[remote]'") from None
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
        if not filesystem.isfile(path):
            raise InputError(f"there is no file {url!r}: check the address")
    except (OSError, ValueError, ImportError) as error:
        raise unreadable(url, error) from None
    return ByteSource(url, lambda: filesystem.open(path, "rb"))


def decompress(source: ByteSource, head: bytes) -> ByteSource:
    """The decompressed source if `head` shows a compression, else the source itself."""
    for magic, opener in _COMPRESSIONS:
        if head.startswith(magic):
            return opener(source)
    return source


def _streamed(open_stream: Callable[[IO[bytes]], IO[bytes]]) -> Callable[[ByteSource], ByteSource]:
    def opener(source: ByteSource) -> ByteSource:
        return ByteSource(_without_suffix(source.name), lambda: open_stream(source.open()))

    return opener


def _without_suffix(name: str) -> str:
    return name.rpartition(".")[0] or name


class _Decompressed(io.RawIOBase):
    """A decompressed stream that closes the compressed one, which those of the standard library do not."""

    def __init__(self, stream: IO[bytes], *owned: Any) -> None:
        self._stream, self._owned = stream, owned

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except InputError:
            raise
        except Exception as error:  # each format has its own errors for damaged data
            raise OSError(f"the compressed data is damaged ({error})") from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        for stream in (self._stream, *self._owned):
            stream.close()
        super().close()


def _own(stream: Any, *owned: Any) -> IO[bytes]:
    return io.BufferedReader(_Decompressed(stream, *owned), HEAD_BYTES)


def _gzip(stream: IO[bytes]) -> IO[bytes]:
    import gzip

    return _own(gzip.GzipFile(fileobj=stream), stream)


def _bz2(stream: IO[bytes]) -> IO[bytes]:
    import bz2

    return _own(bz2.BZ2File(stream), stream)


def _xz(stream: IO[bytes]) -> IO[bytes]:
    import lzma

    return _own(lzma.LZMAFile(stream), stream)


def _zstd(stream: IO[bytes]) -> IO[bytes]:
    for module in ("compression.zstd", "backports.zstd"):
        with suppress(ImportError):
            return _own(import_module(module).ZstdFile(stream), stream)
    raise InputError("reading a .zst file needs backports.zstd: python3 -m pip install 'sparkbot[zstd]'")


def _open_member(source: ByteSource, name: str) -> IO[bytes]:
    import zipfile

    stream = source.open()
    try:
        archive = zipfile.ZipFile(stream)
        return _own(archive.open(name), archive, stream)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        stream.close()
        raise OSError(f"{str(error).rstrip('.')}: pack it again, or unpack it") from None


def _zip(source: ByteSource) -> ByteSource:
    import zipfile

    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            members = [info for info in archive.infolist() if not (info.is_dir() or info.filename.startswith("__MACOSX/"))]
    except (zipfile.BadZipFile, OSError) as error:
        raise unreadable(source.name, error) from None
    names = [info.filename for info in members]
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return source
    if "mimetype" in names and "content.xml" in names:
        raise InputError(f"{source.name!r} is an OpenDocument file: save it as .xlsx, or export it as CSV (UTF-8)")
    if len(names) != 1:
        listed = f" ({', '.join(map(repr, names[:10]))})" if names else ""
        raise InputError(f"{source.name!r} holds {len(names)} files{listed}: give an archive with one, or unpack it")
    if members[0].flag_bits & 1:
        raise InputError(f"{source.name!r} is protected by a password: unpack it first")
    return ByteSource(f"{source.name}/{names[0]}", lambda: _open_member(source, names[0]))


#: Magic bytes of compressed files.
_COMPRESSIONS: tuple[tuple[bytes, Callable[[ByteSource], ByteSource]], ...] = (
    (b"\x1f\x8b", _streamed(_gzip)),
    (b"BZh", _streamed(_bz2)),
    (b"\xfd7zXZ", _streamed(_xz)),
    (b"\x28\xb5\x2f\xfd", _streamed(_zstd)),
    (b"PK\x03\x04", _zip),
    # An archive without files.
    (b"PK\x05\x06", _zip),
)
