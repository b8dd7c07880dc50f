"""reqwest behind pyo3-async-runtimes, built from `rust/stock_bridge`: what a call takes with another bridge to asyncio."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

from tests.benchmarks.calls import Calls, asynchronous, http_calls, parsed
from tests.benchmarks.clients import STOCK_BRIDGE
from tests.benchmarks.loopback import ROOT
from tests.benchmarks.task import Job

NAME = STOCK_BRIDGE
PACKAGES = ("orjson",)


def load(name: str) -> Any:
    """The extension that cargo built; it is in no folder that Python imports from."""
    path = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / f"lib{name}.so"
    spec = spec_from_loader(name, ExtensionFileLoader(name, str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Client = load("bench_stock_bridge").Client


@asynccontextmanager
async def connect(job: Job) -> AsyncIterator[Calls]:
    client = Client(job.headers)

    async def send(method: str, url: str, body: bytes | None) -> Any:
        return parsed(*await client.request(method, url, body))

    yield http_calls(job, send)


# The memory of calls in flight is the figure in question.
WORKLOADS = {"gather": asynchronous(connect)["gather"]}
