"""A source and a destination for pipelines of dlt."""

from sparkbot._annotations import make_public
from sparkbot.integrations.dlt.destination import destination
from sparkbot.integrations.dlt.source import source

__all__ = ["destination", "source"]

make_public(__name__)
