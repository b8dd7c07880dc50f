"""Examples in docstrings that are written by hand run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

import sparkbot


@pytest.mark.parametrize("module", ["sparkbot.hooks", "sparkbot.otel"])
def test_examples_run(module: str) -> None:
    loaded = import_module(module)
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        failed, tried = doctest.testmod(loaded, extraglobs={"sparkbot": sparkbot, "client": client})
    assert (failed, tried > 1) == (0, True)
