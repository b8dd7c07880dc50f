"""The clients: `Client` blocks, `AsyncClient` is awaited; both have the same methods."""

from __future__ import annotations

import os
from abc import ABCMeta

from ._annotations import make_resolvable
from ._dispatch import Dispatcher
from ._fork_lock import lazy_import
from ._request import AsyncRequestMixin, RequestMixin
from ._sparkbot import ClientCore, __version__
from .batch.map_api import AsyncMapMixin, MapMixin
from .errors import ConfigError
from .pagination import paginate, paginate_async
from .resources._attributes import AsyncRawResources, AsyncResources, RawResources, SyncResources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Literal, Self, Unpack

    from .hooks import RequestHook, ResponseHook
    from .options import Options, Retry, Timeout

KEY_VARIABLE = "SPARKBOT_API_KEY"
URL_VARIABLE = "SPARKBOT_BASE_URL"


def _setting(value: str | None, variable: str) -> str | None:
    return value if value is not None else os.environ.get(variable) or None


def _missing_settings_error(api_key: str | None, base_url: str | None) -> ConfigError:
    """One error for all missing settings."""
    missing = [
        f"  {label}: set the environment variable {variable}, or pass {argument}"
        for label, argument, variable, value in (
            ("the API key", "api_key=…", KEY_VARIABLE, api_key),
            ("the base URL", "base_url=… (--base-url to a command)", URL_VARIABLE, base_url),
        )
        if not value
    ]
    return ConfigError(
        "settings of the client are missing\n" + "\n".join(missing) + "\n"
        "There is no default base URL, because SparkBot's is not public; it looks like https://HOST/v1.\n"
        "To try it without an account: with sparkbot.Sandbox() as sandbox: client = sandbox.client() (--sandbox in a command)"
    )


class _ClientType(ABCMeta):
    """The class of the clients: `Client.chats` is the class of `client.chats`, so `mock.create_autospec` knows its methods.

    The class of `client.raw` is for mocks `RawView`, where methods have the same signatures.
    """

    def __getattribute__(cls, name: str) -> Any:
        found = super().__getattribute__(name)
        if isinstance(found, property):
            where = getattr(found.fget, "__module__", None)
            if where == SyncResources.__module__:
                from .resources import RESOURCES

                return _resource_class(RESOURCES[name], awaited=cls._awaited)[0]
            if where == __name__ and name == "raw":
                return AsyncRawView if cls._awaited else RawView
        return found


class _BaseClient(metaclass=_ClientType):
    """Base class of both clients: settings, and resources that are created on first use."""

    def __init_subclass__(cls) -> None:
        make_resolvable(cls)

    __slots__ = ("__weakref__", "_config", "_core", "_dispatcher", "_options", "_resources")

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
        client_cert: str | os.PathLike[str] | tuple[str | os.PathLike[str], str | os.PathLike[str]] | None = None,
        http2: Literal["auto", "off"] = "auto",
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
            "client_cert": client_cert,
            "http2": http2,
            "allow_http": allow_http,
            "validate": validate,
            "on_bad_unicode": on_bad_unicode,
        }
        try:
            key = _setting(api_key, KEY_VARIABLE)
            if not key or not url:
                raise _missing_settings_error(key, url)
            self._core = ClientCore(key, url, f"sparkbot-python/{__version__}", **settings)
            # The key is kept in Python only for pickles that contain it.
            pickled_key = key if pickle_key else None
        finally:
            # Tracebacks can show local variables.
            key = api_key = None
        self._dispatcher = Dispatcher(self._core, on_request, on_response, awaited=self._awaited)
        settings |= {"on_request": on_request, "on_response": on_response}
        self._config: tuple[str, str | None, dict[str, Any]] = (url, pickled_key, settings)
        self._options: tuple[Options, ...] = ()
        self._resources: dict[str, Any] = {}

    @property
    def base_url(self) -> str:
        """Base URL of the service, without a trailing slash."""
        return self._core.base_url

    def with_options(self, **options: Unpack[Options]) -> Self:
        """A client with other default options. It shares connections and limits with this one.

        Example:
            >>> patient = client.with_options(timeout=300, max_retries=4)
        """
        other = self.__copy__()
        other._core = self._core.with_options(options)
        other._dispatcher = self._dispatcher.with_core(other._core)
        other._options = (*self._options, options)
        return other

    _awaited: bool

    def _resource(self, name: str, /) -> Any:
        resource = self._resources.get(name)
        if resource is None:
            resource = self._resources[name] = self._create_resource(name)
        return resource

    def _create_resource(self, name: str) -> Any:
        from .resources import RESOURCES

        resource_class, _ = _resource_class(RESOURCES[name], awaited=self._awaited)
        return resource_class(self._dispatcher.call_async if self._awaited else self._dispatcher.call, self._iterate)

    def _iterate(self, operation: str, arguments: tuple[object, ...], options: Options | None, max_pages: int | None) -> Any:
        if self._awaited:
            return paginate_async(self._dispatcher.call_async, operation, arguments, options, max_pages)
        return paginate(self._dispatcher.call, operation, arguments, options, max_pages)

    def __repr__(self) -> str:
        # A traceback can show a client whose construction failed.
        core: ClientCore | None = getattr(self, "_core", None)
        return f"<sparkbot.{type(self).__name__} {core.base_url if core else '(not initialized)'}>"

    def __copy__(self) -> Self:
        """A client with the same settings. It shares connections and limits with this one."""
        other = object.__new__(type(self))
        other._config = self._config
        other._core = self._core
        other._dispatcher = self._dispatcher
        other._options = self._options
        other._resources = {}
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (type(self), *self._config, self._options)

    def _reduce_resource(self, resource: object) -> tuple[Any, ...]:
        """Pickles a resource as its client and name, so that `pool.map(client.chats.get, …)` works."""
        [name] = (name for name, known in self._resources.items() if known is resource)
        return getattr, (self, name)


def _unpickle(
    client_class: type[_BaseClient], base_url: str, key: str | None, settings: dict[str, Any], options: tuple[Options, ...]
) -> _BaseClient:
    """A client from a pickle. Unless the pickle contains the key, it is read from the environment."""
    if key is None and not os.environ.get(KEY_VARIABLE):
        raise ConfigError(
            f"the pickle of a client does not contain its API key: set {KEY_VARIABLE} in the process that unpickles it, "
            f"or create it with sparkbot.{client_class.__name__}(…, pickle_key=True), which puts the key into the pickle"
        )
    client = client_class(key, base_url=base_url, **settings, pickle_key=key is not None)
    for layer in options:
        client = client.with_options(**layer)
    return client


def _resource_class(names: tuple[str, str, str], *, awaited: bool) -> tuple[Any, str]:
    """The class of a resource, and its name without `Async`."""
    module, blocking, asynchronous = names
    return getattr(lazy_import(module), asynchronous if awaited else blocking), blocking


class Client(_BaseClient, RequestMixin, MapMixin, SyncResources):
    """Blocking client of the SparkBot API. Thread-safe; connects on the first call.

    Args:
        api_key: API key of the account; by default the environment variable SPARKBOT_API_KEY.
        base_url: Base URL of the service with its version, such as `https://HOST/v1`; by default SPARKBOT_BASE_URL.
        timeout: Seconds for a call with all its retries (60), or a `Timeout`.
        max_retries: Maximum number of retries of a failed request (2); overrides that of `retry`.
        retry: The retry policy, a `Retry`.
        calls_per_second: Maximum rate of calls; None for no limit.
        max_in_flight: Maximum number of concurrent calls (1,000), at most a quarter of the open-file limit of the process
            (`ulimit -n`), because each may need a connection. Further calls wait.
        max_response_bytes: Maximum size of a response (64 MiB); a larger one raises `ResponseTooLargeError`.
        proxy: URL of a proxy: `http://`, `https://`, `socks5://` or `socks5h://`, where the proxy resolves the host name. By
            default HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, except for loopback addresses and the hosts of NO_PROXY.
        ca_bundle: PEM file of the trusted certificate authorities; by default SSL_CERT_FILE, REQUESTS_CA_BUNDLE,
            CURL_CA_BUNDLE, or those of the system.
        client_cert: PEM file of the client's own certificate and its private key, or a pair of files `(certificate, key)`, for a
            service that requires one (mutual TLS). Read once, when the client is created. Not used over http.
        http2: `"auto"` uses HTTP/2 if the service supports it, and only over https: calls at the same time share a few
            connections. `"off"` always uses HTTP/1.1, with a connection for each call in flight.
        allow_http: Allows an unencrypted connection to another machine, which exposes the key.
        validate: Handling of values outside the documented limits: `"error"`, `"warn"` (a warning) or `"off"`.
        on_bad_unicode: Handling of lone surrogates in a response: `"replace"` by U+FFFD with a warning, or `"error"`.
        on_request: Called before every call with a `sparkbot.hooks.Request`, in the caller's thread or task.
        on_response: Called after every call, also a failed one, with a `sparkbot.hooks.Response`.
        pickle_key: Includes the key in pickles of the client. By default, an unpickled client reads it from SPARKBOT_API_KEY.

    Raises:
        ConfigError: The key or the base URL is missing, or a setting is invalid.

    Example:
        >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        ...     numbers = client.devices.list()
    """

    __slots__ = ()

    @property
    def raw(self) -> RawView:
        """The same methods, which return a `RawResponse`: `client.raw.devices.list().headers`."""
        return RawView(self._dispatcher)

    def close(self) -> None:
        """Closes idle connections. The client remains usable and opens new ones."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


class AsyncClient(_BaseClient, AsyncRequestMixin, AsyncMapMixin, AsyncResources):
    """Async client of the SparkBot API, with the methods and arguments of `Client`.

    One client can be used by several event loops and threads.

    Example:
        >>> async with sparkbot.AsyncClient() as client:
        ...     numbers = await client.devices.list()
    """

    __slots__ = ()

    @property
    def raw(self) -> AsyncRawView:
        """The same methods, which return a `RawResponse`."""
        return AsyncRawView(self._dispatcher)

    async def close(self) -> None:
        """Closes idle connections. The client remains usable and opens new ones."""
        self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


class _RawView(metaclass=_ClientType):
    """Base class of the raw views. A resource is created at each access."""

    __slots__ = ("_dispatcher",)

    _raw = True
    _awaited: bool

    def __init_subclass__(cls) -> None:
        make_resolvable(cls)

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def _resource(self, name: str, /) -> Any:
        from .resources import RESOURCES, _raw

        resource, class_name = _resource_class(RESOURCES[name], awaited=self._awaited)
        if self._awaited:
            return getattr(_raw, f"AsyncRaw{class_name}")(resource(self._dispatcher.call_raw_async, paginate_async, raw=True))
        return getattr(_raw, f"Raw{class_name}")(resource(self._dispatcher.call_raw, paginate, raw=True))


class RawView(_RawView, RequestMixin, RawResources):
    """The methods of a `Client`, returning `RawResponse`."""

    __slots__ = ()


class AsyncRawView(_RawView, AsyncRequestMixin, AsyncRawResources):
    """The methods of an `AsyncClient`, returning `RawResponse`."""

    __slots__ = ()
