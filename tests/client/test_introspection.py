"""What other tools read from the clients: resolved type hints, signatures for mocks, attributes to patch."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import subprocess
import sys
import textwrap
import typing
from typing import TYPE_CHECKING, Any
from unittest import mock

import pydantic
import pytest
from tests.conftest import CHAT, DEVICE, complete
from tests.time_limits import HANG_TIMEOUT

import sparkbot
from sparkbot import types
from sparkbot._annotations import define_names
from sparkbot.operations import all_operations
from sparkbot.resources import RESOURCES
from sparkbot.resources._base import AsyncResource, Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = [operation["name"] for operation in all_operations()]


@pytest.fixture
def client(awaited: bool) -> Any:
    return (sparkbot.AsyncClient if awaited else sparkbot.Client)("0" * 40, base_url="http://127.0.0.1:1/v1")


def method(client: Any, name: str) -> Callable[..., Any]:
    resource, _, name = name.rpartition(".")
    found: Callable[..., Any] = getattr(getattr(client, resource) if resource else client, name)
    return found


def all_methods(client: Any) -> list[str]:
    """The operations and what else a resource has: iterators, downloads to files, `find`."""
    of_resources = [f"{name}.{own}" for name in RESOURCES for own in dir(getattr(client, name)) if not own.startswith("_")]
    assert set(NAMES) - {"request"} <= set(of_resources)
    return [*of_resources, "request", "map", "with_options", "close"]


def test_hints_of_every_method_resolve(client: Any) -> None:
    for name in all_methods(client):
        hints = typing.get_type_hints(method(client, name))
        assert "return" in hints, name
        assert not any(isinstance(hint, str) for hint in hints.values()), name


def public_callables(module: Any) -> Iterator[tuple[str, Any]]:
    """The functions and classes of a module's `__all__`, and the methods and properties of the classes."""
    for name in module.__all__:
        value = getattr(module, name)
        yield name, value
        for base in value.__mro__ if inspect.isclass(value) else ():
            members = vars(base).items() if base.__module__.startswith("sparkbot.") else ()
            for own, member in members:
                is_public = not own.startswith("_") or own in ("__init__", "__call__", "__enter__", "__exit__")
                if is_public and (inspect.isfunction(member) or isinstance(member, property)):
                    yield f"{name}.{own}", getattr(member, "fget", member)


@pytest.mark.parametrize(
    "module",
    [
        *("sparkbot", "sparkbot.errors", "sparkbot.frames", "sparkbot.hooks", "sparkbot.openapi", "sparkbot.operations"),
        *("sparkbot.otel", "sparkbot.phones", "sparkbot.response", "sparkbot.sandbox", "sparkbot.sync", "sparkbot.testing"),
        *("sparkbot.webhooks", "sparkbot.webhooks.django", "sparkbot.webhooks.fastapi", "sparkbot.webhooks.starlette"),
        *("sparkbot.export", "sparkbot.mcp"),
    ],
)
def test_hints_of_every_public_name_resolve(module: str) -> None:
    found = [
        (name, value)
        for name, value in public_callables(importlib.import_module(module))
        if inspect.isfunction(value) or inspect.isclass(value)
    ]
    assert found
    for name, value in found:
        hints = typing.get_type_hints(value)
        assert not any(isinstance(hint, str) for hint in hints.values()), name


def test_hint_of_a_hook_is_a_callable() -> None:
    from sparkbot.hooks import Request

    hint = typing.get_type_hints(sparkbot.Client.__init__)["on_request"]
    assert typing.get_args(typing.get_args(hint)[0])[0] == [Request]


def test_type_of_an_absent_library_is_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = """
    from __future__ import annotations
    TYPE_CHECKING = False
    if TYPE_CHECKING:
        from absent_library import Series as Column

    def columns() -> list[Column]: ...
    """
    (tmp_path / "uses_absent_library.py").write_text(textwrap.dedent(source), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("uses_absent_library")
    define_names(module)
    assert typing.get_type_hints(module.columns)["return"] == list[Any]


def test_pydantic_validates_calls_of_every_operation(client: Any) -> None:
    for name in all_methods(client)[:-3]:
        pydantic.validate_call(method(client, name))


def test_hint_is_the_type_of_the_argument(client: Any) -> None:
    hints = typing.get_type_hints(client.chats.set_status)
    assert hints["status"] == types.ChatStatus
    assert hints["return"] is types.Chat


def test_pydantic_rejects_a_wrong_argument(client: Any) -> None:
    with pytest.raises(pydantic.ValidationError, match="'pending'"):
        complete(client, lambda client: pydantic.validate_call(client.chats.set_status)(DEVICE, CHAT, "no status"))


def test_pydantic_passes_an_open_file_on(sandbox: sparkbot.Sandbox) -> None:
    import io

    with sandbox.client() as client:
        [file] = pydantic.validate_call(client.files.upload)(file=io.BytesIO(b"content"))
    assert file["size"] == 7


def test_signature_names_the_types(client: Any) -> None:
    assert str(inspect.signature(client.chats.set_status)).startswith("(device: 'str', chat: 'str', status: 'ChatStatus', *")


def test_hints_cost_nothing_until_they_are_read() -> None:
    program = """
    import sys, sparkbot
    client = sparkbot.Client("0" * 40, base_url="http://127.0.0.1:1/v1")
    client.chats.set_status, client.send.text
    print([name for name in ("typing", "ast", "sparkbot.types", "unittest.mock") if name in sys.modules])
    """
    lines = "\n".join(line.strip() for line in program.splitlines())
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert done.stdout.strip() == "[]"


def test_class_of_a_resource_is_an_attribute_of_the_client() -> None:
    for name in RESOURCES:
        assert issubclass(getattr(sparkbot.Client, name), Resource)
        assert issubclass(getattr(sparkbot.AsyncClient, name), AsyncResource)


def test_resource_of_a_subclass_may_be_its_own() -> None:
    class Own(sparkbot.Client):
        @property
        def chats(self) -> Any:
            return "own"

    assert isinstance(inspect.getattr_static(Own, "chats"), property)
    assert isinstance(Own.chats, property)
    assert issubclass(Own.send, Resource)


def test_mock_has_the_signatures_of_the_client() -> None:
    fake = mock.create_autospec(sparkbot.Client, instance=True)
    fake.chats.set_status.return_value = {"status": "resolved"}
    assert fake.chats.set_status(DEVICE, CHAT, "resolved") == {"status": "resolved"}
    fake.chats.set_status.assert_called_once_with(DEVICE, CHAT, status="resolved")
    fake.raw.chats.set_status.return_value.status_code = 204
    assert fake.raw.chats.set_status(DEVICE, CHAT, "resolved").status_code == 204


@pytest.mark.parametrize(
    "call",
    [
        lambda fake: fake.chats.set_status(DEVICE),
        lambda fake: fake.chats.set_status(DEVICE, CHAT, "resolved", "more"),
        lambda fake: fake.send.text(device=DEVICE, text="the argument is message"),
        lambda fake: fake.devices.find(),
        lambda fake: fake.request("GET"),
        lambda fake: fake.chats.set_state,
        lambda fake: fake.raw.chats.set_status(DEVICE),
        lambda fake: fake.raw.send.text(device=DEVICE, text="the argument is message"),
        lambda fake: fake.raw.chats.set_state,
        lambda fake: fake.raw.request("GET"),
    ],
)
@pytest.mark.parametrize("kind", [sparkbot.Client, sparkbot.AsyncClient])
def test_mock_refuses_wrong_calls(kind: type, call: Callable[[Any], Any]) -> None:
    async def complete() -> None:
        await call(mock.create_autospec(kind, instance=True))

    with pytest.raises((TypeError, AttributeError), match=r"missing|too many|unexpected|no attribute"):
        asyncio.run(complete())


def test_mock_of_an_async_client_is_awaited() -> None:
    async def calls() -> None:
        fake = mock.create_autospec(sparkbot.AsyncClient, instance=True)
        fake.chats.set_status.return_value = {"status": "resolved"}
        assert await fake.chats.set_status(DEVICE, CHAT, "resolved") == {"status": "resolved"}
        fake.devices.find.side_effect = sparkbot.errors.ConfigError("broken")
        with pytest.raises(sparkbot.errors.ConfigError, match="broken"):
            await fake.devices.find("Front Desk")
        fake.chats.set_status.assert_awaited_once()

    asyncio.run(calls())


@pytest.mark.parametrize("autospec", [False, True])
def test_method_of_a_client_is_patched(sandbox: sparkbot.Sandbox, autospec: bool) -> None:
    client = sandbox.client()
    with mock.patch.object(client.send, "text", autospec=autospec) as text:
        text.return_value = {"id": "1"}
        assert client.send.text(device=DEVICE, phone="+447362053576", message="Hello") == {"id": "1"}
    assert not sandbox.requests
    client.send.text(device=client.devices.list()[0]["id"], phone="+447362053576", message="Hello")
    assert sandbox.requests[-1]["path"].endswith("/messages")
