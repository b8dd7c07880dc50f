"""Campaigns: start, stop, and the state of their contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .conftest import DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CAMPAIGN = "64f0c2a91b7e4d5f8a3b6ce1"
PATH = f"/campaigns/{CAMPAIGN}"
PHONES = ["+447362053501", "+447362053502", "+447362050000"]


def seed(sandbox: Sandbox) -> None:
    contacts: list[dict[str, Any]] = [{"phone": phone, "name": f"Number {phone[-1]}"} for phone in PHONES]
    sandbox.seed(campaigns=[{"id": CAMPAIGN, "name": "Sale", "device": DEVICE, "message": "50 %", "contacts": contacts}])


def start(api: HttpClient) -> Any:
    return api("PUT", f"{PATH}/status", {"action": "start"})


def statuses(api: HttpClient, query: str = "") -> list[tuple[str, str]]:
    return [(contact["phone"], contact["status"]) for contact in api("GET", f"{PATH}/contacts?{query}").json]


def test_started_campaign_sends_to_all_contacts(sandbox: Sandbox, api: HttpClient) -> None:
    seed(sandbox)
    assert api("GET", PATH).json["stats"]["total"] == 3
    assert "contacts" not in api("GET", PATH).json
    assert start(api).json["status"] == "processing"
    sandbox.settle()
    done = api("GET", PATH).json
    assert (done["status"], done["stats"]["delivered"], done["stats"]["failed"]) == ("completed", 2, 1)
    assert done["startedAt"] <= done["completedAt"]
    assert statuses(api) == [(PHONES[0], "delivered"), (PHONES[1], "delivered"), (PHONES[2], "failed")]
    assert statuses(api, "status=failed") == [(PHONES[2], "failed")]
    assert statuses(api, "target=%2B447362053502&ack=delivered") == [(PHONES[1], "delivered")]
    assert statuses(api, "search=number+1&kind=phone") == [(PHONES[0], "delivered")]
    assert api("GET", f"{PATH}/contacts?status=failed").json[0]["error"] == "number:notfound"
    assert api("GET", f"/chat/{DEVICE}/chats/447362053501@c.us").json["lastMessage"]["body"] == "50 %"
    assert start(api).status == 409


def test_stopped_campaign_withdraws_queued_messages(sandbox: Sandbox, api: HttpClient) -> None:
    seed(sandbox)
    api("DELETE", f"/devices/{DEVICE}/queue")
    api("POST", f"/devices/{DEVICE}/queue", {"status": "pause"})
    start(api)
    assert api("GET", f"/devices/{DEVICE}/queue").json["queue"]["size"] == 3
    assert {status for _, status in statuses(api)} == {"processing"}
    assert api("PUT", f"{PATH}/status", {"action": "stop"}).json["status"] == "stopped"
    assert api("GET", f"/devices/{DEVICE}/queue").json["queue"]["size"] == 0
    assert {status for _, status in statuses(api)} == {"pending"}
    api("POST", f"/devices/{DEVICE}/queue", {"status": "active"})
    start(api)
    sandbox.settle()
    assert api("GET", PATH).json["status"] == "completed"


def test_campaigns_are_filtered_paged_and_deleted(sandbox: Sandbox, api: HttpClient) -> None:
    seed(sandbox)

    def ids(query: str) -> list[str]:
        return [campaign["id"] for campaign in api("GET", f"/campaigns?{query}").json]

    assert ids(f"device={DEVICE}") == ids("phone=%2B447362050000") == ids(f"id={CAMPAIGN}") == [CAMPAIGN]
    assert CAMPAIGN in ids("status=draft")
    assert CAMPAIGN not in ids("status=completed")
    assert len(ids("")) == 4
    assert len(api("GET", f"{PATH}/contacts?size=2&page=1").json) == 1
    assert api("DELETE", PATH).status == 200
    assert api("GET", PATH).message == api("GET", f"{PATH}/contacts").message == "Campaign not found"
