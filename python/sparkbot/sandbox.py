"""The sandbox: a stand-in SparkBot service on this machine, with state, faults and a journal.

>>> from sparkbot.sandbox import Sandbox
>>> with Sandbox() as sandbox:
...     sandbox.url.endswith("/v1")
True
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Any, Self

    from ._sparkbot import SandboxServer
    from .client import AsyncClient, Client
    from .testing import Requests

    Document = Mapping[str, object]

__all__ = ["Faults", "Sandbox"]


class Sandbox:
    """A SparkBot service of your own: it answers every operation, keeps what you change, and forgets it when it stops.

    It starts with a small company in it (three numbers, their agents, contacts, chats and waiting messages), the same
    for the same ``seed``; ``seed()`` adds documents of yours.

    >>> with Sandbox() as sandbox:
    ...     device = sandbox.documents("devices")[0]
    ...     device["alias"]
    'Support'

    Args:
        host: address to listen on. Others than loopback need ``allow_remote=True``.
        port: 0 for any free port.
        api_key: the key that clients must send.
        seed: the same number makes the same documents.
        allow_remote: whether other machines may connect.
    """

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, api_key: str = "sandbox-key", seed: int = 1, allow_remote: bool = False
    ) -> None:
        self._options: dict[str, Any] = {"host": host, "port": port, "seed": seed, "allow_remote": allow_remote}
        self._api_key = api_key
        self._server: SandboxServer | None = None
        self._is_running = False

    def start(self) -> Self:
        """Start the server, unless it runs; ``with`` does this for you."""
        from ._sparkbot import SandboxServer

        if not self._is_running:
            from .errors import ConfigError

            _check_range("port", self._options["port"], 65_535)
            _check_range("seed", self._options["seed"], 2**64 - 1)
            try:
                self._server = SandboxServer(api_key=self._api_key, **self._options)
            except (OSError, TypeError) as error:
                raise ConfigError(str(error)) from error
            self._is_running = True
            if not self._server.is_loopback:
                self._warn_of_guests()
        return self

    def _warn_of_guests(self) -> None:
        from warnings import warn

        from .errors import SparkBotWarning

        text = (
            f"the sandbox listens on {self._options['host']}, beyond this machine: whoever reaches it and has its key "
            "reads and changes everything in it, unencrypted. Leave host out to keep it to this machine"
        )
        try:
            warn(text, SparkBotWarning, stacklevel=4)
        except SparkBotWarning:
            self.stop()
            raise

    def stop(self) -> None:
        """Close every connection and end the server. Its journal and documents can still be read."""
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
        return self._started.url

    @property
    def api_key(self) -> str:
        """The key that clients must send."""
        return self._api_key

    @property
    def requests(self) -> Requests:
        """The last 10,000 requests, oldest first, without the key: a list with assertions, see ``sparkbot.testing``.

        Each has index, time, method, path, query (pairs), headers, body, body_size, status (None if it got no answer),
        operation, unknown_query (names that the operation does not have), fault, elapsed_ms, connection and request_id.
        """
        from .testing import Requests

        return Requests(self._started.requests())

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose.

        >>> with Sandbox() as sandbox:
        ...     _ = sandbox.faults.status(503, count=2, operation="chats.unassign")
        ...     len(sandbox.faults)
        1
        """
        return Faults(self._started)

    def seed(self, **collections: Iterable[Document]) -> None:
        """Add documents; one with a known id takes the place of the other. When one is wrong, none is added.

        Collections: those of ``GET /_sandbox/state``, such as users, devices, contacts, chats, messages, queue, outbound,
        campaigns and webhooks. What a device has names it in ``device``; a contact or chat needs only that and a ``phone``
        or ``wid``. ``metadata`` may be a mapping; a campaign holds its ``contacts``. Messages that are seeded into the
        ``queue`` stay there until something is done with them. A group may have ``pendingMembers``; a contact with
        ``{"canAddToGroups": False}`` in its ``meta`` cannot be added to one.

        >>> with Sandbox() as sandbox:
        ...     device = "64f0c2a91b7e4d5f8a3b6c01"
        ...     sandbox.seed(devices=[{"id": device}], contacts=[{"device": device, "phone": "+447362053576"}])
        ...     sandbox.documents("contacts")[-1]["wid"]
        '447362053576@c.us'
        """
        documents = {name: list(given) for name, given in collections.items()}
        _told_plainly(self._started.seed, documents)

    def scan(self, device: str, phone: str | None = None) -> None:
        """Do what a phone does: scan the QR code of a device that waits for it, which is online from then on.

        Its number is ``phone``, or the one that it had or asked a code for, or a made-up one.
        """
        try:
            self._started.scan(device, phone)
        except ValueError as error:
            from .errors import InvalidArgumentError

            raise InvalidArgumentError(str(error)) from error

    def documents(self, collection: str) -> list[dict[str, Any]]:
        """The documents of a collection as they are now."""
        found = self._started.documents(collection)
        if found is None:
            from .errors import InvalidArgumentError

            raise InvalidArgumentError(f"there is no collection {collection!r}; there are {', '.join(self._started.state())}")
        return found

    def receive(self, device: str, from_: str, body: str, *, chat: str | None = None) -> dict[str, Any]:
        """Let a text come in from a phone number or wid, and return it as its chat shows it.

        Chat and contact are made where they are new; with ``chat`` (a group's wid) it comes in there. Webhooks are told
        ``message:in:new`` and ``chat:update``.

        >>> with Sandbox() as sandbox:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     sandbox.receive(device, "+447362053576", "Hello")["flow"]
        'inbound'

        Args:
            device: id of the number that receives.
            from_: phone number or wid of the sender.
            body: the text.
            chat: wid of the chat, if that is not the sender's own.
        """
        given = {"device": device, "from": from_, "body": body} | ({} if chat is None else {"chat": chat})
        received: dict[str, Any] = _told_plainly(self._started.receive, given)
        return received

    def settle(self, *, scheduled: bool = False) -> None:
        """Move every message as far as it goes, and wait until webhooks have been told of it or given up.

        By itself a message takes 50 ms to be sent and 50 ms more to be delivered. Messages whose device cannot send stay
        in its queue; so do scheduled ones, unless ``scheduled`` is true. The receiver of the webhooks must not be the
        thread that calls this: it waits.

        >>> with Sandbox() as sandbox, sandbox.client() as client:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     message = client.send.text(device=device, phone="+447362053576", message="Hello")
        ...     sandbox.settle()
        ...     client.outbound.get(message["id"])["status"]
        'delivered'
        """
        self._started.settle(scheduled)

    def reset(self) -> None:
        """Go back to the documents of the start, without those of ``seed()``; empty the journal and the faults."""
        self._started.reset()

    def client(self, **options: Any) -> Client:
        """A client of this sandbox; takes the options of ``sparkbot.Client``."""
        from .client import Client

        return Client(api_key=self.api_key, base_url=self.url, **options)

    def async_client(self, **options: Any) -> AsyncClient:
        """An async client of this sandbox; takes the options of ``sparkbot.AsyncClient``."""
        from .client import AsyncClient

        return AsyncClient(api_key=self.api_key, base_url=self.url, **options)

    @property
    def _started(self) -> SandboxServer:
        if self._server is None:
            from .errors import ConfigError

            raise ConfigError("the sandbox is not running: use `with sparkbot.Sandbox() as sandbox:` or call start()")
        return self._server


class Faults:
    """The faults of a sandbox: what goes wrong, for which requests, how often.

    Every method takes, besides its own, ``operation`` (``"chats.unassign"``, ``"chats.*"``), ``method``, ``path`` (a
    prefix, or a pattern with ``*``), ``after`` (let so many pass first) and ``count`` (strike so often, then be gone).
    The first fault that strikes a request decides its answer; waits add up. Iterate for the faults in force.
    """

    def __init__(self, server: SandboxServer) -> None:
        self._server = server

    def add(self, kind: str, **fields: object) -> int:
        """Add a fault of any kind and return its id; fields that are None are left out."""
        given = {"kind": kind} | {name: value for name, value in fields.items() if value is not None}
        added: int = _told_plainly(self._server.add_fault, given)
        return added

    def status(
        self, status: int, *, message: str | None = None, headers: Mapping[str, str] | None = None, **fields: object
    ) -> int:
        """Answer with this status; ``body`` replaces the API's error shape, ``executed=True`` runs the request first."""
        return self.add("status", status=status, message=message, headers=dict(headers) if headers else None, **fields)

    def latency(self, seconds: float, **fields: object) -> int:
        """Answer late. The request runs before the wait; ``executed=False`` runs it after."""
        return self.add("latency", seconds=seconds, **fields)

    def reset_connection(self, *, executed: bool = False, **fields: object) -> int:
        """Reset the connection once the request has been read, before or after it has run."""
        return self.add("reset", executed=executed, **fields)

    def truncate(self, *, bytes: int | None = None, **fields: object) -> int:
        """Run the request and break its answer off after so many bytes; by default after half."""
        return self.add("truncate", bytes=bytes, **fields)

    def rate_limit(self, per_second: float, *, retry_after: float | None = None, **fields: object) -> int:
        """Answer 429 to what is above the rate; ``retry_after`` sends that header."""
        return self.add("rate_limit", per_second=per_second, retry_after=retry_after, **fields)

    def offline(self, device: str, **fields: object) -> int:
        """Take the device's session offline: 503 for what needs it, or for the operations that you name."""
        return self.add("offline", device=device, **fields)

    def webhooks(self, *, copies: int = 1, reverse: bool = False, batch: int = 1) -> None:
        """Tell webhooks as a network does that goes wrong; ``clear()`` ends it.

        Args:
            copies: How often each event is posted, 1 to 10.
            reverse: Post the last event first. Events wait for the next ``settle()``.
            batch: Post up to so many sent, or failed, messages in one list, 1 to 25. Events wait for the next ``settle()``.
        """
        _told_plainly(self._server.set_webhook_delivery, {"copies": copies, "reverse": reverse, "batch": batch})

    def clear(self) -> None:
        """Remove every fault."""
        self._server.clear_faults()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._server.faults())

    def __len__(self) -> int:
        return len(self._server.faults())

    def __repr__(self) -> str:
        return f"<sparkbot.sandbox.Faults {list(self)!r}>"


def _check_range(name: str, value: object, most: int) -> None:
    if not isinstance(value, int) or not 0 <= value <= most:
        from .errors import ConfigError

        raise ConfigError(f"{name} is {value!r}; it must be an int between 0 and {most}")


def _told_plainly(act: Any, given: object) -> Any:
    """Hand the object over as JSON; what is wrong with it is told as an InvalidArgumentError."""
    import json

    try:
        return act(json.dumps(given, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(str(error)) from error
