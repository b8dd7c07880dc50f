"""The destination: rows of a pipeline onto contacts, by `sync_metadata`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Unpack

from sparkbot.client import Client
from sparkbot.errors import ConfigError, InvalidArgumentError
from sparkbot.integrations.dlt.library import DestinationTerminalException, DestinationTransientException, TSecretStrValue, dlt
from sparkbot.sync.api import sync_metadata
from sparkbot.sync.errors import TooManyErrors
from sparkbot.sync.options import PartitionOptions, reject_unknown, resolve
from sparkbot.sync.report.writers import JsonLinesWriter, labeled_row
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sparkbot.batch.outcome import Status
    from sparkbot.sync.options import Device
    from sparkbot.sync.report.report import Report

BATCH_SIZE = 500
#: Errors that a second attempt does not change.
_FINAL = (ConfigError, InvalidArgumentError, InputError, TypeError)
_MEANINGS = {"failed": "were not written", "unknown": "may or may not have been written"}
#: Rows that an error names.
_MAX_ROWS_NAMED = 20


def destination(
    device: Device = None,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    dead_letters: str | os.PathLike[str] | None = None,
    batch_size: int = BATCH_SIZE,
    **options: Unpack[PartitionOptions],
) -> Any:
    """A dlt destination that writes rows as metadata onto contacts, as `sparkbot.sync_metadata` does.

    All tables of the pipeline are written, one batch at a time; dlt's own columns and tables are not. Rows are never deleted:
    with every write disposition, a row sets the keys that it has. dlt repeats a batch that raised an error, which is safe: a
    second write of the same metadata changes nothing.

    `device`, `api_key`, `base_url` and `dead_letters` can also be settings of dlt, such as `destination.sparkbot.device`, and the
    options a table of settings, `destination.sparkbot.options`.

    Args:
        device: The WhatsApp number to send through, as for `sync_metadata`.
        api_key: API key of the account; by default the environment variable SPARKBOT_API_KEY.
        base_url: Base URL of the service; by default SPARKBOT_BASE_URL.
        dead_letters: File (`.jsonl`) to which rows that can't be written are appended, with the reason. Without it, such a row
            fails the load.
        batch_size: Rows that are written at a time, and repeated after an error.
        options: Options of `sync_metadata` that have the same effect when a batch is written again, such as `id_column`,
            `mapping`, `on_missing`, `country_code` and `max_error_rate`; the latter applies to each batch.

    Returns:
        A destination, for `dlt.pipeline(destination=…)`.

    Raises:
        InvalidArgumentError: An option is invalid.

    Example:
        >>> import dlt
        >>> import sparkbot.dlt
        >>> destination = sparkbot.dlt.destination(device, id_column="phone", on_missing="create")
        >>> pipeline = dlt.pipeline("crm", destination=destination)
        >>> pipeline.run([{"phone": phone, "tier": "gold"}], table_name="customers").has_failed_jobs
        False
    """
    _check(options)
    if not isinstance(batch_size, int) or batch_size < 1:
        raise InvalidArgumentError(f"batch_size is {batch_size!r}: give a number of rows, 1 or more", field="batch_size")
    path = None if dead_letters is None else _check_path(os.fspath(dead_letters))
    key = None if api_key is None else _Key(api_key)
    given = {"device": device, "api_key": key, "base_url": base_url, "dead_letters": path, "options": options or None}
    arguments: Any = {name: value for name, value in given.items() if value is not None}
    return _destination(**{"batch_size": batch_size} | arguments)


class _Key(str):
    """An API key that is not in the `repr` of the destination, which has all arguments."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def _check(options: Mapping[str, Any]) -> None:
    reject_unknown(options, PartitionOptions.__optional_keys__)
    resolve(options)


def _check_path(path: str) -> str:
    if not path.lower().endswith(".jsonl"):
        raise InvalidArgumentError(f"dead_letters is {path!r}: give a path that ends in .jsonl", field="dead_letters")
    return path


def _write(
    items: Any,
    table: Any,
    api_key: TSecretStrValue | None = None,
    base_url: str | None = None,
    device: Any = None,
    dead_letters: str | None = None,
    options: dict[str, Any] | None = None,
) -> None:
    """Writes a batch. dlt repeats it after an error, unless that is terminal."""
    try:
        path = None if dead_letters is None else _check_path(dead_letters)
        report = _sync(_fill(items, table["columns"]), api_key, base_url, device, options or {})
    except TooManyErrors as error:
        # Its own message has the values of a row, and dlt logs what it gets.
        raise DestinationTerminalException(_describe(error.report, table, "failed")) from None
    except _FINAL as error:
        raise DestinationTerminalException(f"table {table['name']!r}: {error}") from None
    if report.unknown:
        raise DestinationTransientException(f"{_describe(report, table, 'unknown')}. Run the pipeline again: it is safe")
    if report.failed and path is None:
        raise DestinationTerminalException(f"{_describe(report, table, 'failed')}. Correct them, or keep them with dead_letters")
    if report.failed:
        _append(path, report)


def _sync(rows: Any, api_key: str | None, base_url: str | None, device: Device, options: Mapping[str, Any]) -> Report:
    _check(options)
    fixed: Any = {**options, "progress": "off", "max_failures_kept": len(rows)}
    with Client(api_key, base_url=base_url) as client:
        return sync_metadata(client, device, rows, **fixed)


def _fill(items: Any, columns: Collection[str]) -> Any:
    """The rows with all columns of the table: dlt leaves out cells without a value. Arrow batches have them."""
    return [dict.fromkeys(columns) | row for row in items] if isinstance(items, list) else items


def _describe(report: Any, table: Any, status: Status) -> str:
    """Which rows of the batch have the status, and why; without their values."""
    rows = [outcome.position for outcome in report.failures if outcome.status == status]
    named = ", ".join(rows[:_MAX_ROWS_NAMED]) + (", …" if len(rows) > _MAX_ROWS_NAMED else "")
    reasons = "; ".join(f"{kind.name}: {kind.examples[0]}" for kind in report.errors_by_type.values())
    return f"table {table['name']!r}: {len(rows)} of {report.rows} rows of the batch {_MEANINGS[status]} ({named}). {reasons}"


def _append(path: Any, report: Report) -> None:
    with open(path, "a", encoding="utf-8", newline="\n") as file:
        writer = JsonLinesWriter(file, labeled_row)
        for outcome in report.failures:
            writer.write(outcome)


#: Its missing arguments are settings of dlt.
_destination = dlt.destination(
    _write,
    name="sparkbot",
    batch_size=BATCH_SIZE,
    loader_file_format="typed-jsonl",
    # Several jobs at the same time would exceed the rate, and write the rows of a contact in no order.
    max_parallel_load_jobs=1,
    loader_parallelism_strategy="sequential",
)
