"""Holds every row of src/api against what is known of the service's contract.

Client and sandbox both read the table, so a wrong row would pass wherever they meet. These facts were written down
separately: one entry for each method and path.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "src" / "api"

# What the table calls the types and limits of the facts.
TYPES = {
    "string": "string",
    "csv": "strings",
    "array<string>": "strings",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "datetime": "datetime",
    "array<{key,value}>": "metadata",
}
LIMITS = {
    "enum": "values",
    "default": "default",
    "min": "min",
    "max": "max",
    "minLen": "min_length",
    "maxLen": "max_length",
    "minItems": "min_items",
    "maxItems": "max_items",
    "form": "format",
}
# Where the table says more than the facts, on purpose: ids that the facts only call strings.
STRICTER = {("WhatsApp Numbers:Get Numbers", "ids"): {"format": "resource_id"}}
# No page is empty or comes before the first.
PAGING = {"size": {"min": 1}, "page": {"min": 0}}

CRITICAL = {
    "Chats:Set Chat Status",
    "Chats:Unassign Chat",
    "Chat Contacts:Upsert Contact Metadata",
    "Queue:Route Queue",
    "WhatsApp Numbers:Get Numbers",
    "WhatsApp session:Sync session",
}
WITH_ROWS = CRITICAL | {
    "Chats:Assign Chat",
    "Chats:Get Chat Details",
    "Chats:Get Chats",
    "Chat Contacts:Create Contact",
    "Chat Contacts:Get Contact Details",
    "Chat Contacts:Get Contacts",
    "Chat Contacts:Update Contact Metadata",
    "Queue:Get Queue Status",
    "WhatsApp Numbers:Get Number by ID",
}


def read_rows() -> Iterator[dict[str, Any]]:
    for path in sorted(TABLE.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("operation", [])


SHARED: dict[str, Any] = tomllib.loads((TABLE / "shared.toml").read_text(encoding="utf-8"))
FACTS: list[dict[str, Any]] = json.loads((HERE / "facts.json").read_text(encoding="utf-8"))
FACT_OF = {title: fact for fact in FACTS for title in fact["operations"]}
ROWS = {row["title"]: row for row in read_rows()}


def titles_without_row() -> set[str]:
    """Operations of the contract that the table does not have yet."""
    return set(FACT_OF) - set(ROWS)


def differences(row: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """All that a row says differently from its fact."""
    wanted = {"method": fact["method"], "path": fact["path"], **confidence(fact["confidence"])}
    found = {key: row.get(key, 0 if key == "sightings" else None) for key in wanted}
    return [
        *compare(row["title"], found, wanted),
        *answer_differences(row, fact),
        *parameter_differences(row, fact, "query"),
        *parameter_differences(row, fact, "body"),
    ]


def compare(place: str, found: object, wanted: object) -> list[str]:
    return [] if found == wanted else [f"{place}: the table says {found}, the contract {wanted}"]


def confidence(text: str) -> dict[str, Any]:
    """`seen in 2 public codebases`, as the table says it."""
    seen = re.fullmatch(r"seen in (\d+) public codebases?", text)
    if seen is None:
        assert text == "documented"
        return {"known": "documented", "sightings": 0}
    return {"known": "observed", "sightings": int(seen[1])}


def answer_differences(row: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """An answer that nobody has seen is called an object, and likely."""
    answer = row["answer"]
    if fact["answer"] == "unknown":
        return compare(f"{row['title']} answer", (answer["kind"], answer.get("known")), ("object", "assumed"))
    return compare(f"{row['title']} answer", answer["kind"], fact["answer"])


def parameter_differences(row: dict[str, Any], fact: dict[str, Any], place: str) -> list[str]:
    title = row["title"]
    found = {wire(one): from_row(one) for one in row.get("parameter", []) if where(one) == place}
    wanted = {name: from_fact(row, name, one) for name, one in fields(fact[place]).items()}
    names = sorted({*found, *wanted})
    return [line for name in names for line in compare(f"{title} {place} {name}", found.get(name), wanted.get(name))]


def where(parameter: dict[str, Any]) -> str:
    return "body" if parameter["where"] == "root" else str(parameter["where"])


def wire(parameter: dict[str, Any]) -> str:
    """Name on the wire; a body that is one bare array has none."""
    return "$root" if parameter["where"] == "root" else str(parameter.get("wire", parameter["name"]))


def fields(said: dict[str, Any]) -> dict[str, Any]:
    if "$root" not in said:
        return said
    return {"$root": {"type": said["$root"], "required": True, **{key: said[key] for key in LIMITS if key in said}}}


def from_row(parameter: dict[str, Any]) -> dict[str, Any]:
    limits = {key: parameter[key] for key in LIMITS.values() if key in parameter}
    return {"type": parameter["type"], "required": parameter.get("required", False), **limits}


def from_fact(row: dict[str, Any], name: str, said: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the contract in the words of the table, with what the table adds on purpose."""
    required = said.get("required", False)
    # A default of something that must be given is a form's first choice, not what the service does without it.
    limits = {ours: said[theirs] for theirs, ours in LIMITS.items() if theirs in said and not (required and theirs == "default")}
    form = {"format": "email"} if name.lower().endswith("email") else {}
    paging = PAGING.get(name, {}) if row.get("pages") else {}
    return {
        "type": TYPES[said["type"]],
        "required": required,
        **limits,
        **form,
        **paging,
        **STRICTER.get((row["title"], name), {}),
    }


@pytest.mark.parametrize("title", sorted(ROWS))
def test_row_says_what_the_contract_says(title: str) -> None:
    assert title in FACT_OF, "no such operation"
    assert differences(ROWS[title], FACT_OF[title]) == []


def change(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Sets `key`, or `parameter.key` of the first parameter, in a row."""

    def apply(row: dict[str, Any]) -> None:
        target = row["parameter"][0] if path.startswith("parameter.") else row
        target[path.removeprefix("parameter.")] = value

    return apply


@pytest.mark.parametrize(
    "spoil",
    [
        change("method", "POST"),
        change("path", "/chat/{device}/chats/{wid}/state"),
        change("known", "documented"),
        change("sightings", 3),
        change("answer", {"kind": "list"}),
        change("parameter", []),
        change("parameter.wire", "state"),
        change("parameter.type", "strings"),
        change("parameter.where", "query"),
        change("parameter.required", False),
        change("parameter.values", ["active", "pending", "resolved", "archived"]),
        change("parameter.max_length", 8),
        change("parameter.default", "active"),
        change("parameter.format", "resource_id"),
    ],
)
def test_a_spoiled_row_is_noticed(spoil: Callable[[dict[str, Any]], None]) -> None:
    title = "Chats:Set Chat Status"
    row = json.loads(json.dumps(ROWS[title]))
    spoil(row)
    assert differences(row, FACT_OF[title]) != []


def test_every_title_has_one_row_at_most() -> None:
    titles = [row["title"] for row in read_rows()]
    assert len(titles) == len(set(titles))


def test_metadata_limits() -> None:
    limits = SHARED["metadata"]
    for title in ("Chat Contacts:Upsert Contact Metadata", "Chat Contacts:Update Contact Metadata"):
        key, value = FACT_OF[title]["body"]["items"]["key"], FACT_OF[title]["body"]["items"]["value"]
        assert (limits["key_pattern"], limits["key_min"], limits["key_max"]) == (key["pattern"], key["minLen"], key["maxLen"])
        assert limits["value_max"] == value["maxLen"]


def test_facts_are_whole() -> None:
    assert len(FACTS) == len({(fact["method"], fact["path"]) for fact in FACTS}) == 136
    assert len(FACT_OF) == sum(len(fact["operations"]) for fact in FACTS) == 148
    assert {title for fact in FACTS if fact["critical"] for title in fact["operations"]} == CRITICAL


def test_operations_without_a_row() -> None:
    assert titles_without_row() == set(FACT_OF) - WITH_ROWS
