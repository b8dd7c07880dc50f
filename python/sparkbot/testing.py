"""Assertions on what a sandbox was asked: `sandbox.requests.assert_called("chats.set_status", status="resolved")`.

The fixtures `sparkbot_sandbox`, `sparkbot_client` and `async_sparkbot_client` are in `pytest_sparkbot`, which pytest loads
by itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Request = dict[str, Any]
    Row = dict[str, Any]

__all__ = ["Requests", "arguments_of"]

#: How many of the nearest requests a failure shows.
SHOWN = 3
#: How much of a value it shows.
LONGEST = 200


class Requests(list["Request"]):
    """The requests of a sandbox's journal, as dicts, oldest first; with assertions for tests.

    An operation is named as its method is (`"chats.set_status"`, or a pattern such as `"chats.*"`); arguments too, and as
    the client takes them. Those that are not given may be anything. Names that do not exist are an `InvalidArgumentError`, so
    that a slip of the pen never makes a test pass.

    A request that was sent again after a failure is there twice. A text or a file with `deliver_at` is recorded as
    `"send.scheduled"`: the service is sent the same.
    """

    def of(self, operation: str, /, **arguments: object) -> Requests:
        """The requests to an operation, with these arguments.

        Example:
            >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            ...     _ = client.devices.list(size=5)
            ...     [request["status"] for request in sandbox.requests.of("devices.list", size=5)]
            [200]
        """
        rows = _rows(operation, arguments)
        return Requests(
            request for request in self if request["operation"] in rows and not _differences(request, rows, arguments)
        )

    def assert_called(self, operation: str, /, *, times: int | None = None, **arguments: object) -> Requests:
        """Fail unless the operation was called with these arguments: at least once, or exactly so many `times`.

        Args:
            operation: Name or pattern.
            times: How many requests there are.
            **arguments: Arguments of the call.

        Returns:
            The requests found.

        Raises:
            AssertionError: It was not; says which requests come nearest, and what differs.
            InvalidArgumentError: There is no such operation, or it has no such argument.

        Example:
            >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            ...     device = client.devices.find("Support")["id"]
            ...     chat = client.chats.list(device, size=1)[0]["wid"]
            ...     _ = client.chats.set_status(device, chat, "resolved")
            ...     [request] = sandbox.requests.assert_called("chats.set_status", device=device, status="resolved")
        """
        found = self.of(operation, **arguments)
        if (found and times in (None, len(found))) or (times == 0 and not found):
            return found
        wanted = f"{operation}({_written(arguments)})"
        if times is None or not found:
            raise AssertionError(f"{wanted} was not called.\n{self._nearest(operation, arguments)}")
        raise AssertionError(f"{wanted} was called {_times(len(found))}, not {_times(times)}.\n{_listed(found)}")

    def assert_called_once(self, operation: str, /, **arguments: object) -> Request:
        """Fail unless there is exactly one such request, and return it. See `assert_called`.

        Example:
            >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            ...     _ = client.devices.list()
            ...     sandbox.requests.assert_called_once("devices.list")["path"]
            '/v1/devices'
        """
        return self.assert_called(operation, times=1, **arguments)[0]

    def assert_not_called(self, operation: str, /, **arguments: object) -> None:
        """Fail if there is any such request. See `assert_called`.

        Example:
            >>> with sparkbot.Sandbox() as sandbox:
            ...     sandbox.requests.assert_not_called("send.*", phone="+447362053576")
        """
        found = self.of(operation, **arguments)
        if found:
            wanted = f"{operation}({_written(arguments)})"
            raise AssertionError(f"{wanted} was called {_times(len(found))}, and should not be.\n{_listed(found)}")

    def _nearest(self, operation: str, arguments: dict[str, object]) -> str:
        """What a failure shows: requests to the operation with what differs, or what was called instead."""
        rows = _rows(operation, arguments)
        compared = [(_differences(request, rows, arguments), request) for request in self if request["operation"] in rows]
        if not compared:
            return f"Nothing called it. {_called(self)}"
        compared.sort(key=lambda pair: len(pair[0]))
        blocks = [
            _line(request) + "".join(f"\n      {difference}" for difference in differences)
            for differences, request in compared[:SHOWN]
        ]
        return f"The nearest of {len(compared)} requests to it:\n" + "\n".join(blocks)


def arguments_of(request: Request) -> dict[str, Any]:
    """The arguments of the call that made a request: names as the client has them, values as they were sent.

    Metadata is a dict again, lists in the query are lists; moments and numbers of path and query stay text.

    Args:
        request: An entry of `sandbox.requests`.

    Returns:
        Arguments by name; none for a request that is no operation.

    Example:
        >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        ...     _ = client.devices.list(size=5, status="operative")
        ...     arguments_of(sandbox.requests[0])
        {'status': 'operative', 'size': '5'}
    """
    row = _table().get(request["operation"] or "")
    if row is None:
        return {}
    query, path = dict(request["query"]), _path_values(row["path"], request["path"])
    found = {}
    for parameter in row["parameters"]:
        value = _sent(parameter, path, query, request["body"])
        if value is not None:
            found[parameter["name"]] = _read(parameter, value)
    return found


def _sent(parameter: Row, path: dict[str, str], query: dict[str, str], body: Any) -> Any:
    """The value of a parameter where it was sent, or None."""
    where, wire = parameter["in"], parameter["wire_name"]
    if where == "path":
        return path.get(wire)
    if where == "query":
        return query.get(wire)
    if where == "payload":
        return body
    for name in wire.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _path_values(template: str, path: str) -> dict[str, str]:
    """What stands in a path where the row's has names. The base URL's own path may stand before it."""
    from urllib.parse import unquote

    names = template.strip("/").split("/")
    segments = path.rstrip("/").split("/")[-len(names) :]
    return {name[1:-1]: unquote(segment) for name, segment in zip(names, segments, strict=False) if name.startswith("{")}


def _read(parameter: Row, value: Any) -> Any:
    kind = parameter["type"]
    if kind == "metadata" and isinstance(value, list):
        return {pair.get("key"): pair.get("value") for pair in value if isinstance(pair, dict)}
    # So lists are written in queries and forms.
    if kind in ("string_list", "number_list") and isinstance(value, str):
        return value.split(",")
    fields = {field["wire_name"]: field for field in parameter["fields"]}
    if fields and isinstance(value, dict):
        return _named(fields, value)
    if fields and isinstance(value, list):
        return [_named(fields, item) if isinstance(item, dict) else item for item in value]
    return value


def _named(fields: dict[str, Row], value: dict[str, Any]) -> dict[str, Any]:
    """An object with its fields as the client names them."""
    return {
        fields[wire]["name"] if wire in fields else wire: _read(fields[wire], one) if wire in fields else one
        for wire, one in value.items()
    }


def _differences(request: Request, rows: dict[str, Row], arguments: dict[str, object]) -> list[str]:
    """What is not as it should be, a line each."""
    sent = arguments_of(request)
    parameters = {parameter["name"]: parameter for parameter in rows[request["operation"]]["parameters"]}
    lines = []
    for name, wanted in arguments.items():
        if name not in parameters:
            lines.append(f"{name}: {request['operation']} does not have it")
        elif name not in sent:
            # None is never sent, and False is not where only True means something.
            if wanted is not None and not (wanted is False and parameters[name]["skip_if_false"]):
                lines.append(f"{name}: not given, instead of {_short(wanted)}")
        elif not _is_same(sent[name], wanted, parameters[name]["type"]):
            lines.append(f"{name}: {_short(sent[name])}, not {_short(wanted)}")
    return lines


def _is_same(sent: Any, wanted: Any, kind: str = "") -> bool:
    """Whether a value that was sent is what the client makes of the wanted one."""
    if isinstance(wanted, dict) and isinstance(sent, dict):
        given = {str(key): value for key, value in wanted.items() if value is not None}
        return given.keys() == sent.keys() and all(_is_same(sent[key], value) for key, value in given.items())
    if isinstance(wanted, list | tuple) and isinstance(sent, list):
        return len(wanted) == len(sent) and all(map(_is_same, sent, wanted))
    if isinstance(sent, str):
        is_moment = kind == "datetime" or hasattr(wanted, "isoformat")
        return _moment(sent) == _moment(wanted) if is_moment else sent == _text(wanted)
    return bool(sent == wanted) and isinstance(sent, bool) is isinstance(wanted, bool)


def _text(value: Any) -> str:
    """A value as path, query and metadata hold it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _moment(value: Any) -> Any:
    from datetime import UTC, datetime

    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _table() -> dict[str, Row]:
    """The rows by name, read once."""
    global _known
    if _known is None:
        from ._sparkbot import operations

        _known = {row["name"]: row for row in operations()}
    return _known


_known: dict[str, Row] | None = None


def _rows(pattern: str, arguments: dict[str, object]) -> dict[str, Row]:
    """The rows that a pattern means; every argument is one of theirs."""
    from fnmatch import fnmatchcase

    rows = {name: row for name, row in _table().items() if fnmatchcase(name, pattern)}
    if not rows:
        raise _unknown("operation", pattern, list(_table()))
    names = {parameter["name"] for row in rows.values() for parameter in row["parameters"]}
    for name in arguments:
        if name not in names:
            raise _unknown(f"argument of {pattern}", name, sorted(names))
    return rows


def _unknown(what: str, name: str, known: list[str]) -> Exception:
    from difflib import get_close_matches

    from .errors import InvalidArgumentError

    near = get_close_matches(name, known, 3, 0.5)
    advice = (
        f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"
    )
    return InvalidArgumentError(f"{name!r} is no {what}: {advice}")


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _written(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{name}={_short(value)}" for name, value in arguments.items())


def _short(value: object) -> str:
    written = repr(value)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}…"


def _line(request: Request) -> str:
    call = f"{request['operation']}({_written(arguments_of(request))})"
    answer = "no answer" if request["status"] is None else request["status"]
    return f"  #{request['index']} {call} → {answer}" + (f", fault {request['fault']}" if request["fault"] else "")


def _listed(requests: list[Request]) -> str:
    left_out = len(requests) - SHOWN
    return "\n".join(map(_line, requests[:SHOWN])) + (f"\n  and {left_out} more" if left_out > 0 else "")


def _called(requests: list[Request]) -> str:
    from collections import Counter

    counts = Counter(request["operation"] or f"{request['method']} {request['path']}" for request in requests)
    if not counts:
        return "There was no request at all."
    return "Called were: " + ", ".join(f"{name} ({_times(count)})" for name, count in counts.most_common(10))
