"""The results of the tools: JSON of limited size, in which data of the service is marked as such."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

from mcp.types import CallToolResult, TextContent

#: Characters of the data of a result: some 5,000 tokens.
MAX_CHARACTERS = 20_000
_MAX_ERROR = 2_000


def from_service(value: Any) -> CallToolResult:
    """A response of the service. JSON quotes its texts, so none can pretend to be outside of `untrusted_data`."""
    data, note = _cut(value)
    return of({"untrusted_data": data} | ({"note": note} if note else {}))


def of(value: Any) -> CallToolResult:
    """A result that consists of the library's own texts."""
    return CallToolResult(content=[TextContent(type="text", text=as_json(value))])


def failure(message: str) -> CallToolResult:
    """A failed call, with a message for the agent."""
    return CallToolResult(content=[TextContent(type="text", text=shortened(message, _MAX_ERROR))], is_error=True)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text):,} characters)"


def _cut(value: Any) -> tuple[Any, str]:
    """What fits of a value, and a note if that is not all of it."""
    text = as_json(value)
    if len(text) <= MAX_CHARACTERS:
        return value, ""
    entries, note = _cut_list(value) if isinstance(value, list) else ([], "")
    if entries:
        return entries, note
    return text[:MAX_CHARACTERS], f"The first {MAX_CHARACTERS:,} of {len(text):,} characters of the JSON."


def _cut_list(entries: list[Any]) -> tuple[list[Any], str]:
    """First drops what is nested in entries, which is most of them, then the last entries."""
    plain = [_without_nested_fields(entry) for entry in entries]
    sizes = accumulate(len(as_json(entry)) + 1 for entry in plain)
    fitting = sum(size <= MAX_CHARACTERS for size in sizes)
    return plain[:fitting], f"{fitting} of {len(entries)} entries, without nested fields. Ask for fewer to see all fields."


def _without_nested_fields(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: value for name, value in entry.items() if not isinstance(value, (dict, list))}
