"""Many calls: closed connections and the rate limit of the service. `tests/stress` runs longer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.network import closing, contention

if TYPE_CHECKING:
    from tests.network.load import CallMode


@pytest.mark.parametrize("mode", closing.CALL_MODES)
def test_unannounced_close_causes_no_error(mode: CallMode) -> None:
    assert closing.failures(mode, 1000) == []


def test_message_uses_no_closed_connection() -> None:
    """One message may be on its way when its connection is closed. Then messages use new connections for a minute."""
    assert len(asyncio.run(closing.messages(300))) <= 1


@pytest.mark.parametrize("mode", contention.CALL_MODES)
def test_calls_above_the_rate_limit_succeed(mode: contention.CallMode) -> None:
    load = contention.run_load(mode, contention.FixedWindowLimiter(20, period=0.5), 100, max_in_flight=16)
    assert load.errors == []
    assert any(rejected for _, rejected in load.arrivals)
    assert load.extra <= 0.2
