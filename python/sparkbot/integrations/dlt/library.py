"""Imports dlt, or says how to install it."""

try:
    import dlt
    from dlt.common.destination.exceptions import DestinationTerminalException, DestinationTransientException
    from dlt.common.typing import TSecretStrValue
except ImportError as error:
    raise ImportError("sparkbot.dlt needs dlt: pip install 'sparkbot[dlt]'", name=error.name) from error

__all__ = ["DestinationTerminalException", "DestinationTransientException", "TSecretStrValue", "dlt"]
