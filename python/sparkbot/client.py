"""The two clients: the same names, one blocking, one awaited."""

from __future__ import annotations

import os

from ._dispatch import Caller
from ._sparkbot import ClientCore, __version__
from .batch.map_api import AsyncMaps, Maps
from .errors import ConfigError
from .pagination import iterate, iterate_async
from .resources._attributes import AsyncRawResources, AsyncResources, RawResources, SyncResources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any, Literal, Self, Unpack

    from .hooks import RequestHook, ResponseHook
    from .options import Options, Retry, Timeout

KEY_VARIABLE = "SPARKBOT_API_KEY"
URL_VARIABLE = "SPARKBOT_BASE_URL"


def _setting(given: str | None, variable: str) -> str | None:
    return given if given is not None else os.environ.get(variable) or None


def _missing(api_key: str | None, base_url: str | None) -> ConfigError:
    """One error for whatever is missing, with every way to give it."""
    lacking = [
        f"  {what}: pass {argument}=…, or set the environment variable {variable}"
        for what, argument, variable, value in (
            ("the API key", "api_key", KEY_VARIABLE, api_key),
            ("the service's address", "base_url", URL_VARIABLE, base_url),
        )
        if not value
    ]
    return ConfigError(
        "the client does not know\n" + "\n".join(lacking) + "\n"
        "SparkBot's address is not public, so there is no default; it looks like https://HOST/v1.\n"
        "To try things out without an account: with sparkbot.Sandbox() as sandbox: client = sandbox.client()"
    )


class _Client:
    """What both clients are made of: settings, and resources made when they are first asked for."""

    __slots__ = ("__weakref__", "_caller", "_config", "_core", "_options", "_resources")

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | Timeout | None = None,
        max_retries: int | None = None,
        retry: Retry | None = None,
        calls_per_second: float | None = None,
        max_in_flight: int = 1000,
        max_response_bytes: int = 64 * 1024 * 1024,
        proxy: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        allow_http: bool = False,
        validate: Literal["error", "warn", "off"] = "error",
        on_bad_unicode: Literal["replace", "error"] = "replace",
        on_request: RequestHook | None = None,
        on_response: ResponseHook | None = None,
        pickle_key: bool = False,
    ) -> None:
        url = _setting(base_url, URL_VARIABLE)
        settings: dict[str, Any] = {
            "timeout": timeout,
            "max_retries": max_retries,
            "retry": retry,
            "calls_per_second": calls_per_second,
            "max_in_flight": max_in_flight,
            "max_response_bytes": max_response_bytes,
            "proxy": proxy,
            "ca_bundle": ca_bundle,
            "allow_http": allow_http,
            "validate": validate,
            "on_bad_unicode": on_bad_unicode,
        }
        try:
            key = _setting(api_key, KEY_VARIABLE)
            if not key or not url:
                raise _missing(key, url)
            self._core = ClientCore(key, url, f"sparkbot-python/{__version__}", **settings)
            # What a pickle holds; the key is not even kept here unless that is asked for.
            kept = key if pickle_key else None
        finally:
            # Tracebacks that show local variables must not show these.
            key = api_key = None
        self._caller = Caller(self._core, on_request, on_response, awaited=self._awaited)
        settings |= {"on_request": on_request, "on_response": on_response}
        self._config: tuple[str, str | None, dict[str, Any]] = (url, kept, settings)
        self._options: tuple[Options, ...] = ()
        self._resources: dict[str, Any] = {}

    @property
    def base_url(self) -> str:
        """The service's address, without a trailing slash."""
        return self._core.base_url

    def with_options(self, **options: Unpack[Options]) -> Self:
        """A client with other options for all its calls. It shares connections, pace and limits with this one.

        Example:
            >>> patient = client.with_options(timeout=300, max_retries=4)
        """
        other = self.__copy__()
        other._core = self._core.with_options(options)
        other._caller = self._caller.on(other._core)
        other._options = (*self._options, options)
        return other

    # Which of the two kinds of resources the client has.
    _awaited: bool
    _raw = False

    def _resource(self, name: str, /) -> Any:
        made = self._resources.get(name)
        if made is None:
            made = self._resources[name] = self._make(name)
        return made

    def _make(self, name: str) -> Any:
        from .resources import RESOURCES

        resource, _ = _build(RESOURCES[name], awaited=self._awaited)
        return resource(self._caller.call_async if self._awaited else self._caller.call, self._iterate)

    def _iterate(self, operation: str, arguments: tuple[object, ...], options: Options | None, max_pages: int | None) -> Any:
        if self._awaited:
            return iterate_async(self._caller.call_async, operation, arguments, options, max_pages)
        return iterate(self._caller.call, operation, arguments, options, max_pages)

    def __repr__(self) -> str:
        # A traceback may show a client that could not be made.
        core: ClientCore | None = getattr(self, "_core", None)
        return f"<sparkbot.{type(self).__name__} {core.base_url if core else '(not made)'}>"

    def __copy__(self) -> Self:
        """A client of the same settings, which shares connections, pace and limits with this one."""
        other = object.__new__(type(self))
        other._config = self._config
        other._core = self._core
        other._caller = self._caller
        other._options = self._options
        other._resources = {}
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), *self._config, self._options)

    def _reduce_resource(self, resource: object) -> tuple[Any, ...]:
        """How a resource of this client is pickled, so that `pool.map(client.chats.get, …)` works."""
        [name] = (name for name, made in self._resources.items() if made is resource)
        return getattr, (self, name)


def _restored(
    kind: type[_Client], base_url: str, key: str | None, settings: dict[str, Any], options: tuple[Options, ...]
) -> _Client:
    """A client out of a pickle: its key is the one of the environment that it arrives in."""
    if key is None and not os.environ.get(KEY_VARIABLE):
        raise ConfigError(
            f"a client is pickled without its API key: set {KEY_VARIABLE} in the process that unpickles it, "
            f"or make it with sparkbot.{kind.__name__}(…, pickle_key=True), which puts the key into the pickle"
        )
    client = kind(key, base_url=base_url, **settings, pickle_key=key is not None)
    for given in options:
        client = client.with_options(**given)
    return client


def _build(names: tuple[str, str, str], *, awaited: bool) -> tuple[Any, str]:
    """The class of a resource, and the name that its raw form has."""
    from importlib import import_module

    module, blocking, asynchronous = names
    return getattr(import_module(module), asynchronous if awaited else blocking), blocking


class Client(_Client, Maps, SyncResources):
    """The SparkBot API, blocking. Safe to share between threads; cheap to make; connects with its first call.

    Args:
        api_key: The account's key; else the environment's SPARKBOT_API_KEY.
        base_url: The service's address with its version, such as `https://HOST/v1`; else SPARKBOT_BASE_URL.
        timeout: Seconds for a whole call with its retries (60), or a `Timeout`.
        max_retries: How often a failed request may be sent again (2); overrides that of `retry`.
        retry: A `Retry`: when, and after which delays.
        calls_per_second: No more calls than this are begun in a second; None for no limit.
        max_in_flight: Calls under way at once (1,000), but no more than a quarter of the files that the process may have open
            (`ulimit -n`): each takes a connection. More of them wait.
        max_response_bytes: A larger answer is a `ResponseTooLargeError`.
        proxy: Address of a proxy; else the environment's HTTPS_PROXY and HTTP_PROXY. Never used for loopback.
        ca_bundle: PEM file of the certificate authorities to trust; else SSL_CERT_FILE, REQUESTS_CA_BUNDLE,
            CURL_CA_BUNDLE, or the system's.
        allow_http: Lets the key travel unencrypted to another machine.
        validate: What a value outside the documented limits is: an `"error"`, a warning (`"warn"`) or nothing (`"off"`).
        on_bad_unicode: What half an emoji in an answer is: U+FFFD with a warning (`"replace"`), or an `"error"`.
        on_request: Called before every call with a `sparkbot.hooks.Request`, in the caller's thread or task.
        on_response: Called after every call, however it ended, with a `sparkbot.hooks.Response`.
        pickle_key: Puts the key into pickles of the client. Else a client is pickled as its other settings and reads the key
            from the environment's SPARKBOT_API_KEY where it is unpickled.

    Raises:
        ConfigError: Key or address is missing, or a setting is wrong.

    Example:
        >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        ...     numbers = client.devices.list()
    """

    __slots__ = ()

    _awaited = False

    @property
    def raw(self) -> RawView:
        """The same methods, whose answers come with status, headers and timing: `client.raw.devices.list().headers`."""
        return RawView(self._caller)

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotent: bool | None = None,
        options: Options | None = None,
    ) -> Any:
        """Sends any request, for what has no method yet.

        Args:
            method: HTTP method.
            path: Path under the base URL, such as `/devices`; with or without the base URL's own path in front.
            query: Names and values; lists go comma separated, None is left out.
            json: The body.
            idempotent: Whether it may be sent twice. By default, POST and PATCH may not.
            options: Settings for this call only.

        Returns:
            The answer as dicts and lists; an empty one is `{}`.

        Example:
            >>> client.request("GET", "/devices", query={"size": 5})
        """
        return self._caller.request(method, path, query, json, idempotent, options, False, False)

    def close(self) -> None:
        """Closes idle connections. The client can still be used, and then opens new ones."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


class AsyncClient(_Client, AsyncMaps, AsyncResources):
    """The SparkBot API, awaited: the same names and arguments as `Client`.

    One client serves any number of event loops and threads; its connections belong to none of them.

    Example:
        >>> async with sparkbot.AsyncClient() as client:
        ...     numbers = await client.devices.list()
    """

    __slots__ = ()

    _awaited = True

    @property
    def raw(self) -> AsyncRawView:
        """The same methods, whose answers come with status, headers and timing."""
        return AsyncRawView(self._caller)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotent: bool | None = None,
        options: Options | None = None,
    ) -> Any:
        """Sends any request, for what has no method yet; see `Client.request`.

        Example:
            >>> await client.request("GET", "/devices", query={"size": 5})
        """
        return await self._caller.request(method, path, query, json, idempotent, options, False, True)

    async def close(self) -> None:
        """Closes idle connections. The client can still be used, and then opens new ones."""
        self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


class RawView(RawResources):
    """The methods of a `Client`, answering `RawResponse`."""

    __slots__ = ("_caller",)

    _awaited = False
    _raw = True

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _resource(self, name: str, /) -> Any:
        from .resources import RESOURCES, _raw

        resource, class_name = _build(RESOURCES[name], awaited=False)
        return getattr(_raw, f"Raw{class_name}")(resource(self._caller.call_raw, iterate, raw=True))

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotent: bool | None = None,
        options: Options | None = None,
    ) -> Any:
        """As `Client.request`, answering a `RawResponse`."""
        return self._caller.request(method, path, query, json, idempotent, options, True, False)


class AsyncRawView(AsyncRawResources):
    """The methods of an `AsyncClient`, answering `RawResponse`."""

    __slots__ = ("_caller",)

    _awaited = True
    _raw = True

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _resource(self, name: str, /) -> Any:
        from .resources import RESOURCES, _raw

        resource, class_name = _build(RESOURCES[name], awaited=True)
        return getattr(_raw, f"AsyncRaw{class_name}")(resource(self._caller.call_raw_async, iterate_async, raw=True))

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        idempotent: bool | None = None,
        options: Options | None = None,
    ) -> Any:
        """As `AsyncClient.request`, answering a `RawResponse`."""
        return await self._caller.request(method, path, query, json, idempotent, options, True, True)
