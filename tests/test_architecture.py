"""The structure of the code: which folder may import which, and no import cycles."""

from __future__ import annotations

import re

import pytest

from tests.import_graph import ROOT, Graph, cycles, python_graph, rust_graph

#: The folders of the crate, each with the folders that it may import.
ALLOWED = {
    "api": set(),
    "client": {"api"},
    "phone": {"api", "choice"},
    "batch": {"api", "choice", "client", "phone"},
    "sandbox": {"api", "phone"},
    "bridge": {"api", "client", "phone", "batch", "sandbox"},
}
#: Cycles that are accepted, each with the reason.
HARMLESS: dict[str, list[set[str]]] = {"rust": [], "python": []}
GRAPHS = {"rust": rust_graph, "python": python_graph}


def folder(module: str) -> str:
    return module.split("/", 1)[0]


@pytest.mark.parametrize("name", ALLOWED)
def test_folder_imports_only_allowed_folders(name: str) -> None:
    imported = {folder(target) for module, targets in rust_graph().items() if folder(module) == name for target in targets}
    assert imported - {name} <= ALLOWED[name]


def test_only_the_bridge_uses_pyo3() -> None:
    users = [path for path in (ROOT / "src").rglob("*.rs") if re.search(r"\bpyo3\b", path.read_text(encoding="utf-8"))]
    assert {path.relative_to(ROOT / "src").parts[0] for path in users} == {"bridge", "lib.rs"}


def test_no_object_is_created_under_a_lock_that_a_fork_may_leave_held() -> None:
    """PyO3's tools run Python code under their lock; `bridge::once` does not."""
    sources = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in (ROOT / "src/bridge").rglob("*.rs")}
    users = [str(path) for path, text in sources.items() if re.search(r"\bPyOnceLock::|\bintern!\(", text)]
    assert users == []
    internal = {
        name for text in sources.values() for name in re.findall(r"#\[pyclass.*\](?:\n#.*)*\n(?:pub\S* )?struct (\w+)", text)
    }
    created = {
        name for text in sources.values() for name in re.findall(r"add_class::<(?:\w+::)?(\w+)>|(\w+)::type_object\(py\)", text)
    }
    assert internal - {name for names in created for name in names} == set()


@pytest.mark.parametrize("language", GRAPHS)
def test_import_graph_is_acyclic(language: str) -> None:
    assert [cycle for cycle in cycles(GRAPHS[language]()) if cycle not in HARMLESS[language]] == []


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [{"a", "b", "c"}]),
    ],
)
def test_cycles_finds_strongly_connected_modules(graph: Graph, expected: list[set[str]]) -> None:
    assert cycles(graph) == expected
