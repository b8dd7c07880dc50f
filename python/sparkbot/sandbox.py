"""The sandbox: a local mock of the SparkBot service, with state, faults and a journal of requests.

>>> from sparkbot.sandbox import Sandbox
>>> with Sandbox() as sandbox:
...     sandbox.url.endswith("/v1")
True
"""

from __future__ import annotations

import json

from .errors import ConfigError, InvalidArgumentError, SparkBotWarning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any, Self

    from ._sparkbot import SandboxServer
    from .client import AsyncClient, Client
    from .testing import Requests

    Document = Mapping[str, object]

__all__ = ["Faults", "Sandbox"]


class Sandbox:
    """A local mock of the SparkBot service. It implements every operation, and keeps its state until it stops.

    The initial state is that of a small company (three numbers, their agents, contacts, chats and queued messages), always
    the same for a ``seed``; ``seed()`` adds documents.

    >>> with Sandbox() as sandbox:
    ...     device = sandbox.documents("devices")[0]
    ...     device["alias"]
    'Support'

    Args:
        host: Address to listen on. An address that is not loopback requires ``allow_remote=True``.
        port: Port to listen on; 0 selects a free one.
        api_key: The key that clients must send.
        seed: Seed of the initial state.
        allow_remote: Whether other machines may connect.
    """

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, api_key: str = "sandbox-key", seed: int = 1, allow_remote: bool = False
    ) -> None:
        self._options: dict[str, Any] = {"host": host, "port": port, "seed": seed, "allow_remote": allow_remote}
        self._api_key = api_key
        self._server: SandboxServer | None = None
        self._is_running = False

    def start(self) -> Self:
        """Start the server if it is not running; ``with`` does this."""
        from ._sparkbot import SandboxServer

        if not self._is_running:
            _check_range("port", self._options["port"], 65_535)
            _check_range("seed", self._options["seed"], 2**64 - 1)
            try:
                self._server = SandboxServer(api_key=self._api_key, **self._options)
            except (OSError, TypeError) as error:
                raise ConfigError(str(error)) from error
            self._is_running = True
            if not self._server.is_loopback:
                self._warn_about_remote_access()
        return self

    def _warn_about_remote_access(self) -> None:
        from warnings import warn

        text = (
            f"the sandbox listens on {self._options['host']}, beyond this machine: any client that has its key can read and "
            "change its data, over unencrypted connections. Omit host to accept connections from this machine only"
        )
        try:
            warn(text, SparkBotWarning, stacklevel=4)
        except SparkBotWarning:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and close all connections. Its requests and documents can still be read."""
        if self._server is not None:
            self._server.stop()
        self._is_running = False

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    def __repr__(self) -> str:
        state = f"url={self.url!r}" if self._is_running else "stopped"
        return f"<sparkbot.Sandbox {state}>"

    @property
    def url(self) -> str:
        """Base URL for clients; ends in ``/v1``."""
        return self._running.url

    @property
    def api_key(self) -> str:
        """The key that clients must send."""
        return self._api_key

    @property
    def requests(self) -> Requests:
        """The last 10,000 requests, oldest first, without the key: a list with assertions, see ``sparkbot.testing``.

        Each has index, time, method, path, query (pairs), headers, body, body_size, status (None without a response),
        operation, unknown_query (names that the operation does not have), fault, elapsed_ms, connection and request_id.
        """
        from .testing import Requests

        return Requests(self._running.requests())

    @property
    def faults(self) -> Faults:
        """The faults to inject.

        >>> with Sandbox() as sandbox:
        ...     _ = sandbox.faults.status(503, count=2, operation="chats.unassign")
        ...     len(sandbox.faults)
        1
        """
        return Faults(self._running)

    def seed(self, **collections: Iterable[Document]) -> None:
        """Add documents. A document replaces an existing one with the same id. If one is invalid, none is added.

        Collections: those of ``GET /_sandbox/state``, such as users, devices, contacts, chats, messages, queue, outbound,
        campaigns and webhooks. ``device`` is the id of the device that a document belongs to; a contact or chat only needs
        this and a ``phone`` or ``wid``. ``metadata`` may be a mapping; a campaign has its ``contacts``. Messages seeded into
        the ``queue`` stay there until a request changes them. A group may have ``pendingMembers``; a contact with
        ``{"canAddToGroups": False}`` in its ``meta`` cannot be added to a group.

        >>> with Sandbox() as sandbox:
        ...     device = "64f0c2a91b7e4d5f8a3b6c01"
        ...     sandbox.seed(devices=[{"id": device}], contacts=[{"device": device, "phone": "+447362053576"}])
        ...     sandbox.documents("contacts")[-1]["wid"]
        '447362053576@c.us'
        """
        _call_with_json(self._running.seed, {name: list(documents) for name, documents in collections.items()})

    def scan(self, device: str, phone: str | None = None) -> None:
        """Simulate a phone that scans the QR code of a device. The device must wait for it, and is online afterwards.

        Its number is ``phone``; by default the number that it had or requested a code for, else a generated one.
        """
        try:
            self._running.scan(device, phone)
        except ValueError as error:
            raise InvalidArgumentError(str(error)) from error

    def documents(self, collection: str) -> list[dict[str, Any]]:
        """The current documents of a collection."""
        documents = self._running.documents(collection)
        if documents is None:
            raise InvalidArgumentError(f"there is no collection {collection!r}; there are {', '.join(self._running.state())}")
        return documents

    def receive(self, device: str, from_: str, body: str, *, chat: str | None = None) -> dict[str, Any]:
        """Simulate an incoming text message, and return it as its chat has it.

        Chat and contact are created if they do not exist. Webhooks get ``message:in:new`` and ``chat:update``.

        >>> with Sandbox() as sandbox:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     sandbox.receive(device, "+447362053576", "Hello")["flow"]
        'inbound'

        Args:
            device: Id of the number that receives the message.
            from_: Phone number or wid of the sender.
            body: The text.
            chat: Wid of the chat, such as a group; by default the chat with the sender.
        """
        message = {"device": device, "from": from_, "body": body} | ({} if chat is None else {"chat": chat})
        received: dict[str, Any] = _call_with_json(self._running.receive, message)
        return received

    def settle(self, *, scheduled: bool = False) -> None:
        """Advance every message to its final state, and wait until all webhook deliveries have succeeded or failed.

        Without it, a message is sent after 50 ms, and delivered after another 50 ms. Messages stay queued if their device
        is offline; scheduled messages do too, unless ``scheduled`` is true. This blocks the thread, so webhooks must be
        received in another one.

        >>> with Sandbox() as sandbox, sandbox.client() as client:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     message = client.send.text(device=device, phone="+447362053576", message="Hello")
        ...     sandbox.settle()
        ...     client.outbound.get(message["id"])["status"]
        'delivered'
        """
        self._running.settle(scheduled)

    def reset(self) -> None:
        """Restore the initial state, without the documents of ``seed()``, and remove all recorded requests and faults."""
        self._running.reset()

    def client(self, **options: Any) -> Client:
        """A client of this sandbox, with the options of ``sparkbot.Client``."""
        from .client import Client

        return Client(api_key=self.api_key, base_url=self.url, **options)

    def async_client(self, **options: Any) -> AsyncClient:
        """An async client of this sandbox, with the options of ``sparkbot.AsyncClient``."""
        from .client import AsyncClient

        return AsyncClient(api_key=self.api_key, base_url=self.url, **options)

    @property
    def _running(self) -> SandboxServer:
        if self._server is None:
            raise ConfigError("the sandbox is not running: use `with sparkbot.Sandbox() as sandbox:` or call start()")
        return self._server


class Faults:
    """The faults of a sandbox: what fails, for which requests, how often.

    All methods also accept ``operation`` (``"chats.unassign"``, ``"chats.*"``), ``method``, ``path`` (a prefix, or a pattern
    with ``*``), ``after`` (number of matching requests to skip) and ``count`` (number of requests, after which the fault is
    removed). The first matching fault determines the response; latencies add up. Iterating yields the active faults.
    """

    def __init__(self, server: SandboxServer) -> None:
        self._server = server

    def add(self, kind: str, **fields: object) -> int:
        """Add a fault of any kind, and return its id. Fields that are None are omitted."""
        fault = {"kind": kind} | {name: value for name, value in fields.items() if value is not None}
        fault_id: int = _call_with_json(self._server.add_fault, fault)
        return fault_id

    def status(
        self, status: int, *, message: str | None = None, headers: Mapping[str, str] | None = None, **fields: object
    ) -> int:
        """Respond with this status. ``body`` replaces the API's error format; ``executed=True`` executes the request first."""
        return self.add("status", status=status, message=message, headers=dict(headers) if headers else None, **fields)

    def latency(self, seconds: float, **fields: object) -> int:
        """Delay the response. The request is executed before the delay, with ``executed=False`` after it."""
        return self.add("latency", seconds=seconds, **fields)

    def reset_connection(self, *, executed: bool = False, **fields: object) -> int:
        """Reset the connection when the request has been read, before or after it is executed."""
        return self.add("reset", executed=executed, **fields)

    def truncate(self, *, bytes: int | None = None, **fields: object) -> int:
        """Execute the request, and truncate its response after this number of bytes; by default after half."""
        return self.add("truncate", bytes=bytes, **fields)

    def rate_limit(self, per_second: float, *, retry_after: float | None = None, **fields: object) -> int:
        """Respond with 429 to requests that exceed the rate; ``retry_after`` is sent as `Retry-After`."""
        return self.add("rate_limit", per_second=per_second, retry_after=retry_after, **fields)

    def offline(self, device: str, **fields: object) -> int:
        """Take the session of a device offline: 503 for operations that need it, or for the given operations."""
        return self.add("offline", device=device, **fields)

    def webhooks(self, *, copies: int = 1, reverse: bool = False, batch: int = 1) -> None:
        """Duplicate, reorder or batch webhook events, until ``clear()``.

        Args:
            copies: Number of times that each event is posted, 1 to 10.
            reverse: Post the last event first. Events are deferred until the next ``settle()``.
            batch: Maximum number of sent, or failed, messages in one list, 1 to 25. Events are deferred until ``settle()``.
        """
        _call_with_json(self._server.set_webhook_delivery, {"copies": copies, "reverse": reverse, "batch": batch})

    def clear(self) -> None:
        """Remove all faults, and restore the default delivery of webhooks."""
        self._server.clear_faults()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._server.faults())

    def __len__(self) -> int:
        return len(self._server.faults())

    def __repr__(self) -> str:
        return f"<sparkbot.sandbox.Faults {list(self)!r}>"


def _check_range(name: str, value: object, maximum: int) -> None:
    if not isinstance(value, int) or not 0 <= value <= maximum:
        raise ConfigError(f"{name} is {value!r}; it must be an int between 0 and {maximum}")


def _call_with_json(function: Callable[[str], Any], argument: object) -> Any:
    """Calls the function with the argument as JSON. Errors become an `InvalidArgumentError`."""
    try:
        return function(json.dumps(argument, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgumentError(str(error)) from error
