"""A service that closes connections without notice causes no errors."""

from __future__ import annotations

import asyncio

import pytest

from tests.network import closing


@pytest.mark.parametrize("mode", closing.CALL_MODES)
def test_server_that_closes_after_each_response_causes_no_error(mode: str) -> None:
    assert closing.failures(mode, 1000) == []


def test_message_uses_no_closed_connection() -> None:
    assert asyncio.run(closing.messages(300)) == []
