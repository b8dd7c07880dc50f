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
    """Files that you upload once and send as often as you like."""

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

        `files.iter` walks all the pages.

        Args:
            search: Words to look for.
            after: Only files uploaded after this moment.
            before: Only files uploaded before this moment.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 sum.
            reference: Only files with this reference of yours.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files of a size in bytes: smallest and largest with a comma between, such as
                `1000,500000`.
            size: Files a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.list(kind=["image"], size=50)

        `GET /files` · safe to repeat · observed in 3 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            search: Words to look for.
            after: Only files uploaded after this moment.
            before: Only files uploaded before this moment.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 sum.
            reference: Only files with this reference of yours.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files of a size in bytes: smallest and largest with a comma between, such as
                `1000,500000`.
            size: Files a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.File` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> for entry in client.files.iter(kind=["image"], size=50): ...

        `GET /files` · safe to repeat · observed in 3 public codebases.
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
        """Upload a file, from here or from a public address.

        Answers a list with the one file. A file that was uploaded before is a `ConflictError`, whose message
        has its id. Not repeated after an unclear failure.

        Give exactly one of `file` and `url`.

        Args:
            file: The file itself: a path, its bytes, or an open file; or give `url`.
            url: Public address that the service reads the file from; or give `file`. Such as
                `https://example.com/path`.
            filename: Name of the file.
            reference: Your own text to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`. The service
                takes `30d` if not given.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`. The service takes
                `public` if not given.
            tags: Tags to find the file by.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.upload(url="https://example.com/menu.pdf")[0]["id"]

        `POST /files` · never repeated · observed in 9 public codebases.
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
        """Delete the uploaded files that every given filter lets through.

        At least one filter besides `limit` is needed, so that no slip deletes everything. A second run
        deletes further files, so the call is not repeated after an unclear failure.

        Give at least one of `ids`, `before`, `after`, `expires`, `filename`, `ext`, `mime`, `kind`, `owner`,
        `format`, `permission`, `tags`, `size`, `origin` and `sha2`.

        Args:
            limit: Delete at most this many. At least 1. At most 500. The service takes `100` if not given.
            ids: Only these files. At least 1 of them.
            before: Only files uploaded before this moment.
            after: Only files uploaded after this moment.
            expires: Only files that expire before this moment.
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
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            sha2: Only files with these SHA-256 sums. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.bulk_delete(tags=["old"], limit=500)

        `DELETE /files` · never repeated · observed in 1 public codebase.
        Title: `Files:Delete Files`.
        """
        return self._call(
            "files.bulk_delete",
            (limit, ids, before, after, expires, filename, ext, mime, kind, owner, format, permission, tags, size, origin, sha2),
            options,
        )

    def get_preview(self, file: str, *, options: Options | None = None) -> Binary:
        """Read a small picture of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.get_preview(file)

        `GET /files/{file}/preview` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return self._call("files.get_preview", (file,), options)

    def get_preview_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `get_preview`, into a file, piece by piece.

        Args:
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.get_preview_to(file, "get_preview.bin")

        `GET /files/{file}/preview` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return self._call("files.get_preview", (file,), options, path)

    def download(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.download(file)

        `GET /files/{file}/download` · safe to repeat · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return self._call("files.download", (file,), options)

    def download_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `download`, into a file, piece by piece.

        Args:
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.download_to(file, "download.bin")

        `GET /files/{file}/download` · safe to repeat · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return self._call("files.download", (file,), options, path)

    def get(self, file: str, *, options: Options | None = None) -> File:
        """Read what is known of one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.get(file)["filename"]

        `GET /files/{file}` · safe to repeat · observed in 2 public codebases.
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

        Args:
            file: Id of the file (24 hex digits).
            filename: Name of the file.
            reference: Your own text to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
            tags: Tags to find the file by.
            caption: Text to send with the file.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.update(file, tags=["menu"])

        `PATCH /files/{file}` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Update File`.
        """
        return self._call("files.update", (file, filename, reference, format, tags, caption, expiration, permission), options)

    def delete(self, file: str, *, options: Options | None = None) -> dict[str, Any]:
        """Delete one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> client.files.delete(file)

        `DELETE /files/{file}` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Delete File`.
        """
        return self._call("files.delete", (file,), options)


class AsyncFiles(AsyncResource):
    """Files that you upload once and send as often as you like."""

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

        `files.iter` walks all the pages.

        Args:
            search: Words to look for.
            after: Only files uploaded after this moment.
            before: Only files uploaded before this moment.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 sum.
            reference: Only files with this reference of yours.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files of a size in bytes: smallest and largest with a comma between, such as
                `1000,500000`.
            size: Files a page. At least 1. The service takes `20` if not given.
            page: Page number, counted from 0. At least 0. The service takes `0` if not given.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.list(kind=["image"], size=50)

        `GET /files` · safe to repeat · observed in 3 public codebases.
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
        """Walk all pages of `list`: each page is asked for when the one before it is used up.

        Args:
            search: Words to look for.
            after: Only files uploaded after this moment.
            before: Only files uploaded before this moment.
            format: Only files of these formats. Allowed: `gif`, `ptt`, `native`.
            ids: Only these files.
            tags: Only files with these tags.
            sha2: Only files with this SHA-256 sum.
            reference: Only files with this reference of yours.
            status: Only files in these states. Allowed: `ready`, `processing`, `failed`.
            device: Only files of this number (id).
            filename: Only files of this name.
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            mime: Only files of these MIME types.
            kind: Only these kinds of files. Allowed: `image`, `video`, `audio`, `document`, `file`.
            ext: Only files with these extensions.
            permission: Only files with this permission. Allowed: `public`, `readonly`, `private`.
            owner: Only files of this user (id).
            filesize: Only files of a size in bytes: smallest and largest with a comma between, such as
                `1000,500000`.
            size: Files a page. At least 1. The service takes `20` if not given.
            max_pages: Stop after this many pages.
            options: Settings for this call only, see `sparkbot.Options`.

        Yields:
            The entries one by one, as dicts. `sparkbot.types.File` names the known fields; any may be
            missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> async for entry in client.files.iter(kind=["image"], size=50): ...

        `GET /files` · safe to repeat · observed in 3 public codebases.
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
        """Upload a file, from here or from a public address.

        Answers a list with the one file. A file that was uploaded before is a `ConflictError`, whose message
        has its id. Not repeated after an unclear failure.

        Give exactly one of `file` and `url`.

        Args:
            file: The file itself: a path, its bytes, or an open file; or give `url`.
            url: Public address that the service reads the file from; or give `file`. Such as
                `https://example.com/path`.
            filename: Name of the file.
            reference: Your own text to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
                The service takes `native` if not given.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`. The service
                takes `30d` if not given.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`. The service takes
                `public` if not given.
            tags: Tags to find the file by.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            One page, as a list of dicts. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.files.upload(url="https://example.com/menu.pdf"))[0]["id"]

        `POST /files` · never repeated · observed in 9 public codebases.
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
        """Delete the uploaded files that every given filter lets through.

        At least one filter besides `limit` is needed, so that no slip deletes everything. A second run
        deletes further files, so the call is not repeated after an unclear failure.

        Give at least one of `ids`, `before`, `after`, `expires`, `filename`, `ext`, `mime`, `kind`, `owner`,
        `format`, `permission`, `tags`, `size`, `origin` and `sha2`.

        Args:
            limit: Delete at most this many. At least 1. At most 500. The service takes `100` if not given.
            ids: Only these files. At least 1 of them.
            before: Only files uploaded before this moment.
            after: Only files uploaded after this moment.
            expires: Only files that expire before this moment.
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
            origin: Only uploaded files, or only those that came from an address. Allowed: `remote`, `upload`.
            sha2: Only files with these SHA-256 sums. At least 1 of them.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            AuthenticationError: The service refuses the API key.
            OutcomeUnknownError: The answer was lost, so the call may have been carried out. Look before you
                call again.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.bulk_delete(tags=["old"], limit=500)

        `DELETE /files` · never repeated · observed in 1 public codebase.
        Title: `Files:Delete Files`.
        """
        return await self._call(
            "files.bulk_delete",
            (limit, ids, before, after, expires, filename, ext, mime, kind, owner, format, permission, tags, size, origin, sha2),
            options,
        )

    async def get_preview(self, file: str, *, options: Options | None = None) -> Binary:
        """Read a small picture of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.get_preview(file)

        `GET /files/{file}/preview` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return await self._call("files.get_preview", (file,), options)

    async def get_preview_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `get_preview`, into a file, piece by piece.

        Args:
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.get_preview_to(file, "get_preview.bin")

        `GET /files/{file}/preview` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Get File Preview`.
        """
        return await self._call("files.get_preview", (file,), options, path)

    async def download(self, file: str, *, options: Options | None = None) -> Binary:
        """Read the content of an uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The content, as bytes that know their MIME type and show themselves in a notebook.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.download(file)

        `GET /files/{file}/download` · safe to repeat · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return await self._call("files.download", (file,), options)

    async def download_to(self, file: str, path: str | PathLike[str], *, options: Options | None = None) -> Path:
        """As `download`, into a file, piece by piece.

        Args:
            file: Id of the file (24 hex digits).
            path: The file to write, of any size; it appears when the content is whole.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The path.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.download_to(file, "download.bin")

        `GET /files/{file}/download` · safe to repeat · observed in 3 public codebases.
        Title: `Files:Download File`.
        """
        return await self._call("files.download", (file,), options, path)

    async def get(self, file: str, *, options: Options | None = None) -> File:
        """Read what is known of one uploaded file.

        Args:
            file: Id of the file (24 hex digits).
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> (await client.files.get(file))["filename"]

        `GET /files/{file}` · safe to repeat · observed in 2 public codebases.
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

        Args:
            file: Id of the file (24 hex digits).
            filename: Name of the file.
            reference: Your own text to find the file by.
            format: `gif` to play a video as one, `ptt` for a voice message. Allowed: `gif`, `ptt`, `native`.
            tags: Tags to find the file by.
            caption: Text to send with the file.
            expiration: How long the service keeps the file. Allowed: `10m`, `30m`, `1h`, `6h`, `12h`, `1d`,
                `2d`, `3d`, `5d`, `7d`, `15d`, `30d`, `60d`, `90d`, `120d`, `180d`, `1y`, `2y`.
            permission: Who may use the file. Allowed: `public`, `readonly`, `private`.
            options: Settings for this call only, see `sparkbot.Options`.

        Returns:
            The answer, as a dict. `sparkbot.types.File` names the known fields; any may be missing.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.update(file, tags=["menu"])

        `PATCH /files/{file}` · safe to repeat · observed in 2 public codebases.
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
            The answer, as a dict. Its fields are not known.

        Raises:
            InvalidArgumentError: An argument is not as described above; nothing was sent.
            NotFoundError: The service does not know the file.
            AuthenticationError: The service refuses the API key.
            APIStatusError: The service refuses the call for another reason; see `sparkbot.errors`.
            TransportError: No answer came, not even to repeated attempts.

        Example:
            >>> await client.files.delete(file)

        `DELETE /files/{file}` · safe to repeat · observed in 2 public codebases.
        Title: `Files:Delete File`.
        """
        return await self._call("files.delete", (file,), options)
