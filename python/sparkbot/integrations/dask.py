"""`sync_metadata` over the partitions of a Dask data frame. Needs the extra `sparkbot[dask]`.

    >>> import sparkbot.dask
    >>> import dask.dataframe
    >>> frame = dask.dataframe.from_dict({"phone": [phone], "tier": ["gold"]}, npartitions=1)
    >>> outcomes = sparkbot.dask.sync_metadata(client, device, frame, partitions_at_once=1)
    >>> list(outcomes.compute().sparkbot_status)
    ['ok']

Nothing is sent before the outcomes are computed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Unpack
from uuid import uuid4

from sparkbot._annotations import make_public

try:
    _frames: Any = import_module("dask.dataframe")
except ImportError as error:
    raise ImportError("sparkbot.dask needs Dask: pip install 'sparkbot[dask]'", name=error.name) from error

from sparkbot.errors import InvalidArgumentError
from sparkbot.partitions import PartitionOptions, SyncPartition
from sparkbot.tabular import sources

if TYPE_CHECKING:
    from collections.abc import Collection

    from sparkbot.client import Client
    from sparkbot.sync.options import Device

__all__ = ["sync_metadata"]


def sync_metadata(
    client: Client | None,
    device: Device,
    frame: Any,
    *,
    partitions_at_once: int,
    keep: Collection[str] | None = None,
    **options: Unpack[PartitionOptions],
) -> Any:
    """Write the rows of a Dask data frame as metadata onto WhatsApp contacts, on the workers that have them.

    A partition that is recomputed, because its worker died or its outcomes were dropped, is written a second time. That changes
    nothing if no contact has two rows.

    Args:
        client: A `Client`, whose settings are sent to the workers without the API key: they read `SPARKBOT_API_KEY` from their
            environment. With None they read all settings from there.
        device: The WhatsApp number to work through, as for `sparkbot.sync_metadata`.
        frame: A `dask.dataframe.DataFrame`.
        partitions_at_once: Number of partitions that the cluster computes concurrently: its threads, at most the number of
            partitions. `calls_per_second` is divided by it.
        keep: Input columns to include in the result; by default all.
        options: The options of `sparkbot.sync_metadata` that have the same effect when a partition runs a second time.
            `calls_per_second` applies to all partitions together, `concurrency` and `max_error_rate` to each.

    Returns:
        A data frame with the index of `frame`, the kept columns, and the columns of reports: `sparkbot_row` (in the
        partition), `sparkbot_status`, `sparkbot_contact`, `sparkbot_error`, `sparkbot_message`, `sparkbot_attempts`. It is
        lazy: compute or store it once.

    Raises:
        InvalidArgumentError: An option is invalid, or not supported for partitions.
        InputError: The columns can't be used.

    Example:
        >>> outcomes = sparkbot.dask.sync_metadata(client, device, frame, partitions_at_once=4, calls_per_second=10)
        >>> failed = outcomes[outcomes.sparkbot_status.isin(["failed", "unknown"])].compute()
    """
    if not isinstance(frame, _frames.DataFrame):
        raise InvalidArgumentError(f"frame is of type {type(frame).__name__}, not a Dask data frame", field="frame")
    partition = SyncPartition(client, device, partitions_at_once=partitions_at_once, keep=keep, **options)
    partition.check(sources.read(frame._meta))
    return frame.map_partitions(_Run(partition), meta=partition.frame(frame._meta))


class _Run:
    """One run over all partitions. Its token is unique, so Dask does not reuse the result of an earlier run."""

    def __init__(self, partition: SyncPartition) -> None:
        self._partition = partition
        self._token = uuid4().hex
        # The name of the tasks in the scheduler's dashboard.
        self.__name__ = "sync_metadata"

    def __call__(self, frame: Any) -> Any:
        return self._partition.frame(frame)

    def __dask_tokenize__(self) -> str:
        return self._token

    def __repr__(self) -> str:
        return repr(self._partition)


make_public(__name__)
