"""One module per client: `NAME`, `PACKAGES`, `IMPORTS` (the module that a user imports), and the `WORKLOADS` that it runs."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.task import Job


def tls_context(job: Job) -> ssl.SSLContext | None:
    """What clients need that use Python's own TLS; None for plain HTTP."""
    return ssl.create_default_context(cafile=job.authority) if job.authority else None
