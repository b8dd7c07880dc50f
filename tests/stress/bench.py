"""A smoke test of the benchmark: it runs from end to end, and every client takes part or is reported missing.

Run by `make test-long`. It checks that there are figures, not their values.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.workloads import GROUPS, WORKLOADS, Workload

ROOT = Path(__file__).parents[2]
CALLS = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        result, page = run(Path(folder))
    missing = set(result["missing"])
    measured = {name for runs in result["runs"].values() for name in runs}
    assert {"sparkbot", "sparkbot sync_metadata", "bare hyper", "bare reqwest", "http.client", "urllib3"} <= measured, measured
    # Each client is either measured or reported missing.
    files = {path.stem for path in (ROOT / "tests/benchmarks/competitors").glob("[!_]*.py")} | {"dicts"}
    assert len(measured - {"bare hyper", "bare reqwest"}) == len(files - missing), (measured, missing)
    check_numbers(result)
    check_page(page)
    with tempfile.TemporaryDirectory() as folder:
        check_sync(Path(folder))
    print(f"the benchmark runs, with {len(measured)} clients; missing: {', '.join(sorted(missing)) or 'none'}")


def run(folder: Path) -> tuple[dict[str, Any], str]:
    result, page = folder / "result.json", folder / "performance.md"
    page.write_text((ROOT / "docs/performance.md").read_text(encoding="utf-8"), encoding="utf-8")
    options = ["--rounds", "1", "--calls", str(CALLS), "--json", str(result), "--markdown", str(page)]
    # Missing clients and errors are printed to stderr.
    subprocess.run(
        [sys.executable, "tests/benchmarks/run.py", *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=1200
    )
    return json.loads(result.read_text(encoding="utf-8")), page.read_text(encoding="utf-8")


def check_numbers(result: dict[str, Any]) -> None:
    labels = [f"{workload.name} {phase}".strip() for workload in WORKLOADS for phase in workload.phases]
    assert list(result["runs"]) == labels
    for workload in WORKLOADS:
        for phase in workload.phases:
            for name, [measured] in result["runs"][f"{workload.name} {phase}".strip()].items():
                check_measured(workload, name, measured)
    assert result["import_ms"].keys() >= {"sparkbot", "http.client"}


def check_measured(workload: Workload, client: str, measured: dict[str, Any]) -> None:
    assert measured["cpu"] > 0, (workload, client)
    assert measured["ok"] == min(workload.calls, CALLS), (workload, client)
    # No response can arrive before its delay.
    delay = max(workload.delay, workload.round_trip) / 1000
    assert measured["seconds"] > delay or client.startswith("dicts"), (workload, client)


def check_sync(folder: Path) -> None:
    """A small benchmark of the sync: every client writes every row and asserts that itself."""
    page = folder / "performance.md"
    page.write_text((ROOT / "docs/performance.md").read_text(encoding="utf-8"), encoding="utf-8")
    options = ["--rows", "300", "--chunk", "200", "--markdown", str(page)]
    command = [sys.executable, "tests/benchmarks/sync_contacts.py", *options]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=120)
    text = page.read_text(encoding="utf-8")
    assert all(f"| {name}" in text for name in ("sparkbot with a journal", "sparkbot in bulk", "aiohttp", "requests")), text


def check_page(page: str) -> None:
    assert page.count("### Targets") == len(GROUPS)
    assert "| sparkbot sync_metadata |" in page
    assert "images/growth.svg" in page
    assert "a smoke test of the benchmark, not a measurement" in page


if __name__ == "__main__":
    main()
