"""Runs that raise for their failures: one group, with an error of each kind."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
import traceback
from typing import Any

import pytest

import sparkbot
from sparkbot import errors
from sparkbot.sync import sync_metadata
from tests.batch.conftest import DEVICE, Mapping, wid

CANARY = "447400999111"
STATUSES = [
    {"chat": wid(0), "status": "resolved"},
    {"chat": f"{CANARY}@c.us", "status": "resolved"},
    {"chat": wid(1), "status": "closed"},
    {"chat": f"{CANARY}@c.us", "status": "active"},
]
ROWS = [{"phone": f"+4473620500{number:02}", "tier": "gold"} for number in range(18)]
BROKEN = [*ROWS, {"phone": f"+{CANARY}", "tier": "gold"}, {"phone": "Sekret Canary", "tier": "gold"}]


def collect(mapped: Mapping, items: Any, **options: Any) -> Any:
    run: Any = mapped.client.map(mapped.client.chats.set_status, items, device=DEVICE)
    return asyncio.run(run.collect(**options)) if mapped.api.awaited else run.collect(**options)


def test_collect_raises_an_error_of_each_kind(mapped: Mapping) -> None:
    with pytest.raises(errors.FailedItemsError, match=r"^3 of 4 items failed") as caught:
        collect(mapped, STATUSES, raise_for_failures=True)
    missing, invalid = caught.value.exceptions
    assert (type(missing), type(invalid)) == (errors.NotFoundError, errors.InvalidArgumentError)
    assert str(missing).startswith("2 items: item 1: 404 Chat not found")
    assert "item 3: 404" in str(missing)
    assert str(invalid).startswith("1 item: item 2: ")
    assert [(kind["type"], kind["count"]) for kind in caught.value.kinds] == [
        ("NotFoundError", 2),
        ("InvalidArgumentError (status)", 1),
    ]
    assert [outcome.status for outcome in caught.value.outcomes] == ["ok", "failed", "failed", "failed"]  # type: ignore[attr-defined]


def test_collect_returns_outcomes_without_failures(mapped: Mapping) -> None:
    assert [outcome.status for outcome in collect(mapped, STATUSES[:1], raise_for_failures=True)] == ["ok"]
    assert len(collect(mapped, STATUSES)) == 4


def test_unknown_outcomes_count_as_failures(mapped: Mapping, sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.reset_connection(executed=True, path=f"/chat/{DEVICE}/chats/{wid(0)}/*")
    with pytest.raises(errors.FailedItemsError) as caught:
        collect(mapped, STATUSES[:1], raise_for_failures=True)
    assert caught.value.kinds[0]["examples"][0]["status"] == "unknown"


def test_except_star_selects_errors_of_a_group(mapped: Mapping) -> None:
    selected: list[Any] = []
    try:
        collect(mapped, STATUSES, raise_for_failures=True)
    except* errors.NotFoundError as missing:
        selected.append(missing)
    except* errors.InvalidArgumentError as invalid:
        selected.append(invalid)
    assert [type(group) for group in selected] == [errors.FailedItemsError] * 2
    assert [[kind["type"] for kind in group.kinds] for group in selected] == [
        ["NotFoundError"],
        ["InvalidArgumentError (status)"],
    ]
    assert len(selected[0].outcomes) == 4


def test_report_raises_above_the_allowed_rate(sandbox: sparkbot.Sandbox) -> None:
    with sandbox.client() as client:
        report = sync_metadata(client, DEVICE, BROKEN)
    assert report.raise_for_failures(max_rate=0.1) is report
    with pytest.raises(errors.FailedItemsError, match=r"^2 of 20 rows .* more than max_rate=0\.09 allows") as caught:
        report.raise_for_failures(0.09)
    assert caught.value.split(errors.NotFoundError)[0] is not None
    with pytest.raises(errors.SparkBotError, match="1 NotFoundError, 1 InvalidRow"):
        report.raise_for_failures()


def test_report_without_failures_is_returned(sandbox: sparkbot.Sandbox) -> None:
    with sandbox.client() as client:
        report = sync_metadata(client, DEVICE, ROWS)
        empty: list[dict[str, Any]] = []
        assert sync_metadata(client, DEVICE, empty).raise_for_failures().rows == 0
    assert report.raise_for_failures() is report


@pytest.mark.parametrize("max_rate", [-0.1, 1.1, True, "0.1", float("nan")])
def test_invalid_rates_are_rejected(sandbox: sparkbot.Sandbox, max_rate: Any) -> None:
    with sandbox.client() as client:
        report = sync_metadata(client, DEVICE, ROWS[:1])
    with pytest.raises(errors.InvalidArgumentError, match=r"max_rate is .* a share from 0 to 1"):
        report.raise_for_failures(max_rate)


def test_group_holds_no_contacts_and_values(sandbox: sparkbot.Sandbox) -> None:
    with sandbox.client() as client:
        report = sync_metadata(client, DEVICE, BROKEN)
    with pytest.raises(errors.FailedItemsError) as caught:
        report.raise_for_failures()
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + json.dumps(caught.value.kinds)
    assert CANARY not in shown
    assert "Canary" not in shown
    # The report keeps its own errors as they are.
    assert "Canary" in str(report.failures[1].error)


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_groups_are_copied_and_pickled_whole(sandbox: sparkbot.Sandbox, duplicate: Any) -> None:
    with sandbox.client() as client:
        report = sync_metadata(client, DEVICE, BROKEN)
    with pytest.raises(errors.FailedItemsError) as caught:
        report.raise_for_failures()
    again = duplicate(caught.value)
    assert type(again) is errors.FailedItemsError
    assert (str(again), list(map(str, again.exceptions))) == (str(caught.value), list(map(str, caught.value.exceptions)))
    assert again.kinds == caught.value.kinds


def test_errors_of_hooks_are_reported_by_name(sandbox: sparkbot.Sandbox) -> None:
    def veto(request: Any) -> None:
        if request.item == 1:
            raise ZeroDivisionError("no")

    with sandbox.client(on_request=veto) as client:
        run = client.map(client.chats.set_status, [STATUSES[0]] * 2, device=DEVICE)
        with pytest.raises(errors.FailedItemsError) as caught:
            run.collect(raise_for_failures=True)
    assert [str(error) for error in caught.value.exceptions] == ["ZeroDivisionError, 1 item: item 1: no"]
