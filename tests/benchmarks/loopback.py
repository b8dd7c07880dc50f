"""The service on its own core, the relays that make it seem far away, and the files that it and the clients read."""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.benchmarks.sandbox_process import COLUMNS, cells, phone
from tests.benchmarks.task import LISTED
from tests.benchmarks.workloads import DELAYS, GROWTH_DELAY, ROUND_TRIPS, WORKLOADS
from tests.open_files import allow_many

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
KEY = "bench-key"
UPLOADED = 20_000_000
#: sparkbot has a quarter as many calls in flight as a process may have open files: with so many, 10,000 calls do not wait.
OPEN_FILES = 65_536


@dataclass(frozen=True)
class Service:
    #: Base URL by delay, for plain HTTP.
    urls: dict[int, str]
    #: Base URL by round trip, for TLS through a relay.
    far_urls: dict[int, str]
    #: Base URL for TLS without a relay, with the delay of the growth.
    delayed_url: str
    #: The authority of the service's certificate, a PEM file.
    authority: Path
    upload: Path
    #: Processes of the service and the relays.
    processes: tuple[int, ...]
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
    allow_many(OPEN_FILES)
    device, documents = _documents(folder)
    certificates, upload = _certificates(folder), _upload(folder)
    addresses = [*(f"http:{delay}" for delay in DELAYS), "https:0", f"https:{GROWTH_DELAY}"]
    command = [str(program("bench_server")), *map(str, (*documents, *certificates[1:], *addresses))]
    cores, own, others = _cores()
    with ExitStack() as stack:
        _pin(own)
        server, printed = stack.enter_context(_started(command))
        *urls, near_url, delayed_url = printed.split()
        relays = [stack.enter_context(_relay(near_url, round_trip)) for round_trip in ROUND_TRIPS]
        _pin(others)
        yield Service(
            urls=dict(zip(DELAYS, urls, strict=True)),
            far_urls=dict(zip(ROUND_TRIPS, (url for _, url in relays), strict=True)),
            delayed_url=delayed_url,
            authority=certificates[0],
            upload=upload,
            processes=(server, *(process for process, _ in relays)),
            device=device,
            items=_items(folder),
            chats_megabytes=documents[2].stat().st_size / 1e6,
            cores=cores,
        )


@contextmanager
def _started(command: list[str]) -> Iterator[tuple[int, str]]:
    """A process, its ID and the line that it prints first."""
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.pid, process.stdout.readline()
        finally:
            process.terminate()


@contextmanager
def _relay(url: str, round_trip: int) -> Iterator[tuple[int, str]]:
    """A relay's process, and the service's URL through it."""
    port = str(urlsplit(url).port)
    with _started([sys.executable, "-m", "tests.relay", port, str(round_trip)]) as (process, printed):
        yield process, url.replace(port, printed.strip())


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
    """A device ID of the sandbox, and files with the sandbox's responses: the device, a contact, a long list of chats, …"""
    import sparkbot

    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]
        chats = client.chats.list(device["id"], size=LISTED)
        contact = client.contacts.upsert_metadata(device["id"], chats[0]["wid"], dict(zip(COLUMNS, cells(0), strict=True)))
        message = client.send.text(device=device["id"], phone=phone(0), message="Hello")
        file = client.files.upload(file=b"A small file", filename="upload.txt")
    documents = {"device": device, "contact": contact, "chats": _many_chats(chats), "message": message, "file": file}
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return device["id"], [folder / f"{name}.json" for name in documents]


def _certificates(folder: Path) -> tuple[Path, Path, Path]:
    """The authority, and the service's chain and key."""
    from trustme import CA

    authority = CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    paths = folder / "authority.pem", folder / "chain.pem", folder / "key.pem"
    authority.cert_pem.write_to_path(paths[0])
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(paths[1], append=True)
    certificate.private_key_pem.write_to_path(paths[2])
    return paths


def _upload(folder: Path) -> Path:
    path = folder / "upload.bin"
    path.write_bytes(random.Random(1).randbytes(UPLOADED))
    return path


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
