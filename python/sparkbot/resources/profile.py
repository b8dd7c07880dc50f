# Generated from src/api/operations/profile.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from pathlib import Path
    from typing import Any

    from sparkbot.options import Options
    from sparkbot.response import Binary
    from sparkbot.types import BusinessCategory, BusinessHours


class Profile(Resource):
    """What WhatsApp users see of a number."""

    __slots__ = ()

    def get(self, device: str, *, include: str | None = None, options: Options | None = None) -> dict[str, Any]:
        """Read the profile of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Additional data to include in the profile; the values are not documented.
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
            >>> client.profile.get(device)

        `GET /devices/{device}/profile` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp profile:Get Profile`.
        """
        return self._call("profile.get", (device, include), options)

    def update(
        self,
        device: str,
        *,
        name: str | None = None,
        status: str | None = None,
        address: str | None = None,
        description: str | None = None,
        email: str | None = None,
        websites: Sequence[str] | None = None,
        categories: Sequence[BusinessCategory] | None = None,
        business_hours: BusinessHours | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change some fields of the profile of a number.

        The entries of `business_hours` are not documented; away messages use `{"mode": "hours"}`, `24h_open`
        and `24h_closed`. Days are sent unchanged.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name. Up to 25 characters.
            status: Short description of the number. Up to 130 characters.
            address: Street address of the business. Up to 256 characters.
            description: What the business does. Up to 256 characters.
            email: Email address of the business. Up to 128 characters. Such as `ada@example.com`.
            websites: Web addresses of the business. Up to 2 of them.
            categories: Categories of the business. Allowed: `other_category`, `automotive_service`,
                `clothing_and_accessories`, `art_and_entertainment`, `beauty_cosmetics_and_personal_care`,
                `education`, `event_organizer`, `finance`, `grocery`, `hotel`, `medicine_and_health`,
                `non_profit`, `restaurant`, `retail_purchases_and_sales`, `travel_and_transportation`. Up to 3
                of them.
            business_hours: When the business is open. Keys: `timezone` (required), `monday`, `tuesday`,
                `wednesday`, `thursday`, `friday`, `saturday`, `sunday`; see `sparkbot.types.BusinessHours`.
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
            >>> client.profile.update(device, name="Example Ltd")

        `PATCH /devices/{device}/profile` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp profile:Update Profile`.
        """
        return self._call(
            "profile.update",
            (device, name, status, address, description, email, websites, categories, business_hours),
            options,
        )

    def get_image(self, device: str, *, options: Options | None = None) -> Binary:
        """Read the profile picture of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.profile.get_image(device)

        `GET /devices/{device}/profile/image` · idempotent · documented.
        Title: `WhatsApp profile:Get Profile Image`.
        """
        return self._call("profile.get_image", (device,), options)

    def get_image_to(self, device: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `get_image`, but write the content to a file as it arrives.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.profile.get_image_to(device, "get_image.bin")

        `GET /devices/{device}/profile/image` · idempotent · documented.
        Title: `WhatsApp profile:Get Profile Image`.
        """
        return self._call("profile.get_image", (device,), options, path)

    def update_image(
        self,
        device: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the profile picture of a number.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
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
            >>> client.profile.update_image(device, url="https://example.com/logo.png")

        `PUT /devices/{device}/profile/image` · idempotent · observed in 1 public codebase.
        Title: `WhatsApp profile:Update Profile Image`.
        """
        return self._call("profile.update_image", (device, url, image), options)


class AsyncProfile(AsyncResource):
    """What WhatsApp users see of a number."""

    __slots__ = ()

    async def get(self, device: str, *, include: str | None = None, options: Options | None = None) -> dict[str, Any]:
        """Read the profile of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            include: Additional data to include in the profile; the values are not documented.
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
            >>> await client.profile.get(device)

        `GET /devices/{device}/profile` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp profile:Get Profile`.
        """
        return await self._call("profile.get", (device, include), options)

    async def update(
        self,
        device: str,
        *,
        name: str | None = None,
        status: str | None = None,
        address: str | None = None,
        description: str | None = None,
        email: str | None = None,
        websites: Sequence[str] | None = None,
        categories: Sequence[BusinessCategory] | None = None,
        business_hours: BusinessHours | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change some fields of the profile of a number.

        The entries of `business_hours` are not documented; away messages use `{"mode": "hours"}`, `24h_open`
        and `24h_closed`. Days are sent unchanged.

        Give at least one field to change.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            name: Name. Up to 25 characters.
            status: Short description of the number. Up to 130 characters.
            address: Street address of the business. Up to 256 characters.
            description: What the business does. Up to 256 characters.
            email: Email address of the business. Up to 128 characters. Such as `ada@example.com`.
            websites: Web addresses of the business. Up to 2 of them.
            categories: Categories of the business. Allowed: `other_category`, `automotive_service`,
                `clothing_and_accessories`, `art_and_entertainment`, `beauty_cosmetics_and_personal_care`,
                `education`, `event_organizer`, `finance`, `grocery`, `hotel`, `medicine_and_health`,
                `non_profit`, `restaurant`, `retail_purchases_and_sales`, `travel_and_transportation`. Up to 3
                of them.
            business_hours: When the business is open. Keys: `timezone` (required), `monday`, `tuesday`,
                `wednesday`, `thursday`, `friday`, `saturday`, `sunday`; see `sparkbot.types.BusinessHours`.
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
            >>> await client.profile.update(device, name="Example Ltd")

        `PATCH /devices/{device}/profile` · idempotent · observed in 2 public codebases.
        Title: `WhatsApp profile:Update Profile`.
        """
        return await self._call(
            "profile.update",
            (device, name, status, address, description, email, websites, categories, business_hours),
            options,
        )

    async def get_image(self, device: str, *, options: Options | None = None) -> Binary:
        """Read the profile picture of a number.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.profile.get_image(device)

        `GET /devices/{device}/profile/image` · idempotent · documented.
        Title: `WhatsApp profile:Get Profile Image`.
        """
        return await self._call("profile.get_image", (device,), options)

    async def get_image_to(self, device: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `get_image`, but write the content to a file as it arrives.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.profile.get_image_to(device, "get_image.bin")

        `GET /devices/{device}/profile/image` · idempotent · documented.
        Title: `WhatsApp profile:Get Profile Image`.
        """
        return await self._call("profile.get_image", (device,), options, path)

    async def update_image(
        self,
        device: str,
        *,
        url: str | None = None,
        image: str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Change the profile picture of a number.

        Give exactly one of `url` and `image`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            url: Public address of a JPG or PNG of at most 1 MB; or give `image`. Such as
                `https://example.com/path`.
            image: The picture, as base64.
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
            >>> await client.profile.update_image(device, url="https://example.com/logo.png")

        `PUT /devices/{device}/profile/image` · idempotent · observed in 1 public codebase.
        Title: `WhatsApp profile:Update Profile Image`.
        """
        return await self._call("profile.update_image", (device, url, image), options)
