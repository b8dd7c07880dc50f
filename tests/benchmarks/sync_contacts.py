"""Benchmarks the sync of CSV files into a sandbox in a separate process against aiohttp and requests.

    python tests/benchmarks/sync_contacts.py [--rows 100000] [--chunk 20000] [--minutes 3] [--markdown]

The rows are split into chunks, one file each. The clients alternate at each chunk, each time in a new process, so that other load
affects all of them. Each chunk has the contacts of the first one: a million rows need no sandbox of a million contacts.
A client that has reached its time limit skips the remaining chunks, and is measured by those that it wrote.
Then memory and journal: a run over all rows must not need more memory than a run over one chunk.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Allows running this file as a script.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks import machine
from tests.benchmarks.loopback import ROOT
from tests.benchmarks.report import put_between
from tests.benchmarks.sandbox_process import run_sync_client, sandbox, seed_contacts, write_contacts
from tests.benchmarks.sync_client import CONCURRENCY
from tests.benchmarks.tables import Table, as_markdown, as_text

CLIENTS = {
    "sparkbot": "sparkbot",
    "sparkbot-kept-journal": "sparkbot with a journal",
    "sparkbot-bulk": "sparkbot in bulk, 50 rows a call",
    "aiohttp": "aiohttp + uvloop",
    "requests": f"requests, {CONCURRENCY} threads",
}
BEGIN, END = "<!-- sync: written by make bench-sync -->", "<!-- end of sync -->"

Runs = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Figures:
    """Totals of a client over its chunks."""

    rows: int
    rate: float
    #: Microseconds per row.
    cpu: float
    #: MB, maximum over the chunks.
    peak: float


@dataclass(frozen=True)
class Whole:
    """One run over all rows."""

    peak: float
    chunk_peak: float
    journal_bytes: int


def main() -> None:
    options = read_arguments()
    chunk = min(options.chunk, options.rows)
    for warning in machine.warnings():
        print(f"note: {warning}", file=sys.stderr)
    with TemporaryDirectory() as name, sandbox() as url:
        seed_contacts(url, chunk)
        runs = compare(url, Path(name), options.rows, chunk, options.minutes * 60)
        whole = run_whole(url, Path(name), options.rows, chunk)
    tables = [speeds(runs), whole_table(whole, options.rows, chunk)]
    print(as_text(tables))
    if options.markdown:
        put_between(options.markdown, BEGIN, END, f"{about(options.rows, chunk)}\n\n{as_markdown(tables)}")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the sync of contacts with aiohttp and requests.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--chunk", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="time limit per client; none by default")
    parser.add_argument(
        "--markdown", type=Path, nargs="?", const=ROOT / "docs/performance.md", help="page whose table is replaced"
    )
    return parser.parse_args()


def compare(url: str, folder: Path, rows: int, chunk: int, seconds: float) -> Runs:
    """Runs all clients over every chunk until their time limit."""
    runs: Runs = {name: [] for name in CLIENTS}
    for number, first in enumerate(range(0, rows, chunk)):
        count = min(chunk, rows - first)
        file = write_contacts(folder / "chunk.csv", count, first=first, different=chunk)
        # The order changes, so no client always runs on the warmer machine.
        for name in CLIENTS if number % 2 == 0 else reversed(CLIENTS):
            if sum(run["seconds"] for run in runs[name]) >= seconds:
                continue
            measured = run_sync_client(name, url, file)
            assert measured["ok"] == count, f"not every row was written: {name} {measured}"
            runs[name].append(measured)
        print(f"{first + count:,} of {rows:,} rows", file=sys.stderr)
    return runs


def run_whole(url: str, folder: Path, rows: int, chunk: int) -> Whole:
    """One run with a journal over all rows and one over a chunk; only the report is kept."""
    peaks = []
    for count in (chunk, rows):
        file = write_contacts(folder / f"{count}.csv", count, different=chunk)
        measured = run_sync_client("sparkbot-journal", url, file)
        assert measured["ok"] == count, f"not every row was written: {measured}"
        peaks.append(measured["peak"])
    return Whole(peaks[1], peaks[0], Path(f"{file}.journal").stat().st_size)


def figures(runs: list[dict[str, Any]]) -> Figures:
    rows = sum(run["ok"] for run in runs)
    cpu = sum(run["cpu"] for run in runs) / rows * 1e6
    return Figures(rows, rows / sum(run["seconds"] for run in runs), cpu, max(run["peak"] for run in runs))


def speeds(runs: Runs) -> Table:
    found = {name: figures(own) for name, own in runs.items()}
    ours = found["sparkbot"]
    heads = ("", "rows", "rows/s", "CPU µs/row", "peak MB", "rate ÷ sparkbot", "CPU ÷ sparkbot", "peak ÷ sparkbot")
    lines = [
        (
            CLIENTS[name],
            f"{one.rows:,}",
            *(shown(number) for number in (one.rate, one.cpu, one.peak)),
            *(f"{number:.2f}" for number in (one.rate / ours.rate, one.cpu / ours.cpu, one.peak / ours.peak)),
        )
        for name, one in found.items()
    ]
    cost = 100 * (1 - found["sparkbot-kept-journal"].rate / ours.rate)
    return Table(
        f"{ours.rows:,} rows, {CONCURRENCY} calls at a time", heads, lines, f"The journal costs {cost:.1f} % of the rate."
    )


def whole_table(whole: Whole, rows: int, chunk: int) -> Table:
    heads = ("", "peak MB", "journal MB", "journal bytes a row")
    lines = [
        (f"{chunk:,} rows", shown(whole.chunk_peak), "–", "–"),
        (f"{rows:,} rows", shown(whole.peak), shown(whole.journal_bytes / 1e6), f"{whole.journal_bytes / rows:.1f}"),
    ]
    return Table("One run with a journal, report only", heads, lines)


def shown(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"


def about(rows: int, chunk: int) -> str:
    """Date, machine and versions."""
    from importlib.metadata import version

    versions = ", ".join(f"{package} {version(package)}" for package in ("aiohttp", "requests", "sparkbot", "uvloop"))
    chunks = f"{rows:,} rows in chunks of {chunk:,}"
    return f"{machine.today()}, {chunks}. {machine.describe()}; the sandbox on the same cores.\n\n{versions}."


if __name__ == "__main__":
    main()
