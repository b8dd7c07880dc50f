"""Shared by the tests of proxies and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import sparkbot
from tests.conftest import CANARY, CHAT, DEVICE
from tests.network import certificates

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A file with the certificate of the authority."""
    path = tmp_path / "authority.pem"
    certificates.authority().cert_pem.write_to_path(path)
    return path


def call(url: str, **settings: Any) -> Any:
    settings = {"base_url": url, "max_retries": 0, "timeout": 10, "allow_http": True, **settings}
    with sparkbot.Client(CANARY, **settings) as client:
        return client.chats.get(DEVICE, CHAT)
