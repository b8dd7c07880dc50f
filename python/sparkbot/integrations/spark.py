"""`sync_metadata` over the partitions of a Spark data frame. Needs the extra `sparkbot[spark]`.

Nothing is sent until an action uses the outcomes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Unpack

from sparkbot._annotations import make_public

try:
    _types: Any = import_module("pyspark.sql.types")
except ImportError as error:
    raise ImportError("sparkbot.spark needs PySpark: pip install 'sparkbot[spark]'", name=error.name) from error

from sparkbot.errors import InvalidArgumentError
from sparkbot.partitions import COLUMNS, PartitionOptions, SyncPartition
from sparkbot.partitions.outcome_columns import select_columns
from sparkbot.tabular.rows import Rows, reject_duplicates

if TYPE_CHECKING:
    from collections.abc import Collection

    from sparkbot.client import Client
    from sparkbot.sync.options import Device

__all__ = ["sync_metadata"]

_SPARK_TYPES = {"int64": _types.LongType(), "string": _types.StringType()}


def sync_metadata(
    client: Client | None,
    device: Device,
    frame: Any,
    *,
    partitions_at_once: int,
    keep: Collection[str] | None = None,
    **options: Unpack[PartitionOptions],
) -> Any:
    """Write the rows of a Spark data frame as metadata onto WhatsApp contacts, on the executors that have them.

    A partition whose task is retried, or runs twice concurrently by speculation, is written a second time. That changes nothing
    if no contact has two rows.

    Args:
        client: A `Client`, whose settings are sent to the workers without the API key: they read `SPARKBOT_API_KEY` from their
            environment. With None they read all settings from there.
        device: The WhatsApp number to work through, as for `sparkbot.sync_metadata`.
        frame: A `pyspark.sql.DataFrame`.
        partitions_at_once: Number of partitions that the cluster processes concurrently: its cores, at most the number of
            partitions. `calls_per_second` is divided by it.
        keep: Input columns to include in the result; by default all.
        options: The options of `sparkbot.sync_metadata` that have the same effect when a partition runs a second time.
            `calls_per_second` applies to all partitions together, `concurrency` and `max_error_rate` to each.

    Returns:
        A data frame of the kept columns and the columns of reports: `sparkbot_row` (in the partition), `sparkbot_status`,
        `sparkbot_contact`, `sparkbot_error`, `sparkbot_message`, `sparkbot_attempts`. It is lazy, and every action
        syncs a second time: store it first.

    Raises:
        InvalidArgumentError: An option is invalid, or not supported for partitions.
        InputError: The columns can't be used.

    Example:
        >>> outcomes = sparkbot.spark.sync_metadata(client, device, frame, partitions_at_once=4, calls_per_second=10)
        >>> outcomes.write.parquet("outcomes")
    """
    if not hasattr(frame, "mapInArrow"):
        raise InvalidArgumentError(f"frame is of type {type(frame).__name__}, not a Spark data frame", field="frame")
    partition = SyncPartition(client, device, partitions_at_once=partitions_at_once, keep=keep, **options)
    reject_duplicates(frame.columns)
    float32_columns = frozenset(field.name for field in frame.schema if field.dataType.typeName() == "float")
    partition.check(Rows(frame.columns, iter(()), 0, float32_columns=float32_columns))
    fields = [frame.schema[name] for name in select_columns(frame.columns, keep)]
    fields += [_types.StructField(name, _SPARK_TYPES[kind]) for name, kind in COLUMNS.items()]
    return frame.mapInArrow(partition.batches, _types.StructType(fields))


make_public(__name__)
