"""Iteration over pages, with a service that has its own page sizes."""

from __future__ import annotations

import csv
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import DEVICE, complete
from tests.recording_server import recording

import sparkbot
from sparkbot.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.recording_server import Recorded, Recorder

KEY = "0" * 40


@dataclass
class Pages:
    """A service with a list of contacts. `items_of` chooses a page: its number and the size that was asked for."""

    recorder: Recorder
    awaited: bool

    def serve(self, items_of: Callable[[int, int], list[Any]]) -> None:
        def respond(request: Recorded) -> tuple[str, bytes]:
            query = request.query
            found = items_of(int(query.get("page", 0)), int(query.get("size", 20))) if request.path.endswith("contacts") else None
            return "application/json", json.dumps({"id": DEVICE} if found is None else found).encode()

        self.recorder.respond = respond

    def call(self, call: Callable[[Any], Any]) -> Any:
        make = sparkbot.AsyncClient if self.awaited else sparkbot.Client
        return complete(make(KEY, base_url=self.recorder.url), call)

    def numbers(self, **arguments: Any) -> list[int]:
        return [int(contact["name"]) for contact in self.call(lambda client: client.contacts.iter(DEVICE, **arguments))]


@pytest.fixture
def pages(awaited: bool) -> Iterator[Pages]:
    with recording() as recorder:
        yield Pages(recorder, awaited)


def contacts(numbers: range | list[int]) -> list[dict[str, str]]:
    return [{"wid": f"4477009{number:05}@c.us", "name": str(number)} for number in numbers]


def capped(total: int, cap: int) -> Callable[[int, int], list[Any]]:
    """A service that returns at most `cap` items, whatever size is asked for."""

    def items_of(page: int, size: int) -> list[Any]:
        used = min(size, cap)
        return contacts(range(total)[page * used : (page + 1) * used])

    return items_of


def filtered(total: int, hidden: set[int]) -> Callable[[int, int], list[Any]]:
    """A service that leaves items out after it has cut the page."""

    def items_of(page: int, size: int) -> list[Any]:
        return contacts([number for number in range(total)[page * size : (page + 1) * size] if number not in hidden])

    return items_of


@pytest.mark.parametrize("cap", [1, 10, 25, 64, 99])
def test_page_cap_does_not_end_the_list(pages: Pages, cap: int) -> None:
    pages.serve(capped(95, cap))
    assert pages.numbers(size=100) == list(range(95))


@pytest.mark.parametrize("hidden", [{0}, {99}, {150}, {299}, {0, 100, 200}])
def test_item_left_out_does_not_end_the_list(pages: Pages, hidden: set[int]) -> None:
    pages.serve(filtered(300, hidden))
    assert pages.numbers(size=100) == [number for number in range(300) if number not in hidden]


def test_list_takes_one_request_more_than_pages(pages: Pages) -> None:
    pages.serve(capped(95, 25))
    pages.numbers(size=100)
    assert [request.query.get("page") for request in pages.recorder.take()] == [None, "1", "2", "3", "4"]


def test_empty_list_takes_one_request(pages: Pages) -> None:
    pages.serve(capped(0, 25))
    assert pages.numbers() == []
    assert len(pages.recorder.take()) == 1


def test_max_pages_takes_no_further_request(pages: Pages) -> None:
    pages.serve(capped(95, 25))
    assert pages.numbers(size=100, max_pages=2) == list(range(50))
    assert len(pages.recorder.take()) == 2


def test_400_beyond_the_last_page_ends_the_list(sandbox: sparkbot.Sandbox, awaited: bool) -> None:
    client = sandbox.async_client() if awaited else sandbox.client()
    listed = complete(client, lambda client: client.devices.iter(size=50))
    assert [device["id"] for device in listed] == [device["id"] for device in sandbox.client().devices.list()]
    assert [request["status"] for request in sandbox.requests][:2] == [200, 400]


def test_full_page_again_is_an_error(pages: Pages) -> None:
    pages.serve(lambda page, size: contacts(range(size)))
    with pytest.raises(sparkbot.errors.PaginationError, match="identical to the previous page"):
        pages.numbers(size=10)


def test_short_page_again_ends_the_list(pages: Pages, caplog: pytest.LogCaptureFixture) -> None:
    pages.serve(lambda page, size: contacts(range(3)))
    with caplog.at_level(logging.WARNING, "sparkbot"):
        assert pages.numbers(size=10) == [0, 1, 2]
    assert "ignore the page number" in caplog.text


def test_export_has_the_contacts_of_all_pages(pages: Pages, tmp_path: Path) -> None:
    pages.serve(capped(95, 25))
    path = tmp_path / "contacts.csv"
    pages.call(lambda client: sparkbot.export_contacts(client, DEVICE, path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [int(row["sparkbot_name"]) for row in csv.DictReader(file)] == list(range(95))


@pytest.mark.parametrize("awaited", [False], indirect=True)
def test_all_of_the_command_has_all_pages(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages.serve(filtered(300, {7}))
    monkeypatch.setenv("SPARKBOT_API_KEY", KEY)
    monkeypatch.setenv("SPARKBOT_BASE_URL", pages.recorder.url)
    assert main(["contacts", DEVICE, "--all", "--size", "100", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 299
