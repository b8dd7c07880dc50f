"""Arguments for every operation, built from its types, formats, allowed values, limits and constraints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sparkbot._sparkbot import model_definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Row = dict[str, Any]

WORDS = model_definitions()
CONTENT = b"%PDF-1.7\r\n--not a boundary\r\n\x00\xff" * 50
# Characters that a query must escape, and one of several bytes.
TEXT = "a b&c=ä/?#+%"


def names_in(owner: Row, kind: str) -> list[list[str]]:
    """Returns the names of each constraint of a kind, of an operation or of an object."""
    return [constraint["names"] for constraint in owner["constraints"] if constraint["kind"] == kind]


def minimal(row: Row) -> dict[str, Any]:
    """Returns the arguments that a call cannot omit."""
    names = {parameter["name"] for parameter in row["parameters"] if parameter["required"]}
    for group in (*names_in(row, "exactly_one_of"), *names_in(row, "at_least_one_of")):
        names |= set() if names & {*group} else {group[0]}
    return _arguments(row, 1, names | _required_by_values(row, row["parameters"], names, 1))


def _required_by_values(owner: Row, parameters: Iterable[Row], names: set[str], turn: int) -> set[str]:
    """Returns the parameters or fields that the values of the others require."""
    by_name = {parameter["name"]: parameter for parameter in parameters}
    conditions = [constraint for constraint in owner["constraints"] if constraint["kind"] == "required_when"]
    return {
        name
        for constraint in conditions
        for name, other in [constraint["names"]]
        if other in names and value(by_name[other], turn) == constraint["value"]
    }


def _arguments(row: Row, turn: int, names: set[str]) -> dict[str, Any]:
    """Returns values of these arguments. A flag that is an alternative is true, because `False` does not count as given."""
    groups = [*names_in(row, "exactly_one_of"), *names_in(row, "at_least_one_of")]
    chosen = {name for group in groups for name in group}
    return {
        parameter["name"]: True
        if parameter["type"] == "boolean" and parameter["name"] in chosen
        else value(parameter, turn, index)
        for index, parameter in enumerate(row["parameters"])
        if parameter["name"] in names
    }


def everything(row: Row) -> Iterator[dict[str, Any]]:
    """Yields all arguments at once, in as many turns as there are alternatives: at limits, with `True` and with `False`."""
    for [name] in names_in(row, "exclusive"):
        yield _arguments(row, 0, {name, *(parameter["name"] for parameter in row["parameters"] if parameter["required"])})
    choices = [*names_in(row, "exactly_one_of"), *names_in(row, "mutually_exclusive")]
    choices += [group for parameter in _with_fields(row["parameters"]) for group in names_in(parameter, "exactly_one_of")]
    for turn in range(max(2, *map(len, choices), 0)):
        yield _one_turn(row, turn)


def _with_fields(parameters: Iterable[Row]) -> Iterator[Row]:
    for parameter in parameters:
        yield parameter
        yield from _with_fields(parameter["fields"])


def _one_turn(row: Row, turn: int) -> dict[str, Any]:
    groups = [*names_in(row, "exactly_one_of"), *names_in(row, "mutually_exclusive")]
    left_out = {name for group in groups for name in group if name != _at(group, turn)}
    left_out |= {name for names in names_in(row, "exclusive") for name in names}
    arguments = _arguments(row, turn, {parameter["name"] for parameter in row["parameters"]} - left_out)
    dependent = {name for name, other in names_in(row, "depends_on") if arguments.get(other) in (None, False)}
    return {name: argument for name, argument in arguments.items() if name not in dependent}


def _at(values: Sequence[Any], turn: int) -> Any:
    return values[turn % len(values)]


def value(parameter: Row, turn: int, index: int = 0) -> Any:
    """Returns a value of an argument, which depends on the turn and on the index of the argument."""
    values: dict[str, Callable[[Row, int, int], Any]] = {
        "string": _text,
        "integer": _integer,
        "number": _number,
        "boolean": lambda parameter, turn, index: turn % 2 == 0,
        "datetime": lambda parameter, turn, index: f"2030-01-{index % 28 + 1:02}T09:00:00+02:00",
        "string_list": _strings,
        "number_list": _numbers,
        "object": _object,
        "object_list": _objects,
        "metadata": _metadata,
        "file": lambda parameter, turn, index: CONTENT,
    }
    return values[parameter["type"]](parameter, turn, index)


def _text(parameter: Row, turn: int, index: int) -> str:
    if parameter["enum"]:
        return str(_at(parameter["enum"], turn))
    if parameter["format"]:
        return _formatted(WORDS["formats"][parameter["format"]], turn + index)
    length = (parameter["max_length"] or 40) if turn % 2 == 0 else max(parameter["min_length"] or 1, 1)
    return (TEXT * (length // len(TEXT) + 1))[:length].strip().ljust(length, "x")


def _formatted(text_format: Row, turn: int) -> str:
    """Returns the format's example with another last digit, if it still matches."""
    example: str = text_format["example"]
    other = re.sub(r"\d(?=\D*$)", str(turn % 10), example)
    return other if re.search(text_format["pattern"], other) else example


def _integer(parameter: Row, turn: int, index: int) -> int:
    smallest, largest = parameter["min"] or 0, parameter["max"]
    if turn % 2 == 0:
        return int(largest) if largest is not None else smallest + 7 + index
    return int(smallest)


def _number(parameter: Row, turn: int, index: int) -> float:
    smallest, largest = parameter["min"], parameter["max"]
    numbers: list[float] = [51.5, 90 if largest is None else largest, -0.125 if smallest is None else smallest]
    return numbers[turn % len(numbers)]


def _numbers(parameter: Row, turn: int, index: int) -> list[float]:
    return [_number(parameter, turn + item, index) for item in range(_count(parameter, turn, 3))]


def _count(parameter: Row, turn: int, usual: int) -> int:
    smallest, largest = parameter["min_items"] or 1, parameter["max_items"] or max(usual, parameter["min_items"] or 0)
    return min(largest, 50) if turn % 2 == 0 else smallest


def _strings(parameter: Row, turn: int, index: int) -> list[str]:
    if parameter["enum"]:
        return list(parameter["enum"][: _count(parameter, turn, len(parameter["enum"]))])
    count = _count(parameter, turn, 3)
    if parameter["format"]:
        return [_text(parameter, turn + item, index) for item in range(count)]
    length = parameter["max_length"] or 40
    return [f"{item} b&c=ä/?#"[:length] for item in range(count)]


def _object(parameter: Row, turn: int, index: int) -> dict[str, Any]:
    if not parameter["fields"]:
        return {"anything": {"at": [1, None, "ä"]}, "flag": turn % 2 == 0}
    groups = names_in(parameter, "exactly_one_of")
    left_out = {name for group in groups for name in group if name != _at(group, turn)}
    fields = enumerate(parameter["fields"])
    return {field["name"]: value(field, turn, position) for position, field in fields if field["name"] not in left_out}


def _objects(parameter: Row, turn: int, index: int) -> list[dict[str, Any]]:
    """Returns an object with all its fields and, if there may be more, one with as few as possible."""
    if not parameter["fields"]:
        return [{"anything": item} for item in range(_count(parameter, turn, 2))]
    full = _object(parameter, turn, index)
    if any(name in full for [name] in names_in(parameter, "exclusive")):
        return [full]
    names = {field["name"] for field in parameter["fields"] if field["required"]}
    names |= {group[0] for group in names_in(parameter, "exactly_one_of")}
    names |= _required_by_values(parameter, parameter["fields"], names, 1)
    small = {
        field["name"]: value(field, 1, position) for position, field in enumerate(parameter["fields"]) if field["name"] in names
    }
    count = max(parameter["min_items"] or 1, min(parameter["max_items"] or 2, 2))
    return [full, *[small or full] * (count - 1)]


def _metadata(parameter: Row, turn: int, index: int) -> dict[str, Any]:
    limits = WORDS["metadata"]
    pairs = {"tier": "gold", "k" * limits["key_max"]: "ä" * limits["value_max"], "visits": 3, "vip": True}
    return pairs if turn % 2 == 0 else {"Tier_1": ""}
