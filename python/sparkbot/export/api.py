"""Exports the contacts of a number with their metadata, as rows or to a file."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, Unpack, overload

from sparkbot.batch.progress import Progress, check_progress, open_reporters
from sparkbot.errors import InvalidArgumentError
from sparkbot.export import arrow
from sparkbot.export.columns import contact_to_row
from sparkbot.export.writer import ExportWriter, check_keys
from sparkbot.frames.columns import resolve_library
from sparkbot.sync.columns.reserved import unescape_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
    from os import PathLike
    from pathlib import Path

    from sparkbot.batch.progress import ProgressOption, ProgressReporter
    from sparkbot.client import AsyncClient, Client
    from sparkbot.export.columns import Row

    class _TableOptions(TypedDict, total=False):
        keys: Collection[str] | None
        filters: Mapping[str, Any] | None

    class _FileOptions(_TableOptions, total=False):
        spreadsheet: bool
        progress: ProgressOption
        on_progress: Callable[[Progress], object] | None


Result = TypeVar("Result")

#: The largest page size seen in use, and the number of rows written at a time.
_PAGE_SIZE = 500


@dataclass(slots=True)
class ExportResult:
    """The result of an export.

    Attributes:
        path: The exported file.
        rows: Number of contacts in it.
        keys: Metadata keys, one column each, in order of first occurrence.
        elapsed: Duration in seconds.
    """

    path: Path
    rows: int
    keys: tuple[str, ...]
    elapsed: float

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON."""
        return {"path": str(self.path), "rows": self.rows, "keys": list(self.keys), "elapsed": self.elapsed}

    def __str__(self) -> str:
        return f"{self.rows:,} contacts with {len(self.keys)} metadata keys are in {self.path}"


@overload
def export_contacts(
    client: Client, device: str, path: None = None, *, filters: Mapping[str, Any] | None = None
) -> Iterator[Row]: ...
@overload
def export_contacts(
    client: AsyncClient, device: str, path: None = None, *, filters: Mapping[str, Any] | None = None
) -> AsyncIterator[Row]: ...
@overload
def export_contacts(
    client: Client, device: str, path: None = None, *, library: Literal["arrow"], **options: Unpack[_TableOptions]
) -> Any: ...
@overload
def export_contacts(
    client: AsyncClient, device: str, path: None = None, *, library: Literal["arrow"], **options: Unpack[_TableOptions]
) -> Awaitable[Any]: ...
@overload
def export_contacts(client: Client, device: str, path: str | PathLike[str], **options: Unpack[_FileOptions]) -> ExportResult: ...
@overload
def export_contacts(
    client: AsyncClient, device: str, path: str | PathLike[str], **options: Unpack[_FileOptions]
) -> Awaitable[ExportResult]: ...
def export_contacts(
    client: Client | AsyncClient,
    device: str,
    path: str | PathLike[str] | None = None,
    *,
    library: Literal["arrow"] | None = None,
    keys: Collection[str] | None = None,
    filters: Mapping[str, Any] | None = None,
    spreadsheet: bool = False,
    progress: ProgressOption = "auto",
    on_progress: Callable[[Progress], object] | None = None,
) -> Any:
    """Read the contacts of a number with their metadata, page by page: the reverse of `sync_metadata`.

    Each contact is a row: `sparkbot_wid`, `sparkbot_phone` and `sparkbot_name`, then its metadata under its own keys. A sync of
    such rows changes nothing. Memory use does not depend on the number of contacts.

    Args:
        client: A `Client`, or an `AsyncClient`; with the latter the export is awaited, or iterated over with `async for`.
        device: The WhatsApp number: its id, phone number or alias.
        path: File to write: `.csv`, `.jsonl` or `.parquet` (with `sparkbot[arrow]`). An existing file is replaced when the new
            one is complete. Without a path the rows are yielded.
        library: `arrow` returns the contacts as Arrow data, which DuckDB, polars and pandas read without a copy.
        keys: Metadata keys of a file or table, in this order; by default all that any contact has.
        filters: Arguments of `client.contacts.list` that select contacts, such as `{"labels": ["vip"]}`.
        spreadsheet: Put `'` before cells of a CSV file that a spreadsheet would read as a formula. The column `sparkbot_escape`
            marks the file, so that a sync removes it again.
        progress: `auto` shows a bar in a notebook, `bar` or True also on a terminal (lines elsewhere), `lines`; `off` or False
            shows nothing. A function is called as `on_progress` is.
        on_progress: Called with a `Progress` at most four times a second, and once at the end.

    Returns:
        With a path, an `ExportResult` with the number of contacts and the keys. With a library, a `pyarrow.Table`; with `keys`
        and a `Client`, a `pyarrow.RecordBatchReader`, which requests a page when its rows are read. Without both, a lazy
        iterator of dicts; a row has no cell for a key that its contact lacks.

    Raises:
        InputError: The file can't be written. Nothing was read.
        InvalidArgumentError: `device` matches none or several of the account's numbers, or options exclude each other.
        ImportError: `library` needs pyarrow: `pip install 'sparkbot[arrow]'`.

    Example:
        >>> for row in sparkbot.export_contacts(client, device):
        ...     wid, tier = row["sparkbot_wid"], row.get("tier")
        >>> sparkbot.export_contacts(client, device, "contacts.csv").rows > 0
        True
        >>> reader = sparkbot.export_contacts(client, device, library="arrow", keys=["tier"])
        >>> reader.schema.names
        ['sparkbot_wid', 'sparkbot_phone', 'sparkbot_name', 'tier']
    """
    from sparkbot.client import AsyncClient

    check_progress(progress)
    check_keys(keys)
    if library is not None:
        _check_library(library, path)
    arguments = {"sort": "createdAt:asc", "size": _PAGE_SIZE, **(filters or {})}
    if isinstance(client, AsyncClient):
        if library is not None:
            return _table_async(_rows_async(client, device, arguments), keys)
        if path is None:
            return _rows_async(client, device, arguments)
        writer = ExportWriter(path, keys=keys, spreadsheet=spreadsheet)
        return _write_async(_rows_async(client, device, arguments), writer, open_reporters(progress, on_progress))
    if library is not None:
        rows = _rows(client, device, arguments)
        return arrow.table(list(rows), None) if keys is None else arrow.stream(rows, keys)
    if path is None:
        return _rows(client, device, arguments)
    writer = ExportWriter(path, keys=keys, spreadsheet=spreadsheet)
    return _write(_rows(client, device, arguments), writer, open_reporters(progress, on_progress))


def _check_library(library: str, path: str | PathLike[str] | None) -> None:
    if library != "arrow":
        raise InvalidArgumentError(f"library is {library!r}; it must be 'arrow'", field="library")
    if path is not None:
        raise InvalidArgumentError("path writes a file, and library returns a table: give only one", field="library")
    resolve_library(library)


async def _table_async(rows: AsyncIterator[Row], keys: Collection[str] | None) -> Any:
    return arrow.table([row async for row in rows], keys)


def _rows(client: Client, device: str, filters: Mapping[str, Any]) -> Iterator[Row]:
    device_id = client.devices.find(device)["id"]
    yield from map(contact_to_row, client.contacts.iter(device_id, **filters))


async def _rows_async(client: AsyncClient, device: str, filters: Mapping[str, Any]) -> AsyncIterator[Row]:
    device_id = (await client.devices.find(device))["id"]
    async for contact in client.contacts.iter(device_id, **filters):
        yield contact_to_row(contact)


class _Export:
    """Counts the rows of an export and reports its progress."""

    def __init__(self, writer: ExportWriter, reporters: list[ProgressReporter]) -> None:
        self.writer = writer
        self.rows = 0
        self._reporters = reporters
        self._started = time.monotonic()

    def progress(self, total: int | None) -> Progress:
        elapsed = time.monotonic() - self._started
        return Progress(self.rows, total, 0, 0, 0, 0, self.rows / elapsed if elapsed > 0 else 0.0, "contacts")

    def add(self, rows: list[Row]) -> None:
        self.writer.add(rows)
        self.rows += len(rows)
        for reporter in self._reporters:
            reporter.update(self, None)

    def finish(self) -> ExportResult:
        self.writer.finish()
        return ExportResult(
            self.writer.path, self.rows, tuple(map(unescape_key, self.writer.keys)), time.monotonic() - self._started
        )

    def close(self) -> None:
        for reporter in self._reporters:
            reporter.finish(self, None)


def _write(rows: Iterator[Row], writer: ExportWriter, reporters: list[ProgressReporter]) -> ExportResult:
    export = _Export(writer, reporters)
    try:
        with writer:
            while batch := list(islice(rows, _PAGE_SIZE)):
                export.add(batch)
            return export.finish()
    finally:
        export.close()


async def _write_async(rows: AsyncIterator[Row], writer: ExportWriter, reporters: list[ProgressReporter]) -> ExportResult:
    """As `_write`, writing in another thread."""
    export = _Export(writer, reporters)
    try:
        with writer:
            batch: list[Row] = []
            async for row in rows:
                batch.append(row)
                if len(batch) == _PAGE_SIZE:
                    await _in_thread(export.add, batch)
                    batch = []
            await _in_thread(export.add, batch)
            return await _in_thread(export.finish)
    finally:
        export.close()


async def _in_thread(step: Callable[..., Result], *arguments: Any) -> Result:
    """Runs the step in another thread. If cancelled, waits for it: the files must exist while it writes."""
    import asyncio

    task = asyncio.ensure_future(asyncio.to_thread(step, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
