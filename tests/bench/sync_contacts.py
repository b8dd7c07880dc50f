"""The main job measured: a CSV file written into a sandbox in a process of its own, with aiohttp doing the same beside it.

    python tests/bench/sync_contacts.py [--rows 10000] [--rounds 5]

The contenders take turns, each time in a new process, so that a busy moment of the machine meets both. Then memory: a file ten
times as long must not need more of it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

# So that this runs as the plain script that it is.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.bench.sandbox_process import know_contacts, run_contender, sandbox, write_contacts

CONTENDERS = ("sparkbot", "aiohttp")
LONGER = 10

Runs = dict[str, list[dict[str, Any]]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the sync of contacts beside aiohttp.")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with TemporaryDirectory() as folder, sandbox() as url:
        know_contacts(url, given.rows * LONGER)
        file = write_contacts(Path(folder, "contacts.csv"), given.rows)
        print_speed(compare(url, file, given.rounds), given.rows)
        longer = write_contacts(Path(folder, "longer.csv"), given.rows * LONGER)
        peaks = [run_contender("sparkbot-report", url, path)["peak"] for path in (file, longer)]
    print_memory(peaks, given.rows)


def compare(url: str, file: Path, rounds: int) -> Runs:
    runs: Runs = {name: [] for name in CONTENDERS}
    for number in range(rounds):
        # Who begins changes, so that none always runs on the warmer machine.
        for name in CONTENDERS if number % 2 == 0 else reversed(CONTENDERS):
            runs[name].append(run_contender(name, url, file))
    return runs


def print_speed(runs: Runs, rows: int) -> None:
    wrong = {name: found["ok"] for name, all_found in runs.items() for found in all_found if found["ok"] != rows}
    assert not wrong, f"not every row was written: {wrong}"
    figures = {name: figures_of(found, rows) for name, found in runs.items()}
    rounds = len(runs["sparkbot"])
    print(f"{rows:,} rows, 16 calls at a time, medians of {rounds} rounds\n")
    print_table("", ("rows/s", "CPU µs/row", "peak MB"), {**figures, "sparkbot / aiohttp": ratios(figures)})


def figures_of(runs: list[dict[str, Any]], rows: int) -> tuple[float, float, float]:
    speed = median(rows / run["seconds"] for run in runs)
    return speed, median(run["cpu"] / rows * 1e6 for run in runs), median(run["peak"] for run in runs)


def ratios(figures: dict[str, tuple[float, float, float]]) -> tuple[float, ...]:
    return tuple(ours / theirs for ours, theirs in zip(figures["sparkbot"], figures["aiohttp"], strict=True))


def print_memory(peaks: list[float], rows: int) -> None:
    short, long = peaks
    table: dict[str, tuple[float, ...]] = {
        f"{rows:,} rows": (short,),
        f"{rows * LONGER:,} rows": (long,),
        "growth": (long - short,),
    }
    print()
    print_table("sparkbot, report only", ("peak MB",), {**table, "growth": (long - short,)})


def print_table(title: str, heads: tuple[str, ...], lines: dict[str, tuple[float, ...]]) -> None:
    print(f"{title:22}" + "".join(f"{head:>12}" for head in heads))
    for name, numbers in lines.items():
        print(f"{name:22}" + "".join(f"{number:12,.{0 if number >= 100 else 2}f}" for number in numbers))


if __name__ == "__main__":
    main()
