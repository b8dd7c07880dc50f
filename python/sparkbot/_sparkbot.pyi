"""The classes and functions of the Rust extension. Private: use what `sparkbot` exports."""

from collections.abc import Awaitable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final, Literal, final

from .batch.outcome import Status
from .hooks import Attempt
from .options import Options, Retry, Timeout
from .phones import PhoneOptions
from .sync.executor import BulkConfig

__all__ = [
    "CallResult",
    "CallTrace",
    "ClientCore",
    "KeyProblem",
    "LatencySnapshot",
    "MapExecutor",
    "NetworkEnvironment",
    "OfflineDevice",
    "RowHasher",
    "RowResult",
    "SandboxServer",
    "SyncExecutor",
    "TrustStore",
    "VerificationStats",
    "__version__",
    "_shut_down",
    "cell_text",
    "check_keys",
    "file_to_replace",
    "is_loopback",
    "model_definitions",
    "operation_route",
    "operations",
    "page_parameters",
    "parse_contacts",
    "plan_rows",
    "read_json",
]

__version__: str

@final
class ClientCore:
    """Settings, rate limiter and connections of a client."""

    def __new__(
        cls,
        api_key: str,
        base_url: str,
        user_agent: str,
        *,
        timeout: float | Timeout | None,
        max_retries: int | None,
        retry: Retry | None,
        calls_per_second: float | None,
        max_in_flight: int,
        max_response_bytes: int,
        proxy: str | None,
        ca_bundle: str | PathLike[str] | None,
        client_cert: str | PathLike[str] | tuple[str | PathLike[str], str | PathLike[str]] | None,
        http2: Literal["auto", "off"],
        allow_http: bool,
        validate: Literal["error", "warn", "off"],
        on_bad_unicode: Literal["replace", "error"],
    ) -> ClientCore: ...
    def with_options(self, options: Options) -> ClientCore: ...
    def shares_client_with(self, other: ClientCore) -> bool: ...
    base_url: Final[str]
    def network_environment(self) -> NetworkEnvironment: ...
    def call(
        self,
        operation: str,
        arguments: tuple[object, ...],
        options: Options | None,
        raw: bool,
        awaited: bool,
        save_to: str | PathLike[str] | None = None,
        trace: CallTrace | None = None,
        /,
    ) -> Any: ...
    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        idempotent: bool | None,
        options: Options | None,
        raw: bool,
        awaited: bool,
        trace: CallTrace | None = None,
        /,
    ) -> Any: ...
    def close(self) -> None: ...

@final
class NetworkEnvironment:
    """How requests reach the service."""

    proxy: Final[str | None]
    trust_store: Final[TrustStore | None]

@final
class TrustStore:
    """The certificate authorities that are trusted."""

    source: Final[str]
    paths: Final[list[Path]]
    certificates: Final[int]

@final
class CallTrace:
    """Records the attempts of one call."""

    def __new__(cls, headers: dict[str, str] | None = None) -> CallTrace: ...
    attempts: Final[list[Attempt]]
    count: Final[int]

@final
class LatencySnapshot:
    """Response times of a run, in seconds."""

    total: Final[float]
    max: Final[float]
    buckets: Final[list[tuple[float, float, int]]]

@final
class OfflineDevice:
    """A device that is or was offline."""

    id: Final[str]
    is_offline: Final[bool]
    rows_waiting: Final[int]
    seconds: Final[float]

@final
class VerificationStats:
    """Read-back statistics of rows written in bulk."""

    checked: Final[int]
    confirmed: Final[int]
    failure: Final[str | None]

@final
class CallResult:
    """The result of a call."""

    def __new__(
        cls, call_id: int, status: Status, result: Any, error: Exception | None, attempts: int, elapsed: float
    ) -> CallResult: ...
    call_id: Final[int]
    status: Final[Status]
    result: Final[Any]
    error: Final[Exception | None]
    attempts: Final[int]
    elapsed: Final[float]

@final
class KeyProblem:
    """Why the metadata key of a column is invalid, and a valid key for the column."""

    column: Final[str]
    key: Final[str]
    message: Final[str]
    suggestion: Final[str]

@final
class RowResult:
    """The result of a row."""

    index: Final[int]
    status: Final[Status]
    contact: Final[str | None]
    resolved: Final[int | None]
    reason: Final[str | None]
    error: Final[Exception | None]
    attempts: Final[int]
    elapsed: Final[float]

@final
class MapExecutor:
    """Runs many calls. `add` and `request` have the signatures of `ClientCore.call` and `ClientCore.request`."""

    def __new__(
        cls, core: ClientCore, *, raw: bool, in_order: bool, concurrency: int, calls_per_second: float | None
    ) -> MapExecutor: ...
    def add(
        self,
        operation: str,
        arguments: tuple[object, ...],
        options: Options | None,
        save_to: str | PathLike[str] | None = None,
        trace: CallTrace | None = None,
        /,
    ) -> int: ...
    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        idempotent: bool | None,
        options: Options | None,
        raw: bool,
        awaited: bool,
        trace: CallTrace | None = None,
        /,
    ) -> int: ...
    def wait(self, has_input: bool) -> None: ...
    def wait_async(self, has_input: bool) -> Awaitable[None]: ...
    def take(self) -> list[CallResult]: ...
    capacity: Final[int]
    pending: Final[int]
    calls: Final[int]
    throttled_by: Final[dict[str, float]]
    latency: Final[LatencySnapshot]
    def close(self) -> None: ...

@final
class SyncExecutor:
    """Runs a sync."""

    def __new__(
        cls,
        core: ClientCore,
        keys: list[str],
        *,
        phones: PhoneOptions,
        empty: list[str],
        on_missing: str,
        resolve: str,
        diff_before_write: bool,
        concurrency: int,
        calls_per_second: float | None,
        offline_timeout: float,
        bulk: BulkConfig | None,
    ) -> SyncExecutor: ...
    def register_device(self, id: str) -> int: ...
    def submit(self, rows: list[Any]) -> None: ...
    def stage(self, rows: list[Any], secret: bytes) -> list[tuple[int, int]]: ...
    def stage_pairs(self, rows: list[Any], secret: bytes) -> list[tuple[int, int, int, list[tuple[int, int]]]]: ...
    def submit_staged(
        self, selected: list[bool], traces: list[CallTrace | None] | None = None, wids: list[int | None] | None = None
    ) -> None: ...
    def take(self, max: int, timeout: float) -> list[RowResult]: ...
    def take_async(self, max: int, timeout: float) -> Awaitable[list[RowResult]]: ...
    def drain(self, timeout: float) -> list[RowResult]: ...
    pending: Final[int]
    calls: Final[int]
    throttled_by: Final[dict[str, float]]
    latency: Final[LatencySnapshot]
    offline_devices: Final[list[OfflineDevice]]
    second_readings: Final[int]
    verification: Final[VerificationStats | None]
    def close(self) -> None: ...

@final
class RowHasher:
    """Hashes contacts and values with the secret of a journal."""

    def __new__(cls, secret: bytes) -> RowHasher: ...
    def contact(self, device: str, contact: str) -> int: ...
    def pair(self, contact: int, key: str, value: str) -> int: ...

@final
class SandboxServer:
    """A running sandbox server."""

    def __new__(
        cls,
        *,
        host: str,
        port: int,
        api_key: str,
        seed: int,
        allow_remote: bool,
        unauthorized: int,
        deleted: int,
        page_cap: int | None,
        empty_beyond_last: bool,
    ) -> SandboxServer: ...
    url: Final[str]
    is_loopback: Final[bool]
    def requests(self) -> list[dict[str, Any]]: ...
    def reset(self) -> None: ...
    def seed(self, documents: str) -> None: ...
    def settle(self, scheduled: bool) -> None: ...
    def receive(self, event: str) -> dict[str, Any]: ...
    def set_webhook_signature(self, options: str) -> None: ...
    def set_webhook_delivery(self, options: str) -> None: ...
    def scan(self, device: str, phone: str | None) -> None: ...
    def add_fault(self, fault: str) -> int: ...
    def clear_faults(self) -> None: ...
    def faults(self) -> list[dict[str, Any]]: ...
    def state(self) -> dict[str, int]: ...
    def documents(self, collection: str) -> list[dict[str, Any]] | None: ...
    def stop(self) -> None: ...

def read_json(content: bytes, operation: str, status: int, on_bad_unicode: str, /) -> Any: ...
def operations() -> list[dict[str, Any]]: ...
def model_definitions() -> dict[str, Any]: ...
def operation_route(operation: str) -> tuple[str, str, int | None]: ...
def page_parameters(operation: str) -> tuple[int, int, int]: ...
def check_keys(columns: list[tuple[str, str]]) -> list[KeyProblem]: ...
def file_to_replace(path: str | PathLike[str]) -> Path | None: ...
def cell_text(cell: object) -> str | None: ...
def is_loopback(base_url: str) -> bool: ...
def parse_contacts(texts: list[str], phones: PhoneOptions) -> list[tuple[str | None, str, str | None]]: ...
def plan_rows(
    keys: list[str], rows: list[Any], phones: PhoneOptions, empty: list[str], first_index: int = 0
) -> tuple[list[RowResult], int]: ...
def _shut_down() -> None: ...
