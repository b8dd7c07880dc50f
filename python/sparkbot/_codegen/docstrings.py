"""Docstrings of the generated methods."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from formatting import WIDTH, docstring, lines, prose
from loader import Operation, Parameter

MARGIN = 8
ITEM = MARGIN + 4
IDEMPOTENT = {True: "idempotent", False: "not idempotent"}
LIMITS = {
    "min": "At least {}.",
    "max": "At most {}.",
    "min_length": "At least {} characters.",
    "max_length": "Up to {} characters.",
    "min_items": "At least {} of them.",
    "max_items": "Up to {} of them.",
}


def method_docstring(operation: Operation, parameters: Sequence[Parameter], *, awaited: bool, walk: bool, save: bool) -> str:
    blocks = [
        f"{' ' * MARGIN}{summary(operation, walk, save)}",
        prose(operation.description, MARGIN) if not walk else "",
        prose(" ".join(constraints(operation)), MARGIN),
        section("Args", [*(argument_line(parameter) for parameter in parameters), *closing_arguments(walk, save)]),
        section("Returns" if not walk else "Yields", [returned(operation, walk, save)]),
        section("Raises", raised(operation)),
        typed(example(operation, awaited=awaited, walk=walk, save=save)),
        lines(prose(" · ".join(facts(operation)) + ".", MARGIN), f"{' ' * MARGIN}Title: `{operation.title}`."),
    ]
    return docstring([block for block in blocks if block], MARGIN)


def section(title: str, entries: Sequence[str]) -> str:
    """Returns a heading and its entries; the continuation lines of named entries are indented."""
    hanging = 4 if title in ("Args", "Raises") else 0
    return lines(f"{' ' * MARGIN}{title}:", *(prose(entry, ITEM, hanging) for entry in entries))


def summary(operation: Operation, walk: bool, save: bool) -> str:
    if walk:
        return f"Iterate over all pages of `{operation.name}`. Each page is requested when the one before is consumed."
    return f"Like `{operation.name}`, but write the content to a file as it arrives." if save else operation.summary


def constraints(operation: Operation) -> list[str]:
    """Returns the rules over several arguments as sentences."""
    groups = [
        ("at least one", [operation.at_least_one_of]),
        ("exactly one", operation.exactly_one_of),
        ("at most one", [operation.mutually_exclusive]),
    ]
    sentences = [f"Give {count} of {listed(names)}." for count, lists in groups for names in lists if names]
    return ["Give at least one field to change.", *sentences] if operation.needs_change else sentences


def listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def argument_line(parameter: Parameter) -> str:
    allowed = ", ".join(f"`{value}`" for value in parameter.enum)
    sentences = [
        parameter.summary,
        f"Allowed: {allowed}." if allowed else "",
        *limits(parameter),
        f"Such as `{parameter.example}`." if parameter.example else "",
        fields_line(parameter),
        f"Only together with `{parameter.depends_on}`." if parameter.depends_on else "",
        f"Default of the service: `{parameter.default}`." if parameter.default is not None else "",
        "Less certain than the operation." if parameter.confidence == "assumed" else "",
    ]
    return f"{parameter.name}: {' '.join(sentence for sentence in sentences if sentence)}"


def fields_line(parameter: Parameter) -> str:
    """Lists the keys of an object, which `sparkbot.types` describes."""
    if not parameter.fields:
        return ""
    keys = ", ".join(f"`{field.name}`{' (required)' if field.required else ''}" for field in parameter.fields)
    choice = f", exactly one of {listed(parameter.exactly_one_of)}" if parameter.exactly_one_of else ""
    return f"Keys: {keys}{choice}; see `sparkbot.types.{parameter.type_name}`."


def limits(parameter: Parameter) -> list[str]:
    values = {name: getattr(parameter, name) for name in LIMITS}
    return [LIMITS[name].format(value) for name, value in values.items() if value is not None]


def closing_arguments(walk: bool, save: bool) -> list[str]:
    pages = ["max_pages: Stop after this many pages."] if walk else []
    target = ["path: File to write. It appears when the content is complete."] if save else []
    return [*target, *pages, "options: Settings for this call only, see `sparkbot.Options`."]


def returned(operation: Operation, walk: bool, save: bool) -> str:
    if operation.response["kind"] == "bytes":
        content = "The content, as bytes with a MIME type, which notebooks display."
        return "The path." if save else content
    schema, assumed = operation.response.get("schema"), operation.response.get("confidence") == "assumed"
    fields = f"`sparkbot.types.{schema}` names the {'likely' if assumed else 'known'} fields; any may be missing."
    entries = "The entries one by one, as dicts." if walk else "One page, as a list of dicts."
    what = entries if operation.response["kind"] == "list" else "The response, as a dict."
    return f"{what} {fields if schema else 'Its fields are not known.'}"


def raised(operation: Operation) -> list[str]:
    path_parameters = " or the ".join(parameter.name for parameter in operation.parameters if parameter.location == "path")
    unknown = "OutcomeUnknownError: No response was received, so the call may have been executed. Check before you call again."
    return [
        *(["InvalidArgumentError: An argument is invalid; nothing was sent."] if operation.parameters else []),
        *([f"NotFoundError: The {path_parameters} does not exist."] if path_parameters else []),
        "AuthenticationError: The service rejected the API key.",
        *([unknown] if not operation.idempotent else []),
        "APIStatusError: The service rejected the call for another reason; see `sparkbot.errors`.",
        "TransportError: No response was received, retries included.",
    ]


def typed(example: Sequence[str]) -> str:
    return lines(f"{' ' * MARGIN}Example:", *(f"{' ' * ITEM}{line}" for line in example))


def example(operation: Operation, *, awaited: bool, walk: bool, save: bool) -> list[str]:
    """Returns the example of the operation for one kind of method."""
    call, rest = split_call(operation.example)
    if save:
        call = f'{call[:-1]}, "{operation.name}.bin")'.replace(f".{operation.name}(", f".{operation.name}_to(")
    if walk:
        loop = call.replace(f".{operation.name}(", f".{operation.iter_method_name}(")
        return doctest_prompt(f"{'async ' if awaited else ''}for entry in ", loop, ": ...")
    if not awaited:
        return doctest_prompt("", call, rest)
    return doctest_prompt("(await ", call, f"){rest}") if rest else doctest_prompt("await ", call, "")


def doctest_prompt(before: str, call: str, after: str) -> list[str]:
    """Returns a call at a prompt, with one argument per line if it is too long."""
    if ITEM + len(f">>> {before}{call}{after}") <= WIDTH:
        return [f">>> {before}{call}{after}"]
    node = ast.parse(call, mode="eval").body
    arguments = [*node.args, *node.keywords] if isinstance(node, ast.Call) else []
    head = call[: call.index("(") + 1]
    return [
        f">>> {before}{head}",
        *(f"...     {ast.get_source_segment(call, argument)}," for argument in arguments),
        f"... ){after}",
    ]


def split_call(text: str) -> tuple[str, str]:
    """Splits `client.a.b(...)[0]` after the call."""
    depth = 0
    for bracket in re.finditer(r"[()]", text):
        depth += 1 if bracket[0] == "(" else -1
        if depth == 0:
            return text[: bracket.end()], text[bracket.end() :]
    return text, ""


def facts(operation: Operation) -> list[str]:
    """Returns request, idempotency, time limit and source."""
    limit = [f"time limit {operation.timeout_seconds} s"] if operation.timeout_seconds else []
    return [f"`{operation.method} {operation.path}`", IDEMPOTENT[operation.idempotent], *limit, confidence(operation)]


def confidence(operation: Operation) -> str:
    """Describes the source of the operation."""
    if operation.confidence != "observed":
        return operation.confidence
    return f"observed in {operation.observed_count} public codebase{'' if operation.observed_count == 1 else 's'}"
