# Generated from src/api/operations/user_status.toml by `make generate`; edit that file.
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
    from sparkbot.types import AckStatus, DateSort, Message, MessageFlow, StatusColor


class UserStatus(Resource):
    """Status posts that a number shows for a day."""

    __slots__ = ()

    def get(self, device: str, status: str, *, options: Options | None = None) -> Message:
        """Read one status post.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Id of the status post.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the status does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.user_status.get(device, status)["body"]

        `GET /chat/{device}/status/{status}` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status by ID`.
        """
        return self._call("user_status.get", (device, status), options)

    def list(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        mine: bool | None = None,
        scheduled: bool | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        phone: str | None = None,
        type: Sequence[Literal["text", "image", "video"]] | None = None,
        reference: str | None = None,
        kind: Sequence[str] | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """List the status posts of a number and its contacts, one page at a time.

        `user_status.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received posts, or only own posts. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only received posts (`False`).
            scheduled: Only scheduled posts (`True`) or only published posts (`False`).
            ack: Only posts with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference.
            kind: Only these kinds of posts.
            begin: First post (id); newer posts follow.
            end: First post (id); older posts follow.
            after: Only posts after this time.
            before: Only posts before this time.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.user_status.list(device, mine=True)

        `GET /chat/{device}/status` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status`.
        """
        return self._call(
            "user_status.list",
            (
                device,
                flow,
                mine,
                scheduled,
                ack,
                wid,
                search,
                chat,
                phone,
                type,
                reference,
                kind,
                begin,
                end,
                after,
                before,
                sort,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        mine: bool | None = None,
        scheduled: bool | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        phone: str | None = None,
        type: Sequence[Literal["text", "image", "video"]] | None = None,
        reference: str | None = None,
        kind: Sequence[str] | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[Message]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received posts, or only own posts. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only received posts (`False`).
            scheduled: Only scheduled posts (`True`) or only published posts (`False`).
            ack: Only posts with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference.
            kind: Only these kinds of posts.
            begin: First post (id); newer posts follow.
            end: First post (id); older posts follow.
            after: Only posts after this time.
            before: Only posts before this time.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.user_status.iter(device, mine=True): ...

        `GET /chat/{device}/status` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status`.
        """
        return self._iterate(
            "user_status.list",
            (
                device,
                flow,
                mine,
                scheduled,
                ack,
                wid,
                search,
                chat,
                phone,
                type,
                reference,
                kind,
                begin,
                end,
                after,
                before,
                sort,
                size,
                None,
            ),
            options,
            max_pages,
        )

    def update(
        self,
        device: str,
        *,
        message: str | None = None,
        font: Literal["helvetica", "serif", "norican"] | None = None,
        color: StatusColor | None = None,
        reference: str | None = None,
        delay: int | None = None,
        delay_to: Literal["15m", "30m", "1h", "2h", "6h", "12h", "1d", "2d", "3d", "1w"] | None = None,
        date: datetime | str | None = None,
        url: str | None = None,
        file: str | None = None,
        caption: str | None = None,
        filename: str | None = None,
        format: Literal["native", "gif", "ptt"] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Post a status: a text, an image or a video.

        Not idempotent. The caption goes into `media.message`; the service may also take it as `message`.

        Give exactly one of `message`, `url` and `file`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: Text of a status without a file. Up to 650 characters.
            font: Font of a text. Allowed: `helvetica`, `serif`, `norican`. Default of the service:
                `helvetica`.
            color: Background color of a text. Allowed: `red_purple`, `moss_green`, `dark_khaki`, `wine_red`,
                `light_taupe`, `goldenrod`, `olive_green`, `light_plum`, `dark_purple`, `light_coral`,
                `medium_sea_green`, `salmon`, `sky_blue`, `light_sky_blue`, `dark_taupe`, `slate_gray`,
                `dodger_blue`, `dark_magenta`, `seafoam_green`, `charcoal`, `periwinkle`. Default of the
                service: `sky_blue`.
            reference: Your own reference, to find the status by. Up to 150 characters.
            delay: Post it after this many seconds; or give `delay_to` or `date`.
            delay_to: Post it after this duration. Allowed: `15m`, `30m`, `1h`, `2h`, `6h`, `12h`, `1d`, `2d`,
                `3d`, `1w`.
            date: Post it at this time.
            url: Public address of an image or video; or give `file`. Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            caption: Caption of the file.
            filename: Name of the file.
            format: `gif` to play a video as one. Allowed: `native`, `gif`, `ptt`. Default of the service:
                `native`.
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
            >>> client.user_status.update(device, message="Closed on Monday")

        `POST /chat/{device}/status` · not idempotent · documented.
        Title: `User Status:Update User Status`.
        """
        return self._call(
            "user_status.update",
            (device, message, font, color, reference, delay, delay_to, date, url, file, caption, filename, format),
            options,
        )

    def delete(
        self,
        device: str,
        *,
        all: bool | None = None,
        scheduled: Sequence[str] | None = None,
        status: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete some or all status posts of a number.

        Not idempotent: a second request with `all` would also delete posts created in between.

        Give exactly one of `all`, `scheduled` and `status`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True` to select all.
            scheduled: Ids of scheduled posts. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: WhatsApp ids of posts. At least 1 of them.
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
            >>> client.user_status.delete(device, status=[status])

        `DELETE /chat/{device}/status` · not idempotent · observed in 1 public codebase.
        Title: `User Status:Delete User Status`.
        """
        return self._call("user_status.delete", (device, all, scheduled, status), options)


class AsyncUserStatus(AsyncResource):
    """Status posts that a number shows for a day."""

    __slots__ = ()

    async def get(self, device: str, status: str, *, options: Options | None = None) -> Message:
        """Read one status post.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            status: Id of the status post.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the status does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.user_status.get(device, status))["body"]

        `GET /chat/{device}/status/{status}` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status by ID`.
        """
        return await self._call("user_status.get", (device, status), options)

    async def list(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        mine: bool | None = None,
        scheduled: bool | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        phone: str | None = None,
        type: Sequence[Literal["text", "image", "video"]] | None = None,
        reference: str | None = None,
        kind: Sequence[str] | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[Message]:
        """List the status posts of a number and its contacts, one page at a time.

        `user_status.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received posts, or only own posts. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only received posts (`False`).
            scheduled: Only scheduled posts (`True`) or only published posts (`False`).
            ack: Only posts with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference.
            kind: Only these kinds of posts.
            begin: First post (id); newer posts follow.
            end: First post (id); older posts follow.
            after: Only posts after this time.
            before: Only posts before this time.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.user_status.list(device, mine=True)

        `GET /chat/{device}/status` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status`.
        """
        return await self._call(
            "user_status.list",
            (
                device,
                flow,
                mine,
                scheduled,
                ack,
                wid,
                search,
                chat,
                phone,
                type,
                reference,
                kind,
                begin,
                end,
                after,
                before,
                sort,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        flow: MessageFlow | None = None,
        mine: bool | None = None,
        scheduled: bool | None = None,
        ack: Sequence[AckStatus] | None = None,
        wid: Sequence[str] | None = None,
        search: str | None = None,
        chat: str | None = None,
        phone: str | None = None,
        type: Sequence[Literal["text", "image", "video"]] | None = None,
        reference: str | None = None,
        kind: Sequence[str] | None = None,
        begin: str | None = None,
        end: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        sort: DateSort | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[Message]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only received posts, or only own posts. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only received posts (`False`).
            scheduled: Only scheduled posts (`True`) or only published posts (`False`).
            ack: Only posts with these delivery states. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Text to search for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference.
            kind: Only these kinds of posts.
            begin: First post (id); newer posts follow.
            end: First post (id); older posts follow.
            after: Only posts after this time.
            before: Only posts before this time.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.user_status.iter(device, mine=True): ...

        `GET /chat/{device}/status` · idempotent · observed in 1 public codebase.
        Title: `User Status:Get User Status`.
        """
        return self._iterate(
            "user_status.list",
            (
                device,
                flow,
                mine,
                scheduled,
                ack,
                wid,
                search,
                chat,
                phone,
                type,
                reference,
                kind,
                begin,
                end,
                after,
                before,
                sort,
                size,
                None,
            ),
            options,
            max_pages,
        )

    async def update(
        self,
        device: str,
        *,
        message: str | None = None,
        font: Literal["helvetica", "serif", "norican"] | None = None,
        color: StatusColor | None = None,
        reference: str | None = None,
        delay: int | None = None,
        delay_to: Literal["15m", "30m", "1h", "2h", "6h", "12h", "1d", "2d", "3d", "1w"] | None = None,
        date: datetime | str | None = None,
        url: str | None = None,
        file: str | None = None,
        caption: str | None = None,
        filename: str | None = None,
        format: Literal["native", "gif", "ptt"] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Post a status: a text, an image or a video.

        Not idempotent. The caption goes into `media.message`; the service may also take it as `message`.

        Give exactly one of `message`, `url` and `file`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: Text of a status without a file. Up to 650 characters.
            font: Font of a text. Allowed: `helvetica`, `serif`, `norican`. Default of the service:
                `helvetica`.
            color: Background color of a text. Allowed: `red_purple`, `moss_green`, `dark_khaki`, `wine_red`,
                `light_taupe`, `goldenrod`, `olive_green`, `light_plum`, `dark_purple`, `light_coral`,
                `medium_sea_green`, `salmon`, `sky_blue`, `light_sky_blue`, `dark_taupe`, `slate_gray`,
                `dodger_blue`, `dark_magenta`, `seafoam_green`, `charcoal`, `periwinkle`. Default of the
                service: `sky_blue`.
            reference: Your own reference, to find the status by. Up to 150 characters.
            delay: Post it after this many seconds; or give `delay_to` or `date`.
            delay_to: Post it after this duration. Allowed: `15m`, `30m`, `1h`, `2h`, `6h`, `12h`, `1d`, `2d`,
                `3d`, `1w`.
            date: Post it at this time.
            url: Public address of an image or video; or give `file`. Such as `https://example.com/path`.
            file: Id of an uploaded file. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            caption: Caption of the file.
            filename: Name of the file.
            format: `gif` to play a video as one. Allowed: `native`, `gif`, `ptt`. Default of the service:
                `native`.
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
            >>> await client.user_status.update(device, message="Closed on Monday")

        `POST /chat/{device}/status` · not idempotent · documented.
        Title: `User Status:Update User Status`.
        """
        return await self._call(
            "user_status.update",
            (device, message, font, color, reference, delay, delay_to, date, url, file, caption, filename, format),
            options,
        )

    async def delete(
        self,
        device: str,
        *,
        all: bool | None = None,
        scheduled: Sequence[str] | None = None,
        status: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete some or all status posts of a number.

        Not idempotent: a second request with `all` would also delete posts created in between.

        Give exactly one of `all`, `scheduled` and `status`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True` to select all.
            scheduled: Ids of scheduled posts. At least 1 of them. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            status: WhatsApp ids of posts. At least 1 of them.
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
            >>> await client.user_status.delete(device, status=[status])

        `DELETE /chat/{device}/status` · not idempotent · observed in 1 public codebase.
        Title: `User Status:Delete User Status`.
        """
        return await self._call("user_status.delete", (device, all, scheduled, status), options)
