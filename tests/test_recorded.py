"""`sparkbot.testing.recorded`: cassettes that are recorded from a sandbox and replayed without it."""

from __future__ import annotations

import asyncio
import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import phonenumbers
import pytest

import sparkbot
from sparkbot import errors
from sparkbot.testing import recorded
from tests.conftest import CANARY, CHAT, DEVICE, complete

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PHONE, NAME = "+447362053576", "Ada Lovelace"
Call = Any


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cassettes" / "flow.json"


@pytest.fixture
def record(sandbox: sparkbot.Sandbox, path: Path, awaited: bool) -> Callable[..., list[Any]]:
    """Records calls of either client."""

    def run(*calls: Call, **options: Any) -> list[Any]:
        with recorded(path, base_url=sandbox.url, api_key=CANARY, **options) as recording:
            assert not recording.is_replaying
            return make_calls(recording, awaited, calls)

    return run


@pytest.fixture
def replay(path: Path, awaited: bool) -> Callable[..., list[Any]]:
    """Replays calls of either client."""

    def run(*calls: Call, **options: Any) -> list[Any]:
        with recorded(path, **{"mode": "none", **options}) as recording:
            assert recording.is_replaying
            return make_calls(recording, awaited, calls)

    return run


def make_calls(recording: Any, awaited: bool, calls: Any) -> list[Any]:
    client = recording.async_client() if awaited else recording.client()
    return [complete(client, call) for call in calls]


def exchanges(path: Path) -> list[dict[str, Any]]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return list(content["exchanges"])


LIST: Any = lambda client: client.devices.list(size=5)  # noqa: E731
GET: Any = lambda client: client.contacts.get(DEVICE, CHAT)  # noqa: E731
SEND: Any = lambda client: client.send.text(device=DEVICE, phone=PHONE, message="Hello")  # noqa: E731


def test_replay_answers_as_the_service_did(record: Any, replay: Any, sandbox: sparkbot.Sandbox) -> None:
    first = record(LIST, GET, SEND)
    sandbox.stop()
    second = replay(LIST, GET, SEND)
    assert [number["alias"] for number in second[0]] == [number["alias"] for number in first[0]]
    # The test itself sends this number.
    assert second[1:] == [{**first[1], "phone": PHONE}, {**first[2], "phone": PHONE}]


def test_app_client_uses_the_cassette(sandbox: sparkbot.Sandbox, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
    monkeypatch.setenv("SPARKBOT_API_KEY", CANARY)
    with recorded(path), sparkbot.Client() as client:
        listed = client.devices.list(size=1)
    assert os.environ["SPARKBOT_BASE_URL"] == sandbox.url
    monkeypatch.delenv("SPARKBOT_API_KEY")
    sandbox.stop()
    with recorded(path), sparkbot.Client() as client:
        assert client.devices.list(size=1)[0]["id"] == listed[0]["id"]
    assert "SPARKBOT_API_KEY" not in os.environ


def test_cassette_contains_no_key_and_no_phone(record: Any, path: Path, sandbox: sparkbot.Sandbox) -> None:
    sandbox.seed(contacts=[{"device": DEVICE, "phone": "+447911123456", "name": NAME, "metadata": {"mobile": "07911 123456"}}])
    record(
        lambda client: client.contacts.list(DEVICE),
        lambda client: client.contacts.list(DEVICE, search="447911123456"),
        lambda client: client.send.text(device=DEVICE, phone=PHONE, message=f"Call +44 7911 123456 with {CANARY}"),
    )
    text = path.read_text(encoding="utf-8")
    digits = re.sub(r"[ ().-]", "", text)
    for secret in ("7362053576", "7911123456", CANARY):
        assert secret not in digits
    assert NAME in text


def test_redacted_fields_are_not_written_or_compared(record: Any, replay: Any, path: Path) -> None:
    def send(text: str) -> Any:
        return lambda client: client.send.text(device=DEVICE, phone=PHONE, message=text)

    record(send("Hello"), redact=["message", "name"])
    assert "Hello" not in path.read_text(encoding="utf-8")
    assert replay(send("Good morning"), redact=["message", "name"])[0]["device"] == DEVICE


def test_secrets_of_the_api_are_not_written(record: Any, replay: Any, path: Path) -> None:
    create: Any = lambda client: client.webhooks.create(  # noqa: E731
        name="CRM", url="https://crm:l0g1n4crm@example.com/hook?secret=s3cr3t4crm", events=["message:in:new"]
    )
    record(create)
    text = path.read_text(encoding="utf-8")
    assert "s3cr3t4crm" not in text
    assert "l0g1n4crm" not in text
    assert replay(create)[0]["name"] == "CRM"


def test_number_has_the_same_mask_everywhere(record: Any, path: Path) -> None:
    record(GET, SEND)
    read, sent = exchanges(path)
    wid, phone = read["request"]["path"].rpartition("/")[2], sent["request"]["json"]["phone"]
    assert wid == f"{phone[1:]}@c.us" == read["response"]["json"]["wid"]
    assert phonenumbers.is_valid_number(phonenumbers.parse(phone))


def test_masked_numbers_of_a_list_can_be_used(record: Any, replay: Any) -> None:
    def first_contact(client: Any) -> Any:
        if isinstance(client, sparkbot.Client):
            return client.contacts.get(DEVICE, client.contacts.list(DEVICE, size=1)[0]["wid"])

        async def get() -> Any:
            [contact] = await client.contacts.list(DEVICE, size=1)
            return await client.contacts.get(DEVICE, contact["wid"])

        return get()

    [contact] = record(first_contact)
    [replayed] = replay(first_contact)
    assert (replayed.keys(), replayed["wid"] == contact["wid"]) == (contact.keys(), False)
    assert replayed["wid"] == f"{replayed['phone'][1:]}@c.us"


def test_each_response_is_used_once_in_order(record: Any, replay: Any, path: Path) -> None:
    resolve: Any = lambda client: client.chats.set_status(DEVICE, CHAT, "resolved")  # noqa: E731
    get: Any = lambda client: client.chats.get(DEVICE, CHAT)  # noqa: E731
    record(get, resolve, get)
    assert [chat["status"] for chat in replay(get, resolve, get)[::2]] == ["active", "resolved"]
    with pytest.raises(errors.ServerError, match=r"has 2 responses to GET .* was sent once more"):
        replay(get, get, get)
    assert len(exchanges(path)) == 3


def test_unrecorded_request_names_the_closest(record: Any, replay: Any) -> None:
    record(LIST, GET)
    with pytest.raises(errors.ServerError) as caught:
        replay(lambda client: client.devices.list(size=6))
    assert caught.value.status_code == 501
    message = str(caught.value)
    assert "has no response to GET /devices. The closest is number 0, GET /devices, which differs in query size" in message
    assert "record again with mode='all'" in message


def test_caught_error_of_a_replay_fails_the_block(record: Any, path: Path) -> None:
    record(LIST)
    with (
        pytest.raises(AssertionError, match="has no response to GET /profile"),
        recorded(path) as recording,
        suppress(errors.ServerError),
    ):
        recording.client().request("GET", "/profile")


def test_problems_contain_no_numbers_and_texts(record: Any, replay: Any) -> None:
    record(SEND)
    with pytest.raises(errors.ServerError) as caught:
        replay(lambda client: client.send.text(device=DEVICE, phone="+447911123456", message="see you at the usual place"))
    message = str(caught.value)
    assert "differs in json message, json phone" in message
    assert "447911123456" not in message
    assert "usual place" not in message
    with pytest.raises(errors.ServerError) as caught:
        replay(lambda client: client.contacts.get(DEVICE, "447911123456@c.us"))
    assert "447911123456" not in str(caught.value)


def test_errors_and_retries_are_replayed(path: Path, sandbox: sparkbot.Sandbox, awaited: bool) -> None:
    url = sandbox.url
    sandbox.faults.status(503, count=1)
    for mode in ("all", "none"):
        with recorded(path, mode=mode, base_url=url, api_key=CANARY) as recording:
            with pytest.raises(errors.NotFoundError):
                make_calls(recording, awaited, [lambda client: client.chats.get(DEVICE, "447911123456@c.us")])
            assert len(make_calls(recording, awaited, [LIST])[0]) == 5
        sandbox.stop()
    assert [exchange["response"]["status"] for exchange in exchanges(path)] == [503, 404, 200]


def test_files_are_recorded(record: Any, replay: Any, path: Path, tmp_path: Path) -> None:
    picture = tmp_path / "menu.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    upload: Any = lambda client: client.files.upload(file=picture)  # noqa: E731
    file_id = record(upload)[0][0]["id"]
    path.unlink()
    download: Any = lambda client: client.files.download(file_id)  # noqa: E731
    first = record(download)
    assert first == replay(download) == [picture.read_bytes()]


def test_upload_matches_by_its_content(record: Any, replay: Any, tmp_path: Path) -> None:
    picture = tmp_path / "menu.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    upload: Any = lambda client: client.files.upload(file=picture)  # noqa: E731
    first = record(upload)
    assert replay(upload) == first
    picture.write_bytes(b"another picture")
    with pytest.raises(errors.ServerError, match="differs in form"):
        replay(upload)


def test_items_and_rows_are_recorded(record: Any, replay: Any, sandbox: sparkbot.Sandbox) -> None:
    rows = [{"phone": PHONE, "tier": "gold"}, {"phone": "+447911123456", "tier": "gold"}]
    sync: Any = lambda client: sparkbot.sync_metadata(client, DEVICE, rows, progress="off")  # noqa: E731
    items: Any = lambda client: client.map(client.contacts.get, [{"contact": CHAT}] * 20, device=DEVICE).collect()  # noqa: E731
    record(sync, items)
    sandbox.stop()
    report, outcomes = replay(sync, items)
    assert (report.ok, report.failed) == (1, 1)
    assert {outcome.result["phone"] for outcome in outcomes} == {PHONE}


def test_mode_all_records_again(record: Any, path: Path) -> None:
    record(LIST, GET)
    record(LIST, mode="all")
    assert len(exchanges(path)) == 1


def test_block_that_raises_writes_no_cassette(sandbox: sparkbot.Sandbox, path: Path) -> None:
    with pytest.raises(errors.NotFoundError), recorded(path, base_url=sandbox.url, api_key=CANARY) as recording:
        recording.client().chats.get(DEVICE, "447911123456@c.us")
    assert not path.exists()


def test_closed_recording_answers_no_more(record: Any, path: Path) -> None:
    record(LIST)
    with recorded(path) as recording:
        client = recording.client(max_retries=0)
        client.devices.list(size=5)
    with pytest.raises(errors.APIConnectionError):
        client.devices.list(size=5)


def test_service_without_response_is_not_recorded(path: Path, sandbox: sparkbot.Sandbox) -> None:
    url = sandbox.url
    sandbox.stop()
    with (
        pytest.raises(errors.ServerError, match="the service gave no response"),
        recorded(path, base_url=url, api_key=CANARY) as recording,
    ):
        recording.client(max_retries=0).devices.list()
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"mode": "new"}, "mode is 'new'; it must be one of once, none, all"),
        ({"redact": "name"}, "redact is a text"),
        ({"mode": "none"}, "there is no cassette .*flow.json"),
    ],
)
def test_invalid_arguments_are_refused(options: dict[str, Any], problem: str, path: Path) -> None:
    with pytest.raises(errors.InvalidArgumentError, match=problem), recorded(path, **options):
        pass


def test_recording_needs_settings_of_the_service(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARKBOT_BASE_URL", raising=False)
    monkeypatch.delenv("SPARKBOT_API_KEY", raising=False)
    with pytest.raises(errors.ConfigError, match="settings of the client are missing") as caught, recorded(path):
        pass
    assert caught.value.__notes__ == [f"There is no cassette {path}, so the service is needed to record it."]
    with pytest.raises(errors.ConfigError, match="http"), recorded(path, base_url="http://example.com/v1", api_key="key"):
        pass


def test_client_before_the_block_is_refused(path: Path) -> None:
    with pytest.raises(errors.ConfigError, match="use `with recorded"):
        recorded(path).client()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 0, "salt": "", "numbers": {}, "exchanges": []}'])
def test_unreadable_cassette_is_refused(content: str, path: Path) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(errors.InvalidArgumentError, match="is no cassette of this version"), recorded(path):
        pass


def test_clients_at_once_are_recorded(sandbox: sparkbot.Sandbox, path: Path) -> None:
    async def get_all(recording: Any) -> list[Any]:
        client = recording.async_client()
        return await asyncio.gather(*(client.devices.list(page=0, size=size) for size in range(1, 40)))

    with recorded(path, base_url=sandbox.url, api_key=CANARY) as recording:
        first = asyncio.run(get_all(recording))
    sandbox.stop()
    with recorded(path) as recording:
        second = asyncio.run(get_all(recording))
    assert [[device["id"] for device in page] for page in first] == [[device["id"] for device in page] for page in second]
