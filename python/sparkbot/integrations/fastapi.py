"""A FastAPI dependency for webhooks.

    from sparkbot.webhooks import Event, Receiver
    from sparkbot.webhooks.fastapi import events_from

    Events = Annotated[list[Event], Depends(events_from(Receiver(os.environ["SPARKBOT_WEBHOOK_SECRET"])))]

    @app.post("/whatsapp")
    async def whatsapp(events: Events) -> None:
        for event in events:
            ...

Needs FastAPI, which is not a dependency of this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

# FastAPI evaluates the annotations of a dependency, so their names are imported at run time.
from fastapi import HTTPException, Request

from sparkbot._annotations import make_public

from ..errors import WebhookError
from ..webhooks.events import Event
from ..webhooks.parsing import too_large_error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..webhooks.receiver import Receiver

__all__ = ["events_from"]


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
            body = await _body(request, receiver.max_bytes)
            return receiver.events(body, url=str(request.url), headers=request.headers)
        except WebhookError as error:
            raise HTTPException(error.status_code or 400, str(error)) from None

    return events


async def _body(request: Request, max_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise too_large_error(max_bytes)
    return bytes(body)


make_public(__name__)
