"""`sync_metadata` over the partitions of a Dask data frame. Needs the extra `sparkbot[dask]`."""

from .integrations.dask import sync_metadata as sync_metadata

__all__ = ["sync_metadata"]
