"""Calls every operation on the sandbox, with the fewest arguments and with all: it answers, and with what the row declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparkbot.binary import Binary
from sparkbot.operations import all_operations
from sparkbot.sandbox import Sandbox
from tests.sandbox_values import ALONE, BY_NAME, BY_OPERATION, MORE_CALLS, calls, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot import Client

    Row = dict[str, Any]
    Arguments = dict[str, Any]

ROWS: dict[str, Row] = {row["name"]: row for row in all_operations() if row["method"]}
LISTS = {name for name, row in ROWS.items() if row["answer"]["kind"] == "list"}
# The log of a webhook that was told nothing, as calls here are told to nobody; tests/sandbox/test_webhooks.py fills it.
EMPTY = {"webhooks.list_logs"}
KINDS = {"object": dict, "list": list, "bytes": Binary}
SUCCESS = range(200, 300)


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def client(running: Sandbox) -> Iterator[Client]:
    with running.client(retry=1) as client:
        yield client


def call(sandbox: Sandbox, client: Client, row: Row, arguments: Arguments) -> Any:
    """The answer of a sandbox that holds nothing but what it started with and what the arguments name."""
    sandbox.reset()
    fill(sandbox)
    resource, _, name = row["name"].partition(".")
    return getattr(getattr(client, resource), name)(**arguments)


def journal_name(row: Row, arguments: Arguments) -> str:
    """A text or file with a time to send it is the request that `send.scheduled` makes."""
    is_scheduled = row["name"] in {"send.text", "send.media"} and "deliver_at" in arguments
    return "send.scheduled" if is_scheduled else str(row["name"])


def test_every_operation_is_called() -> None:
    assert len(ROWS) == 147


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_sandbox_answers(name: str, running: Sandbox, client: Client) -> None:
    row = ROWS[name]
    for arguments in calls(row):
        answer = call(running, client, row, arguments)
        assert isinstance(answer, KINDS[row["answer"]["kind"]])
        (request,) = running.requests
        assert request["operation"] == journal_name(row, arguments)
        assert request["status"] in SUCCESS
        assert request["unknown_query"] == []


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_that_is_not_filtered_holds_something(name: str, running: Sandbox, client: Client) -> None:
    answer = call(running, client, ROWS[name], calls(ROWS[name])[0])
    assert (answer == []) == (name in EMPTY)


def test_the_calls_give_every_argument() -> None:
    """What is sent is the whole of the table of operations, and the tables here name nothing that is not in it."""
    for row in ROWS.values():
        assert {name for arguments in calls(row) for name in arguments} == names(row)
    every_name = {name for row in ROWS.values() for name in names(row)}
    assert set(BY_NAME) <= every_name
    tables = [*BY_OPERATION.items(), *((name, {own: None}) for name, own in ALONE.items())]
    tables += [(name, arguments) for name, more in MORE_CALLS.items() for arguments in more]
    for name, arguments in tables:
        assert set(arguments) <= names(ROWS[name])


def names(row: Row) -> set[str]:
    return {one["name"] for one in row["parameters"]}
