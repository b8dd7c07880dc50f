"""The same rows from every supported source."""

from __future__ import annotations

import collections
import csv
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import duckdb
import pandas  # type: ignore[import-untyped]  # has no types of its own
import polars
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import sqlalchemy
from pyarrow import parquet
from tests.sync.accounts import PHONES

from sparkbot.sync import stream_metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparkbot.sync import Outcome

#: Includes a missing contact, a missing phone and an invalid one; missing cells are None, not empty texts.
ROWS: list[dict[str, Any]] = [
    {"phone": PHONES[0], "tier": "gold", "city": "Zürich 🎉"},
    {"phone": PHONES[1], "tier": None, "city": " Oslo"},
    {"phone": None, "tier": "gold", "city": "x"},
    {"phone": "see mobile", "tier": "gold", "city": "x"},
    {"phone": "+44 7999 999999", "tier": "gold", "city": "x"},
    {"phone": PHONES[2], "tier": None, "city": None},
    {"phone": PHONES[3], "tier": "007", "city": 'a,"b"\nc'},
]
NAMES = list(ROWS[0])
Contact = collections.namedtuple("Contact", ["phone", "tier", "city"])


def planned(rows: Any, **options: Any) -> list[Outcome]:
    """The outcomes of a dry run, which needs no client."""
    no_client: Any = None
    return list(stream_metadata(no_client, None, rows, dry_run=True, **options))


def as_csv(folder: Path) -> Path:
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        writer.writerows(ROWS)
    return path


def as_json_lines(folder: Path) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def as_parquet(folder: Path, rows: Any = None, **options: Any) -> Path:
    path = folder / "rows.parquet"
    parquet.write_table(pyarrow.table(arrow_columns(rows or ROWS)), path, **options)
    return path


def arrow_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def as_type(kind: Any) -> Any:
    return pyarrow.table({name: pyarrow.array(cells).cast(kind) for name, cells in arrow_columns(ROWS).items()})


def in_batches() -> Any:
    table = pyarrow.table(arrow_columns(ROWS))
    batches = table.to_batches(max_chunksize=2)
    nothing = batches[0].slice(0, 0)
    mixed = [nothing, *batches[:2], nothing, *batches[2:], nothing]
    return pyarrow.RecordBatchReader.from_batches(table.schema, mixed)


def in_sqlite(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "rows.db")
    connection.row_factory = sqlite3.Row
    connection.execute("CREATE TABLE IF NOT EXISTS contacts (phone TEXT, tier TEXT, city TEXT)")
    connection.execute("DELETE FROM contacts")
    connection.executemany("INSERT INTO contacts VALUES (:phone, :tier, :city)", ROWS)
    connection.commit()
    return connection


def by_sqlalchemy(folder: Path) -> Any:
    in_sqlite(folder).close()
    connection = sqlalchemy.create_engine(f"sqlite:///{folder / 'rows.db'}").connect()
    query = sqlalchemy.text("SELECT phone, tier, city FROM contacts ORDER BY rowid")
    return connection.execution_options(yield_per=2).execute(query)


def by_duckdb(folder: Path) -> Any:
    return duckdb.connect().sql(f"SELECT * FROM '{as_parquet(folder)}'")


class OnlyBatch:
    """An unknown type that exports an Arrow batch."""

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        [batch] = pyarrow.table(arrow_columns(ROWS)).to_batches()
        return batch.__arrow_c_array__(requested_schema)


SOURCES: dict[str, Callable[[Path], Any]] = {
    "csv": as_csv,
    "json lines": as_json_lines,
    "dicts": lambda _: ROWS,
    "generator": lambda _: (row for row in ROWS),
    "mappings": lambda _: [collections.ChainMap(row) for row in ROWS],
    "named tuples": lambda _: [Contact(**row) for row in ROWS],
    "pandas": lambda _: pandas.DataFrame(ROWS),
    "pandas of objects": lambda _: pandas.DataFrame(ROWS, dtype=object),
    "pandas of arrow": lambda _: pandas.DataFrame(ROWS).convert_dtypes(dtype_backend="pyarrow"),
    "polars": lambda _: polars.DataFrame(ROWS),
    "polars categories": lambda _: polars.DataFrame(ROWS).cast(polars.Categorical),
    "parquet": as_parquet,
    "parquet in groups": lambda folder: as_parquet(folder, row_group_size=2, compression="zstd"),
    "arrow table": lambda _: pyarrow.table(arrow_columns(ROWS)),
    "arrow batch": lambda _: pyarrow.table(arrow_columns(ROWS)).to_batches()[0],
    "arrow batches, some empty": lambda _: in_batches(),
    "exported arrow batch": lambda _: OnlyBatch(),
    "arrow dictionaries": lambda _: as_type(pyarrow.dictionary(pyarrow.int8(), pyarrow.string())),
    "arrow large strings": lambda _: as_type(pyarrow.large_string()),
    "arrow string views": lambda _: as_type(pyarrow.string_view()),
    "duckdb": by_duckdb,
    "sqlite3": lambda folder: in_sqlite(folder).execute("SELECT * FROM contacts ORDER BY rowid"),
    "sqlalchemy": by_sqlalchemy,
    "sqlalchemy mappings": lambda folder: by_sqlalchemy(folder).mappings(),
}
