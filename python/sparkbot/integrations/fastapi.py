"""Webhooks in FastAPI: a dependency that returns their events, and the endpoint of a router.

    from sparkbot.webhooks import Event, Receiver
    from sparkbot.webhooks.fastapi import events_from

    Events = Annotated[list[Event], Depends(events_from(Receiver(os.environ["SPARKBOT_WEBHOOK_SECRET"])))]

    @app.post("/whatsapp")
    async def whatsapp(events: Events) -> None:
        for event in events:
            ...

With a router, whose functions are called for the events:

    app.include_router(api_router(router, "/whatsapp"))

Needs FastAPI, which is not a dependency of this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

# FastAPI evaluates the annotations of a dependency, so their names are imported at run time.
from fastapi import APIRouter, HTTPException, Request

from sparkbot._annotations import make_public

from ..errors import WebhookError
from ..webhooks.events import Event
from .starlette import read_body, router_endpoint, router_lifespan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..webhooks.receiver import Receiver
    from ..webhooks.router import Router

__all__ = ["api_router", "events_from"]


def events_from(receiver: Receiver) -> Callable[[Request], Awaitable[list[Event]]]:
    """Dependency that checks the secret, the signature or both of a request, and returns its events.

    A request that `receiver` rejects gets 400, 401 or 413, and the endpoint does not run. A body is not read beyond its
    maximum size. If the endpoint raises, the response is 500, and the service posts the events again later.

    Args:
        receiver: Checks the secret, the signature or both.

    Returns:
        The dependency, for `Depends`.
    """

    async def events(request: Request) -> list[Event]:
        try:
            body = await read_body(request, receiver.max_bytes)
            return receiver.events(body, url=str(request.url), headers=request.headers)
        except WebhookError as error:
            raise HTTPException(error.status_code or 400, str(error)) from None

    return events


def api_router(router: Router, path: str) -> APIRouter:
    """The endpoint of a router, whose functions are called for the events, and the lifespan in which it runs.

    Args:
        router: The router.
        path: Path of the endpoint.

    Returns:
        The argument of `app.include_router`. The app's own lifespan starts before the router and ends after it, so
        handlers can use what it opens.
    """
    routes = APIRouter(lifespan=router_lifespan(router))
    routes.add_route(path, router_endpoint(router), methods=["POST"], include_in_schema=False)
    return routes


make_public(__name__)
