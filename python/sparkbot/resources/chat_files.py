# Generated from src/api/operations/chat_files.toml by `make generate`; edit that file.
# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from sparkbot.resources._base import AsyncResource, Resource

# A name of its own, not typing's: the checkers know it, and importing typing would take a millisecond.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime
    from os import PathLike
    from pathlib import Path
    from typing import Literal

    from sparkbot.options import Options
    from sparkbot.response import Binary
    from sparkbot.types import ChatFile, ChatFileKind, FileSort


class ChatFiles(Resource):
    """Files in the messages of a number."""

    __slots__ = ()

    def list(
        self,
        device: str,
        *,
        type: Sequence[ChatFileKind] | None = None,
        search: str | None = None,
        chat: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        message: Sequence[str] | None = None,
        flow: Literal["in", "out"] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: FileSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[ChatFile]:
        """List the files of the messages of a number, one page at a time.

        `chat_files.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Text to search for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this time.
            before: Only files before this time.
            size: Files per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. Default of
                the service: `date:desc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chat_files.list(device, type=["image"])

        `GET /chat/{device}/files` · idempotent · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return self._call(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, page, sort),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        type: Sequence[ChatFileKind] | None = None,
        search: str | None = None,
        chat: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        message: Sequence[str] | None = None,
        flow: Literal["in", "out"] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        size: int | None = None,
        sort: FileSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[ChatFile]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Text to search for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this time.
            before: Only files before this time.
            size: Files per page. At least 1. Default of the service: `20`.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. Default of
                the service: `date:desc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.chat_files.iter(device, type=["image"]): ...

        `GET /chat/{device}/files` · idempotent · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return self._iterate(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, None, sort),
            options,
            max_pages,
        )

    def get(self, device: str, file: str, *, options: Options | None = None) -> ChatFile:
        """Read the details of one file of a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.ChatFile` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chat_files.get(device, file)["mime"]

        `GET /chat/{device}/files/{file}` · idempotent · documented.
        Title: `Chat Files:Get File Details`.
        """
        return self._call("chat_files.get", (device, file), options)

    def download(self, device: str, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of one file of a message.

        For files in messages; use `files.download` for files uploaded with `files.upload`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chat_files.download(device, file)

        `GET /chat/{device}/files/{file}/download` · idempotent · documented.
        Title: `Chat Files:Download File`.
        """
        return self._call("chat_files.download", (device, file), options)

    def download_to(self, device: str, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `download`, but write the content to a file as it arrives.

        For files in messages; use `files.download` for files uploaded with `files.upload`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.chat_files.download_to(device, file, "download.bin")

        `GET /chat/{device}/files/{file}/download` · idempotent · documented.
        Title: `Chat Files:Download File`.
        """
        return self._call("chat_files.download", (device, file), options, path)


class AsyncChatFiles(AsyncResource):
    """Files in the messages of a number."""

    __slots__ = ()

    async def list(
        self,
        device: str,
        *,
        type: Sequence[ChatFileKind] | None = None,
        search: str | None = None,
        chat: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        message: Sequence[str] | None = None,
        flow: Literal["in", "out"] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        size: int | None = None,
        page: int | None = None,
        sort: FileSort | None = None,
        options: Options | None = None,
    ) -> builtins.list[ChatFile]:
        """List the files of the messages of a number, one page at a time.

        `chat_files.iter` iterates over all pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Text to search for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this time.
            before: Only files before this time.
            size: Files per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. Default of
                the service: `date:desc`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chat_files.list(device, type=["image"])

        `GET /chat/{device}/files` · idempotent · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return await self._call(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, page, sort),
            options,
        )

    def iter(
        self,
        device: str,
        *,
        type: Sequence[ChatFileKind] | None = None,
        search: str | None = None,
        chat: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        message: Sequence[str] | None = None,
        flow: Literal["in", "out"] | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        size: int | None = None,
        sort: FileSort | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[ChatFile]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Text to search for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this time.
            before: Only files before this time.
            size: Files per page. At least 1. Default of the service: `20`.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. Default of
                the service: `date:desc`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.chat_files.iter(device, type=["image"]): ...

        `GET /chat/{device}/files` · idempotent · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return self._iterate(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, None, sort),
            options,
            max_pages,
        )

    async def get(self, device: str, file: str, *, options: Options | None = None) -> ChatFile:
        """Read the details of one file of a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.ChatFile` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.chat_files.get(device, file))["mime"]

        `GET /chat/{device}/files/{file}` · idempotent · documented.
        Title: `Chat Files:Get File Details`.
        """
        return await self._call("chat_files.get", (device, file), options)

    async def download(self, device: str, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of one file of a message.

        For files in messages; use `files.download` for files uploaded with `files.upload`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chat_files.download(device, file)

        `GET /chat/{device}/files/{file}/download` · idempotent · documented.
        Title: `Chat Files:Download File`.
        """
        return await self._call("chat_files.download", (device, file), options)

    async def download_to(self, device: str, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `download`, but write the content to a file as it arrives.

        For files in messages; use `files.download` for files uploaded with `files.upload`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The device or the file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.chat_files.download_to(device, file, "download.bin")

        `GET /chat/{device}/files/{file}/download` · idempotent · documented.
        Title: `Chat Files:Download File`.
        """
        return await self._call("chat_files.download", (device, file), options, path)
