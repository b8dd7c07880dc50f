"""`sync_metadata` over the partitions of a Spark data frame. Needs the extra `sparkbot[spark]`."""

from .integrations.spark import sync_metadata as sync_metadata

__all__ = ["sync_metadata"]
