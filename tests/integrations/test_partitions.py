"""One partition without an engine: each row gets its outcome, and running it twice equals running it once."""

from __future__ import annotations

import decimal
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

import cloudpickle
import pandas  # type: ignore[import-untyped]  # has no types of its own
import pyarrow  # type: ignore[import-untyped]  # has no types of its own
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkbot
from sparkbot.errors import AuthenticationError, ConfigError, InvalidArgumentError
from sparkbot.partitions import COLUMNS, SyncPartition
from sparkbot.sync import InputError, TooManyErrors
from tests.conftest import CANARY, CHAT, DEVICE

if TYPE_CHECKING:
    from pathlib import Path

PHONES = [f"+47900000{number:02}" for number in range(40)]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the worker's environment."""
    monkeypatch.setenv("SPARKBOT_API_KEY", CANARY)


def batch(*phones: str, tier: str = "gold") -> pyarrow.RecordBatch:
    return pyarrow.RecordBatch.from_pylist([{"phone": phone, "tier": tier} for phone in phones])


def column_values(batches: Any, column: str = "sparkbot_status") -> list[Any]:
    return [value for one in batches for value in one.column(column).to_pylist()]


def partition(sandbox: sparkbot.Sandbox, **options: Any) -> SyncPartition:
    return SyncPartition(sandbox.client(), DEVICE, **{"partitions_at_once": 1, **options})


def metadata(sandbox: sparkbot.Sandbox) -> dict[str, dict[str, str]]:
    return {one["wid"]: {pair["key"]: pair["value"] for pair in one["metadata"]} for one in contacts(sandbox)}


def contacts(sandbox: sparkbot.Sandbox) -> list[dict[str, Any]]:
    return [one for one in sandbox.documents("contacts") if one["device"] == DEVICE]


def test_column_types_and_batches_are_kept(sandbox: sparkbot.Sandbox) -> None:
    columns = {
        "customer": pyarrow.array([2**62, None], pyarrow.int64()),
        "phone": pyarrow.array(["+447362053576", "0"]).dictionary_encode(),
        "due": pyarrow.array([1, 2], pyarrow.timestamp("ns", "Europe/Oslo")),
        "value": pyarrow.array([decimal.Decimal("1.50"), None], pyarrow.decimal128(9, 2)),
        "tags": pyarrow.array([["a"], []], pyarrow.list_(pyarrow.string())),
        "sparkbot_status": pyarrow.array(["failed", "unknown"]),
    }
    rows = pyarrow.record_batch(columns)
    parts = iter([rows, rows.slice(0, 0), rows.slice(0, 1)])
    batches = list(partition(sandbox, only=["value"]).batches(parts))
    assert [one.num_rows for one in batches] == [2, 1]
    kept = [name for name in columns if name != "sparkbot_status"]
    assert batches[0].schema.names == [*kept, *COLUMNS]
    assert batches[0].select(kept) == rows.select(kept)
    assert [str(kind) for kind in batches[0].schema.types[len(kept) :]] == list(COLUMNS.values())
    assert batches[1].schema == batches[0].schema
    assert column_values(batches, "sparkbot_row") == [0, 1, 2]
    assert column_values(batches) == ["ok", "failed", "ok"]
    assert column_values(batches, "sparkbot_contact") == [CHAT, None, CHAT]
    assert "no country code" in column_values(batches, "sparkbot_message")[1]
    assert column_values(batches, "sparkbot_attempts") == [1, 0, 1]
    assert metadata(sandbox)[CHAT]["value"] == "1.50"


@given(st.lists(st.lists(st.sampled_from([*PHONES, "", "no number"]), max_size=5), max_size=6))
def test_every_row_has_an_outcome_in_any_batching(rows: list[list[str]]) -> None:
    dry = SyncPartition(None, DEVICE, partitions_at_once=3, dry_run=True)
    schema = pyarrow.schema({"phone": pyarrow.string(), "tier": pyarrow.string()})
    lines = [[{"phone": phone, "tier": "gold"} for phone in one] for one in rows]
    batches = list(dry.batches(pyarrow.RecordBatch.from_pylist(one, schema) for one in lines))
    assert [one.column("phone").to_pylist() for one in batches] == [one for one in rows if one]
    flat = [phone for one in rows for phone in one]
    assert column_values(batches) == ["ok" if phone in PHONES else "failed" for phone in flat]
    # A data frame with the same rows has the same outcomes.
    frame = dry.frame(pandas.DataFrame({"phone": flat, "tier": "gold"}, index=range(7, 7 + len(flat))))
    assert list(frame.index) == list(range(7, 7 + len(flat)))
    assert list(frame.sparkbot_status) == column_values(batches)
    assert list(frame.sparkbot_row) == list(range(len(flat)))


def test_leaving_early_stops_the_run(sandbox: sparkbot.Sandbox) -> None:
    read = []

    def endless() -> Any:
        while True:
            read.append(1)
            yield batch(*[CHAT] * 50)

    outcomes: Any = partition(sandbox).batches(endless())
    next(outcomes)
    outcomes.close()
    # At most what a run reads ahead.
    assert len(read) * 50 < 4_000


def test_rerun_of_a_partition_changes_nothing(sandbox: sparkbot.Sandbox) -> None:
    """A retried task, and a task that runs twice concurrently, as with speculative execution."""
    twice = pickle.loads(pickle.dumps(partition(sandbox, on_missing="create")))
    with ThreadPoolExecutor(2) as pool:
        for statuses in pool.map(lambda _: column_values(twice.batches([batch(*PHONES)])), range(2)):
            assert statuses == ["ok"] * len(PHONES)
    once = metadata(sandbox)
    wids = [one["wid"] for one in contacts(sandbox)]
    assert len(wids) == len(set(wids)) == len(PHONES) + 1
    assert column_values(twice.batches([batch(*PHONES)])) == ["ok"] * len(PHONES)
    assert metadata(sandbox) == once
    # With compare, nothing is written.
    before = len(sandbox.requests)
    again = partition(sandbox, compare="service").batches([batch(*PHONES)])
    assert column_values(again, "sparkbot_message") == ["unchanged"] * len(PHONES)
    assert {request["method"] for request in sandbox.requests[before:]} == {"GET"}


def test_each_partition_gets_its_share_of_the_rate(sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(contacts=[{"device": DEVICE, "phone": phone} for phone in PHONES])
    shared = partition(sandbox, partitions_at_once=2, calls_per_second=20)
    with ThreadPoolExecutor(2) as pool:
        parts = [batch(*PHONES[:20], tier="a"), batch(*PHONES[20:], tier="b")]
        for statuses in pool.map(lambda part: column_values(shared.batches([part])), parts):
            assert statuses == ["ok"] * 20
    for phones in (PHONES[:20], PHONES[20:]):
        times = [
            datetime.fromisoformat(request["time"])
            for request in sandbox.requests.of("contacts.upsert_metadata")
            if any(phone.removeprefix("+") in request["path"] for phone in phones)
        ]
        # Nineteen intervals of 1/10 s, of 1/20 s if one got the whole rate; a late start may shorten the first.
        assert (max(times) - min(times)).total_seconds() > 1


@pytest.mark.parametrize(
    ("options", "field", "why"),
    [
        ({"journal": "run.journal"}, "journal", "compare='service'"),
        ({"compare": "journal"}, "compare", "compare='service'"),
        ({"resume": True}, "resume", "journal"),
        ({"report": "out.csv"}, "report", "the returned outcomes"),
        ({"dead_letters": "out.csv"}, "dead_letters", "sparkbot_status"),
        ({"on_outcome": print}, "on_outcome", "retried task"),
        ({"progress": "bar"}, "progress", "engine's dashboard"),
        ({"partitions_at_once": 0}, "partitions_at_once", "0 is not a positive integer"),
        ({"partitions_at_once": True}, "partitions_at_once", "True is not a positive integer"),
        ({"keep": "phone"}, "keep", r"\['phone'\]"),
        ({"calls_per_second": 0}, "calls_per_second", "is 0; pass a number above 0"),
        ({"on_missing": "delete"}, "on_missing", "one of fail, create, skip"),
        ({"concurrency": 0}, "concurrency", "1 to 1024"),
    ],
)
def test_non_repeatable_options_are_rejected(options: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(InvalidArgumentError, match=why) as refused:
        SyncPartition(None, DEVICE, **{"partitions_at_once": 1, **options})
    assert refused.value.field == field


def test_invalid_options_raise_immediately(sandbox: sparkbot.Sandbox) -> None:
    with pytest.raises(TypeError, match="unexpected option 'rows'"):
        partition(sandbox, rows=[])
    with pytest.raises(InvalidArgumentError, match="client is of type AsyncClient"):
        SyncPartition(sandbox.async_client(), DEVICE, partitions_at_once=1)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"no file '.*gone\.toml'"):
        partition(sandbox, mapping="gone.toml")


def test_mapping_needs_no_file_on_the_worker(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "crm.toml"
    file.write_text('[phone]\ncolumn = "phone"\n[metadata]\nlevel = { column = "tier" }\n')
    mapped = partition(sandbox, mapping=file)
    file.unlink()
    assert column_values(pickle.loads(pickle.dumps(mapped)).batches([batch(CHAT)])) == ["ok"]
    assert metadata(sandbox)[CHAT]["level"] == "gold"


def test_worker_uses_its_own_key(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = cloudpickle.dumps(partition(sandbox))
    assert CANARY.encode() not in sent
    keyed = SyncPartition(sandbox.client(pickle_key=True), DEVICE, partitions_at_once=1)
    assert CANARY.encode() in cloudpickle.dumps(keyed)
    assert CANARY not in repr(keyed)
    monkeypatch.delenv("SPARKBOT_API_KEY")
    # The scheduler needs no key, a worker does.
    arrived = pickle.loads(sent)
    with pytest.raises(ConfigError, match="SPARKBOT_API_KEY"):
        list(arrived.batches([batch(CHAT)]))
    assert column_values(keyed.batches([batch(CHAT)])) == ["ok"]
    monkeypatch.setenv("SPARKBOT_API_KEY", "another-key")
    with pytest.raises(AuthenticationError, match="401") as refused:
        list(arrived.batches([batch(CHAT)]))
    assert isinstance(pickle.loads(pickle.dumps(refused.value)), AuthenticationError)
    # All settings from the environment.
    monkeypatch.setenv("SPARKBOT_API_KEY", CANARY)
    monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
    assert column_values(SyncPartition(None, DEVICE, partitions_at_once=1).batches([batch(CHAT)])) == ["ok"]


def test_aborted_run_fails_its_task(sandbox: sparkbot.Sandbox) -> None:
    with pytest.raises(TooManyErrors) as stopped:
        list(partition(sandbox, max_error_rate=0.5).batches([batch(*PHONES)]))
    arrived = pickle.loads(pickle.dumps(stopped.value))
    assert (arrived.report.ok, len(arrived.report.failures)) == (0, 20)


def test_nanosecond_timestamps_are_kept(sandbox: sparkbot.Sandbox) -> None:
    timestamp = pandas.Timestamp("2026-01-31T12:00:00.000000001", tz=UTC)
    frame = pandas.DataFrame({"phone": [CHAT], "seen": [timestamp]})
    assert list(partition(sandbox).frame(frame).seen) == [timestamp]
    assert metadata(sandbox)[CHAT]["seen"] == "2026-01-31T12:00:00.000000001Z"


@pytest.mark.parametrize(("module", "engine"), [("dask", "dask.dataframe"), ("spark", "pyspark.sql.types")])
def test_missing_engine_error_names_the_extra(module: str, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, engine, None)
    for loaded in (f"sparkbot.{module}", f"sparkbot.integrations.{module}"):
        monkeypatch.delitem(sys.modules, loaded, raising=False)
    with pytest.raises(ImportError, match=rf"pip install 'sparkbot\[{module}\]'"):
        import_module(f"sparkbot.{module}")
