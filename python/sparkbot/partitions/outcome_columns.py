"""Appends outcomes to their rows as columns, which are the same for all engines."""

from __future__ import annotations

from collections import deque
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any

from sparkbot.errors import InvalidArgumentError
from sparkbot.sync.columns.reserved import REPORT_COLUMNS, report_values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from sparkbot.batch.outcome import Outcome

#: The outcome columns and their types. Arrow and pandas use the same type names.
COLUMNS = dict(zip(REPORT_COLUMNS, ("int64", "string", "string", "string", "string", "int64"), strict=True))


def select_columns(columns: Sequence[Any], keep: Collection[Any] | None) -> list[Any]:
    """The input columns to keep; outcome columns of an earlier run are replaced."""
    unknown = [name for name in keep or () if name not in columns]
    if unknown:
        raise InvalidArgumentError(f"no column {unknown[0]!r}; the columns are {', '.join(map(str, columns))}", field="keep")
    return [name for name in columns if name not in COLUMNS and (keep is None or name in keep)]


def append_to_batches(
    batches: Iterable[Any], keep: Collection[str] | None, run: Callable[[Any], Iterator[Outcome]]
) -> Iterator[Any]:
    """Yields a batch of outcomes for each batch of rows as soon as its last outcome is known; reads a few rows ahead."""
    arrow: Any = import_module("pyarrow")
    batches = iter(batches)
    first = next(batches, None)
    if first is None:
        return
    names = select_columns(first.schema.names, keep)
    fields = [arrow.field(name, arrow.type_for_alias(kind)) for name, kind in COLUMNS.items()]
    schema = arrow.schema([*(first.schema.field(name) for name in names), *fields])
    waiting: deque[Any] = deque()

    def read() -> Iterator[Any]:
        for batch in chain([first], batches):
            if batch.num_rows:
                waiting.append(batch.select(names))
                yield batch

    lines: list[tuple[Any, ...]] = []
    for outcome in run(arrow.RecordBatchReader.from_batches(first.schema, read())):
        lines.append(report_values(outcome))
        if len(lines) == waiting[0].num_rows:
            cells = [arrow.array(values, field.type) for values, field in zip(_columns(lines), fields, strict=True)]
            yield arrow.RecordBatch.from_arrays([*waiting.popleft().columns, *cells], schema=schema)
            lines = []


def append_to_frame(frame: Any, keep: Collection[Any] | None, outcomes: Iterable[Outcome]) -> Any:
    """The index and the kept columns of the frame, and the outcome columns."""
    pandas: Any = import_module("pandas")
    columns = zip(COLUMNS.items(), _columns([report_values(outcome) for outcome in outcomes]), strict=True)
    cells = {name: pandas.array(values, dtype=kind) for (name, kind), values in columns}
    return frame[select_columns(list(frame.columns), keep)].assign(**cells)


def _columns(lines: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*lines, strict=True)] if lines else [[] for _ in COLUMNS]
