"""Outcomes, the report that counts them, and their files."""

from __future__ import annotations

import csv
import datetime
import json
import pickle
from typing import TYPE_CHECKING

import pytest

from sparkbot.batch.progress import format_duration
from sparkbot.errors import NotFoundError
from sparkbot.sync import InputError, InvalidRow, Outcome, Report, RunStopped
from sparkbot.sync.columns.reserved import REPORT_COLUMNS
from sparkbot.sync.report.writers import check_path, open_writer

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = InvalidRow("the value has 412 characters", field="notes", reason="too long")


def refused(index: int = 0) -> Outcome:
    return Outcome(index, {"phone": "+44", "status": "mine"}, "failed", error=REFUSED, line=index + 2)


def test_outcome_is_plain_json() -> None:
    row = {"phone": 1, "when": datetime.date(2026, 1, 2), "score": float("nan"), "tags": ("a",)}
    outcome = Outcome(3, row, "failed", contact="447362053576@c.us", error=REFUSED, attempts=2)
    read = json.loads(json.dumps(outcome.to_dict(), allow_nan=False))
    assert read["input"] == {"phone": 1, "when": "2026-01-02", "score": None, "tags": ["a"]}
    assert (read["index"], read["status"], read["contact"], read["attempts"]) == (3, "failed", "447362053576@c.us", 2)
    assert read["error"]["type"] == "InvalidRow"
    assert (read["error"]["field"], read["error"]["reason"]) == ("notes", "too long")


def test_report_counts_and_keeps_first_failures() -> None:
    report = Report(max_failures_kept=2)
    for index in range(5):
        report.add(refused(index))
    report.add(Outcome(5, {}, "ok"))
    report.add(Outcome(6, {}, "skipped", reason="no values"))
    report.add(Outcome(7, {}, "unknown", error=NotFoundError("gone")))
    assert (report.rows, report.ok, report.skipped, report.failed, report.unknown) == (8, 1, 1, 5, 1)
    assert [outcome.index for outcome in report.failures] == [0, 1]
    kinds = {name: (kind.count, kind.outcomes[0].index) for name, kind in report.errors_by_type.items()}
    assert kinds == {"InvalidRow (notes: too long)": (5, 0), "NotFoundError": (1, 7)}
    assert json.loads(json.dumps(report.to_dict()))["errors_by_type"][0]["count"] == 5


@pytest.mark.parametrize(("statuses", "code"), [([], 0), (["ok", "skipped"], 0), (["ok", "failed"], 3), (["unknown"], 3)])
def test_exit_code_shows_failed_rows(statuses: list[str], code: int) -> None:
    report = Report()
    for index, status in enumerate(statuses):
        report.add(Outcome(index, {}, status))  # type: ignore[arg-type]
    assert report.exit_code == code


def test_notebook_summary_is_escaped() -> None:
    report = Report()
    report.add(Outcome(0, {}, "failed", error=InvalidRow("<script>", field="row")))
    assert "&lt;script&gt;" in report._repr_html_()
    assert "<script>" not in report._repr_html_()


def test_reports_and_errors_can_be_pickled() -> None:
    report = Report()
    report.add(refused())
    stopped = pickle.loads(pickle.dumps(RunStopped("stopped", report)))
    assert (str(stopped), stopped.report.failed) == ("stopped", 1)
    assert pickle.loads(pickle.dumps(REFUSED)).reason == "too long"


@pytest.mark.parametrize(("seconds", "text"), [(0.25, "0.2 s"), (59.4, "59 s"), (200, "3 min 20 s"), (100_000, "27 h 46 min")])
def test_durations_are_readable(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


def test_csv_report_keeps_input_columns(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    writer = open_writer(path, ["phone", "status"], Report())
    writer.write(refused())
    writer.write(Outcome(1, {"phone": '+44 "7"', "status": "a\nb"}, "ok", contact="447@c.us", attempts=1, line=3))
    writer.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == [*REPORT_COLUMNS, "phone", "status"]
    assert lines[0][:5] == ["2", "failed", "", "InvalidRow (notes: too long)", "the value has 412 characters"]
    assert lines[1] == ["3", "ok", "447@c.us", "", "", "1", '+44 "7"', "a\nb"]


def test_jsonl_report_has_every_outcome(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    writer = open_writer(path, [], Report())
    outcomes = [refused(), Outcome(1, {"name": "Zoë"}, "ok")]
    for outcome in outcomes:
        writer.write(outcome)
    writer.close()
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()] == [outcome.to_dict() for outcome in outcomes]


def test_unwritable_report_is_rejected(tmp_path: Path) -> None:
    source = tmp_path / "contacts.csv"
    source.write_text("phone,a\n")
    with pytest.raises(InputError, match="overwrite"):
        check_path(source, source)
    with pytest.raises(InputError, match=r"\.csv or \.jsonl"):
        check_path(tmp_path / "out.xlsx")
    with pytest.raises(InputError, match="can't be written"):
        open_writer(tmp_path / "no folder" / "out.csv", [], Report())
