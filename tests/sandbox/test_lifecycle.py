"""Start, stop, seed, reset, and the controls over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from sparkbot.errors import ConfigError, InvalidArgumentError, SparkBotWarning
from sparkbot.sandbox import Sandbox

from .conftest import CONTACT, DEVICE, Talk

COLLECTIONS = ["users", "departments", "devices", "contacts", "chats", "queue"]


def everything(sandbox: Sandbox) -> dict[str, Any]:
    return {name: sandbox.documents(name) for name in COLLECTIONS}


def test_the_same_seed_makes_the_same_world() -> None:
    with Sandbox(seed=5) as one, Sandbox(seed=5) as same, Sandbox(seed=6) as other:
        assert everything(one) == everything(same) != everything(other)


def test_a_reset_goes_back_to_the_start(talk: Talk, sandbox: Sandbox) -> None:
    with Sandbox() as fresh:
        start = everything(fresh)
    sandbox.faults.latency(0)
    talk("PATCH", f"/chat/{DEVICE}/chats/{CONTACT}/status", {"status": "resolved"})
    assert everything(sandbox) != start
    sandbox.reset()
    assert everything(sandbox) == start
    assert sandbox.requests == []
    assert len(sandbox.faults) == 0


def test_seeded_documents_take_the_place_of_others(sandbox: Sandbox) -> None:
    before = len(sandbox.documents("contacts"))
    sandbox.seed(contacts=({"device": DEVICE, "wid": wid, "name": "New"} for wid in [CONTACT, "1234567@lid"]))
    contacts = {contact["wid"]: contact for contact in sandbox.documents("contacts")}
    assert len(contacts) == before + 1
    assert contacts[CONTACT]["metadata"] == []
    assert contacts["1234567@lid"]["name"] == "New"


def test_wrong_documents_change_nothing(sandbox: Sandbox) -> None:
    before = everything(sandbox)
    for wrong, message in [
        ({"dreams": []}, "dreams: there is no such collection"),
        (
            {"contacts": [{"device": DEVICE, "wid": CONTACT, "name": "x"}, {"device": "f" * 24, "wid": CONTACT}]},
            "there is no device",
        ),
        ({"contacts": [{"device": DEVICE, "wid": CONTACT, "name": {1, 2}}]}, "set is not JSON serializable"),
    ]:
        with pytest.raises(InvalidArgumentError, match=message):
            sandbox.seed(**wrong)  # type: ignore[arg-type]
    assert everything(sandbox) == before
    with pytest.raises(InvalidArgumentError, match="there is no collection 'dreams'; there are users, "):
        sandbox.documents("dreams")


def test_a_document_that_holds_itself_is_refused(sandbox: Sandbox) -> None:
    contact: dict[str, object] = {"device": DEVICE, "wid": CONTACT}
    contact["info"] = contact
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    for name in (contact, deep):
        with pytest.raises(InvalidArgumentError):
            sandbox.seed(contacts=[{"device": DEVICE, "wid": CONTACT, "name": name}])


def test_a_sandbox_tells_whether_it_runs() -> None:
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_leaves_the_sandbox_to_its_parent() -> None:
    subprocess.run([sys.executable, "-c", FORK], timeout=30, check=True)


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
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Sandbox(**options).start()


def test_everything_can_be_done_over_http(talk: Talk, sandbox: Sandbox) -> None:
    contact = {"device": DEVICE, "phone": "+1234567"}
    counts = talk("POST", "/_sandbox/seed", {"contacts": [contact]}, headers={}).json
    assert counts == talk("GET", "/_sandbox/state", headers={}).json
    assert talk("GET", "/_sandbox/state/contacts").json == sandbox.documents("contacts")
    made = talk("POST", "/_sandbox/faults", {"kind": "status", "status": 418})
    assert (made.status, talk("GET", "/devices").status) == (201, 418)
    assert talk("GET", "/_sandbox/faults").json == list(sandbox.faults)
    assert talk("DELETE", f"/_sandbox/faults/{made.json['id']}").status == 200
    assert talk("DELETE", f"/_sandbox/faults/{made.json['id']}").status == 404
    talk("POST", "/_sandbox/faults", {"kind": "reset"})
    assert talk("DELETE", "/_sandbox/faults").status == 200
    assert len(sandbox.faults) == 0
    assert [request["status"] for request in talk("GET", "/_sandbox/requests").json] == [418]
    assert talk("DELETE", "/_sandbox/requests").status == 200
    assert sandbox.requests == []
    assert talk("POST", "/_sandbox/reset").status == 200
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
def test_wrong_controls_are_refused(talk: Talk, method: str, path: str, body: object, status: int) -> None:
    answer = talk(method, path, body)
    assert answer.status == status
    assert answer.message


def test_beyond_loopback_the_controls_need_the_key() -> None:
    with pytest.warns(SparkBotWarning, match=r"listens on 0\.0\.0\.0, beyond this machine"):
        sandbox = Sandbox(host="0.0.0.0", allow_remote=True).start()
    with sandbox:
        assert "127.0.0.1" in sandbox.url
        for headers, status in [({}, 403), ({"Token": sandbox.api_key}, 200)]:
            with Talk(sandbox, headers) as talk:
                assert talk("GET", "/_sandbox/state").status == status


def test_the_command_says_loudly_when_other_machines_may_connect() -> None:
    command = [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--host", "0.0.0.0"]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "allow_remote" in refused.stderr
    with subprocess.Popen([*command, "--allow-remote"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        process.terminate()
        process.communicate()
    assert said.startswith("Warning: the sandbox listens on 0.0.0.0, beyond this machine")
