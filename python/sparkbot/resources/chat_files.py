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

        `chat_files.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Words to look for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this moment.
            before: Only files before this moment.
            size: Files a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. The service
                takes `date:desc` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chat_files.list(device, type=["image"])

        `GET /chat/{device}/files` · safe to repeat · observed in 1 public codebase.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Words to look for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this moment.
            before: Only files before this moment.
            size: Files a page. At least 1. The service takes `20` if not given.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. The service
                takes `date:desc` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.chat_files.iter(device, type=["image"]): ...

        `GET /chat/{device}/files` · safe to repeat · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return self._iterate(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, None, sort),
            options,
            max_pages,
        )

    def get(self, device: str, file: str, *, options: Options | None = None) -> ChatFile:
        """Read what is known of one file of a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.ChatFile` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chat_files.get(device, file)["mime"]

        `GET /chat/{device}/files/{file}` · safe to repeat · documented.
        Title: `Chat Files:Get File Details`.
        """
        return self._call("chat_files.get", (device, file), options)

    def download(self, device: str, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of one file of a message.

        For files in messages only; what was uploaded with `files.upload` has its own `files.download`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chat_files.download(device, file)

        `GET /chat/{device}/files/{file}/download` · safe to repeat · documented.
        Title: `Chat Files:Download File`.
        """
        return self._call("chat_files.download", (device, file), options)

    def download_to(self, device: str, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `download`, into a file, piece by piece.

        For files in messages only; what was uploaded with `files.upload` has its own `files.download`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.chat_files.download_to(device, file, "download.bin")

        `GET /chat/{device}/files/{file}/download` · safe to repeat · documented.
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

        `chat_files.iter` walks all the pages.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Words to look for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this moment.
            before: Only files before this moment.
            size: Files a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. The service
                takes `date:desc` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chat_files.list(device, type=["image"])

        `GET /chat/{device}/files` · safe to repeat · observed in 1 public codebase.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            type: Only these kinds of files. Allowed: `image`, `video`, `audio`, `ptt`, `document`, `sticker`.
            search: Words to look for.
            chat: Only files in these chats (wids).
            ids: Only these files.
            message: Only files of these messages (ids).
            flow: Only received (`in`) or only sent (`out`) files. Allowed: `in`, `out`.
            after: Only files after this moment.
            before: Only files before this moment.
            size: Files a page. At least 1. The service takes `20` if not given.
            sort: Order of the files. Allowed: `date:desc`, `date:asc`, `size:desc`, `size:asc`. The service
                takes `date:desc` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.ChatFile` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.chat_files.iter(device, type=["image"]): ...

        `GET /chat/{device}/files` · safe to repeat · observed in 1 public codebase.
        Title: `Chat Files:Get Files`.
        """
        return self._iterate(
            "chat_files.list",
            (device, type, search, chat, ids, message, flow, after, before, size, None, sort),
            options,
            max_pages,
        )

    async def get(self, device: str, file: str, *, options: Options | None = None) -> ChatFile:
        """Read what is known of one file of a message.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.ChatFile` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.chat_files.get(device, file))["mime"]

        `GET /chat/{device}/files/{file}` · safe to repeat · documented.
        Title: `Chat Files:Get File Details`.
        """
        return await self._call("chat_files.get", (device, file), options)

    async def download(self, device: str, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of one file of a message.

        For files in messages only; what was uploaded with `files.upload` has its own `files.download`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chat_files.download(device, file)

        `GET /chat/{device}/files/{file}/download` · safe to repeat · documented.
        Title: `Chat Files:Download File`.
        """
        return await self._call("chat_files.download", (device, file), options)

    async def download_to(self, device: str, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `download`, into a file, piece by piece.

        For files in messages only; what was uploaded with `files.upload` has its own `files.download`.

        Args:
            device: Id of the WhatsApp number (24 hex digits).
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the device or the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.chat_files.download_to(device, file, "download.bin")

        `GET /chat/{device}/files/{file}/download` · safe to repeat · documented.
        Title: `Chat Files:Download File`.
        """
        return await self._call("chat_files.download", (device, file), options, path)
