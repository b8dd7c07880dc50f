"""Reads a sheet of an Excel workbook. Cells come out as the sheet shows them, because numbers may be formatted as texts."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, partial
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from sparkbot.tabular.errors import InputError
from sparkbot.tabular.footer import FooterDetector
from sparkbot.tabular.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparkbot.tabular.byte_source import ByteSource
    from sparkbot.tabular.read_options import ReadOptions

#: Significant digits of a number in a workbook.
_DIGITS = 15
#: For numbers with all their places: the largest have 309 before the point, and a format up to 30 after it.
_LONG = Context(prec=400)
#: Literal text in a number format: quoted, escaped, or a currency or locale in brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
#: A number format of zeros and separators, such as 00000 or 000-000-0000.
_PADDED = re.compile(r"0[0 ()/+-]*0")
_FIXED = re.compile(r"[#,]*0(?:\.(0+))?(%?)(?: *[^#0.,%]*)")


def read_workbook(source: ByteSource, options: ReadOptions) -> Rows:
    """The rows of a sheet: the one that `options` names, or the only one with cells."""
    with _open(source) as tables:
        name = _choose(source, tables, options.sheet)
        records = _records(tables[name], values_only=True)
        first = next(records, None)
        if first is None:
            raise InputError(
                f"the sheet {name!r} of {source.name!r} is empty: it needs a header line and a line for each contact"
            )
        headers = ["" if cell is None else str(cell).strip() for cell in first[1]]
        while headers and not headers[-1]:
            headers.pop()
        # The sheet may be formatted far below its last row: only rows with a cell count.
        footer, total = FooterDetector(len(headers)), 0
        for _, values in records:
            total += 1
            footer.add([value for value in values if value not in (None, "")])
    notes: list[str] = []
    total -= footer.lines(options.skip_footer, total, notes)
    read = partial(_rows, source, name, headers, total)
    return Rows(headers, read(), total, thread_safe=True, reread=read, notes=notes)


@contextmanager
def _open(source: ByteSource) -> Iterator[dict[str, Any]]:
    """The sheets of a workbook by name."""
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        raise InputError(
            f"reading the workbook {source.name!r} needs openpyxl: python3 -m pip install 'sparkbot[excel]'"
        ) from None
    with source.open() as stream:
        try:
            with closing(openpyxl.load_workbook(stream, read_only=True, data_only=True)) as workbook:
                for table in workbook.worksheets:
                    # Some programs write a wrong size of the sheet, which would hide its cells.
                    table.reset_dimensions()
                yield {table.title: table for table in workbook.worksheets}
        except InputError:
            raise
        except Exception as error:  # openpyxl raises errors of many kinds for a damaged workbook, also while it reads a sheet
            raise InputError(f"{source.name!r} is not a readable Excel workbook (.xlsx): {error}") from None


def _choose(source: ByteSource, tables: dict[str, Any], sheet: str | None) -> str:
    if sheet is not None:
        if sheet not in tables:
            raise InputError(f"{source.name!r} has no sheet {sheet!r}: its sheets are {', '.join(map(repr, tables))}")
        return sheet
    if not tables:
        raise InputError(f"{source.name!r} has no sheet with cells, only charts: copy the table into a sheet")
    used = [name for name, table in tables.items() if next(_records(table, values_only=True), None)]
    if len(used) > 1:
        raise InputError(f"{source.name!r} has {len(used)} sheets, {', '.join(map(repr, used))}: choose one with sheet (--sheet)")
    return used[0] if used else next(iter(tables))


def _records(table: Any, *, values_only: bool = False) -> Iterator[tuple[int, list[Any]]]:
    """Number and values of every row that has a cell; `values_only` ignores number formats."""
    for number, cells in enumerate(table.iter_rows(values_only=values_only), 1):
        values = list(cells) if values_only else [_shown(cell) for cell in cells]
        if any(value is not None and value != "" for value in values):
            yield number, values


def _rows(source: ByteSource, name: str, headers: list[str], total: int) -> Iterator[Row]:
    with _open(source) as tables:
        for number, values in islice(_records(tables[name]), 1, total + 1):
            extra = next((value for value in values[len(headers) :] if value is not None), None)
            problem = None if extra is None else f"the row has a cell beyond the last header: {extra!r:.60}"
            # Cells at the end of a row that are empty are missing in the file.
            yield Row(dict.fromkeys(headers) | dict(zip(headers, values, strict=False)), problem, number)


def _shown(cell: Any) -> Any:
    """The value of a cell as the sheet shows it."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, (int, float, datetime)):
        return value
    show = _formatter(cell.number_format)
    if isinstance(value, datetime):
        # A date is stored as midnight; its format shows whether it has a time.
        return value if value.time() != time() or show is _show_time else value.date()
    return value if show is _show_general and isinstance(value, int) else show(Decimal(f"{value:.{_DIGITS}g}"))


@cache
def _formatter(number_format: str) -> Callable[[Decimal], Any]:
    """The function that shows a number in a format."""
    first = number_format.split(";")[0]
    shown = _LITERAL.sub(lambda match: match[0].strip('"').lstrip("\\") if match[0][0] in '"\\' else "", first).strip()
    if re.search("[hs]", _LITERAL.sub("", first), re.IGNORECASE):
        return _show_time
    if shown != "0" and _PADDED.fullmatch(shown):
        return partial(_show_padded, shown)
    if match := _FIXED.fullmatch(shown):
        return partial(_show_fixed, len(match[1] or ""), match[2])
    return _show_general


def _show_general(number: Decimal) -> Any:
    return int(number) if number == number.to_integral_value() else number


def _show_time(number: Decimal) -> Any:
    return _show_general(number)


def _show_padded(pattern: str, number: Decimal) -> Any:
    is_natural = number >= 0 and number == number.to_integral_value()
    return _fill(pattern, str(int(number))) if is_natural else _show_general(number)


def _show_fixed(places: int, percent: str, number: Decimal) -> Any:
    rounded = (number * 100 if percent else number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _LONG)
    return f"{rounded}{percent}" if places or percent else int(rounded)


def _fill(pattern: str, digits: str) -> str:
    """The digits in the places of the zeros of the pattern, from the right."""
    digits = digits.zfill(pattern.count("0"))
    surplus = len(digits) - pattern.count("0")
    rest = iter(digits[surplus:])
    return digits[:surplus] + "".join(next(rest) if character == "0" else character for character in pattern)
