"""`client.map`: accepted items and methods, and the outcome of each item."""

from __future__ import annotations

import asyncio
import collections
import json
import sqlite3
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas  # type: ignore[import-untyped]  # has no types of its own
import polars
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest

import sparkbot
from sparkbot import errors
from tests.batch.conftest import DEVICE, OTHER, Mapping, wid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sparkbot.batch.progress import Progress

ITEMS = [{"contact": wid(number), "metadata": {"tier": f"t{number}"}} for number in range(20)]


def statuses(outcomes: list[sparkbot.Outcome[Any]]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def sent(sandbox: sparkbot.Sandbox) -> list[str]:
    return [request["path"] for request in sandbox.requests]


def test_outcomes_have_responses_in_order(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    outcomes = mapped(lambda client: client.contacts.upsert_metadata, ITEMS, device=DEVICE, concurrency=7)
    assert statuses(outcomes) == ["ok"] * 20
    assert [outcome.input for outcome in outcomes] == ITEMS
    assert [outcome.unwrap()["wid"] for outcome in outcomes] == [wid(number) for number in range(20)]
    assert {outcome.attempts for outcome in outcomes} == {1}
    assert all(outcome.elapsed > 0 for outcome in outcomes)
    assert len(sandbox.requests) == 20


def test_invalid_items_fail_without_sending(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    items = [
        {"chat": wid(0), "status": "resolved"},
        {"chat": wid(1), "status": "closed"},
        {"chat": wid(2), "state": "resolved"},
        {"chat": wid(3)},
        {"chat": "../devices", "status": "resolved"},
        "resolved",
        {"chat": wid(19), "status": "pending"},
    ]
    outcomes = mapped(lambda client: client.chats.set_status, items, device=DEVICE)
    assert statuses(outcomes) == ["ok", *["failed"] * 5, "ok"]
    assert sorted(sent(sandbox)) == [f"/v1/chat/{DEVICE}/chats/{chat}/status" for chat in (wid(0), wid(19))]
    kinds = [type(outcome.error) for outcome in outcomes[1:6]]
    assert kinds == [errors.InvalidArgumentError, TypeError, TypeError, errors.InvalidArgumentError, TypeError]
    assert str(outcomes[2].error).startswith("item 2: Chats.set_status() got an unexpected keyword argument 'state'")
    assert "takes device, chat, status, options" in str(outcomes[2].error)
    assert "give a dict of arguments" in str(outcomes[5].error)
    assert {outcome.attempts for outcome in outcomes[1:6]} == {0}
    with pytest.raises(errors.InvalidArgumentError, match="closed"):
        outcomes[1].unwrap()


def test_rejected_items_fail_and_lost_responses_are_unknown(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.status(409, path=f"/chat/{DEVICE}/contacts/{wid(1)}/*")
    sandbox.faults.reset_connection(executed=True, path=f"/chat/{DEVICE}/contacts/{wid(2)}/*")
    outcomes = mapped(lambda client: client.contacts.upsert_metadata, ITEMS[:4], device=DEVICE)
    assert statuses(outcomes) == ["ok", "failed", "unknown", "ok"]
    assert isinstance(outcomes[1].error, errors.ConflictError)
    assert outcomes[2].attempts == 3
    as_json = json.loads(json.dumps([outcome.to_dict() for outcome in outcomes]))
    assert [entry["status"] for entry in as_json] == statuses(outcomes)
    assert (as_json[1]["error"]["type"], as_json[1]["error"]["status_code"]) == ("ConflictError", 409)
    assert as_json[3]["result"]["wid"] == wid(3)


def test_item_arguments_override_shared_ones(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    items = [{"chat": wid(0)}, {"chat": wid(0), "device": OTHER}, {"chat": wid(0), "options": {"headers": {"X-Run": "own"}}}]
    outcomes = mapped(lambda client: client.chats.get, items, device=DEVICE, options={"headers": {"X-Run": "all"}}, concurrency=1)
    assert statuses(outcomes) == ["ok", "failed", "ok"]
    assert [request["headers"]["x-run"] for request in sandbox.requests] == ["all", "all", "own"]
    assert OTHER in sent(sandbox)[1]


def test_client_options_apply_to_items(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    marked = mapped.client.with_options(headers={"X-Team": "crm"})
    mapped(lambda _: marked.chats.get, [{"chat": wid(0)}], device=DEVICE)
    mapped.collected(marked.map(mapped.client.chats.get, [{"chat": wid(0)}], device=DEVICE))
    assert [request["headers"].get("x-team") for request in sandbox.requests] == ["crm", None]


Pair = collections.namedtuple("Pair", ["chat", "device"])


def database_rows() -> Any:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    return connection.execute("SELECT ? AS chat, ? AS device", (wid(0), DEVICE)).fetchall()


def test_items_may_be_tuples_mappings_and_database_rows(mapped: Mapping) -> None:
    mapping = collections.ChainMap({"chat": wid(0), "device": DEVICE})
    items = [(DEVICE, wid(0)), Pair(wid(0), DEVICE), mapping, *database_rows()]
    assert statuses(mapped(lambda client: client.chats.get, items)) == ["ok"] * 4


@pytest.mark.parametrize("frame", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_missing_table_cells_are_omitted(mapped: Mapping, sandbox: sparkbot.Sandbox, frame: Any) -> None:
    table = frame({"chat": [wid(0), wid(1), wid(2)], "include": [["notes"], None, None]})
    outcomes = mapped(lambda client: client.chats.get, table, device=DEVICE)
    assert statuses(outcomes) == ["ok"] * 3
    assert [outcome.input for outcome in outcomes[1:]] == [{"chat": wid(1)}, {"chat": wid(2)}]


def test_missing_number_of_a_frame_is_omitted(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    frame = pandas.DataFrame({"device": [DEVICE, DEVICE], "size": [3, None]})
    assert statuses(mapped(lambda client: client.chats.list, frame)) == ["ok", "ok"]
    assert sorted(len(request["query"]) for request in sandbox.requests) == [0, 1]


@pytest.mark.parametrize("items", ["text", 5, {"chat": wid(0)}, b"bytes"])
def test_unsupported_items_are_rejected(mapped: Mapping, items: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError, match="items is of type"):
        mapped(lambda client: client.chats.get, items, device=DEVICE)


def test_pagination_methods_return_lists(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    items = [{"chat": wid(number)} for number in range(3)]
    outcomes = mapped(lambda client: client.messages.iter, items, device=DEVICE, size=2)
    assert [len(outcome.unwrap()) for outcome in outcomes] == [5, 0, 0]
    assert [outcome.attempts for outcome in outcomes] == [4, 1, 1]
    rejected = mapped(
        lambda client: client.messages.iter, [{"chat": wid(0)}, {"chat": wid(0), "max_pages": 1}], device=DEVICE, size=0
    )
    assert statuses(rejected) == ["failed", "failed"]


def test_failed_later_page_fails_its_item(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.status(409, operation="messages.list", after=1, count=1)
    outcomes = mapped(lambda client: client.messages.iter, [{"chat": wid(0)}], device=DEVICE, size=2)
    assert (statuses(outcomes), outcomes[0].attempts) == (["failed"], 2)
    assert isinstance(outcomes[0].error, errors.ConflictError)


def test_composed_methods_are_accepted(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    written = mapped(lambda client: client.contacts.upsert_metadata, ITEMS[:3], device=DEVICE)
    assert statuses(written) == ["ok"] * 3
    items = [*({"contact": wid(number)} for number in range(3)), {"contact": wid(99)}, {"contact": 7}, {}]
    outcomes = mapped(lambda client: client.contacts.get_metadata, items, device=DEVICE)
    assert [outcome.result for outcome in outcomes] == [{"tier": "t0"}, {"tier": "t1"}, {"tier": "t2"}, None, None, None]
    assert [type(outcome.error) for outcome in outcomes[3:]] == [errors.NotFoundError, errors.InvalidArgumentError, TypeError]
    outcomes = mapped(lambda client: client.devices.find, [("Front Desk",), (OTHER,), ("nobody",), (" ",)])
    assert [outcome.result and outcome.result["alias"] for outcome in outcomes] == ["Front Desk", "Field Team", None, None]


def test_raw_methods_and_request_are_accepted(mapped: Mapping) -> None:
    raw = mapped(lambda client: client.raw.chats.get, [{"chat": wid(0)}, {"chat": wid(99)}], device=DEVICE)
    assert (raw[0].unwrap().status_code, raw[0].unwrap().json()["wid"]) == (200, wid(0))
    assert isinstance(raw[1].error, errors.NotFoundError)
    items = [("GET", "/devices"), {"method": "GET", "path": "/devices", "query": {"size": 1}}, ("GET", "devices")]
    requests = mapped(lambda client: client.request, items)
    assert [len(outcome.result or []) > 0 for outcome in requests] == [True, True, False]
    assert mapped(lambda client: client.raw.request, items[:1])[0].unwrap().status_code == 200


def test_uploads_and_downloads_are_accepted(mapped: Mapping, tmp_path: Any) -> None:
    uploaded = mapped(
        lambda client: client.files.upload, [{"file": b"one", "filename": "1.txt"}, {"file": b"two", "filename": "2.txt"}]
    )
    files = [outcome.unwrap()[0]["id"] for outcome in uploaded]
    assert [outcome.unwrap() for outcome in mapped(lambda client: client.files.download, [(file,) for file in files])] == [
        b"one",
        b"two",
    ]
    mapped(lambda client: client.files.download_to, [(file, tmp_path / file) for file in files])
    assert [(tmp_path / file).read_bytes() for file in files] == [b"one", b"two"]


def foreign_methods(client: Any, sandbox: sparkbot.Sandbox) -> list[tuple[Any, str]]:
    awaited = isinstance(client, sparkbot.AsyncClient)
    other = sandbox.client() if awaited else sandbox.async_client()
    another = sandbox.async_client() if awaited else sandbox.client()
    return [
        (print, "function of your own"),
        (partial(client.chats.get, DEVICE), "functools.partial"),
        ("chats.get", "of type str"),
        (client.map, "function of your own"),
        (other.chats.get, "and this is an" if awaited else "and this is a Client"),
        (other.request, "and this is an" if awaited else "and this is a Client"),
        (another.chats.get, "another client"),
        (another.request, "another client"),
    ]


def test_methods_of_other_objects_are_rejected(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    for method, message in foreign_methods(mapped.client, sandbox):
        with pytest.raises(errors.InvalidArgumentError, match=message):
            mapped.client.map(method, [])


@pytest.mark.parametrize(
    "setting",
    [
        {"concurrency": 0},
        {"concurrency": 2000},
        {"on_error": "stop"},
        {"calls_per_second": 0},
        {"progress": 3},
        {"options": {"a": 1}},
    ],
)
def test_invalid_settings_are_rejected(mapped: Mapping, setting: Any) -> None:
    with pytest.raises(errors.InvalidArgumentError):
        mapped(lambda client: client.chats.get, [], **setting)


def test_on_error_raise_raises_first_error(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.status(409, path=f"/chat/{DEVICE}/contacts/{wid(5)}/*")
    with pytest.raises(errors.ConflictError) as caught:
        mapped(lambda client: client.contacts.upsert_metadata, ITEMS, device=DEVICE, on_error="raise", concurrency=2)
    error: Any = caught.value
    assert error.index == 5
    assert [outcome.index for outcome in error.outcomes] == [0, 1, 2, 3, 4]
    assert "item 5 of client.map(contacts.upsert_metadata) failed: the 5 items before it are done" in error.__notes__[0]
    assert len(sandbox.requests) < 15


def test_source_error_is_raised_after_earlier_items(mapped: Mapping) -> None:
    def broken() -> Any:
        yield from ITEMS[:3]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk is gone") as caught:
        mapped(lambda client: client.contacts.upsert_metadata, broken(), device=DEVICE)
    error: Any = caught.value
    assert statuses(error.outcomes) == ["ok"] * 3


def test_progress_receives_counts(mapped: Mapping, capsys: pytest.CaptureFixture[str]) -> None:
    received: list[Progress] = []
    items = [*ITEMS, {"contact": wid(99), "metadata": {"tier": "x"}}]
    run = mapped.client.map(mapped.client.contacts.upsert_metadata, items, device=DEVICE, progress=received.append)
    mapped.collected(run)
    last = received[-1]
    assert (last.done, last.total, last.ok, last.failed, last.noun) == (21, 21, 20, 1, "items")
    counted = run.counts.to_dict()
    assert {name: counted[name] for name in ("done", "ok", "failed", "unknown", "calls")} == {
        "done": 21, "ok": 20, "failed": 1, "unknown": 0, "calls": 21
    }  # fmt: skip
    assert counted["latency"]["count"] == 21
    assert 0 < counted["latency"]["p50"] <= counted["latency"]["p99"] <= counted["latency"]["max"] <= counted["elapsed"]
    assert sum(part["ok"] for part in counted["timeline"]) == 20
    mapped(lambda client: client.contacts.upsert_metadata, iter(ITEMS), device=DEVICE, progress=True)
    assert "20 items, 20 ok" in capsys.readouterr().err


def test_run_obeys_rate_limit_and_retry_after(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    began = time.monotonic()
    mapped(lambda client: client.chats.get, [{"chat": wid(0)}] * 11, device=DEVICE, calls_per_second=50)
    assert time.monotonic() - began >= 0.2
    sandbox.faults.status(429, count=1, headers={"Retry-After": "0.2"})
    run = mapped.client.map(mapped.client.chats.get, [{"chat": wid(0)}] * 40, device=DEVICE, concurrency=4)
    began = time.monotonic()
    assert statuses(mapped.collected(run)) == ["ok"] * 40
    assert time.monotonic() - began >= 0.2
    assert run.counts.throttled_by["rate_limited"] == 1
    assert run.counts.throttled_by["seconds_paused"] > 0.01


@pytest.mark.parametrize(
    ("settings", "limit"),
    [({}, 10.0), ({"calls_per_second": None}, None), ({"calls_per_second": 3}, 3)],
)
def test_default_rate_limit_can_be_overridden(settings: Any, limit: float | None) -> None:
    client = sparkbot.Client("key", base_url="https://api.example.com/v1")
    with client.map(client.chats.get, [], **settings) as run:
        assert run._config.calls_per_second == limit
        run.collect()
    own = sparkbot.Client("key", base_url="https://api.example.com/v1", calls_per_second=40)
    with own.map(own.chats.get, []) as run:
        assert run._config.calls_per_second is None
        run.collect()


def test_items_may_be_an_async_iterable(sandbox: sparkbot.Sandbox) -> None:
    indexes: list[int] = []

    async def slow() -> AsyncIterator[dict[str, Any]]:
        wrong: dict[str, Any] = {"wrong": 1}
        for number, item in enumerate([*ITEMS[:3], wrong, *ITEMS[3:6]]):
            # Yields an item after the outcomes of all earlier ones: an outcome that is not yielded at once blocks the test.
            while len(indexes) < number:
                await asyncio.sleep(0)
            yield item

    async def run() -> list[str]:
        client = sandbox.async_client()
        collected: list[str] = []
        async for outcome in client.map(client.contacts.upsert_metadata, slow(), device=DEVICE):
            indexes.append(outcome.index)
            collected.append(outcome.status)
        return collected

    assert asyncio.run(run()) == ["ok"] * 3 + ["failed"] + ["ok"] * 3
    assert indexes == list(range(7))


def test_invalid_items_do_not_block_the_event_loop(sandbox: sparkbot.Sandbox) -> None:
    async def run() -> int:
        client = sandbox.async_client()
        iterations = 0

        async def other() -> None:
            nonlocal iterations
            while True:
                iterations += 1
                await asyncio.sleep(0)

        task = asyncio.ensure_future(other())
        assert len(await client.map(client.chats.get, [{}] * 200).collect()) == 200
        task.cancel()
        return iterations

    assert asyncio.run(run()) > 3
