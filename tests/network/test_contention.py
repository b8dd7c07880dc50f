"""Calls above the rate limit of the service; `tests/stress/contention.py` runs longer."""

from __future__ import annotations

import pytest

from tests.network.contention import CALL_MODES, CallMode, FixedWindowLimiter, run_load


@pytest.mark.parametrize("mode", CALL_MODES)
def test_no_call_fails_above_the_rate_limit(mode: CallMode) -> None:
    load = run_load(mode, FixedWindowLimiter(50, period=0.25), 300, max_in_flight=16)
    assert load.errors == []
    assert any(rejected for _, rejected in load.arrivals)
    assert load.extra <= 0.2
