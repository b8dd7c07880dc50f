"""Calls every operation on the sandbox with both clients, with the fewest arguments and with all."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from sparkbot import errors
from sparkbot.openapi import document
from sparkbot.operations import all_operations
from sparkbot.response import Binary
from sparkbot.sandbox import Sandbox
from sparkbot.testing import Requests
from tests.conftest import complete
from tests.sample_arguments import BY_NAME, BY_OPERATION, DEVICE, MORE_CALLS, UNKNOWN_ID, fill, sandbox_calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    Operation = dict[str, Any]
    Arguments = dict[str, Any]

CUSTOM_REQUEST = "request"
OPERATIONS: dict[str, Operation] = {
    operation["name"]: operation for operation in all_operations() if operation["name"] != CUSTOM_REQUEST
}
CALLS = {name: sandbox_calls(operation) for name, operation in OPERATIONS.items()}
LISTS = sorted(name for name, operation in OPERATIONS.items() if operation["response"]["kind"] == "list")
# The delivery log is empty, because no webhook is registered here; tests/sandbox/test_webhooks.py covers it.
EMPTY = {"webhooks.list_logs"}
KINDS = {"object": dict, "list": list, "bytes": Binary}
# Calls that are a conflict when repeated.
CREATING = {name for name in OPERATIONS if name.endswith(".create")} | {"files.upload"}
DOCUMENT = document()
# Ids in bodies that the sandbox looks up; ids in paths always are.
LOOKED_UP = {"agent", "agents", "assign", "author", "campaign", "channel", "department", "device", "event", "group", "member"}
LOOKED_UP |= {"poll", "target"}
# `chats.bulk_update` uses an agent and a department for one of its actions only; `outbound.update` accepts any receiver.
IGNORED = {("chats.bulk_update", "agent"), ("chats.bulk_update", "department")}
IGNORED |= {("outbound.update", "channel"), ("outbound.update", "group")}
UNKNOWN_WIDS = {"@c.us": "447000000001@c.us", "@g.us": "120363999@g.us", "@newsletter": "120363999@newsletter"}
# Operations that need an online session: always, and with some arguments.
ALWAYS_ONLINE = {
    *("catalog.query", "chats.send_typing", "chats.sync", "chats.sync_messages", "contacts.block", "contacts.unblock"),
    *(f"channels.{name}" for name in ("create", "join", "search", "update", "update_image")),
    *(f"groups.{name}_participants" for name in ("add", "remove", "update")),
    *(f"groups.{name}" for name in ("approve_members", "create", "join", "leave", "reject_members", "revoke_invite_code")),
    *("groups.update", "groups.update_image", "messages.edit", "profile.update", "profile.update_image", "session.sync"),
    "user_status.update",
}
SOMETIMES_ONLINE = {"chats.delete", "messages.delete", *(name for name in OPERATIONS if name.startswith("send."))}


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.reset()
    return running


@pytest.fixture
def client(sandbox: Sandbox, awaited: bool) -> Any:
    return sandbox.async_client(max_retries=0) if awaited else sandbox.client(max_retries=0)


def prepare(sandbox: Sandbox, name: str) -> None:
    """Restores what earlier calls deleted, and removes what they created."""
    if name in CREATING:
        sandbox.reset()
    fill(sandbox)


def call(client: Any, name: str, arguments: Arguments) -> Any:
    return complete(client, lambda client: attrgetter(name)(client)(**arguments))


def status_of(client: Any, name: str, arguments: Arguments) -> int | None:
    try:
        call(client, name, arguments)
    except errors.APIStatusError as error:
        return error.status_code
    return 200


def test_every_operation_is_called() -> None:
    assert sum(operation["confidence"] != "assumed" for operation in OPERATIONS.values()) == 147


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_operation_returns_its_declared_response(name: str, sandbox: Sandbox, client: Any) -> None:
    operation = OPERATIONS[name]
    files = {parameter["name"] for parameter in operation["parameters"] if parameter["type"] == "file"}
    for arguments in CALLS[name]:
        prepare(sandbox, name)
        response = call(client, name, arguments)
        assert isinstance(response, KINDS[operation["response"]["kind"]])
        assert_matches_schema(operation, response)
        request = sandbox.requests[-1]
        assert 200 <= (request["status"] or 0) < 300
        assert request["unknown_query"] == []
        if name in {"send.text", "send.media"} and "deliver_at" in arguments:
            assert request["operation"] == "send.scheduled"
        else:
            logged = {argument: value for argument, value in arguments.items() if argument not in files}
            Requests([request]).assert_called_once(name, **logged)
    assert len(sandbox.requests) == (1 if name in CREATING else len(CALLS[name]))


def assert_matches_schema(operation: Operation, response: Any) -> None:
    """Validates the response against the exported OpenAPI document."""
    content = DOCUMENT["paths"][operation["path"]][operation["method"].lower()]["responses"]["2XX"]["content"]
    if operation["response"]["kind"] == "bytes":
        assert content == {"*/*": {}}
        return
    schema = content["application/json"]["schema"] | {"components": DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(response)


@pytest.mark.parametrize("name", LISTS)
def test_unfiltered_list_is_not_empty(name: str, sandbox: Sandbox) -> None:
    fill(sandbox)
    assert (call(sandbox.client(), name, CALLS[name][0]) == []) == (name in EMPTY)


def with_unknown_ids(name: str) -> Iterator[Arguments]:
    """Yields arguments with an unknown id in place of each id that the sandbox looks up."""
    for parameter in OPERATIONS[name]["parameters"]:
        key = parameter["name"]
        if (parameter["in"] == "path" or (parameter["in"] == "body" and key in LOOKED_UP)) and (name, key) not in IGNORED:
            arguments = next((arguments for arguments in CALLS[name] if arguments.get(key)), None)
            if arguments is not None:
                yield arguments | {key: unknown(arguments[key])}


def unknown(value: Any) -> Any:
    if isinstance(value, list):
        return [unknown(item) for item in value]
    if value.startswith("3EB0"):
        return "3EB0FFFFFFFFFFFFFFFF"
    return next((wid for domain, wid in UNKNOWN_WIDS.items() if value.endswith(domain)), UNKNOWN_ID)


@pytest.mark.parametrize("name", [name for name in sorted(OPERATIONS) if any(with_unknown_ids(name))])
def test_unknown_id_is_not_found(name: str, sandbox: Sandbox) -> None:
    fill(sandbox)
    for arguments in with_unknown_ids(name):
        assert status_of(sandbox.client(max_retries=0), name, arguments) == 404


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_offline_device_rejects_calls_that_need_it(name: str, sandbox: Sandbox) -> None:
    statuses = []
    for arguments in CALLS[name]:
        prepare(sandbox, name)
        sandbox.faults.clear()
        sandbox.faults.offline(DEVICE)
        statuses.append(status_of(sandbox.client(max_retries=0), name, arguments))
    # The call with the fewest arguments comes first.
    assert statuses[0] == (503 if name in ALWAYS_ONLINE else 200)
    assert set(statuses) == ({503} if name in ALWAYS_ONLINE else {200, 503} if name in SOMETIMES_ONLINE else {200})


def test_custom_request(sandbox: Sandbox, client: Any) -> None:
    fill(sandbox)
    devices, page, same, updated = (
        call(client, CUSTOM_REQUEST, arguments)
        for arguments in (
            {"method": "GET", "path": "/devices"},
            {"method": "GET", "path": "/devices", "query": {"size": 1, "page": 0}, "options": {"timeout": 5}},
            {"method": "GET", "path": f"/v1/devices/{DEVICE}"},
            {"method": "PATCH", "path": f"/devices/{DEVICE}", "json": {"alias": "Desk"}},
        )
    )
    assert len(devices) > len(page) == 1
    assert (same["id"], updated["id"], updated["alias"]) == (DEVICE, DEVICE, "Desk")
    operations = [request["operation"] for request in sandbox.requests]
    assert operations == ["devices.list", "devices.list", "devices.get", "devices.update"]


def test_calls_use_every_argument() -> None:
    """The calls use every argument of the API model, and no others."""
    names = {name: {parameter["name"] for parameter in operation["parameters"]} for name, operation in OPERATIONS.items()}
    for name, calls in CALLS.items():
        assert {argument for arguments in calls for argument in arguments} == names[name]
    assert set(BY_NAME) <= set().union(*names.values())
    tables = [*BY_OPERATION.items(), *((name, arguments) for name, more in MORE_CALLS.items() for arguments in more)]
    for name, arguments in tables:
        assert set(arguments) <= names[name]
