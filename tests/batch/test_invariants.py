"""Invariants under all failures and stops: one outcome per item, in order, and no additional calls."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sparkbot
from tests.batch.conftest import DEVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ["ok", "missing", "rejected", "reset", "no_contact", "late"]
STATUS = {"ok": "ok", "late": "ok", "missing": "failed", "rejected": "failed", "no_contact": "failed", "reset": "unknown"}
PREFIX = {"ok": 10, "missing": 11, "reset": 12, "late": 13}
RUNS = count()


@pytest.fixture(scope="module")
def service() -> Iterator[sparkbot.Sandbox]:
    """A sandbox where the number of a contact determines the result of a write."""
    with sparkbot.Sandbox() as sandbox:
        known = [f"44736205{PREFIX[kind]}{position:02}@c.us" for kind in ("ok", "reset", "late") for position in range(30)]
        sandbox.seed(devices=[{"id": DEVICE}], contacts=[{"device": DEVICE, "wid": wid} for wid in known])
        sandbox.faults.reset_connection(executed=True, path=f"/chat/{DEVICE}/contacts/44736205{PREFIX['reset']}*")
        sandbox.faults.latency(0.01, path=f"/chat/{DEVICE}/contacts/44736205{PREFIX['late']}*")
        yield sandbox


def item(kind: str, position: int, run: int) -> dict[str, Any]:
    if kind == "no_contact":
        return {"who": position}
    contact = "no wid" if kind == "rejected" else f"44736205{PREFIX[kind]}{position:02}@c.us"
    return {"contact": contact, "metadata": {"run": run}}


def requests_of(service: sparkbot.Sandbox, run: int) -> Counter[str]:
    """The number of requests to each contact. Those of an earlier run that was stopped can still arrive."""
    body = [{"key": "run", "value": str(run)}]
    return Counter(request["path"].split("/")[5] for request in service.requests if request["body"] == body)


@given(
    kinds=st.lists(st.sampled_from(KINDS), max_size=30),
    concurrency=st.integers(1, 6),
    stop=st.none() | st.integers(0, 30),
    awaited=st.booleans(),
    raising=st.booleans(),
)
@settings(max_examples=60)
def test_outcomes_match_items_in_order(
    service: sparkbot.Sandbox, kinds: list[str], concurrency: int, stop: int | None, awaited: bool, raising: bool
) -> None:
    number = next(RUNS)
    items = [item(kind, position, number) for position, kind in enumerate(kinds)]
    options = {"device": DEVICE, "concurrency": concurrency, "on_error": "raise" if raising else "return"}
    outcomes, error = asyncio.run(run_awaited(service, items, stop, options)) if awaited else run(service, items, stop, options)
    expected = [STATUS[kind] for kind in kinds]
    ends = next((at for at, status in enumerate(expected) if raising and status != "ok"), None)
    length = min(len(items) if stop is None else stop, len(items) if ends is None else ends, len(items))
    assert [outcome.index for outcome in outcomes] == list(range(length))
    assert [outcome.input for outcome in outcomes] == items[:length]
    assert [outcome.status for outcome in outcomes] == expected[:length]
    assert (error is None) or error.index == ends
    assert (error is not None) == (ends is not None and (stop is None or ends < stop))
    sent = requests_of(service, number)
    for outcome in outcomes:
        assert sent[outcome.input.get("contact")] == outcome.attempts
    # Also for items that were read ahead and have no outcome.
    assert max(sent.values(), default=0) <= 3


def run(service: sparkbot.Sandbox, items: list[Any], stop: int | None, options: dict[str, Any]) -> tuple[list[Any], Any]:
    outcomes: list[Any] = []
    client = service.client(retry=sparkbot.Retry(initial_delay=0.001, max_delay=0.002))
    if stop == 0:
        return outcomes, None
    try:
        for outcome in client.map(client.contacts.upsert_metadata, iter(items), **options):
            outcomes.append(outcome)
            if len(outcomes) == stop:
                break
    except Exception as error:
        return outcomes, error
    return outcomes, None


async def run_awaited(
    service: sparkbot.Sandbox, items: list[Any], stop: int | None, options: dict[str, Any]
) -> tuple[list[Any], Any]:
    async def stream() -> Any:
        for item in items:
            yield item

    outcomes: list[Any] = []
    client = service.async_client(retry=sparkbot.Retry(initial_delay=0.001, max_delay=0.002))
    if stop == 0:
        return outcomes, None
    try:
        async for outcome in client.map(client.contacts.upsert_metadata, stream(), **options):
            outcomes.append(outcome)
            if len(outcomes) == stop:
                break
    except Exception as error:
        return outcomes, error
    return outcomes, None
