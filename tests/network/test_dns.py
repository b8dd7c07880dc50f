"""Faults between a name and a connection; `tests/stress/network.py` plays all cells of them."""

from __future__ import annotations

import pytest

from tests.network import netns


def test_no_promise_is_broken_by_names() -> None:
    try:
        played = netns.play(every=7)
    except netns.Impossible as reason:
        pytest.skip(f"no network of its own: {reason}")
    assert played.tries > 20
    assert played.broken == []
