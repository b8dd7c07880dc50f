# Generated from src/api/operations/catalog.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparkbot.options import Options
    from sparkbot.types import BusinessCatalog


class Catalog(Resource):
    """Products that a business shows in WhatsApp."""

    __slots__ = ()

    def get(
        self,
        device: str,
        *,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> BusinessCatalog:
        """Read a number's own catalog.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of products. At least 1. At most 500. Default of the service: `100`.
            page: Page number, counted from 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.catalog.get(device)

        `GET /devices/{device}/catalog` · idempotent · observed in 1 public codebase.
        Title: `Business catalog:Get My Catalog`.
        """
        return self._call("catalog.get", (device, size, page), options)

    def query(self, device: str, phone: str, *, size: int | None = None, options: Options | None = None) -> BusinessCatalog:
        """Read the catalog of another business.

        Only reads, so the call is idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: Phone number of the business, E.164 with `+`. Such as `+447362053576`.
            size: Maximum number of products. At least 1. At most 500. Default of the service: `100`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.catalog.query(device, "+447362053577")

        `POST /devices/{device}/catalog` · idempotent · observed in 1 public codebase.
        Title: `Business catalog:Query Business Catalog`.
        """
        return self._call("catalog.query", (device, phone, size), options)


class AsyncCatalog(AsyncResource):
    """Products that a business shows in WhatsApp."""

    __slots__ = ()

    async def get(
        self,
        device: str,
        *,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> BusinessCatalog:
        """Read a number's own catalog.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            size: Maximum number of products. At least 1. At most 500. Default of the service: `100`.
            page: Page number, counted from 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.catalog.get(device)

        `GET /devices/{device}/catalog` · idempotent · observed in 1 public codebase.
        Title: `Business catalog:Get My Catalog`.
        """
        return await self._call("catalog.get", (device, size, page), options)

    async def query(self, device: str, phone: str, *, size: int | None = None, options: Options | None = None) -> BusinessCatalog:
        """Read the catalog of another business.

        Only reads, so the call is idempotent.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: Phone number of the business, E.164 with `+`. Such as `+447362053576`.
            size: Maximum number of products. At least 1. At most 500. Default of the service: `100`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.catalog.query(device, "+447362053577")

        `POST /devices/{device}/catalog` · idempotent · observed in 1 public codebase.
        Title: `Business catalog:Query Business Catalog`.
        """
        return await self._call("catalog.query", (device, phone, size), options)
