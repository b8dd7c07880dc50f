"""Examples in handwritten docstrings run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import dask.dataframe
import pytest

import sparkbot

PHONE = "+447362053576"


@pytest.mark.parametrize(
    "module",
    [
        *("sparkbot.hooks", "sparkbot.integrations.otel", "sparkbot.integrations.dask", "sparkbot.partitions.sync"),
        *("sparkbot.integrations.dlt.destination", "sparkbot.integrations.dlt.source"),
        *("sparkbot.integrations.mcp.server", "sparkbot.operations"),
        *("sparkbot.webhooks", "sparkbot.webhooks.parsing", "sparkbot.webhooks.receiver"),
        *("sparkbot.webhooks.router", "sparkbot.webhooks.stores"),
        *("sparkbot.integrations.otel.instrumentor", "sparkbot.testing"),
    ],
)
def test_examples_run(module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = import_module(module)
    with sparkbot.Sandbox() as sandbox, sandbox.client() as client:
        monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
        monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path))
        monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
        monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
        device = client.devices.list()[0]["id"]
        sandbox.seed(contacts=[{"device": device, "phone": PHONE}])
        known = {"sparkbot": sparkbot, "client": client, "device": device, "phone": PHONE}
        known["frame"] = dask.dataframe.from_dict({"phone": [PHONE], "tier": ["gold"]}, npartitions=1)
        failed, tried = doctest.testmod(loaded, extraglobs=known)
    assert (failed, tried > 1) == (0, True)
