"""Errors: class, message, advice and pickling."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CANARY, CHAT, DEVICE, TARGET

import sparkbot
from sparkbot import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

UNKNOWN = "ffffffffffffffffffffffff"
ERRORS_BY_MESSAGE: dict[str, tuple[type[errors.APIStatusError], str, Callable[[Any], Any]]] = {
    "Device not found": (errors.NotFoundError, "devices.list()", lambda client: client.devices.get(UNKNOWN)),
    "Chat not found": (errors.NotFoundError, "no chat with this wid", lambda client: client.chats.get(DEVICE, "4470000000@c.us")),
    "Contact not found": (
        errors.NotFoundError,
        "contacts.create()",
        lambda client: client.contacts.get(DEVICE, "4470000000@c.us"),
    ),
    "Invalid device": (
        errors.BadRequestError,
        "24 hex digits",
        lambda client: client.devices.get("x", options={"validate": "off"}),
    ),
    "Invalid status value": (
        errors.BadRequestError,
        "active, pending",
        lambda client: client.chats.set_status(DEVICE, CHAT, "gone", options={"validate": "off"}),
    ),
}


@pytest.mark.parametrize("message", ERRORS_BY_MESSAGE)
def test_service_error_has_message_and_advice(api: Api, message: str) -> None:
    error_class, advice, call = ERRORS_BY_MESSAGE[message]
    with pytest.raises(error_class) as caught:
        api(call)
    error = caught.value
    assert type(error) is error_class
    assert error.message == message
    assert message in str(error)
    assert advice in str(error)
    assert str(error.operation) in str(error)
    assert str(error.request_id) in str(error)
    assert error.json()["message"] == message


def test_offline_device_is_not_ready(api: Api) -> None:
    api.sandbox.faults.offline(DEVICE)
    with pytest.raises(errors.DeviceNotReadyError, match=r"Session sync failed.*must be online"):
        api(lambda client: client.session.sync(DEVICE))


def test_wrong_key_error_has_advice(api: Api) -> None:
    with pytest.raises(errors.AuthenticationError, match="SPARKBOT_API_KEY"):
        sparkbot.Client("wrong", base_url=api.sandbox.url).devices.list()


STATUSES = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    405: errors.APIStatusError,
    409: errors.ConflictError,
    410: errors.APIStatusError,
    418: errors.APIStatusError,
    422: errors.BadRequestError,
    429: errors.RateLimitError,
    500: errors.ServerError,
    501: errors.ServerError,
    503: errors.DeviceNotReadyError,
    599: errors.ServerError,
}


@pytest.mark.parametrize("status", STATUSES)
def test_status_selects_class_and_retries(api: Api, status: int) -> None:
    api.sandbox.faults.status(status, message="because", headers={"Retry-After": "0"})
    with pytest.raises(STATUSES[status]) as caught:
        api(lambda client: client.devices.list())
    assert type(caught.value) is STATUSES[status]
    assert caught.value.status_code == status
    assert caught.value.attempts == (3 if status in {429, 500, 503} else 1)


def test_503_of_a_proxy_is_a_server_error(api: Api) -> None:
    api.sandbox.faults.status(503, body="<h1>upstream</h1>")
    with pytest.raises(errors.ServerError, match="upstream"):
        api(lambda client: client.devices.list())


def test_error_survives_pickle_and_copy(api: Api) -> None:
    with pytest.raises(errors.NotFoundError) as caught:
        api(lambda client: client.devices.get(UNKNOWN))
    error = caught.value
    for duplicate in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(duplicate) is type(error)
        assert str(duplicate) == str(error)
        assert vars(duplicate) == vars(error)


def test_error_contains_no_key(api: Api) -> None:
    # The service repeats the key in its error body.
    api.sandbox.faults.status(400, body=f"<html>your key {CANARY} is not welcome</html>")
    with pytest.raises(errors.BadRequestError) as caught:
        api(lambda client: client.chats.get(TARGET, CHAT))
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)
