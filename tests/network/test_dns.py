"""DNS faults; `tests/stress/network.py` runs all cases."""

from __future__ import annotations

import pytest

from tests.network import netns


def test_no_promise_is_broken_by_dns_faults() -> None:
    try:
        played = netns.play(every=7)
    except netns.NamespaceUnavailable as reason:
        pytest.skip(f"no network namespace: {reason}")
    assert played.tries > 20
    assert played.broken == []
