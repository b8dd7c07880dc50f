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
    business = {"email": "a@example.com", "websites": ["https://a.example"], "address": "1 High Street"}
    assert profile["businessProfile"] == business
    assert api("GET", f"/devices/{DEVICE}").json["profile"]["name"] == "Example"


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
    "image", ["no base64!", b64encode(b"GIF89a").decode(), b64encode(PNG + bytes(1 << 20)).decode()], ids=["text", "gif", "large"]
)
def test_invalid_image_is_rejected(api: HttpClient, image: str) -> None:
    before = api("GET", f"{PROFILE}/image").content
    assert api("PUT", f"{PROFILE}/image", {"image": image}).message == "Invalid image"
    assert api("GET", f"{PROFILE}/image").content == before


def test_own_products_are_paged(sandbox: Sandbox, api: HttpClient) -> None:
    assert api("GET", CATALOG).json["products"] == []
    sandbox.seed(products=[{"device": DEVICE, "id": f"{number:016}", "name": f"Tea {number}"} for number in range(5)])
    catalog = api("GET", f"{CATALOG}?size=2&page=1").json
    assert [product["name"] for product in catalog["products"]] == ["Tea 2", "Tea 3"]
    assert catalog["wid"] == "447362053500@c.us"
    assert len(api("GET", CATALOG).json["products"]) == 5


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
