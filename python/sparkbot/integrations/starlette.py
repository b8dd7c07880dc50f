"""A router of webhook events in Starlette, and in any framework on it.

    from sparkbot.webhooks import Receiver, Router
    from sparkbot.webhooks.starlette import router_endpoint, router_lifespan

    router = Router(Receiver(os.environ["SPARKBOT_WEBHOOK_SECRET"]))
    app = Starlette(
        routes=[Route("/whatsapp", router_endpoint(router), methods=["POST"])],
        lifespan=router_lifespan(router),
    )

Needs Starlette, which is not a dependency of this package.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from sparkbot._annotations import make_public

from ..errors import WebhookError
from ..webhooks.parsing import too_large_error
from ..webhooks.router import rejection

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response

    from ..webhooks.router import Router

__all__ = ["router_endpoint", "router_lifespan"]


def router_endpoint(router: Router) -> Callable[[Request], Awaitable[Response]]:
    """Endpoint whose events a router handles. The router must run: see `router_lifespan`.

    A body is not read beyond its maximum size. The response is that of `Router.receive`.

    Args:
        router: The router.

    Returns:
        The endpoint, for a `Route` with the method POST.
    """

    async def endpoint(request: Request) -> Response:
        try:
            body = await read_body(request, router.receiver.max_bytes)
        except WebhookError as error:
            answer = rejection(error)
        else:
            answer = await router.receive(body, url=str(request.url), headers=request.headers)
        return PlainTextResponse(answer.text, answer.status_code)

    return endpoint


def router_lifespan(router: Router) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Lifespan of an app in which a router runs. An app with a lifespan of its own enters `async with router` there.

    Args:
        router: The router.

    Returns:
        The argument `lifespan` of the app.
    """

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        async with router:
            yield

    return lifespan


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The raw body, not read beyond its maximum size."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise too_large_error(max_bytes)
    return bytes(body)


make_public(__name__)
