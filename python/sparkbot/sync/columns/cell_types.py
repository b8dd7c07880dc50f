"""What cells of a type look like, and what they are written as. A cell that is none of its type is refused, never guessed at."""

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

    #: Reads a cell that is not empty; the result is written by the rule for all values.
    Reader: TypeAlias = Callable[[Any], Any]

#: Shown in messages, in the format that was asked for.
_EXAMPLE = datetime(2026, 12, 31, 18, 30)
_TRUE: tuple[str, ...] = ("true", "yes", "1")
_FALSE: tuple[str, ...] = ("false", "no", "0")
#: Numbers as people write them: what stands between thousands, and before the fraction.
_INTEGERS = {"1234": "", "1,234": ",", "1.234": ".", "1 234": " ", "1'234": "'"}
_DECIMALS = {
    "1234.56": ("", "."),
    "1234,56": ("", ","),
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234,56": (" ", ","),
    "1'234.56": ("'", "."),
}
#: Beyond this a float is not one whole number but several.
_EXACT = 2**53
#: Digits of a number, which is written in up to 300 characters.
_LONGEST = 300


class Unfit(ValueError):
    """A cell, or a format, that is none of its type; the text says what was wanted."""


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing: no value, white space, or what numpy and pandas write for it."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or cell.isspace()
    if isinstance(cell, Decimal):
        return cell.is_nan()
    if isinstance(cell, float):
        return isnan(cell)
    return type(cell).__name__ in ("NAType", "NaTType")


def shown(cell: Any) -> str:
    """A cell in a message, cut where it would flood it."""
    text = repr(cell) if isinstance(cell, (str, int, float)) else f"{cell} ({type(cell).__name__})"
    return text if len(text) <= 60 else f"{text[:60]}…"


def _plain(cell: Any) -> Any:
    """numpy's scalars as Python's own."""
    if type(cell).__module__ != "numpy" or not hasattr(cell, "item") or cell.ndim:
        return cell
    return cell.astype("datetime64[us]").item() if type(cell).__name__ == "datetime64" else cell.item()


def _text(format: str | None) -> Reader:
    _no_format("text", format)
    return lambda cell: cell


def _json(format: str | None) -> Reader:
    _no_format("json", format)

    def read(cell: Any) -> str:
        if isinstance(cell, str):
            try:
                json.loads(cell)
            except (ValueError, RecursionError) as error:
                raise Unfit(f"no JSON ({error})") from None
            return cell
        try:
            return json.dumps(_plain(cell), ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_in_json)
        except (TypeError, ValueError, RecursionError) as error:
            raise Unfit(f"nothing that JSON has a form for ({error})") from None

    return read


def _in_json(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"a {type(value).__name__} inside")


def _integer(form: str | None) -> Reader:
    between = _choice("integer", form, _INTEGERS, "1234")
    pattern = re.compile(rf"[+-]?{_digits(between)}(?:\.0+)?" if between != "." else rf"[+-]?{_digits(between)}")

    def read(cell: Any) -> int:
        cell = _plain(cell)
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
            return int(cell)
        if isinstance(cell, Decimal) and cell.is_finite() and cell == cell.to_integral_value() and cell.adjusted() < _LONGEST:
            return int(cell)
        found = _number_text(cell, pattern)
        if found is None:
            lost = isinstance(cell, float) and cell.is_integer()
            raise Unfit(
                "a float beyond 2^53, which has lost digits: read the column as text" if lost else f"no integer{_as(form)}"
            )
        whole = found.replace(between, "") if between else found
        return int(whole.partition(".")[0])

    return read


def _decimal(form: str | None) -> Reader:
    between, mark = _choice("decimal", form, _DECIMALS, "1234.56")
    pattern = re.compile(rf"[+-]?{_digits(between)}(?:{re.escape(mark)}[0-9]+)?")

    def read(cell: Any) -> Any:
        cell = _plain(cell)
        if _is_finite(cell):
            return cell
        found = _number_text(cell, pattern)
        if found is None:
            raise Unfit(f"no decimal{_as(form)}")
        return Decimal((found.replace(between, "") if between else found).replace(mark, "."))

    return read


def _is_finite(cell: Any) -> bool:
    if isinstance(cell, float):
        return isfinite(cell)
    return cell.is_finite() if isinstance(cell, Decimal) else isinstance(cell, int) and not isinstance(cell, bool)


def _digits(between: str) -> str:
    """Digits, in groups of three where they are grouped: `1,5` is not 15."""
    return rf"(?:[0-9]{{1,3}}(?:{re.escape(between)}[0-9]{{3}})+|[0-9]+)" if between else "[0-9]+"


def _number_text(cell: Any, pattern: re.Pattern[str]) -> str | None:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    # Between thousands there are spaces that do not break, and typographic apostrophes.
    text = cell.strip().translate({0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2019: "'", 0x2212: "-"})
    return text if pattern.fullmatch(text) else None


def _bool(format: str | None) -> Reader:
    true, false = _TRUE, _FALSE
    if format is not None:
        yes, slash, no = (part.strip().casefold() for part in format.partition("/"))
        if not (yes and slash and no) or yes == no or "/" in no:
            raise Unfit(f"{format!r} is no pair of texts: write the one for true and the one for false, such as 'Ja/Nein'")
        true, false = (yes,), (no,)

    def read(cell: Any) -> bool:
        cell = _plain(cell)
        if isinstance(cell, bool):
            return cell
        text = cell.strip().casefold() if isinstance(cell, str) else str(cell) if isinstance(cell, int) else None
        if text in true or text in false:
            return text in true
        raise Unfit(f"neither {' or '.join(true)} nor {' or '.join(false)}")

    return read


def _date(format: str | None) -> Reader:
    moment = _datetime(format, "date")

    def read(cell: Any) -> date:
        cell = _plain(cell)
        if isinstance(cell, date) and not isinstance(cell, datetime):
            return cell
        found: datetime = moment(cell)
        if found.time() != time():
            raise Unfit("a date with a time: give the type 'datetime'")
        return found.date()

    return read


def _datetime(format: str | None, what: str = "datetime") -> Reader:
    if format is not None:
        _check_time_format(format)
        wanted = f"in the format {format}, such as {_EXAMPLE.strftime(format)}"
    else:
        wanted = f"in ISO form, such as {_EXAMPLE.date().isoformat() if what == 'date' else _EXAMPLE.isoformat()}"

    def read(cell: Any) -> datetime:
        cell = _plain(cell)
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
        raise Unfit(f"no {what} {wanted}")

    return read


def _check_time_format(format: str) -> None:
    try:
        back = datetime.strptime(_EXAMPLE.strftime(format), format)
    except (ValueError, re.error) as error:
        raise Unfit(f"{format!r} reads no dates ({error}): write it as %d.%m.%Y") from None
    if back.date() != _EXAMPLE.date():
        raise Unfit(f"{format!r} does not say the whole date: it needs day, month and year, such as %d.%m.%Y")


def _no_format(what: str, format: str | None) -> None:
    if format is not None:
        raise Unfit(f"the type {what!r} has no format: take it out")


def _choice(what: str, format: str | None, known: dict[str, Any], usual: str) -> Any:
    if format is None:
        return known[usual]
    if format not in known:
        raise Unfit(f"{format!r} is no form of the type {what!r}: write one of {', '.join(map(repr, known))}")
    return known[format]


def _as(format: str | None) -> str:
    return "" if format is None else f" in the form {format}"


TYPES: dict[str, Callable[[str | None], Reader]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "bool": _bool,
    "date": _date,
    "datetime": _datetime,
    "json": _json,
}


def reader(name: str, format: str | None) -> Reader:
    """What reads the cells of a type; `Unfit` where the format is none of it."""
    return TYPES[name](format)
