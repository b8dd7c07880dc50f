"""The examples in the docstrings of `client.map` print the documented output."""

from __future__ import annotations

import ast
import asyncio
import doctest
import inspect
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

import sparkbot
from sparkbot.batch.run import AsyncMapRun, MapRun
from tests.batch.conftest import DEVICE, wid

DOCUMENTED = [
    sparkbot.Client.map,
    MapRun.collect,
    sparkbot.Outcome,
    sparkbot.Outcome.unwrap,
    sparkbot.AsyncClient.map,
    AsyncMapRun.collect,
]


async def run(example: doctest.Example, names: dict[str, Any]) -> str:
    """The output of an example, including the value of an expression, as in the interactive interpreter."""
    printed = StringIO()
    code = compile(example.source, "<example>", "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with redirect_stdout(printed):
        ran = eval(code, names)
        if inspect.iscoroutine(ran):
            await ran
    return printed.getvalue()


@pytest.mark.parametrize("documented", DOCUMENTED, ids=lambda documented: documented.__qualname__)
def test_examples_print_documented_output(documented: Any, sandbox: sparkbot.Sandbox) -> None:
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(documented) or "")
    assert examples
    client = sandbox.async_client() if "Async" in documented.__qualname__ else sandbox.client()
    names = {"client": client, "device": DEVICE, "chat": wid(0)}

    async def run_all() -> None:
        for example in examples:
            assert await run(example, names) == example.want

    asyncio.run(run_all())
