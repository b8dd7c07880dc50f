"""Uploaded files: upload, download, filters, deletes."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import HttpClient, HttpResponse

if TYPE_CHECKING:
    from sparkbot.sandbox import Sandbox

BOUNDARY = "sandbox-test"
PDF = b"%PDF-1.7\r\n--sandbox\r\n\x00\xff"


def part(name: str, value: bytes, more: str = "", lines: str = "") -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n{lines}\r\n'
    return head.encode() + value + b"\r\n"


def form(content: bytes, filename: str = "menu.pdf", content_type: str = "", **fields: str) -> bytes:
    lines = f"Content-Type: {content_type}\r\n" if content_type else ""
    parts = [part(name, value.encode()) for name, value in fields.items()]
    parts.append(part("file", content, f'; filename="{filename}"', lines))
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def send(api: HttpClient, body: bytes) -> HttpResponse:
    headers = api.headers | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return api("POST", "/files", body, headers=headers)


def upload(api: HttpClient, content: bytes = PDF, **fields: str) -> Any:
    response = send(api, form(content, **fields))
    assert response.status == 201
    (file,) = response.json
    return file


def test_uploaded_file_downloads_unchanged(api: HttpClient) -> None:
    file = upload(api, filename="Menü.pdf", reference="r1", tags="menu,lunch", expiration="1h", permission="private")
    assert (file["size"], file["sha2"]) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert (file["mime"], file["kind"], file["ext"], file["origin"]) == ("application/pdf", "document", "pdf", "upload")
    assert (file["tags"], file["reference"], file["permission"]) == (["menu", "lunch"], "r1", "private")
    assert file["expiresAt"] > file["createdAt"]
    assert api("GET", f"/files/{file['id']}").json == file
    response = api("GET", f"/files/{file['id']}/download")
    assert (response.status, response.content, response.headers["content-type"]) == (200, PDF, "application/pdf")
    expected = "attachment; filename=\"Men_.pdf\"; filename*=UTF-8''Men%C3%BC%2Epdf"
    assert response.headers["content-disposition"] == expected
    assert api("GET", f"/files/{file['id']}").json["stats"]["downloads"] == 1
    preview = api("GET", f"/files/{file['id']}/preview")
    assert (preview.headers["content-type"], preview.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_duplicate_content_is_a_conflict(api: HttpClient) -> None:
    file = upload(api)
    second = send(api, form(PDF, filename="other.pdf"))
    message = f"File already exists with ID {file['id']}."
    assert (second.status, second.json) == (409, {"status": 409, "message": message, "meta": {"file": file["id"]}})
    assert api("DELETE", f"/files/{file['id']}").status == 200
    assert api("GET", f"/files/{file['id']}/download").status == 404
    assert upload(api)["id"] != file["id"]


def test_url_creates_a_remote_file(api: HttpClient) -> None:
    body = {"url": "https://example.com/a/logo.png?v=1", "tags": ["brand"]}
    (file,) = api("POST", "/files", body).json
    assert (file["filename"], file["mime"], file["origin"], file["url"]) == ("logo.png", "image/png", "remote", body["url"])
    content = api("GET", f"/files/{file['id']}/download").content
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha2"])
    assert api("POST", "/files", body).json["meta"] == {"file": file["id"]}
    assert api("POST", "/files", {"url": "https://example.com/b.png"}).status == 201


def test_media_type_is_detected_from_content(api: HttpClient) -> None:
    file = upload(api, b"\x89PNG\r\n\x1a\n...", filename="picture", content_type="application/octet-stream")
    assert (file["mime"], file["kind"], file["ext"]) == ("image/png", "image", "png")
    declared = upload(api, b"a;b", filename="data", content_type="text/csv")
    assert (declared["mime"], declared["ext"]) == ("text/csv", "csv")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Invalid multipart body"),
        (form(PDF)[:-20], "Invalid multipart body"),
        (part("file", PDF) + form(PDF), "Invalid multipart body"),
        (f"--{BOUNDARY}--".encode(), "Give exactly one of file, url."),
        (form(PDF, url="https://example.com/a.png"), "Give exactly one of file, url."),
        (form(PDF, expiration="3h"), "Invalid expiration value"),
    ],
)
def test_invalid_form_stores_no_file(sandbox: Sandbox, api: HttpClient, body: bytes, message: str) -> None:
    before = len(sandbox.documents("files"))
    response = send(api, body)
    assert (response.status, response.message) == (400, message)
    assert len(sandbox.documents("files")) == before


def test_file_in_json_is_rejected(api: HttpClient) -> None:
    response = api("POST", "/files", {"file": "text"})
    assert (response.status, response.message) == (400, "file must be sent as multipart/form-data")


def test_large_file_is_stored_but_not_logged(sandbox: Sandbox, api: HttpClient) -> None:
    content = os.urandom(1 << 20) * 100
    file = upload(api, content, filename="film.mp4", reference="r")
    assert file["size"] == len(content) == 104_857_600
    response = api("GET", f"/files/{file['id']}/download")
    assert hashlib.sha256(response.content).hexdigest() == file["sha2"] == hashlib.sha256(content).hexdigest()
    request = sandbox.requests[0]
    logged = {"filename": "film.mp4", "content_type": None, "size": len(content)}
    assert request["body"] == {"reference": "r", "file": logged}
    assert request["body_size"] > len(content)
    api("DELETE", f"/files/{file['id']}")


def test_file_is_updated(api: HttpClient) -> None:
    file = upload(api)
    response = api("PATCH", f"/files/{file['id']}", {"tags": ["new"], "message": "Our menu", "expiration": "2y"})
    assert response.status == 200
    read = api("GET", f"/files/{file['id']}").json
    assert (read["tags"], read["message"], read["filename"]) == (["new"], "Our menu", "menu.pdf")
    assert read["expiresAt"] > file["expiresAt"]


def seed(sandbox: Sandbox) -> None:
    sandbox.seed(
        files=[
            {
                "id": f"{number:024}",
                "filename": name,
                "size": 100 * number,
                "tags": ["s", tag],
                "origin": origin,
                "user": {"id": f"{number:024}"},
                "createdAt": f"2030-01-0{number}T00:00:00.000Z",
                "expiration": f"{number}d",
            }
            for number, name, tag, origin in [
                (1, "menu.pdf", "print", "upload"),
                (2, "logo.png", "logo", "remote"),
                (3, "song.mp3", "logo", "upload"),
            ]
        ]
    )


def numbers(files: list[Any]) -> list[int]:
    return [int(file["id"]) for file in files]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 2, 3]),
        ("search=LOGO", [2]),
        ("after=2030-01-01T12:00:00Z&before=2030-01-02T12:00:00Z", [2]),
        ("tags=print,logo", [1, 2, 3]),
        ("tags=logo&origin=upload", [3]),
        ("mime=application/pdf,audio/mpeg", [1, 3]),
        ("kind=image", [2]),
        ("ext=png,mp3", [2, 3]),
        ("filesize=150,250", [2]),
        ("filesize=,150", [1]),
        ("filesize=250,", [3]),
        (f"ids={3:024}", [3]),
        (f"owner={2:024}", [2]),
        ("filename=menu.pdf", [1]),
        ("size=2&page=1", [3]),
        ("status=failed", []),
    ],
)
def test_files_are_filtered(sandbox: Sandbox, api: HttpClient, query: str, expected: list[int]) -> None:
    seed(sandbox)
    query = query if "tags" in query else f"tags=s&{query}"
    assert numbers(api("GET", f"/files?{query}").json) == expected


def test_file_is_found_by_checksum(sandbox: Sandbox, api: HttpClient) -> None:
    seed(sandbox)
    file = upload(api)
    assert api("GET", f"/files?sha2={file['sha2']}").json == [file]
    content = api("GET", f"/files/{2:024}/download").content
    assert len(content) == 200
    assert numbers(api("GET", f"/files?sha2={hashlib.sha256(content).hexdigest()}").json) == [2]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"ids": [f"{1:024}"]}, [2, 3]),
        ({"tags": ["logo"], "origin": "remote"}, [1, 3]),
        ({"tags": ["s"], "size": 100}, [1]),
        ({"tags": ["s"], "expires": "2030-01-05T00:00:00Z"}, [3]),
        ({"tags": ["s"], "before": "2030-01-02T12:00:00Z", "after": "2030-01-01T12:00:00Z"}, [1, 3]),
        ({"tags": ["s"], "ext": ["pdf", "png"]}, [3]),
        ({"tags": ["s"], "kind": ["audio"]}, [1, 2]),
        ({"owner": [f"{2:024}", f"{3:024}"]}, [1]),
        ({"tags": ["s"], "limit": 2}, [3]),
        ({"filename": "nothing.txt"}, [1, 2, 3]),
    ],
)
def test_bulk_delete_removes_matching_files_only(
    sandbox: Sandbox, api: HttpClient, filters: dict[str, object], left: list[int]
) -> None:
    seed(sandbox)
    response = api("DELETE", "/files", filters)
    assert (response.status, response.json["deleted"]) == (200, 3 - len(left))
    assert numbers(api("GET", "/files?tags=s").json) == left


def test_bulk_delete_requires_a_filter(sandbox: Sandbox, api: HttpClient) -> None:
    before = len(sandbox.documents("files"))
    assert api("DELETE", "/files", {"limit": 5}).status == 400
    assert len(sandbox.documents("files")) == before
