"""A second run over the rows that the first one could not write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack, overload

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync.api import SyncOptions, sync_metadata
from sparkbot.sync.errors import InputError
from sparkbot.sync.report.report import Report

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from sparkbot.client import AsyncClient, Client
    from sparkbot.sync.options import Device


@overload
def retry_failed(client: Client, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]) -> Report: ...
@overload
def retry_failed(
    client: AsyncClient, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]
) -> Awaitable[Report]: ...
def retry_failed(
    client: Client | AsyncClient, report: Report, device: Device = None, /, **options: Unpack[SyncOptions]
) -> Report | Awaitable[Report]:
    """Sync the failed and unknown rows of a run again, in their order and with the options of that run.

    The rows come from the report where it keeps all of them, else from the run's dead letters, which may have been mended in
    between. A run with a journal is resumed instead, by `sync_metadata(…, resume=True)`: its failed rows are then sent again
    too. A later row of the same contact that was written meanwhile is not written once more, so the retried row wins.

    Args:
        client: A `Client`, or an `AsyncClient`: then the call is awaited.
        report: What `sync_metadata` returned, or the `report` of an exception that ended it.
        device: The WhatsApp number, where the run had a function to choose it; that function is not kept in the report.
        options: Options of `sync_metadata` that are to be other than in the first run, such as `on_missing`.

    Returns:
        The `Report` of the second run; its rows are the failed ones only.

    Raises:
        InputError: The failed rows are neither in the report nor in a file of dead letters.
        RunStopped: The run could not go on.

    Example:
        >>> report = sparkbot.sync_metadata(client, device, rows)
        >>> again = sparkbot.retry_failed(client, report, on_missing="create")
    """
    if not isinstance(report, Report):
        raise InvalidArgumentError(
            f"a {type(report).__name__} is no report: give what sync_metadata returned; a file of dead letters is synced "
            "like any other file, with sync_metadata",
            field="report",
        )
    chosen = device if device is not None else report.device
    repeated: Any = {**report.options, **options}
    return sync_metadata(client, chosen, _failed_rows(report), **repeated)


def _failed_rows(report: Report) -> Any:
    failed = report.failed + report.unknown
    if len(report.failures) == failed:
        return [outcome.input for outcome in report.failures if outcome.input]
    if report.dead_letters is not None:
        return report.dead_letters
    raise InputError(
        f"the report keeps {len(report.failures):,} of {failed:,} failed rows: give dead_letters= to the run, or a higher "
        "max_failures_kept; a run with a journal is resumed instead"
    )
