"""Replaces phone numbers in cassettes by fictional ones.

A number has the same replacement everywhere in a cassette. When it is replayed, the numbers that a test sends must get theirs
again, so the cassette has a short digest of each number: too short to find the number, long enough to tell it from the
others of the cassette. `docs/decisions/0054-cassettes-by-a-local-server.md` has the reasons.
"""

from __future__ import annotations

import re
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: What numbers are written with, also in texts that are copied from WhatsApp: other hyphens and spaces, marks of direction.
_SEPARATORS = r"(?:[^\S\r\n]|[().\-\u2010-\u2015\u200e\u200f\u202a-\u202e\u2060])"
#: Digits before an `@` are a wid. Others are a number if there are 9 to 15 of them, also with separators; dates, decimals,
#: UUIDs and hexadecimal ids are none.
_NUMBER = re.compile(
    r"(?<!\d)\d{7,15}(?=@)"
    r"|(?<![^\W_])(?<!\.)(?<![0-9A-Fa-f]{4}-)(?!\d{4}-\d\d-\d\d|\d{1,10}\.\d+\b(?!\.))"
    rf"\+?\(?\d(?:{_SEPARATORS}{{0,2}}\d){{8,14}}(?![^\W_])"
)
#: Numbers that no one has, valid in any check: 555-0100 to 555-0199 of the area codes in North America.
_FICTIONAL = re.compile(r"(?<!\d)1[2-9]\d\d55501\d\d(?!\d)")
_AREA_CODES = (201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 220, 223, 224)
#: What a number becomes that is not in the cassette.
_UNKNOWN = "(unknown number)"
#: Hexadecimal digits of a digest: two million possible numbers share each. More, if a cassette has many numbers.
_DIGEST_SIZE = 3


class Numbers:
    """The numbers of a cassette: their digests, and the fictional ones that replace them."""

    def __init__(self, salt: str, by_digest: dict[str, str]) -> None:
        self.salt = salt
        self.by_digest = by_digest
        #: The numbers that were sent in this process, by their replacements.
        self._sent: dict[str, str] = {}

    @classmethod
    def collect(cls, texts: Iterable[str]) -> Numbers:
        """Numbers with a digest of its own for each number in the texts."""
        found = dict.fromkeys(number for text in texts for number in _numbers(text))
        free = _fictional_numbers(without={number for number in found if _FICTIONAL.fullmatch(number)})
        real = [number for number in found if not _FICTIONAL.fullmatch(number)]
        salt, digests = _distinct_digests(real)
        return cls(salt, dict(zip(digests, free, strict=False)))

    def mask(self, text: str) -> str:
        """The text with its numbers replaced."""
        return _NUMBER.sub(self._replacement, text)

    def restore(self, text: str) -> str:
        """The text of a response with the numbers that were sent."""
        return _FICTIONAL.sub(lambda match: self._sent.get(match[0], match[0]), text)

    def _replacement(self, match: re.Match[str]) -> str:
        digits = _digits(match[0])
        if _FICTIONAL.fullmatch(digits):
            return match[0]
        fictional = self.by_digest.get(_digest(self.salt, digits, self._digest_size))
        if fictional is None:
            return _UNKNOWN
        self._sent[fictional] = digits
        return "+" * match[0].startswith("+") + fictional

    @property
    def _digest_size(self) -> int:
        return len(next(iter(self.by_digest), ""))


def map_text(value: Any, change: Callable[[str], str]) -> Any:
    """JSON with all its texts changed, also the names of fields."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [map_text(item, change) for item in value]
    if isinstance(value, dict):
        return {change(name): map_text(item, change) for name, item in value.items()}
    return value


def texts_of(value: Any) -> Iterator[str]:
    """All texts of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from texts_of(item)


def _numbers(text: str) -> Iterator[str]:
    return (_digits(match[0]) for match in _NUMBER.finditer(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _distinct_digests(numbers: list[str]) -> tuple[str, list[str]]:
    """A salt with which the digests of the numbers differ, and the digests: longer ones if no salt is found."""
    attempt = 0
    while True:
        salt = token_hex(4)
        digests = [_digest(salt, number, _DIGEST_SIZE + attempt // 20) for number in numbers]
        if len(set(digests)) == len(digests):
            return salt, digests
        attempt += 1


def _digest(salt: str, number: str, size: int) -> str:
    return sha256(f"{salt}:{number}".encode()).hexdigest()[:size]


def _fictional_numbers(*, without: set[str]) -> Iterator[str]:
    for area_code in _AREA_CODES:
        for line in range(100):
            if (number := f"1{area_code}55501{line:02}") not in without:
                yield number
    raise InvalidArgumentError(f"the recording has over {len(_AREA_CODES) * 100:,} phone numbers: record fewer requests")
