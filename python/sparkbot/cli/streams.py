"""Standard output and error that any text can be written to."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Replacing(io.TextIOWrapper):
    """Writes `?` for what the encoding lacks."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        stream.flush()
        super().__init__(stream.buffer, stream.encoding, "replace", line_buffering=stream.line_buffering)

    @property
    def encoding(self) -> str:  # type: ignore[override]  # read-only at runtime too
        # By its own name, click takes ASCII for a mistake and writes UTF-8.
        return f"{super().encoding} (replacing)"


@contextmanager
def usable_streams() -> Iterator[None]:
    """Replaces streams that are absent (`>&-`), or whose encoding lacks characters."""
    originals = sys.stdout, sys.stderr
    usable = _usable(sys.stdout), _usable(sys.stderr)
    sys.stdout, sys.stderr = usable
    try:
        yield
    finally:
        _restore(originals, usable)


def _usable(stream: Any) -> Any:
    if stream is None:
        # The lowest free descriptor is that of the absent stream: no other file gets it.
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper) or _is_unicode(stream):
        return stream
    return _Replacing(stream)


def _restore(originals: tuple[Any, Any], usable: tuple[Any, Any]) -> None:
    for name, original, used in zip(("stdout", "stderr"), originals, usable, strict=True):
        # Another stream is click's, or none, after a broken pipe: it keeps Python from writing the rest when it exits.
        if used is original or getattr(sys, name) is not used:
            continue
        setattr(sys, name, original)
        if original is None:
            used.close()
        else:
            used.detach()


def _is_unicode(stream: Any) -> bool:
    encoding = getattr(stream, "encoding", None)
    return not encoding or codecs.lookup(encoding).name.startswith("utf")


def print_json(value: Any) -> None:
    """Prints indented JSON, with escapes if the encoding of the output lacks characters."""
    print(json.dumps(value, ensure_ascii=isinstance(sys.stdout, _Replacing), indent=2))
