"""Devices, and their sessions from the first scan to the reset."""

from __future__ import annotations

import json
import struct
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from sparkbot.errors import InvalidArgumentError

from .conftest import AGENT, CONTACT, DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

DEVICE_PATH = f"/devices/{DEVICE}"
MISSING = "0" * 24
OFFLINE = 503


def create(api: HttpClient) -> str:
    response = api("POST", "/devices", {"alias": "New", "billingPlan": "io-business", "agents": [AGENT], "description": "x"})
    assert response.status == 201
    return str(response.json["id"])


def session(api: HttpClient, device: str) -> str:
    return str(api("GET", f"/devices/{device}").json["session"]["status"])


def test_device_is_created_updated_and_deleted(api: HttpClient) -> None:
    device = create(api)
    read = api("GET", f"/devices/{device}").json
    assert (read["alias"], read["plan"], read["status"], read["agents"][0]["id"]) == (
        "New",
        "io-business",
        "pending",
        AGENT,
    )
    assert "phone" not in read
    assert device in [listed["id"] for listed in api("GET", "/devices?sessionStatus=authorize").json]
    change = {"alias": "Sales", "settings": {"rebootPolicy": "1h", "deliverySpeed": 20}, "webhooks": [MISSING]}
    settings = api("PATCH", f"/devices/{device}", change).json["settings"]
    assert (settings["rebootPolicy"], settings["deliverySpeed"], settings["retentionPolicy"]) == ("1h", 20, "plan_defaults")
    read = api("GET", f"/devices/{device}").json
    assert (read["alias"], read["description"], read["webhooks"]) == ("Sales", "x", [MISSING])
    assert api("DELETE", f"/devices/{device}").status == 200
    for method in ("GET", "DELETE"):
        assert api(method, f"/devices/{device}").message == "Device not found"


def test_device_is_disabled_and_enabled(api: HttpClient) -> None:
    off = api("PATCH", DEVICE_PATH, {"enable": False}).json
    assert (off["status"], off["session"]["status"]) == ("disabled", "offline")
    assert api("GET", f"{DEVICE_PATH}/sync").status == OFFLINE
    on = api("PATCH", DEVICE_PATH, {"enable": True}).json
    assert (on["status"], on["session"]["status"]) == ("operative", "online")


def test_chats_are_deleted_by_phone(api: HttpClient) -> None:
    response = api("DELETE", f"{DEVICE_PATH}/chats", ["+447362053576", "+447000000001"])
    assert (response.status, response.json) == (200, {"deleted": ["+447362053576"]})
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").status == 404
    assert api("GET", f"/chat/{DEVICE}/chats/120363012345678901@g.us").status == 200


def test_new_device_is_online_after_a_scan(sandbox: Sandbox, api: HttpClient) -> None:
    device = create(api)
    assert api("POST", f"/devices/{device}/start").json["status"] == "authorize"
    assert api("GET", f"/devices/{device}/sync").status == OFFLINE
    sandbox.scan(device, "+447362053599")
    read = api("GET", f"/devices/{device}").json
    assert (read["session"]["status"], read["status"], read["wid"]) == ("online", "operative", "447362053599@c.us")
    assert api("GET", f"/devices/{device}/sync").status == 200
    assert api("GET", f"/devices/{device}/health").json["healthy"] is True
    assert "connected already" in api("GET", f"/devices/{device}/scan").message
    with pytest.raises(InvalidArgumentError, match="does not wait"):
        sandbox.scan(device)
    with pytest.raises(InvalidArgumentError, match="Device not found"):
        sandbox.scan(MISSING)


def test_scan_over_http(api: HttpClient) -> None:
    device = create(api)
    assert api("POST", f"/_sandbox/scan/{device}", {"phone": "0736"}).status == 400
    assert session(api, device) == "authorize"
    assert api("POST", f"/_sandbox/scan/{device}").json == {"id": device, "status": "online"}
    assert api("GET", f"/devices/{device}").json["phone"].startswith("+447")


def test_reset_session_requires_a_new_scan(sandbox: Sandbox, api: HttpClient) -> None:
    api("POST", f"{DEVICE_PATH}/reset")
    assert session(api, DEVICE) == "authorize"
    assert api("GET", f"{DEVICE_PATH}/queue").json["queue"]["size"] == 3
    assert api("GET", f"/chat/{DEVICE}/chats/{CONTACT}").status == 200
    assert api("POST", f"{DEVICE_PATH}/reboot").json["status"] == "authorize"
    sandbox.scan(DEVICE)
    assert api("GET", DEVICE_PATH).json["phone"] == "+447362053500"
    api("POST", f"{DEVICE_PATH}/reset?data=true&emptyQueue=true")
    assert api("GET", f"{DEVICE_PATH}/queue").json["queue"]["size"] == 0
    assert api("GET", f"/chat/{DEVICE}/chats").json == []


@pytest.mark.parametrize("status", ["offline", "error"])
def test_connected_session_starts_without_a_scan(sandbox: Sandbox, api: HttpClient, status: str) -> None:
    sandbox.seed(devices=[{"id": DEVICE, "phone": "+447362053500", "session": {"status": status, "error": "x"}}])
    assert api("GET", f"{DEVICE_PATH}/health").json["healthy"] is False
    assert status in api("GET", f"{DEVICE_PATH}/scan").message
    assert api("POST", f"{DEVICE_PATH}/start?wait=true").json["status"] == "online"
    assert "error" not in api("GET", DEVICE_PATH).json["session"]


def test_reboot_with_sync_updates_the_sync_date(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.seed(devices=[{"id": DEVICE, "session": {"status": "offline", "lastSyncAt": "2026-01-01T00:00:00.000Z"}}])
    assert api("POST", f"{DEVICE_PATH}/reboot?sync=true").json["status"] == "online"
    assert api("GET", DEVICE_PATH).json["session"]["lastSyncAt"] > "2026-01-01T00:00:00.000Z"


def test_pairing_code_replaces_a_scan(sandbox: Sandbox, api: HttpClient) -> None:
    device = create(api)
    path, body = f"/devices/{device}/authcode", {"phone": "+447362053598"}
    assert api("POST", path).message == "phone is required, as the number was never connected"
    code = api("POST", path, body).json["code"]
    assert len(code) == len("ABCD-EFGH")
    assert api("POST", path, body).json["code"] == code != api("POST", f"{path}?force=true", body).json["code"]
    sandbox.scan(device)
    assert api("GET", f"/devices/{device}").json["phone"] == "+447362053598"


def pixels(png: bytes) -> list[list[bool]]:
    """Decode a black and white PNG into dark pixels, and check the checksum of every chunk."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, side = 8, b"", 0
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(kind + content)
        if kind == b"IHDR":
            side = struct.unpack_from(">I", content)[0]
        data += content if kind == b"IDAT" else b""
        at += 12 + length
    width = 1 + (side + 7) // 8
    raw = zlib.decompress(data)
    rows = [raw[row * width + 1 : (row + 1) * width] for row in range(side)]
    return [[not row[x // 8] >> (7 - x % 8) & 1 for x in range(side)] for row in rows]


def test_qr_code_is_the_same_in_every_encoding(api: HttpClient) -> None:
    device = create(api)
    response = api("GET", f"/devices/{device}/scan")
    assert response.headers["content-type"].startswith("image/svg+xml")
    image = api("GET", f"/devices/{device}/scan?encoding=image")
    assert image.headers["content-type"] == "image/png"
    dark = pixels(image.content)
    modules = {(x // 4, y // 4) for y, row in enumerate(dark) for x, is_dark in enumerate(row) if is_dark}
    assert all(f"M{x} {y}h1v1h-1z" in response.text for x, y in modules)
    assert response.text.count("h1v1h-1z") == len(modules)
    assert b64decode(api("GET", f"/devices/{device}/scan?encoding=base64").json["data"]) == image.content
    uri = api("GET", f"/devices/{device}/scan?encoding=base64_uri").json["data"]
    assert b64decode(uri.removeprefix("data:image/png;base64,")) == image.content
    content = api("GET", f"/devices/{device}/scan?encoding=uri").text
    assert content.startswith("2@")
    assert json.loads(api("GET", f"/devices/{device}/scan?encoding=json").text)["data"] == content
    assert api("GET", f"/devices/{device}/scan?force=true").text != response.text
    assert api("GET", f"/devices/{device}/scan?encoding=uri").text != content
