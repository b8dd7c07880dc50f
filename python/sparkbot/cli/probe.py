"""`sparkbot doctor --probe`: one of each safe read, held against the table.

What the service answers is people's: only names of fields that look like names, types, counts and statuses are kept of it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from sparkbot.cli.compare import Comparison
from sparkbot.cli.summary import wide_console
from sparkbot.errors import (
    AuthenticationError,
    DeviceNotReadyError,
    InvalidResponseError,
    NotFoundError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    SparkBotError,
    TransportError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparkbot import Client
    from sparkbot.options import Options

    Row = dict[str, Any]

#: Reads by their method which make the service act: ask WhatsApp for what is new, or show a code to sign in with.
ACTING = {"chats.sync_messages", "session.scan", "session.sync"}
#: Only some of a list's items are fit for these.
_FIT = {"chats.list_participants": re.compile(r"@g\.us$")}
_OPTIONS: Options = {"timeout": 20, "max_retries": 1}
_ITEMS = 50
_NOBODY = "0" * 24
#: Refusals that say nothing about the table.
_SAYS_NOTHING = (
    AuthenticationError,
    DeviceNotReadyError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    TransportError,
)


@dataclass(slots=True)
class Finding:
    """What one read came to."""

    operation: str
    method: str
    path: str
    status: int | None = None
    items: int | None = None
    #: What contradicts the table.
    differences: list[str] = field(default_factory=list)
    #: Fields that the table does not know.
    more: list[str] = field(default_factory=list)
    #: Fields that the table knows and that no item had.
    unseen: list[str] = field(default_factory=list)
    #: Why the read says nothing about the table.
    unchecked: str | None = None

    @property
    def verdict(self) -> str:
        if self.unchecked:
            return f"not checked: {self.unchecked}"
        return "\n".join([*self.differences, *self.more]) or "as in the table"


@dataclass(slots=True)
class Probe:
    """What all the reads came to."""

    findings: list[Finding]
    #: What kept the service from being used at all.
    problems: list[str]

    @property
    def differs(self) -> bool:
        return any(finding.differences for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain JSON."""
        return {"differs": self.differs, "findings": [asdict(finding) for finding in self.findings]}

    def tell(self) -> None:
        """Prints a line for each read, and one for all."""
        table = Table("read", "status", "items", "compared with the table", box=None, pad_edge=False)
        for finding in self.findings:
            numbers = ("" if number is None else str(number) for number in (finding.status, finding.items))
            table.add_row(Text(finding.operation), *numbers, Text(finding.verdict))
        wide_console().print(table)
        differing = sum(bool(finding.differences) for finding in self.findings)
        unchecked = sum(bool(finding.unchecked) for finding in self.findings)
        more = sum(bool(finding.more) for finding in self.findings)
        counted = f"{differing} contradict the table, {more} have fields that it does not know, {unchecked} could not be checked"
        click.echo(f"\n{len(self.findings)} reads: {counted}.")


def reads() -> list[Row]:
    """The operations that are probed: lists first, as they give what the others are about."""
    from sparkbot.operations import all_operations

    safe = [row for row in all_operations() if row["method"] == "GET" and row["name"] not in ACTING]
    told = [row for row in safe if row["response"]["kind"] != "bytes"]
    return sorted(told, key=lambda row: (row["name"] != "devices.list", sum(one["in"] == "path" for one in row["parameters"])))


def probed(client: Client) -> Probe:
    """Makes the reads."""
    probe, seen = Probe([], []), _Seen()
    for row in reads():
        finding = _read(client, row, seen)
        probe.findings.append(finding)
        if row["name"] == "devices.list" and finding.items is None:
            why = finding.unchecked or "; ".join(finding.differences)
            hint = "; is the address right, with its version, such as /v1?" if finding.status == 404 else ""
            probe.problems.append(f"the service can't be used: {why}{hint}")
            return probe
    probe.findings.append(_read_of_nothing(client))
    return probe


class _Seen:
    """Items of the lists that were read, for reads of one of them."""

    def __init__(self) -> None:
        from sparkbot._sparkbot import model_definitions

        words = model_definitions()
        self.shapes: Mapping[str, Any] = words["schemas"]
        self._formats = {name: re.compile(form["pattern"]) for name, form in words["formats"].items()}
        self._items: dict[str, list[Any]] = {}

    def keep(self, row: Row, answer: Any) -> None:
        if row["name"].endswith(".list") and isinstance(answer, list):
            self._items[row["name"]] = [item for item in answer if isinstance(item, dict)]

    def arguments(self, row: Row) -> dict[str, str] | None:
        """What the path of the row needs, or None if no list gave it."""
        found = {one["name"]: self._value(row, one) for one in row["parameters"] if one["in"] == "path"}
        return None if None in found.values() else {name: str(value) for name, value in found.items()}

    def _value(self, row: Row, one: Row) -> str | None:
        resource = "devices" if one["name"] == "device" else row["name"].partition(".")[0]
        form = self._formats[one["format"]]
        fit = _FIT.get(row["name"], re.compile(""))
        candidates = (str(item.get(name)) for item in self._ordered(resource) for name in ("id", "wid"))
        return next((value for value in candidates if form.search(value) and fit.search(value)), None)

    def _ordered(self, resource: str) -> Iterable[Mapping[str, Any]]:
        """A number that is online answers more than one that is not."""
        items = self._items.get(f"{resource}.list", [])
        return sorted(items, key=lambda item: "online" not in str(item.get("session"))) if resource == "devices" else items


def _read(client: Client, row: Row, seen: _Seen) -> Finding:
    finding = Finding(row["name"], row["method"], row["path"])
    arguments = seen.arguments(row)
    if arguments is None:
        finding.unchecked = "there is nothing to read"
        return finding
    size = {"size": _ITEMS} if row["paginated"] else {}
    try:
        answer = _called(client, row["name"], finding, **arguments, **size)
    except SparkBotError as error:
        _note(finding, error)
        return finding
    seen.keep(row, answer)
    comparison = Comparison(seen.shapes)
    comparison.answer(answer, row["response"])
    finding.items = comparison.items
    finding.differences, finding.more = comparison.differences(), comparison.more()
    finding.unseen = comparison.unseen(row["response"]["schema"])
    return finding


def _read_of_nothing(client: Client) -> Finding:
    """How the service says that something is not there: errors are told apart by it."""
    finding = Finding("devices.get", "GET", f"/devices/{_NOBODY}")
    try:
        _called(client, "devices.get", finding, device=_NOBODY)
        finding.differences.append("a number that nobody has is answered")
    except NotFoundError as error:
        finding.status = error.status_code
    except SparkBotError as error:
        _note(finding, error)
    return finding


def _called(client: Client, name: str, finding: Finding, **arguments: Any) -> Any:
    resource, _, method = name.partition(".")
    raw = getattr(getattr(client.raw, resource), method)(**arguments, options=_OPTIONS)
    finding.status = raw.status_code
    return raw.json()


def _note(finding: Finding, error: SparkBotError) -> None:
    """Takes an error down by its kind: its words may name people."""
    finding.status = error.status_code
    kind = type(error).__name__
    told = kind if error.status_code is None else f"{kind} ({error.status_code})"
    if isinstance(error, _SAYS_NOTHING):
        finding.unchecked = told
    elif isinstance(error, InvalidResponseError):
        finding.differences.append("the answer is no JSON")
    else:
        finding.differences.append(f"it is refused: {told}")
