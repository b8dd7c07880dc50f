"""How much more memory reading 200,000 rows takes than reading the first 2,000 of them, for each source, in MB as JSON.

    python -m tests.sync.flat make FOLDER
    python -m tests.sync.flat read FOLDER

Measures reading from the source up to the values of a mapping; sending them is the same for every source.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import sqlalchemy
from django.conf import settings
from pyarrow import parquet

from sparkbot.sync.columns.mapping import read as read_mapping
from sparkbot.tabular.sources import read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS, BATCH = 200_000, 2_000
#: Databases are slower; half of the rows show whether all are kept.
OF_A_DATABASE = 100_000
MAPPING = {"phone": "phone", "metadata": {"note": "note", "n": {"column": "n", "type": "integer"}, "source": {"constant": "crm"}}}


def batches() -> Iterator[Any]:
    for start in range(0, ROWS, BATCH):
        numbers = range(start, start + BATCH)
        columns = {"phone": [f"+447{n:09}" for n in numbers], "note": [f"{n} {'x' * 300}" for n in numbers], "n": list(numbers)}
        yield pyarrow.record_batch(columns)


def make(folder: Path) -> None:
    """Writes the files, in a separate process whose memory is not measured."""
    table = pyarrow.Table.from_batches(batches())
    parquet.write_table(table, folder / "rows.parquet", row_group_size=ROWS)
    connection = sqlite3.connect(folder / "rows.db")
    connection.execute("CREATE TABLE contacts (id INTEGER PRIMARY KEY, phone TEXT, note TEXT, n INTEGER)")
    for batch in table.to_batches():
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        connection.executemany("INSERT INTO contacts (phone, note, n) VALUES (?, ?, ?)", rows)
    connection.commit()


def sources(folder: Path) -> dict[str, Any]:
    """Each source as a callable, created when it is measured."""
    file, database = folder / "rows.parquet", folder / "rows.db"
    engine = sqlalchemy.create_engine(f"sqlite:///{database}")
    query = sqlalchemy.text("SELECT phone, note, n FROM contacts ORDER BY id LIMIT :most").bindparams(most=OF_A_DATABASE)
    schema = parquet.read_schema(file)
    return {
        "parquet": lambda: file,
        "arrow stream": lambda: pyarrow.RecordBatchReader.from_batches(schema, batches()),
        "sqlalchemy": lambda: engine.connect().execution_options(yield_per=1000).execute(query).mappings(),
        "django": lambda: queryset(database),
        "duckdb": lambda: duckdb.connect(config={"threads": 1}).sql(f"SELECT * FROM '{file}'"),
    }


def queryset(database: Path) -> Any:
    settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}})
    import django
    from django.db import models

    django.setup()

    class Contact(models.Model):
        phone = models.TextField()
        note = models.TextField()
        n = models.IntegerField()

        class Meta:
            app_label = "flat"
            db_table = "contacts"

    return models.QuerySet(Contact).order_by("id").values("phone", "note", "n")[:OF_A_DATABASE]


def peak() -> float:
    """The most memory since the last reset, in MB."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def growth(source: Any) -> float:
    rows = read(source())
    columns = read_mapping(MAPPING).columns(rows.columns)
    values = (columns.values_of(row.cells) for row in rows.stream)
    sum(1 for _ in islice(values, 2000))
    reset_peak()
    before = peak()
    assert sum(1 for _ in values) >= OF_A_DATABASE - 2000
    return round(peak() - before, 1)


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(folder)
    else:
        print(json.dumps({name: growth(source) for name, source in sources(folder).items()}))
