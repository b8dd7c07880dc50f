"""The contacts of a number, with their metadata: as rows for a program, or as a file."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, overload

from sparkbot.batch.progress import Progress, open_reporters
from sparkbot.export.columns import row_of
from sparkbot.export.target import Target

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
    from os import PathLike
    from pathlib import Path

    from sparkbot.batch.progress import Display, ProgressReporter
    from sparkbot.client import AsyncClient, Client
    from sparkbot.export.columns import Row

Result = TypeVar("Result")

#: The largest page that has been seen in use, and the rows that are written at a time.
_PAGE = 500


@dataclass(slots=True)
class Exported:
    """What an export has written.

    Attributes:
        path: The file.
        rows: Contacts in it.
        keys: Metadata keys, each a column, in the order in which contacts had them.
        elapsed: Seconds that it took.
    """

    path: Path
    rows: int
    keys: tuple[str, ...]
    elapsed: float

    def to_dict(self) -> dict[str, Any]:
        """The same as plain JSON."""
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
    client: Client,
    device: str,
    path: str | PathLike[str],
    *,
    keys: Collection[str] | None = None,
    filters: Mapping[str, Any] | None = None,
    spreadsheet: bool = False,
    progress: Display = "auto",
    on_progress: Callable[[Progress], object] | None = None,
) -> Exported: ...
@overload
def export_contacts(
    client: AsyncClient,
    device: str,
    path: str | PathLike[str],
    *,
    keys: Collection[str] | None = None,
    filters: Mapping[str, Any] | None = None,
    spreadsheet: bool = False,
    progress: Display = "auto",
    on_progress: Callable[[Progress], object] | None = None,
) -> Awaitable[Exported]: ...
def export_contacts(
    client: Client | AsyncClient,
    device: str,
    path: str | PathLike[str] | None = None,
    *,
    keys: Collection[str] | None = None,
    filters: Mapping[str, Any] | None = None,
    spreadsheet: bool = False,
    progress: Display = "auto",
    on_progress: Callable[[Progress], object] | None = None,
) -> Any:
    """Read the contacts of a number with their metadata, page by page: the reverse of `sync_metadata`.

    Each contact is a row: `sparkbot_wid`, `sparkbot_phone` and `sparkbot_name`, then its metadata under its own keys. A sync of
    such rows changes nothing. Memory does not grow with the number of contacts.

    Args:
        client: A `Client`, or an `AsyncClient`: then the export is awaited, or looped over with `async for`.
        device: The WhatsApp number: its id, phone number or alias.
        path: File to write, by its ending `.csv`, `.jsonl` or `.parquet` (with `sparkbot[arrow]`); one of that name is replaced,
            and only once the new one is whole. Without it the rows are given one by one.
        keys: Metadata keys to write, in this order; all that any contact has when left out.
        filters: Arguments of `client.contacts.list` that choose contacts, such as `{"labels": ["vip"]}`.
        spreadsheet: Put `'` before cells of a CSV file that a spreadsheet would take for a formula. Such a file is for people.
        progress: `auto` shows a bar in a notebook, `bar` on a terminal as well (lines elsewhere), `lines`, or `off`.
        on_progress: Called with a `Progress` at most four times a second, and once at the end.

    Returns:
        With a path, an `Exported`: how many contacts, which keys. Without one, an iterator of dicts that has not begun yet; a row
        has no cell for a key that its contact does not have.

    Raises:
        InputError: The file can't be written. Nothing was read.
        InvalidArgumentError: None or several of the account's numbers are meant by `device`.

    Example:
        >>> for row in sparkbot.export_contacts(client, device):
        ...     wid, tier = row["sparkbot_wid"], row.get("tier")
        >>> sparkbot.export_contacts(client, device, "contacts.csv").rows > 0
        True
    """
    from sparkbot.client import AsyncClient

    chosen = {"sort": "createdAt:asc", "size": _PAGE, **(filters or {})}
    if isinstance(client, AsyncClient):
        if path is None:
            return _rows_async(client, device, chosen)
        target = Target(path, keys=keys, spreadsheet=spreadsheet)
        return _write_async(_rows_async(client, device, chosen), target, open_reporters(progress, on_progress))
    if path is None:
        return _rows(client, device, chosen)
    target = Target(path, keys=keys, spreadsheet=spreadsheet)
    return _write(_rows(client, device, chosen), target, open_reporters(progress, on_progress))


def _rows(client: Client, device: str, filters: Mapping[str, Any]) -> Iterator[Row]:
    number = client.devices.find(device)["id"]
    yield from map(row_of, client.contacts.iter(number, **filters))


async def _rows_async(client: AsyncClient, device: str, filters: Mapping[str, Any]) -> AsyncIterator[Row]:
    number = (await client.devices.find(device))["id"]
    async for contact in client.contacts.iter(number, **filters):
        yield row_of(contact)


class _Written:
    """An export under way."""

    def __init__(self, target: Target, reporters: list[ProgressReporter]) -> None:
        self.target = target
        self.rows = 0
        self._reporters = reporters
        self._began = time.monotonic()

    def progress(self, total: int | None) -> Progress:
        elapsed = time.monotonic() - self._began
        return Progress(self.rows, total, 0, 0, 0, 0, self.rows / elapsed if elapsed > 0 else 0.0, "contacts")

    def add(self, rows: list[Row]) -> None:
        self.target.add(rows)
        self.rows += len(rows)
        for reporter in self._reporters:
            reporter.update(self, None)

    def finish(self) -> Exported:
        self.target.finish()
        return Exported(self.target.path, self.rows, tuple(self.target.keys), time.monotonic() - self._began)

    def close(self) -> None:
        for reporter in self._reporters:
            reporter.finish(self, None)


def _write(rows: Iterator[Row], target: Target, reporters: list[ProgressReporter]) -> Exported:
    written = _Written(target, reporters)
    try:
        with target:
            while batch := list(islice(rows, _PAGE)):
                written.add(batch)
            return written.finish()
    finally:
        written.close()


async def _write_async(rows: AsyncIterator[Row], target: Target, reporters: list[ProgressReporter]) -> Exported:
    """As `_write`; the disk is waited for in another thread."""
    written = _Written(target, reporters)
    try:
        with target:
            batch: list[Row] = []
            async for row in rows:
                batch.append(row)
                if len(batch) == _PAGE:
                    await _in_thread(written.add, batch)
                    batch = []
            await _in_thread(written.add, batch)
            return await _in_thread(written.finish)
    finally:
        written.close()


async def _in_thread(step: Callable[..., Result], *given: Any) -> Result:
    """Runs the step in another thread. Cancelled, it is waited for: the files are not taken away while it writes."""
    import asyncio

    under_way = asyncio.ensure_future(asyncio.to_thread(step, *given))
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        await asyncio.wait([under_way])
        raise
