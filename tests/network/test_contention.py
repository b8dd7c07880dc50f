"""A service that is asked for more than it takes; `tests/stress/contention.py` asks for longer."""

from __future__ import annotations

import pytest

from tests.network.contention import WAYS, Limiter, Way, offer


@pytest.mark.parametrize("way", WAYS)
def test_no_call_is_lost_to_a_service_that_takes_fewer(way: Way) -> None:
    crowd = offer(way, Limiter(50, period=0.25), 300, max_in_flight=16)
    assert crowd.errors == []
    assert any(refused for _, refused in crowd.came)
    assert crowd.extra <= 0.2
