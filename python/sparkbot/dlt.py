"""A source and a destination for pipelines of dlt. Needs the extra `sparkbot[dlt]`."""

from .integrations.dlt import destination as destination
from .integrations.dlt import source as source

__all__ = ["destination", "source"]
