"""The app behind a real server; the sandbox of the fixtures posts real webhooks to it."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot import Client, Sandbox

DEVICE, CHAT = "64f0c2a91b7e4d5f8a3b6c01", "447362053576@c.us"
ADA, GRACE = "+447362053576", "+447362053577"


@pytest.fixture
def app(sparkbot_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The running app. Its client finds the sandbox through the environment, as the fixture has set it."""
    sparkbot_sandbox.seed(
        devices=[{"id": DEVICE, "alias": "Shop", "phone": "+447362053500"}],
        contacts=[{"device": DEVICE, "phone": phone} for phone in (ADA, GRACE)],
        chats=[{"device": DEVICE, "wid": CHAT, "status": "pending"}],
    )
    monkeypatch.setenv("CRM_DATABASE", str(tmp_path / "crm.sqlite3"))
    server = uvicorn.Server(uvicorn.Config("crm.main:app", log_level="warning", lifespan="on"))
    # The socket listens before the server runs, so no request has to wait.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=30) as browser:
            yield browser
        server.should_exit = True
        thread.join()


@pytest.fixture
def webhook(app: httpx.Client, sparkbot_client: Client) -> str:
    """The id of the app's webhook, registered as an operator does it."""
    from crm.main import receiver

    address = receiver.url(f"{app.base_url}/whatsapp")
    events: Any = ["message:in:new", "message:out:new", "message:out:sent", "message:out:ack"]
    return sparkbot_client.webhooks.create(name="CRM", url=address, events=events, device=DEVICE)["id"]


def messages(app: httpx.Client) -> list[tuple[str, bool, str, str]]:
    found = app.get("/messages").json()
    return sorted((message["phone"], message["inbound"], message["body"], message["ack"]) for message in found)


def test_numbers_and_chats_come_from_the_service(app: httpx.Client, sparkbot_sandbox: Sandbox) -> None:
    assert {"id": DEVICE, "alias": "Shop", "phone": "+447362053500"} in app.get("/numbers").json()
    assert app.post(f"/numbers/{DEVICE}/chats/{CHAT}/resolve").status_code == 204
    sparkbot_sandbox.requests.assert_called_once("chats.set_status", device=DEVICE, chat=CHAT, status="resolved")


def test_service_errors_become_app_errors(app: httpx.Client, sparkbot_sandbox: Sandbox) -> None:
    assert app.post(f"/numbers/{'f' * 24}/chats/{CHAT}/resolve").status_code == 404
    assert app.post(f"/numbers/shop/chats/{CHAT}/resolve").status_code == 422
    sparkbot_sandbox.faults.status(401)
    response = app.get("/numbers")
    assert (response.status_code, response.json()["error"]) == (502, "AuthenticationError")


def test_inbound_and_outbound_messages_are_stored(
    app: httpx.Client, webhook: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client
) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, "Are you open?")
    sparkbot_client.send.text(device=DEVICE, phone=ADA, message="Until six")
    sparkbot_sandbox.settle()
    assert messages(app) == [(ADA, False, "Until six", "delivered"), (ADA, True, "Are you open?", "delivered")]


def test_duplicates_lists_and_order_do_not_matter(
    app: httpx.Client, webhook: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client
) -> None:
    sparkbot_sandbox.faults.webhooks(copies=2, reverse=True, batch=25)
    for phone in (ADA, GRACE):
        sparkbot_sandbox.receive(DEVICE, phone, "Hello?")
        sparkbot_client.send.text(device=DEVICE, phone=phone, message="Hello!")
    sparkbot_sandbox.settle()
    expected = [
        (phone, inbound, body, "delivered") for phone in (ADA, GRACE) for inbound, body in ((False, "Hello!"), (True, "Hello?"))
    ]
    assert messages(app) == expected
    responses = [
        json.loads(entry.get("responseBody", ""))["new"] for entry in sparkbot_client.webhooks.list_logs(webhook, size=500)
    ]
    # Two came in, two are new, two were acknowledged, and the two that were sent share a list.
    assert sorted(responses) == [0] * 7 + [1] * 6 + [2]


def test_wrong_secret_is_rejected(app: httpx.Client) -> None:
    event = {"id": "1", "event": "chat:update", "data": {}}
    right = {"secret": "only-for-this-machine"}
    assert app.post("/whatsapp", json=event).status_code == 401
    assert app.post("/whatsapp", json=event, params={"secret": "guessed-by-somebody"}).status_code == 401
    assert app.post("/whatsapp", content=b"nonsense", params=right).status_code == 400
    assert app.post("/whatsapp", content=iter([b" " * 600_000] * 2), params=right).status_code == 413
    assert app.post("/whatsapp", json=event, params=right).json() == {"new": 1}


def finished(app: httpx.Client, number: int) -> dict[str, Any]:
    while (sync := app.get(f"/syncs/{number}").json())["state"] == "running":
        pass
    return dict(sync)


def test_sync_runs_in_the_background(app: httpx.Client, sparkbot_sandbox: Sandbox) -> None:
    rows = [{"phone": ADA, "tier": "gold"}, {"phone": GRACE, "tier": "silver"}, {"phone": "nonsense", "tier": "gold"}]
    started = app.post("/syncs", json={"device": "Shop", "rows": rows})
    assert started.status_code == 202
    sync = finished(app, started.json()["number"])
    assert (sync["state"], sync["ok"], sync["failed"], sync["total"]) == ("done", 2, 1, 3)
    assert sync["reasons"][0].startswith("row 2: ")
    sparkbot_sandbox.requests.assert_called_once("contacts.upsert_metadata", contact=CHAT, metadata={"tier": "gold"})


def test_failed_sync_reports_its_error(app: httpx.Client) -> None:
    started = app.post("/syncs", json={"device": "Elsewhere", "rows": [{"phone": ADA, "tier": "gold"}]}).json()
    sync = finished(app, started["number"])
    assert sync["state"] == "failed"
    assert "Elsewhere" in sync["error"]
    assert app.get("/syncs/99").status_code == 404


def test_sync_can_be_observed_and_stopped(app: httpx.Client, sparkbot_sandbox: Sandbox) -> None:
    sparkbot_sandbox.faults.latency(50, path=f"/v1/chat/{DEVICE}/contacts/447362053577*")
    rows = [{"phone": phone, "tier": "gold"} for phone in (ADA, GRACE)]
    number = app.post("/syncs", json={"device": DEVICE, "rows": rows}).json()["number"]
    while (sync := app.get(f"/syncs/{number}").json())["ok"] == 0:
        assert sync["state"] == "running"
    assert app.delete(f"/syncs/{number}").json()["state"] == "stopped"
    assert app.get(f"/syncs/{number}").json()["ok"] == 1
