"""Column types, read from the generated response types."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

from sparkbot.errors import InvalidArgumentError
from sparkbot.types import MetadataPair


class ColumnType(Enum):
    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOL = "bool"
    DATETIME = "datetime"
    STRING_LIST = "string list"
    #: Keys and values, which become a column per key.
    METADATA = "metadata"


_SCALARS = {
    str: ColumnType.STRING,
    int: ColumnType.INTEGER,
    float: ColumnType.FLOAT,
    bool: ColumnType.BOOL,
    list[str]: ColumnType.STRING_LIST,
    list[MetadataPair]: ColumnType.METADATA,
}


def column_types(shape: type | None) -> dict[str, ColumnType]:
    """The columns that a response type declares. Fields without a column type are omitted."""
    if shape is None:
        return {}
    if not _is_response_type(shape):
        raise InvalidArgumentError(
            f"shape is {shape!r}; pass one of sparkbot.types, such as sparkbot.types.Campaign", field="shape"
        )
    return _collect(shape, "", frozenset())


def _is_response_type(shape: Any) -> bool:
    """Whether it is a TypedDict; before Python 3.12 `typing` does not know those of `typing_extensions`."""
    return isinstance(shape, type) and issubclass(shape, dict) and hasattr(shape, "__required_keys__")


def _collect(shape: type, prefix: str, parents: frozenset[type]) -> dict[str, ColumnType]:
    types: dict[str, ColumnType] = {}
    for field, hint in get_type_hints(shape).items():
        # A type that contains itself would recurse without end.
        if _is_response_type(hint) and hint not in parents:
            types |= _collect(hint, f"{prefix}{field}.", parents | {shape})
        elif column_type := _column_type(field, hint):
            types[prefix + field] = column_type
    return types


def _column_type(field: str, hint: Any) -> ColumnType | None:
    if get_origin(hint) is Literal:
        hint = type(get_args(hint)[0])
    column_type = _SCALARS.get(hint)
    return ColumnType.DATETIME if column_type is ColumnType.STRING and is_datetime_name(field) else column_type


def is_datetime_name(column: str) -> bool:
    """Whether the column holds timestamps: the service names them `date` or `…At`. Metadata is always text."""
    *parents, field = column.split(".")
    return "metadata" not in parents and (field == "date" or field.endswith("At"))
