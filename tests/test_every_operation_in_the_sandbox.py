"""Calls every operation on the sandbox with both clients, with the fewest arguments and with all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from sparkbot.openapi import document
from sparkbot.operations import all_operations
from sparkbot.response import Binary
from sparkbot.sandbox import Sandbox
from tests.sandbox_arguments import BY_NAME, BY_OPERATION, DEVICE, MORE_CALLS, calls, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Row = dict[str, Any]
    Arguments = dict[str, Any]

FREE = "request"
ROWS: dict[str, Row] = {row["name"]: row for row in all_operations() if row["name"] != FREE}
LISTS = {name for name, row in ROWS.items() if row["response"]["kind"] == "list"}
# The delivery log is empty, because no webhook is registered here; tests/sandbox/test_webhooks.py covers it.
EMPTY = {"webhooks.list_logs"}
KINDS = {"object": dict, "list": list, "bytes": Binary}
# Calls that are a conflict when repeated.
CREATING = {name for name in ROWS if name.endswith(".create")} | {"files.upload"}
SUCCESS = range(200, 300)
DOCUMENT = document()


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(params=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "awaited")


def call_all(sandbox: Sandbox, method: str, sets: Sequence[Arguments], *, awaited: bool) -> list[tuple[Any, Row]]:
    """Make each call on a sandbox with the documents that the arguments name; return response and logged request."""
    sandbox.reset()

    async def all_awaited() -> list[Any]:
        async with sandbox.async_client(max_retries=0) as client:
            return [(await prepared(sandbox, client, method)(**arguments), last_request(sandbox)) for arguments in sets]

    if awaited:
        return asyncio.run(all_awaited())
    with sandbox.client(max_retries=0) as client:
        return [(prepared(sandbox, client, method)(**arguments), last_request(sandbox)) for arguments in sets]


def prepared(sandbox: Sandbox, client: Any, method: str) -> Callable[..., Any]:
    """Return the method, after restoring what earlier calls deleted and removing what they created."""
    if method in CREATING:
        sandbox.reset()
    fill(sandbox)
    for name in method.split("."):
        client = getattr(client, name)
    return client  # type: ignore[no-any-return]


def last_request(sandbox: Sandbox) -> Row:
    return sandbox.requests[-1]


def logged_operation(row: Row, arguments: Arguments) -> str:
    """Return the operation that is logged: a text or file with a delivery date is `send.scheduled`."""
    is_scheduled = row["name"] in {"send.text", "send.media"} and "deliver_at" in arguments
    return "send.scheduled" if is_scheduled else str(row["name"])


def test_every_operation_is_called() -> None:
    assert len(ROWS) == 147


@pytest.mark.parametrize("name", sorted(ROWS))
def test_operation_returns_its_declared_response(name: str, running: Sandbox, awaited: bool) -> None:
    row, sets = ROWS[name], calls(ROWS[name])
    for arguments, (answer, request) in zip(sets, call_all(running, name, sets, awaited=awaited), strict=True):
        assert isinstance(answer, KINDS[row["response"]["kind"]])
        assert_matches_schema(row, answer)
        assert request["operation"] == logged_operation(row, arguments)
        assert request["status"] in SUCCESS
        assert request["unknown_query"] == []
    assert len(running.requests) == (1 if name in CREATING else len(sets))


def assert_matches_schema(row: Row, answer: Any) -> None:
    """Validate the response against the exported OpenAPI document."""
    content = DOCUMENT["paths"][row["path"]][row["method"].lower()]["responses"]["2XX"]["content"]
    if row["response"]["kind"] == "bytes":
        assert content == {"*/*": {}}
        return
    schema = content["application/json"]["schema"] | {"components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_unfiltered_list_is_not_empty(name: str, running: Sandbox) -> None:
    ((answer, _),) = call_all(running, name, calls(ROWS[name])[:1], awaited=False)
    assert (answer == []) == (name in EMPTY)


def test_generic_request(running: Sandbox, awaited: bool) -> None:
    """`client.request`, with the fewest arguments and with all."""
    sets: list[Arguments] = [
        {"method": "GET", "path": "/devices"},
        {"method": "GET", "path": "/devices", "query": {"size": 1, "page": 0}, "options": {"timeout": 5}},
        {"method": "PATCH", "path": f"/devices/{DEVICE}", "json": {"alias": "Desk"}},
    ]
    called = call_all(running, FREE, sets, awaited=awaited)
    devices, page, device = (answer for answer, _ in called)
    assert len(devices) > len(page) == 1
    assert (device["id"], device["alias"]) == (DEVICE, "Desk")
    assert [request["operation"] for _, request in called] == ["devices.list", "devices.list", "devices.update"]


def test_calls_use_every_argument() -> None:
    """The calls use every argument of the API model, and no others."""
    for row in ROWS.values():
        assert {name for arguments in calls(row) for name in arguments} == names(row)
    every_name = {name for row in ROWS.values() for name in names(row)}
    assert set(BY_NAME) <= every_name
    tables = [*BY_OPERATION.items(), *((name, arguments) for name, more in MORE_CALLS.items() for arguments in more)]
    for name, arguments in tables:
        assert set(arguments) <= names(ROWS[name])


def names(row: Row) -> set[str]:
    return {one["name"] for one in row["parameters"]}
