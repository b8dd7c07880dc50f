"""Compares every operation of src/api with the known facts of the service's contract.

Client and sandbox use the same API model, so an error in it would pass their common tests. The facts were collected
separately, with one entry per method and path.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.facts import CUSTOM_REQUEST, DUPLICATES, FACT_OF, FACTS, facts_at, flatten_fact

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "src" / "api"

# The API model's names for the types and limits of the facts.
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
# Names whose format the facts mention only in a note.
FORMS = {"email": "email", "timezone": "time_zone", "duration": "duration", "url": "web_address"}
NOT_EMPTY = {"min_items": 1}
# Intended differences between the API model and the facts.
INTENDED: dict[tuple[str, str], dict[str, Any]] = {
    # Ids that the facts call strings.
    ("WhatsApp Numbers:Get Numbers", "ids"): RESOURCE_ID,
    ("Chats:Bulk Update Chats", "params.agent"): RESOURCE_ID,
    ("Chats:Bulk Update Chats", "params.department"): RESOURCE_ID,
    ("Team:Revoke Device Access", "assign"): RESOURCE_ID,
    ("Chat Contacts:Bulk Create Contacts", "$root.phone"): {"format": "phone"},
    # Calls that have no effect with an empty list.
    ("Groups:Add Participants", "participants"): NOT_EMPTY,
    ("Groups:Update Participants", "participants"): NOT_EMPTY,
    ("Other:Validate phone numbers", "numbers"): NOT_EMPTY,
    ("Send messages:Send votes in a poll", "vote.options"): {"required": True, **NOT_EMPTY},
    # A file is given by its address or its content.
    ("Files:Upload File", "url"): {"required": False},
    ("Channels:Update Channel", "image"): {"format": "web_address"},
    # Links that contain a code.
    ("Groups:Join Group", "url"): {"format": None},
    ("Channels:Join Channel", "url"): {"format": None},
    # Nothing else identifies the document.
    ("Quick replies:Update Quick Reply", "id"): {"required": True},
}
# An update does not change what is not given; the facts name the first choice of a form.
WITHOUT_DEFAULTS = {"Chat Contacts:Update Contact"}
# Unknown responses of calls that list something.
LIKELY_LISTS = {"Groups:Get Pending Members", "Channels:Search Channels"}
# Pages have at least one item, and start at 0.
PAGING = {"size": {"min": 1}, "page": {"min": 0}}

CRITICAL = {
    "Chats:Set Chat Status",
    "Chats:Unassign Chat",
    "Chat Contacts:Upsert Contact Metadata",
    "Queue:Route Queue",
    "WhatsApp Numbers:Get Numbers",
    "WhatsApp session:Sync session",
}


def read_operations() -> Iterator[dict[str, Any]]:
    for path in sorted((TABLE / "operations").glob("*.toml")):
        for operation in tomllib.loads(path.read_text(encoding="utf-8")).get("operation", []):
            shared = [parameter for group in operation.get("groups", []) for parameter in COMMON["group"][group]]
            yield {**operation, "parameter": [*operation.get("parameter", []), *shared]}


COMMON: dict[str, Any] = tomllib.loads((TABLE / "common.toml").read_text(encoding="utf-8"))
# Operations outside the contract, with the requests that public clients send.
EXTRA = {"Team:Get Own Account": ("GET", "/me")}
ALL_OPERATIONS = {operation["title"]: operation for operation in read_operations()}
OPERATIONS = {title: operation for title, operation in ALL_OPERATIONS.items() if title not in EXTRA}


def differences(operation: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """Returns all differences between an operation and its fact."""
    expected_values = {"method": fact["method"], "path": fact["path"], **confidence(fact["confidence"])}
    actual = {key: operation.get(key, 0 if key == "observed_count" else None) for key in expected_values}
    return [
        *compare(operation["title"], actual, expected_values),
        *response_differences(operation, fact),
        *parameter_differences(operation, fact, "query"),
        *parameter_differences(operation, fact, "body"),
    ]


def compare(location: str, actual: object, expected: object) -> list[str]:
    return [] if actual == expected else [f"{location}: the API model has {actual}, the contract {expected}"]


def confidence(text: str) -> dict[str, Any]:
    """Parses `seen in 2 public codebases`."""
    seen = re.fullmatch(r"seen in (\d+) public codebases?", text)
    if seen is None:
        assert text == "documented"
        return {"confidence": "documented", "observed_count": 0}
    return {"confidence": "observed", "observed_count": int(seen[1])}


def response_differences(operation: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    """An unknown response must be an assumed object."""
    response, title = operation["response"], operation["title"]
    if fact["response"] == "unknown":
        kind = "list" if title in LIKELY_LISTS else "object"
        return compare(f"{title} response", (response["kind"], response.get("confidence")), (kind, "assumed"))
    return compare(f"{title} response", response["kind"], fact["response"])


def parameter_differences(operation: dict[str, Any], fact: dict[str, Any], location: str) -> list[str]:
    title = operation["title"]
    actual = {name: declared(parameter) for name, parameter in parameters_at(operation["parameter"], location).items()}
    known = flatten_fact(facts_at(fact, title, location))
    expected_values = {
        name: expected(operation, name, parameter)
        for name, parameter in known.items()
        if (title, location, name) not in DUPLICATES and not is_flattened(name, parameter, actual)
    }
    names = sorted({*actual, *expected_values})
    return [line for name in names for line in compare(f"{title} {location} {name}", actual.get(name), expected_values.get(name))]


def parameters_at(parameters: list[dict[str, Any]], location: str) -> dict[str, dict[str, Any]]:
    """Returns the parameters in a location and their fields, by wire path."""
    return {
        name: field
        for parameter in parameters
        if ("body" if parameter["in"] == "payload" else parameter["in"]) == location
        for name, field in with_fields("$root" if parameter["in"] == "payload" else wire(parameter), parameter).items()
    }


def with_fields(name: str, parameter: dict[str, Any]) -> dict[str, dict[str, Any]]:
    inner = [with_fields(f"{name}.{wire(field)}", field) for field in parameter.get("fields", [])]
    return {name: parameter, **{key: value for fields in inner for key, value in fields.items()}}


def wire(parameter: dict[str, Any]) -> str:
    return str(parameter.get("wire_name", parameter["name"]))


def is_flattened(name: str, fact: dict[str, Any], actual: dict[str, Any]) -> bool:
    """Whether the fields of an object are separate arguments."""
    return fact["type"] == "object" and name not in actual and any(other.startswith(f"{name}.") for other in actual)


def declared(parameter: dict[str, Any]) -> dict[str, Any]:
    limits = {key: parameter[key] for key in LIMITS.values() if key in parameter}
    return {"type": parameter["type"], "required": parameter.get("required", False), **limits}


def expected(operation: dict[str, Any], name: str, fact: dict[str, Any]) -> dict[str, Any]:
    """Returns a parameter of the contract as the API model declares it, with the intended differences."""
    required = fact.get("required", False)
    # The default of a required parameter is the first choice of a form, not a default of the service.
    dropped = {"default"} if required or operation["title"] in WITHOUT_DEFAULTS else set()
    limits = {ours: fact[theirs] for theirs, ours in LIMITS.items() if theirs in fact and theirs not in dropped}
    form = {"format": FORMS[last]} if (last := last_word(name)) in FORMS and fact["type"] == "string" else {}
    paging = PAGING.get(name, {}) if operation.get("paginated") else {}
    # An empty list could select everything.
    filled = NOT_EMPTY if operation["method"] == "DELETE" and fact["type"].startswith("array<") else {}
    changed = INTENDED.get((operation["title"], name), {})
    parameter = {"type": TYPES[fact["type"]], "required": required, **form, **paging, **filled, **limits, **changed}
    return {key: value for key, value in parameter.items() if value is not None}


def last_word(name: str) -> str:
    """`email` of `companyEmail`, `url` of `media.url`."""
    return re.split(r"\.|(?=[A-Z])", name)[-1].lower()


@pytest.mark.parametrize("title", sorted(OPERATIONS))
def test_operation_matches_the_contract(title: str) -> None:
    assert title in FACT_OF, "no such operation"
    assert differences(OPERATIONS[title], FACT_OF[title]) == []


SET_STATUS = "Chats:Set Chat Status"


def change(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Returns a function that sets `key`, `parameter.key` of the first parameter, or `field.key` of the first field."""

    def apply(operation: dict[str, Any]) -> None:
        location, _, key = path.rpartition(".")
        fields = [field for parameter in operation["parameter"] for field in parameter.get("fields", [])]
        target = {"": [operation], "parameter": operation["parameter"], "field": fields}[location][0]
        target[key] = value

    return apply


@pytest.mark.parametrize(
    ("title", "change_operation"),
    [
        (SET_STATUS, change("method", "POST")),
        (SET_STATUS, change("path", "/chat/{device}/chats/{wid}/state")),
        (SET_STATUS, change("confidence", "documented")),
        (SET_STATUS, change("observed_count", 3)),
        (SET_STATUS, change("response", {"kind": "list"})),
        (SET_STATUS, change("parameter", [])),
        (SET_STATUS, change("parameter.wire_name", "state")),
        (SET_STATUS, change("parameter.type", "string_list")),
        (SET_STATUS, change("parameter.in", "query")),
        (SET_STATUS, change("parameter.required", False)),
        (SET_STATUS, change("parameter.enum", ["active", "pending", "resolved", "archived"])),
        (SET_STATUS, change("parameter.max_length", 8)),
        (SET_STATUS, change("parameter.default", "active")),
        (SET_STATUS, change("parameter.format", "resource_id")),
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
def test_modified_operation_is_detected(title: str, change_operation: Callable[[dict[str, Any]], None]) -> None:
    operation = json.loads(json.dumps(OPERATIONS[title]))
    change_operation(operation)
    assert differences(operation, FACT_OF[title]) != []


def test_every_title_but_one_has_one_operation() -> None:
    titles = [operation["title"] for operation in read_operations() if operation["title"] not in EXTRA]
    assert len(titles) == len(set(titles)) == 147
    assert set(FACT_OF) - set(titles) == {CUSTOM_REQUEST}


@pytest.mark.parametrize("title", sorted(EXTRA))
def test_extra_operation_is_assumed(title: str) -> None:
    operation = ALL_OPERATIONS[title]
    assert (operation["method"], operation["path"], operation["confidence"]) == (*EXTRA[title], "assumed")
    assert title not in FACT_OF


def test_message_has_exactly_one_receiver() -> None:
    sends = [operation for title, operation in OPERATIONS.items() if title.startswith("Send messages:")]
    assert len(sends) == 13
    for operation in sends:
        assert operation["exactly_one_of"][0] == ["phone", "group", "channel", "chat"]
        assert operation["idempotent"] is False
        assert operation["deny_unknown_fields"] is True


def test_clear_vote_sends_an_empty_list() -> None:
    votes = OPERATIONS["Send messages:Delete votes in a poll"]
    assert votes["const_fields"] == {"vote.options": []}
    assert all("const_fields" not in operation for operation in OPERATIONS.values() if operation is not votes)


def test_metadata_limits() -> None:
    limits = COMMON["metadata"]
    for title in ("Chat Contacts:Upsert Contact Metadata", "Chat Contacts:Update Contact Metadata"):
        key, value = FACT_OF[title]["body"]["items"]["key"], FACT_OF[title]["body"]["items"]["value"]
        assert (limits["key_pattern"], limits["key_min"], limits["key_max"]) == (key["pattern"], key["minLen"], key["maxLen"])
        assert limits["value_max"] == value["maxLen"]


def test_facts_are_complete() -> None:
    assert len(FACTS) == len({(fact["method"], fact["path"]) for fact in FACTS}) == 136
    assert len(FACT_OF) == sum(len(fact["operations"]) for fact in FACTS) == 148
    assert {title for fact in FACTS if fact["critical"] for title in fact["operations"]} == CRITICAL
