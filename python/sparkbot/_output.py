"""Files that the package writes as a whole: a regular file is replaced, anything else is written into."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ._sparkbot import file_to_replace

if TYPE_CHECKING:
    from typing import IO

_PRIVATE, _BY_UMASK = 0o600, 0o666


class Output:
    """The content of a path. It is there when `finish` returns, and not at all after `discard`.

    A regular file is replaced by a rename, through links. A FIFO, a device or an open descriptor (`/dev/stdout`) is written
    into: a file in its place would destroy it. So is a file whose folder does not allow a new one, or that is a mount point.
    """

    def __init__(self, path: str | os.PathLike[str], *, private: bool = False) -> None:
        """Raises `OSError` if the path can't be written. `private` makes the file readable by its owner only."""
        self.path = Path(path)
        self.target = file_to_replace(path)
        exists = self.path.exists()
        if exists and not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        if exists and self.target and not os.access(self.target.parent, os.W_OK):
            self.target = None
        self.file: BinaryIO = _create_next_to(self.target, private=private) if self.target else _spool()

    def finish(self) -> None:
        """Puts the content where it belongs."""
        self.file.flush()
        if not self.target:
            self._copy()
        else:
            # On disk before it gets its name, so that it survives a power loss.
            os.fsync(self.file.fileno())
            self._replace(self.target)
        self.file.close()

    def _replace(self, target: Path) -> None:
        try:
            os.replace(self.file.name, target)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            self._copy()
            os.unlink(self.file.name)

    def _copy(self) -> None:
        self.file.seek(0)
        # Without O_CREAT: what was there when the output began must be there still.
        descriptor = os.open(self.path, os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "wb") as there:
            shutil.copyfileobj(self.file, there)

    def discard(self) -> None:
        """Leaves what is at the path unchanged, unless `finish` was called."""
        if not hasattr(self, "file") or self.file.closed:
            return
        self.file.close()
        if self.target is not None:
            with suppress(OSError):
                os.unlink(self.file.name)

    __del__ = discard


def spool_for(target: Path | None) -> IO[str]:
    """A nameless text file for rows that are staged: on the disk of the target, or with other temporary files."""
    folder, prefix = (target.parent, f".{target.name}.") if target else (None, None)
    return tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder, prefix=prefix)


def _spool() -> BinaryIO:
    return cast("BinaryIO", tempfile.TemporaryFile())


def _create_next_to(target: Path, *, private: bool) -> BinaryIO:
    """A new file in the folder of the target, with the permissions of the file that it will replace."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = open(path, "x+b", opener=lambda name, _: os.open(name, flags, _PRIVATE if private else _BY_UMASK))  # noqa: SIM115
    if not private:
        with suppress(OSError):
            os.chmod(path, stat.S_IMODE(target.stat().st_mode))
    return file
