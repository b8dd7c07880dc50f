"""Removes contacts and values from the texts of reports, which are shared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Messages of row validation quote the cells.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:]+")
_PHONE = re.compile(r"(?<![0-9A-Za-z-])\+?\(?\d(?:[\s().-]{0,2}\d){5,}")
#: Shorter cells occur by chance within many words.
_MIN_LENGTH = 3


def redact(text: str, row: object = None) -> str:
    """Replaces quoted cells, phone numbers, e-mail addresses and the values of the row with `…`."""
    for cell in _cells(row):
        text = text.replace(cell, "…")
    return _PHONE.sub("…", _MAIL.sub("…", _QUOTED.sub('"…"', text)))


def _cells(row: object) -> list[str]:
    cells: Mapping[object, object] = row if hasattr(row, "values") else {}  # type: ignore[assignment]  # any mapping
    texts = {str(cell).strip() for cell in cells.values() if cell is not None}
    # Longest first, because a cell can contain another.
    return sorted((text for text in texts if len(text) >= _MIN_LENGTH), key=len, reverse=True)
