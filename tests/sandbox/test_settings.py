"""Answers of the service that are not known: the sandbox gives each of them, and the client takes each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Literal
from urllib.request import Request, urlopen

import pytest

import sparkbot
from sparkbot.errors import AuthenticationError, BadRequestError, ConfigError, NotFoundError, PermissionDeniedError
from sparkbot.sandbox import Sandbox

from .conftest import CONTACT, DEVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "k" * 64


@pytest.mark.parametrize(("status", "error"), [(401, AuthenticationError), (403, PermissionDeniedError)])
def test_bad_key_is_answered_as_set(status: Literal[401, 403], error: type[Exception]) -> None:
    with Sandbox(unauthorized=status) as sandbox, sparkbot.Client("wrong-key", base_url=sandbox.url) as client:
        with pytest.raises(error):
            client.devices.list()
        assert sandbox.requests[0]["status"] == status


@pytest.mark.parametrize("page_cap", [None, 25, 1])
@pytest.mark.parametrize("beyond", ["error", "empty"])
def test_walk_has_every_item_under_any_paging(page_cap: int | None, beyond: Literal["error", "empty"]) -> None:
    contacts = [{"device": DEVICE, "phone": f"+4473620535{number:02}"} for number in range(60)]
    with Sandbox(page_cap=page_cap, beyond_last_page=beyond) as sandbox, sandbox.client() as client:
        sandbox.seed(devices=[{"id": DEVICE}], contacts=contacts)
        phones = {contact["phone"] for contact in client.contacts.iter(DEVICE, size=30)}
    assert phones == {contact["phone"] for contact in contacts}


def test_page_cap_limits_every_page() -> None:
    with Sandbox(page_cap=2) as sandbox, sandbox.client() as client:
        assert len(client.devices.list(size=50)) == 2
        assert len(client.devices.list(size=1)) == 1


def test_page_beyond_the_last_is_empty_if_set() -> None:
    with Sandbox(beyond_last_page="empty") as sandbox, sandbox.client() as client:
        assert client.devices.list(page=9) == []
    with Sandbox() as sandbox, sandbox.client() as client, pytest.raises(BadRequestError, match="Page out of range"):
        client.devices.list(page=9)


@pytest.mark.parametrize(("status", "kept"), [(200, True), (204, False)])
def test_delete_is_answered_as_set(status: Literal[200, 204], kept: bool) -> None:
    with Sandbox(deleted=status) as sandbox, sandbox.client() as client:
        sandbox.seed(devices=[{"id": DEVICE}], contacts=[{"device": DEVICE, "wid": CONTACT}])
        answer = client.contacts.delete(DEVICE, CONTACT)
        assert sandbox.requests[0]["status"] == status
        assert bool(answer) is kept
        with pytest.raises(NotFoundError):
            client.contacts.delete(DEVICE, CONTACT)


@pytest.mark.parametrize(
    "options", [{"unauthorized": 404}, {"deleted": 201}, {"page_cap": 0}, {"page_cap": "9"}, {"beyond_last_page": "none"}]
)
def test_unknown_setting_is_refused(options: dict[str, Any]) -> None:
    [name] = options
    with pytest.raises(ConfigError, match=name):
        Sandbox(**options).start()


@pytest.fixture(params=["argument", "environment"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A `sparkbot sandbox` with a key of its own, and the JSON that it printed."""
    command = [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0", "--json", "--unauthorized", "403", "--page-cap", "2"]
    as_argument = request.param == "argument"
    command += ["--api-key", KEY] if as_argument else []
    environment = os.environ | ({} if as_argument else {"SPARKBOT_SANDBOX_KEY": KEY})
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
        process.terminate()


def test_command_takes_a_key_and_does_not_echo_it(served: tuple[Any, dict[str, str]]) -> None:
    _, printed = served
    assert list(printed) == ["base_url"]
    with urlopen(Request(f"{printed['base_url']}/devices", headers={"Token": KEY}), timeout=60) as response:
        assert len(json.load(response)) == 2
    with (
        sparkbot.Client("sandbox-key", base_url=printed["base_url"]) as client,
        pytest.raises(PermissionDeniedError),
    ):
        client.devices.list()
