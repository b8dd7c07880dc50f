"""Records what a client and the service exchange, or replays it."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from sparkbot.client import KEY_VARIABLE, URL_VARIABLE, AsyncClient, Client
from sparkbot.errors import ConfigError, InvalidArgumentError
from sparkbot.recording.cassette import Cassette, Redactor, write
from sparkbot.recording.server import LocalServer
from sparkbot.recording.service import NO_RESPONSE, failed, forward

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import TracebackType

    from sparkbot.recording.messages import HttpRequest, HttpResponse

Mode = Literal["once", "none", "all"]

#: The key of clients while a cassette is replayed, if there is no other.
_REPLAY_KEY = "sparkbot-replay-key"
#: Not retried, and not a status of the service.
_NOT_RECORDED = 501


class Recording:
    """A cassette in use: see `sparkbot.testing.recorded`.

    Attributes:
        url: Base URL for clients.
        is_replaying: Whether responses come from the cassette.
    """

    url: str
    is_replaying: bool

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        mode: Mode = "once",
        base_url: str | None = None,
        api_key: str | None = None,
        redact: Collection[str] = (),
    ) -> None:
        if mode not in get_args(Mode):
            raise InvalidArgumentError(f"mode is {mode!r}; it must be one of {', '.join(get_args(Mode))}", field="mode")
        if isinstance(redact, str):
            raise InvalidArgumentError(f"redact is a text; give a list of names of fields: [{redact!r}]", field="redact")
        self._path = Path(path)
        self._mode = mode
        self._base_url = base_url
        self._api_key = api_key
        self._redactor = Redactor(redact)

    def client(self, **options: Any) -> Client:
        """A client whose requests are recorded or replayed, with the options of `sparkbot.Client`."""
        return Client(**self._settings, **options)

    def async_client(self, **options: Any) -> AsyncClient:
        """An async client whose requests are recorded or replayed, with the options of `sparkbot.AsyncClient`."""
        return AsyncClient(**self._settings, **options)

    @property
    def _settings(self) -> dict[str, Any]:
        if not hasattr(self, "url"):
            raise ConfigError("the recording is not running: use `with recorded(…) as recording:`")
        return {"api_key": self._key, "base_url": self.url}

    def __enter__(self) -> Self:
        self.is_replaying = self._mode == "none" or (self._mode == "once" and self._path.exists())
        self._lock = Lock()
        self._exchanges: list[tuple[HttpRequest, HttpResponse]] = []
        self._problems: list[str] = []
        self._key = self._api_key or os.environ.get(KEY_VARIABLE) or _REPLAY_KEY
        if self.is_replaying:
            self._open_cassette()
        else:
            self._service = self._find_service()
        with ExitStack() as opened:
            server = LocalServer(self._replay if self.is_replaying else self._record)
            opened.callback(server.stop)
            self.url = server.url
            opened.enter_context(_environment({URL_VARIABLE: self.url, KEY_VARIABLE: self._key}))
            self._opened = opened.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._opened.close()
        if error is not None:
            return
        if self._problems:
            raise AssertionError("\n".join(dict.fromkeys(self._problems)))
        if not self.is_replaying:
            write(self._path, self._exchanges, self._redactor)

    def __repr__(self) -> str:
        return f"<sparkbot.testing.recorded {str(self._path)!r}, mode {self._mode}>"

    def _find_service(self) -> str:
        """The base URL of the service to record. Missing and unsafe settings are refused."""
        try:
            return Client(self._api_key, base_url=self._base_url).base_url
        except ConfigError as error:
            if self._mode == "once":
                error.add_note(f"There is no cassette {self._path}, so the service is needed to record it.")
            raise

    def _open_cassette(self) -> None:
        if not self._path.exists():
            raise InvalidArgumentError(f"there is no cassette {self._path}: record it with mode='once', and keep the file")
        self._cassette = Cassette(self._path, self._redactor)

    def _record(self, request: HttpRequest) -> HttpResponse:
        try:
            response = forward(self._service, request)
        except NO_RESPONSE as error:
            return failed(502, f"the service gave no response while {self._path} was recorded: {error}")
        with self._lock:
            self._exchanges.append((request, response))
        return response

    def _replay(self, request: HttpRequest) -> HttpResponse:
        response = self._cassette.replay(request)
        if not isinstance(response, str):
            return response
        self._problems.append(response)
        return failed(_NOT_RECORDED, response)


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Sets environment variables, and restores them."""
    previous = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in previous.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
