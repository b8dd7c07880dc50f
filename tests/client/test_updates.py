"""An update without a change is refused before a request is sent, by every operation that updates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CHAT, DEVICE
from tests.sample_arguments import value

from sparkbot.errors import InvalidArgumentError
from sparkbot.operations import all_operations

if TYPE_CHECKING:
    from tests.conftest import Api

UPDATES = [
    operation for operation in all_operations() if operation["name"].endswith(".update") and operation["method"] == "PATCH"
]
# Their required fields are changes.
ALWAYS_CHANGE = {"channels.update", "quick_replies.update"}
NO_CHANGE = [operation for operation in UPDATES if operation["name"] not in ALWAYS_CHANGE]


@pytest.mark.parametrize("operation", NO_CHANGE, ids=lambda operation: operation["name"])
def test_update_without_a_change_is_refused(api: Api, operation: dict[str, Any]) -> None:
    resource, _, name = operation["name"].partition(".")
    subject = [value(parameter, 0) for parameter in operation["parameters"] if parameter["positional"]]
    with pytest.raises(InvalidArgumentError, match="nothing to change"):
        api(lambda client: getattr(getattr(client, resource), name)(*subject))
    assert api.sandbox.requests == []


def test_there_are_twelve_updates() -> None:
    assert (len(UPDATES), len(NO_CHANGE)) == (12, 10)


def test_empty_list_is_a_change(api: Api) -> None:
    contact = api(lambda client: client.contacts.update(DEVICE, CHAT, languages=[]))
    assert contact["wid"] == CHAT


def test_value_that_means_nothing_needs_no_other(api: Api) -> None:
    api(lambda client: client.messages.list(DEVICE, sync=False, skip=0))
    assert api.sandbox.requests[0]["status"] == 200


def test_message_without_device_leaves_it_out(api: Api) -> None:
    first = api.sandbox.documents("devices")[0]["id"]
    message = api(lambda client: client.send.text(phone="+447362053576", message="Hi"))
    assert message["device"] == first
    assert "device" not in api.sandbox.requests[-1]["body"]


def test_account_of_the_key_has_email_and_name(api: Api) -> None:
    account = api(lambda client: client.team.me())
    owner = api.sandbox.documents("users")[0]
    assert (account["email"], account["name"]) == (owner["email"], owner["displayName"])
