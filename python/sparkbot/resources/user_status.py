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
            The answer, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the status.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.user_status.get(device, status)["body"]

        `GET /chat/{device}/status/{status}` · safe to repeat · observed in 1 public codebase.
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

        `user_status.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only posts of others, or only own ones. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only those of others (`False`).
            scheduled: Only posts that wait for their moment (`True`) or that do not (`False`).
            ack: Only posts in these states of delivery. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Words to look for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference of yours.
            kind: Only these kinds of posts.
            begin: Start with the post of this id and go on to newer ones.
            end: Start with the post of this id and go on to older ones.
            after: Only posts after this moment.
            before: Only posts before this moment.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.user_status.list(device, mine=True)

        `GET /chat/{device}/status` · safe to repeat · observed in 1 public codebase.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only posts of others, or only own ones. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only those of others (`False`).
            scheduled: Only posts that wait for their moment (`True`) or that do not (`False`).
            ack: Only posts in these states of delivery. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Words to look for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference of yours.
            kind: Only these kinds of posts.
            begin: Start with the post of this id and go on to newer ones.
            end: Start with the post of this id and go on to older ones.
            after: Only posts after this moment.
            before: Only posts before this moment.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.user_status.iter(device, mine=True): ...

        `GET /chat/{device}/status` · safe to repeat · observed in 1 public codebase.
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

        Not repeated after an unclear failure. The caption goes into `media.message`; the service may also
        take it as `message`.

        Give exactly one of `message`, `url` and `file`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: Text of a status without a file. Up to 650 characters.
            font: Letters of a text. Allowed: `helvetica`, `serif`, `norican`. The service takes `helvetica`
                if not given.
            color: Background of a text. Allowed: `red_purple`, `moss_green`, `dark_khaki`, `wine_red`,
                `light_taupe`, `goldenrod`, `olive_green`, `light_plum`, `dark_purple`, `light_coral`,
                `medium_sea_green`, `salmon`, `sky_blue`, `light_sky_blue`, `dark_taupe`, `slate_gray`,
                `dodger_blue`, `dark_magenta`, `seafoam_green`, `charcoal`, `periwinkle`. The service takes
                `sky_blue` if not given.
            reference: Your own text to find the status by. Up to 150 characters.
            delay: Post it in this many seconds; or give `delay_to` or `date`.
            delay_to: Post it after this time. Allowed: `15m`, `30m`, `1h`, `2h`, `6h`, `12h`, `1d`, `2d`,
                `3d`, `1w`.
            date: Post it at this moment.
            url: Public address of an image or video; or give `file`. Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            caption: Text under the file.
            filename: Name of the file.
            format: `gif` to play a video as one. Allowed: `native`, `gif`, `ptt`. The service takes `native`
                if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.user_status.update(device, message="Closed on Monday")

        `POST /chat/{device}/status` · never repeated · documented.
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

        Not repeated after an unclear failure: a second run with `all` would also delete what was posted in
        between.

        Give exactly one of `all`, `scheduled` and `status`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True` for all of them.
            scheduled: Ids of posts that wait for their moment. At least 1 of them. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            status: WhatsApp ids of posts. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.user_status.delete(device, status=[status])

        `DELETE /chat/{device}/status` · never repeated · observed in 1 public codebase.
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
            The answer, as a dict. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the status.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.user_status.get(device, status))["body"]

        `GET /chat/{device}/status/{status}` · safe to repeat · observed in 1 public codebase.
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

        `user_status.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only posts of others, or only own ones. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only those of others (`False`).
            scheduled: Only posts that wait for their moment (`True`) or that do not (`False`).
            ack: Only posts in these states of delivery. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Words to look for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference of yours.
            kind: Only these kinds of posts.
            begin: Start with the post of this id and go on to newer ones.
            end: Start with the post of this id and go on to older ones.
            after: Only posts after this moment.
            before: Only posts before this moment.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.Message` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.user_status.list(device, mine=True)

        `GET /chat/{device}/status` · safe to repeat · observed in 1 public codebase.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            flow: Only posts of others, or only own ones. Allowed: `inbound`, `outbound`.
            mine: Only own posts (`True`) or only those of others (`False`).
            scheduled: Only posts that wait for their moment (`True`) or that do not (`False`).
            ack: Only posts in these states of delivery. Allowed: `pending`, `sent`, `delivered`, `read`,
                `failed`.
            wid: Only these posts (WhatsApp ids).
            search: Words to look for in the text.
            chat: Only posts of this chat (wid).
            phone: Only posts of this phone number.
            type: Only these types of posts. Allowed: `text`, `image`, `video`.
            reference: Only posts with this reference of yours.
            kind: Only these kinds of posts.
            begin: Start with the post of this id and go on to newer ones.
            end: Start with the post of this id and go on to older ones.
            after: Only posts after this moment.
            before: Only posts before this moment.
            sort: Order of the posts. Allowed: `date:desc`, `date:asc`.
            size: Posts a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.Message` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.user_status.iter(device, mine=True): ...

        `GET /chat/{device}/status` · safe to repeat · observed in 1 public codebase.
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

        Not repeated after an unclear failure. The caption goes into `media.message`; the service may also
        take it as `message`.

        Give exactly one of `message`, `url` and `file`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            message: Text of a status without a file. Up to 650 characters.
            font: Letters of a text. Allowed: `helvetica`, `serif`, `norican`. The service takes `helvetica`
                if not given.
            color: Background of a text. Allowed: `red_purple`, `moss_green`, `dark_khaki`, `wine_red`,
                `light_taupe`, `goldenrod`, `olive_green`, `light_plum`, `dark_purple`, `light_coral`,
                `medium_sea_green`, `salmon`, `sky_blue`, `light_sky_blue`, `dark_taupe`, `slate_gray`,
                `dodger_blue`, `dark_magenta`, `seafoam_green`, `charcoal`, `periwinkle`. The service takes
                `sky_blue` if not given.
            reference: Your own text to find the status by. Up to 150 characters.
            delay: Post it in this many seconds; or give `delay_to` or `date`.
            delay_to: Post it after this time. Allowed: `15m`, `30m`, `1h`, `2h`, `6h`, `12h`, `1d`, `2d`,
                `3d`, `1w`.
            date: Post it at this moment.
            url: Public address of an image or video; or give `file`. Such as `https://example.com/path`.
            file: Id of a file that was uploaded before. Such as `64f0c2a91b7e4d5f8a3b6c01`.
            caption: Text under the file.
            filename: Name of the file.
            format: `gif` to play a video as one. Allowed: `native`, `gif`, `ptt`. The service takes `native`
                if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.user_status.update(device, message="Closed on Monday")

        `POST /chat/{device}/status` · never repeated · documented.
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

        Not repeated after an unclear failure: a second run with `all` would also delete what was posted in
        between.

        Give exactly one of `all`, `scheduled` and `status`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            all: `True` for all of them.
            scheduled: Ids of posts that wait for their moment. At least 1 of them. Such as
                `64f0c2a91b7e4d5f8a3b6c01`.
            status: WhatsApp ids of posts. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.user_status.delete(device, status=[status])

        `DELETE /chat/{device}/status` · never repeated · observed in 1 public codebase.
        Title: `User Status:Delete User Status`.
        """
        return await self._call("user_status.delete", (device, all, scheduled, status), options)
