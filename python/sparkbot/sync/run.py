"""The main job: rows in, metadata on the contacts, one outcome a row."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

from sparkbot.sync.driver import Driver, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
    from os import PathLike

    from sparkbot.bulk.outcome import Outcome
    from sparkbot.bulk.progress import Display, Progress
    from sparkbot.client import AsyncClient, Client
    from sparkbot.sync.report import Report


class SyncOptions(TypedDict, total=False):
    """Options of `sync_metadata` and `stream_metadata`; their defaults are in `Settings`."""

    id_column: str | None
    map: Mapping[str, str] | None
    only: Collection[str] | None
    exclude: Collection[str] | None
    country_code: str | None
    empty: Literal["skip", "clear", "fail"]
    on_missing: Literal["fail", "create", "skip"]
    concurrency: int
    calls_per_second: float | Literal["auto"] | None
    on_outcome: Callable[[Outcome], object] | None
    on_progress: Callable[[Progress], object] | None
    progress: Display
    report: str | PathLike[str] | None
    dry_run: bool
    max_failures_kept: int


@overload
def sync_metadata(client: Client, device: str, rows: Any, **options: Unpack[SyncOptions]) -> Report: ...
@overload
def sync_metadata(client: AsyncClient, device: str, rows: Any, **options: Unpack[SyncOptions]) -> Awaitable[Report]: ...
def sync_metadata(
    client: Client | AsyncClient, device: str, rows: Any, **options: Unpack[SyncOptions]
) -> Report | Awaitable[Report]:
    """Write the rows of a CRM as metadata onto WhatsApp contacts.

    A row that can't be written is counted and explained in the report, and the others go on. The run as a whole stops, with
    `RunStopped`, when the key is refused, when the device is gone, or when `3 * concurrency` rows one after the other get no
    answer.
    Rows of one contact are written in their order, never at once, so the last one wins. Running the same rows again is safe.

    Args:
        client: A `Client`, or an `AsyncClient`: then the call is awaited.
        device: The WhatsApp number to work through: its id, phone number or alias.
        rows: Mappings of column to value, a pandas or polars frame, or the path of a CSV or JSON lines file. Read as the run
            goes, so that a generator of any length works.
        id_column: Column that names the contact, by phone number or wid; found by its name when left out.
        map: Column to metadata key, where they differ.
        only: Take no other columns than these and those of `map`.
        exclude: Leave these columns out.
        country_code: Calling code of numbers without one: `"44"`.
        empty: Empty cells: `skip` leaves the key out, `clear` writes the empty text, `fail` refuses the row.
        on_missing: Contacts that do not exist: `fail` the row, `create` the contact, or `skip` the row.
        concurrency: Calls at the same time.
        calls_per_second: `"auto"` is 10, the limit that clients of the service report, and no limit for a service on this
            machine; None is no limit.
        on_outcome: Called with the outcome of every row, in order.
        on_progress: Called with a `Progress` at most four times a second, and once at the end.
        progress: `auto` shows a bar in a notebook, `bar` on a terminal as well (lines elsewhere), `lines`, or `off`.
        report: File for the outcomes of all rows, by its ending `.csv` or `.jsonl`.
        dry_run: Plan every row and send nothing; the service is not needed.
        max_failures_kept: How many failures the report keeps.

    Returns:
        A `Report`: counts, kinds of errors, the first failures. Ctrl-C, a cancellation or any other exception that ends the
        run has the report so far as its `report`; writes that it cut off are `unknown` there.

    Raises:
        InputError: Nothing was sent: the rows or their columns can't be used.
        RunStopped: The run could not go on; its `report` says what was done.
    """
    driver = Driver(client, device, rows, Settings(**options))
    return _finish_async(driver) if driver.is_async else _finish(driver)


@overload
def stream_metadata(client: Client, device: str, rows: Any, **options: Unpack[SyncOptions]) -> Iterator[Outcome]: ...
@overload
def stream_metadata(client: AsyncClient, device: str, rows: Any, **options: Unpack[SyncOptions]) -> AsyncIterator[Outcome]: ...
def stream_metadata(
    client: Client | AsyncClient, device: str, rows: Any, **options: Unpack[SyncOptions]
) -> Iterator[Outcome] | AsyncIterator[Outcome]:
    """Like `sync_metadata`, but gives the outcome of each row as it comes: `for`, or `async for` with an `AsyncClient`.

    Leaving the loop stops the run: nothing more is sent.
    """
    driver = Driver(client, device, rows, Settings(**options))
    return driver.stream_async() if driver.is_async else driver.stream()


def _finish(driver: Driver) -> Report:
    outcomes = driver.stream()
    try:
        for _ in outcomes:
            pass
    except BaseException as error:
        outcomes.close()
        _attach(driver.report, error)
        raise
    return driver.report


async def _finish_async(driver: Driver) -> Report:
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
