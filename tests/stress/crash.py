"""A sync that is killed and resumed repeatedly, then compared with its file row by row.

    python tests/stress/crash.py [--rows 50000] [--kills 20] [--seed 1]

The sandbox runs in a separate process, and its request log shows how often each contact was written.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

# Allows running this file as a script.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.sandbox_process import DEVICE, sandbox, seed_contacts, write_contacts
from tests.stress import promises

#: Rows that may be in flight when the process is killed, and are written again.
MAX_IN_FLIGHT = 2048 + 256
#: Size of the sandbox's request log.
REQUEST_LOG_SIZE = 10_000


@dataclass
class CrashTest:
    """A file, a journal, a sandbox and the counts of a test."""

    folder: Path
    url: str
    rows: int
    rate: int
    kills: int = 0
    seconds: float = 0.0
    last: int = -1
    writes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.file = write_contacts(self.folder / "contacts.csv", self.rows)
        self.journal = self.folder / "run.journal"
        self.report = self.folder / "report.csv"
        seed_contacts(self.url, self.rows)
        requests = self.control("GET", "requests")
        self.last = requests[-1]["index"] if requests else -1

    def start(self, *more: str) -> subprocess.Popen[str]:
        """Starts the sync in a process that resumes the previous run."""
        command = [sys.executable, "-m", "sparkbot", "sync", str(self.file), "--device", DEVICE, "--rate", str(self.rate)]
        command += ["--journal", str(self.journal), "--resume", "--report", str(self.report), *more]
        environment = {**os.environ, "SPARKBOT_BASE_URL": self.url, "SPARKBOT_API_KEY": "sandbox-key"}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def kill(self, after: float) -> bool:
        """Starts the sync and kills it `after` seconds after its first outcome; False if it had already ended."""
        with self.start() as process:
            assert process.stderr is not None
            process.stderr.readline()
            self.wait(after)
            ended = process.poll() is not None
            process.kill()
        self.seconds += after
        self.kills += not ended
        self.count_writes()
        return not ended

    def wait(self, seconds: float) -> None:
        """Waits until the time of the crash."""
        while seconds > 0:
            time.sleep(min(seconds, self.log_seconds))
            seconds -= self.log_seconds
            self.count_writes()

    @property
    def log_seconds(self) -> float:
        """Seconds between two reads of the request log, so that it does not overflow; ten thousand requests are megabytes."""
        return REQUEST_LOG_SIZE / 2 / self.rate

    def finish(self) -> None:
        """Runs the sync to its end."""
        pause = self.log_seconds if self.rows > REQUEST_LOG_SIZE / 2 else None
        with self.start() as process:
            while True:
                try:
                    output, errors = process.communicate(timeout=pause)
                    break
                except subprocess.TimeoutExpired:
                    self.count_writes()
        assert process.returncode == 0, output + errors
        self.count_writes()

    def count_writes(self) -> None:
        """Counts the requests since the last call; the sandbox keeps only the last `REQUEST_LOG_SIZE`."""
        new = [request for request in self.control("GET", "requests") if request["index"] > self.last]
        if new:
            assert new[0]["index"] == self.last + 1, "the request log overflowed: lower the rate"
            self.last = new[-1]["index"]
        self.writes.update(request["path"] for request in new if request["method"] == "PATCH")

    @property
    def rate_so_far(self) -> float:
        """Rows per second so far."""
        return len(self.writes) / self.seconds if self.writes else self.rate

    def control(self, method: str, path: str) -> Any:
        with urlopen(Request(f"{self.url.removesuffix('/v1')}/_sandbox/{path}", method=method), timeout=60) as response:
            return json.load(response)

    def check(self) -> None:
        """Every row is on its contact, is reported once, is in the journal, and was not written too often."""
        expected = dict(map(self._as_contact, self._read(self.file)))
        metadata = {
            contact["wid"]: {pair["key"]: pair["value"] for pair in contact.get("metadata", [])}
            for contact in self.control("GET", "state/contacts")
            if contact["wid"] in expected
        }
        assert metadata == expected
        lines = self._read(self.report)
        assert [line["sparkbot_status"] for line in lines] == ["ok"] * self.rows
        assert [line["phone"] for line in lines] == [line["phone"] for line in self._read(self.file)]
        assert self.statuses() == {1: self.rows}
        assert len(self.writes) == self.rows
        assert max(self.writes.values()) <= 1 + self.kills
        assert sum(self.writes.values()) <= self.rows + self.kills * MAX_IN_FLIGHT

    def statuses(self) -> dict[int, int]:
        with sqlite3.connect(self.journal) as database:
            return dict(database.execute("SELECT status, count(*) FROM rows GROUP BY status"))

    def __str__(self) -> str:
        extra, max_writes = sum(self.writes.values()) - len(self.writes), max(self.writes.values())
        return (
            f"{self.rows:,} rows, {self.kills} kills: every row in the sandbox equals the file; "
            f"{extra:,} more writes than rows, at most {max_writes} per contact; "
            f"journal {self.journal.stat().st_size / self.rows:.1f} bytes a row"
        )

    def _read(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _as_contact(self, row: dict[str, str]) -> tuple[str, dict[str, str]]:
        phone = row.pop("phone")
        return f"{phone.removeprefix('+')}@c.us", {key: value for key, value in row.items() if value}


def crash(folder: Path, url: str, *, rows: int, kills: int, seed: int, rate: int = 3000) -> CrashTest:
    """Kills a sync of `rows` rows `kills` times, at random times."""
    generator = random.Random(seed)
    test = CrashTest(folder, url, rows, rate)
    while test.kills < kills:
        share = (rows - len(test.writes)) / (kills - test.kills + 1)
        if not test.kill(generator.uniform(0, 1.6 * share / test.rate_so_far)):
            break
    test.finish()
    test.check()
    return test


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a sync at random times, and check its result.")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as folder, sandbox() as url:
        test = crash(Path(folder), url, rows=options.rows, kills=options.kills, seed=options.seed)
        assert test.kills == options.kills, f"only {test.kills} kills hit a running sync"
        print(test)
    # A broken promise has raised an error before this.
    promises.save(
        "python tests/stress/crash.py",
        [
            promises.Row("a killed sync resumes until every row is written and reported", test.kills, 0),
            promises.Row("a row in the service equals the row in the file, after all kills", test.rows, 0),
        ],
    )


if __name__ == "__main__":
    main()
