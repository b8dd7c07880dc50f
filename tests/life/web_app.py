"""A web application whose module calls while it is imported, and goes on calling: what gunicorn's --preload then forks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tests.life.forking import call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _go_on_calling() -> None:
    while True:
        call()


call()
threading.Thread(target=_go_on_calling, daemon=True).start()


def application(environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    process = call()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Connection", "close")])
    return [str(process).encode()]
