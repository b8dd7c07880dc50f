"""The server of the tests of responses, and a client of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.data.byte_server import running_byte_server

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.data.byte_server import ByteServer


@pytest.fixture(scope="module")
def server() -> Iterator[ByteServer]:
    with running_byte_server() as server:
        yield server


@pytest.fixture
def client(server: ByteServer) -> sparkbot.Client:
    """A client for each test: the server closes connections that another test would find in the pool."""
    return sparkbot.Client("key-of-this-test", base_url=server.url, max_retries=0)
