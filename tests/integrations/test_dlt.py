"""Pipelines of dlt: the account's records into DuckDB, and rows of a pipeline onto contacts."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import dlt
import pytest
from dlt.extract.exceptions import ResourceExtractionError
from dlt.pipeline.exceptions import PipelineStepFailed

import sparkbot
import sparkbot.dlt
from sparkbot.errors import ConfigError, InvalidArgumentError
from tests.conftest import CANARY, CHAT, DEVICE, TARGET

PHONE = "+447362053576"
WRITES = "contacts.upsert_metadata"


@pytest.fixture(autouse=True)
def deployment(sandbox: sparkbot.Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of a deployment; dlt itself reports nothing and keeps its files in the test's folder."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "RUNTIME__DLTHUB_TELEMETRY": "false",
        "RUNTIME__LOG_LEVEL": "DEBUG",
        "DLT_DATA_DIR": str(tmp_path / "dlt"),
        "SPARKBOT_API_KEY": CANARY,
        "SPARKBOT_BASE_URL": sandbox.url,
    }.items():
        monkeypatch.setenv(name, value)


def pipeline(destination: Any = None) -> Any:
    target = destination or dlt.destinations.duckdb("account.duckdb")
    return dlt.pipeline("whatsapp", destination=target, dataset_name="whatsapp", pipelines_dir="pipelines")


def load(*tables: str, **settings: Any) -> None:
    source = sparkbot.dlt.source(**settings)
    pipeline().run(source.with_resources(*tables) if tables else source)


def messages(**settings: Any) -> list[Any]:
    """The texts of the messages that a source reads."""
    # Makes it the active pipeline, whose state the source uses; that of another test would be.
    pipeline()
    return [message["body"] for message in sparkbot.dlt.source(**settings).with_resources("messages")]


def select(query: str) -> list[Any]:
    with pipeline().sql_client() as client:
        return list(client.execute_sql(query))


def message(name: str, date: str, device: str = DEVICE, **fields: Any) -> dict[str, Any]:
    message_id = f"3EB0{name.encode().hex().upper():0>16}"
    return {"device": device, "chatWid": CHAT, "id": message_id, "date": date, "body": name, **fields}


def queries(sandbox: sparkbot.Sandbox, path: str, *, since: int = 0) -> list[Any]:
    """The parameters of the requests to a path, without those before an index."""
    return [dict(request["query"]) for request in sandbox.requests[since:] if request["path"].endswith(path)]


def test_source_loads_every_table(sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(messages=[message("m1", "2026-05-01T10:00:00Z")], campaigns=[{"device": DEVICE, "name": "Spring"}])
    load()
    client = sandbox.client()
    numbers = list(client.devices.iter(status="operative"))
    expected = {"devices": len(list(client.devices.iter())), "agents": len(list(client.team.iter()))}
    expected["campaigns"] = len(list(client.campaigns.iter()))
    for table in ("contacts", "chats", "messages"):
        expected[table] = sum(len(list(getattr(client, table).iter(number["id"]))) for number in numbers)
    found = {table: select(f"SELECT count(*) FROM {table}")[0][0] for table in expected}
    assert found == expected
    assert min(found.values()) > 0
    join = "SELECT m.body, d.alias FROM messages m JOIN devices d ON m.device = d.id WHERE m.body = 'm1'"
    assert select(join) == [("m1", "Front Desk")]
    metadata = "SELECT value FROM contacts__metadata m JOIN contacts c ON m._dlt_parent_id = c._dlt_id WHERE key = 'tier'"
    assert select(f"{metadata} AND wid = '{CHAT}'") == [("silver",)]


def test_second_run_reads_only_newer_records(sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(messages=[message("m1", "2026-05-01T10:00:00Z")])
    load("messages", devices=["Front Desk"], lag=0)
    sandbox.seed(messages=[message("m2", "2026-05-01T10:00:01Z"), message("m0", "2026-05-01T09:00:00Z")])
    first = len(sandbox.requests)
    load("messages", devices=["Front Desk"], lag=0)
    assert {query["after"] for query in queries(sandbox, "/messages", since=first)} == {"2026-05-01T10:00:00Z"}
    assert select("SELECT body FROM messages ORDER BY body") == [("m1",), ("m2",)]


def test_records_within_the_lag_are_read_again(sandbox: sparkbot.Sandbox) -> None:
    old, new = message("m1", "2026-05-01T10:00:00Z", ack="sent"), message("m2", "2026-05-01T11:00:00Z", ack="sent")
    sandbox.seed(messages=[old, new])
    load("messages", devices=["Front Desk"])
    sandbox.seed(messages=[one | {"ack": "read"} for one in (old, new)])
    load("messages", devices=["Front Desk"], lag=60)
    assert select("SELECT body, ack FROM messages ORDER BY body") == [("m1", "sent"), ("m2", "read")]


def test_number_added_later_is_read_from_its_start(sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(messages=[message("m1", "2026-05-01T10:00:00Z"), message("m2", "2026-01-01T10:00:00Z", TARGET)])
    load("messages", devices=["Front Desk"])
    load("messages", devices=["Front Desk", "Field Team"])
    assert select("SELECT body FROM messages ORDER BY body") == [("m1",), ("m2",)]


def test_changed_contacts_and_chats_are_updated(sandbox: sparkbot.Sandbox) -> None:
    load("contacts", "chats", devices=["Front Desk"], lag=0)
    sandbox.client().contacts.update(DEVICE, CHAT, name="Grace")
    sandbox.receive(DEVICE, PHONE, "Hello")
    first = len(sandbox.requests)
    load("contacts", "chats", devices=["Front Desk"], lag=0)
    assert all(query["updatedAfter"] for query in queries(sandbox, "/contacts", since=first))
    assert all(query["after"] for query in queries(sandbox, "/chats", since=first))
    query = "SELECT c.name, count(*) FROM contacts c JOIN chats USING (device, wid) WHERE unread_count = 1 GROUP BY c.name"
    assert select(query) == [("Grace", 1)]


@pytest.mark.parametrize("reset", [{"refresh": "drop_resources"}, {"write_disposition": "replace"}])
def test_reset_reads_all_again(sandbox: sparkbot.Sandbox, reset: Any) -> None:
    sandbox.seed(messages=[message("m1", "2026-01-01T10:00:00Z"), message("m2", "2026-05-01T10:00:00Z")])
    load("messages", devices=["Front Desk"])
    pipeline().run(sparkbot.dlt.source(devices=["Front Desk"]).with_resources("messages"), **reset)
    assert select("SELECT body FROM messages ORDER BY body") == [("m1",), ("m2",)]


def test_interrupted_run_is_read_again(sandbox: sparkbot.Sandbox) -> None:
    """The date moves only when a number was read completely."""
    sandbox.seed(messages=[message(f"m{number}", f"2026-05-01T10:{number:02}:00Z") for number in range(60)])
    sandbox.faults.status(404, operation="messages.list", after=1, count=1)
    with pytest.raises(PipelineStepFailed):
        load("messages", devices=["Front Desk"], lag=0)
    load("messages", devices=["Front Desk"], lag=0)
    assert select("SELECT count(*) FROM messages") == [(60,)]


def test_date_in_the_future_hides_nothing(sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(messages=[message("m1", "2999-01-01T00:00:00Z")])
    load("messages", devices=["Front Desk"])
    sandbox.client().send.text(device=DEVICE, phone=PHONE, message="now")
    sandbox.settle()
    load("messages", devices=["Front Desk"])
    assert select("SELECT count(*) FROM messages") == [(2,)]


@pytest.mark.parametrize("start", ["2026-03-01", date(2026, 3, 1), datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=1)))])
def test_start_date_limits_the_first_run(sandbox: sparkbot.Sandbox, start: Any) -> None:
    sandbox.seed(messages=[message("m1", "2026-02-28T23:59:59Z"), message("m2", "2026-03-01T00:00:01Z")])
    assert messages(devices=["Front Desk"], start_date=start) == ["m2"]


def test_settings_of_dlt_configure_the_source(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_API_KEY", "wrong" * 8)
    monkeypatch.setenv("SOURCES__SPARKBOT__API_KEY", CANARY)
    monkeypatch.setenv("SOURCES__SPARKBOT__DEVICES", '["Field Team"]')
    monkeypatch.setenv("SOURCES__SPARKBOT__START_DATE", "2026-03-01")
    assert messages() == []
    assert [query["after"] for query in queries(sandbox, f"{TARGET}/messages")] == ["2026-03-01T00:00:00Z"]
    assert queries(sandbox, f"{DEVICE}/messages") == []


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"start_date": "1 May"}, "start_date is '1 May': give a date"),
        ({"devices": "Support"}, r"devices is 'Support': give a list, such as \['Support'\]"),
        ({"lag": -1}, "lag is -1: give seconds, 0 or more"),
        ({"lag": float("nan")}, "lag is nan"),
    ],
)
def test_invalid_source_settings_send_nothing(sandbox: sparkbot.Sandbox, settings: Any, problem: str) -> None:
    with pytest.raises(InvalidArgumentError, match=problem):
        sparkbot.dlt.source(**settings)
    assert not sandbox.requests


def test_source_without_a_key_says_how_to_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY")
    with pytest.raises(ConfigError, match="SPARKBOT_API_KEY"):
        sparkbot.dlt.source()


def test_unknown_number_fails_the_run() -> None:
    with pytest.raises(ResourceExtractionError, match="Nowhere"):
        messages(devices=["Nowhere"])


def write(rows: Any, *, table: str = "customers", **settings: Any) -> Any:
    target = pipeline(sparkbot.dlt.destination(**{"device": DEVICE} | settings))
    return target.run(rows, table_name=table)


def metadata(sandbox: sparkbot.Sandbox, wid: str = CHAT) -> dict[str, str]:
    return sandbox.client().contacts.get_metadata(DEVICE, wid)


def test_destination_writes_rows_with_their_types(sandbox: sparkbot.Sandbox) -> None:
    cells = {"spent": Decimal("10.50"), "due": date(2026, 12, 31), "seen": datetime(2026, 5, 1, 10, tzinfo=UTC), "visits": 3}
    write([{"phone": PHONE, "vip": True, "none": None, **cells}])
    expected = {"spent": "10.50", "due": "2026-12-31", "seen": "2026-05-01T10:00:00Z", "visits": "3", "vip": "true"}
    assert metadata(sandbox) == {"tier": "silver", "city": "Oslo", **expected}


def test_batches_are_written_one_after_the_other(sandbox: sparkbot.Sandbox) -> None:
    write([{"phone": PHONE, "visits": number} for number in range(5)], batch_size=2)
    written = [request["body"] for request in sandbox.requests if request["method"] == "PATCH"]
    assert written == [[{"key": "visits", "value": str(number)}] for number in range(5)]


def test_rows_that_fail_are_dead_letters(sandbox: sparkbot.Sandbox, tmp_path: Path) -> None:
    rows = [{"phone": "no number", "tier": "gold"}, {"phone": PHONE, "tier": "gold"}]
    for _ in range(2):
        write(rows, dead_letters="dead.jsonl")
    letters = [json.loads(line) for line in (tmp_path / "dead.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [letter["phone"] for letter in letters] == ["no number"] * 2
    assert letters[0]["sparkbot_status"] == "failed"
    assert metadata(sandbox)["tier"] == "gold"
    fixed = [letter | {"phone": PHONE, "tier": "platinum"} for letter in letters]
    assert sparkbot.sync_metadata(sandbox.client(), DEVICE, fixed).ok == 2


def test_failed_row_without_dead_letters_fails_the_load(sandbox: sparkbot.Sandbox) -> None:
    with pytest.raises(PipelineStepFailed, match=r"1 of 2 rows of the batch were not written \(row 0\)") as caught:
        write([{"phone": "no number", "tier": "gold"}, {"phone": PHONE, "tier": "gold"}])
    assert "no number" not in str(caught.value)
    assert metadata(sandbox)["tier"] == "gold"


def test_error_rate_stops_the_load(sandbox: sparkbot.Sandbox) -> None:
    rows = [{"phone": f"no number {number}", "tier": "gold"} for number in range(30)]
    with pytest.raises(PipelineStepFailed, match="were not written") as caught:
        write(rows, dead_letters="dead.jsonl", max_error_rate=0.1)
    assert "no number" not in str(caught.value)


def test_unknown_outcome_is_written_again(sandbox: sparkbot.Sandbox) -> None:
    sandbox.faults.reset_connection(executed=True, operation=WRITES, count=3)
    write([{"phone": PHONE, "tier": "gold"}])
    assert metadata(sandbox)["tier"] == "gold"


def test_lasting_unknown_outcome_fails_the_load(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOAD__RAISE_ON_MAX_RETRIES", "1")
    sandbox.faults.reset_connection(executed=True, operation=WRITES)
    with pytest.raises(PipelineStepFailed, match=r"may or may not have been written \(row 1\)"):
        write([{"phone": "no number", "tier": "gold"}, {"phone": PHONE, "tier": "gold"}], dead_letters="dead.jsonl")
    sandbox.faults.clear()
    # The load package is still there: the next run writes it.
    pipeline(sparkbot.dlt.destination(DEVICE, dead_letters="dead.jsonl")).load()
    assert metadata(sandbox)["tier"] == "gold"
    assert Path("dead.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_settings_of_dlt_configure_the_destination(sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESTINATION__SPARKBOT__DEVICE", DEVICE)
    monkeypatch.setenv("DESTINATION__SPARKBOT__OPTIONS", '{"only": ["tier"], "on_missing": "create"}')
    # Not called: dlt makes the destination.
    pipeline(sparkbot.dlt.destination).run([{"phone": "+447362053577", "tier": "gold", "city": "Rome"}], table_name="customers")
    assert metadata(sandbox, "447362053577@c.us") == {"tier": "gold"}


@pytest.mark.parametrize(
    ("settings", "error", "problem"),
    [
        ({"journal": "a.journal"}, TypeError, "unexpected option 'journal': the options are mapping, "),
        ({"on_missing": "ignore"}, InvalidArgumentError, "on_missing is 'ignore': give one of fail, create, skip"),
        ({"batch_size": 0}, InvalidArgumentError, "batch_size is 0: give a number of rows, 1 or more"),
        ({"dead_letters": "dead.csv"}, InvalidArgumentError, r"dead_letters is 'dead\.csv': give a path that ends in \.jsonl"),
    ],
)
def test_invalid_destination_options_raise_at_once(settings: Any, error: type[Exception], problem: str) -> None:
    with pytest.raises(error, match=problem):
        sparkbot.dlt.destination(DEVICE, **settings)


def test_unknown_device_fails_the_load() -> None:
    with pytest.raises(PipelineStepFailed, match="Nowhere"):
        write([{"phone": PHONE, "tier": "gold"}], device="Nowhere")


def test_key_and_phones_stay_out_of_logs_and_files(
    sandbox: sparkbot.Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("SPARKBOT_API_KEY")
    caplog.set_level("DEBUG")
    destination = sparkbot.dlt.destination(DEVICE, api_key=CANARY)
    source = sparkbot.dlt.source(api_key=CANARY)
    shown = f"{destination!r} {source!r} {destination.config_params}"
    source_run = pipeline().run(source.with_resources("devices"))
    target = pipeline(destination)
    with pytest.raises(PipelineStepFailed) as caught:
        target.run([{"phone": "+447000000000", "tier": "gold"}], table_name="customers")
    output = "".join(capfd.readouterr()) + caplog.text
    shown += f"{source_run.asdict()} {caught.value} {target!r} {target.last_trace.asdict()}"
    assert CANARY not in shown + output
    assert "447000000000" not in str(caught.value) + output
    files = [path.read_bytes() for path in Path("pipelines").rglob("*") if path.is_file()]
    assert files
    assert not any(CANARY.encode() in data for data in files)


def test_missing_dlt_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("sparkbot.integrations.dlt")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "dlt", None)
    with pytest.raises(ImportError, match=r"sparkbot\.dlt needs dlt: pip install 'sparkbot\[dlt\]'"):
        importlib.import_module("sparkbot.integrations.dlt")
