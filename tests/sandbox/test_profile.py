"""Profiles and product catalogs."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from .conftest import DEVICE, OTHER_DEVICE, HttpClient

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

PROFILE = f"/devices/{DEVICE}/profile"
CATALOG = f"/devices/{DEVICE}/catalog"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def test_update_profile_keeps_other_fields(api: HttpClient) -> None:
    api("PATCH", PROFILE, {"name": "Example", "businessProfile": {"email": "a@example.com", "websites": ["https://a.example"]}})
    api("PATCH", PROFILE, {"status": "Closed today", "businessProfile": {"address": "1 High Street"}})
    profile = api("GET", PROFILE).json
    assert (profile["name"], profile["info"], profile["phone"]) == ("Example", "Closed today", "+447362053500")
    assert profile["businessProfile"] == {
        "email": "a@example.com",
        "websites": ["https://a.example"],
        "address": "1 High Street",
    }
    assert api("GET", f"/devices/{DEVICE}").json["profile"]["name"] == "Example"


def test_invalid_profile_is_rejected(api: HttpClient) -> None:
    answer = api("PATCH", PROFILE, {"name": "x" * 26})
    assert (answer.status, answer.message) == (400, "name must be at most 25 characters")
    email = api("PATCH", PROFILE, {"businessProfile": {"email": "nobody"}})
    assert (email.status, email.json["errors"][0]["location"]) == (400, "body.businessProfile.email")


def test_profile_image_is_returned_unchanged(api: HttpClient) -> None:
    first = api("GET", f"{PROFILE}/image")
    assert (first.status, first.headers["content-type"]) == (200, "image/png")
    assert first.content.startswith(b"\x89PNG")
    assert api("PUT", f"{PROFILE}/image", {"image": b64encode(PNG).decode()}).status == 200
    assert api("GET", f"{PROFILE}/image").content == PNG
    assert api("GET", PROFILE).json["imagePath"] == f"/v1{PROFILE}/image"
    assert api("PUT", f"{PROFILE}/image", {"url": "https://example.com/logo.png"}).status == 200
    assert api("GET", f"{PROFILE}/image").content not in (PNG, first.content)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"image": "no base64!"}, "Invalid image"),
        ({"image": b64encode(b"GIF89a").decode()}, "Invalid image"),
        ({"image": b64encode(PNG + bytes(1 << 20)).decode()}, "Invalid image"),
        ({}, "Give exactly one of url, image."),
    ],
)
def test_invalid_image_is_rejected(api: HttpClient, body: object, message: str) -> None:
    before = api("GET", f"{PROFILE}/image").content
    answer = api("PUT", f"{PROFILE}/image", body)
    assert (answer.status, answer.message) == (400, message)
    assert api("GET", f"{PROFILE}/image").content == before


def test_update_profile_requires_an_online_session(sandbox: Sandbox, api: HttpClient) -> None:
    sandbox.faults.offline(device=DEVICE)
    assert api("PATCH", PROFILE, {"name": "Example"}).status == 503
    assert api("GET", PROFILE).status == 200


def test_own_products_are_paged(sandbox: Sandbox, api: HttpClient) -> None:
    assert api("GET", CATALOG).json["products"] == []
    sandbox.seed(products=[{"device": DEVICE, "id": f"{number:016}", "name": f"Tea {number}"} for number in range(5)])
    catalog = api("GET", f"{CATALOG}?size=2&page=1").json
    assert [product["name"] for product in catalog["products"]] == ["Tea 2", "Tea 3"]
    assert catalog["wid"] == "447362053500@c.us"
    assert len(api("GET", CATALOG).json["products"]) == 5
    assert api("GET", f"{CATALOG}?size=501").status == 400


def test_generated_catalog_is_stable(sandbox: Sandbox, api: HttpClient) -> None:
    catalog = api("POST", CATALOG, {"phone": "+447362053577"}).json
    assert api("POST", CATALOG, {"phone": "+447362053577"}).json == catalog
    assert api("POST", CATALOG, {"phone": "+447362053578"}).json["products"] != catalog["products"]
    assert len(api("POST", CATALOG, {"phone": "+447362053577", "size": 1}).json["products"]) == 1
    sandbox.seed(
        contacts=[{"device": DEVICE, "phone": "+447362053577", "meta": {"isBusiness": False}}],
        products=[{"device": DEVICE, "name": "Tea"}],
    )
    private = api("POST", CATALOG, {"phone": "+447362053577"})
    assert (private.status, private.message) == (404, "Catalog not found")
    own = api("POST", f"/devices/{OTHER_DEVICE}/catalog", {"phone": "+447362053500"}).json
    assert [product["name"] for product in own["products"]] == ["Tea"]
