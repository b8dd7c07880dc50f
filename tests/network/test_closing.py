"""A service that closes connections whenever it likes is no error."""

from __future__ import annotations

import asyncio

import pytest

from tests.network import closing


@pytest.mark.parametrize("way", closing.WAYS)
def test_a_server_that_closes_after_each_answer_is_no_error(way: str) -> None:
    assert closing.failures(way, 1000) == []


def test_a_message_meets_no_connection_that_was_closed() -> None:
    assert asyncio.run(closing.messages(300)) == []
