"""Webhooks: their documents and their deliveries."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparkbot.sandbox import Sandbox

PHONE = "+447362053576"


class Receiver:
    """A webhook receiver: keeps the bodies, and responds with the `statuses` in turn, then with 200."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.raw: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.statuses: list[int] = []
        self.release = threading.Event()
        self.release.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.release.wait(10)
                receiver.raw.append(self.rfile.read(int(self.headers["content-length"])))
                receiver.headers.append({name.lower(): value for name, value in self.headers.items()})
                receiver.bodies.append(json.loads(receiver.raw[-1]))
                assert self.headers["content-type"] == "application/json"
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?secret=1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def events(self) -> list[str]:
        return [body[0]["event"] if isinstance(body, list) else body["event"] for body in self.bodies]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.release.set()
    receiver.server.shutdown()
    receiver.server.server_close()


def register(api: HttpClient, url: str, *events: str, **fields: Any) -> str:
    response = api("POST", "/webhooks", {"name": "Test", "url": url, "events": list(events)} | fields)
    assert (response.status, response.json["status"]) == (201, "active")
    return str(response.json["id"])


def log(api: HttpClient, webhook: str, query: str = "size=500") -> list[Any]:
    entries: list[Any] = api("GET", f"/webhooks/{webhook}/logs?{query}").json
    return entries


def test_webhook_create_get_update_delete(api: HttpClient) -> None:
    webhook = register(api, "https://example.com/a", "message:in:new", device=DEVICE)
    path = f"/webhooks/{webhook}"
    assert api("GET", path).json["events"] == ["message:in:new"]
    assert api("POST", "/webhooks", {"name": "b", "url": "https://example.com/a", "events": []}).status == 409
    assert api("PATCH", path, {"name": "New", "events": ["chat:update"]}).json["name"] == "New"
    assert (api("GET", path).json["events"], api("GET", path).json["device"]) == (["chat:update"], DEVICE)
    assert [hook["id"] for hook in api("GET", "/webhooks?search=new").json] == [webhook]
    assert webhook in [hook["id"] for hook in api("GET", f"/webhooks?devices={DEVICE}&status=active").json]
    assert webhook not in [hook["id"] for hook in api("GET", f"/webhooks?devices={OTHER_DEVICE}").json]
    assert log(api, webhook) == []
    assert api("DELETE", path).status == 200
    for method, missing in (("GET", path), ("DELETE", path), ("POST", f"{path}/enable"), ("GET", f"{path}/logs")):
        response = api(method, missing)
        assert (response.status, response.message) == (404, "Webhook not found")


def test_inbound_message_is_delivered(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    webhook = register(api, receiver.url, "message:in:new", "chat:update", device=DEVICE)
    message = sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.receive(OTHER_DEVICE, PHONE, "To another number")
    sandbox.settle()
    assert receiver.events() == ["chat:update", "message:in:new"]
    event = receiver.bodies[1]
    assert (event["object"], event["device"]["id"], event["data"]["id"]) == ("message", DEVICE, message["id"])
    assert event["data"]["body"] == "Hello?"
    assert (event["data"]["fromNumber"], event["data"]["chat"]["wid"]) == (PHONE, CONTACT)
    assert isinstance(event["created"], int)
    chat = api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").json
    assert (chat["unreadCount"], chat["lastMessage"]["body"]) == (1, "Hello?")
    newest, oldest = log(api, webhook)
    assert (newest["objectEvent"], newest["event"], newest["responseStatus"]) == ("message:in:new", "delivery", 200)
    assert newest["responseBody"] == "ok"
    assert log(api, webhook, "size=1&skip=1") == [oldest]


def test_message_steps_are_delivered_in_order(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "message:out:new", "message:out:sent", "message:out:ack", "message:out:failed", "contact:update")
    sent = api("POST", "/messages", {"device": DEVICE, "phone": "+447362053599", "message": "Hello"}).json
    sandbox.settle()
    assert receiver.events() == ["contact:update", "message:out:new", "message:out:sent", "message:out:ack"]
    (entry,) = receiver.bodies[2]
    assert (entry["entity"], entry["entityId"], entry["entityUrl"]) == ("message", sent["id"], f"/v1/messages/{sent['id']}")
    assert receiver.bodies[3]["ack"] == "delivered"
    assert api("GET", f"/messages/{sent['id']}").json["webhookStatus"] == "notified"
    api("POST", "/messages", {"device": DEVICE, "phone": "+447362050000", "message": "Hello"})
    sandbox.settle()
    assert receiver.events()[-1] == "message:out:failed"


def test_operations_that_change_documents_emit_events(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "chat:update", "contact:update")
    api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "resolved"})
    api("GET", f"/chat/{DEVICE}/chats/{CONTACT}")
    api("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", [{"key": "tier", "value": "black"}])
    api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "wrong"})
    sandbox.settle()
    assert receiver.events() == ["chat:update", "contact:update"]
    assert receiver.bodies[0]["data"]["status"] == "resolved"


def test_event_of_a_new_contact_has_the_whole_contact(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "contact:update")
    sandbox.receive(DEVICE, "+447362053598", "Hello")
    sandbox.settle()
    [event] = receiver.bodies
    contact = api("GET", f"/chat/{DEVICE}/contacts/447362053598@c.us").json
    assert (event["id"] != contact["wid"], event["data"].keys()) == (True, contact.keys())
    assert event["data"]["locationInfo"]["code"] == "GB"


@pytest.mark.parametrize(
    ("method", "path", "body", "event"),
    [
        ("POST", f"/chat/{DEVICE}/chats/{CONTACT}/notes", {"message": "Call back"}, "chat:update"),
        ("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/labels", ["vip"], "chat:update"),
        ("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}/metadata", [{"key": "tier", "value": "black"}], "contact:update"),
        ("PATCH", f"/chat/{DEVICE}/contacts/{CONTACT}", {"name": "Ada"}, "contact:update"),
        ("PATCH", f"/chat/{DEVICE}/contacts", [{"phone": PHONE, "name": "Ada"}], "contact:update"),
    ],
)
def test_event_of_a_change_has_the_document(
    sandbox: Sandbox, api: HttpClient, receiver: Receiver, method: str, path: str, body: Any, event: str
) -> None:
    register(api, receiver.url, event)
    assert api(method, path, body).status in (200, 201)
    sandbox.settle()
    [received] = receiver.bodies
    kind = event.split(":")[0]
    assert (received["object"], received["event"]) == (kind, event)
    assert received["data"] == api("GET", f"/chat/{DEVICE}/{kind}s/{CONTACT}").json


def test_change_of_many_documents_emits_an_event_of_each(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "chat:update")
    sandbox.receive(DEVICE, "+447362053598", "Hello")
    chats = [CONTACT, "447362053598@c.us"]
    assert api("PATCH", f"/chat/{DEVICE}/chats", {"chats": chats, "action": "resolve"}).status == 200
    sandbox.settle()
    changed = [event["data"] for event in receiver.bodies[1:]]
    assert [(chat["wid"], chat["status"]) for chat in changed] == [(chat, "resolved") for chat in chats]


def test_status_posts_emit_events(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "status:update")
    post = api("POST", f"/chat/{DEVICE}/status", {"message": "Closed on Monday"}).json
    api("DELETE", f"/chat/{DEVICE}/status", {"status": [post["id"]]})
    sandbox.settle()
    assert receiver.events() == ["status:update"] * 2
    assert (receiver.bodies[0]["object"], receiver.bodies[0]["data"]["id"]) == ("status", post["id"])


def test_failed_delivery_is_retried(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    webhook = register(api, receiver.url, "message:in:new")
    receiver.statuses = [500, 302]
    sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.settle()
    assert [entry["responseStatus"] for entry in log(api, webhook)] == [200, 302, 500]
    assert len({body["id"] for body in receiver.bodies}) == 1
    assert api("GET", f"/webhooks/{webhook}").json["retries"] == 0


def test_webhook_is_disabled_after_12_failures(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    webhook = register(api, receiver.url, "message:in:new")
    receiver.statuses = [500] * 12
    for number in range(4):
        sandbox.receive(DEVICE, PHONE, f"{number}")
        sandbox.settle()
    assert len(receiver.bodies) == 12
    assert api("GET", f"/webhooks/{webhook}").json["status"] == "failed"
    assert api("POST", f"/webhooks/{webhook}/enable").json["status"] == "active"
    sandbox.receive(DEVICE, PHONE, "again")
    sandbox.settle()
    assert receiver.bodies[-1]["data"]["body"] == "again"


def test_remote_addresses_are_never_posted_to(sandbox: Sandbox, api: HttpClient) -> None:
    webhook = register(api, "https://example.com/hook", "message:in:new")
    sandbox.receive(DEVICE, PHONE, "Hello?")
    sandbox.settle()
    (entry,) = log(api, webhook)
    assert (entry["event"], entry["code"]) == ("error", "refused")
    assert "of this machine only" in entry["message"]
    assert api("GET", f"/webhooks/{webhook}").json["status"] == "active"


def test_slow_receiver_delays_neither_requests_nor_stop(api: HttpClient, receiver: Receiver) -> None:
    from sparkbot.sandbox import Sandbox

    with Sandbox() as other, HttpClient(other, {"Token": other.api_key}) as client:
        device = other.documents("devices")[0]["id"]
        webhook = register(client, receiver.url, "message:in:new")
        receiver.release.clear()
        other.receive(device, PHONE, "Hello?")
        assert client("GET", f"/webhooks/{webhook}/logs").json == []
    receiver.release.set()
    assert api("GET", "/devices").status == 200


def test_webhooks_fault_repeats_and_reverses_events(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "message:in:new", "chat:update")
    sandbox.faults.webhooks(copies=2, reverse=True)
    for body in ("Hello?", "Anybody?"):
        sandbox.receive(DEVICE, PHONE, body)
    assert receiver.bodies == [], "reversed events are deferred until settle"
    sandbox.settle()
    assert receiver.events() == (["message:in:new"] * 2 + ["chat:update"] * 2) * 2
    assert [body["data"]["body"] for body in receiver.bodies[::4]] == ["Anybody?", "Hello?"]
    assert len({body["id"] for body in receiver.bodies}) == 4
    sandbox.receive(DEVICE, PHONE, "Deferred events are delivered")
    sandbox.faults.clear()
    sandbox.receive(DEVICE, PHONE, "in order, once, after that")
    sandbox.settle()
    assert receiver.events()[8:] == ["message:in:new"] * 2 + ["chat:update"] * 2 + ["chat:update", "message:in:new"]


def test_webhooks_fault_batches_sent_messages(sandbox: Sandbox, api: HttpClient, receiver: Receiver) -> None:
    webhook = register(api, receiver.url, "message:out:sent", "message:out:failed", "message:out:ack")
    sandbox.faults.webhooks(batch=2)
    ids = [api("POST", "/messages", {"device": DEVICE, "phone": PHONE, "message": str(number)}).json["id"] for number in range(3)]
    api("POST", "/messages", {"device": DEVICE, "phone": "+447362050000", "message": "Nobody has this number"})
    sandbox.settle()
    lists = [body for body in receiver.bodies if isinstance(body, list)]
    assert [[entry["event"] for entry in entries] for entries in lists] == [
        ["message:out:sent"] * 2,
        ["message:out:sent"],
        ["message:out:failed"],
    ]
    assert [entry["entityId"] for entries in lists[:2] for entry in entries] == ids
    assert receiver.events().count("message:out:ack") == 3
    assert [api("GET", f"/messages/{message}").json["webhookStatus"] for message in ids] == ["notified"] * 3
    assert len(log(api, webhook)) == len(receiver.bodies)


def test_admin_routes_receive_settle_and_set_webhooks(api: HttpClient, receiver: Receiver) -> None:
    register(api, receiver.url, "message:in:new")
    assert api("PUT", "/_sandbox/webhooks", {"copies": 2}).status == 200
    created = api("POST", "/_sandbox/incoming", {"device": DEVICE, "from": PHONE, "body": "Hello?"})
    assert (created.status, created.json["flow"]) == (201, "inbound")
    assert api("POST", "/_sandbox/settle").status == 200
    assert len(receiver.bodies) == 2
    for path, body, problem in (
        ("incoming", {"device": DEVICE, "from": "you", "body": "x"}, "from is"),
        ("incoming", {"device": DEVICE, "from": PHONE}, "body is missing"),
        ("incoming", {"device": DEVICE, "from": PHONE, "body": "x", "to": 1}, "unknown field to"),
        ("webhooks", {"copies": 0}, "between 1 and 10"),
        ("webhooks", {"batch": 26}, "batch is not between 1 and 25"),
    ):
        response = api("PUT" if path == "webhooks" else "POST", f"/_sandbox/{path}", body)
        assert response.status == 400
        assert problem in response.message


def test_invalid_inbound_messages_are_rejected(sandbox: Sandbox) -> None:
    from sparkbot.errors import InvalidArgumentError

    with pytest.raises(InvalidArgumentError, match='from is "you"'):
        sandbox.receive(DEVICE, "you", "Hello?")
    with pytest.raises(InvalidArgumentError, match="Device not found"):
        sandbox.receive("0" * 24, PHONE, "Hello?")
    with pytest.raises(InvalidArgumentError, match="copies is not between"):
        sandbox.faults.webhooks(copies=11)
