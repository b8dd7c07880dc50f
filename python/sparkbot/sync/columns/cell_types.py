"""Parsers for the cells of each mapping type. A cell that is not of its type is rejected; nothing is guessed."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    #: Parses a non-empty cell; the result is serialized like any other value.
    Parser: TypeAlias = Callable[[Any], Any]

#: Example in messages, in the requested format.
_EXAMPLE = datetime(2026, 12, 31, 18, 30)
_TRUE: tuple[str, ...] = ("true", "yes", "1")
_FALSE: tuple[str, ...] = ("false", "no", "0")
#: Number formats: the separator of thousands, and of the fraction.
_INTEGERS = {"1234": "", "1,234": ",", "1.234": ".", "1 234": " ", "1'234": "'"}
_DECIMALS = {
    "1234.56": ("", "."),
    "1234,56": ("", ","),
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
    "1'234.56": ("'", "."),
}
#: Above this, a float no longer represents a single integer.
_MAX_EXACT_FLOAT = 2**53
#: Maximum digits of a number: a value has at most 300 characters.
_MAX_DIGITS = 300


class CellParseError(ValueError):
    """A cell or format that is not of its type; the message completes "which is …"."""


def is_empty(cell: Any) -> bool:
    """Whether a cell is empty: None, white space, NaN, or a missing value of pandas."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or cell.isspace()
    if isinstance(cell, Decimal):
        return cell.is_nan()
    if isinstance(cell, float):
        return isnan(cell)
    return type(cell).__name__ in ("NAType", "NaTType")


def format_cell(cell: Any) -> str:
    """A cell for messages, truncated."""
    text = repr(cell) if isinstance(cell, (str, int, float)) else f"{cell} ({type(cell).__name__})"
    return text if len(text) <= 60 else f"{text[:60]}…"


def _to_python(cell: Any) -> Any:
    """Converts numpy scalars to Python values."""
    if type(cell).__module__ != "numpy" or not hasattr(cell, "item") or cell.ndim:
        return cell
    return cell.astype("datetime64[us]").item() if type(cell).__name__ == "datetime64" else cell.item()


def _text(format: str | None) -> Parser:
    _no_format("text", format)
    return lambda cell: cell


def _json(format: str | None) -> Parser:
    _no_format("json", format)

    def parse(cell: Any) -> str:
        if isinstance(cell, str):
            try:
                json.loads(cell)
            except (ValueError, RecursionError) as error:
                raise CellParseError(f"not valid JSON ({error})") from None
            return cell
        try:
            return json.dumps(_to_python(cell), ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_json_default)
        except (TypeError, ValueError, RecursionError) as error:
            raise CellParseError(f"not serializable as JSON ({error})") from None

    return parse


def _json_default(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"it contains a {type(value).__name__}")


def _integer(format: str | None) -> Parser:
    separator = _choice("integer", format, _INTEGERS, "1234")
    pattern = re.compile(rf"[+-]?{_digits(separator)}(?:\.0+)?" if separator != "." else rf"[+-]?{_digits(separator)}")

    def parse(cell: Any) -> int:
        cell = _to_python(cell)
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MAX_EXACT_FLOAT:
            return int(cell)
        if isinstance(cell, Decimal) and cell.is_finite() and cell == cell.to_integral_value() and cell.adjusted() < _MAX_DIGITS:
            return int(cell)
        text = _number_text(cell, pattern)
        if text is None:
            is_float = isinstance(cell, float) and cell.is_integer()
            raise CellParseError(
                "a float beyond 2^53, which has lost digits: read the column as text"
                if is_float
                else f"not an integer{_in_format(format)}"
            )
        whole = text.replace(separator, "") if separator else text
        return int(whole.partition(".")[0])

    return parse


def _decimal(format: str | None) -> Parser:
    separator, point = _choice("decimal", format, _DECIMALS, "1234.56")
    pattern = re.compile(rf"[+-]?{_digits(separator)}(?:{re.escape(point)}[0-9]+)?")

    def parse(cell: Any) -> Any:
        cell = _to_python(cell)
        if _is_finite(cell):
            return cell
        text = _number_text(cell, pattern)
        if text is None:
            raise CellParseError(f"not a decimal{_in_format(format)}")
        return Decimal((text.replace(separator, "") if separator else text).replace(point, "."))

    return parse


def _is_finite(cell: Any) -> bool:
    if isinstance(cell, float):
        return isfinite(cell)
    return cell.is_finite() if isinstance(cell, Decimal) else isinstance(cell, int) and not isinstance(cell, bool)


def _digits(separator: str) -> str:
    """Pattern for digits, in groups of three if they are grouped: `1,5` is not 15."""
    return rf"(?:[0-9]{{1,3}}(?:{re.escape(separator)}[0-9]{{3}})+|[0-9]+)" if separator else "[0-9]+"


def _number_text(cell: Any, pattern: re.Pattern[str]) -> str | None:
    if not isinstance(cell, str) or len(cell) > _MAX_DIGITS:
        return None
    # Normalizes non-breaking spaces, typographic apostrophes and minus signs.
    text = cell.strip().translate({0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2019: "'", 0x2212: "-"})
    return text if pattern.fullmatch(text) else None


def _bool(format: str | None) -> Parser:
    true, false = _TRUE, _FALSE
    if format is not None:
        yes, slash, no = (part.strip().casefold() for part in format.partition("/"))
        if not (yes and slash and no) or yes == no or "/" in no:
            raise CellParseError(f"{format!r} is not a pair of texts: write one for true and one for false, such as 'Ja/Nein'")
        true, false = (yes,), (no,)

    def parse(cell: Any) -> bool:
        cell = _to_python(cell)
        if isinstance(cell, bool):
            return cell
        text = cell.strip().casefold() if isinstance(cell, str) else str(cell) if isinstance(cell, int) else None
        if text in true or text in false:
            return text in true
        raise CellParseError(f"neither {' or '.join(true)} nor {' or '.join(false)}")

    return parse


def _date(format: str | None) -> Parser:
    parse_datetime = _datetime(format, "date")

    def parse(cell: Any) -> date:
        cell = _to_python(cell)
        if isinstance(cell, date) and not isinstance(cell, datetime):
            return cell
        value: datetime = parse_datetime(cell)
        if value.time() != time():
            raise CellParseError("a date with a time: use the type 'datetime'")
        return value.date()

    return parse


def _datetime(format: str | None, what: str = "datetime") -> Parser:
    if format is not None:
        _check_time_format(format)
        expected = f"in the format {format}, such as {_EXAMPLE.strftime(format)}"
    else:
        expected = f"in ISO form, such as {_EXAMPLE.date().isoformat() if what == 'date' else _EXAMPLE.isoformat()}"

    def parse(cell: Any) -> datetime:
        cell = _to_python(cell)
        if isinstance(cell, datetime):
            return cell
        if isinstance(cell, date):
            return datetime.combine(cell, time())
        if isinstance(cell, str):
            try:
                text = cell.strip()
                return datetime.fromisoformat(text) if format is None else datetime.strptime(text, format)
            except ValueError:
                pass
        raise CellParseError(f"not a {what} {expected}")

    return parse


def _check_time_format(format: str) -> None:
    try:
        parsed = datetime.strptime(_EXAMPLE.strftime(format), format)
    except (ValueError, re.error) as error:
        raise CellParseError(f"{format!r} is not a date format ({error}): write it as %d.%m.%Y") from None
    if parsed.date() != _EXAMPLE.date():
        raise CellParseError(f"{format!r} does not give the whole date: it needs day, month and year, such as %d.%m.%Y")


def _no_format(what: str, format: str | None) -> None:
    if format is not None:
        raise CellParseError(f"the type {what!r} has no format: remove it")


def _choice(what: str, format: str | None, formats: dict[str, Any], default: str) -> Any:
    if format is None:
        return formats[default]
    if format not in formats:
        raise CellParseError(f"{format!r} is not a format of the type {what!r}: write one of {', '.join(map(repr, formats))}")
    return formats[format]


def _in_format(format: str | None) -> str:
    return "" if format is None else f" in the format {format}"


TYPES: dict[str, Callable[[str | None], Parser]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "bool": _bool,
    "date": _date,
    "datetime": _datetime,
    "json": _json,
}


def make_parser(name: str, format: str | None) -> Parser:
    """The parser of a type; raises `CellParseError` if the format is not one of the type."""
    return TYPES[name](format)
