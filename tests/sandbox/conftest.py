"""A running sandbox, and an HTTP client that shares no code with the package."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import pytest

from sparkbot.sandbox import Sandbox
from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
OTHER_DEVICE = "64f0c2a91b7e4d5f8a3b6c02"
CONTACT = "447362053576@c.us"
AGENT = "64f0c2a91b7e4d5f8a3b6ca1"
DEPARTMENT = "64f0c2a91b7e4d5f8a3b6cd1"


@dataclass
class HttpResponse:
    """A response with its complete body."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def message(self) -> str:
        """The message of an error; asserts the shape of the error too."""
        body = self.json
        assert body["status"] == self.status
        assert set(body) <= {"status", "message", "errorCode", "errors"}
        return str(body["message"])


@dataclass
class HttpClient:
    """Sends requests over one keep-alive connection."""

    sandbox: Sandbox
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(self.sandbox.url).netloc, timeout=HANG_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def __call__(self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None) -> HttpResponse:
        """Send a request; `path` is relative to /v1, except for the admin routes under /_sandbox/."""
        target = path if path.startswith("/_sandbox/") else "/v1" + path
        text = body if body is None or isinstance(body, str | bytes) else json.dumps(body)
        self.connection.request(method, target, text, self.headers if headers is None else headers)
        response = self.connection.getresponse()
        return HttpResponse(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def queue_size(api: HttpClient, device: str = DEVICE) -> int:
    return int(api("GET", f"/devices/{device}/queue").json["queue"]["size"])


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """A reset sandbox with additional documents of known ids."""
    running.reset()
    running.seed(
        users=[{"id": AGENT, "email": "ada@example.com"}],
        departments=[{"id": DEPARTMENT, "device": DEVICE, "name": "Care"}],
        devices=[{"id": DEVICE, "phone": "+447362053500", "alias": "Test line"}, {"id": OTHER_DEVICE}],
        contacts=[{"device": DEVICE, "wid": CONTACT, "name": "Zoë", "metadata": {"tier": "gold", "crm_id": "7"}}],
        chats=[{"device": DEVICE, "wid": CONTACT, "status": "pending"}, {"device": DEVICE, "wid": "120363012345678901@g.us"}],
        queue=[{"device": DEVICE, "phone": "+447362053576", "message": str(number)} for number in range(3)],
    )
    return running


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[HttpClient]:
    with HttpClient(sandbox, {"Token": sandbox.api_key}) as client:
        yield client
