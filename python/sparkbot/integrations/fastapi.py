"""A FastAPI dependency for webhooks.

    from sparkbot.webhooks import Event, Receiver
    from sparkbot.webhooks.fastapi import events_from

    Events = Annotated[list[Event], Depends(events_from(Receiver(os.environ["SPARKBOT_WEBHOOK_SECRET"])))]

    @app.post("/whatsapp")
    async def whatsapp(events: Events) -> None:
        for event in events:
            ...

Needs FastAPI, which this package does not bring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

# FastAPI reads the annotations of a dependency when the program runs, so their names are imported in earnest.
from fastapi import HTTPException, Request

from ..errors import WebhookError, WebhookTooLargeError
from ..webhooks.events import Event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ..webhooks.receiver import Receiver

__all__ = ["events_from"]


def events_from(receiver: Receiver) -> Callable[[Request], Awaitable[list[Event]]]:
    """Make a dependency that gives the events of a request, once its secret is checked.

    What `receiver` refuses is answered 400, 401 or 413, and the endpoint does not run. No more of a body is read than it
    may have. When the endpoint raises, the answer is 500, and the service posts the events again later.

    Args:
        receiver: Checks the secret.

    Returns:
        What to give to `Depends`.
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
            raise WebhookTooLargeError(f"the webhook's body is too large; at most {max_bytes:,} bytes are read", status_code=413)
    return bytes(body)
