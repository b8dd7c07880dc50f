"""Views for webhooks in Django, and Django's cache as the store of a router.

    from sparkbot.webhooks import Receiver
    from sparkbot.webhooks.django import webhook_view

    @webhook_view(Receiver(settings.SPARKBOT_WEBHOOK_SECRET))
    def whatsapp(request, events):
        for event in events:
            ...

With a router, whose functions are called for the events:

    router = Router(Receiver(settings.SPARKBOT_WEBHOOK_SECRET), store=CacheStore())
    urlpatterns = [path("whatsapp", router_view(router))]

Needs Django, which is not a dependency of this package.
"""

from __future__ import annotations

from functools import wraps
from hashlib import sha256
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.core.exceptions import RequestDataTooBig
from django.db import close_old_connections
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sparkbot._annotations import make_public

from ..errors import WebhookError
from ..webhooks.parsing import too_large_error
from ..webhooks.router import rejection
from ..webhooks.stores import CLAIM_TIMEOUT, TTL, check_positive

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from django.http import HttpRequest, HttpResponseBase

    from ..webhooks import Event, Receiver, Router, WebhookResponse
    from ..webhooks.stores import Claim

    View = Callable[[HttpRequest, list[Event]], HttpResponseBase | None]
    AsyncView = Callable[[HttpRequest, list[Event]], Awaitable[HttpResponseBase | None]]

__all__ = ["CacheStore", "router_view", "webhook_view"]


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
        return _text(rejection(error))


def _text(answer: WebhookResponse) -> HttpResponse:
    return HttpResponse(answer.text, status=answer.status_code, content_type="text/plain; charset=utf-8")


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


def router_view(router: Router) -> Callable[..., HttpResponse]:
    """View whose events a router handles, for `urlpatterns`. The response is that of `Router.receive`.

    The router runs in a thread of each process, from the first request on, and finishes its events when the process ends.
    Handlers may use the ORM: plain ones run in threads whose database connections are kept and closed as those of requests.

    Args:
        router: The router.

    Returns:
        The view. It accepts POST only and is exempt from CSRF checks. Arguments of the route are not used.
    """
    router._around_blocking = close_old_connections

    def view(request: HttpRequest, **route: object) -> HttpResponse:
        try:
            body = _body(request, router.receiver.max_bytes)
        except WebhookError as error:
            return _text(rejection(error))
        return _text(router.receive_blocking(body, url=request.get_full_path(), headers=request.headers))

    return csrf_exempt(require_POST(view))


class CacheStore:
    """Remembers events in Django's cache, for a `Router`; servers that share the cache share their events.

    The cache must be shared by all processes and add keys atomically: Redis, Memcached or the database, not files, nor local
    memory if there are several processes. It keeps ids only: an event that failed runs again when the service delivers it
    again, and one whose process ended does too, so set `process_before_response`, or use an `SQLiteStore`.

    Args:
        alias: Name of the cache in `CACHES`.
        ttl: Time to live in seconds: how long an event that is done is remembered.
        claim_timeout: Seconds after which the claim of a process that ended is void.

    Raises:
        ConfigError: A number is not positive.
    """

    def __init__(self, alias: str = "default", *, ttl: float = TTL, claim_timeout: float = CLAIM_TIMEOUT) -> None:
        check_positive("ttl", ttl)
        check_positive("claim_timeout", claim_timeout)
        self._alias = alias
        self._ttl = ttl
        self.claim_timeout = claim_timeout

    def __repr__(self) -> str:
        return f"<sparkbot.webhooks.django.CacheStore {self._alias!r}>"

    def claim(self, event_id: str, event: Event) -> Claim:
        """See `sparkbot.webhooks.EventStore`, also for the other methods."""
        if self._cache.add(_key("claim", event_id), 1, self.claim_timeout):
            if not self._is_done(event_id):
                return "new"
            self.release(event_id)
        return "done" if self._is_done(event_id) else "running"

    def finish(self, event_id: str) -> None:
        self._cache.set(_key("done", event_id), 1, self._ttl)
        self.release(event_id)

    def release(self, event_id: str) -> None:
        self._cache.delete(_key("claim", event_id))

    def poll(self, running: Collection[str]) -> list[Event]:
        for event_id in running:
            self._cache.touch(_key("claim", event_id), self.claim_timeout)
        return []

    def close(self) -> None:
        self._cache.close()

    def _is_done(self, event_id: str) -> bool:
        return self._cache.get(_key("done", event_id)) is not None

    @property
    def _cache(self) -> Any:
        # The cache may be the database, and the threads of a router have no requests that close its connections.
        close_old_connections()
        return caches[self._alias]


def _key(kind: str, event_id: str) -> str:
    """With a hash, because Memcached allows neither spaces in a key nor long ones."""
    return f"sparkbot:{kind}:{sha256(event_id.encode()).hexdigest()}"


make_public(__name__)
