"""The notebooks run without a warning and keep their kinds of output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools import refresh_notebooks as notebooks

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def test_notebooks_exist() -> None:
    assert [path.stem for path in notebooks.PATHS] == [
        "01_first_calls",
        "02_crm_metadata",
        "03_who_waits_too_long",
        "04_many_numbers",
        "05_the_sandbox",
    ]


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")
def test_notebook_runs(path: Path) -> None:
    run = notebooks.executed(path)
    assert [output.text for output in notebooks.outputs(run) if output.get("name") == "stderr"] == []
    kept = notebooks.load(path)
    assert [_kinds(cell) for cell in run.cells] == [_kinds(cell) for cell in kept.cells], "run `make notebooks`"


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_notebook_contains_no_machine_details(path: Path) -> None:
    notebook = notebooks.load(path)
    assert notebook.metadata == {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}
    assert [cell.metadata for cell in notebook.cells if cell.metadata] == []
    shown = "".join(str(output) for output in notebooks.outputs(notebook))
    for trace in ("127.0.0.1", "/home/", "/tmp/", "site-packages", "Traceback"):
        assert trace not in shown


def _kinds(cell: Any) -> list[tuple[str, list[str]]]:
    """The kinds of output of a cell; the values may differ."""
    return [(output.output_type, sorted(output.get("data", ()))) for output in cell.get("outputs", ())]
