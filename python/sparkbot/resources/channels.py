# Generated from src/api/operations/channels.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import Channel


class Channels(Resource):
    """WhatsApp channels that a number owns or follows."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        permission: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Channel]:
        """List the channels of a number, one page at a time.

        `channels.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            permission: Only channels in which the number may do this; the values are not documented.
            size: Channels per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Channel` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.list(device)

        `GET /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channels`.
        """
        return self._call("channels.list", (device, permission, size, page), options)

    def iter(
        self,
        device: str,
        *,
        permission: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Channel]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            permission: Only channels in which the number may do this; the values are not documented.
            size: Channels per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Channel` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.channels.iter(device): ...

        `GET /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channels`.
        """
        return self._iterate("channels.list", (device, permission, size, None), options, max_pages)

    def get(self, device: str, channel: str, *, options: Options | None = None) -> Channel:
        """Read one channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.get(device, channel)["name"]

        `GET /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channel`.
        """
        return self._call("channels.get", (device, channel), options)

    def create(
        self,
        device: str,
        name: str,
        *,
        description: str | None = None,
        image_url: str | None = None,
        image_data: str | None = None,
        options: Options | None = None,
    ) -> Channel:
        """Create a channel.

        Give at most one of `image_url` and `image_data`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name.
            description: What the channel is about. Up to 2048 characters.
            image_url: Public address of its picture; or give `image_data`. Such as
                `https://example.com/path`.
            image_data: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.create(device, "News")

        `POST /devices/{device}/channels` · not idempotent · observed in 1 public codebase.
        Title: `Channels:Create Channel`.
        """
        return self._call("channels.create", (device, name, description, image_url, image_data), options)

    def update(
        self,
        device: str,
        channel: str,
        name: str,
        *,
        description: str | None = None,
        image_url: str | None = None,
        options: Options | None = None,
    ) -> Channel:
        """Change a channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            name: Name; required by the service even if unchanged.
            description: What the channel is about. Up to 2048 characters.
            image_url: Public address of its picture. Such as `https://example.com/path`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.update(device, channel, "News", description="Twice a week")

        `PATCH /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Update Channel`.
        """
        return self._call("channels.update", (device, channel, name, description, image_url), options)

    def update_image(
        self,
        device: str,
        channel: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the picture of a channel.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.update_image(device, channel, url="https://example.com/news.png")

        `PUT /devices/{device}/channels/{channel}/image` · idempotent · observed in 1 public codebase.
        Title: `Channels:Update Channel Image`.
        """
        return self._call("channels.update_image", (device, channel, url, image), options)

    def delete(self, device: str, channel: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.delete(device, channel)

        `DELETE /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Delete Channel`.
        """
        return self._call("channels.delete", (device, channel), options)

    def join(
        self,
        device: str,
        *,
        code: str | None = None,
        url: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Follow a channel.

        Give exactly one of `code` and `url`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            code: Code of the channel; or give `url`.
            url: Link of the channel, such as `https://whatsapp.com/channels/…`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.join(device, code="0029VaAbCdEf")

        `PUT /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Join Channel`.
        """
        return self._call("channels.join", (device, code, url), options)

    def search(
        self,
        device: str,
        *,
        search: str | None = None,
        limit: int | None = None,
        category: Literal["recommended", "trending", "popular", "new", "featured"] | None = None,
        sort: Literal["asc", "desc"] | None = None,
        sort_field: Literal["creation_time", "subscribers"] | None = None,
        countries: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> builtins.list[Channel]:
        """Search for public channels.

        Only reads, so the call is idempotent. The response is not documented; it is probably a list.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            limit: Maximum number of results. At least 1. At most 50. Default of the service: `50`.
            category: The list to search. Allowed: `recommended`, `trending`, `popular`, `new`, `featured`.
                Default of the service: `recommended`.
            sort: Order. Allowed: `asc`, `desc`. Default of the service: `desc`.
            sort_field: Sort field. Allowed: `creation_time`, `subscribers`. Default of the service:
                `subscribers`.
            countries: Only channels of these countries (ISO 3166 codes). Up to 10 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Channel` names the likely fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.channels.search(device, search="weather")

        `PATCH /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Search Channels`.
        """
        return self._call("channels.search", (device, search, limit, category, sort, sort_field, countries), options)


class AsyncChannels(AsyncResource):
    """WhatsApp channels that a number owns or follows."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        permission: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Channel]:
        """List the channels of a number, one page at a time.

        `channels.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            permission: Only channels in which the number may do this; the values are not documented.
            size: Channels per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Channel` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.list(device)

        `GET /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channels`.
        """
        return await self._call("channels.list", (device, permission, size, page), options)

    def iter(
        self,
        device: str,
        *,
        permission: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Channel]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            permission: Only channels in which the number may do this; the values are not documented.
            size: Channels per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Channel` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.channels.iter(device): ...

        `GET /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channels`.
        """
        return self._iterate("channels.list", (device, permission, size, None), options, max_pages)

    async def get(self, device: str, channel: str, *, options: Options | None = None) -> Channel:
        """Read one channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.channels.get(device, channel))["name"]

        `GET /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Get Channel`.
        """
        return await self._call("channels.get", (device, channel), options)

    async def create(
        self,
        device: str,
        name: str,
        *,
        description: str | None = None,
        image_url: str | None = None,
        image_data: str | None = None,
        options: Options | None = None,
    ) -> Channel:
        """Create a channel.

        Give at most one of `image_url` and `image_data`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name.
            description: What the channel is about. Up to 2048 characters.
            image_url: Public address of its picture; or give `image_data`. Such as
                `https://example.com/path`.
            image_data: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.create(device, "News")

        `POST /devices/{device}/channels` · not idempotent · observed in 1 public codebase.
        Title: `Channels:Create Channel`.
        """
        return await self._call("channels.create", (device, name, description, image_url, image_data), options)

    async def update(
        self,
        device: str,
        channel: str,
        name: str,
        *,
        description: str | None = None,
        image_url: str | None = None,
        options: Options | None = None,
    ) -> Channel:
        """Change a channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            name: Name; required by the service even if unchanged.
            description: What the channel is about. Up to 2048 characters.
            image_url: Public address of its picture. Such as `https://example.com/path`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Channel` names the likely fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.update(device, channel, "News", description="Twice a week")

        `PATCH /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Update Channel`.
        """
        return await self._call("channels.update", (device, channel, name, description, image_url), options)

    async def update_image(
        self,
        device: str,
        channel: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the picture of a channel.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.update_image(device, channel, url="https://example.com/news.png")

        `PUT /devices/{device}/channels/{channel}/image` · idempotent · observed in 1 public codebase.
        Title: `Channels:Update Channel Image`.
        """
        return await self._call("channels.update_image", (device, channel, url, image), options)

    async def delete(self, device: str, channel: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete a channel.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            channel: The channel's wid, such as `120363012345678902@newsletter`, or its digits.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the channel does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.delete(device, channel)

        `DELETE /devices/{device}/channels/{channel}` · idempotent · observed in 1 public codebase.
        Title: `Channels:Delete Channel`.
        """
        return await self._call("channels.delete", (device, channel), options)

    async def join(
        self,
        device: str,
        *,
        code: str | None = None,
        url: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Follow a channel.

        Give exactly one of `code` and `url`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            code: Code of the channel; or give `url`.
            url: Link of the channel, such as `https://whatsapp.com/channels/…`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.join(device, code="0029VaAbCdEf")

        `PUT /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Join Channel`.
        """
        return await self._call("channels.join", (device, code, url), options)

    async def search(
        self,
        device: str,
        *,
        search: str | None = None,
        limit: int | None = None,
        category: Literal["recommended", "trending", "popular", "new", "featured"] | None = None,
        sort: Literal["asc", "desc"] | None = None,
        sort_field: Literal["creation_time", "subscribers"] | None = None,
        countries: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> builtins.list[Channel]:
        """Search for public channels.

        Only reads, so the call is idempotent. The response is not documented; it is probably a list.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            limit: Maximum number of results. At least 1. At most 50. Default of the service: `50`.
            category: The list to search. Allowed: `recommended`, `trending`, `popular`, `new`, `featured`.
                Default of the service: `recommended`.
            sort: Order. Allowed: `asc`, `desc`. Default of the service: `desc`.
            sort_field: Sort field. Allowed: `creation_time`, `subscribers`. Default of the service:
                `subscribers`.
            countries: Only channels of these countries (ISO 3166 codes). Up to 10 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Channel` names the likely fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.channels.search(device, search="weather")

        `PATCH /devices/{device}/channels` · idempotent · observed in 1 public codebase.
        Title: `Channels:Search Channels`.
        """
        return await self._call("channels.search", (device, search, limit, category, sort, sort_field, countries), options)
