"""The facts that are known of the service's contract: an entry for each method and path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# What a message may hold; all else in its body is common to all messages.
CONTENT = {"message", "media", "poll", "vote", "event", "attend", "location", "contacts", "reaction", "reactionMessage"}
CONTENT |= {"product", "forward"}
# A message for later may be any of the two.
MORE_CONTENT = {"Send messages:Send scheduled message": {"media"}}
# The same thing twice: the body has it too.
LEFT_OUT = {("Files:Upload File", "query", "reference")}
# `client.request()` is no row.
FREE = "Other:Send API request"

FACTS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "facts.json").read_text(encoding="utf-8"))
FACT_OF = {title: fact for fact in FACTS for title in fact["operations"]}


def said(fact: dict[str, Any], title: str, place: str) -> dict[str, Any]:
    """What the contract says of a place: of a message, without the content of other kinds of messages."""
    if place == "query" or "perOperation" not in fact:
        return dict(fact[place])
    own = {name.rstrip("!=[]") for name in fact["perOperation"][title]}
    own |= {name.split(".")[0] for name in own} | MORE_CONTENT.get(title, set())
    body = {name: dict(one) for name, one in fact["body"].items() if name not in CONTENT or name in own}
    for name in fact["perOperation"][title]:
        if name.rstrip("!") in body and body[name.rstrip("!")]["type"] != "object":
            body[name.rstrip("!")]["required"] = name.endswith("!")
    if "vote.options=[]" in fact["perOperation"][title]:
        body["vote"] = {"type": "object", "fields": {"poll": body["vote"]["fields"]["poll"]}}
    return body


def of_fact(fields: dict[str, Any], within: str = "") -> dict[str, dict[str, Any]]:
    """Parameters of the contract, with the fields in them, by where they stand on the wire."""
    found: dict[str, dict[str, Any]] = {}
    if "$root" in fields:
        fields = {
            "$root": {**{key: one for key, one in fields.items() if key != "$root"}, "type": fields["$root"], "required": True}
        }
    for name, one in fields.items():
        if name == "$multipart":
            found[one] = {"type": "file"}
            continue
        found[within + name] = one
        if one["type"] != "array<{key,value}>":
            found |= of_fact({**one.get("fields", {}), **one.get("items", {})}, f"{within}{name}.")
    return found
