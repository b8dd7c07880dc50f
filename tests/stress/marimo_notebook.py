"""Runs the marimo notebook, as a program and with its button pressed.

Run by `make test-long`. marimo is in a folder of its own, because it needs other versions of packages than the documentation.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from runpy import run_path
from typing import Any

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks/explore_contacts.py"
FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else Path(sys.prefix) / "marimo")


def main() -> None:
    sys.path.insert(0, str(FOLDER))
    program = f"import sys, runpy; sys.path.insert(0, {str(FOLDER)!r}); runpy.run_path({str(NOTEBOOK)!r}, run_name='__main__')"
    subprocess.run([sys.executable, "-c", program], check=True)
    app: Any = run_path(str(NOTEBOOK))["app"]
    _, unsent = app.run()
    assert "report" not in unsent, "nothing is sent before the button is pressed"
    _, sent = app.run(defs={"confirmed": True})
    assert sent["report"].ok == sent["selected"].num_rows > 0
    contact = sent["selected"]["wid"][0].as_py()
    assert sent["client"].contacts.get_metadata(sent["device"], contact)["note"] == "spring campaign"
    print(f"{NOTEBOOK.name}: {sent['report']}")


if __name__ == "__main__":
    main()
