"""What every resource is built on: a way to call an operation, and a way to walk its pages."""

from __future__ import annotations

from abc import ABC, abstractmethod

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
    from os import PathLike
    from typing import Any, ParamSpec, Protocol, TypeAlias

    from sparkbot.options import Options
    from sparkbot.response import RawResponse

    Given = ParamSpec("Given")
    # In the order of the operation's row; `None` for what is not given.
    Arguments: TypeAlias = tuple[object, ...]

    class Call(Protocol):
        """Calls the operation of this name."""

        def __call__(
            self, operation: str, arguments: Arguments, options: Options | None, save_to: str | PathLike[str] | None = None, /
        ) -> Any: ...

    class Iterate(Protocol):
        """Walks the pages of the operation of this name, whose argument `page` is `None`."""

        def __call__(
            self, operation: str, arguments: Arguments, options: Options | None, max_pages: int | None, /
        ) -> Iterator[Any]: ...

    class AsyncCall(Protocol):
        """As `Call`, awaited."""

        def __call__(
            self, operation: str, arguments: Arguments, options: Options | None, save_to: str | PathLike[str] | None = None, /
        ) -> Awaitable[Any]: ...

    class AsyncIterate(Protocol):
        """As `Iterate`, for `async for`."""

        def __call__(
            self, operation: str, arguments: Arguments, options: Options | None, max_pages: int | None, /
        ) -> AsyncIterator[Any]: ...


class _OfAClient:
    """Is pickled as its client and its name there."""

    __slots__ = ()

    _iterate: Any

    def __reduce__(self) -> tuple[Any, ...]:
        client = getattr(self._iterate, "__self__", None)
        if client is None:
            raise TypeError("methods of a raw view cannot be pickled: pickle the client, and take `raw` where it arrives")
        reduced: tuple[Any, ...] = client._reduce_resource(self)
        return reduced


class Resource(_OfAClient):
    """Operations on one kind of thing, as methods."""

    __slots__ = ("_call", "_iterate", "_raw")

    _awaited = False

    def __init__(self, call: Call, iterate: Iterate, *, raw: bool = False) -> None:
        self._call = call
        self._iterate = iterate
        self._raw = raw


class AsyncResource(_OfAClient):
    """As `Resource`, with methods to await."""

    __slots__ = ("_call", "_iterate", "_raw")

    _awaited = True

    def __init__(self, call: AsyncCall, iterate: AsyncIterate, *, raw: bool = False) -> None:
        self._call = call
        self._iterate = iterate
        self._raw = raw


class ResourceHolder(ABC):
    """Has resources as attributes, and makes each when it is first asked for."""

    __slots__ = ()

    @abstractmethod
    def _resource(self, name: str, /) -> Any:
        """The resource that is the attribute `name`."""


def raw(method: Callable[Given, Any]) -> Callable[Given, RawResponse]:
    """The method of a resource whose calls answer raw: the same function, under the type that it then has."""
    return method


def async_raw(method: Callable[Given, Coroutine[Any, Any, Any]]) -> Callable[Given, Coroutine[Any, Any, RawResponse]]:
    """As `raw`, for methods to await."""
    return method
