"""The command line: exit codes, and messages with advice and without a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet  # type: ignore[import-untyped]  # has no types of its own
from pyarrow.csv import read_csv  # type: ignore[import-untyped]  # has no types of its own
from tests.time_limits import HANG_TIMEOUT

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


NOWHERE = {"SPARKBOT_API_KEY": "x", "SPARKBOT_BASE_URL": "http://127.0.0.1:9/v1"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Any]:
    with sparkbot.Sandbox() as server:
        yield server


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    lines = [f"+44 7400 900{number:03d},gold,Ada" for number in range(20)]
    path = tmp_path / "contacts.csv"
    path.write_text("\n".join(["Phone,tier,First Name", *lines, ""]))
    return path


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPARKBOT_")}
    return {**kept, **variables}


def command(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "sparkbot", *map(str, arguments)],
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG_TIMEOUT,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def against(sandbox: Any, key: str | None = None) -> dict[str, str]:
    return {"SPARKBOT_BASE_URL": sandbox.url, "SPARKBOT_API_KEY": key or sandbox.api_key}


def test_syncs_file_into_temporary_sandbox(contacts: Path) -> None:
    done = command("sync", contacts, "--sandbox", "--map", "First Name=first_name")
    assert done.returncode == 0
    assert "20 rows: 20 ok" in done.stdout


def test_sandbox_has_every_device_in_the_file(tmp_path: Path) -> None:
    names = ["Sales", "+44 7362 053570", "f" * 24, ""]
    path = tmp_path / "rows.csv"
    path.write_text("phone,n,via\n" + "".join(f"+44740090{n:04d},{n},{names[n % 4]}\n" for n in range(20)))
    done = command("sync", path, "--sandbox", "--device-column", "via")
    assert "20 rows: 20 ok" in done.stdout
    assert "has the 20 contacts of the file, for 4 numbers" in done.stderr


def test_command_writes_in_bulk(contacts: Path) -> None:
    bulk = ["sync", contacts, "--sandbox", "--only", "tier", "--via", "bulk"]
    assert "--on-missing create" in command(*bulk).stderr
    assert "It takes 7 calls" in command(*bulk, "--on-missing", "create", "--dry-run").stdout
    done = command(*bulk, "--on-missing", "create")
    assert "20 rows: 20 ok, 0 skipped, 0 failed, 0 unknown; 7 calls" in done.stdout
    assert "sample: 3 read back, 3 held" in done.stdout


def test_mapping_applies_and_its_errors_are_one_message(contacts: Path, tmp_path: Path) -> None:
    mapping, table = tmp_path / "crm.toml", tmp_path / "contacts.parquet"
    mapping.write_text('[metadata]\nname = "First Name"\nsource = { constant = "crm" }\n')
    parquet.write_table(read_csv(contacts), table)
    done = command("sync", table, "--sandbox", "--mapping", mapping)
    assert (done.returncode, "20 rows: 20 ok" in done.stdout) == (0, True), done.stderr
    done = command("sync", contacts, "--mapping", mapping, "--only", "tier", **NOWHERE)
    assert (done.returncode, "pass only or mapping, not both" in done.stderr) == (2, True), done.stderr
    mapping.write_text('[metadata]\nname = "First"\n[device]\nvalue = "Support"\n')
    done = command("sync", contacts, "--mapping", mapping, **NOWHERE)
    message = "crm.toml: metadata.name.column: the input has no column 'First' (did you mean 'First Name'?)"
    assert (done.returncode, message in done.stderr) == (1, True), done.stderr


def test_failed_rows_are_explained(contacts: Path, tmp_path: Path) -> None:
    with contacts.open("a") as file:
        file.write("4.47E+11,gold,Ada\n9995550101@c.us,gold,Ada\n")
    done = command("sync", contacts, "--sandbox", "--exclude", "First Name", "--report", tmp_path / "out.jsonl")
    assert done.returncode == 3
    assert "InvalidRow (contact: exponent)" in done.stdout
    assert "--on-missing create" in done.stdout
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 22


def test_invalid_headers_print_map_options(contacts: Path) -> None:
    refused = command("sync", contacts, "--sandbox")
    assert refused.returncode == 1
    option = next(line for line in refused.stderr.splitlines() if "--map" in line)
    assert option.strip() == "--map 'First Name=first_name'"


def test_command_dry_run_needs_no_service(contacts: Path) -> None:
    done = command("sync", contacts, "--dry-run", "--exclude", "First Name")
    assert done.returncode == 0
    assert "20 calls: at 10 calls per second, 2.0 s" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--rate", "2"], "It takes 5,000 calls: at 2 calls per second, 41 min 40 s\n"),
        (
            ["--rate", "none"],
            "5,000 calls, without a rate limit; at 600 per minute, as clients of the service report, 8 min",
        ),
        (
            ["--rate", "0.1", "--compare", "service"],
            "5,000 to 10,000 calls: at 0.1 calls per second, 13 h 53 min to 27 h 46 min, from no changes to all rows changed",
        ),
        (["--compare", "journal", "--journal", "none.journal"], "0 to 5,000 calls: at 10 calls per second, 0.0 s to 8 min 20 s"),
    ],
)
def test_dry_run_estimates_calls_and_duration(tmp_path: Path, options: list[str], message: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("\n".join(["Phone,tier", *(f"+44 7400 9{number:05d},gold" for number in range(5000)), ""]))
    done = command("sync", path, "--dry-run", *options)
    assert done.returncode == 0
    assert message in done.stdout


def test_report_may_be_html(contacts: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = command("sync", contacts, "--sandbox", "--only", "tier", "--report", page)
    assert (done.returncode, f"The report is in {page}" in done.stdout) == (0, True)
    assert "; response times p50 " in done.stdout
    assert "<h1>Sync of 20 rows</h1>" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["sync", "contacts.csv"], 2, "--device"),
        (["sync", "contacts.csv", "--sandbox", "--rate", "fast"], 2, "calls per second"),
        (["sync", "contacts.csv", "--sandbox", "--rate", "0", "--only", "tier"], 2, "pass a number above 0"),
        (["sync", "contacts.csv", "--dry-run", "--only", "tier", "--country-code", "GBR"], 2, "such as 44"),
        (["sync", "contacts.csv", "--sandbox", "--map", "tier"], 2, "COLUMN=key"),
        (["sync", "contacts.csv", "--sandbox", "--only", "teir"], 1, "did you mean 'tier'"),
        (["sync", "contacts.csv", "--sandbox", "--only", "tier", "--report", "contacts.csv"], 1, "overwrite"),
        (["sync", "missing.csv", "--sandbox"], 1, "no file"),
        (["sync", sys.executable, "--sandbox"], 1, "not a CSV file"),
    ],
)
def test_errors_are_one_message(
    contacts: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(contacts.parent)
    done = command(*arguments)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize(
    ("device", "key", "message"),
    [
        ("+447362053576", "wrong-key", "key"),
        ("f" * 24, None, "device"),
        ("Nobody", None, "'Nobody' matches no device of the account: Support"),
    ],
)
def test_rejected_key_or_device_exits_with_1(sandbox: Any, contacts: Path, device: str, key: str | None, message: str) -> None:
    done = command("sync", contacts, "--device", device, "--only", "tier", **against(sandbox, key))
    assert (done.returncode, message.lower() in done.stderr.lower()) == (1, True), done.stderr
    assert "wrong-key" not in done.stderr + done.stdout


@pytest.mark.parametrize(("settings", "message"), [({}, "SPARKBOT_API_KEY"), (NOWHERE, "127.0.0.1:9")])
def test_missing_key_or_service_is_named(contacts: Path, settings: dict[str, str], message: str) -> None:
    done = command("sync", contacts, "--device", "f" * 24, "--only", "tier", **settings)
    assert (done.returncode, message in done.stderr) == (1, True), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_control_c_prints_results_so_far(sandbox: Any, contacts: Path) -> None:
    device = sandbox.client().devices.list()[0]["id"]
    arguments = ["sync", str(contacts), "--device", device, "--only", "tier", "--rate", "2", "--on-missing", "create"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sparkbot", *arguments],
        env=environment(**against(sandbox)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=HANG_TIMEOUT)
    assert "of 20 rows" in first
    assert process.returncode == 130
    assert "rows:" in stdout
    assert "Interrupted" in stderr
    assert "Traceback" not in stderr


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_sandbox_command_prints_its_environment() -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "sparkbot", "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(4)]
    variables = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines[2:])
    try:
        assert command("devices", "--json", **variables).returncode == 0
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=HANG_TIMEOUT) == 0
        process.stdout.close()
