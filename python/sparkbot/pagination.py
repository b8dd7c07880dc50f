"""Lazy pagination of list operations."""

from __future__ import annotations

from ._logging import log_warning
from .errors import BadRequestError, InvalidArgumentError, PaginationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from typing import Any

    from .options import Options


class Paginator:
    """State of a pagination: the next page, and whether there is one."""

    def __init__(self, operation: str, arguments: tuple[object, ...], max_pages: int | None) -> None:
        if max_pages is not None and max_pages < 1:
            raise InvalidArgumentError(
                f"{operation}: max_pages is {max_pages}; pass 1 or more, or None for all", field="max_pages", operation=operation
            )
        from ._sparkbot import page_parameters

        self.operation = operation
        self.page = 0
        self.done = False
        self._arguments = arguments
        self._max_pages = max_pages
        size_index, self._page_index, default_size = page_parameters(operation)
        size = arguments[size_index]
        self._size = size if isinstance(size, int) else default_size
        self._last_items: Any = None

    def arguments(self) -> tuple[object, ...]:
        """The arguments for the next page. The first page is the default, so it has no page number."""
        if self.page == 0:
            return self._arguments
        values = list(self._arguments)
        values[self._page_index] = self.page
        return tuple(values)

    def consume(self, items: Any) -> list[Any]:
        """Accepts a page. Only an empty page is the last one.

        A short page is not: the service may have its own maximum page size, and may leave items out of a page. A walk
        therefore takes one request more than it has pages.
        """
        if not isinstance(items, list):
            raise PaginationError(f"{self.operation}: page {self.page} is not a list", operation=self.operation)
        if items and items == self._last_items:
            return self._end_at_repeated_page(items)
        self._last_items = items
        self.page += 1
        self.done = not items or self.page == self._max_pages
        return items

    def _end_at_repeated_page(self, items: list[Any]) -> list[Any]:
        """The service ignores `page`. A page that is not full may hold all of its items; a full one does not tell."""
        repeated = f"{self.operation}: page {self.page} is identical to the previous page"
        if len(items) >= self._size:
            raise PaginationError(
                f"{repeated}, so the pagination would never end; the items so far were returned once each",
                operation=self.operation,
            )
        log_warning(f"{repeated}, so the service seems to ignore the page number; the list ends with this page")
        self.done = True
        return []

    def on_bad_request(self, error: BadRequestError) -> None:
        """Ends the pagination: the service responds with 400 to a page after the last one."""
        if self.page == 0:
            raise error
        self.done = True


def paginate(
    call: Callable[..., Any], operation: str, arguments: tuple[object, ...], options: Options | None, max_pages: int | None
) -> Iterator[Any]:
    """The items of all pages. A page is requested when its first item is needed."""
    # Not in the generator: invalid arguments are rejected before the first item is requested.
    return _pages(Paginator(operation, arguments, max_pages), call, options)


def _pages(paginator: Paginator, call: Callable[..., Any], options: Options | None) -> Iterator[Any]:
    while not paginator.done:
        try:
            items = call(paginator.operation, paginator.arguments(), options)
        except BadRequestError as error:
            paginator.on_bad_request(error)
            return
        yield from paginator.consume(items)


def paginate_async(
    call: Callable[..., Any], operation: str, arguments: tuple[object, ...], options: Options | None, max_pages: int | None
) -> AsyncIterator[Any]:
    """As `paginate`, for `async for`."""
    return _pages_async(Paginator(operation, arguments, max_pages), call, options)


async def _pages_async(paginator: Paginator, call: Callable[..., Any], options: Options | None) -> AsyncIterator[Any]:
    while not paginator.done:
        try:
            items = await call(paginator.operation, paginator.arguments(), options)
        except BadRequestError as error:
            paginator.on_bad_request(error)
            return
        for item in paginator.consume(items):
            yield item
