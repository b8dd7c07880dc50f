"""`sync_metadata` for one partition, as an object that an engine sends to its workers and may run more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from sparkbot.batch import validation
from sparkbot.client import Client
from sparkbot.errors import InvalidArgumentError
from sparkbot.partitions import outcome_columns
from sparkbot.sync.api import stream_metadata, sync_metadata
from sparkbot.sync.options import OPTIONS, PartitionOptions, resolve
from sparkbot.sync.runner import SyncRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.options import Device
    from sparkbot.tabular.rows import Rows


_FILE = "would be a file on whichever machine runs the partition, and a task that is run again would begin it anew"
_OUTCOMES = "would be called in other processes, and again by a task that is run again"
#: Options of `sync_metadata` that can't be kept when a partition is run twice, or elsewhere, and what to do instead.
_REFUSED = {
    "journal": f"{_FILE}: give compare='service', which writes only what differs",
    "resume": "needs a journal: give compare='service', which writes only what differs",
    "restart": "needs a journal: leave it out",
    "report": f"{_FILE}: write the outcomes that you get",
    "dead_letters": f"{_FILE}: filter the outcomes that you get by sparkbot_status",
    "on_outcome": f"{_OUTCOMES}: use the outcomes that you get",
    "on_progress": f"{_OUTCOMES}: watch the engine's own page",
    "progress": "would be shown by other processes: watch the engine's own page",
    "max_failures_kept": "is of reports: all failures are among the outcomes that you get",
}
#: Failures in the report of a run that stopped, which travels with its error.
_FAILURES_KEPT = 20


class SyncPartition:
    """What a cluster runs for each partition: rows in, the same rows with their outcomes out.

    It holds no client, no connection and no API key: each run makes a client from these settings, with the key of the
    environment where it runs. Only a client made with `pickle_key=True` has its key travel along.

    Running a partition again, also twice at once, leaves contacts as one run does, as long as no contact has two rows: metadata
    is written by key, and a contact that is there already is not created again.

    Args:
        client: A `Client`, whose settings are taken; None to take all of them from the environment of the workers.
        device: The WhatsApp number, as for `sync_metadata`.
        partitions_at_once: How many partitions run at the same time. Each of them takes this share of `calls_per_second`.
        keep: Columns of the input that the outcomes have too; all when left out.
        options: Options of `sync_metadata`. A mapping's file is read now; `calls_per_second` is that of all partitions
            together, `concurrency` and `max_error_rate` are those of each.

    Raises:
        InvalidArgumentError: An option is wrong, or can't be kept when a partition is run again.
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
            raise InvalidArgumentError(f"a {type(client).__name__} is no Client: give one, or None", field="client")
        if isinstance(partitions_at_once, bool) or not isinstance(partitions_at_once, int) or partitions_at_once < 1:
            raise InvalidArgumentError(f"{partitions_at_once!r} is no whole number above 0", field="partitions_at_once")
        if isinstance(keep, str):
            raise InvalidArgumentError(f"a text is no list of columns: give [{keep!r}]", field="keep")
        _refuse(options)
        # Not the client itself: whoever passes this on, such as Dask's scheduler, would need the key to unpickle it.
        self._client: tuple[Callable[..., Client], tuple[Any, ...]] = client.__reduce__() if client else (Client, ())
        self._device = device
        self._at_once = partitions_at_once
        self._keep = None if keep is None else tuple(keep)
        self._options: dict[str, Any] = {**options, "progress": "off", "max_failures_kept": _FAILURES_KEPT}
        if (mapping := options.get("mapping")) is not None:
            self._options["mapping"] = _as_dict(mapping)
        validation.resolve_rate_limit(options.get("calls_per_second", "auto"), None)
        resolve(self._options)

    def check(self, rows: Rows) -> None:
        """Holds the options against the columns of the input, without rows: what is wrong is found before any work begins.

        Raises:
            InvalidArgumentError: An option is wrong, or a column to keep is not there.
            InputError: The columns can't be used.
        """
        outcome_columns.select_columns(rows.columns, self._keep)
        SyncRunner(None, self._device, rows, resolve(self._options)).prepare()
        sync_metadata(None, self._device, rows, **{**self._options, "dry_run": True})  # type: ignore[call-overload]

    def batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Syncs the rows of Arrow record batches, which are read as the run goes.

        Args:
            batches: `pyarrow.RecordBatch`es of one schema.

        Returns:
            A record batch for each that has rows, in their order: the kept columns, then `COLUMNS`. Leaving the loop stops the
            run.

        Raises:
            RunStopped: The run could not go on.
        """
        return outcome_columns.append_to_batches(batches, self._keep, self._run)

    def frame(self, frame: Any) -> Any:
        """Syncs the rows of a pandas frame.

        Args:
            frame: The frame. Without rows nothing is sent, and its outcomes have the same columns.

        Returns:
            A frame with its index: the kept columns, then `COLUMNS`.

        Raises:
            RunStopped: The run could not go on.
        """
        return outcome_columns.append_to_frame(frame, self._keep, self._run(frame) if len(frame) else ())

    def _run(self, rows: Any) -> Iterator[Outcome]:
        if self._options.get("dry_run"):
            yield from stream_metadata(None, self._device, rows, **self._options)  # type: ignore[call-overload]
            return
        make, given = self._client
        with make(*given) as client:
            options = {**self._options, "calls_per_second": self._share(client.base_url)}
            yield from stream_metadata(client, self._device, rows, **options)

    def _share(self, base_url: str) -> float | None:
        total = validation.resolve_rate_limit(self._options.get("calls_per_second", "auto"), base_url)
        return None if total is None else total / self._at_once

    def __repr__(self) -> str:
        # Engines log what they run, with all that it was given.
        return f"<{type(self).__name__} of {self._at_once} at once>"


def _refuse(options: Mapping[str, object]) -> None:
    for name in options:
        if name in _REFUSED:
            raise InvalidArgumentError(f"{name} {_REFUSED[name]}", field=name)
        if name not in PartitionOptions.__optional_keys__:
            allowed = ", ".join(option for option in OPTIONS if option in PartitionOptions.__optional_keys__)
            raise TypeError(f"unexpected option {name!r}: the options are {allowed}")
    if options.get("compare") == "journal":
        raise InvalidArgumentError(f"a journal {_REFUSED['journal']}", field="compare")


def _as_dict(mapping: Any) -> Mapping[str, Any]:
    """The mapping in a form that travels: the file is here and not where the partitions are."""
    from sparkbot.sync.columns.mapping import read, to_dict

    read(mapping)
    return to_dict(mapping)
