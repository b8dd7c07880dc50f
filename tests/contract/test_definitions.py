"""Holds the answers of the sandbox against the service's own definitions of its documents, both ways.

The definitions describe documents as the service stores them. Answers name some fields otherwise, show numbered states by
name, and show the id of a document that another one refers to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from tests.contract.definitions import (
    CAPTURED,
    DEFINITIONS,
    OF_SCHEMA,
    REASONS,
    REFERENCES,
    RENAMED,
    Document,
    always,
    definition_of,
    reason_for,
)
from tests.sample_arguments import DEVICE, fill, sandbox_calls

from sparkbot.operations import all_operations
from sparkbot.sandbox import Sandbox

OPERATIONS = {operation["name"]: operation for operation in all_operations() if definition_of(operation)}
SENDS = {name: sandbox_calls(operation) for name, operation in OPERATIONS.items() if name.startswith("send.")}
SCHEMAS = tomllib.loads((Path(__file__).parents[2] / "src" / "api" / "responses.toml").read_text(encoding="utf-8"))
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "datetime": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
MISSING = object()


@pytest.fixture(scope="module")
def answers(running: Sandbox) -> Callable[[str], list[Document]]:
    """Returns the documents of an operation: those of the built-in company, and those of a seed that gives the least."""
    return cache(lambda name: list(answers_of(running, OPERATIONS[name])))


def answers_of(sandbox: Sandbox, operation: dict[str, Any]) -> Iterator[Document]:
    changes = operation["method"] != "GET"
    prepare(sandbox, with_messages=not changes)
    for arguments in sandbox_calls(operation):
        if changes:
            prepare(sandbox)
        whole = {key: value for key, value in arguments.items() if key != "exclude"}
        answer = attrgetter(operation["name"])(sandbox.client(max_retries=0))(**whole)
        yield from answer if isinstance(answer, list) else [answer]


def prepare(sandbox: Sandbox, *, with_messages: bool = False) -> None:
    """Seeds the least of every document; `with_messages` sends a message of every kind, too."""
    sandbox.reset()
    fill(sandbox)
    for name, calls in SENDS.items() if with_messages else ():
        for arguments in calls:
            attrgetter(name)(sandbox.client(max_retries=0))(**arguments)
    sandbox.settle()


def fields(definition: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the paths of a definition as answers name them, with their facts."""
    for path, fact in DEFINITIONS[definition].items():
        captured = CAPTURED.get((definition, path))
        yield RENAMED.get((definition, path), path), captured or ({"type": fact} if isinstance(fact, str) else fact)


def value_at(document: Any, path: str) -> Any:
    for key in path.split("."):
        if not isinstance(document, dict) or key not in document:
            return MISSING
        document = document[key]
    return document


def problems(definition: str, document: Document) -> Iterator[str]:
    """Yields the fields of another type, and those that are missing without a reason."""
    for path, fact in fields(definition):
        value = value_at(document, path)
        if value is not MISSING and not fits(path, fact, value):
            yield f"{definition}.{path} is {value!r}, not {fact}"
        if value is MISSING and reason_for(definition, path, document) is None:
            yield f"{definition}.{path} is missing"


def fits(path: str, fact: dict[str, Any], value: Any) -> bool:
    """Whether a value is of the type of its definition; a state is shown by its name."""
    if "enum" in fact:
        return any(fnmatchcase(str(value), known) for known in fact["enum"])
    is_reference = fact["type"] == "object" and (path in REFERENCES or path.rpartition(".")[2] in REFERENCES)
    is_name = fact["type"] == "boolean" or not isinstance(value, bool)
    is_date = fact["type"] != "datetime" or DATE.fullmatch(str(value)) is not None
    return is_name and is_date and isinstance(value, TYPES[fact["type"]] + ((str,) if is_reference else ()))


Answers = Callable[[str], list[Document]]


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_answer_is_as_defined(name: str, answers: Answers) -> None:
    definition = definition_of(OPERATIONS[name])
    assert definition is not None
    assert sorted({line for document in answers(name) for line in problems(definition, document)}) == []


def test_every_reason_is_needed(answers: Answers) -> None:
    used = set()
    for name in OPERATIONS:
        definition = str(definition_of(OPERATIONS[name]))
        for document in answers(name):
            absent = (path for path, _ in fields(definition) if value_at(document, path) is MISSING)
            used |= {reason_for(definition, path, document) for path in absent}
    rows = {(definition, pattern, reason) for definition, table in REASONS.items() for pattern, reason, _ in table}
    assert rows - used == set()


@pytest.mark.parametrize("schema", sorted(OF_SCHEMA))
def test_response_type_names_every_defined_field(schema: str) -> None:
    rows = REASONS[OF_SCHEMA[schema]]
    unknown = [pattern for pattern, _, when in rows if when is always]
    defined = {path for path, _ in fields(OF_SCHEMA[schema]) if "." not in path}
    answered = {path for path in defined if not any(fnmatchcase(path, pattern) for pattern in unknown)}
    assert answered - set(SCHEMAS[schema]["fields"]) == set()


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("metrics", {}, "device.metrics.unreadChats is missing"),
        ("metrics", {"unreadChats": "3"}, "device.metrics.unreadChats is '3', not {'type': 'number'}"),
        ("createdAt", "today", ""),
        ("status", "working", "device.status is 'working'"),
        ("session", {"lastSyncAt": "today"}, "device.session.lastSyncAt is 'today'"),
        ("settings", {"autoRemove": {"enabled": 0}}, "device.settings.autoRemove.enabled is 0"),
        ("user", ["me"], "device.user is ['me']"),
    ],
)
def test_change_of_an_answer_is_detected(path: str, value: object, problem: str, running: Sandbox) -> None:
    running.reset()
    fill(running)
    device = running.client().devices.get(DEVICE) | {path: value}
    found = [line for line in problems("device", device) if line.startswith(problem)]
    assert (found != []) == (problem != "" or list(problems("device", device)) != [])
