"""Help texts of `sparkbot call NAME --help`."""

from __future__ import annotations

from typing import Any

Operation = dict[str, Any]
Parameter = dict[str, Any]

_LIMITS = {
    "min": "At least {}.",
    "max": "At most {}.",
    "min_length": "At least {} characters.",
    "max_length": "Up to {} characters.",
    "min_items": "At least {} of them.",
    "max_items": "Up to {} of them.",
}


def describe_operation(operation: Operation) -> str:
    """Describes the operation and the constraints on its arguments."""
    constraints = " ".join(constraint["text"] for constraint in operation["constraints"])
    return "\n\n".join(filter(None, (operation["summary"], operation["description"].replace("`", ""), constraints)))


def describe_parameter(parameter: Parameter) -> str:
    """Describes one argument: meaning, allowed values and limits."""
    default = parameter["default"]
    sentences = [
        parameter["summary"].replace("`", ""),
        f"Allowed: {', '.join(parameter['enum'])}." if parameter["enum"] else "",
        *(text.format(parameter[key]) for key, text in _LIMITS.items() if parameter[key] is not None),
        _describe_fields(parameter),
        "" if default is None else f"Default of the service: {str(default).lower() if isinstance(default, bool) else default}.",
    ]
    return " ".join(filter(None, sentences))


def _describe_fields(parameter: Parameter) -> str:
    names = ", ".join(f"{field['name']}{' (required)' if field['required'] else ''}" for field in parameter["fields"])
    return f"Keys: {names}." if names else ""


def epilog(operation: Operation) -> str:
    """The request, the source of its description, and the same call in Python."""
    idempotency = "idempotent" if operation["idempotent"] else "not idempotent"
    facts = [f"{operation['method']} {operation['path']}", idempotency, operation["confidence"], operation["title"]]
    return f"{' · '.join(facts)}\n\n\b\nIn Python:\n  {operation['example']}"
