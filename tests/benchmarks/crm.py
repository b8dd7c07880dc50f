"""Row preparation and retries shared by the sync clients."""

from __future__ import annotations

ATTEMPTS = 3
#: Initial retry delay in seconds; it doubles with each attempt.
PAUSE = 0.4
TIMEOUT, CONNECT = 60, 5

Answer = tuple[str, str | None]
Numbered = tuple[int, str, str | None]
Pairs = list[dict[str, str]]

UNSENT: Answer = ("failed", "the row can't be sent")


def prepared(row: dict[str, str]) -> tuple[str, Pairs] | None:
    """The contact and its metadata, or None for an invalid row."""
    wid = _as_wid(row["phone"])
    pairs = [{"key": key, "value": value} for key, value in row.items() if key != "phone" and value]
    return None if wid is None or any(len(pair["value"]) > 300 for pair in pairs) else (wid, pairs)


def _as_wid(phone: str) -> str | None:
    """The wid of a phone number in international form."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return f"{digits}@c.us" if phone.startswith("+") and 8 <= len(digits) <= 15 else None
