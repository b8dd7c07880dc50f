"""A Django view for webhooks.

    from sparkbot.webhooks import Receiver
    from sparkbot.webhooks.django import webhook_view

    @webhook_view(Receiver(settings.SPARKBOT_WEBHOOK_SECRET))
    def whatsapp(request, events):
        for event in events:
            ...

Needs Django, which this package does not bring.
"""

from __future__ import annotations

from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..errors import WebhookError, WebhookTooLargeError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from django.http import HttpRequest, HttpResponseBase

    from ..webhooks import Event, Receiver

    View = Callable[[HttpRequest, list[Event]], HttpResponseBase | None]
    AsyncView = Callable[[HttpRequest, list[Event]], Awaitable[HttpResponseBase | None]]

__all__ = ["webhook_view"]


def webhook_view(receiver: Receiver) -> Callable[[View | AsyncView], Callable[..., Any]]:
    """Make a view of a function that takes the request and its events; plain or `async`.

    The view takes POST only, without a CSRF token. It checks the secret, reads the events, and calls the function, which
    returns an answer, or None for an empty 200. What `receiver` refuses is answered 400, 401 or 413 and the function is not
    called. When it raises, the answer is 500, and the service posts the events again later.

    Args:
        receiver: Checks the secret.

    Returns:
        A decorator. The view ignores what else its route gives, such as a secret in the path.
    """

    def decorator(view: View | AsyncView) -> Callable[..., Any]:
        if iscoroutinefunction(view):

            @wraps(view)
            async def asynchronous(request: HttpRequest, **route: object) -> HttpResponseBase:
                events = _events(receiver, request)
                return events if isinstance(events, HttpResponse) else _answer(await view(request, events))

            return csrf_exempt(require_POST(asynchronous))

        @wraps(view)
        def blocking(request: HttpRequest, **route: object) -> HttpResponseBase:
            events = _events(receiver, request)
            return events if isinstance(events, HttpResponse) else _answer(view(request, events))

        return csrf_exempt(require_POST(blocking))

    return decorator


def _events(receiver: Receiver, request: HttpRequest) -> list[Event] | HttpResponse:
    try:
        return receiver.events(_body(request, receiver.max_bytes), url=request.get_full_path(), headers=request.headers)
    except WebhookError as error:
        return HttpResponse(str(error), status=error.status_code, content_type="text/plain; charset=utf-8")


def _answer(given: Any) -> HttpResponseBase:
    return HttpResponse() if given is None else given


def _body(request: HttpRequest, max_bytes: int) -> bytes:
    """The raw body, unless the request announces too large a one: it is not even read."""
    announced = request.headers.get("Content-Length") or ""
    too_large = WebhookTooLargeError(f"the webhook's body is too large; at most {max_bytes:,} bytes are read", status_code=413)
    if announced.isdecimal() and int(announced) > max_bytes:
        raise too_large
    try:
        return request.body
    except RequestDataTooBig:
        raise too_large from None
