"""Work outside the request: one thread of this process.

Queued tasks are lost when the process is killed; `manage.py sync_customers`, run every night, writes their rows. With Celery
(or Django 6's tasks), `enqueue(write_metadata, pk)` becomes `write_metadata.delay(pk)`, and this file is removed: the tasks take
plain values and read the database themselves.
"""

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from django.db import connection

from sparkbot import SparkBotError

logger = logging.getLogger(__name__)


@cache
def _worker() -> ThreadPoolExecutor:
    """One thread, so that tasks run in order."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="tasks")


# A forked worker does not inherit the threads of its parent.
os.register_at_fork(after_in_child=_worker.cache_clear)


def enqueue(task: Callable[[int], None], pk: int) -> "Future[None]":
    """Run `task(pk)` in the background. Errors are logged."""
    return _worker().submit(_run, task, pk)


def _run(task: Callable[[int], None], pk: int) -> None:
    try:
        task(pk)
    except SparkBotError as error:
        # The error names no customer, so the log contains no personal data.
        logger.warning("%s of customer %s failed: %s", task.__name__, pk, type(error).__name__)
    except Exception:
        logger.exception("%s of customer %s failed", task.__name__, pk)
    finally:
        connection.close()
