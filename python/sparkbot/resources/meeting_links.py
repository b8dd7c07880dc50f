# Generated from src/api/operations/meeting_links.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.types import MeetingExpiration, MeetingLink


class MeetingLinks(Resource):
    """Links to voice and video calls."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        search: str | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        kind: Sequence[Literal["voice", "video"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[MeetingLink]:
        """List the meeting links of a number, one page at a time.

        `meeting_links.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            before: Only links created before this time.
            after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            kind: Only links to these kinds of calls. Allowed: `voice`, `video`.
            size: Links per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.MeetingLink` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.meeting_links.list(device)

        `GET /devices/{device}/meeting-links` · idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Get Meeting Links`.
        """
        return self._call(
            "meeting_links.list",
            (device, search, before, after, expires_before, expires_after, kind, size, page),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        search: str | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        kind: Sequence[Literal["voice", "video"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[MeetingLink]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            before: Only links created before this time.
            after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            kind: Only links to these kinds of calls. Allowed: `voice`, `video`.
            size: Links per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.MeetingLink` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.meeting_links.iter(device): ...

        `GET /devices/{device}/meeting-links` · idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Get Meeting Links`.
        """
        return self._iterate(
            "meeting_links.list",
            (device, search, before, after, expires_before, expires_after, kind, size, None),
            options,
            max_pages,
        )

    def create(
        self,
        device: str,
        kind: Literal["voice", "video"],
        *,
        message: str | None = None,
        expiration: MeetingExpiration | None = None,
        options: Options | None = None,
    ) -> MeetingLink:
        """Create a link to a call.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Kind of call. Allowed: `voice`, `video`.
            message: Text sent with the link. Up to 500 characters.
            expiration: How long the link is valid. Allowed: `1h`, `2h`, `8h`, `12h`, `24h`, `2d`, `3d`, `4d`,
                `5d`, `6d`, `7d`, `15d`, `30d`. Default of the service: `30d`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.MeetingLink` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.meeting_links.create(device, "video", expiration="7d")

        `POST /devices/{device}/meeting-links` · not idempotent · documented.
        Title: `Meeting Links:Create Meeting Link`.
        """
        return self._call("meeting_links.create", (device, kind, message, expiration), options)

    def delete(
        self,
        device: str,
        *,
        all: bool | None = None,
        ids: Sequence[str] | None = None,
        urls: Sequence[str] | None = None,
        created_before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete some or all meeting links of a number.

        Not idempotent: a second request with `all` would also delete items created in between.

        Give at least one of `all`, `ids`, `urls`, `created_before`, `created_after`, `expires_before` and
        `expires_after`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True`, without other filters, to select all.
            ids: Ids of links. At least 1 of them.
            urls: Links. At least 1 of them.
            created_before: Only links created before this time.
            created_after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.meeting_links.delete(device, ids=[link["id"]])

        `DELETE /devices/{device}/meeting-links` · not idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Delete Meeting Links`.
        """
        return self._call(
            "meeting_links.delete",
            (device, all, ids, urls, created_before, created_after, expires_before, expires_after),
            options,
        )


class AsyncMeetingLinks(AsyncResource):
    """Links to voice and video calls."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        search: str | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        kind: Sequence[Literal["voice", "video"]] | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[MeetingLink]:
        """List the meeting links of a number, one page at a time.

        `meeting_links.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            before: Only links created before this time.
            after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            kind: Only links to these kinds of calls. Allowed: `voice`, `video`.
            size: Links per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.MeetingLink` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.meeting_links.list(device)

        `GET /devices/{device}/meeting-links` · idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Get Meeting Links`.
        """
        return await self._call(
            "meeting_links.list",
            (device, search, before, after, expires_before, expires_after, kind, size, page),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        search: str | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        kind: Sequence[Literal["voice", "video"]] | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[MeetingLink]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            search: Text to search for.
            before: Only links created before this time.
            after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            kind: Only links to these kinds of calls. Allowed: `voice`, `video`.
            size: Links per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.MeetingLink` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.meeting_links.iter(device): ...

        `GET /devices/{device}/meeting-links` · idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Get Meeting Links`.
        """
        return self._iterate(
            "meeting_links.list",
            (device, search, before, after, expires_before, expires_after, kind, size, None),
            options,
            max_pages,
        )

    async def create(
        self,
        device: str,
        kind: Literal["voice", "video"],
        *,
        message: str | None = None,
        expiration: MeetingExpiration | None = None,
        options: Options | None = None,
    ) -> MeetingLink:
        """Create a link to a call.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            kind: Kind of call. Allowed: `voice`, `video`.
            message: Text sent with the link. Up to 500 characters.
            expiration: How long the link is valid. Allowed: `1h`, `2h`, `8h`, `12h`, `24h`, `2d`, `3d`, `4d`,
                `5d`, `6d`, `7d`, `15d`, `30d`. Default of the service: `30d`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.MeetingLink` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.meeting_links.create(device, "video", expiration="7d")

        `POST /devices/{device}/meeting-links` · not idempotent · documented.
        Title: `Meeting Links:Create Meeting Link`.
        """
        return await self._call("meeting_links.create", (device, kind, message, expiration), options)

    async def delete(
        self,
        device: str,
        *,
        all: bool | None = None,
        ids: Sequence[str] | None = None,
        urls: Sequence[str] | None = None,
        created_before: datetime | str | None = None,
        created_after: datetime | str | None = None,
        expires_before: datetime | str | None = None,
        expires_after: datetime | str | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete some or all meeting links of a number.

        Not idempotent: a second request with `all` would also delete items created in between.

        Give at least one of `all`, `ids`, `urls`, `created_before`, `created_after`, `expires_before` and
        `expires_after`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True`, without other filters, to select all.
            ids: Ids of links. At least 1 of them.
            urls: Links. At least 1 of them.
            created_before: Only links created before this time.
            created_after: Only links created after this time.
            expires_before: Only links that expire before this time.
            expires_after: Only links that expire after this time.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.meeting_links.delete(device, ids=[link["id"]])

        `DELETE /devices/{device}/meeting-links` · not idempotent · observed in 1 public codebase.
        Title: `Meeting Links:Delete Meeting Links`.
        """
        return await self._call(
            "meeting_links.delete",
            (device, all, ids, urls, created_before, created_after, expires_before, expires_after),
            options,
        )
