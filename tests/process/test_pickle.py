"""Clients are pickled as their settings, without the key unless requested; errors are pickled completely."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import cloudpickle
import pytest

import sparkbot
from sparkbot import errors
from tests.conftest import CANARY, CHAT, DEVICE, Api

if TYPE_CHECKING:
    from collections.abc import Callable

CODERS = pytest.mark.parametrize("coder", [pickle, cloudpickle], ids=["pickle", "cloudpickle"])
MANY = 3


def twin_of(thing: Any, coder: Any = pickle) -> Any:
    return coder.loads(coder.dumps(thing))


@CODERS
def test_unpickled_client_reads_key_from_environment(api: Api, monkeypatch: pytest.MonkeyPatch, coder: Any) -> None:
    client = api.client()
    pickled = coder.dumps(client)
    assert CANARY.encode() not in pickled
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    with pytest.raises(errors.ConfigError, match=r"set SPARKBOT_API_KEY .* or create it with .*pickle_key=True") as caught:
        coder.loads(pickled)
    assert CANARY not in str(caught.value)
    monkeypatch.setenv("SPARKBOT_API_KEY", CANARY)
    twin = coder.loads(pickled)
    assert type(twin) is type(client)
    assert api.on(twin, lambda client: client.devices.list()) == api.on(client, lambda client: client.devices.list())


@CODERS
def test_pickle_key_includes_key(api: Api, monkeypatch: pytest.MonkeyPatch, coder: Any) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    client = api.client(pickle_key=True)
    assert CANARY not in repr(client)
    # Twice: the unpickled client includes the key as well.
    twin = twin_of(twin_of(client, coder), coder)
    assert api.on(twin, lambda client: client.devices.list())


def test_pickle_keeps_settings_and_options(sandbox: sparkbot.Sandbox) -> None:
    retry = sparkbot.Retry(initial_delay=0.001, max_delay=0.01)
    client = sandbox.client(pickle_key=True, retry=retry).with_options(max_retries=1).with_options(headers={"X-Team": "crm"})
    twin = twin_of(client)
    sandbox.faults.status(503)
    with pytest.raises(errors.APIStatusError) as caught:
        twin.devices.list()
    assert caught.value.attempts == 2
    assert sandbox.requests[-1]["headers"]["x-team"] == "crm"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_copy_shares_connections(sandbox: sparkbot.Sandbox, copied: Callable[[Any], Any]) -> None:
    client = sandbox.client()
    client.devices.list()
    copied(client).devices.list()
    first, second = (request["connection"] for request in sandbox.requests)
    assert first == second


def test_methods_work_in_other_processes(sandbox: sparkbot.Sandbox) -> None:
    client = sandbox.client(pickle_key=True)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        chats = list(pool.map(client.chats.get, [DEVICE] * MANY, [CHAT] * MANY))
        missing = pool.submit(client.devices.get, "0" * 24)
        error = missing.exception(timeout=60)
    assert [chat["wid"] for chat in chats] == [CHAT] * MANY
    assert isinstance(error, errors.NotFoundError)
    assert (error.status_code, error.operation, error.attempts) == (404, "devices.get", 1)
    assert error.body
    assert isinstance(error.json(), dict)


def test_raw_method_pickle_is_rejected(sandbox: sparkbot.Sandbox) -> None:
    with pytest.raises(TypeError, match="pickle the client, and use its `raw`"):
        pickle.dumps(sandbox.client().raw.devices.list)


KINDS = [getattr(errors, name) for name in errors.__all__]
# A group has errors instead of fields; tests/batch/test_failures.py copies it.
ERRORS = [kind for kind in KINDS if issubclass(kind, errors.SparkBotError) and not issubclass(kind, ExceptionGroup)]


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_survive_pickle_and_copy(kind: type[errors.SparkBotError]) -> None:
    fields: dict[str, Any] = {
        "operation": "chats.get",
        "field": "chat",
        "status_code": 404,
        "code": "chat:missing",
        "message": "Chat not found",
        "body": b'{"message": "Chat not found"}',
        "request_id": "r-1",
        "retry_after": 1.5,
        "attempts": 2,
    }
    error = kind("what happened", **fields)
    error.add_note("seen at night")
    for twin in (twin_of(error), twin_of(error, cloudpickle), copy.copy(error), copy.deepcopy(error)):
        assert (type(twin), str(twin), vars(twin)) == (kind, str(error), vars(error))
        assert {name: getattr(twin, name) for name in fields} == fields
