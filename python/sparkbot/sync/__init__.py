"""CRM rows onto WhatsApp contacts, as metadata. Loaded on first use of `sparkbot.sync_metadata`."""

from sparkbot.bulk.outcome import Outcome
from sparkbot.bulk.progress import Progress
from sparkbot.sync.problems import ColumnsError, InputError, InvalidRow, RunStopped
from sparkbot.sync.report import Report
from sparkbot.sync.run import stream_metadata, sync_metadata

__all__ = [
    "ColumnsError",
    "InputError",
    "InvalidRow",
    "Outcome",
    "Progress",
    "Report",
    "RunStopped",
    "stream_metadata",
    "sync_metadata",
]
