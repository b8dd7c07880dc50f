"""`sync_metadata` for one partition of a distributed data frame.

`sparkbot.spark` and `sparkbot.dask` pass a `SyncPartition` to their engine. Any other engine that applies a function to Arrow
batches or pandas frames can use it too.
"""

from sparkbot.partitions.outcome_columns import COLUMNS
from sparkbot.partitions.sync import SyncPartition
from sparkbot.sync.options import PartitionOptions

__all__ = ["COLUMNS", "PartitionOptions", "SyncPartition"]
