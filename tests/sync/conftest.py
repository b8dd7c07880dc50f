"""The account of the sync tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sync.accounts import Account

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def account() -> Iterator[Account]:
    with sparkbot.Sandbox() as sandbox:
        yield Account(sandbox)
