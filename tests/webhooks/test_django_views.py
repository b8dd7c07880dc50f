"""The Django view's corners that the example app does not use: `async`, a secret in the path, an answer of one's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from sparkbot.webhooks import Receiver
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

    def make(address: str, body: bytes = BODY) -> HttpRequest:
        return RequestFactory().post(address, body, content_type="application/json")

    return make


@pytest.mark.parametrize("awaited", [False, True])
def test_a_view_reads_answers_and_refuses(request_to: Any, awaited: bool) -> None:
    from django.http import HttpResponse

    def answer(request: HttpRequest, events: list[Event]) -> HttpResponse | None:
        """What happened."""
        return HttpResponse(status=202) if events[0]["event"] == "chat:update" else None

    async def answer_awaited(request: HttpRequest, events: list[Event]) -> HttpResponse | None:
        """What happened."""
        return answer(request, events)

    view = webhook_view(Receiver(SECRET, where="path"))(answer_awaited if awaited else answer)
    assert view.__doc__ == "What happened."

    def status(address: str, body: bytes = BODY) -> int:
        answered = view(request_to(address, body), secret="what the route gives")
        response: HttpResponseBase = asyncio.run(answered) if awaited else answered
        return response.status_code

    assert status(f"/whatsapp/{SECRET}") == 202
    assert status(f"/whatsapp/{SECRET}", BODY.replace(b"chat:update", b"moon:phase")) == 200
    assert status("/whatsapp/guessed") == 401
    assert status(f"/whatsapp/{SECRET}", b"[7]") == 400
