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
            size: Products in the answer. At least 1. At most 500. The service takes `100` if not given.
            page: Page number, counted from 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.catalog.get(device)

        `GET /devices/{device}/catalog` · safe to repeat · observed in 1 public codebase.
        Title: `Business catalog:Get My Catalog`.
        """
        return self._call("catalog.get", (device, size, page), options)

    def query(self, device: str, phone: str, *, size: int | None = None, options: Options | None = None) -> BusinessCatalog:
        """Read the catalog of another business.

        Reads only, so the call is safe to repeat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: Phone number of the business, E.164 with `+`. Such as `+447362053576`.
            size: Products in the answer. At least 1. At most 500. The service takes `100` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.catalog.query(device, "+447362053577")

        `POST /devices/{device}/catalog` · safe to repeat · observed in 1 public codebase.
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
            size: Products in the answer. At least 1. At most 500. The service takes `100` if not given.
            page: Page number, counted from 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.catalog.get(device)

        `GET /devices/{device}/catalog` · safe to repeat · observed in 1 public codebase.
        Title: `Business catalog:Get My Catalog`.
        """
        return await self._call("catalog.get", (device, size, page), options)

    async def query(self, device: str, phone: str, *, size: int | None = None, options: Options | None = None) -> BusinessCatalog:
        """Read the catalog of another business.

        Reads only, so the call is safe to repeat.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            phone: Phone number of the business, E.164 with `+`. Such as `+447362053576`.
            size: Products in the answer. At least 1. At most 500. The service takes `100` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.BusinessCatalog` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.catalog.query(device, "+447362053577")

        `POST /devices/{device}/catalog` · safe to repeat · observed in 1 public codebase.
        Title: `Business catalog:Query Business Catalog`.
        """
        return await self._call("catalog.query", (device, phone, size), options)
