"""docs/reference.md and docs/migrating.md: each line links to the operation and the method that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sparkbot.operations import all_operations

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[([^\]]+)\]\(\.\./([^)#]+)#L(\d+)\)")
ROWS = {row["title"]: row for row in all_operations()}
ROW_LINES = {title: line for line in PAGE.splitlines() for title in ROWS if line.startswith((f"| [{title}]", f"| {title} |"))}


def target(path: str, line: str) -> list[str]:
    """The lines from the target of a link on."""
    return (ROOT / path).read_text(encoding="utf-8").splitlines()[int(line) - 1 :]


@pytest.mark.parametrize("title", sorted(ROWS))
def test_operation_links_to_definition_and_method(title: str) -> None:
    row = ROWS[title]
    links = LINK.findall(ROW_LINES[title])
    if row["path"]:
        (_, path, line), *links = links
        assert target(path, line)[0] == "[[operation]]"
        assert f'title = "{title}"' in target(path, line)[:4]
    assert f"client.{row['name']}(" in links[0][0]
    for text, path, line in links:
        name = re.search(r"(\w+)\(", text)
        assert name is not None
        assert f"    def {name[1]}(" in target(path, line)[0]


@pytest.mark.parametrize("name", ["devices.find", "contacts.get_metadata"])
def test_handwritten_methods_have_a_row(name: str) -> None:
    ((_, path, line),) = [link for link in LINK.findall(PAGE) if f"client.{name}(" in link[0]]
    assert f"    def {name.partition('.')[2]}(" in target(path, line)[0]


MIGRATING = (ROOT / "docs/migrating.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("title", sorted(ROWS))
def test_node_operation_links_to_its_method(title: str) -> None:
    [line] = [line for line in MIGRATING if line.startswith(f"| {title.replace(':', ' → ', 1)} |")]
    [(text, path, number)] = LINK.findall(line)
    name = ROWS[title]["name"]
    assert f"client.{name}(" in text
    assert f"    def {name.rpartition('.')[2]}(" in target(path, number)[0]
