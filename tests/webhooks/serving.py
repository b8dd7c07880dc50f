"""Serves an ASGI app on a free port, runs a router, and builds bodies of events."""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import uvicorn

from sparkbot.webhooks import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from sparkbot.webhooks import Router

SECRET = "a-secret-of-sixteen"
RECEIVER = Receiver(SECRET)
URL = RECEIVER.url("/whatsapp")


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of the running app, until the block ends and the app has shut down."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
    # The socket listens before the server runs, so no request has to wait.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def event(number: int = 1, name: str = "message:in:new", **data: Any) -> dict[str, Any]:
    return {"id": f"event-{number}", "event": name, "data": {"id": f"m{number}", "type": "text", "body": "Hi", **data}}


def body(*events: dict[str, Any]) -> bytes:
    return json.dumps(list(events) if len(events) != 1 else events[0]).encode()


def run(router: Router, main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Runs a coroutine in an event loop with the router."""

    async def running() -> Any:
        async with router:
            return await main()

    return asyncio.run(running())


async def post(router: Router, *events: dict[str, Any]) -> int:
    return (await router.receive(body(*events), url=URL)).status_code
