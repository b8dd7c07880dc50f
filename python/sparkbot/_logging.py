"""The logger `sparkbot`: a record per attempt at DEBUG, per run of many rows at INFO, and per retried attempt at WARNING.

Records contain operation, status, time and request id, but no key, argument or response. The library does not import
`logging`: until the program does, there is no handler for its records. The environment variable SPARKBOT_LOG asks for one.
"""

from __future__ import annotations

from os import environ
from sys import modules

from ._sparkbot import CallTrace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger
    from typing import Any

    from .batch.outcome import Outcome

_DEBUG, _INFO, _WARNING = 10, 20, 30
_LEVELS = {"debug": _DEBUG, "info": _INFO}
_LOG_VARIABLE = "SPARKBOT_LOG"
_logger: Logger | None = None


def _get_logger() -> Logger | None:
    """The logger, once the program has imported `logging`."""
    global _logger
    if _logger is None and "logging" in modules:
        # Not from `modules`: the import waits for another thread that is importing it.
        import logging

        logger = logging.getLogger("sparkbot")
        # Libraries add this handler, so that nothing is printed without a configuration.
        logger.addHandler(logging.NullHandler())
        _logger = logger
    return _logger


def _log_to_stderr() -> None:
    """Shows the records on stderr if the environment says so, unless the program shows records itself."""
    value = environ.get(_LOG_VARIABLE, "").strip()
    if not value:
        return
    import logging

    level = _LEVELS.get(value.lower())
    if level is None:
        _warn_of_level(value)
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda _: not logging.getLogger().handlers)
    logger = logging.getLogger("sparkbot")
    logger.addHandler(handler)
    logger.setLevel(level)


def _warn_of_level(value: str) -> None:
    """Warns only: a setting of the logs never stops a program."""
    from warnings import warn

    from .errors import SparkBotWarning

    text = f"{_LOG_VARIABLE} is {value!r}, which is no level of the logs, so none are shown: set it to {' or '.join(_LEVELS)}"
    warn(text, SparkBotWarning, stacklevel=2)


def debug_trace() -> CallTrace | None:
    """A trace of every attempt, if they are logged. Called before every call."""
    logger = _logger or _get_logger()
    return CallTrace() if logger is not None and logger.isEnabledFor(_DEBUG) else None


def log_attempts(operation: str, trace: CallTrace) -> None:
    """Logs the attempts of a call. The Rust core calls it in the thread and the context of the caller: after each call with a
    trace, and after a call without one that was retried."""
    logger = _get_logger()
    if logger is None or (trace.count < 2 and not logger.isEnabledFor(_DEBUG)):
        return
    for number, attempt in enumerate(trace.attempts, 1):
        status, request_id, elapsed = attempt.status_code, attempt.request_id, attempt.elapsed
        extra = {"operation": operation, "attempt": number, "status": status, "elapsed": elapsed, "request_id": request_id}
        outcome = status if status is not None else f"{attempt.kind} ({attempt.error})"
        logger.debug("%s attempt %d: %s in %.3f s, request %s", operation, number, outcome, elapsed, request_id, extra=extra)
        if attempt.retry_delay is not None:
            logger.warning(
                "%s attempt %d failed with %s, request %s; retried after %.3f s",
                *(operation, number, outcome, request_id, attempt.retry_delay),
                extra=extra,
            )


def log_warning(text: str) -> None:
    """Logs what a program should know although its call succeeded."""
    logger = _get_logger()
    if logger is not None:
        logger.warning(text)


def log_run(operation: str, summary: object) -> None:
    """Logs the counts of a run that has ended."""
    logger = _get_logger()
    if logger is not None:
        logger.info("%s: %s", operation, summary)


def log_error(text: str) -> None:
    """Logs an error that no caller can get, because it happened in the background."""
    logger = _get_logger()
    if logger is not None:
        logger.error(text)


def min_attempts_to_log() -> float:
    """Number of requests from which on an item is logged. Called once for many items."""
    logger = _get_logger()
    if logger is None or not logger.isEnabledFor(_WARNING):
        return float("inf")
    return 1 if logger.isEnabledFor(_DEBUG) else 2


def log_item(operation: str, outcome: Outcome[Any]) -> None:
    """Logs an item of a run, in the thread that drives the run, without its contact and values."""
    logger = _get_logger()
    if logger is None:
        return
    level = _WARNING if outcome.attempts > 1 else _DEBUG
    extra = {"operation": operation, "item": outcome.index, "attempts": outcome.attempts, "elapsed": outcome.elapsed}
    text = "%s item %d: %s after %d request(s) in %.3f s"
    logger.log(level, text, operation, outcome.index, outcome.status, outcome.attempts, outcome.elapsed, extra=extra)


_log_to_stderr()
