"""Arguments for every operation, made from what its row says of them: types, formats, values and limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sparkbot._sparkbot import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Row = dict[str, Any]

WORDS = vocabulary()
CONTENT = b"%PDF-1.7\r\n--not a boundary\r\n\x00\xff" * 50
# Letters that must be escaped in a query, and one that takes several bytes.
TEXT = "a b&c=ä/?#+%"


def minimal(row: Row) -> dict[str, Any]:
    """The arguments without which the call is refused."""
    needed = {one["name"] for one in row["parameters"] if one["required"]}
    needed |= {row[key][0] for key in ("exactly_one_of", "at_least_one_of") if row[key] and not needed & {*row[key]}}
    return _made(row, 1, needed | _company(row["parameters"], 1))


def _company(parameters: Iterable[Row], turn: int) -> set[str]:
    """What the values that must be given need beside them."""
    said = [one["required_when"].get(value(one, turn)) for one in parameters if one["required"] and one["required_when"]]
    return {needed for needed in said if needed is not None}


def _made(row: Row, turn: int, names: set[str]) -> dict[str, Any]:
    """Values of these arguments. A flag that is one of several to choose from only counts if it is true."""
    chosen = {*row["exactly_one_of"], *row["at_least_one_of"]}
    return {
        one["name"]: True if one["type"] == "boolean" and one["name"] in chosen else value(one, turn, at)
        for at, one in enumerate(row["parameters"])
        if one["name"] in names
    }


def everything(row: Row) -> Iterable[dict[str, Any]]:
    """Every argument at once, as often as there are alternatives among them: at limits, with True and with False."""
    alone = [one["name"] for one in row["parameters"] if one["exclusive"]]
    for name in alone:
        yield _made(row, 0, {name, *(one["name"] for one in row["parameters"] if one["required"])})
    choices = [
        row["exactly_one_of"],
        row["mutually_exclusive"],
        *(one["exactly_one_of"] for one in _with_fields(row["parameters"])),
    ]
    for turn in range(max(2, *(len(names) for names in choices))):
        yield _one_turn(row, turn)


def _with_fields(parameters: Iterable[Row]) -> Iterable[Row]:
    for one in parameters:
        yield one
        yield from _with_fields(one["fields"])


def _one_turn(row: Row, turn: int) -> dict[str, Any]:
    left_out = {name for key in ("exactly_one_of", "mutually_exclusive") for name in row[key] if name != _at(row[key], turn)}
    made = _made(row, turn, {one["name"] for one in row["parameters"] if not one["exclusive"]} - left_out)
    alone = {one["name"] for one in row["parameters"] if one["depends_on"] and made.get(one["depends_on"]) in (None, False)}
    return {name: found for name, found in made.items() if name not in alone}


def _at(values: Sequence[Any], turn: int) -> Any:
    return values[turn % len(values)]


def value(one: Row, turn: int, at: int = 0) -> Any:
    """A value of an argument; other turns and other places give others."""
    made: dict[str, Callable[[Row, int, int], Any]] = {
        "string": _text,
        "integer": _integer,
        "number": _number,
        "boolean": lambda one, turn, at: turn % 2 == 0,
        "datetime": lambda one, turn, at: f"2030-01-{at % 28 + 1:02}T09:00:00+02:00",
        "string_list": _strings,
        "number_list": lambda one, turn, at: [_number(one, turn + place, at) for place in range(_items(one, turn, 3))],
        "object": _object,
        "object_list": _objects,
        "metadata": _metadata,
        "file": lambda one, turn, at: CONTENT,
    }
    return made[one["type"]](one, turn, at)


def _text(one: Row, turn: int, at: int) -> str:
    if one["enum"]:
        return str(_at(one["enum"], turn))
    if one["format"]:
        return _formatted(WORDS["formats"][one["format"]], turn + at)
    length = (one["max_length"] or 40) if turn % 2 == 0 else max(one["min_length"] or 1, 1)
    return (TEXT * (length // len(TEXT) + 1))[:length].strip().ljust(length, "x")


def _formatted(form: Row, turn: int) -> str:
    """The format's example with another digit, where the format still holds then."""
    example: str = form["example"]
    other = re.sub(r"\d(?=\D*$)", str(turn % 10), example)
    return other if re.search(form["pattern"], other) else example


def _integer(one: Row, turn: int, at: int) -> int:
    least, most = one["min"] or 0, one["max"]
    if turn % 2 == 0:
        return int(most) if most is not None else least + 7 + at
    return int(least)


def _number(one: Row, turn: int, at: int) -> float:
    least, most = one["min"], one["max"]
    numbers: list[float] = [51.5, 90 if most is None else most, -0.125 if least is None else least]
    return numbers[turn % len(numbers)]


def _items(one: Row, turn: int, usual: int) -> int:
    least, most = one["min_items"] or 1, one["max_items"] or max(usual, one["min_items"] or 0)
    return min(most, 50) if turn % 2 == 0 else least


def _strings(one: Row, turn: int, at: int) -> list[str]:
    if one["enum"]:
        return list(one["enum"][: _items(one, turn, len(one["enum"]))])
    many = _items(one, turn, 3)
    if one["format"]:
        return [_text(one, turn + place, at) for place in range(many)]
    length = one["max_length"] or 40
    return [f"{place} b&c=ä/?#"[:length] for place in range(many)]


def _object(one: Row, turn: int, at: int) -> dict[str, Any]:
    if not one["fields"]:
        return {"anything": {"at": [1, None, "ä"]}, "flag": turn % 2 == 0}
    left_out = {name for name in one["exactly_one_of"] if name != _at(one["exactly_one_of"], turn)}
    return {
        field["name"]: value(field, turn, place) for place, field in enumerate(one["fields"]) if field["name"] not in left_out
    }


def _objects(one: Row, turn: int, at: int) -> list[dict[str, Any]]:
    """One object with all its fields, and with a place for more, one with only what it needs."""
    if not one["fields"]:
        return [{"anything": place} for place in range(_items(one, turn, 2))]
    needed = {field["name"] for field in one["fields"] if field["required"]} | {*one["exactly_one_of"][:1]}
    needed |= _company(one["fields"], 1)
    full = _object(one, turn, at)
    if any(field["exclusive"] and field["name"] in full for field in one["fields"]):
        return [full]
    small = {field["name"]: value(field, 1, place) for place, field in enumerate(one["fields"]) if field["name"] in needed}
    many = max(one["min_items"] or 1, min(one["max_items"] or 2, 2))
    return [full, *[small or full] * (many - 1)]


def _metadata(one: Row, turn: int, at: int) -> dict[str, Any]:
    limits = WORDS["metadata"]
    pairs = {"tier": "gold", "k" * limits["key_max"]: "ä" * limits["value_max"], "visits": 3, "vip": True}
    return pairs if turn % 2 == 0 else {"Tier_1": ""}
