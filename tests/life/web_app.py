"""A web application whose module calls while it is imported, and goes on calling: what gunicorn's --preload then forks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.life.forking import call, go_on_calling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

go_on_calling()


def application(environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    process = call()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Connection", "close")])
    return [str(process).encode()]
