"""Asks the user before data is changed, where the client can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import AcceptedElicitation, Elicit
from pydantic import BaseModel, Field

from sparkbot.integrations.mcp.results import as_json, shortened

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context, ElicitationResult

#: Characters of one argument, or of the rows of a table, in a question.
_MAX_SHOWN = 500
_MAX_SHOWN_ROWS = 2_000


class Consent(BaseModel):
    """Whether to make this call."""

    allow: bool = Field(default=True, description="Make this call")


def ask(context: Context[Any, Any], what: str, arguments: Any) -> Elicit[Consent] | Consent:
    """The question for the user. Of a client without forms, the user has seen the tool's hints, and answers there."""
    if not _can_ask(context):
        return Consent()
    return Elicit(f"{what}\n\n{_shown(arguments)}", Consent)


def _shown(arguments: Any) -> str:
    """The arguments. Each is shortened alone: a long text must not hide who gets it."""
    if not isinstance(arguments, dict):
        return shortened(as_json(arguments), _MAX_SHOWN_ROWS)
    return "\n".join(f"{name}: {shortened(as_json(value), _MAX_SHOWN)}" for name, value in arguments.items())


def _can_ask(context: Context[Any, Any]) -> bool:
    capabilities = context.client_capabilities
    elicitation = capabilities.elicitation if capabilities else None
    # Without modes it means forms.
    return elicitation is not None and (elicitation.form is not None or elicitation.url is None)


def is_given(answer: ElicitationResult[Consent]) -> bool:
    return isinstance(answer, AcceptedElicitation) and answer.data.allow
