"""Errors of a sync that are not API errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.errors import InvalidArgumentError, SparkBotError
from sparkbot.tabular.errors import InputError

if TYPE_CHECKING:
    from sparkbot.sync.report.report import Report


class InvalidRow(InvalidArgumentError):
    """A row of the input is invalid; no request was sent for it.

    `field` is `contact`, a metadata key or `row`. `reason` is a short category, such as `too long`.
    """

    reason: str | None

    def __init__(self, message: str, field: str | None = None, reason: str | None = None) -> None:
        super().__init__(message, field=field or "row")
        self.reason = reason


class ColumnsError(InputError):
    """Headers that are not valid metadata keys; `suggested` maps each of them to a valid, unused key."""

    suggested: dict[str, str]

    def __init__(self, message: str, suggested: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.suggested = suggested or {}


class JournalError(SparkBotError):
    """The journal can't be used, or belongs to another run. Nothing more is sent."""


class NotHeld(SparkBotError):
    """A bulk write was accepted, but the contact did not have the metadata when it was read back."""


class ChangedSinceWritten(SparkBotError):
    """A contact left the input, and its metadata is no longer what the journal's runs wrote. Nothing of it was cleared."""


class RunStopped(SparkBotError):
    """The run was aborted; `report` holds the results so far."""

    report: Report | None

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.report = report


class TooManyErrors(RunStopped):
    """The error rate exceeded `max_error_rate`; `report` holds the results so far."""
