"""Shared by the tests of Dask (here) and Spark (tests/stress/spark.py): a table, a worker that is killed during a partition, and
the expected contents of the sandbox."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.request import urlopen

from tests.benchmarks.sandbox_process import COLUMNS, DEVICE, cells, phone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

KEY = "sandbox-key"


def table(count: int) -> dict[str, list[Any]]:
    """The columns of distinct contacts, as in a CRM; some cells are empty."""
    lines = [(number, phone(number), *cells(number)) for number in range(count)]
    return {name: list(values) for name, values in zip(("customer", "phone", *COLUMNS), zip(*lines, strict=True), strict=True)}


class Victim:
    """The first worker that reaches one of these customers. It is killed by its PID; another one takes over."""

    def __init__(self, folder: Path, customers: Collection[int]) -> None:
        self._pipe, self._claim, self._customers = str(folder / "pid"), str(folder / "claimed"), frozenset(customers)
        os.mkfifo(self._pipe)

    def rule(self) -> Callable[[Any], str]:
        """A device function for rows. It reports its PID and waits to be killed while earlier rows are written."""
        pipe, claim, customers, device = self._pipe, self._claim, self._customers, DEVICE

        def choose(row: Any) -> str:
            # A nested function is pickled with its code: workers need not have these tests.
            import os
            import threading

            if row["customer"] in customers:
                try:
                    os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    return device
                with open(pipe, "w", encoding="ascii") as file:
                    file.write(str(os.getpid()))
                threading.Event().wait(60)
            return device

        return choose

    def kill(self) -> int:
        """Waits for the worker's PID and kills it."""
        with open(self._pipe, encoding="ascii") as file:
            pid = int(file.read())
        os.kill(pid, signal.SIGKILL)
        return pid


def shown(heading: str) -> tuple[str, str]:
    """The program under a heading of docs/spark_dask.md and its output."""
    text = (Path(__file__).parents[2] / "docs/spark_dask.md").read_text(encoding="utf-8")
    part = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    [program], [printed] = (re.findall(rf"```{kind}\n(.*?)```", part, re.DOTALL) for kind in ("python", "text"))
    return program, printed


class SandboxState(NamedTuple):
    """The state of a sandbox after a run: metadata by wid, and the number of writes per contact."""

    metadata: dict[str, dict[str, str]]
    writes: Counter[str]


def read_state(url: str) -> SandboxState:
    """Reads the state of the sandbox, which keeps the last 10,000 requests."""
    contacts = _get(url, "state/contacts")
    with_metadata = [contact for contact in contacts if contact.get("metadata")]
    metadata = {contact["wid"]: {pair["key"]: pair["value"] for pair in contact["metadata"]} for contact in with_metadata}
    return SandboxState(metadata, Counter(request["path"] for request in _get(url, "requests") if request["method"] == "PATCH"))


def expected_metadata(count: int) -> dict[str, dict[str, str]]:
    """The expected metadata of the rows of `table`, by wid."""
    return {
        f"{phone(number).removeprefix('+')}@c.us": {key: cell for key, cell in zip(COLUMNS, cells(number), strict=True) if cell}
        for number in range(count)
    }


def of_ours(metadata: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Without the initial contacts of the sandbox."""
    return {wid: pairs for wid, pairs in metadata.items() if wid.startswith("4790")}


def _get(url: str, path: str) -> Any:
    with urlopen(f"{url.removesuffix('/v1')}/_sandbox/{path}", timeout=60) as response:
        return json.load(response)
