"""A router in FastAPI, in Django and in servers without an event loop."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.conf import settings
from fastapi import FastAPI
from tests.conftest import DEVICE
from tests.time_limits import HANG_TIMEOUT
from tests.webhooks.serving import RECEIVER, SECRET, URL, body, event, served

from sparkbot.webhooks import Event, Router
from sparkbot.webhooks.django import router_view
from sparkbot.webhooks.fastapi import api_router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import sparkbot


def test_fastapi_router_runs_inside_the_lifespan_of_the_app() -> None:
    steps: list[str] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, int]]:
        steps.append("opened")
        yield {"state": 1}
        steps.append("closed")

    router = Router(RECEIVER)
    router.on("message:in:new")(lambda event: steps.append(event["id"]))
    app = FastAPI(lifespan=lifespan)
    app.include_router(api_router(router, "/whatsapp"))
    with served(app) as address:
        answers = [
            httpx.request(method, address + url, content=content, timeout=HANG_TIMEOUT)
            for method, url, content in (
                ("POST", "/whatsapp", body(event())),
                ("POST", URL, b"7"),
                ("POST", URL, b" " * (1024 * 1024 + 1)),
                ("GET", URL, b""),
                ("POST", URL, body(event())),
            )
        ]
    assert [answer.status_code for answer in answers] == [401, 400, 413, 405, 200]
    assert SECRET not in "".join(answer.text for answer in answers)
    assert steps == ["opened", "event-1", "closed"]


@pytest.fixture
def requests() -> Any:
    if not settings.configured:
        settings.configure()
    from django.test import RequestFactory

    return RequestFactory()


def test_django_view_answers_and_its_router_handles(requests: Any) -> None:
    router = Router(RECEIVER)
    got: list[str] = []

    @router.on()
    def plain(event: Event) -> None:
        got.append("plain")

    @router.on()
    async def awaited(event: Event) -> None:
        got.append("awaited")

    view = router_view(router)

    def post(address: str, content: bytes) -> int:
        return view(requests.post(address, content, content_type="application/json"), secret="of the route").status_code

    for _ in range(2):
        assert post(URL, body(event())) == 200
        router.close()
    assert sorted(got) == ["awaited"] * 2 + ["plain"] * 2, "a store in memory ends with the router"
    assert [post("/whatsapp", body(event())), post(URL, b"7"), post(URL, b" " * (1024 * 1024 + 1))] == [401, 400, 413]
    assert view(requests.get(URL)).status_code == 405
    router.close()
    router.close()


def test_django_connections_are_closed_around_handlers(requests: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr("sparkbot.integrations.django.close_old_connections", lambda: steps.append("closed"))
    router = Router(RECEIVER)
    router.on()(lambda event: steps.append("handled"))
    assert router_view(router)(requests.post(URL, body(event()), content_type="application/json")).status_code == 200
    router.close()
    assert steps == ["closed", "handled", "closed"]


PROGRAM = f"""
import os, sys, time
from sparkbot.webhooks import Receiver, Router

router = Router(Receiver({SECRET!r}))

def say(text):
    os.write(1, text.encode() + b"\\n")  # whole lines, also from two threads

@router.on()
def handle(event):
    while event["id"] == "event-2" and not router._workers.is_stopping:
        time.sleep(0.001)
    say("handled " + event["id"])

def post(body):
    say(str(router.receive_blocking(body, url={URL!r}).status_code))

post({body(event(1))!r})
if sys.argv[1] == "fork" and os.fork():
    os.wait()
else:
    post({body(event(2))!r})
"""


@pytest.mark.parametrize("mode", ["exit", pytest.param("fork", marks=pytest.mark.skipif(sys.platform == "win32", reason="fork"))])
def test_end_of_the_process_finishes_events(mode: str) -> None:
    """Also of a forked one, which has no thread of its parent."""
    command = [sys.executable, "-c", PROGRAM, mode]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert sorted(set(done.stdout.splitlines())) == ["200", "handled event-1", "handled event-2"]
    assert done.stdout.splitlines()[-1] == "handled event-2"


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs fork")
def test_gunicorn_workers_share_events_and_finish_them(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    log = tmp_path / "log"
    options = ["--workers", "2", "--preload", "--bind", "127.0.0.1:0", "--no-control-socket", "--threads", "4"]
    command = [sys.executable, "-m", "gunicorn", *options, "tests.webhooks.django_events:application"]
    settings = {**os.environ, "EVENTS_LOG": str(log), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, env=settings, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            address = next(line.split()[-2] for line in server.stderr if "Listening at" in line)
            assert httpx.get(address, timeout=HANG_TIMEOUT).status_code == 404
            with sandbox.client() as client:
                url = RECEIVER.url(f"{address}/whatsapp")
                client.webhooks.create(name="App", url=url, events=["message:in:new"], device=DEVICE)
            sandbox.faults.webhooks(copies=3)
            for number in range(10):
                sandbox.receive(DEVICE, "+447362053577", f"text {number}")
            sandbox.settle()
        finally:
            server.terminate()
        rest = server.communicate(timeout=HANG_TIMEOUT)[1]
    assert "Traceback" not in rest
    assert sorted(log.read_text().splitlines()) == [f"text {number}" for number in range(10)]
