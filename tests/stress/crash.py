"""A sync that is killed again and again, resumed each time, and then held against its file row by row.

    python tests/stress/crash.py [--rows 50000] [--kills 20] [--seed 1]

The sandbox lives in a process of its own and keeps a journal of its requests: it can tell how often a contact was written.
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

# So that this runs as the plain script that it is.
sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.sandbox_process import DEVICE, know_contacts, sandbox, write_contacts
from tests.stress import promises

#: Rows that may be under way when the process ends, and are written once more.
WINDOW = 2048 + 256
#: Requests that the sandbox keeps.
KEPT = 10_000


@dataclass
class Crashes:
    """A file, a journal and a sandbox, and what came of them."""

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
        know_contacts(self.url, self.rows)
        requests = self.ask("GET", "requests")
        self.last = requests[-1]["index"] if requests else -1

    def start(self, *more: str) -> subprocess.Popen[str]:
        """The sync in a process of its own, which goes on where the last one was."""
        command = [sys.executable, "-m", "sparkbot", "sync", str(self.file), "--device", DEVICE, "--rate", str(self.rate)]
        command += ["--journal", str(self.journal), "--resume", "--report", str(self.report), *more]
        environment = {**os.environ, "SPARKBOT_BASE_URL": self.url, "SPARKBOT_API_KEY": "sandbox-key"}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def kill(self, after: float) -> bool:
        """Starts the sync and kills it so many seconds after its first outcome; False when it had ended by then."""
        with self.start() as process:
            assert process.stderr is not None
            process.stderr.readline()
            time.sleep(after)  # The moment of the crash, not a wait for something.
            ended = process.poll() is not None
            process.kill()
        self.seconds += after
        self.kills += not ended
        self.count_writes()
        return not ended

    def finish(self) -> None:
        """Lets the sync run to its end."""
        # Asked before the sandbox forgets, and no oftener: ten thousand requests are megabytes.
        pause = KEPT / 2 / self.rate if self.rows > KEPT / 2 else None
        with self.start() as process:
            while True:
                try:
                    said, complained = process.communicate(timeout=pause)
                    break
                except subprocess.TimeoutExpired:
                    self.count_writes()
        assert process.returncode == 0, said + complained
        self.count_writes()

    def count_writes(self) -> None:
        """Adds the requests since the last time; the sandbox keeps the last `KEPT` only."""
        new = [request for request in self.ask("GET", "requests") if request["index"] > self.last]
        if new:
            assert new[0]["index"] == self.last + 1, "the sandbox has forgotten requests: lower the rate"
            self.last = new[-1]["index"]
        self.writes.update(request["path"] for request in new if request["method"] == "PATCH")

    @property
    def pace(self) -> float:
        """Rows a second so far."""
        return len(self.writes) / self.seconds if self.writes else self.rate

    def ask(self, method: str, path: str) -> Any:
        with urlopen(Request(f"{self.url.removesuffix('/v1')}/_sandbox/{path}", method=method), timeout=60) as answer:
            return json.load(answer)

    def check(self) -> None:
        """Every row is on its contact, is told once, is known to the journal, and was not written too often."""
        wanted = dict(map(self._as_contact, self._read(self.file)))
        found = {
            contact["wid"]: {pair["key"]: pair["value"] for pair in contact.get("metadata", [])}
            for contact in self.ask("GET", "state/contacts")
            if contact["wid"] in wanted
        }
        assert found == wanted
        told = self._read(self.report)
        assert [line["sparkbot_status"] for line in told] == ["ok"] * self.rows
        assert [line["phone"] for line in told] == [line["phone"] for line in self._read(self.file)]
        assert self.statuses() == {1: self.rows}
        assert len(self.writes) == self.rows
        assert max(self.writes.values()) <= 1 + self.kills
        assert sum(self.writes.values()) <= self.rows + self.kills * WINDOW

    def statuses(self) -> dict[int, int]:
        with sqlite3.connect(self.journal) as database:
            return dict(database.execute("SELECT status, count(*) FROM rows GROUP BY status"))

    def __str__(self) -> str:
        again, most = sum(self.writes.values()) - len(self.writes), max(self.writes.values())
        return (
            f"{self.rows:,} rows, {self.kills} kills: every row is in the sandbox as in the file; "
            f"{again:,} writes more than rows, at most {most} of one contact; "
            f"journal {self.journal.stat().st_size / self.rows:.1f} bytes a row"
        )

    def _read(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _as_contact(self, row: dict[str, str]) -> tuple[str, dict[str, str]]:
        phone = row.pop("phone")
        return f"{phone.removeprefix('+')}@c.us", {key: value for key, value in row.items() if value}


def crash(folder: Path, url: str, *, rows: int, kills: int, seed: int, rate: int = 3000) -> Crashes:
    """Kills a sync of so many rows so often, at moments that the seed chooses."""
    moments = random.Random(seed)
    crashes = Crashes(folder, url, rows, rate)
    while crashes.kills < kills:
        share = (rows - len(crashes.writes)) / (kills - crashes.kills + 1)
        if not crashes.kill(moments.uniform(0, 1.6 * share / crashes.pace)):
            break
    crashes.finish()
    crashes.check()
    return crashes


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill a sync at random moments, and look whether it ends right.")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as folder, sandbox() as url:
        crashes = crash(Path(folder), url, rows=given.rows, kills=given.kills, seed=given.seed)
        assert crashes.kills == given.kills, f"only {crashes.kills} kills met a running sync"
        print(crashes)
    # Anything else has ended in an error by now.
    promises.keep(
        "python tests/stress/crash.py",
        [
            promises.Row("a sync goes on after it was killed, until every row is written and told", crashes.kills, 0),
            promises.Row("a row is in the service as in the file, after all the kills", crashes.rows, 0),
        ],
    )


if __name__ == "__main__":
    main()
