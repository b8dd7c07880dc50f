"""Runs every notebook and keeps what it shows, as `make notebooks` does."""

from __future__ import annotations

import nbformat
from notebooks import PATHS, executed


def main() -> None:
    for path in PATHS:
        nbformat.write(executed(path), path)
        print(path.name)


main()
