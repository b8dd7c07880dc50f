"""`sparkbot doctor --probe`: calls each safe read operation once, and compares the response with the API model.

Responses contain personal data. Only types, counts, statuses, and names of fields that look like names are kept.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from sparkbot import errors
from sparkbot.cli.compare import Comparison
from sparkbot.cli.summary import wide_console

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparkbot import Client
    from sparkbot.options import Options

    Operation = dict[str, Any]

#: Operations that only accept some of the items of a list.
_ACCEPTED_IDS = {"chats.list_participants": re.compile(r"@g\.us$")}
_OPTIONS: Options = {"timeout": 20, "max_retries": 1}
_PAGE_SIZE = 50
_MISSING_DEVICE = "0" * 24
#: Errors that do not depend on the API model.
_UNRELATED_ERRORS = (
    errors.AuthenticationError,
    errors.DeviceNotReadyError,
    errors.PaymentRequiredError,
    errors.PermissionDeniedError,
    errors.RateLimitError,
    errors.ServerError,
    errors.TransportError,
)


@dataclass(slots=True)
class Finding:
    """The result of one operation."""

    operation: str
    method: str
    path: str
    status: int | None = None
    items: int | None = None
    #: Contradictions to the model.
    differences: list[str] = field(default_factory=list)
    #: Fields that the model does not have.
    more: list[str] = field(default_factory=list)
    #: Fields of the model that no item had.
    unseen: list[str] = field(default_factory=list)
    #: Why the response could not be compared.
    unchecked: str | None = None

    @property
    def verdict(self) -> str:
        if self.unchecked:
            return f"not checked: {self.unchecked}"
        return "\n".join([*self.differences, *self.more]) or "matches"


@dataclass(slots=True)
class Probe:
    """The results of all operations."""

    findings: list[Finding] = field(default_factory=list)
    #: Why the service can't be used at all.
    problems: list[str] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return any(finding.differences for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain JSON."""
        return {"differs": self.differs, "findings": [asdict(finding) for finding in self.findings]}

    def print(self) -> None:
        """Prints a table of the operations, and a summary."""
        table = Table("operation", "status", "items", "compared with the API model", box=None, pad_edge=False)
        for finding in self.findings:
            numbers = ("" if number is None else str(number) for number in (finding.status, finding.items))
            table.add_row(Text(finding.operation), *numbers, Text(finding.verdict))
        wide_console().print(table)
        differing, extended, unchecked = (
            sum(bool(getattr(finding, name)) for finding in self.findings) for name in ("differences", "more", "unchecked")
        )
        counts = f"{differing} contradict the API model, {extended} have unknown fields, {unchecked} could not be checked"
        click.echo(f"\n{len(self.findings)} operations: {counts}.")


def read_operations() -> list[Operation]:
    """The operations to call: lists first, because the others need ids from them."""
    from sparkbot.operations import all_operations, only_reads

    def order(operation: Operation) -> tuple[bool, int]:
        path_parameters = sum(parameter["in"] == "path" for parameter in operation["parameters"])
        return operation["name"] != "devices.list", path_parameters

    safe = (operation for operation in all_operations() if only_reads(operation))
    return sorted((operation for operation in safe if operation["response"]["kind"] != "bytes"), key=order)


def run_probe(client: Client) -> Probe:
    """Calls the operations."""
    probe, items = Probe(), _ListedItems()
    for operation in read_operations():
        finding = _call_and_compare(client, operation, items)
        probe.findings.append(finding)
        if operation["name"] == "devices.list" and finding.items is None:
            reason = finding.unchecked or "; ".join(finding.differences)
            hint = ": check the base URL; it includes the version, such as /v1" if finding.status == 404 else ""
            probe.problems.append(f"the service can't be used: {reason}{hint}")
            return probe
    probe.findings.append(_get_missing_device(client))
    return probe


class _ListedItems:
    """Items of the lists so far, which give the ids for other operations."""

    def __init__(self) -> None:
        from sparkbot._sparkbot import model_definitions

        definitions = model_definitions()
        self.schemas: Mapping[str, Any] = definitions["schemas"]
        self._formats = {name: re.compile(form["pattern"]) for name, form in definitions["formats"].items()}
        self._items: dict[str, list[Any]] = {}

    def add(self, operation: Operation, response: Any) -> None:
        if operation["name"].endswith(".list") and isinstance(response, list):
            self._items[operation["name"]] = [item for item in response if isinstance(item, dict)]

    def arguments(self, operation: Operation) -> dict[str, str] | None:
        """The path parameters of the operation, or None if no list has a value for one of them."""
        path_parameters = (parameter for parameter in operation["parameters"] if parameter["in"] == "path")
        values = {parameter["name"]: self._value(operation, parameter) for parameter in path_parameters}
        return None if None in values.values() else {name: str(value) for name, value in values.items()}

    def _value(self, operation: Operation, parameter: Operation) -> str | None:
        resource = "devices" if parameter["name"] == "device" else operation["name"].partition(".")[0]
        patterns = [self._formats[parameter["format"]], _ACCEPTED_IDS.get(operation["name"], re.compile(""))]
        candidates = (str(item.get(name)) for item in self._sorted(resource) for name in ("id", "wid"))
        return next((value for value in candidates if all(pattern.search(value) for pattern in patterns)), None)

    def _sorted(self, resource: str) -> Iterable[Mapping[str, Any]]:
        """Online devices first, because more operations work with them."""
        items = self._items.get(f"{resource}.list", [])
        return sorted(items, key=lambda item: "online" not in str(item.get("session"))) if resource == "devices" else items


def _call_and_compare(client: Client, operation: Operation, items: _ListedItems) -> Finding:
    finding = Finding(operation["name"], operation["method"], operation["path"])
    arguments = items.arguments(operation)
    if arguments is None:
        finding.unchecked = "the account has no item to read"
        return finding
    size = {"size": _PAGE_SIZE} if operation["paginated"] else {}
    try:
        response = _call(client, operation["name"], finding, **arguments, **size)
    except errors.SparkBotError as error:
        _record_error(finding, error)
        return finding
    items.add(operation, response)
    comparison = Comparison(items.schemas)
    comparison.add_response(response, operation["response"])
    finding.items = comparison.items
    finding.differences, finding.more = comparison.differences(), comparison.additions()
    finding.unseen = comparison.unseen(operation["response"]["schema"])
    return finding


def _get_missing_device(client: Client) -> Finding:
    """Checks the response for an object that does not exist, because errors are classified by it."""
    finding = Finding("devices.get", "GET", f"/devices/{_MISSING_DEVICE}")
    try:
        _call(client, "devices.get", finding, device=_MISSING_DEVICE)
        finding.differences.append("success for a device that does not exist")
    except errors.NotFoundError as error:
        finding.status = error.status_code
    except errors.SparkBotError as error:
        _record_error(finding, error)
    return finding


def _call(client: Client, name: str, finding: Finding, **arguments: Any) -> Any:
    resource, _, method = name.partition(".")
    response = getattr(getattr(client.raw, resource), method)(**arguments, options=_OPTIONS)
    finding.status = response.status_code
    return response.json()


def _record_error(finding: Finding, error: errors.SparkBotError) -> None:
    """Records the type only, because the message can contain personal data."""
    finding.status = error.status_code
    text = type(error).__name__ + (f" ({error.status_code})" if error.status_code is not None else "")
    if isinstance(error, _UNRELATED_ERRORS):
        finding.unchecked = text
    elif isinstance(error, errors.InvalidResponseError):
        finding.differences.append("the response is not JSON")
    else:
        finding.differences.append(f"rejected: {text}")
