# Generated from src/api/operations/files.toml by `make generate`; edit that file.
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
    from typing import Any, Literal

    from sparkbot.options import Options
    from sparkbot.response import Binary
    from sparkbot.types import File, FileExpiration, FileFormat, FileKind, FileSource, Permission


class Files(Resource):
    """Files that are uploaded once and sent any number of times."""

    __slots__ = ()

    def list(
        self,
        *,
        search: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        format: Sequence[FileFormat] | None = None,
        ids: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
        sha2: str | None = None,
        reference: str | None = None,
        status: Sequence[Literal["ready", "processing", "failed"]] | None = None,
        device: str | None = None,
        filename: str | None = None,
        origin: Literal["remote", "upload"] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        ext: Sequence[str] | None = None,
        permission: Permission | None = None,
        owner: str | None = None,
        filesize: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[File]:
        """List the uploaded files, one page at a time.

        `files.iter` iterates over all pages. A file that the filter `status` calls `ready` has the status
        `active`.

        Args:
            search: Text to search for.
            after: Only files uploaded after this time.
            before: Only files uploaded before this time.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 checksum.
            reference: Only files with this reference.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files in a range of sizes in bytes: minimum and maximum separated by a comma, such
                as `1000,500000`.
            size: Files per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.list(kind=["image"], size=50)

        `GET /files` · idempotent · observed in 3 public codebases.
        Title: `Files:Search Files`.
        """
        return self._call(
            "files.list",
            (
                search,
                after,
                before,
                format,
                ids,
                tags,
                sha2,
                reference,
                status,
                device,
                filename,
                origin,
                mime,
                kind,
                ext,
                permission,
                owner,
                filesize,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        format: Sequence[FileFormat] | None = None,
        ids: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
        sha2: str | None = None,
        reference: str | None = None,
        status: Sequence[Literal["ready", "processing", "failed"]] | None = None,
        device: str | None = None,
        filename: str | None = None,
        origin: Literal["remote", "upload"] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        ext: Sequence[str] | None = None,
        permission: Permission | None = None,
        owner: str | None = None,
        filesize: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> Iterator[File]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            search: Text to search for.
            after: Only files uploaded after this time.
            before: Only files uploaded before this time.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 checksum.
            reference: Only files with this reference.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files in a range of sizes in bytes: minimum and maximum separated by a comma, such
                as `1000,500000`.
            size: Files per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.File` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> for entry in client.files.iter(kind=["image"], size=50): ...

        `GET /files` · idempotent · observed in 3 public codebases.
        Title: `Files:Search Files`.
        """
        return self._iterate(
            "files.list",
            (
                search,
                after,
                before,
                format,
                ids,
                tags,
                sha2,
                reference,
                status,
                device,
                filename,
                origin,
                mime,
                kind,
                ext,
                permission,
                owner,
                filesize,
                size,
                None,
            ),
            options,
            max_pages,
        )

    def upload(
        self,
        *,
        file: FileSource | None = None,
        url: str | None = None,
        filename: str | None = None,
        reference: str | None = None,
        format: FileFormat | None = None,
        expiration: FileExpiration | None = None,
        permission: Permission | None = None,
        tags: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> builtins.list[File]:
        """Upload a file from this machine or from a public address.

        Returns a list with one file. A file that was uploaded before is a `ConflictError` whose message
        contains its id. Not idempotent.

        Give exactly one of `file` and `url`.

        Args:
            file: The file: a path, bytes, or an open file; or give `url`.
            url: Public address from which the service downloads the file; or give `file`. Such as
                `https://example.com/path`.
            filename: Name of the file.
            reference: Your own reference, to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`. Default of the
                service: `30d`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`. Default of the
                service: `public`.
            tags: Tags to find the file by.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.upload(url="https://example.com/menu.pdf")[0]["id"]

        `POST /files` · not idempotent · observed in 9 public codebases.
        Title: `Files:Upload File`.
        """
        return self._call("files.upload", (file, url, filename, reference, format, expiration, permission, tags), options)

    def bulk_delete(
        self,
        *,
        limit: int | None = None,
        ids: Sequence[str] | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires: datetime | str | None = None,
        filename: str | None = None,
        ext: Sequence[str] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        owner: Sequence[str] | None = None,
        format: FileFormat | None = None,
        permission: Permission | None = None,
        tags: Sequence[str] | None = None,
        size: int | None = None,
        origin: Literal["remote", "upload"] | None = None,
        sha2: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete the uploaded files that match all given filters.

        At least one filter in addition to `limit` is required, so that a mistake cannot delete everything.
        Not idempotent: a second request would delete more files.

        Give at least one of `ids`, `before`, `after`, `expires`, `filename`, `ext`, `mime`, `kind`, `owner`,
        `format`, `permission`, `tags`, `size`, `origin` and `sha2`.

        Args:
            limit: Maximum number of files to delete. At least 1. At most 500. Default of the service: `100`.
            ids: Only these files. At least 1 of them.
            before: Only files uploaded before this time.
            after: Only files uploaded after this time.
            expires: Only files that expire before this time.
            filename: Only files of this name.
            ext: Only files with these extensions. At least 1 of them.
            mime: Only files of these MIME types. At least 1 of them.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`. At least
                1 of them.
            owner: Only files of these users (ids). At least 1 of them.
            format: Only files of this format. Allowed: `gif`, `ptt`, `native`.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            tags: Only files with these tags. At least 1 of them.
            size: Only files larger than this, in bytes.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            sha2: Only files with these SHA-256 checksums. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.bulk_delete(tags=["old"], limit=500)

        `DELETE /files` · not idempotent · observed in 1 public codebase.
        Title: `Files:Delete Files`.
        """
        return self._call(
            "files.bulk_delete",
            (limit, ids, before, after, expires, filename, ext, mime, kind, owner, format, permission, tags, size, origin, sha2),
            options,
        )

    def get_preview(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the preview image of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.get_preview(file)

        `GET /files/{file}/preview` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return self._call("files.get_preview", (file,), options)

    def get_preview_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `get_preview`, but write the content to a file as it arrives.

        Args:
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.get_preview_to(file, "get_preview.bin")

        `GET /files/{file}/preview` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return self._call("files.get_preview", (file,), options, path)

    def download(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.download(file)

        `GET /files/{file}/download` · idempotent · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return self._call("files.download", (file,), options)

    def download_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `download`, but write the content to a file as it arrives.

        Args:
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.download_to(file, "download.bin")

        `GET /files/{file}/download` · idempotent · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return self._call("files.download", (file,), options, path)

    def get(self, file: str, *, options: Options | None = None) -> File:
        """Read the details of one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.get(file)["filename"]

        `GET /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File`.
        """
        return self._call("files.get", (file,), options)

    def update(
        self,
        file: str,
        *,
        filename: str | None = None,
        reference: str | None = None,
        format: FileFormat | None = None,
        tags: Sequence[str] | None = None,
        caption: str | None = None,
        expiration: FileExpiration | None = None,
        permission: Permission | None = None,
        options: Options | None = None,
    ) -> File:
        """Change some fields of an uploaded file.

        Give at least one field to change.

        Args:
            file: Id of the file (24 hex digits).
            filename: Name of the file.
            reference: Your own reference, to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
            tags: Tags to find the file by.
            caption: Text to send with the file.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.update(file, tags=["menu"])

        `PATCH /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Update File`.
        """
        return self._call("files.update", (file, filename, reference, format, tags, caption, expiration, permission), options)

    def delete(self, file: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> client.files.delete(file)

        `DELETE /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Delete File`.
        """
        return self._call("files.delete", (file,), options)


class AsyncFiles(AsyncResource):
    """Files that are uploaded once and sent any number of times."""

    __slots__ = ()

    async def list(
        self,
        *,
        search: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        format: Sequence[FileFormat] | None = None,
        ids: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
        sha2: str | None = None,
        reference: str | None = None,
        status: Sequence[Literal["ready", "processing", "failed"]] | None = None,
        device: str | None = None,
        filename: str | None = None,
        origin: Literal["remote", "upload"] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        ext: Sequence[str] | None = None,
        permission: Permission | None = None,
        owner: str | None = None,
        filesize: str | None = None,
        size: int | None = None,
        page: int | None = None,
        options: Options | None = None,
    ) -> builtins.list[File]:
        """List the uploaded files, one page at a time.

        `files.iter` iterates over all pages. A file that the filter `status` calls `ready` has the status
        `active`.

        Args:
            search: Text to search for.
            after: Only files uploaded after this time.
            before: Only files uploaded before this time.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 checksum.
            reference: Only files with this reference.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files in a range of sizes in bytes: minimum and maximum separated by a comma, such
                as `1000,500000`.
            size: Files per page. At least 1. Default of the service: `20`.
            page: Page number, counted from 0. At least 0. Default of the service: `0`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.list(kind=["image"], size=50)

        `GET /files` · idempotent · observed in 3 public codebases.
        Title: `Files:Search Files`.
        """
        return await self._call(
            "files.list",
            (
                search,
                after,
                before,
                format,
                ids,
                tags,
                sha2,
                reference,
                status,
                device,
                filename,
                origin,
                mime,
                kind,
                ext,
                permission,
                owner,
                filesize,
                size,
                page,
            ),
            options,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        after: datetime | str | None = None,
        before: datetime | str | None = None,
        format: Sequence[FileFormat] | None = None,
        ids: Sequence[str] | None = None,
        tags: Sequence[str] | None = None,
        sha2: str | None = None,
        reference: str | None = None,
        status: Sequence[Literal["ready", "processing", "failed"]] | None = None,
        device: str | None = None,
        filename: str | None = None,
        origin: Literal["remote", "upload"] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        ext: Sequence[str] | None = None,
        permission: Permission | None = None,
        owner: str | None = None,
        filesize: str | None = None,
        size: int | None = None,
        max_pages: int | None = None,
        options: Options | None = None,
    ) -> AsyncIterator[File]:
        """Iterate over all pages of `list`. Each page is requested when the one before is consumed.

        Args:
            search: Text to search for.
            after: Only files uploaded after this time.
            before: Only files uploaded before this time.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 checksum.
            reference: Only files with this reference.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files in a range of sizes in bytes: minimum and maximum separated by a comma, such
                as `1000,500000`.
            size: Files per page. At least 1. Default of the service: `20`.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.File` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> async for entry in client.files.iter(kind=["image"], size=50): ...

        `GET /files` · idempotent · observed in 3 public codebases.
        Title: `Files:Search Files`.
        """
        return self._iterate(
            "files.list",
            (
                search,
                after,
                before,
                format,
                ids,
                tags,
                sha2,
                reference,
                status,
                device,
                filename,
                origin,
                mime,
                kind,
                ext,
                permission,
                owner,
                filesize,
                size,
                None,
            ),
            options,
            max_pages,
        )

    async def upload(
        self,
        *,
        file: FileSource | None = None,
        url: str | None = None,
        filename: str | None = None,
        reference: str | None = None,
        format: FileFormat | None = None,
        expiration: FileExpiration | None = None,
        permission: Permission | None = None,
        tags: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> builtins.list[File]:
        """Upload a file from this machine or from a public address.

        Returns a list with one file. A file that was uploaded before is a `ConflictError` whose message
        contains its id. Not idempotent.

        Give exactly one of `file` and `url`.

        Args:
            file: The file: a path, bytes, or an open file; or give `url`.
            url: Public address from which the service downloads the file; or give `file`. Such as
                `https://example.com/path`.
            filename: Name of the file.
            reference: Your own reference, to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                Default of the service: `native`.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`. Default of the
                service: `30d`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`. Default of the
                service: `public`.
            tags: Tags to find the file by.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.files.upload(url="https://example.com/menu.pdf"))[0]["id"]

        `POST /files` · not idempotent · observed in 9 public codebases.
        Title: `Files:Upload File`.
        """
        return await self._call("files.upload", (file, url, filename, reference, format, expiration, permission, tags), options)

    async def bulk_delete(
        self,
        *,
        limit: int | None = None,
        ids: Sequence[str] | None = None,
        before: datetime | str | None = None,
        after: datetime | str | None = None,
        expires: datetime | str | None = None,
        filename: str | None = None,
        ext: Sequence[str] | None = None,
        mime: Sequence[str] | None = None,
        kind: Sequence[FileKind] | None = None,
        owner: Sequence[str] | None = None,
        format: FileFormat | None = None,
        permission: Permission | None = None,
        tags: Sequence[str] | None = None,
        size: int | None = None,
        origin: Literal["remote", "upload"] | None = None,
        sha2: Sequence[str] | None = None,
        options: Options | None = None,
    ) -> dict[str, Any]:
        """Delete the uploaded files that match all given filters.

        At least one filter in addition to `limit` is required, so that a mistake cannot delete everything.
        Not idempotent: a second request would delete more files.

        Give at least one of `ids`, `before`, `after`, `expires`, `filename`, `ext`, `mime`, `kind`, `owner`,
        `format`, `permission`, `tags`, `size`, `origin` and `sha2`.

        Args:
            limit: Maximum number of files to delete. At least 1. At most 500. Default of the service: `100`.
            ids: Only these files. At least 1 of them.
            before: Only files uploaded before this time.
            after: Only files uploaded after this time.
            expires: Only files that expire before this time.
            filename: Only files of this name.
            ext: Only files with these extensions. At least 1 of them.
            mime: Only files of these MIME types. At least 1 of them.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`. At least
                1 of them.
            owner: Only files of these users (ids). At least 1 of them.
            format: Only files of this format. Allowed: `gif`, `ptt`, `native`.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            tags: Only files with these tags. At least 1 of them.
            size: Only files larger than this, in bytes.
            origin: Only uploaded files, or only files downloaded from an address. Allowed: `remote`,
                `upload`.
            sha2: Only files with these SHA-256 checksums. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            AuthenticationError: The service rejected the API key.
            OutcomeUnknownError: No response was received, so the call may have been executed. Check before
                you call again.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.bulk_delete(tags=["old"], limit=500)

        `DELETE /files` · not idempotent · observed in 1 public codebase.
        Title: `Files:Delete Files`.
        """
        return await self._call(
            "files.bulk_delete",
            (limit, ids, before, after, expires, filename, ext, mime, kind, owner, format, permission, tags, size, origin, sha2),
            options,
        )

    async def get_preview(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the preview image of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.get_preview(file)

        `GET /files/{file}/preview` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return await self._call("files.get_preview", (file,), options)

    async def get_preview_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `get_preview`, but write the content to a file as it arrives.

        Args:
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.get_preview_to(file, "get_preview.bin")

        `GET /files/{file}/preview` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return await self._call("files.get_preview", (file,), options, path)

    async def download(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes with a MIME type, which notebooks display.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.download(file)

        `GET /files/{file}/download` · idempotent · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return await self._call("files.download", (file,), options)

    async def download_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """Like `download`, but write the content to a file as it arrives.

        Args:
            file: Id of the file (24 hex digits).
            path: File to write. It appears when the content is complete.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.download_to(file, "download.bin")

        `GET /files/{file}/download` · idempotent · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return await self._call("files.download", (file,), options, path)

    async def get(self, file: str, *, options: Options | None = None) -> File:
        """Read the details of one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> (await client.files.get(file))["filename"]

        `GET /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Get File`.
        """
        return await self._call("files.get", (file,), options)

    async def update(
        self,
        file: str,
        *,
        filename: str | None = None,
        reference: str | None = None,
        format: FileFormat | None = None,
        tags: Sequence[str] | None = None,
        caption: str | None = None,
        expiration: FileExpiration | None = None,
        permission: Permission | None = None,
        options: Options | None = None,
    ) -> File:
        """Change some fields of an uploaded file.

        Give at least one field to change.

        Args:
            file: Id of the file (24 hex digits).
            filename: Name of the file.
            reference: Your own reference, to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
            tags: Tags to find the file by.
            caption: Text to send with the file.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.update(file, tags=["menu"])

        `PATCH /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Update File`.
        """
        return await self._call(
            "files.update",
            (file, filename, reference, format, tags, caption, expiration, permission),
            options,
        )

    async def delete(self, file: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The response, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is invalid; nothing was sent.
            NotFoundError: The file does not exist.
            AuthenticationError: The service rejected the API key.
            APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.
            TransportError: No response was received, retries included.

        Example:
            >>> await client.files.delete(file)

        `DELETE /files/{file}` · idempotent · observed in 2 public codebases.
        Title: `Files:Delete File`.
        """
        return await self._call("files.delete", (file,), options)
