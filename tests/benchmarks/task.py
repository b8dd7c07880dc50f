"""What a contender is told to do. The harness writes it as JSON; Python contenders and the Rust floor read the same."""

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
    #: The contender's function that does the work.
    function: str
    url: str
    key: str
    device: str
    #: File of the items, the same for all contenders.
    items: str
    calls: int
    concurrency: int
    #: Measured one after the other in one process: `cold`, then `warm`.
    phases: list[str]
    #: Calls made before anything is measured.
    warm_up: int = 0
    #: Whether making the client is part of what is measured.
    from_scratch: bool = False
    #: Asyncio on uvloop for every contender, not only where it is part of the contender.
    uvloop: bool = False
    contacts_url: str = field(init=False)
    chats_url: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "contacts_url", f"{self.url}/chat/{self.device}/contacts")
        object.__setattr__(self, "chats_url", f"{self.url}/chat/{self.device}/chats?size={LISTED}")

    @cached_property
    def contacts(self) -> list[Item]:
        """The items to write: at least as many as there are calls."""
        found = json.loads(Path(self.items).read_text(encoding="utf-8"))
        return [(wid, metadata) for wid, metadata in found[: max(self.calls, self.warm_up)]]

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Token": self.key, "Content-Type": "application/json", "Accept": "application/json"}

    def written(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Job:
        fields = json.loads(text)
        return cls(**{name: value for name, value in fields.items() if name not in ("contacts_url", "chats_url")})
