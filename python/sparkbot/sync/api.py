"""The main job: rows in, metadata on the contacts, one outcome a row."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

from sparkbot.sync.options import Settings
from sparkbot.sync.runner import SyncRunner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
    from os import PathLike

    from sparkbot.batch.outcome import Outcome
    from sparkbot.batch.progress import Display, Progress
    from sparkbot.client import AsyncClient, Client
    from sparkbot.sync.options import Device
    from sparkbot.sync.report.report import Report


class SyncOptions(TypedDict, total=False):
    """Options of `sync_metadata` and `stream_metadata`; their defaults are in `Settings`."""

    mapping: str | PathLike[str] | Mapping[str, Any] | None
    id_column: str | None
    map: Mapping[str, str] | None
    only: Collection[str] | None
    exclude: Collection[str] | None
    device_column: str | None
    country_code: str | None
    empty: Literal["skip", "clear", "fail"]
    on_missing: Literal["fail", "create", "skip"]
    compare: Literal["service", "journal"] | None
    via: Literal["rows", "bulk"]
    journal: str | PathLike[str] | None
    resume: bool
    restart: bool
    concurrency: int
    calls_per_second: float | Literal["auto"] | None
    offline_patience: float
    max_error_rate: float | None
    on_outcome: Callable[[Outcome], object] | None
    on_progress: Callable[[Progress], object] | None
    progress: Display
    report: str | PathLike[str] | None
    dead_letters: str | PathLike[str] | None
    dry_run: bool
    max_failures_kept: int


@overload
def sync_metadata(client: Client, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Report: ...
@overload
def sync_metadata(client: AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Awaitable[Report]: ...
def sync_metadata(
    client: Client | AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]
) -> Report | Awaitable[Report]:
    """Write the rows of a CRM as metadata onto WhatsApp contacts.

    A row that can't be written is counted and explained in the report, and the others go on. The run as a whole stops, with
    `RunStopped`, when the key is refused, when the device is gone, or when `3 * concurrency` rows one after the other get no
    answer; also by `max_error_rate`. A device that is offline keeps its own rows waiting, not those of other devices.
    Rows of one contact are written in their order, never at once, so the last one wins. Running the same rows again is safe.

    Args:
        client: A `Client`, or an `AsyncClient`: then the call is awaited.
        device: The WhatsApp number to work through: its id, phone number or alias; or a function that gives it for each row;
            or None where `device_column` or the mapping does.
        rows: The path of a CSV, JSON lines or Parquet file; a pandas or polars frame; what gives Arrow, such as a DuckDB
            relation; or mappings of column to value, rows of SQLAlchemy or sqlite3, or a Django queryset of `.values()`. Read
            as the run goes, so that a generator of any length works. Parquet and Arrow need the extra `arrow`.
        mapping: TOML file that says which columns name contact and number, and what each metadata key is made of, with
            types, formats, defaults and constants; or a dict of the same shape.
        id_column: Column that names the contact, by phone number or wid; found by its name when left out.
        map: Column to metadata key, where they differ.
        only: Take no other columns than these and those of `map`.
        exclude: Leave these columns out.
        device_column: Column that names the WhatsApp number of each row; where it is empty, `device` is taken.
        country_code: Calling code of numbers without one: `"44"`.
        empty: Empty cells: `skip` leaves the key out, `clear` writes the empty text, `fail` refuses the row.
        on_missing: Contacts that do not exist: `fail` the row, `create` the contact, or `skip` the row.
        compare: Rows without anything new are skipped as `unchanged`: `service` reads each contact first and writes only keys
            that differ, `journal` goes by what earlier runs with the same journal have written.
        via: `rows` writes each row by a call of its own, `bulk` 50 rows by one, through "Bulk Create Contacts". That this call
            takes metadata and keeps other keys is assumed, so some rows are read back, and the run stops where they show
            otherwise. Needs `on_missing="create"`.
        journal: File that knows of each row whether it is done; an outcome is on the disk before it counts.
        resume: Go on with the run of the journal: rows that are `ok` or `skipped` are not sent again, all others are. A journal
            that does not exist yet is begun.
        restart: Begin anew although the run of the journal was not finished.
        concurrency: Calls at the same time.
        calls_per_second: `"auto"` is 10, the limit that clients of the service report, and no limit for a service on this
            machine; None is no limit.
        offline_patience: Seconds that the rows of an offline device wait for it before they fail.
        max_error_rate: Stop when a larger share of the rows has failed, such as 0.05, once there are 20.
        on_outcome: Called with the outcome of every row, in order.
        on_progress: Called with a `Progress` at most four times a second, and once at the end.
        progress: `auto` shows a bar in a notebook, `bar` on a terminal as well (lines elsewhere), `lines`, or `off`.
        report: File for the outcomes of all rows, by its ending `.csv` or `.jsonl`; or for what came of the run as a whole, as a
            page with plots (`.html`) or as data (`.json`).
        dead_letters: File for the rows that were not written, in their own columns and with the reason, `.csv` or `.jsonl`; it
            can be mended and given as `rows` again.
        dry_run: Plan every row and send nothing; the service is not needed.
        max_failures_kept: How many failures the report keeps.

    Returns:
        A `Report`: counts, kinds of errors, the first failures. Ctrl-C, a cancellation or any other exception that ends the
        run has the report so far as its `report`; writes that it cut off are `unknown` there.

    Raises:
        InputError: Nothing was sent: the rows or their columns can't be used.
        JournalError: The journal is in use, is of another run, or of one that was not finished.
        RunStopped: The run could not go on; its `report` says what was done.

    Example:
        >>> mapping = {
        ...     "phone": {"column": "mobile", "country_code": "44"},
        ...     "metadata": {"source": {"constant": "crm"}, "renewal": {"column": "due", "type": "date", "format": "%d.%m.%Y"}},
        ... }
        >>> rows = [{"mobile": "07362 053576", "due": "31.12.2026"}]
        >>> report = sparkbot.sync_metadata(client, device, rows, mapping=mapping)
    """
    driver = _prepared(client, device, rows, options)
    return _finish_async(driver) if driver.is_async else _finish(driver)


@overload
def stream_metadata(client: Client, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Iterator[Outcome]: ...
@overload
def stream_metadata(client: AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> AsyncIterator[Outcome]: ...
def stream_metadata(
    client: Client | AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]
) -> Iterator[Outcome] | AsyncIterator[Outcome]:
    """Like `sync_metadata`, but gives the outcome of each row as it comes: `for`, or `async for` with an `AsyncClient`.

    Leaving the loop stops the run: nothing more is sent.
    """
    driver = _prepared(client, device, rows, options)
    return driver.stream_async() if driver.is_async else driver.stream()


def _prepared(client: Any, device: Device, rows: Any, options: SyncOptions) -> SyncRunner:
    driver = SyncRunner(client, device, rows, Settings(**options))
    if not driver.is_async:
        # An awaited run reads its input where it is awaited, in another thread.
        driver.prepare()
    return driver


def _finish(driver: SyncRunner) -> Report:
    outcomes = driver.stream()
    try:
        for _ in outcomes:
            pass
    except BaseException as error:
        outcomes.close()
        _attach(driver.report, error)
        raise
    return driver.report


async def _finish_async(driver: SyncRunner) -> Report:
    outcomes = driver.stream_async()
    try:
        async for _ in outcomes:
            pass
    except BaseException as error:
        await outcomes.aclose()
        _attach(driver.report, error)
        raise
    return driver.report


def _attach(report: Report, error: BaseException) -> None:
    """Whatever ended the run, Ctrl-C above all: what was done is still in hand."""
    if not hasattr(error, "report"):
        error.report = report  # type: ignore[attr-defined]


def _show_options(function: Any) -> None:
    """Lets `help()` and notebooks show the options one by one, with their defaults."""
    options = [option.replace(kind=option.KEYWORD_ONLY) for option in signature(Settings).parameters.values()]
    shown = signature(function)
    own = [parameter for parameter in shown.parameters.values() if parameter.kind is not parameter.VAR_KEYWORD]
    function.__signature__ = shown.replace(parameters=[*own, *options])


_show_options(sync_metadata)
_show_options(stream_metadata)
