"""`sync_metadata` for one partition, as an object that an engine sends to its workers and can run repeatedly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from sparkbot.batch import validation
from sparkbot.client import Client
from sparkbot.errors import InvalidArgumentError
from sparkbot.partitions import outcome_columns
from sparkbot.sync.api import stream_metadata, sync_metadata
from sparkbot.sync.columns.mapping import read as read_mapping
from sparkbot.sync.columns.mapping import to_dict
from sparkbot.sync.options import PartitionOptions, reject_unknown, resolve
from sparkbot.sync.runner import SyncRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.options import Device
    from sparkbot.tabular.rows import Rows


_FILE = "would be a file on the machine that runs the partition, and a retried task would overwrite it"
_OUTCOMES = "would be called in other processes, and repeatedly by a retried task"
#: Options of `sync_metadata` that are not supported for partitions: why, and the alternative.
_UNSUPPORTED = {
    "journal": f"{_FILE}: pass compare='service', which writes only what differs",
    "resume": "needs a journal: pass compare='service', which writes only what differs",
    "restart": "needs a journal: omit it",
    "report": f"{_FILE}: write the returned outcomes",
    "dead_letters": f"{_FILE}: filter the returned outcomes by sparkbot_status",
    "on_outcome": f"{_OUTCOMES}: use the returned outcomes",
    "on_progress": f"{_OUTCOMES}: use the engine's dashboard",
    "progress": "would be shown by other processes: use the engine's dashboard",
    "max_failures_kept": "applies to reports: the returned outcomes include all failures",
}
#: Maximum number of failures in the report of a stopped run, which is pickled with its error.
_FAILURES_KEPT = 20


class SyncPartition:
    """The sync of a partition: its input are rows, its output are the same rows with their outcomes.

    It has no client, connection or API key: each run creates a client from the settings, with the key from the environment of
    its process. Only a client created with `pickle_key=True` includes its key.

    Running a partition twice, also concurrently, has the effect of one run if no contact has two rows: metadata is written by
    key, and an existing contact is not created a second time.

    Args:
        client: A `Client`, whose settings are used; None to read all settings from the environment of the workers.
        device: The WhatsApp number, as for `sync_metadata`.
        partitions_at_once: Number of partitions that run concurrently. `calls_per_second` is divided by it.
        keep: Input columns to include in the result; by default all.
        options: Options of `sync_metadata`. The file of a mapping is read immediately; `calls_per_second` applies to all
            partitions together, `concurrency` and `max_error_rate` to each.

    Raises:
        InvalidArgumentError: An option is invalid, or not supported for partitions.
        InputError: The mapping can't be used.

    Example:
        >>> import pyarrow
        >>> from sparkbot.partitions import SyncPartition
        >>> partition = SyncPartition(client, device, partitions_at_once=4, calls_per_second=10)
        >>> rows = pyarrow.RecordBatch.from_pylist([{"phone": phone, "tier": "gold"}])
        >>> [batch.column("sparkbot_status").to_pylist() for batch in partition.batches([rows])]
        [['ok']]
    """

    def __init__(
        self,
        client: Client | None,
        device: Device,
        *,
        partitions_at_once: int,
        keep: Collection[str] | None = None,
        **options: Unpack[PartitionOptions],
    ) -> None:
        if not (client is None or isinstance(client, Client)):
            raise InvalidArgumentError(f"client is of type {type(client).__name__}: pass a Client, or None", field="client")
        if isinstance(partitions_at_once, bool) or not isinstance(partitions_at_once, int) or partitions_at_once < 1:
            raise InvalidArgumentError(f"{partitions_at_once!r} is not a positive integer", field="partitions_at_once")
        if isinstance(keep, str):
            raise InvalidArgumentError(f"keep is a string, not a list of columns: pass [{keep!r}]", field="keep")
        _reject_unsupported(options)
        # Not the client itself: a process that only forwards this object, such as Dask's scheduler, would need the key.
        self._client: tuple[Callable[..., Client], tuple[Any, ...]] = client.__reduce__() if client else (Client, ())
        self._device = device
        self._at_once = partitions_at_once
        self._keep = None if keep is None else tuple(keep)
        self._options: dict[str, Any] = {**options, "progress": "off", "max_failures_kept": _FAILURES_KEPT}
        if (mapping := options.get("mapping")) is not None:
            # Workers don't have the file.
            read_mapping(mapping)
            self._options["mapping"] = to_dict(mapping)
        validation.resolve_rate_limit(options.get("calls_per_second", "auto"), None)
        resolve(self._options)

    def check(self, rows: Rows) -> None:
        """Validates the options with the columns of the input, before any row is read.

        Raises:
            InvalidArgumentError: An option is invalid, or a column to keep does not exist.
            InputError: The columns can't be used.
        """
        outcome_columns.select_columns(rows.columns, self._keep)
        SyncRunner(None, self._device, rows, resolve(self._options)).prepare()
        sync_metadata(None, self._device, rows, **{**self._options, "dry_run": True})  # type: ignore[call-overload]

    def batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Syncs the rows of Arrow record batches, which are read lazily.

        Args:
            batches: `pyarrow.RecordBatch`es with the same schema.

        Returns:
            A record batch for each input batch with rows, in order: the kept columns, then `COLUMNS`. Leaving the loop stops
            the run.

        Raises:
            RunStopped: The run was aborted.
        """
        return outcome_columns.append_to_batches(batches, self._keep, self._run)

    def frame(self, frame: Any) -> Any:
        """Syncs the rows of a pandas frame.

        Args:
            frame: The frame. If it is empty, nothing is sent, and the result has the same columns.

        Returns:
            A frame with the same index: the kept columns, then `COLUMNS`.

        Raises:
            RunStopped: The run was aborted.
        """
        return outcome_columns.append_to_frame(frame, self._keep, self._run(frame) if len(frame) else ())

    def _run(self, rows: Any) -> Iterator[Outcome]:
        if self._options.get("dry_run"):
            yield from stream_metadata(None, self._device, rows, **self._options)  # type: ignore[call-overload]
            return
        create, arguments = self._client
        with create(*arguments) as client:
            total = validation.resolve_rate_limit(self._options.get("calls_per_second", "auto"), client.base_url)
            options = {**self._options, "calls_per_second": None if total is None else total / self._at_once}
            yield from stream_metadata(client, self._device, rows, **options)

    def __repr__(self) -> str:
        # Engines log the object with its attributes.
        return f"<{type(self).__name__} of {self._at_once} at once>"


def _reject_unsupported(options: Mapping[str, object]) -> None:
    for name in options:
        if name in _UNSUPPORTED:
            raise InvalidArgumentError(f"{name} {_UNSUPPORTED[name]}", field=name)
    reject_unknown(options, PartitionOptions.__optional_keys__)
    if options.get("compare") == "journal":
        raise InvalidArgumentError(f"a journal {_UNSUPPORTED['journal']}", field="compare")
