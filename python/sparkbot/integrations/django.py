"""A Django view for webhooks.

    from sparkbot.webhooks import Receiver
    from sparkbot.webhooks.django import webhook_view

    @webhook_view(Receiver(settings.SPARKBOT_WEBHOOK_SECRET))
    def whatsapp(request, events):
        for event in events:
            ...

Needs Django, which is not a dependency of this package.
"""

from __future__ import annotations

from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sparkbot._annotations import make_public

from ..errors import WebhookError
from ..webhooks.parsing import too_large_error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from django.http import HttpRequest, HttpResponseBase

    from ..webhooks import Event, Receiver

    View = Callable[[HttpRequest, list[Event]], HttpResponseBase | None]
    AsyncView = Callable[[HttpRequest, list[Event]], Awaitable[HttpResponseBase | None]]

__all__ = ["webhook_view"]


def webhook_view(receiver: Receiver) -> Callable[[View | AsyncView], Callable[..., Any]]:
    """Decorator that turns a function of a request and its events, plain or `async`, into a view.

    The view accepts POST only and is exempt from CSRF checks. It checks secret and signature, parses the events and calls the
    function, which returns a response, or None for an empty 200. A request that `receiver` rejects gets 400, 401 or 413, and
    the function is not called. If the function raises, the response is 500, and the service posts the events again later.

    Args:
        receiver: Checks the secret, the signature or both.

    Returns:
        The decorator. Other arguments of the route, such as a secret in the path, are not passed on.
    """

    def decorator(view: View | AsyncView) -> Callable[..., Any]:
        if iscoroutinefunction(view):

            @wraps(view)
            async def asynchronous(request: HttpRequest, **route: object) -> HttpResponseBase:
                events = _events(receiver, request)
                return events if isinstance(events, HttpResponse) else _response(await view(request, events))

            return csrf_exempt(require_POST(asynchronous))

        @wraps(view)
        def blocking(request: HttpRequest, **route: object) -> HttpResponseBase:
            events = _events(receiver, request)
            return events if isinstance(events, HttpResponse) else _response(view(request, events))

        return csrf_exempt(require_POST(blocking))

    return decorator


def _events(receiver: Receiver, request: HttpRequest) -> list[Event] | HttpResponse:
    try:
        return receiver.events(_body(request, receiver.max_bytes), url=request.get_full_path(), headers=request.headers)
    except WebhookError as error:
        return HttpResponse(str(error), status=error.status_code, content_type="text/plain; charset=utf-8")


def _response(result: Any) -> HttpResponseBase:
    return HttpResponse() if result is None else result


def _body(request: HttpRequest, max_bytes: int) -> bytes:
    """The raw body. A body whose `Content-Length` exceeds the limit is not read."""
    length = request.headers.get("Content-Length") or ""
    if length.isdecimal() and int(length) > max_bytes:
        raise too_large_error(max_bytes)
    try:
        return request.body
    except RequestDataTooBig:
        raise too_large_error(max_bytes) from None


make_public(__name__)
