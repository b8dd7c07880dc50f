"""The rate limit of a run, and dry runs."""

from __future__ import annotations

from typing import Any

import pytest

from sparkbot.batch.validation import resolve_rate_limit
from sparkbot.errors import InvalidArgumentError
from sparkbot.sync import stream_metadata


@pytest.mark.parametrize(
    ("option", "base_url", "limit"),
    [
        ("auto", "https://api.example.com/v1", 10.0),
        ("auto", None, 10.0),
        ("auto", "http://127.0.0.1:8080/v1", None),
        ("auto", "http://[::1]:8080/v1", None),
        ("auto", "http://localhost/v1", None),
        ("auto", "https://127.example.com/v1", 10.0),
        (None, "https://api.example.com/v1", None),
        (2.5, "http://127.0.0.1:8080/v1", 2.5),
    ],
)
def test_auto_rate_limit_depends_on_address(option: Any, base_url: str | None, limit: float | None) -> None:
    assert resolve_rate_limit(option, base_url) == limit


@pytest.mark.parametrize("option", [0, -1, True, float("nan"), float("inf"), "fast"])
def test_invalid_rate_limit_is_rejected(option: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="pass a number above 0"):
        resolve_rate_limit(option, None)


def test_dry_run_plans_rows_without_client() -> None:
    rows = [
        {"phone": "+44 7362 053576", "tier": "gold"},
        {"phone": 447362053576.0, "tier": 3.0},
        {"phone": "+44 7362 053576", "tier": " "},
        {"phone": "+44 7362 053576", "tier": "x" * 301},
        {"phone": "4.47E+11", "tier": "gold"},
        {"phone": "+44 7362 053576", "tier": ["a"]},
        {"phone": "+44 7362 053576", "tier": "a\0b"},
        {"phone": "+44 7362 053576"},
        {"phone": "+44 7362 053576", "tier": "é" * 300},
    ]
    client: Any = None
    outcomes = list(stream_metadata(client, "", rows, dry_run=True))
    assert [outcome.status for outcome in outcomes] == ["ok", "ok", "skipped", *["failed"] * 4, "skipped", "ok"]
    assert {outcome.contact for outcome in outcomes[:3]} == {"447362053576@c.us"}
    assert [outcome.kind for outcome in outcomes[3:7]] == [
        "InvalidRow (tier: too long)",
        "InvalidRow (contact: exponent)",
        "InvalidRow (tier: not text)",
        "InvalidRow (tier: NUL)",
    ]
    assert all(outcome.attempts == 0 for outcome in outcomes)
