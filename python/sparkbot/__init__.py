"""The Python client for the SparkBot WhatsApp API.

    >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
    ...     numbers = client.devices.list()

`Client` blocks, `AsyncClient` is awaited, `Sandbox` is a stand-in service, `sync_metadata` writes a file or data frame
onto contacts, and every error is under `SparkBotError` (see `sparkbot.errors`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import errors as errors
    from . import frames as frames
    from . import hooks as hooks
    from . import types as types
    from ._sparkbot import __version__ as __version__
    from .batch.outcome import Outcome as Outcome
    from .client import AsyncClient as AsyncClient
    from .client import Client as Client
    from .errors import SparkBotError as SparkBotError
    from .export import ExportResult as ExportResult
    from .export import export_contacts as export_contacts
    from .options import Options as Options
    from .options import Retry as Retry
    from .options import Timeout as Timeout
    from .response import RawResponse as RawResponse
    from .sandbox import Sandbox as Sandbox
    from .sync import Report as Report
    from .sync import retry_failed as retry_failed
    from .sync import stream_metadata as stream_metadata
    from .sync import sync_metadata as sync_metadata

# Loaded on first use: a program pays only for what it touches.
_WHERE = {
    "AsyncClient": ".client",
    "Client": ".client",
    "ExportResult": ".export",
    "Options": ".options",
    "Outcome": ".batch.outcome",
    "RawResponse": ".response",
    "Report": ".sync",
    "Retry": ".options",
    "Sandbox": ".sandbox",
    "SparkBotError": ".errors",
    "Timeout": ".options",
    "__version__": "._sparkbot",
    "export_contacts": ".export",
    "retry_failed": ".sync",
    "stream_metadata": ".sync",
    "sync_metadata": ".sync",
}

__all__ = [
    "AsyncClient",
    "Client",
    "ExportResult",
    "Options",
    "Outcome",
    "RawResponse",
    "Report",
    "Retry",
    "Sandbox",
    "SparkBotError",
    "Timeout",
    "__version__",
    "errors",
    "export_contacts",
    "frames",
    "hooks",
    "retry_failed",
    "stream_metadata",
    "sync_metadata",
    "types",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in ("errors", "frames", "hooks", "types"):
        return import_module(f".{name}", __name__)
    try:
        value = getattr(import_module(_WHERE[name], __name__), name)
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
