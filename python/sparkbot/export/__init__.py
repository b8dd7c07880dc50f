"""Contacts with their metadata, out of the service. Loaded on first use of `sparkbot.export_contacts`."""

from sparkbot.export.run import Exported, export_contacts

__all__ = ["Exported", "export_contacts"]
