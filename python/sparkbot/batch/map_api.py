"""`client.map` on both clients: signatures and documentation. What it does loads on first use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
    from typing import Any, Literal, TypeAlias, TypeVar, overload

    from sparkbot.batch.progress import Progress
    from sparkbot.batch.run import AsyncMapRun, MapRun, Settings
    from sparkbot.options import Options

    Answer = TypeVar("Answer")
    OnError: TypeAlias = Literal["return", "raise"]
    Rate: TypeAlias = float | Literal["auto"] | None
    Shown: TypeAlias = bool | Callable[[Progress], object]
else:

    def overload(function: object) -> object:
        """typing's own would cost a millisecond at import."""
        return function


class Maps:
    """`map` of the blocking client."""

    __slots__ = ()

    @overload
    def map(
        self,
        method: Callable[..., Iterator[Answer]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[list[Answer]]: ...
    @overload
    def map(  # noqa: F811  # ruff knows typing's own overload only
        self,
        method: Callable[..., Answer],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[Answer]: ...
    def map(  # noqa: F811  # ruff knows typing's own overload only
        self,
        method: Callable[..., Any],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> MapRun[Any]:
        """Calls a method for every item, many at a time, and gives one outcome an item in the order of the items.

        Nothing is sent before the run is looped over. Items are read as the run goes, a little ahead of the calls, so that
        an endless generator works. Leaving the loop stops the run: nothing more is sent, and calls under way are dropped.
        Calls of different items run at the same time; where their order matters, give `concurrency=1`.

        Args:
            method: A method of this client, such as `client.chats.set_status`, of `client.raw`, or `client.request`. One
                that walks pages, such as `client.chats.iter`, gives a list of everything it finds.
            items: Dicts of the method's arguments by name, or tuples of them in order; rows of a pandas or polars frame, or
                of anything that gives Arrow, with the columns named as the arguments and missing cells left out.
            concurrency: Calls at the same time, 1 to 1024.
            on_error: `"return"`: an item that fails has an outcome with its error, and the others go on. `"raise"`: the
                first one that fails, in the order of the items, stops the run with its error, whose `index` says which.
            progress: True for a bar, or a function that is called with a `Progress` at most four times a second.
            calls_per_second: Of this run, besides the client's own. `"auto"` is the client's own, else 10, the limit that
                clients of the service report, and none for a service on this machine; None is no limit of the run.
            options: Settings for each call, see `sparkbot.Options`. An item's own `options` come before them.
            **shared: Arguments that all items share; an item's own come before them.

        Returns:
            A `MapRun`: loop over it for its outcomes, or call `.collect()` for a list of them.

        Raises:
            InvalidArgumentError: The method is none of this client's, or a setting is wrong.

        Example:
            >>> items = [{"chat": chat, "status": "resolved"}, {"chat": chat, "status": "closed"}]
            >>> for outcome in client.map(client.chats.set_status, items, device=device):
            ...     print(outcome.index, outcome.status)
            0 ok
            1 failed
        """
        from .run import MapRun

        chosen = _settings(self, method, False, concurrency, on_error, progress, calls_per_second, options, shared)
        return MapRun(chosen, items, awaited=False)


class AsyncMaps:
    """`map` of the awaited client."""

    __slots__ = ()

    @overload
    def map(
        self,
        method: Callable[..., Coroutine[Any, Any, Answer]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[Answer]: ...
    @overload
    def map(  # noqa: F811  # ruff knows typing's own overload only
        self,
        method: Callable[..., AsyncIterator[Answer]],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[list[Answer]]: ...
    def map(  # noqa: F811  # ruff knows typing's own overload only
        self,
        method: Callable[..., Any],
        items: Iterable[Mapping[str, Any] | tuple[Any, ...]] | AsyncIterable[Mapping[str, Any] | tuple[Any, ...]] | Any,
        /,
        *,
        concurrency: int = 16,
        on_error: OnError = "return",
        progress: Shown = False,
        calls_per_second: Rate = "auto",
        options: Options | None = None,
        **shared: Any,
    ) -> AsyncMapRun[Any]:
        """Calls a method for every item, many at a time: `Client.map`, for `async for`.

        Items may come from an async iterable too; one that is slow holds no outcome back.

        Args:
            method: A method of this client; see `Client.map`.
            items: As for `Client.map`, or an async iterable of dicts or tuples.
            concurrency: Calls at the same time, 1 to 1024.
            on_error: `"return"` or `"raise"`; see `Client.map`.
            progress: True for a bar, or a function that is called with a `Progress`.
            calls_per_second: Of this run; see `Client.map`.
            options: Settings for each call, see `sparkbot.Options`.
            **shared: Arguments that all items share; an item's own come before them.

        Returns:
            An `AsyncMapRun`: for `async for`, or `await` its `.collect()`.

        Raises:
            InvalidArgumentError: The method is none of this client's, or a setting is wrong.

        Example:
            >>> items = [{"chat": chat, "status": "resolved"}, {"chat": chat, "status": "closed"}]
            >>> outcomes = await client.map(client.chats.set_status, items, device=device).collect()
            >>> [outcome.status for outcome in outcomes]
            ['ok', 'failed']
        """
        from .run import AsyncMapRun

        chosen = _settings(self, method, True, concurrency, on_error, progress, calls_per_second, options, shared)
        return AsyncMapRun(chosen, items, awaited=True)


def _settings(
    client: Any,
    method: object,
    awaited: bool,
    concurrency: int,
    on_error: OnError,
    progress: Shown,
    calls_per_second: Rate,
    options: Options | None,
    shared: Mapping[str, Any],
) -> Settings:
    """The settings of a run, once all of them have proved right."""
    from sparkbot.errors import InvalidArgumentError

    from . import validation
    from .method_spec import bind
    from .run import Settings

    binding = bind(method, client, awaited=awaited)
    if on_error not in ("return", "raise"):
        raise InvalidArgumentError(f"{on_error!r} is none of return, raise", field="on_error")
    if progress is not True and progress is not False and not callable(progress):
        raise InvalidArgumentError(f"{progress!r} is neither True, False nor a function", field="progress")
    *_, own = client._config
    if calls_per_second == "auto" and own["calls_per_second"] is not None:
        calls_per_second = None
    return Settings(
        binding=binding,
        core=binding.caller.core if options is None else binding.caller.core.with_options(options),
        shared=shared,
        concurrency=validation.check_concurrency(concurrency),
        on_error=on_error,
        calls_per_second=validation.resolve_rate_limit(calls_per_second, client.base_url),
        progress=progress,
    )
