"""Start, stop, seed, reset, and the admin routes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from sparkbot.errors import ConfigError, InvalidArgumentError, SparkBotWarning
from sparkbot.sandbox import Sandbox
from tests.time_limits import HANG_TIMEOUT

from .conftest import CONTACT, DEVICE, HttpClient

COLLECTIONS = ["users", "departments", "devices", "contacts", "chats", "queue"]


def all_documents(sandbox: Sandbox) -> dict[str, Any]:
    return {name: sandbox.documents(name) for name in COLLECTIONS}


def test_same_seed_generates_same_documents() -> None:
    with Sandbox(seed=5) as first, Sandbox(seed=5) as same, Sandbox(seed=6) as other:
        assert all_documents(first) == all_documents(same) != all_documents(other)


def test_reset_restores_the_initial_documents(api: HttpClient, sandbox: Sandbox) -> None:
    with Sandbox() as fresh:
        initial = all_documents(fresh)
    sandbox.faults.latency(0)
    api("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "resolved"})
    assert all_documents(sandbox) != initial
    sandbox.reset()
    assert all_documents(sandbox) == initial
    assert sandbox.requests == []
    assert len(sandbox.faults) == 0


def test_seeded_documents_replace_earlier_ones(sandbox: Sandbox) -> None:
    before = len(sandbox.documents("contacts"))
    sandbox.seed(contacts=({"device": DEVICE, "wid": wid, "name": "New"} for wid in [CONTACT, "1234567@lid"]))
    contacts = {contact["wid"]: contact for contact in sandbox.documents("contacts")}
    assert len(contacts) == before + 1
    assert contacts[CONTACT]["metadata"] == []
    assert contacts["1234567@lid"]["name"] == "New"


def test_invalid_documents_change_nothing(sandbox: Sandbox) -> None:
    before = all_documents(sandbox)
    for invalid, message in [
        ({"dreams": []}, "dreams: unknown collection"),
        (
            {"contacts": [{"device": DEVICE, "wid": CONTACT, "name": "x"}, {"device": "f" * 24, "wid": CONTACT}]},
            "there is no device",
        ),
        ({"contacts": [{"device": DEVICE, "wid": CONTACT, "name": {1, 2}}]}, "set is not JSON serializable"),
    ]:
        with pytest.raises(InvalidArgumentError, match=message):
            sandbox.seed(**invalid)  # type: ignore[arg-type]
    assert all_documents(sandbox) == before
    with pytest.raises(InvalidArgumentError, match="there is no collection 'dreams'; there are users, "):
        sandbox.documents("dreams")


def test_self_referential_document_is_rejected(sandbox: Sandbox) -> None:
    contact: dict[str, object] = {"device": DEVICE, "wid": CONTACT}
    contact["info"] = contact
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for name in (contact, deep):
        with pytest.raises(InvalidArgumentError):
            sandbox.seed(contacts=[{"device": DEVICE, "wid": CONTACT, "name": name}])


def test_repr_shows_whether_the_sandbox_runs() -> None:
    sandbox = Sandbox(api_key="hush")
    with pytest.raises(ConfigError, match="not running: use `with"):
        _ = sandbox.url
    with sandbox:
        assert sandbox.url in repr(sandbox)
        assert "hush" not in repr(sandbox)
        assert sandbox.start() is sandbox
    assert repr(sandbox) == "<sparkbot.Sandbox stopped>"
    assert sandbox.requests == []
    sandbox.stop()


FORK = """
import http.client, os
from sparkbot.sandbox import Sandbox

with Sandbox() as sandbox:
    child = os.fork()
    if child == 0:
        sandbox.stop()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    connection = http.client.HTTPConnection(sandbox.url.split("/")[2], timeout=10)
    connection.request("GET", "/v1/devices", headers={"Token": sandbox.api_key})
    assert connection.getresponse().status == 200
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="os.fork is not available")
def test_stop_in_forked_child_keeps_the_parents_sandbox() -> None:
    subprocess.run([sys.executable, "-c", FORK], timeout=HANG_TIMEOUT, check=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"host": "0.0.0.0"}, "allow_remote"),
        ({"host": "example.com"}, "give an IP address"),
        ({"port": 70_000}, "port is 70000; it must be an int between 0 and 65535"),
        ({"seed": -1}, "seed is -1"),
        ({"api_key": "two words"}, "api_key must be"),
    ],
)
def test_invalid_options_are_rejected(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Sandbox(**options).start()


def test_admin_routes_do_what_the_class_does(api: HttpClient, sandbox: Sandbox) -> None:
    contact = {"device": DEVICE, "phone": "+1234567"}
    counts = api("POST", "/_sandbox/seed", {"contacts": [contact]}, headers={}).json
    assert counts == api("GET", "/_sandbox/state", headers={}).json
    assert api("GET", "/_sandbox/state/contacts").json == sandbox.documents("contacts")
    created = api("POST", "/_sandbox/faults", {"kind": "status", "status": 418})
    assert (created.status, api("GET", "/devices").status) == (201, 418)
    assert api("GET", "/_sandbox/faults").json == list(sandbox.faults)
    assert api("DELETE", f"/_sandbox/faults/{created.json['id']}").status == 200
    assert api("DELETE", f"/_sandbox/faults/{created.json['id']}").status == 404
    api("POST", "/_sandbox/faults", {"kind": "reset"})
    assert api("DELETE", "/_sandbox/faults").status == 200
    assert len(sandbox.faults) == 0
    assert [request["status"] for request in api("GET", "/_sandbox/requests").json] == [418]
    assert api("DELETE", "/_sandbox/requests").status == 200
    assert sandbox.requests == []
    assert api("POST", "/_sandbox/reset").status == 200
    assert "1234567@c.us" not in {contact["wid"] for contact in sandbox.documents("contacts")}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/_sandbox/seed", "{", 400),
        ("POST", "/_sandbox/seed", {"dreams": []}, 400),
        ("POST", "/_sandbox/faults", {"kind": "fire"}, 400),
        ("GET", "/_sandbox/state/dreams", None, 404),
        ("GET", "/_sandbox/nothing", None, 404),
    ],
)
def test_invalid_admin_requests_are_rejected(api: HttpClient, method: str, path: str, body: object, status: int) -> None:
    response = api(method, path, body)
    assert response.status == status
    assert response.message


def test_wrong_method_of_an_admin_route_lists_the_routes(api: HttpClient) -> None:
    response = api("POST", "/_sandbox/webhooks", {"copies": 2})
    assert (response.status, "PUT webhooks, PUT signature" in response.message) == (404, True)


def test_beyond_loopback_admin_routes_need_the_key() -> None:
    with pytest.warns(SparkBotWarning, match=r"listens on 0\.0\.0\.0, beyond this machine"):
        sandbox = Sandbox(host="0.0.0.0", allow_remote=True).start()
    with sandbox:
        assert "127.0.0.1" in sandbox.url
        for headers, status in [({}, 403), ({"Token": sandbox.api_key}, 200)]:
            with HttpClient(sandbox, headers) as api:
                assert api("GET", "/_sandbox/state").status == status


def test_command_warns_when_other_machines_can_connect() -> None:
    command = [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--host", "0.0.0.0"]
    rejected = subprocess.run(command, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert (rejected.returncode, rejected.stdout) == (1, "")
    assert "allow_remote" in rejected.stderr
    with subprocess.Popen([*command, "--allow-remote"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        warning = process.stderr.readline()
        process.terminate()
        process.communicate()
    assert warning.startswith("Warning: the sandbox listens on 0.0.0.0, beyond this machine")
