"""The source: one table for each kind of record. Contacts, chats and messages are read from where the last run ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, reduce
from itertools import islice
from typing import TYPE_CHECKING, Any

from sparkbot.client import Client
from sparkbot.errors import InvalidArgumentError
from sparkbot.integrations.dlt.library import TSecretStrValue, dlt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Record = Mapping[str, Any]

#: Records that dlt gets at a time.
_CHUNK = 500
_DAY = 86_400.0


@dataclass(frozen=True)
class _Table:
    """A table of records that belong to a number."""

    name: str
    #: The field that is unique for a number.
    key: str
    #: The fields that may have the record's date; the first one that is there counts.
    dates: tuple[str, ...]
    #: The argument that selects newer records.
    after: str
    #: Other arguments. Records that change while pages are read must not move to pages that were read.
    arguments: dict[str, Any] = field(default_factory=dict)


_TABLES = (
    _Table("contacts", "wid", ("info.updatedAt", "createdAt"), "updated_after", {"sort": "createdAt:asc", "size": 500}),
    _Table("chats", "wid", ("date",), "after", {"sort": "lastMessageAt:desc", "size": 500}),
    _Table("messages", "id", ("date",), "after", {"sort": "date:asc", "size": 50}),
)


def source(
    devices: Sequence[str] | None = None,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    start_date: date | str | None = None,
    lag: float | None = None,
) -> Any:
    """The account's records as a dlt source: `devices`, `contacts`, `chats`, `messages`, `campaigns` and `agents`.

    Each table is merged by its primary key. Contacts, chats and messages are incremental: for each number, a run reads the
    records that are newer than those of the last run. `devices`, `campaigns` and `agents` are read completely. Every argument
    can also be a setting of dlt, such as `sources.sparkbot.start_date`.

    Args:
        devices: The numbers whose contacts, chats and messages are read: ids, phone numbers or aliases. By default all numbers
            with status `operative`.
        api_key: API key of the account; by default the environment variable SPARKBOT_API_KEY.
        base_url: Base URL of the service; by default SPARKBOT_BASE_URL.
        start_date: The first run reads records after this date only: ISO 8601, a date or a datetime; UTC without an offset.
        lag: Seconds before the newest record of the last run from which a run reads again (86,400): messages are delivered and
            read after their date, and messages of a phone that was offline arrive late.

    Returns:
        A `DltSource`, for `pipeline.run`. `with_resources` selects tables.

    Raises:
        ConfigError: The key or the base URL is missing, or a setting is invalid.
        InvalidArgumentError: `devices` is not a list, `start_date` is not a date, or `lag` is not a number of seconds.

    Example:
        >>> import dlt
        >>> import sparkbot.dlt
        >>> source = sparkbot.dlt.source(start_date="2026-01-01").with_resources("devices", "messages")
        >>> pipeline = dlt.pipeline("whatsapp", destination="duckdb", dataset_name="records")
        >>> pipeline.run(source).has_failed_jobs
        False
    """
    if isinstance(devices, str):
        raise InvalidArgumentError(f"devices is {devices!r}: give a list, such as [{devices!r}]", field="devices")
    given = {"devices": devices, "api_key": api_key, "base_url": base_url, "start_date": start_date, "lag": lag}
    return _source(**{name: value for name, value in given.items() if value is not None})


def _resources(
    devices: list[str] | None = None,
    api_key: TSecretStrValue | None = None,
    base_url: str | None = None,
    start_date: Any = None,
    lag: float = _DAY,
) -> Iterator[Any]:
    client = Client(api_key, base_url=base_url)
    reader = _Reader(client, devices, _check_start(start_date), _check_lag(lag))
    numbers = _resource("devices", lambda: client.devices.iter())
    yield numbers
    for table in _TABLES:
        yield reader.resource(table, numbers)
    yield _resource("campaigns", lambda: client.campaigns.iter(sort="date:asc"))
    yield _resource("agents", lambda: client.team.iter())


#: Resolves the arguments that are missing from dlt's settings.
_source = dlt.source(_resources, name="sparkbot", section="sparkbot")


class _Reader:
    """Reads the records of the numbers. The date of the newest record of each number is in the pipeline's state."""

    def __init__(self, client: Client, devices: Sequence[str] | None, start: datetime | None, lag: timedelta) -> None:
        self._client = client
        self._devices = devices
        self._start = start
        self._lag = lag
        self._selected = cache(self._find_devices)

    def resource(self, table: _Table, numbers: Any) -> Any:
        """The records of all numbers, as a transformer of the numbers."""

        def records(number: Record) -> Iterator[list[Record]]:
            if self._is_selected(number):
                yield from self._read(table, number["id"])

        key = ("device", table.key)
        return dlt.transformer(records, data_from=numbers, name=table.name, primary_key=key, write_disposition="merge")

    def _is_selected(self, number: Record) -> bool:
        return number.get("status") == "operative" if self._devices is None else number["id"] in self._selected()

    def _find_devices(self) -> set[str]:
        return {self._client.devices.find(name)["id"] for name in self._devices or ()}

    def _read(self, table: _Table, device: str) -> Iterator[list[Record]]:
        # A date for each number, not one for all: the records of a number that is new or was offline may be older.
        newest_dates = dlt.current.resource_state(table.name).setdefault("newest", {})
        started, newest = datetime.now(UTC), _parse(newest_dates.get(device))
        records = getattr(self._client, table.name).iter(device, **table.arguments, **{table.after: self._after(newest)})
        for chunk in _chunks(records):
            newest = max(filter(None, [newest, *(_date_of(record, table.dates) for record in chunk)]), default=None)
            yield [{**record, "device": device} for record in chunk]
        if newest is not None:
            # Only when all is read: records are not ordered by this date. A date in the future would hide what comes before it.
            newest_dates[device] = min(newest, started).isoformat()

    def _after(self, newest: datetime | None) -> datetime | None:
        return max(filter(None, [self._start, newest and newest - self._lag]), default=None)


def _resource(name: str, listing: Callable[[], Iterable[Record]]) -> Any:
    def records() -> Iterator[Record]:
        yield from listing()

    return dlt.resource(records, name=name, primary_key="id", write_disposition="merge")


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
    while chunk := list(islice(records, _CHUNK)):
        yield chunk


def _date_of(record: Record, paths: tuple[str, ...]) -> datetime | None:
    """The date at the first of the paths that leads to one."""
    values = (reduce(_member, path.split("."), record) for path in paths)
    return next(filter(None, map(_parse, values)), None)


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _parse(text: Any) -> datetime | None:
    """The date; None if it is none."""
    try:
        parsed = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _check_start(start: Any) -> datetime | None:
    if start is None:
        return None
    parsed = _parse(start.isoformat() if isinstance(start, date) else start)
    if parsed is None:
        raise InvalidArgumentError(f"start_date is {start!r}: give a date, such as '2026-01-01'", field="start_date")
    return parsed


def _check_lag(lag: Any) -> timedelta:
    try:
        seconds = timedelta(seconds=lag)
    except (TypeError, OverflowError, ValueError):
        seconds = timedelta(-1)
    if seconds < timedelta(0):
        raise InvalidArgumentError(f"lag is {lag!r}: give seconds, 0 or more", field="lag")
    return seconds
