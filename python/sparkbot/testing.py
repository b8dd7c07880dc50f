"""Assertions on the requests of a sandbox: `sandbox.requests.assert_called("chats.set_status", status="resolved")`.

`recorded` records the requests and responses of a real service, and replays them.

The fixtures `sparkbot_sandbox`, `sparkbot_client` and `async_sparkbot_client` are in `pytest_sparkbot`, which pytest loads
automatically.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from urllib.parse import unquote

from ._annotations import make_public
from ._sparkbot import operations
from .errors import InvalidArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from os import PathLike
    from typing import Any, Literal

    from .recording.recorder import Recording

    Request = dict[str, Any]
    Operation = dict[str, Any]
    Parameter = dict[str, Any]

__all__ = ["Requests", "arguments_of", "recorded"]

#: Maximum number of requests in a failure message.
MAX_REQUESTS = 3
#: Maximum length of a value in it.
MAX_VALUE = 200


class Requests(list["Request"]):
    """The requests that a sandbox received, as dicts, oldest first, with assertions for tests.

    Operations and arguments have the names of the client's methods (`"chats.set_status"`, or a pattern such as `"chats.*"`)
    and their values. Omitted arguments match any value. An unknown name raises an `InvalidArgumentError`, so a typo cannot make
    a test pass.

    Each attempt of a call is a request. A text or file with `deliver_at` is recorded as `"send.scheduled"`, because it is
    the same request.
    """

    def of(self, operation: str, /, **arguments: object) -> Requests:
        """The requests to an operation, with these arguments.

        Example:
            >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            ...     _ = client.devices.list(size=5)
            ...     [request["status"] for request in sandbox.requests.of("devices.list", size=5)]
            [200]
        """
        matching = _matching_operations(operation, arguments)
        return Requests(
            request for request in self if request["operation"] in matching and not _differences(request, matching, arguments)
        )

    def assert_called(self, operation: str, /, *, times: int | None = None, **arguments: object) -> Requests:
        """Fail unless the operation was called with these arguments: at least once, or exactly `times` times.

        Args:
            operation: Name or pattern.
            times: Expected number of requests.
            **arguments: Arguments of the call.

        Returns:
            The matching requests.

        Raises:
            AssertionError: It was not called. The message lists the closest requests with their differences.
            InvalidArgumentError: There is no such operation, or it has no such argument.

        Example:
            >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
            ...     device = client.devices.find("Support")["id"]
            ...     chat = client.chats.list(device, size=1)[0]["wid"]
            ...     _ = client.chats.set_status(device, chat, "resolved")
            ...     [request] = sandbox.requests.assert_called("chats.set_status", device=device, status="resolved")
        """
        requests = self.of(operation, **arguments)
        if (requests and times in (None, len(requests))) or (times == 0 and not requests):
            return requests
        call = f"{operation}({_format_arguments(arguments)})"
        if times is None or not requests:
            raise AssertionError(f"{call} was not called.\n{self._closest(operation, arguments)}")
        raise AssertionError(f"{call} was called {_times(len(requests))}, not {_times(times)}.\n{_format_requests(requests)}")

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
        requests = self.of(operation, **arguments)
        if requests:
            call = f"{operation}({_format_arguments(arguments)})"
            raise AssertionError(f"{call} was called {_times(len(requests))}, expected never.\n{_format_requests(requests)}")

    def _closest(self, operation: str, arguments: dict[str, object]) -> str:
        """For a failure message: the requests to the operation with their differences, or all operations that were called."""
        matching = _matching_operations(operation, arguments)
        compared = [(_differences(request, matching, arguments), request) for request in self if request["operation"] in matching]
        if not compared:
            counts = Counter(request["operation"] or f"{request['method']} {request['path']}" for request in self)
            calls = ", ".join(f"{name} ({_times(count)})" for name, count in counts.most_common(10))
            return f"The operations called were: {calls}" if calls else "There were no requests."
        compared.sort(key=lambda pair: len(pair[0]))
        blocks = [
            _format_request(request) + "".join(f"\n      {difference}" for difference in differences)
            for differences, request in compared[:MAX_REQUESTS]
        ]
        return f"The closest of {len(compared)} requests:\n" + "\n".join(blocks)


def arguments_of(request: Request) -> dict[str, Any]:
    """The arguments of the call that sent a request: the names are those of the client, the values those of the request.

    Metadata is a dict, a list in the query is a list. Timestamps and numbers in path and query stay text.

    Args:
        request: An entry of `sandbox.requests`.

    Returns:
        Arguments by name; empty for a request that is no operation.

    Example:
        >>> with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        ...     _ = client.devices.list(size=5, status="operative")
        ...     arguments_of(sandbox.requests[0])
        {'status': 'operative', 'size': '5'}
    """
    operation = _operations().get(request["operation"] or "")
    if operation is None:
        return {}
    query, path = dict(request["query"]), _path_values(operation["path"], request["path"])
    sent = ((parameter, _sent_value(parameter, path, query, request["body"])) for parameter in operation["parameters"])
    return {parameter["name"]: _decode(parameter, value) for parameter, value in sent if value is not None}


def recorded(
    path: str | PathLike[str],
    *,
    mode: Literal["once", "none", "all"] = "once",
    base_url: str | None = None,
    api_key: str | None = None,
    redact: Collection[str] = (),
) -> Recording:
    """Records what clients and the service exchange in a `with` block, and replays it without a network afterwards.

    In the block, `recording.client()` and `recording.async_client()` create clients, and SPARKBOT_BASE_URL and
    SPARKBOT_API_KEY are set, so that the app's own `sparkbot.Client()` is recorded too. A client that was created before, or
    with another `base_url`, is not.

    A request is answered if method, path, query and body are those of a recorded one; equal requests get their responses in
    the order of the recording, each once. Any other request is an error, and also fails the block if the app catches it.

    The cassette never contains request headers and keys. A phone number becomes a fictional one, the same everywhere; the
    numbers that a test itself sends come back as it sent them. Any text of 9 to 15 digits counts as one. Names, e-mail
    addresses and message texts are kept unless `redact` names their fields.

    Args:
        path: The cassette, a JSON file. Keep it with the tests.
        mode: `once` records if there is no cassette, else replays; `none` replays, and fails without a cassette, as CI
            should; `all` records again. A block that raises writes no cassette.
        base_url: Base URL of the service to record; by default SPARKBOT_BASE_URL. Not needed to replay.
        api_key: Its API key; by default SPARKBOT_API_KEY. Not needed to replay.
        redact: Names of fields in bodies and queries whose values are neither written nor compared.

    Returns:
        A context manager, with `url`, `is_replaying`, `client()` and `async_client()`.

    Raises:
        InvalidArgumentError: An argument is invalid, or there is no usable cassette.
        ConfigError: The key or the base URL of the service to record is missing or invalid.
        AssertionError: At the end of the block: a request was not in the cassette. The message names the closest one.

    Example:
        >>> with sparkbot.Sandbox() as sandbox:
        ...     with recorded("numbers.json", base_url=sandbox.url, api_key=sandbox.api_key) as recording:
        ...         count = len(recording.client().devices.list())
        >>> with recorded("numbers.json", mode="none") as recording:
        ...     len(recording.client().devices.list()) == count
        True
    """
    from .recording.recorder import Recording

    return Recording(path, mode=mode, base_url=base_url, api_key=api_key, redact=redact)


def _sent_value(parameter: Parameter, path: dict[str, str], query: dict[str, str], body: Any) -> Any:
    """The value of a parameter in the request, or None."""
    location, wire_name = parameter["in"], parameter["wire_name"]
    if location in ("path", "query"):
        return (path if location == "path" else query).get(wire_name)
    if location == "payload":
        return body
    for name in wire_name.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _path_values(template: str, path: str) -> dict[str, str]:
    """The values of the parameters in a path, which may start with the path of the base URL."""
    names = template.strip("/").split("/")
    segments = path.rstrip("/").split("/")[-len(names) :]
    return {name[1:-1]: unquote(segment) for name, segment in zip(names, segments, strict=False) if name.startswith("{")}


def _decode(parameter: Parameter, value: Any) -> Any:
    """The value as an argument of the client."""
    if parameter["type"] == "metadata" and isinstance(value, list):
        return {pair.get("key"): pair.get("value") for pair in value if isinstance(pair, dict)}
    # Queries and forms have lists as comma-separated text.
    if parameter["type"] in ("string_list", "number_list") and isinstance(value, str):
        return value.split(",")
    fields = {field["wire_name"]: field for field in parameter["fields"]}
    if fields and isinstance(value, list):
        return [_decode(parameter, item) for item in value]
    if not fields or not isinstance(value, dict):
        return value
    return {
        fields[name]["name"] if name in fields else name: _decode(fields[name], item) if name in fields else item
        for name, item in value.items()
    }


def _differences(request: Request, matching: dict[str, Operation], arguments: dict[str, object]) -> list[str]:
    """The differences between the arguments of a request and the expected ones, a line each."""
    sent = arguments_of(request)
    parameters = {parameter["name"]: parameter for parameter in matching[request["operation"]]["parameters"]}
    differences = []
    for name, expected in arguments.items():
        if name not in parameters:
            differences.append(f"{name}: not an argument of {request['operation']}")
        elif name not in sent:
            # None is never sent, and False is not if only True has a meaning.
            if expected is not None and not (expected is False and parameters[name]["skip_if_false"]):
                differences.append(f"{name}: omitted, expected {_format(expected)}")
        elif not _matches(sent[name], expected, parameters[name]["type"]):
            differences.append(f"{name}: {_format(sent[name])}, expected {_format(expected)}")
    return differences


def _matches(sent: Any, expected: Any, ty: str = "") -> bool:
    """Whether the client sends the expected value as this one."""
    if isinstance(expected, dict) and isinstance(sent, dict):
        values = {str(key): value for key, value in expected.items() if value is not None}
        return values.keys() == sent.keys() and all(_matches(sent[key], value) for key, value in values.items())
    if isinstance(expected, list | tuple) and isinstance(sent, list):
        return len(expected) == len(sent) and all(map(_matches, sent, expected))
    if isinstance(sent, str):
        if ty == "datetime" or hasattr(expected, "isoformat"):
            return bool(_to_datetime(sent) == _to_datetime(expected))
        text = str(expected).lower() if isinstance(expected, bool) else str(expected)
        return sent == text
    return bool(sent == expected) and isinstance(sent, bool) is isinstance(expected, bool)


def _to_datetime(value: Any) -> Any:
    try:
        result = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return value
    return result.replace(tzinfo=UTC) if result.tzinfo is None else result


@cache
def _operations() -> dict[str, Operation]:
    return {operation["name"]: operation for operation in operations()}


def _matching_operations(pattern: str, arguments: dict[str, object]) -> dict[str, Operation]:
    """The operations that match a pattern. Raises if there is none, or if none of them has one of the arguments."""
    matching = {name: operation for name, operation in _operations().items() if fnmatchcase(name, pattern)}
    if not matching:
        raise _unknown_name("operation", pattern, list(_operations()))
    names = {parameter["name"] for operation in matching.values() for parameter in operation["parameters"]}
    for name in arguments:
        if name not in names:
            raise _unknown_name(f"argument of {pattern}", name, sorted(names))
    return matching


def _unknown_name(what: str, name: str, known: list[str]) -> InvalidArgumentError:
    similar = get_close_matches(name, known, 3, 0.5)
    hint = f"there are {', '.join(known[:10])}{', …' if len(known) > 10 else ''}"
    if similar:
        hint = f"did you mean {' or '.join(similar)}?"
    return InvalidArgumentError(f"{name!r} is not an {what}: {hint}")


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _format(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


def _format_arguments(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{name}={_format(value)}" for name, value in arguments.items())


def _format_request(request: Request) -> str:
    response = "no response" if request["status"] is None else request["status"]
    fault = f", fault {request['fault']}" if request["fault"] else ""
    return f"  #{request['index']} {request['operation']}({_format_arguments(arguments_of(request))}) → {response}{fault}"


def _format_requests(requests: list[Request]) -> str:
    omitted = len(requests) - MAX_REQUESTS
    return "\n".join(map(_format_request, requests[:MAX_REQUESTS])) + (f"\n  and {omitted} more" if omitted > 0 else "")


make_public(__name__)
