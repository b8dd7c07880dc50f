"""`sparkbot.phones`, the command `sparkbot phones`, and the options of a sync that concern numbers."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import sparkbot
from sparkbot import errors, phones
from sparkbot.cli.commands import sparkbot as command
from sparkbot.sync import stream_metadata, sync_metadata
from sparkbot.tabular.errors import InputError

CELLS = ["+44 7362 053576", "15172345678", "447400123456", "123456789012345678@lid", "5215555550123", "n/a"]


def dry_run(rows: list[dict[str, Any]], **options: Any) -> list[Any]:
    return list(stream_metadata(None, None, rows, dry_run=True, **options))  # type: ignore[call-overload]


def test_contact_id_returns_reading_and_second_reading() -> None:
    assert phones.contact_id("07362 053576", "GB") == phones.ContactId("447362053576@c.us", "national")
    assert phones.contact_id("15172345678", country="49").second == "15172345678@c.us"
    assert phones.contact_id("447400123456", "DE", ambiguous="national").id == "49447400123456@c.us"
    assert phones.contact_id("07362 053576\n07362 053577", "44", several="first").id == "447362053576@c.us"
    with pytest.raises(phones.PhoneNumberError, match=r"may be \+49447400123456 or \+447400123456") as raised:
        phones.contact_id("447400123456", "49")
    assert (raised.value.field, raised.value.reason) == ("contact", "ambiguous")
    with pytest.raises(errors.InvalidArgumentError, match="is not a country"):
        phones.contact_id("07362 053576", "Atlantis")


def test_examples_of_the_module_run() -> None:
    failed, tried = doctest.testmod(phones)
    assert (failed, tried > 2) == (0, True)


def test_command_prints_what_becomes_of_each_cell(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("\n".join(["Phone,tier", *(f"{cell},gold" for cell in CELLS), ""]))
    done = CliRunner().invoke(command, ["phones", str(path), "--country-code", "DE", "--json"], standalone_mode=False)
    assert done.return_value == 3, done.output
    result = json.loads(done.stdout)
    expected = {"international": 1, "national": 1, "refused: ambiguous": 2, "lid": 1}
    assert result["counts"] == {**expected, "refused: letters": 1}
    assert (result["second_readings"], [cell["row"] for cell in result["refused"]]) == (1, ["line 4", "line 6", "line 7"])
    done = CliRunner().invoke(command, ["phones", str(path)], standalone_mode=False)
    assert "contains letters" in done.stdout


def test_report_counts_second_readings_and_missing_phones() -> None:
    rows = [{"phone": cell, "tier": "gold"} for cell in CELLS]
    report = sync_metadata(None, None, rows, dry_run=True, country_code="49")  # type: ignore[call-overload]
    assert (report.ok, report.failed, report.second_readings, report.without_phone) == (3, 3, 1, 1)
    assert "1 numbers have a second valid reading; 1 contacts have no phone number (@lid)" in str(report)
    taken = sync_metadata(None, None, rows, dry_run=True, country_code="49", ambiguous="national")  # type: ignore[call-overload]
    assert (taken.ok, taken.second_readings) == (5, 3)


def test_country_column_is_used_where_it_is_filled() -> None:
    rows: list[dict[str, Any]] = [
        {"phone": "07362 053576", "land": "GB"},
        {"phone": "0151 12345678", "land": ""},
        {"phone": "(201) 555-0123", "land": 1.0},
        {"phone": "0151 12345678", "land": "Atlantis"},
    ]
    outcomes = dry_run(rows, country_column="land", country_code="DE")
    assert [outcome.contact for outcome in outcomes] == ["447362053576@c.us", "4915112345678@c.us", "12015550123@c.us", None]
    assert "country: " in str(outcomes[3].error)
    with pytest.raises(InputError, match="country_column: there is no column"):
        dry_run(rows, country_column="country")


def test_sync_counts_second_readings_of_staged_rows(tmp_path: Path) -> None:
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        device = client.devices.list()[0]["id"]
        sandbox.seed(contacts=[{"device": device, "wid": "4915172345678@c.us"}])
        rows = [{"phone": "15172345678", "tier": "gold"}]
        options: Any = {"country_code": "49", "journal": tmp_path / "run.journal"}
        report = sync_metadata(client, device, rows, **options)
        assert (report.ok, report.second_readings) == (1, 1)
        assert sync_metadata(client, device, rows, country_code="49").second_readings == 1
