"""The task of a client as JSON, read by Python clients and the Rust floor."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

#: A contact's wid and the metadata to write onto it.
Item: TypeAlias = "tuple[str, dict[str, str]]"

#: Chats in a list.
LISTED = 2000


@dataclass(frozen=True)
class Job:
    #: The client's function for the workload.
    function: str
    url: str
    key: str
    device: str
    #: File of the items, the same for all clients.
    items: str
    calls: int
    concurrency: int
    #: Phases measured in one process: `cold`, then `warm`.
    phases: list[str]
    #: Calls before the measurement.
    warm_up: int = 0
    #: Whether creating the client is measured.
    from_scratch: bool = False
    #: Whether all asyncio clients run on uvloop.
    uvloop: bool = False
    #: The authority of a service that speaks TLS, a PEM file; empty for plain HTTP.
    authority: str = ""
    #: Seconds that connecting may take.
    patience: int = 5
    #: File to upload.
    upload: str = ""
    contacts_url: str = field(init=False)
    chats_url: str = field(init=False)
    messages_url: str = field(init=False)
    files_url: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "contacts_url", f"{self.url}/chat/{self.device}/contacts")
        object.__setattr__(self, "chats_url", f"{self.url}/chat/{self.device}/chats?size={LISTED}")
        object.__setattr__(self, "messages_url", f"{self.url}/messages")
        object.__setattr__(self, "files_url", f"{self.url}/files")

    @cached_property
    def contacts(self) -> list[Item]:
        """The items to write, at least one per call."""
        items = json.loads(Path(self.items).read_text(encoding="utf-8"))
        return [(wid, metadata) for wid, metadata in items[: max(self.calls, self.warm_up)]]

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every request but an upload, whose content type each client sets."""
        return {**self.common_headers, "Content-Type": "application/json"}

    @property
    def common_headers(self) -> dict[str, str]:
        gzip = {"Accept-Encoding": "gzip"} if self.authority else {}
        return {"Token": self.key, "Accept": "application/json", **gzip}

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Job:
        fields = json.loads(text)
        computed = ("contacts_url", "chats_url", "messages_url", "files_url")
        return cls(**{name: value for name, value in fields.items() if name not in computed})
