"""Opens the text of a file, detects its encoding, and hashes its bytes while they are read."""

from __future__ import annotations

import codecs
import hashlib
import io
from typing import IO, TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from sparkbot.tabular.byte_source import ByteSource

#: Byte order marks; UTF-32 first, as its mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Share of NUL bytes from which a file is not text in a one-byte encoding.
_MAX_NUL_SHARE = 0.1


class _HashedBytes(io.RawIOBase):
    """Adds the bytes that are read to a hash."""

    def __init__(self, stream: IO[bytes], digest: Any) -> None:
        self._stream, self._digest = stream, digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._digest.update(data)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class TextSource:
    """The text of a file, which can be read more than once."""

    def __init__(self, source: ByteSource, encoding: str) -> None:
        self.name, self.encoding = source.name, encoding
        self._source = source
        #: Hash of the bytes of the last complete `open(hashed=True)`.
        self._digest = hashlib.sha256()

    def open(self, *, newline: str, hashed: bool = False) -> IO[str]:
        """A new stream at the first character."""
        raw: Any = self._source.open()
        if hashed:
            self._digest = hashlib.sha256()
            raw = io.BufferedReader(_HashedBytes(raw, self._digest), 1 << 16)
        return io.TextIOWrapper(raw, encoding=self.encoding, newline=newline)

    def fingerprint(self) -> str:
        """The hash of the bytes, after a complete read."""
        return self._digest.hexdigest()

    def decode_error(self) -> InputError:
        """Names the first byte that the encoding can't decode, found by another pass."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        with self._source.open() as stream:
            for number, line in enumerate(stream, 1):
                try:
                    decoder.decode(line)
                except UnicodeDecodeError as error:
                    byte = error.object[error.start]
                    return InputError(
                        f"{self.name!r} is not {self.encoding}: line {number} holds the byte 0x{byte:02x} at position "
                        f"{error.start + 1}. Give the file's encoding (files of Windows programs: --encoding cp1252), or export "
                        "it as UTF-8"
                    )
        return InputError(f"{self.name!r} is not {self.encoding}: it ends inside a character. Give its encoding with --encoding")


def check_encoding(name: str) -> str:
    """The canonical name of an encoding."""
    try:
        "".encode(name)
        # Some codecs of Python decode only domain names, or nothing.
        codecs.getincrementaldecoder(name)(errors="replace").decode(b"phone,city\n")
        return codecs.lookup(name).name
    except (LookupError, TypeError, ValueError):
        raise InputError(f"there is no encoding {name!r}: utf-8, utf-16, cp1252 and latin-1 are common ones") from None


def detect_encoding(name: str, head: bytes) -> str:
    """The encoding of a byte order mark, else UTF-8."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if head.count(0) > len(head) * _MAX_NUL_SHARE:
        raise InputError(
            f"{name!r} is not a CSV file: it holds binary data; export it as CSV (UTF-8) or as JSON lines; if it is UTF-16, give "
            "--encoding utf-16-le"
        )
    return "utf-8"
