"""The logger `sparkbot`: a line for each attempt at DEBUG, for each repeated one at WARNING.

Lines name operation, status, time and request id; never the key, an argument or an answer. The library does not load
`logging`: as long as no part of the program has, there is nobody to tell.
"""

from __future__ import annotations

from sys import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger
    from typing import Any

    from ._sparkbot import CallTrace
    from .batch.outcome import Outcome

_DEBUG, _WARNING = 10, 30
_logger: Logger | None = None


def _loaded() -> Logger | None:
    """The logger, once the program has loaded `logging`."""
    global _logger
    if _logger is None and "logging" in modules:
        # Not from `modules`: another thread may be in the middle of loading it, and this waits.
        import logging

        logger = logging.getLogger("sparkbot")
        # A library's custom: without a configuration nothing is printed.
        logger.addHandler(logging.NullHandler())
        _logger = logger
    return _logger


def is_silent() -> bool:
    """Whether nobody would see a line, not even a warning. Asked before every call."""
    logger = _logger or _loaded()
    return logger is None or not logger.isEnabledFor(_WARNING)


def tell(operation: str, trace: CallTrace) -> None:
    """Tells of a call's attempts, in the thread and the context of its caller."""
    logger = _loaded()
    if logger is None or (trace.count < 2 and not logger.isEnabledFor(_DEBUG)):
        return
    for number, attempt in enumerate(trace.attempts, 1):
        status, request_id, elapsed, pause = attempt.status_code, attempt.request_id, attempt.elapsed, attempt.retry_delay
        extra = {"operation": operation, "attempt": number, "status": status, "elapsed": elapsed, "request_id": request_id}
        outcome = status if status is not None else f"{attempt.kind} ({attempt.error})"
        logger.debug("%s attempt %d: %s in %.3f s, request %s", operation, number, outcome, elapsed, request_id, extra=extra)
        if pause is not None:
            logger.warning(
                "%s attempt %d ended with %s, request %s; sent again after %.3f s",
                *(operation, number, outcome, request_id, pause),
                extra=extra,
            )


def worth_telling() -> float:
    """How many requests an item must have taken for anybody to see its line: asked once for many items."""
    logger = _loaded()
    if logger is None or not logger.isEnabledFor(_WARNING):
        return float("inf")
    return 1 if logger.isEnabledFor(_DEBUG) else 2


def tell_item(operation: str, outcome: Outcome[Any]) -> None:
    """Tells of an item of a run, in the thread that drives the run. Neither the contact nor a value is named."""
    logger = _loaded()
    if logger is None:
        return
    level = _WARNING if outcome.attempts > 1 else _DEBUG
    extra = {"operation": operation, "item": outcome.index, "attempts": outcome.attempts, "elapsed": outcome.elapsed}
    text = "%s item %d: %s after %d request(s) in %.3f s"
    logger.log(level, text, operation, outcome.index, outcome.status, outcome.attempts, outcome.elapsed, extra=extra)
