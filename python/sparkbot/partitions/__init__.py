"""One partition of a table that a cluster holds: a batch of rows in, a batch of outcomes out.

`sparkbot.spark` and `sparkbot.dask` hand this function to their engine; any other engine that runs a function over batches of
Arrow or frames of pandas can run it too.
"""

from sparkbot.partitions.outcome_columns import COLUMNS
from sparkbot.partitions.sync import SyncPartition
from sparkbot.sync.options import PartitionOptions

__all__ = ["COLUMNS", "PartitionOptions", "SyncPartition"]
