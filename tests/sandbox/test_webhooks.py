"""Webhooks: their documents, and what is posted to them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.sandbox import Sandbox

PHONE = "+447362053576"


class Receiver:
    """Somebody who is told: keeps what comes in, and answers the statuses of `answers`, then 200."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.answers: list[int] = []
        self.release = threading.Event()
        self.release.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.release.wait(10)
                receiver.told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                assert self.headers["content-type"] == "application/json"
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?secret=1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def events(self) -> list[str]:
        return [one[0]["event"] if isinstance(one, list) else one["event"] for one in self.told]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.release.set()
    receiver.server.shutdown()
    receiver.server.server_close()


def register(talk: Talk, url: str, *events: str, **fields: Any) -> str:
    answer = talk("POST", "/webhooks", {"name": "Test", "url": url, "events": list(events)} | fields)
    assert (answer.status, answer.json["status"]) == (201, "active")
    return str(answer.json["id"])


def log(talk: Talk, webhook: str, query: str = "size=500") -> list[Any]:
    logged: list[Any] = talk("GET", f"/webhooks/{webhook}/logs?{query}").json
    return logged


def test_a_webhook_is_made_read_changed_and_deleted(talk: Talk) -> None:
    webhook = register(talk, "https://example.com/a", "message:in:new", device=DEVICE)
    path = f"/webhooks/{webhook}"
    assert talk("GET", path).json["events"] == ["message:in:new"]
    assert talk("POST", "/webhooks", {"name": "b", "url": "https://example.com/a", "events": []}).status == 409
    assert talk("PATCH", path, {"name": "New", "events": ["chat:update"]}).json["name"] == "New"
    assert (talk("GET", path).json["events"], talk("GET", path).json["device"]) == (["chat:update"], DEVICE)
    assert [one["id"] for one in talk("GET", "/webhooks?search=new").json] == [webhook]
    assert webhook in [one["id"] for one in talk("GET", f"/webhooks?devices={DEVICE}&status=active").json]
    assert webhook not in [one["id"] for one in talk("GET", f"/webhooks?devices={OTHER_DEVICE}").json]
    assert log(talk, webhook) == []
    assert talk("DELETE", path).status == 200
    for method, missing in (("GET", path), ("DELETE", path), ("POST", f"{path}/enable"), ("GET", f"{path}/logs")):
        answer = talk(method, missing)
        assert (answer.status, answer.message) == (404, "Webhook not found")


def test_a_message_that_comes_in_is_told(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    webhook = register(talk, receiver.url, "message:in:new", "chat:update", device=DEVICE)
    message = sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.receive(OTHER_DEVICE, PHONE, "To another number")
    sandbox.settle()
    assert receiver.events() == ["chat:update", "message:in:new"]
    told = receiver.told[1]
    assert (told["object"], told["device"]["id"], told["data"]["id"]) == ("message", DEVICE, message["id"])
    assert told["data"]["body"] == "Hello?"
    assert (told["data"]["fromNumber"], told["data"]["chat"]["wid"]) == (PHONE, CONTACT)
    assert isinstance(told["created"], int)
    chat = talk("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json
    assert (chat["unreadCount"], chat["lastMessage"]["body"]) == (1, "Hello?")
    newest, oldest = log(talk, webhook)
    assert (newest["objectEvent"], newest["event"], newest["responseStatus"]) == ("message:in:new", "delivery", 200)
    assert newest["responseBody"] == "ok"
    assert log(talk, webhook, "size=1&skip=1") == [oldest]


def test_every_step_of_a_message_is_told_in_order(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    register(talk, receiver.url, "message:out:new", "message:out:sent", "message:out:ack", "message:out:failed", "contact:update")
    sent = talk("POST", "/messages", {"device": DEVICE, "phone": "+447362053599", "message": "Hello"}).json
    sandbox.settle()
    assert receiver.events() == ["contact:update", "message:out:new", "message:out:sent", "message:out:ack"]
    (entry,) = receiver.told[2]
    assert (entry["entity"], entry["entityId"], entry["entityUrl"]) == ("message", sent["id"], f"/v1/messages/{sent['id']}")
    assert receiver.told[3]["ack"] == "delivered"
    assert talk("GET", f"/messages/{sent['id']}").json["webhookStatus"] == "success"
    talk("POST", "/messages", {"device": DEVICE, "phone": "+447362050000", "message": "Hello"})
    sandbox.settle()
    assert receiver.events()[-1] == "message:out:failed"


def test_changes_of_operations_are_told(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    register(talk, receiver.url, "chat:update", "contact:update")
    talk("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "resolved"})
    talk("GET", f"/chat/{DEVICE}/chats/{CONTACT}")
    talk("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", [{"key": "tier", "value": "black"}])
    talk("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "wrong"})
    sandbox.settle()
    assert receiver.events() == ["chat:update", "contact:update"]
    assert receiver.told[0]["data"]["status"] == "resolved"


def test_status_posts_are_told(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    register(talk, receiver.url, "status:update")
    post = talk("POST", f"/chat/{DEVICE}/status", {"message": "Closed on Monday"}).json
    talk("DELETE", f"/chat/{DEVICE}/status", {"status": [post["id"]]})
    sandbox.settle()
    assert receiver.events() == ["status:update"] * 2
    assert (receiver.told[0]["object"], receiver.told[0]["data"]["id"]) == ("status", post["id"])


def test_a_failed_delivery_is_tried_again(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    webhook = register(talk, receiver.url, "message:in:new")
    receiver.answers = [500, 302]
    sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.settle()
    assert [one["responseStatus"] for one in log(talk, webhook)] == [200, 302, 500]
    assert len({told["id"] for told in receiver.told}) == 1
    assert talk("GET", f"/webhooks/{webhook}").json["retries"] == 0


def test_a_webhook_that_fails_too_often_is_given_up_until_it_is_enabled(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    webhook = register(talk, receiver.url, "message:in:new")
    receiver.answers = [500] * 12
    for number in range(4):
        sandbox.receive(DEVICE, PHONE, f"{number}")
        sandbox.settle()
    assert len(receiver.told) == 12
    assert talk("GET", f"/webhooks/{webhook}").json["status"] == "failed"
    assert talk("POST", f"/webhooks/{webhook}/enable").json["status"] == "active"
    sandbox.receive(DEVICE, PHONE, "again")
    sandbox.settle()
    assert receiver.told[-1]["data"]["body"] == "again"


def test_nobody_else_is_told(sandbox: Sandbox, talk: Talk) -> None:
    webhook = register(talk, "https://example.com/hook", "message:in:new")
    sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.settle()
    (entry,) = log(talk, webhook)
    assert (entry["event"], entry["code"]) == ("error", "refused")
    assert "of this machine only" in entry["message"]
    assert talk("GET", f"/webhooks/{webhook}").json["status"] == "active"


def test_a_slow_receiver_holds_no_request_up_and_not_the_end_of_the_sandbox(talk: Talk, receiver: Receiver) -> None:
    from sparkbot.sandbox import Sandbox

    with Sandbox() as other, Talk(other, {"Token": other.api_key}) as ask:
        device = other.documents("devices")[0]["id"]
        webhook = register(ask, receiver.url, "message:in:new")
        receiver.release.clear()
        other.receive(device, PHONE, "Hello?")
        assert ask("GET", f"/webhooks/{webhook}/logs").json == []
    receiver.release.set()
    assert talk("GET", "/devices").status == 200


def test_webhooks_can_be_told_twice_and_in_reverse(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    register(talk, receiver.url, "message:in:new", "chat:update")
    sandbox.faults.webhooks(copies=2, reverse=True)
    for body in ("Hello?", "Anybody?"):
        sandbox.receive(DEVICE, PHONE, body)
    assert receiver.told == [], "they wait, or else the order could not change"
    sandbox.settle()
    assert receiver.events() == (["message:in:new"] * 2 + ["chat:update"] * 2) * 2
    assert [told["data"]["body"] for told in receiver.told[::4]] == ["Anybody?", "Hello?"]
    assert len({told["id"] for told in receiver.told}) == 4
    sandbox.receive(DEVICE, PHONE, "What waits is told")
    sandbox.faults.clear()
    sandbox.receive(DEVICE, PHONE, "in order, once, from then on")
    sandbox.settle()
    assert receiver.events()[8:] == ["message:in:new"] * 2 + ["chat:update"] * 2 + ["chat:update", "message:in:new"]


def test_sent_messages_can_be_told_in_one_list(sandbox: Sandbox, talk: Talk, receiver: Receiver) -> None:
    webhook = register(talk, receiver.url, "message:out:sent", "message:out:failed", "message:out:ack")
    sandbox.faults.webhooks(batch=2)
    ids = [
        talk("POST", "/messages", {"device": DEVICE, "phone": PHONE, "message": str(number)}).json["id"] for number in range(3)
    ]
    talk("POST", "/messages", {"device": DEVICE, "phone": "+447362050000", "message": "Nobody has this number"})
    sandbox.settle()
    lists = [told for told in receiver.told if isinstance(told, list)]
    assert [[entry["event"] for entry in told] for told in lists] == [
        ["message:out:sent"] * 2,
        ["message:out:sent"],
        ["message:out:failed"],
    ]
    assert [entry["entityId"] for told in lists[:2] for entry in told] == ids
    assert receiver.events().count("message:out:ack") == 3
    assert [talk("GET", f"/messages/{one}").json["webhookStatus"] for one in ids] == ["success"] * 3
    assert len(log(talk, webhook)) == len(receiver.told)


def test_the_controls_work_over_http_too(talk: Talk, receiver: Receiver) -> None:
    register(talk, receiver.url, "message:in:new")
    assert talk("PUT", "/_sandbox/webhooks", {"copies": 2}).status == 200
    made = talk("POST", "/_sandbox/incoming", {"device": DEVICE, "from": PHONE, "body": "Hello?"})
    assert (made.status, made.json["flow"]) == (201, "inbound")
    assert talk("POST", "/_sandbox/settle").status == 200
    assert len(receiver.told) == 2
    for path, body, problem in (
        ("incoming", {"device": DEVICE, "from": "you", "body": "x"}, "from is"),
        ("incoming", {"device": DEVICE, "from": PHONE}, "body is missing"),
        ("incoming", {"device": DEVICE, "from": PHONE, "body": "x", "to": 1}, "unknown field to"),
        ("webhooks", {"copies": 0}, "between 1 and 10"),
        ("webhooks", {"batch": 26}, "batch is not between 1 and 25"),
    ):
        answer = talk("PUT" if path == "webhooks" else "POST", f"/_sandbox/{path}", body)
        assert answer.status == 400
        assert problem in answer.message


def test_what_cannot_come_in_is_refused(sandbox: Sandbox) -> None:
    from sparkbot.errors import InvalidArgumentError

    with pytest.raises(InvalidArgumentError, match='from is "you"'):
        sandbox.receive(DEVICE, "you", "Hello?")
    with pytest.raises(InvalidArgumentError, match="Device not found"):
        sandbox.receive("0" * 24, PHONE, "Hello?")
    with pytest.raises(InvalidArgumentError, match="copies is not between"):
        sandbox.faults.webhooks(copies=11)
