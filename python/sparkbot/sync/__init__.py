"""Syncs CRM rows to WhatsApp contacts as metadata. Loaded on first use of `sparkbot.sync_metadata`."""

from sparkbot._annotations import make_public
from sparkbot.batch.outcome import Outcome
from sparkbot.batch.progress import Progress
from sparkbot.sync.api import retry_failed, stream_metadata, sync_metadata
from sparkbot.sync.errors import (
    ChangedSinceWritten,
    ColumnsError,
    InvalidRow,
    JournalError,
    NotHeld,
    RunStopped,
    TooManyErrors,
)
from sparkbot.sync.report.report import Report
from sparkbot.tabular.errors import InputError

__all__ = [
    "ChangedSinceWritten",
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

make_public(__name__)
