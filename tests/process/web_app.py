"""A web application that calls while it is imported and keeps calling; gunicorn's --preload forks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.process.fork_programs import call, call_forever

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

call_forever()


def application(environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    process = call()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Connection", "close")])
    return [str(process).encode()]
