"""Describes operations to an agent, from the API model."""

from __future__ import annotations

from typing import Any

from sparkbot.cli.guide import describe_operation, describe_parameter
from sparkbot.integrations.mcp.gate import tool_of

Operation = dict[str, Any]


def listed(operation: Operation) -> dict[str, Any]:
    """One line of a search."""
    return {"operation": operation["name"], "summary": operation["summary"], "tool": tool_of(operation)}


def described(operation: Operation) -> dict[str, Any]:
    """What a call of the operation needs."""
    return {
        "operation": operation["name"],
        "about": describe_operation(operation),
        "tool": tool_of(operation),
        "arguments": {parameter["name"]: _argument(parameter) for parameter in operation["parameters"]},
        "returns": operation["response"]["kind"],
    }


def _argument(parameter: dict[str, Any]) -> dict[str, Any]:
    keys = {field["name"]: _argument(field) for field in parameter["fields"]}
    about = {"type": parameter["type"], "required": parameter["required"], "about": describe_parameter(parameter)}
    return about | ({"keys": keys} if keys else {})
