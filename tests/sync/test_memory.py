"""The memory of a sync does not grow with its file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.bench.sandbox_process import know_contacts, run_contender, sandbox, write_contacts

SHORT, LONG = 5_000, 50_000
# 45,000 outcomes that somebody keeps take 45 MB.
MEGABYTES_MORE = 20


@pytest.mark.skipif(sys.platform == "win32", reason="has no getrusage")
def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path) -> None:
    with sandbox() as url:
        know_contacts(url, LONG)
        short = run_contender("sparkbot-report", url, write_contacts(tmp_path / "short.csv", SHORT))
        long = run_contender("sparkbot-report", url, write_contacts(tmp_path / "long.csv", LONG))
    assert (short["ok"], long["ok"]) == (SHORT, LONG)
    assert long["peak"] < short["peak"] + MEGABYTES_MORE
