"""Base classes of resources."""

from __future__ import annotations

from abc import ABC, abstractmethod

from sparkbot._annotations import make_resolvable

# Type checkers know this name. Importing typing takes a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from os import PathLike
    from typing import Any, ParamSpec, Protocol, TypeAlias

    from sparkbot.options import Options
    from sparkbot.response import RawResponse

    Given = ParamSpec("Given")
    # In the order of the operation's parameters; None for omitted ones.
    Arguments: TypeAlias = tuple[object, ...]

    class CallFn(Protocol):
        """Calls an operation by name. The result is awaitable for an async client."""

        def __call__(
            self, operation: str, arguments: Arguments, options: Options | None, save_to: str | PathLike[str] | None = None, /
        ) -> Any: ...

    class PaginateFn(Protocol):
        """Paginates an operation by name. Its argument `page` is None. Returns an iterator, or an async iterator."""

        def __call__(self, operation: str, arguments: Arguments, options: Options | None, max_pages: int | None, /) -> Any: ...


class _BaseResource:
    # With __dict__, so that a test can replace a method: mock.patch.object(client.send, "text").
    __slots__ = ("__dict__", "_call", "_iterate", "_raw")

    def __init_subclass__(cls) -> None:
        make_resolvable(cls)

    def __init__(self, call: CallFn, iterate: PaginateFn, *, raw: bool = False) -> None:
        self._call = call
        self._iterate = iterate
        self._raw = raw

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles a resource as its client and its name."""
        client = getattr(self._iterate, "__self__", None)
        if client is None:
            raise TypeError("methods of a raw view can't be pickled: pickle the client, and use its `raw` after unpickling")
        reduced: tuple[Any, ...] = client._reduce_resource(self)
        return reduced


class Resource(_BaseResource):
    """Base class of resources, whose methods are operations."""

    __slots__ = ()


class AsyncResource(_BaseResource):
    """As `Resource`, with async methods."""

    __slots__ = ()


class ResourceHolder(ABC):
    """Has resources as attributes, each created on first use."""

    __slots__ = ()

    @abstractmethod
    def _resource(self, name: str, /) -> Any:
        """The resource of the attribute `name`."""


def raw(method: Callable[Given, Any]) -> Callable[Given, RawResponse]:
    """Types a method of a raw resource: the same function, returning a `RawResponse`."""
    return method


def async_raw(method: Callable[Given, Coroutine[Any, Any, Any]]) -> Callable[Given, Coroutine[Any, Any, RawResponse]]:
    """As `raw`, for async methods."""
    return method
