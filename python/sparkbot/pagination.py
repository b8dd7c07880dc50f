"""Walking the pages of a list, lazily."""

from __future__ import annotations

from .errors import BadRequestError, InvalidArgumentError, PaginationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from typing import Any

    from .options import Options


class PageWalk:
    """Where a walk is: which page comes next, and whether there is one."""

    def __init__(self, operation: str, arguments: tuple[object, ...], max_pages: int | None) -> None:
        if max_pages is not None and max_pages < 1:
            raise InvalidArgumentError(
                f"{operation}: max_pages is {max_pages}; give 1 or more, or None for all", field="max_pages", operation=operation
            )
        self.operation = operation
        self.page = 0
        self.done = False
        self._arguments = arguments
        self._max_pages = max_pages
        self._size_at, self._page_at, self._size = _positions(operation, arguments)
        self._last: Any = None

    def arguments(self) -> tuple[object, ...]:
        """The arguments of the next page's call. The first page is what the service gives by itself: it is not asked for."""
        if self.page == 0:
            return self._arguments
        values = list(self._arguments)
        values[self._page_at] = self.page
        return tuple(values)

    def take(self, items: Any) -> list[Any]:
        """Takes a page in; an empty or short page is the last."""
        if not isinstance(items, list):
            raise PaginationError(f"{self.operation}: page {self.page} is no list", operation=self.operation)
        if items and items == self._last:
            raise PaginationError(
                f"{self.operation}: page {self.page} is the same as the page before it, so the walk would never end; "
                "the items so far were given out, once each",
                operation=self.operation,
            )
        self._last = items
        if self.page == 0 and 0 < len(items) < self._size and len(items) % 10 == 0:
            # A round number may be the service's own limit of a page: then it is the size of the others too.
            self._size = len(items)
        self.page += 1
        self.done = len(items) < self._size or self.page == self._max_pages
        return items

    def refused(self, error: BadRequestError) -> None:
        """A 400 after the first page is how the service says that there are no more."""
        if self.page == 0:
            raise error
        self.done = True


def _positions(operation: str, arguments: tuple[object, ...]) -> tuple[int, int, int]:
    """Where size and page stand among the arguments, and how many items make a full page."""
    from ._sparkbot import page_parameters

    size_at, page_at, default = page_parameters(operation)
    size = arguments[size_at]
    return size_at, page_at, size if isinstance(size, int) else default


def iterate(
    call: Callable[[str, tuple[object, ...], Options | None], Any],
    operation: str,
    arguments: tuple[object, ...],
    options: Options | None,
    max_pages: int | None,
) -> Iterator[Any]:
    """Every item of every page; a page is fetched when its first item is asked for."""
    walk = PageWalk(operation, arguments, max_pages)
    return _pages(walk, call, options)


def _pages(walk: PageWalk, call: Callable[..., Any], options: Options | None) -> Iterator[Any]:
    while not walk.done:
        try:
            items = call(walk.operation, walk.arguments(), options)
        except BadRequestError as error:
            walk.refused(error)
            return
        yield from walk.take(items)


def iterate_async(
    call: Callable[[str, tuple[object, ...], Options | None], Awaitable[Any]],
    operation: str,
    arguments: tuple[object, ...],
    options: Options | None,
    max_pages: int | None,
) -> AsyncIterator[Any]:
    """As `iterate`, for `async for`."""
    walk = PageWalk(operation, arguments, max_pages)
    return _async_pages(walk, call, options)


async def _async_pages(walk: PageWalk, call: Callable[..., Awaitable[Any]], options: Options | None) -> AsyncIterator[Any]:
    while not walk.done:
        try:
            items = await call(walk.operation, walk.arguments(), options)
        except BadRequestError as error:
            walk.refused(error)
            return
        for item in walk.take(items):
            yield item
