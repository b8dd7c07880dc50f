"""Walks all 148 titles of the contract: the methods, the requests that they make, and what they return.

The requests go to a server that only writes them down, and are held against tests/contract/facts.json: what they should
look like does not come from the table that they are made from.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from sparkbot.operations import all_operations
from sparkbot.resources import RESOURCES
from tests.contract.facts import CUSTOM_REQUEST, DUPLICATES, FACT_OF, facts_at, flatten_fact
from tests.recording_server import Recorder, recording
from tests.request_asserts import Expected, assert_request
from tests.sample_arguments import CONTENT, everything, minimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.recording_server import Recorded

    Row = dict[str, Any]
    Arguments = dict[str, Any]

KEY = "canary0key"
ROWS: dict[str, Row] = {row["title"]: row for row in all_operations()}
ROW_TITLES = sorted(title for title in ROWS if title != CUSTOM_REQUEST)
ANSWERS = {
    "object": ("application/json", b'{"id": "64f0c2a91b7e4d5f8a3b6c01", "unheard": [1, null]}'),
    "list": ("application/json", b'[{"id": "64f0c2a91b7e4d5f8a3b6c01"}]'),
    "bytes": ("image/png", b"\x89PNG\r\n\x1a\n\x00\xff"),
}
KINDS = {"object": dict, "list": list, "bytes": bytes}


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


def test_every_contract_title_is_covered() -> None:
    assert len(ROWS) == len(all_operations()) == 148
    assert set(ROWS) == set(FACT_OF)


def method_of(row: Row, *, awaited: bool, name: str | None = None) -> Any:
    """The function behind `client.<resource>.<name>`."""
    from importlib import import_module

    resource, _, own = row["name"].partition(".")
    module, blocking, asynchronous = RESOURCES[resource]
    return getattr(getattr(import_module(module), asynchronous if awaited else blocking), name or own)


def walk_name(row: Row) -> str:
    name: str = row["name"].partition(".")[2]
    return f"iter{name.removeprefix('list')}" if name.startswith("list") else f"iter_{name}"


@pytest.mark.parametrize("title", ROW_TITLES)
def test_both_clients_have_the_method(title: str) -> None:
    row = ROWS[title]
    blocking, awaited = method_of(row, awaited=False), method_of(row, awaited=True)
    assert inspect.signature(blocking) == inspect.signature(awaited)
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(blocking)
    parameters = inspect.signature(blocking).parameters
    assert set(parameters) == {"self", "options", *(one["name"] for one in row["parameters"])}
    for one in row["parameters"]:
        found = parameters[one["name"]]
        assert (found.kind is found.POSITIONAL_OR_KEYWORD) == one["positional"]
        assert (found.default is found.empty) == one["required"]
        assert one["summary"].split()[0] in (blocking.__doc__ or "")
    assert title in (blocking.__doc__ or "")
    assert title in (awaited.__doc__ or "")


@pytest.mark.parametrize("title", [title for title in ROW_TITLES if ROWS[title]["paginated"]])
def test_both_clients_iterate_over_pages(title: str) -> None:
    row = ROWS[title]
    signatures = [inspect.signature(method_of(row, awaited=awaited, name=walk_name(row))) for awaited in (False, True)]
    assert str(signatures[0]).replace("Iterator", "AsyncIterator") == str(signatures[1])
    assert set(signatures[0].parameters) == {"self", "options", "max_pages", *(one["name"] for one in row["parameters"])} - {
        "page"
    }


@pytest.fixture(params=["blocking", "awaited"])
def awaited(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "awaited")


def call(recorder: Recorder, row: Row, sets: Sequence[Arguments], *, awaited: bool) -> list[Any]:
    """Calls the operation with each set of arguments, and checks what each answers."""
    recorder.answer = ANSWERS[row["response"]["kind"]]
    resource, _, name = row["name"].partition(".")

    async def call_awaited() -> list[Any]:
        async with sparkbot.AsyncClient(KEY, base_url=recorder.url) as client:
            return [await getattr(getattr(client, resource), name)(**arguments) for arguments in sets]

    if awaited:
        return asyncio.run(call_awaited())
    with sparkbot.Client(KEY, base_url=recorder.url) as client:
        return [getattr(getattr(client, resource), name)(**arguments) for arguments in sets]


@pytest.mark.parametrize("title", ROW_TITLES)
def test_request_matches_the_contract(title: str, recorder: Recorder, awaited: bool) -> None:
    row = ROWS[title]
    sets = [minimal(row), *everything(row)]
    answers = call(recorder, row, sets, awaited=awaited)
    requests = recorder.take()
    assert len(requests) == len(sets)
    for arguments, request in zip(sets, requests, strict=True):
        assert request.headers["token"] == KEY
        assert_request(Expected(row, arguments), request)
    for answer in answers:
        assert_answer(row, answer)


def assert_answer(row: Row, answer: Any) -> None:
    """As declared, and nothing of it changed."""
    kind = row["response"]["kind"]
    declared = FACT_OF[row["title"]]["answer"]
    assert kind == declared or declared == "unknown"
    assert isinstance(answer, KINDS[kind])
    assert answer == (ANSWERS[kind][1] if kind == "bytes" else json.loads(ANSWERS[kind][1]))


@pytest.mark.parametrize("title", ROW_TITLES)
def test_every_contract_name_can_be_sent(title: str, recorder: Recorder) -> None:
    row = ROWS[title]
    call(recorder, row, list(everything(row)), awaited=False)
    requests = recorder.take()
    fact = FACT_OF[title]
    in_query = {name for name in facts_at(fact, title, "query") if (title, "query", name) not in DUPLICATES}
    assert {name for request in requests for name in request.query} == in_query
    facts = flatten_fact(facts_at(fact, title, "body"))
    wanted = {name for name in facts if not any(other.startswith(f"{name}.") for other in facts)}
    sent = {name for request in requests for name in names_sent(request, facts)}
    assert sent == wanted


def names_sent(request: Recorded, facts: dict[str, Any]) -> set[str]:
    form = request.form
    if form is not None:
        return set(form)
    return set(leaves(request.body, "$root" if "$root" in facts else "", facts))


def leaves(value: Any, name: str, facts: dict[str, Any]) -> Iterator[str]:
    """Names in a body, down to where the contract says no more."""
    if isinstance(value, list):
        for item in value:
            yield from leaves(item, name, facts)
        return
    inside = name == "" or any(other.startswith(f"{name}.") for other in facts)
    if isinstance(value, dict) and inside:
        for key, inner in value.items():
            yield from leaves(inner, f"{name}.{key}".lstrip("."), facts)
    elif name and not inside:
        yield name


@pytest.mark.parametrize("title", [title for title in ROW_TITLES if ROWS[title]["paginated"]])
def test_pagination_starts_with_the_default_page(title: str, recorder: Recorder, awaited: bool) -> None:
    row = ROWS[title]
    recorder.answer = ("application/json", b"[]")
    resource = row["name"].partition(".")[0]
    arguments = minimal(row)

    async def walk_awaited() -> list[Any]:
        async with sparkbot.AsyncClient(KEY, base_url=recorder.url) as client:
            return [item async for item in getattr(getattr(client, resource), walk_name(row))(**arguments)]

    if awaited:
        assert asyncio.run(walk_awaited()) == []
    else:
        with sparkbot.Client(KEY, base_url=recorder.url) as client:
            assert list(getattr(getattr(client, resource), walk_name(row))(**arguments)) == []
    (request,) = recorder.take()
    assert request.query == Expected(row, arguments).query


@pytest.mark.parametrize("title", [title for title in ROW_TITLES if ROWS[title]["response"]["kind"] == "bytes"])
def test_download_is_saved_to_a_file(title: str, recorder: Recorder, tmp_path: Path) -> None:
    row = ROWS[title]
    recorder.answer = ANSWERS["bytes"]
    resource, _, name = row["name"].partition(".")
    with sparkbot.Client(KEY, base_url=recorder.url) as client:
        saved = getattr(getattr(client, resource), f"{name}_to")(**minimal(row), path=tmp_path / "content")
    assert saved == tmp_path / "content"
    assert saved.read_bytes() == ANSWERS["bytes"][1]
    (request,) = recorder.take()
    assert_request(Expected(row, minimal(row)), request)


@pytest.mark.parametrize("source", ["path", "text", "file"])
def test_upload_accepts_any_source(source: str, recorder: Recorder, tmp_path: Path, awaited: bool) -> None:
    row = ROWS["Files:Upload File"]
    path = tmp_path / "menu.pdf"
    path.write_bytes(CONTENT)
    with path.open("rb") as opened:
        given = {"path": path, "text": str(path), "file": opened}[source]
        (answer,) = call(recorder, row, [{"file": given}], awaited=awaited)
    assert_answer(row, answer)
    (request,) = recorder.take()
    assert_request(Expected(row, {"file": CONTENT}), request)
    assert request.form is not None
    assert request.form["file"].filename == "menu.pdf"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_request_sends_any_method_and_path(method: str, recorder: Recorder, awaited: bool) -> None:
    """The 148th: it is listed without method and path, and takes any."""
    row = ROWS[CUSTOM_REQUEST]
    assert (row["name"], row["method"], row["path"]) == ("request", None, None)
    assert (FACT_OF[CUSTOM_REQUEST]["method"], FACT_OF[CUSTOM_REQUEST]["path"]) == ("ANY", "{path}")
    assert inspect.signature(sparkbot.Client.request) == inspect.signature(sparkbot.AsyncClient.request)
    recorder.answer = ANSWERS["object"]
    json_body = None if method == "GET" else {"a": [1, {"b": "ä"}]}
    for query in (None, {"size": 5, "kind": ["a", "b"], "on": True, "none": None}):
        answer = request_on(recorder, method, query, json_body, awaited=awaited)
        assert_answer(row, answer)
        (request,) = recorder.take()
        assert (request.method, request.path, request.body) == (method, "/v1/new things", json_body)
        assert request.query == ({"size": "5", "kind": "a,b", "on": "true"} if query else {})


def request_on(recorder: Recorder, method: str, query: Any, body: Any, *, awaited: bool) -> Any:
    async def on_awaited() -> Any:
        async with sparkbot.AsyncClient(KEY, base_url=recorder.url) as client:
            return await client.request(method, "/new%20things", query=query, json=body)

    if awaited:
        return asyncio.run(on_awaited())
    with sparkbot.Client(KEY, base_url=recorder.url) as client:
        return client.request(method, "/new%20things", query=query, json=body)


def test_assert_request_detects_a_wrong_request() -> None:
    """What the walk compares is not only equal to itself."""
    row = ROWS["Chats:Set Chat Status"]
    arguments = minimal(row)
    expected = Expected(row, arguments)
    assert re.fullmatch(r"/chat/[0-9a-f]{24}/chats/[0-9]+@c\.us/status", expected.path)
    assert expected.body == {"status": arguments["status"]}
    with pytest.raises(KeyError):
        Expected(
            {**row, "parameters": [{**one, "wire_name": "state"} for one in row["parameters"] if one["in"] == "body"]}, arguments
        )
