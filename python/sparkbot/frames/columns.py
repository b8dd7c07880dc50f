"""Builds data frames from columns of Python values, without the libraries' lossy type inference."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError

from .schema import ColumnType, is_datetime_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

#: The module of each library; without a choice the first that is installed is used.
_LIBRARIES = {"pandas": "pandas", "polars": "polars", "arrow": "pyarrow"}
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


def resolve_library(name: str | None) -> ModuleType:
    """The library of that name, or by default the first that is installed."""
    if name is not None and name not in _LIBRARIES:
        raise InvalidArgumentError(f"library is {name!r}; it must be one of {', '.join(_LIBRARIES)}", field="library")
    for library, module in _LIBRARIES.items():
        if name in (None, library) and find_spec(module):
            return import_module(module)
    missing = "pandas, polars or pyarrow" if name is None else _LIBRARIES[name]
    raise ImportError(f"a data frame needs {missing}: pip install 'sparkbot[{name or 'pandas'}]'")


def build_frame(columns: dict[str, list[Any]], types: Mapping[str, ColumnType], library: ModuleType) -> Any:
    """A data frame of the library; of pyarrow a table."""
    build = {"pandas": _pandas_series, "polars": _polars_series, "pyarrow": _arrow_array}[library.__name__]
    make_table = library.table if library.__name__ == "pyarrow" else library.DataFrame
    return make_table({name: build(library, *_convert(name, values, types)) for name, values in columns.items()})


def _convert(name: str, values: list[Any], types: Mapping[str, ColumnType]) -> tuple[ColumnType | None, list[Any]]:
    """The type of the column and its converted values. The values decide the type; `types` does where there are none."""
    present = [value for value in values if value is not None]
    column_type = _infer(present) if present else types.get(name)
    if column_type is ColumnType.STRING and is_datetime_name(name):
        return _datetimes(values)
    if column_type is ColumnType.INTEGER and types.get(name) is ColumnType.FLOAT and _fit_floats(present):
        column_type = ColumnType.FLOAT
    return column_type, values


def _infer(values: list[Any]) -> ColumnType | None:
    types = set(map(type, values))
    if types == {str}:
        return ColumnType.STRING
    if types == {bool}:
        return ColumnType.BOOL
    if types == {int}:
        return ColumnType.INTEGER if all(-(2**63) <= value < 2**63 for value in values) else None
    if types <= {int, float}:
        return ColumnType.FLOAT if _fit_floats(values) else None
    is_string_list = types == {list} and all(type(item) is str for items in values for item in items)
    return ColumnType.STRING_LIST if is_string_list else None


def _fit_floats(numbers: list[Any]) -> bool:
    return all(type(number) is float or abs(number) <= 2**53 for number in numbers)


def _datetimes(texts: list[str | None]) -> tuple[ColumnType, list[Any]]:
    """Datetimes in UTC; the unchanged texts if one of them is not a timestamp."""
    try:
        return ColumnType.DATETIME, [None if text is None else _parse_timestamp(text) for text in texts]
    except (ValueError, OverflowError):
        return ColumnType.STRING, texts


def _parse_timestamp(text: str) -> datetime:
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).astimezone(UTC)


def _pandas_series(pandas: Any, column_type: ColumnType | None, values: list[Any]) -> Any:
    is_full = bool(values) and None not in values
    dtypes = {
        # The string type of the installed version and of the user's settings.
        ColumnType.STRING: pandas.Series([""]).dtype,
        ColumnType.DATETIME: "datetime64[us, UTC]",
        # By default, pandas converts integers with missing values to floats.
        ColumnType.INTEGER: "int64" if is_full else "Int64",
        ColumnType.FLOAT: "float64",
        ColumnType.BOOL: "bool" if is_full else "boolean",
    }
    return pandas.Series(values, dtype=dtypes.get(column_type, object) if column_type else object)


def _polars_series(polars: Any, column_type: ColumnType | None, values: list[Any]) -> Any:
    dtypes = {
        None: polars.String,
        ColumnType.STRING: polars.String,
        ColumnType.DATETIME: polars.Datetime("us", "UTC"),
        ColumnType.INTEGER: polars.Int64,
        ColumnType.FLOAT: polars.Float64,
        ColumnType.BOOL: polars.Boolean,
        ColumnType.STRING_LIST: polars.List(polars.String),
    }
    return polars.Series(values=_uniform(column_type, values), dtype=dtypes[column_type])


def _arrow_array(pyarrow: Any, column_type: ColumnType | None, values: list[Any]) -> Any:
    types = {
        None: pyarrow.string(),
        ColumnType.STRING: pyarrow.string(),
        ColumnType.DATETIME: pyarrow.timestamp("us", "UTC"),
        ColumnType.INTEGER: pyarrow.int64(),
        ColumnType.FLOAT: pyarrow.float64(),
        ColumnType.BOOL: pyarrow.bool_(),
        ColumnType.STRING_LIST: pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.array(_uniform(column_type, values), types[column_type])


def _uniform(column_type: ColumnType | None, values: list[Any]) -> list[Any]:
    """Values of one type: Arrow and polars have no lossless type for mixed types or objects in lists, which become JSON."""
    if column_type is None:
        return [None if value is None else json.dumps(value, ensure_ascii=False, default=str) for value in values]
    if column_type is ColumnType.FLOAT:
        return [None if value is None else float(value) for value in values]
    return values
