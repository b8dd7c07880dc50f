"""Features of the Django view that the example app does not use: `async`, a secret in the path, a custom response."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from sparkbot.webhooks import Receiver, sign
from sparkbot.webhooks.django import webhook_view

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from sparkbot.webhooks import Event

SECRET = "a-secret-of-sixteen"
BODY = b'{"id": "5e01", "event": "chat:update", "data": {}}'


@pytest.fixture
def request_to(monkeypatch: pytest.MonkeyPatch) -> Any:
    if not settings.configured:
        settings.configure()
    from django.test import RequestFactory

    def post(address: str, body: bytes = BODY, headers: dict[str, str] | None = None) -> HttpRequest:
        return RequestFactory().post(address, body, content_type="application/json", headers=headers)

    return post


@pytest.mark.parametrize("awaited", [False, True])
def test_view_parses_responds_and_rejects(request_to: Any, awaited: bool) -> None:
    from django.http import HttpResponse

    def handle(request: HttpRequest, events: list[Event]) -> HttpResponse | None:
        """Handles events."""
        return HttpResponse(status=202) if events[0]["event"] == "chat:update" else None

    async def handle_async(request: HttpRequest, events: list[Event]) -> HttpResponse | None:
        """Handles events."""
        return handle(request, events)

    view = webhook_view(Receiver(SECRET, where="path"))(handle_async if awaited else handle)
    assert view.__doc__ == "Handles events."

    def status(address: str, body: bytes = BODY) -> int:
        result = view(request_to(address, body), secret="argument of the route")
        response: HttpResponseBase = asyncio.run(result) if awaited else result
        return response.status_code

    assert status(f"/whatsapp/{SECRET}") == 202
    assert status(f"/whatsapp/{SECRET}", BODY.replace(b"chat:update", b"moon:phase")) == 200
    assert status("/whatsapp/guessed") == 401
    assert status(f"/whatsapp/{SECRET}", b"[7]") == 400


def test_view_checks_secret_and_signature(request_to: Any) -> None:
    view = webhook_view(Receiver(SECRET, signing_key=SECRET[::-1]))(lambda request, events: None)
    signed = {"X-SparkBot-Signature": sign(SECRET[::-1], BODY)}
    address = f"/whatsapp?secret={SECRET}"
    assert view(request_to(address, headers=signed)).status_code == 200
    for wrong in (request_to(address), request_to("/whatsapp", headers=signed), request_to(address, BODY + b" ", signed)):
        assert view(wrong).status_code == 401
