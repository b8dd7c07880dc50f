"""CRM rows onto WhatsApp contacts, as metadata. Loaded on first use of `sparkbot.sync_metadata`."""

from sparkbot.batch.outcome import Outcome
from sparkbot.batch.progress import Progress
from sparkbot.sync.api import stream_metadata, sync_metadata
from sparkbot.sync.errors import ColumnsError, InputError, InvalidRow, JournalError, NotHeld, RunStopped, TooManyErrors
from sparkbot.sync.report.report import Report
from sparkbot.sync.retry import retry_failed

__all__ = [
    "ColumnsError",
    "InputError",
    "InvalidRow",
    "JournalError",
    "NotHeld",
    "Outcome",
    "Progress",
    "Report",
    "RunStopped",
    "TooManyErrors",
    "retry_failed",
    "stream_metadata",
    "sync_metadata",
]
