"""`sync_metadata` over the partitions of a Spark data frame. Needs the extra `sparkbot[spark]`.

Nothing is sent before an action runs over the outcomes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Unpack

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

_TELLING = {"int64": _types.LongType(), "string": _types.StringType()}


def sync_metadata(
    client: Client | None,
    device: Device,
    frame: Any,
    *,
    partitions_at_once: int,
    keep: Collection[str] | None = None,
    **options: Unpack[PartitionOptions],
) -> Any:
    """Write the rows of a Spark data frame as metadata onto WhatsApp contacts, on the executors that hold them.

    A partition whose task is run again, or twice at once by speculation, is written again, which changes nothing as long as no
    contact has two rows.

    Args:
        client: A `Client`, whose settings travel without the API key: workers read `SPARKBOT_API_KEY` from their own
            environment. None takes all settings from there.
        device: The WhatsApp number to work through, as for `sparkbot.sync_metadata`.
        frame: A `pyspark.sql.DataFrame`.
        partitions_at_once: How many partitions the cluster works on at the same time: its cores, or the partitions where those
            are fewer. Each takes this share of `calls_per_second`.
        keep: Columns that the outcomes have too; all when left out.
        options: Those of `sparkbot.sync_metadata` that can be kept when a partition is run again; `calls_per_second` is that
            of all partitions together, `concurrency` and `max_error_rate` are those of each.

    Returns:
        A data frame of the kept columns and the columns of reports: `sparkbot_row` (in the partition), `sparkbot_status`,
        `sparkbot_contact`, `sparkbot_error`, `sparkbot_message`, `sparkbot_attempts`. It is lazy, and every action over it
        syncs again: store it first.

    Raises:
        InvalidArgumentError: An option is wrong, or can't be kept when a partition is run again.
        InputError: The columns can't be used.

    Example:
        >>> outcomes = sparkbot.spark.sync_metadata(client, device, frame, partitions_at_once=4, calls_per_second=10)
        >>> outcomes.write.parquet("outcomes")
    """
    if not hasattr(frame, "mapInArrow"):
        raise InvalidArgumentError(f"a {type(frame).__name__} is no Spark data frame", field="frame")
    partition = SyncPartition(client, device, partitions_at_once=partitions_at_once, keep=keep, **options)
    reject_duplicates(frame.columns)
    float32_columns = frozenset(field.name for field in frame.schema if field.dataType.typeName() == "float")
    partition.check(Rows(frame.columns, iter(()), 0, float32_columns=float32_columns))
    fields = [frame.schema[name] for name in select_columns(frame.columns, keep)]
    fields += [_types.StructField(name, _TELLING[kind]) for name, kind in COLUMNS.items()]
    return frame.mapInArrow(partition.batches, _types.StructType(fields))
