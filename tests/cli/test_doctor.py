"""`sparkbot doctor`: settings, problems and the probe, without personal data."""

from __future__ import annotations

import json
import platform
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import CANARY, CHAT, DEVICE
from tests.recording_server import Recorder, recording

import sparkbot
from sparkbot._sparkbot import model_definitions
from sparkbot.cli import main
from sparkbot.cli.compare import Comparison
from sparkbot.cli.probe import read_operations
from sparkbot.operations import all_operations

if TYPE_CHECKING:
    from collections.abc import Iterator

#: GET operations that request new data from WhatsApp, or a code to sign in with.
WITH_SIDE_EFFECTS = {"chats.sync_messages", "session.scan", "session.sync"}
PROXIES = [name for stem in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY") for name in (stem, stem.lower())]
BUNDLES = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own."""
    for name in (*PROXIES, *BUNDLES, "SPARKBOT_API_KEY", "SPARKBOT_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    with recording() as recorder:
        configure(monkeypatch, recorder.url)
        yield recorder


def configure(monkeypatch: pytest.MonkeyPatch, url: str, key: str = CANARY) -> None:
    monkeypatch.setenv("SPARKBOT_BASE_URL", url)
    monkeypatch.setenv("SPARKBOT_API_KEY", key)


def doctor_report(capsys: pytest.CaptureFixture[str], *options: str, code: int = 0) -> dict[str, Any]:
    assert main(["doctor", "--json", *options]) == code
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def test_doctor_prints_the_configuration(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    configure(monkeypatch, "https://api.example.com/v1/")
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:hunter2@proxy.example.com:3128")
    report = doctor_report(capsys)
    assert (report["sparkbot"], report["problems"]) == (sparkbot.__version__, [])
    assert report["python"].endswith(platform.python_version())
    assert report["packages"]["click"]
    assert report["base_url"] == {"value": "https://api.example.com/v1", "source": "SPARKBOT_BASE_URL"}
    assert report["proxy"] == "http://proxy.example.com:3128/"
    assert (report["tls"]["source"], report["tls"]["certificates"] > 10) == ("system", True)
    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out
    for words in ("proxy.example.com:3128", "always verified", "(SPARKBOT_BASE_URL)"):
        assert words in printed
    assert "hunter2" not in printed + str(report)


def test_doctor_respects_no_proxy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    configure(monkeypatch, "https://api.example.com/v1")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example.com:3128")
    assert doctor_report(capsys)["proxy"] == "http://proxy.example.com:3128/"
    assert doctor_report(capsys, "--base-url", "http://127.0.0.1:9/v1")["proxy"] is None
    monkeypatch.setenv("NO_PROXY", "example.com")
    assert doctor_report(capsys)["proxy"] is None


def test_doctor_prints_key_fingerprint_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fingerprints = []
    for key in (CANARY, CANARY + "2"):
        configure(monkeypatch, "https://api.example.com/v1", key)
        key_report = doctor_report(capsys)["key"]
        assert (key_report["source"], key_report["characters"]) == ("SPARKBOT_API_KEY", len(key))
        fingerprints.append(key_report["fingerprint"])
    assert len(set(fingerprints)) == 2
    # A short key could be guessed from its fingerprint.
    configure(monkeypatch, "https://api.example.com/v1", "short")
    assert doctor_report(capsys)["key"]["fingerprint"] is None


@pytest.mark.parametrize(
    ("environment", "problems"),
    [
        ({}, ["no base URL of the service: set SPARKBOT_BASE_URL", "no API key: set SPARKBOT_API_KEY"]),
        ({"SPARKBOT_API_KEY": CANARY, "SPARKBOT_BASE_URL": f"https://u:{CANARY}@host/v1"}, ["contains a user name or password"]),
        ({"SPARKBOT_API_KEY": f"{CANARY}\n", "SPARKBOT_BASE_URL": "https://host/v1"}, ["has an invalid character at position"]),
        (
            {"SPARKBOT_API_KEY": CANARY, "SPARKBOT_BASE_URL": "https://host/v1", "SSL_CERT_FILE": "/no/such.pem"},
            ["SSL_CERT_FILE names /no/such.pem"],
        ),
    ],
)
def test_doctor_reports_missing_and_invalid_settings(
    environment: dict[str, str], problems: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    report = doctor_report(capsys, "--probe", code=1)
    assert [words in problem for words, problem in zip(problems, report["problems"], strict=True)] == [True] * len(problems)
    assert CANARY not in str(report)


def test_probe_finds_no_difference_in_the_sandbox(
    sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    sandbox.seed(chats=[{"device": DEVICE, "wid": "120363012345678901@g.us", "type": "group"}])
    configure(monkeypatch, sandbox.url, sandbox.api_key)
    probe = doctor_report(capsys, "--probe")["probe"]
    assert not probe["differs"]
    probed = {finding["operation"] for finding in probe["findings"]}
    assert probed == {operation["name"] for operation in read_operations()}
    checked = [finding for finding in probe["findings"] if finding["unchecked"] is None]
    assert len(checked) > 30
    assert probe["findings"][-1]["status"] == 404
    assert {request["method"] for request in sandbox.requests} == {"GET"}
    assert not {request["operation"] for request in sandbox.requests} & WITH_SIDE_EFFECTS


def test_probe_covers_every_read_operation() -> None:
    known = {row["name"] for row in all_operations() if row["method"] == "GET" and row["response"]["kind"] != "bytes"}
    assert {operation["name"] for operation in read_operations()} | (known & WITH_SIDE_EFFECTS) == known


NAME = "Ada Lovelace"
STRANGE = [{"id": DEVICE, "wid": CHAT, "alias": NAME, "status": 7, "447362053576": 1, "ada@example.com": NAME, "colour": NAME}]


def test_probe_report_contains_no_response_data(recorder: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    recorder.response = ("application/json", json.dumps(STRANGE).encode())
    report = doctor_report(capsys, "--probe", code=3)
    by_name = {finding["operation"]: finding for finding in report["probe"]["findings"]}
    listed = by_name["devices.list"]
    assert listed["differences"] == ["status is a number, not string (1 of 1)"]
    assert listed["more"] == [
        "unknown field (a field whose name may be personal data), a number (1 of 1)",
        "unknown field (a field whose name may be personal data), a string (1 of 1)",
        "unknown field colour, a string (1 of 1)",
    ]
    assert "session" in listed["unseen"]
    assert by_name["profile.get"]["differences"] == ["a list instead of an object"]
    assert main(["doctor", "--probe"]) == 3
    printed = capsys.readouterr().out
    assert "status is a number, not string" in printed
    for private in (CANARY, NAME, "ada@", CHAT, "447362053576", DEVICE):
        assert private not in printed + json.dumps(report)


def test_probe_stops_after_a_rejected_key(
    sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(monkeypatch, sandbox.url, "another0key")
    report = doctor_report(capsys, "--probe", code=1)
    assert report["problems"] == ["the service can't be used: AuthenticationError (401)"]
    assert len(sandbox.requests) == 1


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            "/v2",
            "the service can't be used: rejected: NotFoundError (404): check the base URL; it includes the version, such as /v1",
        ),
        (None, "the service can't be used: APIConnectionError"),
    ],
)
def test_probe_reports_an_unreachable_service(
    path: str | None, problem: str, sandbox: sparkbot.Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    url = sandbox.url.removesuffix("/v1") + path if path else "http://127.0.0.1:9/v1"
    configure(monkeypatch, url, sandbox.api_key)
    assert doctor_report(capsys, "--probe", code=1)["problems"] == [problem]


@pytest.mark.parametrize(
    ("value", "kind", "differences"),
    [
        (None, "string", []),
        ("2026-01-31T10:00:00.000Z", "datetime", []),
        ("soon", "datetime", ["f is a string, not datetime"]),
        (True, "integer", ["f is a boolean, not integer"]),
        (1.5, "integer", ["f is a number, not integer"]),
        (["a", 1], "string_list", ["f is a list, not string_list"]),
        ([{"key": "a"}], "[MetadataPair]", ["f[].value is missing"]),
        ({"key": "a", "value": "b"}, "[MetadataPair]", ["f is an object, not a list"]),
        ("a", "Contact", ["f is a string, not an object"]),
        ({"wid": CHAT, "phone": 1}, "string|Contact", ["f is an object, not string|Contact"]),
        ({"wid": CHAT}, "string|Contact", []),
    ],
)
def test_probe_checks_field_types(value: Any, kind: str, differences: list[str]) -> None:
    shapes = {**model_definitions()["schemas"], "Example": {"fields": {"f": kind}, "required": []}}
    comparison = Comparison(shapes)
    comparison.add_response({"f": value}, {"kind": "object", "schema": "Example"})
    assert comparison.differences() == differences
