"""What can go wrong in a sync besides the service's own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot.errors import InvalidArgumentError, SparkBotError

if TYPE_CHECKING:
    from sparkbot.sync.report.report import Report


class InvalidRow(InvalidArgumentError):
    """A row of the input that can't be sent: nothing was sent for it.

    `field` is `contact`, a metadata key or `row`; `reason` a word or two for the kind of problem, such as `too long`.
    """

    reason: str | None

    def __init__(self, message: str, field: str | None = None, reason: str | None = None) -> None:
        super().__init__(message, field=field or "row")
        self.reason = reason


class InputError(SparkBotError):
    """The input as a whole can't be read, or its columns can't be used. Nothing was sent."""


class ColumnsError(InputError):
    """Headers that are no metadata keys; `suggested` maps each to a key that is free and legal."""

    suggested: dict[str, str]

    def __init__(self, message: str, suggested: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.suggested = suggested or {}


class JournalError(SparkBotError):
    """The journal of a run can't be used, or is one of another run. Nothing more is sent."""


class NotHeld(SparkBotError):
    """A row that the service accepted in bulk and did not have when it was read back, or one of the same batch."""


class RunStopped(SparkBotError):
    """The run could not go on; `report` says what was done until then."""

    report: Report | None

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.report = report


class TooManyErrors(RunStopped):
    """More rows failed than `max_error_rate` allows; `report` says what was done until then."""
