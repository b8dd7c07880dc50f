"""Runs the notebooks with the interpreter that runs this; as a program, keeps what they show (`make notebooks`)."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
SECONDS_A_NOTEBOOK = 120
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def load(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def save(notebook: Any, path: Path) -> None:
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]


def executed(path: Path) -> Any:
    """The notebook with the outputs of a run of now; a cell that fails raises `CellExecutionError`."""
    notebook = load(path)
    with _kernel_of_this_interpreter():
        client = NotebookClient(
            notebook,
            timeout=SECONDS_A_NOTEBOOK,
            kernel_name="python3",
            resources={"metadata": {"path": str(FOLDER)}},
            # On a slow machine a cell's text comes in more pieces.
            coalesce_streams=True,
        )
        client.execute()
    return _without_traces(notebook)


def outputs(notebook: Any) -> Iterator[Any]:
    """Everything that the cells have shown."""
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


@contextmanager
def _kernel_of_this_interpreter() -> Iterator[None]:
    """A machine without Jupyter has no kernel to find, and one with Jupyter may have another `python3`."""
    with TemporaryDirectory() as folder:
        kernel = Path(folder, "kernels", "python3")
        kernel.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "--log-level=ERROR", "-f", "{connection_file}"]
        (kernel / "kernel.json").write_text(json.dumps({"argv": command, **KERNEL}), encoding="utf-8")
        names = ("JUPYTER_PATH", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
        before = {name: os.environ.get(name) for name in names}
        os.environ.update(dict.fromkeys(names, folder))
        try:
            yield
        finally:
            _restore(before)


def _restore(environment: dict[str, str | None]) -> None:
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _without_traces(notebook: Any) -> Any:
    """Drops what differs from run to run or machine to machine and tells a reader nothing."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def main() -> None:
    for path in PATHS:
        save(executed(path), path)
        print(path.name)


if __name__ == "__main__":
    main()
