"""The classes and functions of the Rust half. Private: use what `sparkbot` exports."""

from collections.abc import Awaitable, Mapping
from os import PathLike
from typing import Any, Literal, final

from .options import Options, Retry, Timeout

__all__ = [
    "Core",
    "SandboxServer",
    "SyncRun",
    "__version__",
    "_shut_down",
    "check_keys",
    "operations",
    "page_parameters",
    "plan_rows",
]

__version__: str

@final
class Core:
    """Settings, pace and connections of a client."""

    def __new__(
        cls,
        api_key: str,
        base_url: str,
        user_agent: str,
        *,
        timeout: float | Timeout | None,
        retry: int | Retry | None,
        calls_per_second: float | None,
        max_in_flight: int,
        max_answer_bytes: int,
        proxy: str | None,
        ca_bundle: str | PathLike[str] | None,
        allow_http: bool,
        validate: Literal["error", "warn", "off"],
    ) -> Core: ...
    def with_options(self, options: Options) -> Core: ...
    @property
    def base_url(self) -> str: ...
    @property
    def loopback(self) -> bool: ...
    def call(self, operation: str, arguments: tuple[object, ...], options: Options | None, /) -> Any: ...
    def call_raw(self, operation: str, arguments: tuple[object, ...], options: Options | None, /) -> Any: ...
    def call_async(self, operation: str, arguments: tuple[object, ...], options: Options | None, /) -> Awaitable[Any]: ...
    def call_raw_async(self, operation: str, arguments: tuple[object, ...], options: Options | None, /) -> Awaitable[Any]: ...
    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        repeat: bool | None,
        options: Options | None,
        raw: bool,
        awaited: bool,
        /,
    ) -> Any: ...
    def close(self) -> None: ...

@final
class SyncRun:
    """A sync under way."""

    def __new__(
        cls,
        core: Core,
        device: str,
        keys: list[str],
        *,
        country_code: str | None,
        empty: str,
        on_missing: str,
        concurrency: int,
        calls_per_second: float | None,
    ) -> SyncRun: ...
    def submit(self, rows: list[Any]) -> None: ...
    def take(self, at_most: int) -> list[Any]: ...
    def take_async(self, at_most: int) -> Awaitable[list[Any]]: ...
    @property
    def pending(self) -> int: ...
    @property
    def calls(self) -> int: ...
    @property
    def held_back(self) -> dict[str, Any]: ...
    def close(self) -> None: ...

@final
class SandboxServer:
    """A running sandbox server."""

    def __new__(cls, *, host: str, port: int, api_key: str, seed: int, allow_remote: bool) -> SandboxServer: ...
    @property
    def url(self) -> str: ...
    def requests(self) -> list[dict[str, Any]]: ...
    def reset(self) -> None: ...
    def seed(self, documents: str) -> None: ...
    def add_fault(self, fault: str) -> int: ...
    def clear_faults(self) -> None: ...
    def faults(self) -> list[dict[str, Any]]: ...
    def state(self) -> dict[str, int]: ...
    def documents(self, collection: str) -> list[dict[str, Any]] | None: ...
    def stop(self) -> None: ...

def operations() -> list[dict[str, Any]]: ...
def page_parameters(operation: str) -> tuple[int, int, int]: ...
def check_keys(columns: list[tuple[str, str]]) -> list[tuple[str, str, str, str]]: ...
def plan_rows(keys: list[str], rows: list[Any], country_code: str | None, empty: str) -> list[Any]: ...
def _shut_down() -> None: ...
