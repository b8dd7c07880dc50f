"""Calls all 148 operations of the contract with both clients and compares signatures, requests and responses.

The requests are recorded and compared with tests/contract/facts.json, not with the API model that they are built from.
"""

from __future__ import annotations

import inspect
import json
import re
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot.operations import all_operations
from sparkbot.resources import RESOURCES
from tests.conftest import complete
from tests.contract.facts import CUSTOM_REQUEST, DUPLICATES, FACT_OF, facts_at, flatten_fact
from tests.recording_server import Recorder, recording
from tests.request_asserts import Expected, assert_request
from tests.sample_arguments import everything, minimal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.recording_server import Recorded

    Operation = dict[str, Any]
    Arguments = dict[str, Any]

KEY = "canary0key"
OPERATIONS: dict[str, Operation] = {operation["title"]: operation for operation in all_operations()}
TITLES = sorted(title for title in OPERATIONS if title != CUSTOM_REQUEST)
PAGINATED = [title for title in TITLES if OPERATIONS[title]["paginated"]]
RESPONSES = {
    "object": ("application/json", b'{"id": "64f0c2a91b7e4d5f8a3b6c01", "unknown": [1, null]}'),
    "list": ("application/json", b'[{"id": "64f0c2a91b7e4d5f8a3b6c01"}]'),
    "bytes": ("image/png", b"\x89PNG\r\n\x1a\n\x00\xff"),
}
KINDS = {"object": dict, "list": list, "bytes": bytes}


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@pytest.fixture
def client(recorder: Recorder, awaited: bool) -> Any:
    return (sparkbot.AsyncClient if awaited else sparkbot.Client)(KEY, base_url=recorder.url)


def test_every_contract_title_is_covered() -> None:
    known = {operation["title"] for operation in all_operations() if operation["confidence"] != "assumed"}
    assert len(OPERATIONS) == len(all_operations())
    assert len(known) == 148
    assert known == set(FACT_OF)


def functions_of(operation: Operation, name: str | None = None) -> list[Any]:
    """Returns the functions behind `client.<resource>.<name>` of both clients."""
    resource, _, own_name = operation["name"].partition(".")
    module, *classes = RESOURCES[resource]
    return [getattr(getattr(import_module(module), name_of_class), name or own_name) for name_of_class in classes]


def iter_name(operation: Operation) -> str:
    name: str = operation["name"].partition(".")[2]
    return f"iter{name.removeprefix('list')}" if name.startswith("list") else f"iter_{name}"


@pytest.mark.parametrize("title", TITLES)
def test_both_clients_have_the_method(title: str) -> None:
    operation = OPERATIONS[title]
    blocking, awaited = functions_of(operation)
    assert inspect.signature(blocking) == inspect.signature(awaited)
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(blocking)
    parameters = inspect.signature(blocking).parameters
    assert set(parameters) == {"self", "options", *(parameter["name"] for parameter in operation["parameters"])}
    for declared in operation["parameters"]:
        parameter = parameters[declared["name"]]
        assert (parameter.kind is parameter.POSITIONAL_OR_KEYWORD) == declared["positional"]
        assert (parameter.default is parameter.empty) == declared["required"]
        assert declared["summary"].split()[0] in (blocking.__doc__ or "")
    assert title in (blocking.__doc__ or "")
    assert title in (awaited.__doc__ or "")


@pytest.mark.parametrize("title", PAGINATED)
def test_both_clients_iterate_over_pages(title: str) -> None:
    operation = OPERATIONS[title]
    blocking, awaited = map(inspect.signature, functions_of(operation, iter_name(operation)))
    assert str(blocking).replace("Iterator", "AsyncIterator") == str(awaited)
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert set(blocking.parameters) == {"self", "options", "max_pages", *names} - {"page"}


@pytest.mark.parametrize("title", [title for title in TITLES if title in FACT_OF])
def test_request_matches_the_contract(title: str, recorder: Recorder, client: Any) -> None:
    operation = OPERATIONS[title]
    recorder.response = RESPONSES[operation["response"]["kind"]]
    calls = [minimal(operation), *everything(operation)]
    method = attrgetter(operation["name"])
    for arguments in calls:
        assert_response(operation, complete(client, lambda client, arguments=arguments: method(client)(**arguments)))  # type: ignore[misc]
    requests = recorder.take()
    for arguments, request in zip(calls, requests, strict=True):
        assert request.headers["token"] == KEY
        assert_request(Expected(operation, arguments), request)
    assert_every_name_is_sent(title, requests)


def assert_response(operation: Operation, response: Any) -> None:
    """The response has the declared type and is unchanged."""
    kind = operation["response"]["kind"]
    declared = FACT_OF[operation["title"]]["response"]
    assert kind == declared or declared == "unknown"
    assert isinstance(response, KINDS[kind])
    assert response == (RESPONSES[kind][1] if kind == "bytes" else json.loads(RESPONSES[kind][1]))


def assert_every_name_is_sent(title: str, requests: list[Recorded]) -> None:
    """The requests together contain every name of the contract, and no other."""
    fact = FACT_OF[title]
    in_query = {name for name in facts_at(fact, title, "query") if (title, "query", name) not in DUPLICATES}
    assert {name for request in requests for name in request.query} == in_query
    facts = flatten_fact(facts_at(fact, title, "body"))
    in_body = {name for name in facts if not any(other.startswith(f"{name}.") for other in facts)}
    assert {name for request in requests for name in names_in_body(request, facts)} == in_body


def names_in_body(request: Recorded, facts: dict[str, Any]) -> set[str]:
    form = request.form
    return set(form) if form is not None else set(leaves(request.body, "$root" if "$root" in facts else "", facts))


def leaves(value: Any, name: str, facts: dict[str, Any]) -> Iterator[str]:
    """Yields the wire paths in a body, as deep as the contract describes them."""
    if isinstance(value, list):
        for item in value:
            yield from leaves(item, name, facts)
        return
    has_fields = name == "" or any(other.startswith(f"{name}.") for other in facts)
    if isinstance(value, dict) and has_fields:
        for key, inner in value.items():
            yield from leaves(inner, f"{name}.{key}".lstrip("."), facts)
    elif name and not has_fields:
        yield name


@pytest.mark.parametrize("title", PAGINATED)
def test_pagination_starts_with_the_default_page(title: str, recorder: Recorder, client: Any) -> None:
    operation = OPERATIONS[title]
    recorder.response = ("application/json", b"[]")
    method = attrgetter(f"{operation['name'].partition('.')[0]}.{iter_name(operation)}")
    assert complete(client, lambda client: method(client)(**minimal(operation))) == []
    (request,) = recorder.take()
    assert request.query == Expected(operation, minimal(operation)).query


@pytest.mark.parametrize("title", [title for title in TITLES if OPERATIONS[title]["response"]["kind"] == "bytes"])
def test_download_is_saved_to_a_file(title: str, recorder: Recorder, client: Any, tmp_path: Path) -> None:
    operation, path = OPERATIONS[title], tmp_path / "content"
    recorder.response = RESPONSES["bytes"]
    method = attrgetter(f"{operation['name']}_to")
    assert complete(client, lambda client: method(client)(**minimal(operation), path=path)) == path
    assert path.read_bytes() == RESPONSES["bytes"][1]
    (request,) = recorder.take()
    assert_request(Expected(operation, minimal(operation)), request)


@pytest.mark.parametrize("query", [None, {"size": 5, "kind": ["a", "b"], "on": True, "none": None}])
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_request_sends_any_method_and_path(verb: str, query: Any, recorder: Recorder, client: Any) -> None:
    """`client.request` is the 148th operation, without a method and path of its own."""
    operation = OPERATIONS[CUSTOM_REQUEST]
    assert (operation["name"], operation["method"], operation["path"]) == ("request", None, None)
    assert (FACT_OF[CUSTOM_REQUEST]["method"], FACT_OF[CUSTOM_REQUEST]["path"]) == ("ANY", "{path}")
    assert inspect.signature(sparkbot.Client.request) == inspect.signature(sparkbot.AsyncClient.request)
    recorder.response = RESPONSES["object"]
    body = None if verb == "GET" else {"a": [1, {"b": "ä"}]}
    assert_response(operation, complete(client, lambda client: client.request(verb, "/new%20things", query=query, json=body)))
    (request,) = recorder.take()
    assert (request.method, request.path, request.body) == (verb, "/v1/new things", body)
    assert request.query == ({"size": "5", "kind": "a,b", "on": "true"} if query else {})


def test_assert_request_detects_a_wrong_request() -> None:
    operation = OPERATIONS["Chats:Set Chat Status"]
    arguments = minimal(operation)
    expected = Expected(operation, arguments)
    assert re.fullmatch(r"/chat/[0-9a-f]{24}/chats/[0-9]+@c\.us/status", expected.path)
    assert expected.body == {"status": arguments["status"]}
    body = [{**parameter, "wire_name": "state"} for parameter in operation["parameters"] if parameter["in"] == "body"]
    with pytest.raises(KeyError):
        Expected({**operation, "parameters": body}, arguments)
