"""Rows from mappings, data frames and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparkbot.sync import InputError
from sparkbot.tabular.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cells(rows: Any) -> list[Any]:
    return [row.cells for row in read(rows).stream]


def test_mappings_are_read_one_at_a_time() -> None:
    requested: list[int] = []

    def generated() -> Iterator[dict[str, Any]]:
        for number in range(1_000_000):
            requested.append(number)
            yield {"phone": number}

    rows = read(generated())
    assert rows.columns == ["phone"]
    assert rows.total is None
    assert [next(rows.stream).cells for _ in range(3)] == [{"phone": 0}, {"phone": 1}, {"phone": 2}]
    assert requested == [0, 1, 2]


def test_list_has_length_and_may_be_empty() -> None:
    assert read([{"phone": 1}, {"phone": 2}]).total == 2
    assert (read([]).columns, cells([])) == ([], [])


def test_path_is_read_as_file(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("phone,a\n1,2\n")
    assert cells(path) == cells(str(path)) == [{"phone": "1", "a": "2"}]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (5, "rows is of type int"),
        ({"phone": 1}, "rows is of type dict"),
        ([["+44"]], "the first row is of type list"),
        ([{1: "+44"}], "column name 1"),
    ],
)
def test_rejects_sources_without_rows(rows: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(rows)


def test_row_that_is_not_a_mapping_fails_alone() -> None:
    problems = [row.problem for row in read([{"phone": 1}, "text", {"phone": 2}]).stream]
    assert [problem is None for problem in problems] == [True, False, True]


def test_pandas_keeps_integers_and_maps_missing_to_none() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "phone": [447362053576] * 3000,
            "text": ["a", None, "c"] * 1000,
            "float": [1.5, float("nan"), 2.0] * 1000,
            "nullable": pandas.array([1, None, 3] * 1000, dtype="Int64"),
            "when": pandas.to_datetime(["2026-01-02", None, "2026-01-03"] * 1000),
        }
    )
    rows = read(frame[frame["phone"] > 0])
    assert rows.total == 3000
    cells = [row.cells for row in rows.stream]
    assert len(cells) == 3000
    assert type(cells[0]["phone"]) is int
    assert cells[1] == {"phone": 447362053576, "text": None, "float": None, "nullable": None, "when": None}
    assert cells[2999]["nullable"] == 3
    assert cells[2999]["when"].isoformat() == "2026-01-03T00:00:00"


def test_polars_frame_is_read() -> None:
    polars = pytest.importorskip("polars")
    rows = read(polars.DataFrame({"phone": ["+44", "+45"], "score": [1, None]}))
    assert (rows.total, rows.columns) == (2, ["phone", "score"])
    assert [row.cells for row in rows.stream] == [{"phone": "+44", "score": 1}, {"phone": "+45", "score": None}]
