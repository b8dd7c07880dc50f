"""DNS faults; `tests/stress/network.py` runs all cases."""

from __future__ import annotations

import pytest

from tests.network import netns


def test_client_keeps_its_promises_during_dns_faults() -> None:
    try:
        result = netns.play(every=7)
    except netns.NamespaceUnavailable as reason:
        pytest.skip(f"no network namespace: {reason}")
    assert result.tries > 20
    assert result.broken == []
