"""The known facts of the service's contract, with one entry per method and path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# Content fields of messages; all other body fields are common to all messages.
CONTENT = {"message", "media", "poll", "vote", "event", "attend", "location", "contacts", "reaction", "reactionMessage"}
CONTENT |= {"product", "forward"}
# A scheduled message has either content.
MORE_CONTENT = {"Send messages:Send scheduled message": {"media"}}
# Duplicates of body fields.
DUPLICATES = {("Files:Upload File", "query", "reference")}
# `client.request()` has no method and path in the API model.
CUSTOM_REQUEST = "Other:Send API request"

FACTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "facts.json").read_text(encoding="utf-8"))
FACT_OF = {title: fact for fact in FACTS for title in fact["operations"]}


def facts_at(fact: dict[str, Any], title: str, location: str) -> dict[str, Any]:
    """Returns the facts of a parameter location; of a message, without the content of other kinds of messages."""
    if location == "query" or "perOperation" not in fact:
        return dict(fact[location])
    own = {name.rstrip("!=[]") for name in fact["perOperation"][title]}
    own |= {name.split(".")[0] for name in own} | MORE_CONTENT.get(title, set())
    body = {name: dict(parameter) for name, parameter in fact["body"].items() if name not in CONTENT or name in own}
    for name in fact["perOperation"][title]:
        if name.rstrip("!") in body and body[name.rstrip("!")]["type"] != "object":
            body[name.rstrip("!")]["required"] = name.endswith("!")
    if "vote.options=[]" in fact["perOperation"][title]:
        body["vote"] = {"type": "object", "fields": {"poll": body["vote"]["fields"]["poll"]}}
    return body


def flatten_fact(fields: dict[str, Any], prefix: str = "") -> dict[str, dict[str, Any]]:
    """Returns the parameters of the contract and their fields, by wire path."""
    parameters: dict[str, dict[str, Any]] = {}
    if "$root" in fields:
        items = {key: value for key, value in fields.items() if key != "$root"}
        fields = {"$root": {**items, "type": fields["$root"], "required": True}}
    for name, parameter in fields.items():
        if name == "$multipart":
            parameters[parameter] = {"type": "file"}
            continue
        parameters[prefix + name] = parameter
        if parameter["type"] != "array<{key,value}>":
            parameters |= flatten_fact({**parameter.get("fields", {}), **parameter.get("items", {})}, f"{prefix}{name}.")
    return parameters
