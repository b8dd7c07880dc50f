"""Channels (own, followed, public) and status posts."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CONTACT, DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

CHANNELS = f"/devices/{DEVICE}/channels"
STATUS = f"/chat/{DEVICE}/status"
PNG = b64encode(b"\x89PNG\r\n\x1a\n...").decode()


def test_channel_is_created_updated_and_deleted(api: HttpClient) -> None:
    created = api("POST", CHANNELS, {"name": "News", "description": "Daily", "image": {"data": PNG}})
    assert (created.status, created.json["permission"]) == (201, "owner")
    channel = f"{CHANNELS}/{created.json['wid']}"
    assert api("GET", channel.removesuffix("@newsletter")).json == created.json
    assert created.json in api("GET", f"{CHANNELS}?permission=owner&size=100").json
    assert api("GET", f"{CHANNELS}?permission=subscriber").json == []
    response = api("PATCH", channel, {"name": "Our news", "image": "https://example.com/a.png"})
    assert (response.json["name"], response.json["description"]) == ("Our news", "Daily")
    assert api("GET", channel).json["imageUrl"] == "https://example.com/a.png"
    assert api("PUT", f"{channel}/image", {"image": PNG}).json["success"] is True
    assert api("GET", channel).json["imageUrl"].startswith("/v1/")
    assert api("DELETE", channel).status == 200
    assert api("GET", channel).message == "Channel not found"


def test_public_channels_are_searched_and_joined(sandbox: Sandbox, api: HttpClient) -> None:
    def names(**query: object) -> list[str]:
        return [channel["name"] for channel in api("PATCH", CHANNELS, query).json]

    assert {"City weather", "Wetter heute"} <= set(names(search="WEATHER"))
    assert names(search="weather", countries=["DE"]) == ["Wetter heute"]
    assert len(names(limit=3)) == 3
    sizes = [channel["totalParticipants"] for channel in api("PATCH", CHANNELS, {"sort": "asc"}).json]
    assert sizes == sorted(sizes)
    ages = [channel["createdAt"] for channel in api("PATCH", CHANNELS, {"sortField": "creation_time"}).json]
    assert ages == sorted(ages, reverse=True)
    sandbox.seed(public_channels=[{"wid": "777@newsletter", "name": "Tea", "categories": ["new"], "inviteCode": "0029VaTea"}])
    assert "Tea" not in names(search="tea")
    assert names(search="tea", category="new") == ["Tea"]
    for link in ({"code": "0029VaTea"}, {"url": "https://whatsapp.com/channel/0029VaTea"}):
        followed = api("PUT", CHANNELS, link).json
        assert (followed["permission"], followed["totalParticipants"]) == ("subscriber", 1)
    assert api("GET", f"{CHANNELS}/777").json == followed
    assert api("PATCH", f"{CHANNELS}/777@newsletter", {"name": "Mine"}).status == 403
    assert api("PUT", CHANNELS, {"code": "nowhere"}).message == "Channel not found"


def test_channel_of_another_device_is_joined(api: HttpClient) -> None:
    created = api("POST", CHANNELS, {"name": "News"}).json
    api("PUT", f"/devices/{OTHER_DEVICE}/channels", {"url": created["inviteLink"]})
    assert api("GET", f"/devices/{OTHER_DEVICE}/channels/{created['wid']}").json["permission"] == "subscriber"


def post(api: HttpClient, **fields: object) -> Any:
    response = api("POST", STATUS, fields)
    assert response.status == 201
    return response.json


def test_text_status_is_posted_and_deleted(api: HttpClient) -> None:
    created = post(api, message="Closed on Monday", color="salmon", reference="r1")
    read = api("GET", f"{STATUS}/{created['id']}").json
    assert (read["body"], read["type"], read["ack"], read["fromNumber"]) == ("Closed on Monday", "text", "sent", "+447362053500")
    assert read["style"] == {"font": "helvetica", "color": "salmon"}
    other = post(api, message="Open again")
    assert api("DELETE", STATUS, {"status": [created["wid"]]}).json == {"deleted": 1}
    assert api("GET", f"{STATUS}/{created['id']}").message == "Status not found"
    assert api("DELETE", STATUS, {"status": [other["wid"], created["wid"]]}).status == 404
    assert api("GET", f"{STATUS}/{other['id']}").status == 200
    post(api, message="And again")
    assert api("DELETE", STATUS, {"all": True}).json == {"deleted": 2}
    assert api("GET", STATUS).json == []


def test_status_accepts_images_and_videos_only(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(files=[{"id": "f" * 24, "filename": "shop.jpg"}, {"id": "e" * 24, "filename": "menu.pdf"}])
    created = post(api, media={"file": "f" * 24, "message": "Our shop"})
    assert (created["type"], created["body"], created["media"]["mime"]) == ("image", "Our shop", "image/jpeg")
    assert post(api, media={"url": "https://example.com/a.mp4?x=1", "format": "gif"})["type"] == "video"
    assert api("POST", STATUS, {"media": {"file": "e" * 24}}).message == "A status shows an image or a video"
    assert api("POST", STATUS, {"media": {"file": "d" * 24}}).message == "File not found"


@pytest.mark.parametrize("schedule", [{"delay": 3600}, {"delayTo": "1w"}, {"date": "2099-01-01T00:00:00.000Z"}])
def test_scheduled_status_is_pending(api: HttpClient, schedule: dict[str, object]) -> None:
    created = post(api, message="Later", schedule=schedule)
    assert (len(created["id"]), created["ack"]) == (24, "pending")
    assert "wid" not in created
    now = post(api, message="Now")
    assert [document["id"] for document in api("GET", f"{STATUS}?scheduled=true").json] == [created["id"]]
    assert [document["id"] for document in api("GET", f"{STATUS}?scheduled=false").json] == [now["id"]]
    assert api("DELETE", STATUS, {"scheduled": [created["id"]]}).json == {"deleted": 1}


def test_due_status_counts_as_sent(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(user_status=[{"id": "a" * 24, "device": DEVICE, "ack": "pending", "deliverAt": "2026-01-01T00:00:00.000Z"}])
    assert api("GET", f"{STATUS}/{'a' * 24}").json["ack"] == "sent"
    assert len(api("GET", f"{STATUS}?ack=sent").json) == 1


def test_status_posts_are_filtered_and_sorted(sandbox: Sandbox, api: HttpClient) -> None:
    def seeded(number: int, **fields: object) -> dict[str, object]:
        return {"id": f"{number:020X}", "device": DEVICE, "date": f"2026-01-0{number}T00:00:00.000Z", **fields}

    sandbox.seed(
        user_status=[
            seeded(1, body="Good morning", reference="r"),
            seeded(2, fromMe=False, **{"from": CONTACT}, fromNumber="+447362053576", type="image", ack="read"),
            seeded(3, body="Good night", kind="video"),
        ]
    )

    def listed(query: str) -> list[int]:
        return [int(document["id"], 16) for document in api("GET", f"{STATUS}?{query}").json]

    assert listed("mine=true") == [1, 3]
    assert listed("mine=false") == [2]
    assert listed("flow=inbound") == listed("type=image,video") == listed("ack=read,failed") == [2]
    assert listed("phone=%2B447362053576") == listed(f"chat={CONTACT}") == [2]
    assert listed("search=good%20NIGHT") == listed("kind=video") == [3]
    assert listed("reference=r") == [1]
    assert listed(f"wid={1:020X},{3:020X}&sort=date:desc") == [3, 1]
    assert listed("after=2026-01-01T12:00:00Z&before=2026-01-02T12:00:00Z") == [2]
    assert listed(f"begin={2:020X}") == [2, 3]
    assert listed(f"end={2:020X}") == [1, 2]
    assert listed("size=2&page=1") == [3]
