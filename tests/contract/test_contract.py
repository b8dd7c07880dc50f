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
from tests.contract.facts import FACT_OF, FACTS, FREE, LEFT_OUT, of_fact, said

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "src" / "api"

# What the table calls the types and limits of the facts.
TYPES = {
    "string": "string",
    "csv": "string_list",
    "array<string>": "string_list",
    "array<number>": "number_list",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "datetime": "datetime",
    "object": "object",
    "array<object>": "object_list",
    "array<contact>": "object_list",
    "array<{key,value}>": "metadata",
    "file": "file",
}
LIMITS = {
    "enum": "enum",
    "default": "default",
    "min": "min",
    "max": "max",
    "minLen": "min_length",
    "maxLen": "max_length",
    "minItems": "min_items",
    "maxItems": "max_items",
    "form": "format",
    "onlyTrue": "skip_if_false",
}
RESOURCE_ID = {"format": "resource_id"}
# Names whose values have a form that the facts only tell in a note.
FORMS = {"email": "email", "timezone": "time_zone", "duration": "duration", "url": "web_address"}
NOT_EMPTY = {"min_items": 1}
# Where the table says something else than the facts, on purpose.
ON_PURPOSE: dict[tuple[str, str], dict[str, Any]] = {
    # Ids that the facts only call strings.
    ("WhatsApp Numbers:Get Numbers", "ids"): RESOURCE_ID,
    ("Chats:Bulk Update Chats", "params.agent"): RESOURCE_ID,
    ("Chats:Bulk Update Chats", "params.department"): RESOURCE_ID,
    ("Team:Revoke Device Access", "assign"): RESOURCE_ID,
    ("Chat Contacts:Bulk Create Contacts", "$root.phone"): {"format": "phone"},
    # Calls that do nothing with an empty list.
    ("Groups:Add Participants", "participants"): NOT_EMPTY,
    ("Groups:Update Participants", "participants"): NOT_EMPTY,
    ("Other:Validate phone numbers", "numbers"): NOT_EMPTY,
    ("Send messages:Send votes in a poll", "vote.options"): {"required": True, **NOT_EMPTY},
    # A file is given by its address or as it is.
    ("Files:Upload File", "url"): {"required": False},
    ("Channels:Update Channel", "image"): {"format": "web_address"},
    # Links that are read for the code in them.
    ("Groups:Join Group", "url"): {"format": None},
    ("Channels:Join Channel", "url"): {"format": None},
    # There is no other way to say which one is meant.
    ("Quick replies:Update Quick Reply", "id"): {"required": True},
}
# A change leaves alone what is not given: the facts name what a form shows first.
WITHOUT_DEFAULTS = {"Chat Contacts:Update Contact"}
# Answers that nobody has seen, of calls that list something.
LIKELY_LISTS = {"Groups:Get Pending Members", "Channels:Search Channels"}
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


def read_rows() -> Iterator[dict[str, Any]]:
    for path in sorted((TABLE / "operations").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("operation", []):
            shared = [parameter for group in row.get("groups", []) for parameter in SHARED["group"][group]]
            yield {**row, "parameter": [*row.get("parameter", []), *shared]}


SHARED: dict[str, Any] = tomllib.loads((TABLE / "common.toml").read_text(encoding="utf-8"))
ROWS = {row["title"]: row for row in read_rows()}


def differences(row: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """All that a row says differently from its fact."""
    wanted = {"method": fact["method"], "path": fact["path"], **confidence(fact["confidence"])}
    found = {key: row.get(key, 0 if key == "observed_count" else None) for key in wanted}
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
        return {"confidence": "documented", "observed_count": 0}
    return {"confidence": "observed", "observed_count": int(seen[1])}


def answer_differences(row: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """An answer that nobody has seen is called an object, and likely."""
    answer, title = row["response"], row["title"]
    if fact["answer"] == "unknown":
        kind = "list" if title in LIKELY_LISTS else "object"
        return compare(f"{title} answer", (answer["kind"], answer.get("confidence")), (kind, "assumed"))
    return compare(f"{title} answer", answer["kind"], fact["answer"])


def parameter_differences(row: dict[str, Any], fact: dict[str, Any], place: str) -> list[str]:
    title = row["title"]
    found = {name: from_row(one) for name, one in of_row(row["parameter"], place).items()}
    known = {name: one for name, one in of_fact(said(fact, title, place)).items() if not taken_apart(name, one, found)}
    wanted = {name: from_fact(row, name, one) for name, one in known.items() if (title, place, name) not in LEFT_OUT}
    names = sorted({*found, *wanted})
    return [line for name in names for line in compare(f"{title} {place} {name}", found.get(name), wanted.get(name))]


def of_row(parameters: list[dict[str, Any]], place: str) -> dict[str, dict[str, Any]]:
    """Parameters in a place, with the fields in them, by where they stand on the wire."""
    return {
        name: one
        for parameter in parameters
        if ("body" if parameter["in"] == "payload" else parameter["in"]) == place
        for name, one in with_fields("$root" if parameter["in"] == "payload" else wire(parameter), parameter).items()
    }


def with_fields(name: str, parameter: dict[str, Any]) -> dict[str, dict[str, Any]]:
    inner = [with_fields(f"{name}.{wire(field)}", field) for field in parameter.get("fields", [])]
    return {name: parameter, **{key: one for fields in inner for key, one in fields.items()}}


def wire(parameter: dict[str, Any]) -> str:
    return str(parameter.get("wire_name", parameter["name"]))


def taken_apart(name: str, fact: dict[str, Any], found: dict[str, Any]) -> bool:
    """An object whose fields are arguments of their own."""
    return fact["type"] == "object" and name not in found and any(other.startswith(f"{name}.") for other in found)


def from_row(parameter: dict[str, Any]) -> dict[str, Any]:
    limits = {key: parameter[key] for key in LIMITS.values() if key in parameter}
    return {"type": parameter["type"], "required": parameter.get("required", False), **limits}


def from_fact(row: dict[str, Any], name: str, fact: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the contract in the words of the table, with what the table adds on purpose."""
    required = fact.get("required", False)
    # A default of something that must be given is a form's first choice, not what the service does without it.
    dropped = {"default"} if required or row["title"] in WITHOUT_DEFAULTS else set()
    limits = {ours: fact[theirs] for theirs, ours in LIMITS.items() if theirs in fact and theirs not in dropped}
    form = {"format": FORMS[last]} if (last := last_word(name)) in FORMS and fact["type"] == "string" else {}
    paging = PAGING.get(name, {}) if row.get("paginated") else {}
    # An empty list could mean everything.
    filled = NOT_EMPTY if row["method"] == "DELETE" and fact["type"].startswith("array<") else {}
    changed = ON_PURPOSE.get((row["title"], name), {})
    made = {"type": TYPES[fact["type"]], "required": required, **form, **paging, **filled, **limits, **changed}
    return {key: value for key, value in made.items() if value is not None}


def last_word(name: str) -> str:
    """`email` of `companyEmail`, `url` of `media.url`."""
    return re.split(r"\.|(?=[A-Z])", name)[-1].lower()


@pytest.mark.parametrize("title", sorted(ROWS))
def test_operation_matches_the_contract(title: str) -> None:
    assert title in FACT_OF, "no such operation"
    assert differences(ROWS[title], FACT_OF[title]) == []


def change(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Sets `key`, `parameter.key` of the first parameter, or `field.key` of the first field in any, in a row."""

    def apply(row: dict[str, Any]) -> None:
        place, _, key = path.rpartition(".")
        fields = [field for parameter in row["parameter"] for field in parameter.get("fields", [])]
        target = {"": [row], "parameter": row["parameter"], "field": fields}[place][0]
        target[key] = value

    return apply


@pytest.mark.parametrize(
    "spoil",
    [
        change("method", "POST"),
        change("path", "/chat/{device}/chats/{wid}/state"),
        change("confidence", "documented"),
        change("observed_count", 3),
        change("response", {"kind": "list"}),
        change("parameter", []),
        change("parameter.wire_name", "state"),
        change("parameter.type", "string_list"),
        change("parameter.in", "query"),
        change("parameter.required", False),
        change("parameter.enum", ["active", "pending", "resolved", "archived"]),
        change("parameter.max_length", 8),
        change("parameter.default", "active"),
        change("parameter.format", "resource_id"),
    ],
)
def test_modified_operation_is_detected(spoil: Callable[[dict[str, Any]], None]) -> None:
    title = "Chats:Set Chat Status"
    row = json.loads(json.dumps(ROWS[title]))
    spoil(row)
    assert differences(row, FACT_OF[title]) != []


@pytest.mark.parametrize(
    ("title", "spoil"),
    [
        ("Groups:Create Group", change("field.type", "integer")),
        ("Groups:Create Group", change("field.wire_name", "change")),
        ("Groups:Create Group", change("field.enum", ["all"])),
        ("Groups:Create Group", change("field.required", True)),
        ("Groups:Create Group", change("field.max_length", 8)),
        ("Send messages:Send text message", change("field.enum", ["chat:assign"])),
        ("Send messages:Send text message", change("parameter.required", False)),
        ("Send messages:Send poll message", change("parameter.wire_name", "poll.title")),
        ("Send messages:Send poll message", change("parameter.wire_name", "name")),
        ("Send messages:Send meeting confirmation", change("parameter.wire_name", "confirm.event")),
        ("Send messages:Send contacts", change("field.min_length", 7)),
        ("Send messages:Delete votes in a poll", change("parameter.wire_name", "vote.options")),
        ("Chat Contacts:Bulk Create Contacts", change("field.format", "email")),
        ("WhatsApp session:Reset session", change("parameter.skip_if_false", False)),
        ("Files:Download File", change("response", {"kind": "object"})),
        ("Files:Upload File", change("parameter.type", "string")),
    ],
)
def test_modified_field_is_detected(title: str, spoil: Callable[[dict[str, Any]], None]) -> None:
    row = json.loads(json.dumps(ROWS[title]))
    spoil(row)
    assert differences(row, FACT_OF[title]) != []


def test_every_title_but_one_has_one_operation() -> None:
    titles = [row["title"] for row in read_rows()]
    assert len(titles) == len(set(titles)) == 147
    assert set(FACT_OF) - set(titles) == {FREE}


def test_message_has_exactly_one_receiver() -> None:
    sends = [row for title, row in ROWS.items() if title.startswith("Send messages:")]
    assert len(sends) == 13
    for row in sends:
        assert row["exactly_one_of"][0] == ["phone", "group", "channel", "chat"]
        assert row["idempotent"] is False
        assert row["deny_unknown_fields"] is True


def test_clearing_votes_sends_an_empty_list() -> None:
    votes = ROWS["Send messages:Delete votes in a poll"]
    assert votes["const_fields"] == {"vote.options": []}
    assert all("const_fields" not in row for row in ROWS.values() if row is not votes)


def test_metadata_limits() -> None:
    limits = SHARED["metadata"]
    for title in ("Chat Contacts:Upsert Contact Metadata", "Chat Contacts:Update Contact Metadata"):
        key, value = FACT_OF[title]["body"]["items"]["key"], FACT_OF[title]["body"]["items"]["value"]
        assert (limits["key_pattern"], limits["key_min"], limits["key_max"]) == (key["pattern"], key["minLen"], key["maxLen"])
        assert limits["value_max"] == value["maxLen"]


def test_facts_are_complete() -> None:
    assert len(FACTS) == len({(fact["method"], fact["path"]) for fact in FACTS}) == 136
    assert len(FACT_OF) == sum(len(fact["operations"]) for fact in FACTS) == 148
    assert {title for fact in FACTS if fact["critical"] for title in fact["operations"]} == CRITICAL
