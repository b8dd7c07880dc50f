"""The public functions: write the rows of a CRM as metadata onto contacts."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, Unpack, overload

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync.options import OPTIONS, SyncOptions, resolve
from sparkbot.sync.report.report import Report
from sparkbot.sync.runner import SyncRunner
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterator

    from sparkbot.batch.outcome import Outcome
    from sparkbot.client import AsyncClient, Client
    from sparkbot.sync.options import Device


@overload
def sync_metadata(client: Client, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Report: ...
@overload
def sync_metadata(client: AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Awaitable[Report]: ...
def sync_metadata(
    client: Client | AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]
) -> Report | Awaitable[Report]:
    """Write the rows of a CRM as metadata onto WhatsApp contacts.

    A row that can't be written is counted and explained in the report; the run continues. The run stops with `RunStopped` when
    the API key is rejected, when the device does not exist, when `3 * concurrency` rows in a row get no response, or when
    `max_error_rate` is exceeded. Rows of an offline device wait for it; rows of other devices do not. Rows of one contact are
    written in order, never concurrently, so the last one wins. Running the same rows again is safe.

    Args:
        client: A `Client`, or an `AsyncClient`; with the latter the call is awaited.
        device: The WhatsApp number to send through: its id, phone number or alias; or a function that returns one for each row;
            or None if `device_column` or the mapping names it.
        rows: Path of a CSV, JSON, Parquet or Excel (`.xlsx`) file, also compressed (`.gz`, `.zip`, `.zst`, `.bz2`, `.xz`); a
            folder of such files, a pattern such as `data/*.csv`, a URL such as `s3://…`, or `-` for standard input; a pandas or
            polars frame; an Arrow source such as a DuckDB relation; or mappings of column to value, objects with fields
            (dataclasses, attrs, pydantic), rows of SQLAlchemy or sqlite3, or a Django queryset of `.values()`. Read lazily, so a
            generator of any length works. Parquet and Arrow need the extra `arrow`, workbooks `excel`, `.zst` files `zstd`, URLs
            `remote` and the package of their file system.
        mapping: TOML file that maps columns to contact, device and metadata keys, with types, formats, defaults and constants;
            in Python also a dict of the same shape.
        id_column: Column that identifies the contact, by phone number or wid; of several columns the first that is not empty.
            If omitted, it is detected by its name: a mobile number comes before others, and two of the same kind stop the run.
        map: Metadata key for a column whose name is not the key.
        only: Write only these columns and those of `map`.
        exclude: Columns to leave out.
        keys: Metadata keys of columns without one: `header` takes the column's name, `snake` makes a valid key of it, so that
            `First Name` becomes `first_name`. The report notes them.
        null_words: Cells that count as empty, as other programs write missing values; by default `NULL`, `null`, `#N/A`, `NaN`,
            `nan`, `<NA>`, `None`, `NaT` and `#NULL!`, and none in an export. The report counts them.
        device_column: Column that names the WhatsApp number of each row; where it is empty, `device` is used.
        country_code: Country of numbers without a country code: its calling code, such as `44`, or its region, such as `GB`.
        country_column: Column that names the country of each row, in the same forms; where it is empty, `country_code` is used.
            It is written as metadata too, unless it is excluded.
        ambiguous: Digits that are valid as a national number and as one of another country: `refuse` the row unless the national
            one is a mobile number, or take the `national` one. The report counts the numbers with a second reading.
        several: Cells with several phone numbers: `fail` the row, or take the `first`.
        empty: Empty cells: `skip` omits the key, `clear` writes an empty text if the contact has the key, which takes one more
            call, `fail` rejects the row.
        on_missing: Contacts that do not exist: `fail` the row, `create` the contact, or `skip` the row.
        resolve: When to ask the service, by `numbers.exists`, for the wid of a number, which may be an older form: Mexican
            accounts may have a 1 after 52, Brazilian ones eight digits. `missing` asks if no contact has the number itself and
            before a contact is created, `all` before the first write, `off` never; by default `missing` with `on_missing`
            `create`, else `off`. A number is looked up once, and a journal remembers the wid, masked.
        concurrency: Maximum number of concurrent calls.
        calls_per_second: Rate limit. `auto` is 10, the limit reported by clients of the service, and no limit for a service on
            this machine; None (`none`) is no limit.
        offline_timeout: Seconds that rows of an offline device wait for it before they fail.
        max_error_rate: Stop when the share of failed rows exceeds this, such as 0.05; checked from 20 rows on.
        dry_run: Check every row and estimate calls and time; nothing is sent, no service is needed.
        encoding: Encoding of a text file, such as `cp1252`; UTF-8, or that of the byte order mark, if omitted.
        delimiter: Delimiter of a CSV file: one character, or `tab`; detected if omitted.
        sheet: Sheet of an Excel workbook; needed if several have cells.
        skip_footer: Lines to skip at the end of a CSV file or a sheet. Lines with a single cell of text, below a table of three
            columns or more, are skipped and noted without it.
        fail_on_empty: Raise `InputError` if the input has no rows. Without it the report notes that.
        compare: Skip rows that change nothing: `service` reads each contact first and writes only keys that differ, `journal`
            compares with what earlier runs with the same journal wrote.
        via: `rows` writes each row by one call, `bulk` 50 rows by one call of "Bulk Create Contacts". That this call stores
            metadata and keeps other keys is assumed: some rows are read back, and the run stops if they differ. Needs
            `on_missing` `create`.
        journal: File that records the state of each row, so that the run can be resumed; an outcome is on disk before it counts.
        on_removed: Contacts that an earlier run with this journal wrote and that the input no longer has: `ignore` them, or
            `clear` the keys that it wrote to them. The contacts of the number are listed to find them. If there is doubt who left
            the input, nothing is cleared and the run ends with `RunStopped`; a contact whose values are no longer those that were
            written fails. With `dry_run` they are counted.
        max_removed_rate: The share of the contacts of earlier runs that may leave the input at once.
        resume: Continue the run in the journal: rows that are `ok` or `skipped` are not sent again. Without a journal file a new
            run starts.
        restart: Start a new run although the run in the journal is unfinished.
        on_outcome: Called with the outcome of every row, in order. Those of contacts that left the input have no `input`.
        on_progress: Called with a `Progress` at most four times a second, and once at the end.
        progress: `auto` shows a bar in a notebook, `bar` or True also on a terminal (lines elsewhere), `lines`; `off` or False
            shows nothing. A function is called as `on_progress` is.
        report: File for the outcome of every row (`.csv`, `.jsonl`), or for a summary of the run with charts (`.html`) or as data
            (`.json`).
        dead_letters: File for the rows that were not written, in their own columns and with the reason, `.csv` or `.jsonl`; it
            can be fixed and synced again.
        max_failures_kept: Maximum number of failures kept in the report.

    Returns:
        A `Report`: counts, errors by type, the first failures. If Ctrl-C, a cancellation or another exception ends the run, the
        exception has the report so far as its `report`; writes that were interrupted are `unknown` there.

    Raises:
        InputError: The rows or their columns can't be used. Nothing was sent.
        JournalError: The journal is in use, belongs to another run, or holds an unfinished run.
        RunStopped: The run was aborted; its `report` holds the results so far.

    Example:
        >>> mapping = {
        ...     "phone": {"column": "mobile", "country_code": "44"},
        ...     "metadata": {"source": {"constant": "crm"}, "renewal": {"column": "due", "type": "date", "format": "%d.%m.%Y"}},
        ... }
        >>> rows = [{"mobile": "07362 053576", "due": "31.12.2026"}]
        >>> report = sparkbot.sync_metadata(client, device, rows, mapping=mapping)
    """
    runner = _make_runner(client, device, rows, options)
    return _finish_async(runner) if runner.is_async else _finish(runner)


@overload
def stream_metadata(client: Client, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> Iterator[Outcome]: ...
@overload
def stream_metadata(client: AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]) -> AsyncIterator[Outcome]: ...
def stream_metadata(
    client: Client | AsyncClient, device: Device, rows: Any, **options: Unpack[SyncOptions]
) -> Iterator[Outcome] | AsyncIterator[Outcome]:
    """Like `sync_metadata`, but yields the outcome of each row: `for`, or `async for` with an `AsyncClient`.

    Leaving the loop stops the run; nothing more is sent.
    """
    runner = _make_runner(client, device, rows, options)
    return runner.stream_async() if runner.is_async else runner.stream()


@overload
def retry_failed(client: Client, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]) -> Report: ...
@overload
def retry_failed(
    client: AsyncClient, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]
) -> Awaitable[Report]: ...
def retry_failed(
    client: Client | AsyncClient, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]
) -> Report | Awaitable[Report]:
    """Sync the failed and unknown rows of a run again, in order and with the options of that run.

    The rows come from the report if it keeps all of them, else from the run's dead letters, which may have been fixed in
    between. Resume a run that has a journal instead, with `sync_metadata(…, resume=True)`; that sends its failed rows again too.
    Later rows of the same contact that were written are not written again, so the retried row wins.

    Args:
        client: A `Client`, or an `AsyncClient`; with the latter the call is awaited.
        report: What `sync_metadata` returned, or the `report` of an exception that ended it.
        device: The WhatsApp number, if the run had a function to choose it; the report does not keep that function.
        options: Options of `sync_metadata` that differ from the first run, such as `on_missing`.

    Returns:
        The `Report` of the second run; its rows are the failed rows only.

    Raises:
        InputError: Neither the report nor a file of dead letters has the failed rows.
        RunStopped: The run was aborted.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> retried = sparkbot.retry_failed(client, report, on_missing="create")
    """
    if not isinstance(report, Report):
        raise InvalidArgumentError(
            f"report is of type {type(report).__name__}: give what sync_metadata returned; sync a file of dead letters like any "
            "other file, with sync_metadata",
            field="report",
        )
    if options.get("on_removed") == "clear":
        raise InvalidArgumentError(
            "the failed rows are a part of the input, so on_removed would clear the contacts of all others: remove it",
            field="on_removed",
        )
    merged: Any = {**report.options, **options}
    return sync_metadata(client, device if device is not None else report.device, _failed_rows(report), **merged)


def _failed_rows(report: Report) -> Any:
    failed = report.failed + report.unknown
    if len(report.failures) == failed:
        return [outcome.input for outcome in report.failures if outcome.input]
    if report.dead_letters is not None:
        return report.dead_letters
    raise InputError(
        f"the report keeps {len(report.failures):,} of {failed:,} failed rows: give dead_letters= or a higher max_failures_kept "
        "to the run; resume a run that has a journal"
    )


def _make_runner(client: Any, device: Device, rows: Any, options: SyncOptions) -> SyncRunner:
    runner = SyncRunner(client, device, rows, resolve(options))
    if not runner.is_async:
        # An awaited run reads its input when it is awaited, in another thread.
        runner.prepare()
    return runner


def _finish(runner: SyncRunner) -> Report:
    outcomes = runner.stream()
    try:
        for _ in outcomes:
            pass
    except BaseException as error:
        outcomes.close()
        _attach_report(runner.report, error)
        raise
    return runner.report


async def _finish_async(runner: SyncRunner) -> Report:
    outcomes = runner.stream_async()
    try:
        async for _ in outcomes:
            pass
    except BaseException as error:
        await outcomes.aclose()
        _attach_report(runner.report, error)
        raise
    return runner.report


def _attach_report(report: Report, error: BaseException) -> None:
    """Any exception that ends a run carries the report, above all KeyboardInterrupt."""
    if not hasattr(error, "report"):
        error.report = report  # type: ignore[attr-defined]


def _expose_signature(function: Any) -> None:
    """Lets `help()` and notebooks show each option with its default."""
    own = [parameter for parameter in signature(function).parameters.values() if parameter.kind is not Parameter.VAR_KEYWORD]
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=option.default, annotation=hint)
        for name, (hint, option) in OPTIONS.items()
    ]
    function.__signature__ = signature(function).replace(parameters=[*own, *options])


_expose_signature(sync_metadata)
_expose_signature(stream_metadata)
