"""The loopback service on its own core, and the files that it and the clients read."""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.sandbox_process import COLUMNS, cells, phone
from tests.benchmarks.task import LISTED
from tests.benchmarks.workloads import DELAYS, WORKLOADS
from tests.open_files import allow_many

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
KEY = "bench-key"


@dataclass(frozen=True)
class Service:
    #: Base URL by delay.
    urls: dict[int, str]
    device: str
    items: Path
    chats_megabytes: float
    #: Description of the CPU affinities.
    cores: str


def program(name: str) -> Path:
    """A program built by cargo."""
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "examples" / name
    if not built.exists():
        raise SystemExit(f"{built} is missing: run make bench, or cargo build --release --examples --no-default-features")
    return built


@contextmanager
def service(folder: Path) -> Iterator[Service]:
    """Runs the service. This process and its children are pinned to the other cores."""
    allow_many()
    device, documents = _documents(folder)
    command = [str(program("bench_server")), *map(str, documents), *map(str, DELAYS)]
    cores, own, others = _cores()
    _pin(own)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        _pin(others)
        assert process.stdout is not None
        urls = dict(zip(DELAYS, process.stdout.readline().split(), strict=True))
        try:
            yield Service(urls, device, _items(folder), documents[-1].stat().st_size / 1e6, cores)
        finally:
            process.terminate()


def _cores() -> tuple[str, set[int], set[int]]:
    """The description, the service's cores and the clients' cores."""
    if not hasattr(os, "sched_getaffinity"):
        return "not pinned: this system has no CPU affinity", set(), set()
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        return "one core for both service and clients: they compete for it, and times are not comparable", set(), set()
    return f"service on core {cores[-1]}, clients on {cores[:-1]}", {cores[-1]}, set(cores[:-1])


def _pin(cores: set[int]) -> None:
    if cores:
        os.sched_setaffinity(0, cores)


def _documents(folder: Path) -> tuple[str, list[Path]]:
    """A device ID of the sandbox, and files with the sandbox's responses: the device, a contact, a long list of chats."""
    import sparkbot

    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]
        chats = client.chats.list(device["id"], size=LISTED)
        contact = client.contacts.upsert_metadata(device["id"], chats[0]["wid"], dict(zip(COLUMNS, cells(0), strict=True)))
    documents = {"device": device, "contact": contact, "chats": _many_chats(chats)}
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return device["id"], [folder / f"{name}.json" for name in documents]


def _many_chats(chats: list[Any]) -> list[Any]:
    """The chats of the list, with unique IDs and numbers; the same in every run."""
    generator = random.Random(1)
    return [_renumbered(chats[number % len(chats)], number, generator) for number in range(LISTED)]


def _renumbered(chat: Any, number: int, generator: random.Random) -> Any:
    copied, digits = copy.deepcopy(chat), phone(number)
    for document in (copied, copied.get("contact", {})):
        document.update(phone=digits, wid=f"{digits[1:]}@c.us")
    copied.update(id=f"{generator.getrandbits(96):024x}", unreadCount=generator.randrange(40))
    return copied


def _items(folder: Path) -> Path:
    """Metadata for the contacts of the longest workload, without empty cells, as sync_metadata does."""
    path = folder / "items.json"
    count = max(workload.calls for workload in WORKLOADS)
    rows = ((phone(number), dict(zip(COLUMNS, cells(number), strict=True))) for number in range(count))
    items = [(f"{digits[1:]}@c.us", {name: cell for name, cell in row.items() if cell}) for digits, row in rows]
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    return path
