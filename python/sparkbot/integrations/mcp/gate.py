"""Which operations an agent may call, and with which arguments. All tools on all transports ask here before they call.

See docs/decisions/0053-few-tools-for-agents.md.
"""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.operations import all_operations, only_reads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    Operation = dict[str, Any]


class RefusedError(Exception):
    """A call that is not made. The message is for the agent."""


class Gate:
    """The operations that a server allows."""

    def __init__(self, *, read_only: bool, allow: Collection[str] | None) -> None:
        # `request` has no path: its method and path are arguments, which no rule here covers.
        self._operations = {operation["name"]: operation for operation in all_operations() if operation["path"]}
        self.allowed = {name for name in self._matching(allow) if not read_only or only_reads(self._operations[name])}
        if not self.allowed:
            raise InvalidArgumentError("allow: read_only excludes all operations that the patterns match", field="allow")

    def _matching(self, allow: Collection[str] | None) -> Iterable[str]:
        if allow is None:
            return self._operations
        if isinstance(allow, str) or not allow or not all(isinstance(pattern, str) for pattern in allow):
            raise InvalidArgumentError('allow is not a list of patterns, such as ["chats.*", "contacts.get"]', field="allow")
        return {name for pattern in allow for name in self._match(pattern)}

    def _match(self, pattern: str) -> list[str]:
        names = [name for name in self._operations if fnmatchcase(name, pattern)]
        if not names:
            example = "chats.* or contacts.get; `sparkbot operations` lists the names"
            raise InvalidArgumentError(f"allow: no operation matches {pattern!r}; write {example}", field="allow")
        return names

    def allows_writes(self) -> bool:
        """Whether any allowed operation changes data."""
        return any(not only_reads(self._operations[name]) for name in self.allowed)

    def operation(self, name: str) -> Operation:
        """Returns an allowed operation."""
        if name not in self._operations:
            similar = get_close_matches(name, self.allowed, n=1)
            hint = f"did you mean {similar[0]}?" if similar else "search_operations lists the names."
            raise RefusedError(f"There is no operation {name!r}; {hint}")
        if name not in self.allowed:
            raise RefusedError(f"{name} was not called: this server does not allow it. Only the user can change that.")
        return self._operations[name]

    def check(self, name: str, arguments: dict[str, Any], *, write: bool) -> Operation:
        """Returns the operation if this call is allowed, else raises `RefusedError`."""
        operation = self.operation(name)
        if only_reads(operation) == write:
            raise RefusedError(f"{name} was not called: it is called by {tool_of(operation)}.")
        _check_arguments(operation, arguments)
        return operation


def tool_of(operation: Operation) -> str:
    """The tool that calls the operation."""
    return "call_read" if only_reads(operation) else "call_write"


def _check_arguments(operation: Operation, arguments: dict[str, Any]) -> None:
    """Rejects missing and unknown arguments, and what only a program can use: `options`, paths of files, binary responses."""
    refused = f"{operation['name']} was not called:"
    types = {parameter["name"]: parameter["type"] for parameter in operation["parameters"]}
    required = [parameter["name"] for parameter in operation["parameters"] if parameter["required"]]
    for argument in arguments:
        if argument not in types:
            raise RefusedError(f"{refused} it has no argument {argument!r}. Its arguments: {', '.join(types) or 'none'}.")
        if types[argument] == "file":
            raise RefusedError(f"{refused} {argument} would read a file of this machine. Leave it to the user.")
    if missing := [name for name in required if name not in arguments]:
        raise RefusedError(f"{refused} it needs {', '.join(missing)}. describe_operation explains its arguments.")
    if operation["response"]["kind"] == "bytes":
        raise RefusedError(f"{refused} its response is binary. `sparkbot call {operation['name']} --output FILE` saves it.")
