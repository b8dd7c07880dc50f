"""`client.request`: requests to endpoints that have no method."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .options import Options


class RequestMixin:
    """`request` of a blocking client, and of its raw view."""

    __slots__ = ()

    _dispatcher: Any
    _awaited = False
    _raw = False

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
        """Sends any request, for endpoints that have no method.

        Args:
            method: HTTP method.
            path: Path under the base URL, such as `/devices`; may include the path of the base URL.
            query: Query parameters. Lists are comma-separated, None is omitted.
            json: The body.
            idempotent: Whether the request may be retried after it was possibly executed. By default, all but POST and PATCH.
            options: Options of this call, see `sparkbot.Options`.

        Returns:
            The response as dicts and lists, `{}` if it is empty; a `RawResponse` for `client.raw.request`.

        Example:
            >>> client.request("GET", "/devices", query={"size": 5})
        """
        return self._dispatcher.request(method, path, query, json, idempotent, options, self._raw, False)


class AsyncRequestMixin:
    """`request` of an async client, and of its raw view."""

    __slots__ = ()

    _dispatcher: Any
    _awaited = True
    _raw = False

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
        """Sends any request, for endpoints that have no method; see `Client.request`.

        Example:
            >>> await client.request("GET", "/devices", query={"size": 5})
        """
        return await self._dispatcher.request(method, path, query, json, idempotent, options, self._raw, True)
