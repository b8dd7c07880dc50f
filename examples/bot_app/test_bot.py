"""The bot behind a real server; the sandbox of the fixtures posts real webhooks to it, signed."""

from __future__ import annotations

import socket
import sys
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
AGENT = "64f0c2a91b7e4d5f8a3b6ca1"
ADA = "+447362053576"
KEY = "a-key-for-this-machine"


@pytest.fixture
def bot(sparkbot_sandbox: Sandbox, sparkbot_client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of the running bot, which is registered as a webhook and requires signatures."""
    # The app reads its settings when it is imported.
    monkeypatch.setenv("SPARKBOT_WEBHOOK_KEY", KEY)
    monkeypatch.setenv("BOT_DATABASE", str(tmp_path / "bot.sqlite3"))
    for module in ("bot.main", "bot.answers"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    from bot.main import app, receiver

    sparkbot_sandbox.seed(
        users=[{"id": AGENT, "email": "agent@example.com"}],
        devices=[{"id": DEVICE, "alias": "Shop", "phone": "+447362053500"}],
    )
    sparkbot_sandbox.sign_webhooks(KEY)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
    # The socket listens before the server runs, so no request has to wait.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        address = receiver.url(f"http://127.0.0.1:{listening.getsockname()[1]}/whatsapp")
        sparkbot_client.webhooks.create(name="Bot", url=address, events=["message:in:new"], device=DEVICE)
        yield address
        server.should_exit = True
        thread.join()


def answers(sandbox: Sandbox, client: Client) -> list[str]:
    """The bot's answers, once every event is handled and every answer is sent."""
    sandbox.settle()
    sandbox.settle()
    messages = client.messages.list(DEVICE, chat=CHAT)
    return [message.get("body", "") for message in messages if message.get("flow") == "outbound"]


def metadata(client: Client) -> dict[str, str]:
    return client.contacts.get_metadata(DEVICE, CHAT)


def owner(client: Client) -> Any:
    return client.chats.get(DEVICE, CHAT).get("owner", {}).get("agent")


def test_text_is_answered_and_noted(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, "Are you open?")
    [text] = answers(sparkbot_sandbox, sparkbot_client)
    assert text.startswith("We are open")
    assert metadata(sparkbot_client) == {"last_type": "text", "question": "Are you open?"}
    assert owner(sparkbot_client) is None


def test_person_is_asked_for(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, "A human please")
    assert answers(sparkbot_sandbox, sparkbot_client) == ["A colleague will write to you soon."]
    assert owner(sparkbot_client) == AGENT
    sparkbot_sandbox.receive(DEVICE, ADA, "Hello?")
    assert len(answers(sparkbot_sandbox, sparkbot_client)) == 1, "the colleague answers now"


def test_image_is_downloaded_and_assigned(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    image = sparkbot_sandbox.receive(DEVICE, ADA, "Broken", type="image", content=b"picture")
    assert answers(sparkbot_sandbox, sparkbot_client) == ["Thank you for the picture (7 bytes). A colleague will look at it."]
    assert metadata(sparkbot_client) == {"last_type": "image", "picture": image["media"]["id"]}
    assert owner(sparkbot_client) == AGENT


def test_voice_message_is_assigned(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, type="audio", format="ptt", duration=7)
    assert answers(sparkbot_sandbox, sparkbot_client) == ["I can't listen to your 7 seconds, but a colleague will."]
    assert owner(sparkbot_client) == AGENT


def test_location_finds_the_nearest_shop(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, type="location", location={"lat": 51.46, "lon": -0.11})
    assert answers(sparkbot_sandbox, sparkbot_client) == ["The nearest shop is Brixton, 0.4 km from you."]
    assert metadata(sparkbot_client) == {"last_type": "location", "shop": "Brixton", "location": "51.46,-0.11"}


def test_other_messages_get_help_and_groups_none(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.receive(DEVICE, ADA, "Hello all", chat="120363012345678901@g.us")
    sparkbot_sandbox.receive(DEVICE, ADA, type="poll", poll={"name": "Lunch?", "options": ["Yes", "No"]})
    assert answers(sparkbot_sandbox, sparkbot_client) == ["I understand texts, pictures, voice messages and locations."]
    sparkbot_sandbox.requests.assert_called_once("send.text")


def test_copies_of_an_event_are_answered_once(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.faults.webhooks(copies=5)
    sparkbot_sandbox.receive(DEVICE, ADA, "Are you open?")
    assert len(answers(sparkbot_sandbox, sparkbot_client)) == 1


def test_failure_is_repeated_by_the_service(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.faults.status(403, operation="contacts.upsert_metadata", count=1)
    sparkbot_sandbox.receive(DEVICE, ADA, "Are you open?")
    assert len(answers(sparkbot_sandbox, sparkbot_client)) == 1


def test_answer_of_unknown_outcome_is_not_repeated(bot: str, sparkbot_sandbox: Sandbox, sparkbot_client: Client) -> None:
    sparkbot_sandbox.faults.reset_connection(operation="send.text", count=1, executed=True)
    sparkbot_sandbox.receive(DEVICE, ADA, "Are you open?")
    assert len(answers(sparkbot_sandbox, sparkbot_client)) == 1
    sparkbot_sandbox.requests.assert_called_once("send.text")


def test_event_without_signature_is_rejected(bot: str) -> None:
    body = {"id": "1", "event": "message:in:new", "data": {"id": "m1"}}
    assert httpx.post(bot, json=body, timeout=30).status_code == 401
