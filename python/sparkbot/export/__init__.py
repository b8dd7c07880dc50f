"""Exports contacts with their metadata. Loaded on first use of `sparkbot.export_contacts`."""

from sparkbot._annotations import make_public
from sparkbot.export.api import ExportResult, export_contacts

__all__ = ["ExportResult", "export_contacts"]

make_public(__name__)
