"""Signatures and documentation of `client.map`. The implementation is imported on first use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
    from typing import Any, Literal, TypeAlias, TypeVar, overload

    from sparkbot.batch.progress import ProgressOption
    from sparkbot.batch.run import AsyncMapRun, MapConfig, MapRun
    from sparkbot.options import Options

    Response = TypeVar("Response")
    OnError: TypeAlias = Literal["return", "raise"]
    Rate: TypeAlias = float | Literal["auto"] | None
else:

    def overload(function: object) -> object:
        """Replaces `typing.overload`, because importing typing takes a millisecond."""
        return function


class MapMixin:
    """`map` of the blocking client."""

    __slots__ = ()

    @overload
    def map(
        self,
        method: Callable[..., Iterator[Response]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[list[Response]]: ...
    @overload
    def map(  # noqa: F811  # ruff only knows typing.overload
        self,
        method: Callable[..., Response],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[Response]: ...
    def map(  # noqa: F811  # ruff only knows typing.overload
        self,
        method: Callable[..., Any],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[Any]:
        """Calls a method for every item concurrently, and returns an outcome per item in the order of the items.

        Nothing is sent until the run is iterated. Items are read shortly before their calls, so an endless generator works.
        Leaving the loop stops the run: nothing more is sent, and calls in flight are dropped. Calls of different items run
        concurrently; use `concurrency=1` if their order matters.

        Args:
            method: A method of this client, such as `client.chats.set_status`, of `client.raw`, or `client.request`. The
                result of a paginated method, such as `client.chats.iter`, is a list of all its items.
            items: Dicts of arguments by name, or tuples of positional arguments; rows of a pandas or polars data frame or of
                an Arrow table, whose columns are named like the arguments. Missing cells are omitted.
            concurrency: Maximum number of concurrent calls, 1 to 1024.
            on_error: `"return"`: a failed item has an outcome with its error, and the run continues. `"raise"`: the first
                failed item, in the order of the items, stops the run with its error, whose `index` is that of the item.
            progress: True for a progress bar, a function that receives a `Progress` at most four times per second, or one of the
                values of `sync_metadata`.
            calls_per_second: Rate limit of this run, in addition to the client's. `"auto"`: the client's if it has one, no
                limit for a service on this machine, else 10, the limit that clients of the service report. None: no limit.
            options: Options of each call, see `sparkbot.Options`. The `options` of an item override them.
            **shared: Arguments that all items share. Those of an item override them.

        Returns:
            A `MapRun`: iterate it for the outcomes, or call `.collect()` for a list.

        Raises:
            InvalidArgumentError: `method` is not a method of this client, or an option is invalid.

        Example:
            >>> items = [{"chat": chat, "status": "resolved"}, {"chat": chat, "status": "closed"}]
            >>> for outcome in client.map(client.chats.set_status, items, device=device):
            ...     print(outcome.index, outcome.status)
            0 ok
            1 failed
        """
        from .run import MapRun

        config = _configure(self, method, False, concurrency, on_error, progress, calls_per_second, options, shared)
        return MapRun(config, items, awaited=False)


class AsyncMapMixin:
    """`map` of the async client."""

    __slots__ = ()

    @overload
    def map(
        self,
        method: Callable[..., Coroutine[Any, Any, Response]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[Response]: ...
    @overload
    def map(  # noqa: F811  # ruff only knows typing.overload
        self,
        method: Callable[..., AsyncIterator[Response]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[list[Response]]: ...
    def map(  # noqa: F811  # ruff only knows typing.overload
        self,
        method: Callable[..., Any],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: ProgressOption = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[Any]:
        """Calls a method for every item concurrently: `Client.map`, for `async for`.

        The arguments are those of `Client.map`. Items can also be an async iterable; a slow one delays no outcome.

        Returns:
            An `AsyncMapRun`: use `async for`, or await its `.collect()`.

        Example:
            >>> items = [{"chat": chat, "status": "resolved"}, {"chat": chat, "status": "closed"}]
            >>> outcomes = await client.map(client.chats.set_status, items, device=device).collect()
            >>> [outcome.status for outcome in outcomes]
            ['ok', 'failed']
        """
        from .run import AsyncMapRun

        config = _configure(self, method, True, concurrency, on_error, progress, calls_per_second, options, shared)
        return AsyncMapRun(config, items, awaited=True)


def _configure(
    client: Any,
    method: object,
    awaited: bool,
    concurrency: int,
    on_error: OnError,
    progress: ProgressOption,
    calls_per_second: Rate,
    options: Options | None,
    common_arguments: Mapping[str, Any],
) -> MapConfig:
    """Validates the arguments of `map`."""
    from sparkbot.errors import InvalidArgumentError

    from . import validation
    from .method_spec import resolve_method
    from .progress import check_progress
    from .run import MapConfig

    spec = resolve_method(method, client, awaited=awaited)
    if on_error not in ("return", "raise"):
        raise InvalidArgumentError(f"on_error is {on_error!r}; it must be 'return' or 'raise'", field="on_error")
    check_progress(progress)
    *_, settings = client._config
    if calls_per_second == "auto" and settings["calls_per_second"] is not None:
        calls_per_second = None
    core = spec.dispatcher.core
    return MapConfig(
        method=spec,
        core=core if options is None else core.with_options(options),
        common_arguments=common_arguments,
        concurrency=validation.check_concurrency(concurrency),
        on_error=on_error,
        calls_per_second=validation.resolve_rate_limit(calls_per_second, client.base_url),
        progress=progress,
    )
