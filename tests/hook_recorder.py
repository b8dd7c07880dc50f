"""Client hooks that record their arguments, and the thread and the context in which they run."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sparkbot.hooks import Request, Response

RUN: contextvars.ContextVar[str] = contextvars.ContextVar("run", default="none")


class HookRecorder:
    def __init__(self, *, items_only: bool = False) -> None:
        #: Ignores calls that no item or row has made.
        self.items_only = items_only
        self.requests: list[Request] = []
        self.responses: list[Response] = []
        self.where: set[tuple[int, str]] = set()

    def before(self, request: Request) -> None:
        self.where.add((threading.get_ident(), RUN.get()))
        if request.item is None and self.items_only:
            return
        self.requests.append(request)
        request.headers["X-Run"] = RUN.get()
        if request.item is not None:
            request.headers["X-Item"] = str(request.item)
        request.state["mine"] = len(self.requests)

    def after(self, response: Response) -> None:
        self.where.add((threading.get_ident(), RUN.get()))
        if response.request.item is not None or not self.items_only:
            self.responses.append(response)

    @property
    def hooks(self) -> dict[str, Any]:
        return {"on_request": self.before, "on_response": self.after}

    @property
    def awaited(self) -> dict[str, Any]:
        """The same hooks as coroutine functions."""

        async def before(request: Request) -> None:
            await asyncio.sleep(0)
            self.before(request)

        async def after(response: Response) -> None:
            await asyncio.sleep(0)
            self.after(response)

        return {"on_request": before, "on_response": after}

    def items(self) -> list[int | None]:
        return [response.request.item for response in self.responses]
