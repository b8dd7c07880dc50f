"""Faults between a name and a connection; `tests/long/wire.py` plays all cells of them."""

from __future__ import annotations

import pytest

from tests.faults import secluded


def test_no_promise_is_broken_by_names() -> None:
    try:
        played = secluded.play(every=7)
    except secluded.Impossible as reason:
        pytest.skip(f"no network of its own: {reason}")
    assert played.tries > 20
    assert played.broken == []
