"""The pytest plugin, as an app uses it: pytest runs in a separate folder whose files do not mention the plugin."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, *arguments: str, **files: str) -> tuple[int, str]:
    """Runs pytest on these modules; returns its exit code and output."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    return done.returncode, done.stdout + done.stderr


APP = """
import os

import pytest
import sparkbot

servers = set()


def first_device(client):
    return client.devices.list(size=1)[0]["id"]


def test_client_of_the_app_uses_the_sandbox(sparkbot_sandbox):
    servers.add(sparkbot_sandbox.url)
    first_device(sparkbot.Client())
    sparkbot_sandbox.requests.assert_called_once("devices.list", size=1)
    sparkbot_sandbox.faults.status(500)


def test_next_test_reuses_the_reset_server(sparkbot_sandbox, sparkbot_client):
    servers.add(sparkbot_sandbox.url)
    assert len(servers) == 1
    assert sparkbot_sandbox.requests == [] and len(sparkbot_sandbox.faults) == 0
    sparkbot_sandbox.faults.status(503, count=2)
    first_device(sparkbot_client)


def test_environment_is_restored_after_a_test():
    assert os.environ["SPARKBOT_BASE_URL"] == "https://service.example/v1"


@pytest.mark.sparkbot(seed=7)
def test_marker_selects_the_seed(sparkbot_sandbox, sparkbot_client):
    servers.add(sparkbot_sandbox.url)
    assert len(servers) == 2
    with sparkbot.Sandbox(seed=7) as other:
        assert first_device(sparkbot_client) == other.documents("devices")[0]["id"]


async def awaited(client):
    return (await client.devices.list(size=1))[0]["id"]


def test_async_client_works_in_any_loop(async_sparkbot_client):
    import asyncio

    assert asyncio.run(awaited(async_sparkbot_client)) == asyncio.run(awaited(async_sparkbot_client))


@pytest.mark.anyio
async def test_async_client_works_with_anyio(async_sparkbot_client, sparkbot_client):
    assert await awaited(async_sparkbot_client) == first_device(sparkbot_client)


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""


def test_fixtures_work_in_an_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARKBOT_BASE_URL", "https://service.example/v1")
    code, output = run(tmp_path, test_app=APP)
    assert (code, "6 passed" in output) == (0, True), output


def test_project_settings_apply(tmp_path: Path) -> None:
    conftest = "import pytest\n@pytest.fixture\ndef sparkbot_client_options():\n    return {'max_retries': 0}\n"
    test = """
import pytest, sparkbot

def test_seed_and_options(sparkbot_sandbox, sparkbot_client):
    with sparkbot.Sandbox(seed=5) as other:
        assert other.documents("devices")[0]["id"] == sparkbot_sandbox.documents("devices")[0]["id"]
    sparkbot_sandbox.faults.status(503)
    with pytest.raises(sparkbot.errors.APIStatusError):
        sparkbot_client.request("GET", "/devices")
    assert len(sparkbot_sandbox.requests) == 1
"""
    code, output = run(tmp_path, "-o", "sparkbot_seed=5", conftest=conftest, test_app=test)
    assert (code, "1 passed" in output) == (0, True), output


def test_options_of_the_sandbox_apply(tmp_path: Path) -> None:
    conftest = """
import pytest

@pytest.fixture
def sparkbot_sandbox_options():
    return {"page_cap": 2, "unauthorized": 403}
"""
    test = """
import pytest, sparkbot

def test_options(sparkbot_sandbox, sparkbot_client):
    device = sparkbot_client.devices.list()[0]["id"]
    assert len(sparkbot_client.chats.list(device, size=10)) == 2
    with pytest.raises(sparkbot.errors.APIStatusError) as raised:
        sparkbot.Client("wrong", base_url=sparkbot_sandbox.url).devices.list()
    assert raised.value.status_code == 403

class TestOfOneClass:
    @pytest.fixture
    def sparkbot_sandbox_options(self):
        return {"seed": 5}

    def test_seed(self, sparkbot_sandbox, sparkbot_client):
        with sparkbot.Sandbox(seed=5) as other:
            assert sparkbot_client.devices.list()[0]["id"] == other.documents("devices")[0]["id"]
        assert len(sparkbot_client.chats.list(sparkbot_client.devices.list()[0]["id"], size=10)) == 10
"""
    code, output = run(tmp_path, conftest=conftest, test_app=test)
    assert (code, "2 passed" in output) == (0, True), output


@pytest.mark.parametrize(
    ("marker", "seed", "message"),
    [
        ("sparkbot(7)", "1", "write the marker as @pytest.mark.sparkbot(seed=7)"),
        ("sparkbot(sede=7)", "1", "write the marker as @pytest.mark.sparkbot(seed=7)"),
        ("filterwarnings('error')", "many", "sparkbot_seed is 'many'; it must be an integer"),
    ],
)
def test_invalid_settings_are_errors(tmp_path: Path, marker: str, seed: str, message: str) -> None:
    test = f"import pytest\n@pytest.mark.{marker}\ndef test_it(sparkbot_sandbox):\n    pass\n"
    code, output = run(tmp_path, "-o", f"sparkbot_seed={seed}", test_app=test)
    assert code == 1
    assert message in output


def test_plugin_does_not_import_the_package(tmp_path: Path) -> None:
    """Every pytest run of an environment with sparkbot loads the plugin."""
    code = "import sys, pytest; before = set(sys.modules); import pytest_sparkbot; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=HANG_TIMEOUT, check=True)
    assert done.stdout == "['pytest_sparkbot']\n"
    test = "import sys\ndef test_it():\n    assert 'pytest_sparkbot' in sys.modules and 'sparkbot' not in sys.modules\n"
    exit_code, output = run(tmp_path, test_app=test)
    assert exit_code == 0, output


MOCKED = """
from unittest import mock

import sparkbot


def test_mock_has_the_signatures_of_the_client():
    client = mock.create_autospec(sparkbot.Client, instance=True)
    client.chats.set_status("64f0c2a91b7e4d5f8a3b6c01", "447362053576@c.us", "resolved")
    client.chats.set_status.assert_called_once()
"""


def test_client_is_mocked_as_an_installed_package(tmp_path: Path) -> None:
    # pytest rewrites the modules of a package that is not an editable one and has a plugin.
    code, output = run(tmp_path, conftest='import pytest\n\npytest.register_assert_rewrite("sparkbot")\n', test_mocked=MOCKED)
    assert code == 0, output
