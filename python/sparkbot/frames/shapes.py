"""What the types of answers say about their columns; they are generated, so nothing is said twice."""

from __future__ import annotations

from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from sparkbot.errors import InvalidArgumentError
from sparkbot.types import MetadataPair


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOL = "bool"
    MOMENT = "moment"
    TEXTS = "texts"
    #: Keys and values, which become columns of their own.
    PAIRS = "pairs"


_PLAIN = {str: Kind.TEXT, int: Kind.INTEGER, float: Kind.NUMBER, bool: Kind.BOOL, list[str]: Kind.TEXTS}


def kinds_of(shape: type | None) -> dict[str, Kind]:
    """The columns that the shape is sure to have, with their kinds; fields of which it says nothing are left out."""
    if shape is None:
        return {}
    if not is_typeddict(shape):
        raise InvalidArgumentError(
            f"shape is {shape!r}; pass one of sparkbot.types, such as sparkbot.types.Campaign", field="shape"
        )
    return _kinds(shape, "", frozenset())


def _kinds(shape: type, prefix: str, within: frozenset[type]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for field, hint in get_type_hints(shape).items():
        name = prefix + field
        # A shape that holds itself would have no end.
        if is_typeddict(hint) and hint not in within:
            found |= _kinds(hint, f"{name}.", within | {shape})
        elif kind := _kind(field, hint):
            found[name] = kind
    return found


def _kind(field: str, hint: Any) -> Kind | None:
    if hint == list[MetadataPair]:
        return Kind.PAIRS
    if get_origin(hint) is Literal:
        hint = type(get_args(hint)[0])
    kind = _PLAIN.get(hint)
    return Kind.MOMENT if kind is Kind.TEXT and names_a_moment(field) else kind


def names_a_moment(column: str) -> bool:
    """Whether a column of that name is of moments: the service calls them `date` or `…At`. Metadata is always text."""
    *within, field = column.split(".")
    return "metadata" not in within and (field == "date" or field.endswith("At"))
