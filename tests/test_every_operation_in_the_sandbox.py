"""Calls every title on the sandbox with both clients, with the fewest arguments and with all: it answers what it declares."""

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
# Calls that are refused a second time.
MAKING = {name for name in ROWS if name.endswith(".create")} | {"files.upload"}
SUCCESS = range(200, 300)
DOCUMENT = document()


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(params=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "awaited")


def answers(sandbox: Sandbox, method: str, sets: Sequence[Arguments], *, awaited: bool) -> list[tuple[Any, Row]]:
    """What each call answers, of a sandbox that has what the arguments name, with the request that it made."""
    sandbox.reset()

    async def all_awaited() -> list[Any]:
        async with sandbox.async_client(max_retries=0) as client:
            return [(await prepared(sandbox, client, method)(**arguments), noted(sandbox)) for arguments in sets]

    if awaited:
        return asyncio.run(all_awaited())
    with sandbox.client(max_retries=0) as client:
        return [(prepared(sandbox, client, method)(**arguments), noted(sandbox)) for arguments in sets]


def prepared(sandbox: Sandbox, client: Any, method: str) -> Callable[..., Any]:
    """The method, once the sandbox has again what earlier calls took away, and no longer what they made."""
    if method in MAKING:
        sandbox.reset()
    fill(sandbox)
    for name in method.split("."):
        client = getattr(client, name)
    return client  # type: ignore[no-any-return]


def noted(sandbox: Sandbox) -> Row:
    return sandbox.requests[-1]


def journal_name(row: Row, arguments: Arguments) -> str:
    """A text or file with a time to send it is the request that `send.scheduled` makes."""
    is_scheduled = row["name"] in {"send.text", "send.media"} and "deliver_at" in arguments
    return "send.scheduled" if is_scheduled else str(row["name"])


def test_every_operation_is_called() -> None:
    assert len(ROWS) == 147


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_sandbox_answers(name: str, running: Sandbox, awaited: bool) -> None:
    row, sets = ROWS[name], calls(ROWS[name])
    for arguments, (answer, request) in zip(sets, answers(running, name, sets, awaited=awaited), strict=True):
        assert isinstance(answer, KINDS[row["response"]["kind"]])
        assert_in_the_document(row, answer)
        assert request["operation"] == journal_name(row, arguments)
        assert request["status"] in SUCCESS
        assert request["unknown_query"] == []
    assert len(running.requests) == (1 if name in MAKING else len(sets))


def assert_in_the_document(row: Row, answer: Any) -> None:
    """What the exported OpenAPI document says of the answer holds for it."""
    content = DOCUMENT["paths"][row["path"]][row["method"].lower()]["responses"]["2XX"]["content"]
    if row["response"]["kind"] == "bytes":
        assert content == {"*/*": {}}
        return
    schema = content["application/json"]["schema"] | {"components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_that_is_not_filtered_holds_something(name: str, running: Sandbox) -> None:
    ((answer, _),) = answers(running, name, calls(ROWS[name])[:1], awaited=False)
    assert (answer == []) == (name in EMPTY)


def test_any_request_is_answered(running: Sandbox, awaited: bool) -> None:
    """The 148th title: with the fewest arguments and with all, and whatever is answered."""
    sets: list[Arguments] = [
        {"method": "GET", "path": "/devices"},
        {"method": "GET", "path": "/devices", "query": {"size": 1, "page": 0}, "options": {"timeout": 5}},
        {"method": "PATCH", "path": f"/devices/{DEVICE}", "json": {"alias": "Desk"}},
    ]
    called = answers(running, FREE, sets, awaited=awaited)
    devices, page, device = (answer for answer, _ in called)
    assert len(devices) > len(page) == 1
    assert (device["id"], device["alias"]) == (DEVICE, "Desk")
    assert [request["operation"] for _, request in called] == ["devices.list", "devices.list", "devices.update"]


def test_the_calls_give_every_argument() -> None:
    """What is sent is the whole of the table of operations, and the tables here name nothing that is not in it."""
    for row in ROWS.values():
        assert {name for arguments in calls(row) for name in arguments} == names(row)
    every_name = {name for row in ROWS.values() for name in names(row)}
    assert set(BY_NAME) <= every_name
    tables = [*BY_OPERATION.items(), *((name, arguments) for name, more in MORE_CALLS.items() for arguments in more)]
    for name, arguments in tables:
        assert set(arguments) <= names(ROWS[name])


def names(row: Row) -> set[str]:
    return {one["name"] for one in row["parameters"]}
