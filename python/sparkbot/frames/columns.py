"""Columns of Python's values as a frame: exactly, whatever the library would have made of them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .shapes import Kind, names_a_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


def built(table: dict[str, list[Any]], kinds: Mapping[str, Kind], library: ModuleType) -> Any:
    """The frame of the columns."""
    series = _polars if library.__name__ == "polars" else _pandas
    return library.DataFrame({name: series(library, *_read(name, values, kinds)) for name, values in table.items()})


def _read(name: str, values: list[Any], kinds: Mapping[str, Kind]) -> tuple[Kind | None, list[Any]]:
    """What the column holds, and its values read as that. The values decide, and the shape where there are none."""
    there = [value for value in values if value is not None]
    kind = _kind_of(there) if there else kinds.get(name)
    if kind is Kind.TEXT and names_a_moment(name):
        return _moments(values)
    if kind is Kind.INTEGER and kinds.get(name) is Kind.NUMBER and _fit_floats(there):
        kind = Kind.NUMBER
    return kind, values


def _kind_of(values: list[Any]) -> Kind | None:
    types = set(map(type, values))
    if types == {str}:
        return Kind.TEXT
    if types == {bool}:
        return Kind.BOOL
    if types == {int}:
        return Kind.INTEGER if all(-(2**63) <= value < 2**63 for value in values) else None
    if types <= {int, float}:
        return Kind.NUMBER if _fit_floats(values) else None
    return Kind.TEXTS if types == {list} and all(type(text) is str for texts in values for text in texts) else None


def _fit_floats(numbers: list[Any]) -> bool:
    return all(type(number) is float or abs(number) <= 2**53 for number in numbers)


def _moments(texts: list[str | None]) -> tuple[Kind, list[Any]]:
    """As datetimes in UTC; as the texts that they are where one of them is no moment, so that nothing is lost."""
    try:
        return Kind.MOMENT, [None if text is None else _moment(text) for text in texts]
    except (ValueError, OverflowError):
        return Kind.TEXT, texts


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).astimezone(UTC)


def _pandas(pandas: Any, kind: Kind | None, values: list[Any]) -> Any:
    is_full = all(value is not None for value in values) and bool(values)
    dtypes = {
        # What the installed version, and its user's settings, take for text.
        Kind.TEXT: pandas.Series([""]).dtype,
        Kind.MOMENT: "datetime64[us, UTC]",
        # Not floats where some are missing, as would be made of them by default.
        Kind.INTEGER: "int64" if is_full else "Int64",
        Kind.NUMBER: "float64",
        Kind.BOOL: "bool" if is_full else "boolean",
    }
    return pandas.Series(values, dtype=dtypes.get(kind, object) if kind else object)


def _polars(polars: Any, kind: Kind | None, values: list[Any]) -> Any:
    dtypes = {
        Kind.TEXT: polars.String,
        Kind.MOMENT: polars.Datetime("us", "UTC"),
        Kind.INTEGER: polars.Int64,
        Kind.NUMBER: polars.Float64,
        Kind.BOOL: polars.Boolean,
        Kind.TEXTS: polars.List(polars.String),
    }
    if kind:
        if kind is Kind.NUMBER:
            values = [None if value is None else float(value) for value in values]
        return polars.Series(values=values, dtype=dtypes[kind])
    # Neither several types nor objects in lists have a type there that keeps all of them.
    texts = [None if value is None else json.dumps(value, ensure_ascii=False, default=str) for value in values]
    return polars.Series(values=texts, dtype=polars.String)
