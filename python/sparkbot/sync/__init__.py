"""CRM rows onto WhatsApp contacts, as metadata. Loaded on first use of `sparkbot.sync_metadata`."""

from sparkbot.bulk.outcome import Outcome
from sparkbot.bulk.progress import Progress
from sparkbot.sync.problems import ColumnsError, InputError, InvalidRow, JournalError, NotHeld, RunStopped, TooManyErrors
from sparkbot.sync.report import Report
from sparkbot.sync.retry import retry_failed
from sparkbot.sync.run import stream_metadata, sync_metadata

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
