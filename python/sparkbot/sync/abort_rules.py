"""When a run stops before its last row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkbot import errors
from sparkbot.sync.errors import RunStopped, TooManyErrors

if TYPE_CHECKING:
    from sparkbot._sparkbot import VerificationStats
    from sparkbot.batch.outcome import Outcome
    from sparkbot.sync.options import ResolvedOptions
    from sparkbot.sync.report.report import Report

#: Rows before the error rate is checked.
_MIN_ROWS_FOR_RATE = 20


class AbortRules:
    """Checks outcomes for errors that no further row can escape."""

    def __init__(
        self, options: ResolvedOptions, report: Report, *, single_device: str | None, rows_per_call: int, total: int | None
    ) -> None:
        self._report = report
        self._single_device = single_device
        self._max_consecutive_failures = 3 * options["concurrency"] * rows_per_call
        self._max_error_rate = options["max_error_rate"]
        self._total = total
        self._has_journal = options["journal"] is not None and not options["dry_run"]
        self._consecutive_failures = 0

    def check(self, outcome: Outcome) -> RunStopped | None:
        """Returns the error that ends the run after this outcome, or None."""
        error = outcome.error
        if error is None and self._max_error_rate is None:
            # The path of nearly every row. A row that was sent shows that the service responds.
            self._consecutive_failures = 0 if outcome.attempts else self._consecutive_failures
            return None
        if isinstance(error, errors.AuthenticationError):
            return self._stopped(f"the service rejected the API key ({error}): check SPARKBOT_API_KEY")
        device = self._single_device
        if isinstance(error, errors.NotFoundError) and error.message == "Device not found" and device is not None:
            return self._stopped(f"the service no longer has the device {device!r}: list the devices (sparkbot devices)")
        if outcome.attempts:
            self._consecutive_failures = self._consecutive_failures + 1 if isinstance(error, errors.TransportError) else 0
        if self._consecutive_failures >= self._max_consecutive_failures:
            return self._stopped(
                f"the last {self._consecutive_failures} rows got no response ({error}): check that the service is up and the "
                "network works"
            )
        return self._check_error_rate() if self._max_error_rate is not None else None

    def check_verification(self, stats: VerificationStats | None) -> RunStopped | None:
        """Returns the error that ends a bulk run whose read-back failed, or None."""
        if stats is None or stats.failure is None:
            return None
        return self._stopped(
            f"the service does not store bulk writes as assumed ({stats.failure}; {stats.checked:,} rows read back, "
            f"{stats.confirmed:,} confirmed): write row by row, without via='bulk' (--via bulk), and check the contacts of this "
            "run"
        )

    def _check_error_rate(self) -> RunStopped | None:
        report, max_rate = self._report, self._max_error_rate or 0.0
        failed = report.failed + report.unknown
        if report.rows < _MIN_ROWS_FOR_RATE or failed <= max_rate * report.rows:
            return None
        first = f"; the first: {report.failures[0].message}" if report.failures else ""
        return self._stopped(f"{failed:,} of them failed, more than max_error_rate={max_rate:g} allows{first}", TooManyErrors)

    def _stopped(self, reason: str, error: type[RunStopped] = RunStopped) -> RunStopped:
        done = f"{self._report.rows:,}" + (f" of {self._total:,}" if self._total is not None else "")
        advice = "resume with the same journal" if self._has_journal else "run the same rows again; writing them twice is safe"
        return error(f"stopped after {done} rows, {self._report.ok:,} of them written: {reason}. Then {advice}", self._report)
