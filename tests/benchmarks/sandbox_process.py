"""A sandbox in a separate process, and files of contacts that it contains."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

DEVICE = "64f0c2a91b7e4d5f8a3b6c01"
CITIES = ("Málaga", "København", "Kraków", "Göteborg", "Oslo", "")
COLUMNS = ("first_name", "city", "plan", "lifetime_value", "last_contacted")
PLANS = ("free", "starter", "enterprise", "")
_ROOT = Path(__file__).parents[2]
_SEEDED_AT_ONCE = 5000


@contextmanager
def sandbox() -> Iterator[str]:
    """The URL of a sandbox with an additional device, `DEVICE`."""
    command = [sys.executable, "-m", "sparkbot", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split("listens on ")[1].split(";")[0]
            _control(url, {"devices": [{"id": DEVICE}]})
            yield url
        finally:
            process.terminate()


def seed_contacts(url: str, count: int) -> None:
    """Seeds the contacts of a file with `count` rows."""
    for start in range(0, count, _SEEDED_AT_ONCE):
        numbers = range(start, min(start + _SEEDED_AT_ONCE, count))
        _control(url, {"contacts": [{"device": DEVICE, "phone": phone(number)} for number in numbers]})


def write_contacts(path: Path, count: int, *, first: int = 0, different: int | None = None) -> Path:
    """Writes a CSV file as a CRM exports it, with a number of rows and contacts; some cells are empty."""
    numbers = range(first, first + count)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["phone", *COLUMNS])
        writer.writerows([phone(number % (different or first + count)), *cells(number)] for number in numbers)
    return path


def phone(number: int) -> str:
    return f"+479{number:07}"


def cells(number: int) -> list[str]:
    """The CRM fields of a contact; some are empty."""
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return [f"Ada {number}", CITIES[number % 6], PLANS[number % 4], f"{number * 7 % 9999}.50", day]


def run_sync_client(name: str, url: str, file: Path) -> dict[str, Any]:
    """The client's own measurements."""
    command = [sys.executable, "-m", "tests.benchmarks.sync_client", name, url, DEVICE, str(file)]
    printed = subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.PIPE, text=True).stdout
    measured: dict[str, Any] = json.loads(printed)
    return measured


def _control(url: str, documents: dict[str, Any]) -> None:
    address = url.removesuffix("/v1") + "/_sandbox/seed"
    request = Request(address, json.dumps(documents).encode(), {"Content-Type": "application/json"})
    urlopen(request, timeout=60).close()
