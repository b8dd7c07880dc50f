"""The sandbox: a local server that behaves like the SparkBot service, with state, faults and a log of requests.

>>> from sparkbot.sandbox import Sandbox
>>> with Sandbox() as sandbox:
...     sandbox.url.endswith("/v1")
True
"""

from __future__ import annotations

from binascii import b2a_base64

from sparkbot._annotations import make_public

from ._faults import Faults, call_with_json
from .errors import ConfigError, InvalidArgumentError, SparkBotWarning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import Any, Literal, Self, TypeAlias

    from ._sparkbot import SandboxServer
    from .client import AsyncClient, Client
    from .testing import Requests

    Document = Mapping[str, object]
    EventType: TypeAlias = Literal[
        "text", "image", "audio", "video", "document", "location", "contacts",
        "poll", "vote", "reaction", "edit", "delete", "join",
    ]  # fmt: skip

__all__ = ["Faults", "Sandbox"]


class Sandbox:
    """A local server that behaves like the SparkBot service. It implements every operation, and keeps its state until it stops.

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
        unauthorized: Status of a request without the key: 401 or 403. Public clients report both.
        deleted: Status of a successful delete: 200 with a document, or 204 without a body.
        page_cap: Maximum size of a page, whatever ``size`` a request has; None for no maximum.
        beyond_last_page: ``"error"`` to answer a page beyond the last with a 400, ``"empty"`` with an empty list.

    Raises:
        ConfigError: At the start: an option has a value that is not allowed, or the port is in use.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str = "sandbox-key",
        seed: int = 1,
        allow_remote: bool = False,
        unauthorized: Literal[401, 403] = 401,
        deleted: Literal[200, 204] = 200,
        page_cap: int | None = None,
        beyond_last_page: Literal["error", "empty"] = "error",
    ) -> None:
        self._options: dict[str, Any] = {
            "host": host,
            "port": port,
            "seed": seed,
            "allow_remote": allow_remote,
            "unauthorized": unauthorized,
            "deleted": deleted,
            "page_cap": page_cap,
        }
        self._beyond_last_page = beyond_last_page
        self._api_key = api_key
        self._server: SandboxServer | None = None
        self._is_running = False

    def start(self) -> Self:
        """Start the server if it is not running; ``with`` does this."""
        from ._sparkbot import SandboxServer

        if not self._is_running:
            self._check_options()
            is_empty = self._beyond_last_page == "empty"
            try:
                self._server = SandboxServer(api_key=self._api_key, empty_beyond_last=is_empty, **self._options)
            except (OSError, TypeError) as error:
                raise ConfigError(str(error)) from error
            self._is_running = True
            if not self._server.is_loopback:
                self._warn_about_remote_access()
        return self

    def _check_options(self) -> None:
        options = self._options
        _check_range("port", options["port"], 0, 65_535)
        _check_range("seed", options["seed"], 0, 2**64 - 1)
        if options["page_cap"] is not None:
            _check_range("page_cap", options["page_cap"], 1, 2**32 - 1)
        _check_choice("unauthorized", options["unauthorized"], (401, 403))
        _check_choice("deleted", options["deleted"], (200, 204))
        _check_choice("beyond_last_page", self._beyond_last_page, ("error", "empty"))

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
    def ui_url(self) -> str:
        """Address of a page that shows the documents and the requests, live and read-only, to open in a browser."""
        return f"{self.url.removesuffix('/v1')}/_sandbox/ui"

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
        call_with_json(self._running.seed, {name: list(documents) for name, documents in collections.items()})

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

    def receive(
        self,
        device: str,
        from_: str,
        body: str | None = None,
        *,
        type: EventType = "text",
        chat: str | None = None,
        name: str | None = None,
        quoted: str | None = None,
        forwarded: bool = False,
        filename: str | None = None,
        mime: str | None = None,
        content: bytes | None = None,
        format: Literal["native", "ptt", "gif"] | None = None,
        duration: float | None = None,
        location: Mapping[str, object] | None = None,
        contacts: Sequence[Mapping[str, str]] | None = None,
        poll: Mapping[str, object] | None = None,
        message: str | None = None,
        options: Sequence[str] | None = None,
        reaction: str | None = None,
    ) -> dict[str, Any]:
        """Simulate an event that a person causes, and return the message (for ``join`` the group) as the API shows it.

        A new message creates its chat, contact and group if they do not exist. Webhooks get ``message:in:new``
        (``channel:in`` for a channel) and ``chat:update``.

        ======================================= ============================================= ====================
        ``type``                                arguments                                     event
        ======================================= ============================================= ====================
        text                                    ``body``                                      ``message:in:new``
        image, audio, video, document           ``body`` (the caption), ``filename``,         ``message:in:new``
                                                ``mime``, ``content``, ``format``,
                                                ``duration``; all optional
        location                                ``location``                                  ``message:in:new``
        contacts                                ``contacts``                                  ``message:in:new``
        poll                                    ``poll``                                      ``message:in:new``
        vote                                    ``message``, ``options`` (``[]``: none)       ``message:update``
        reaction                                ``message``, ``reaction`` (``""``: none)      ``message:reaction``
        edit                                    ``message``, ``body``                         ``message:update``
        delete                                  ``message``                                   ``message:update``
        join                                    ``chat``                                      ``group:update``
        ======================================= ============================================= ====================

        >>> with Sandbox() as sandbox, sandbox.client() as client:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     message = sandbox.receive(device, "+447362053576", "Our shop", type="image", content=b"(a picture)")
        ...     (message["media"]["caption"], bytes(client.chat_files.download(device, message["media"]["id"])))
        ('Our shop', b'(a picture)')

        Args:
            device: Id of the number that receives the event.
            from_: Phone number or wid of the person.
            body: The text of a message, or the caption of a file: the message then has it in ``media``, and an empty body.
            type: What happens.
            chat: Wid of the chat, such as a group; by default the chat with the person.
            name: Name of the person in WhatsApp, for a new message.
            quoted: Id of the message that a new message replies to.
            forwarded: Whether a new message is a forwarded one.
            filename: Name of a file.
            mime: MIME type of a file; by default that of its name.
            content: Content of a file; by default a generated one.
            format: ``ptt`` for a voice message, ``gif`` for a video that loops.
            duration: Seconds of a sound or video.
            location: ``lat`` and ``lon``, and optionally ``name`` and ``address``.
            contacts: Contact cards, each with ``name`` and ``phone``.
            poll: ``name``, ``options`` (a list of strings), and optionally ``multiple``.
            message: Id of the message that the event changes. Only its sender can edit or delete it.
            options: The options of the poll that the person votes for, instead of earlier ones.
            reaction: The emoji.

        Raises:
            InvalidArgumentError: An argument is missing, unknown to this type, or invalid.
        """
        event = {
            "device": device, "from": from_, "body": body, "type": type, "chat": chat, "name": name, "quoted": quoted,
            "forwarded": forwarded or None, "filename": filename, "mime": mime, "format": format, "duration": duration,
            "content": None if content is None else b2a_base64(content, newline=False).decode(),
            "location": location, "contacts": contacts, "poll": poll, "message": message, "reaction": reaction,
            "options": None if options is None else list(options),
        }  # fmt: skip
        return self._cause(event)

    def report(
        self, message: str, status: Literal["sent", "delivered", "read", "played", "failed"], *, reason: str | None = None
    ) -> dict[str, Any]:
        """Report the status of a message that was sent through the API, and return the message.

        It passes through the states before that, each once, whatever its device and queue do. Webhooks get
        ``message:out:sent``, ``message:out:ack`` or ``message:out:failed``.

        >>> with Sandbox() as sandbox, sandbox.client() as client:
        ...     device = sandbox.documents("devices")[0]["id"]
        ...     message = client.send.text(device=device, phone="+447362053576", message="Hello")
        ...     sandbox.report(message["id"], "read")["deliveryStatus"]
        'read'

        Args:
            message: Id of the outbound message, or its WhatsApp id.
            status: The state that it reaches.
            reason: Why it failed.

        Raises:
            InvalidArgumentError: There is no such message or status, or the message has failed.
        """
        return self._cause({"type": "status", "message": message, "status": status, "reason": reason})

    def _cause(self, event: Document) -> dict[str, Any]:
        given = {name: value for name, value in event.items() if value is not None}
        subject: dict[str, Any] = call_with_json(self._running.receive, given)
        return subject

    def sign_webhooks(self, key: str | None, *, header: str = "X-SparkBot-Signature") -> None:
        """Sign the webhook deliveries that follow, until ``reset()``. By default they are not signed.

        >>> with Sandbox() as sandbox:
        ...     sandbox.sign_webhooks("a-key-of-sixteen-characters")

        Args:
            key: Key of the HMAC-SHA256 over the body; None ends the signing.
            header: Header with the signature, ``sha256=`` and hexadecimal digits.
        """
        call_with_json(self._running.set_webhook_signature, {"key": key, "header": header})

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


def _check_range(name: str, value: object, minimum: int, maximum: int) -> None:
    if not isinstance(value, int) or not minimum <= value <= maximum:
        raise ConfigError(f"{name} is {value!r}; it must be an int between {minimum} and {maximum}")


def _check_choice(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}; it must be {' or '.join(map(repr, allowed))}")


make_public(__name__)
