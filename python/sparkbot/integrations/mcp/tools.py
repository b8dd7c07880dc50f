"""The tools. Agents read their docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from mcp.server.mcpserver import Context, Elicit, ElicitationResult, Resolve
from mcp.types import CallToolResult, ToolAnnotations

import sparkbot
from sparkbot.client import AsyncClient
from sparkbot.errors import SparkBotError
from sparkbot.integrations.mcp.consent import Consent, ask, is_given
from sparkbot.integrations.mcp.describe import described, listed
from sparkbot.integrations.mcp.gate import Gate, RefusedError
from sparkbot.integrations.mcp.results import failure, from_service, of
from sparkbot.operations import search
from sparkbot.resources._devices import is_resource_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator

    Tool = Callable[..., Awaitable[CallToolResult]]

#: Rows of one sync. More rows belong into a file, for `sparkbot sync`.
MAX_ROWS = 500
_MAX_FOUND = 30
_READ = ToolAnnotations(read_only_hint=True)
_WRITE = ToolAnnotations(read_only_hint=False, destructive_hint=True)
_DECLINED = "The user declined; nothing was sent. Do not try again unless the user asks for it."


@dataclass(frozen=True)
class Account:
    """What the tools work with."""

    client: AsyncClient
    gate: Gate


AccountContext: TypeAlias = Context[Account, Any]


def tools(gate: Gate) -> Iterator[tuple[Tool, ToolAnnotations]]:
    """The tools that can make at least one allowed call."""
    yield search_operations, _READ
    yield describe_operation, _READ
    yield call_read, _READ
    if gate.allows_writes():
        yield call_write, _WRITE
    if "contacts.get" in gate.allowed:
        yield read_metadata, _READ
    if "contacts.upsert_metadata" in gate.allowed:
        yield sync_metadata, _WRITE


def _reported(tool: Tool) -> Tool:
    """Returns errors to the agent as results of the tool."""

    @wraps(tool)
    async def run(*args: Any, **kwargs: Any) -> CallToolResult:
        try:
            return await tool(*args, **kwargs)
        except (RefusedError, SparkBotError) as error:
            return failure(str(error))

    return run


def _account(context: AccountContext) -> Account:
    return context.request_context.lifespan_context


@_reported
async def search_operations(context: AccountContext, words: str = "") -> CallToolResult:
    """Find operations of the SparkBot WhatsApp API: those with all words in name, path or summary."""
    allowed = _account(context).gate.allowed
    found = [listed(operation) for operation in search(words) if operation["name"] in allowed]
    note = _note_of_search(len(found), allowed)
    return of({"found": found[:_MAX_FOUND]} | ({"note": note} if note else {}))


def _note_of_search(count: int, allowed: Collection[str]) -> str:
    if count > _MAX_FOUND:
        return f"The first {_MAX_FOUND} of {count}. Add a word."
    resources = sorted({name.partition(".")[0] for name in allowed})
    return "" if count else f"No operation has all these words. Use fewer, or one of: {', '.join(resources)}."


@_reported
async def describe_operation(context: AccountContext, operation: str) -> CallToolResult:
    """Describe an operation and its arguments."""
    return of(described(_account(context).gate.operation(operation)))


@_reported
async def call_read(context: AccountContext, operation: str, arguments: dict[str, Any]) -> CallToolResult:
    """Call an operation that only reads, such as chats.list."""
    _account(context).gate.check(operation, arguments, write=False)
    return await _call(_account(context).client, operation, arguments)


async def _ask_to_call(context: AccountContext, operation: str, arguments: dict[str, Any]) -> Elicit[Consent] | Consent:
    try:
        summary = _account(context).gate.check(operation, arguments, write=True)["summary"]
    except RefusedError:
        # The tool itself reports it.
        return Consent()
    return ask(context, f"Call {operation}? {summary}", arguments)


@_reported
async def call_write(
    context: AccountContext,
    operation: str,
    arguments: dict[str, Any],
    answer: Annotated[ElicitationResult[Consent], Resolve(_ask_to_call)],
) -> CallToolResult:
    """Call an operation that sends, changes or deletes, such as send.text."""
    _account(context).gate.check(operation, arguments, write=True)
    if not is_given(answer):
        return failure(_DECLINED)
    return await _call(_account(context).client, operation, arguments)


async def _call(client: AsyncClient, name: str, arguments: dict[str, Any]) -> CallToolResult:
    resource, _, method = name.partition(".")
    return from_service(await getattr(getattr(client, resource), method)(**arguments))


@_reported
async def read_metadata(context: AccountContext, device: str, contact: str) -> CallToolResult:
    """Read a contact's CRM metadata: its keys and values."""
    account = _account(context)
    account.gate.operation("contacts.get")
    return from_service(await account.client.contacts.get_metadata(device, contact))


async def _ask_to_sync(
    context: AccountContext, device: str, rows: list[dict[str, Any]], dry_run: bool
) -> Elicit[Consent] | Consent:
    return Consent() if dry_run else ask(context, f"Write the metadata of {len(rows)} contacts through {device}?", rows)


@_reported
async def sync_metadata(
    context: AccountContext,
    device: str,
    rows: list[dict[str, Any]],
    answer: Annotated[ElicitationResult[Consent], Resolve(_ask_to_sync)],
    create_missing: bool = False,
    dry_run: bool = False,
) -> CallToolResult:
    """Write a table as metadata of contacts: rows of phone (or wid) and keys, at most 500."""
    account = _account(context)
    _check_sync(account.gate, device, rows, create_missing=create_missing)
    if not is_given(answer):
        return failure(_DECLINED)
    report = await sparkbot.sync_metadata(
        account.client, device, rows, on_missing="create" if create_missing else "fail", dry_run=dry_run, progress="off"
    )
    shown = ("rows", "ok", "skipped", "failed", "unknown", "dry_run", "notes", "errors_by_type")
    return from_service({name: value for name, value in report.to_dict().items() if name in shown})


def _check_sync(gate: Gate, device: str, rows: list[dict[str, Any]], *, create_missing: bool) -> None:
    for name in ("contacts.upsert_metadata", *(("contacts.create", "numbers.exists") if create_missing else ())):
        gate.operation(name)
    if not is_resource_id(device):
        raise RefusedError("Nothing was sent: device is not an id of 24 hex digits. devices.list has the ids.")
    if len(rows) > MAX_ROWS:
        raise RefusedError(f"Nothing was sent: {len(rows)} rows are more than {MAX_ROWS}. Write a file for `sparkbot sync`.")
