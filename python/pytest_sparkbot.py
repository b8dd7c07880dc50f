"""Fixtures for apps that use sparkbot; pytest loads this module automatically.

`sparkbot_sandbox`, `sparkbot_client` and `async_sparkbot_client`. Every pytest run of an environment with sparkbot
imports this module, so it does not import sparkbot; the fixtures do.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sparkbot import AsyncClient, Client, Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("sparkbot_seed", "Seed of the initial state of the sandbox.", default="1")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sparkbot(seed): the seed of the initial state of this test's sandbox")


@pytest.fixture(scope="session")
def _sparkbot_servers() -> Iterator[dict[str, Sandbox]]:
    """Sandboxes by their options: starting one takes longer than resetting it."""
    servers: dict[str, Sandbox] = {}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.fixture
def sparkbot_sandbox_options() -> dict[str, Any]:
    """Options of the sandbox, such as `{"page_cap": 25}`; override it in your conftest. The seed has its own setting."""
    return {}


@pytest.fixture
def sparkbot_sandbox(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    sparkbot_sandbox_options: dict[str, Any],
    _sparkbot_servers: dict[str, Sandbox],
) -> Sandbox:
    """A sandbox in its initial state. SPARKBOT_BASE_URL and SPARKBOT_API_KEY point to it during the test.

    So `sparkbot.Client()` in your app uses it instead of your account. All tests of a run share the server, so a client of one
    test must not be used by the next.
    """
    from sparkbot import Sandbox

    options: dict[str, Any] = {"seed": _seed(request)} | sparkbot_sandbox_options
    key = repr(sorted(options.items()))
    if key not in _sparkbot_servers:
        _sparkbot_servers[key] = Sandbox(**options).start()
    sandbox = _sparkbot_servers[key]
    sandbox.reset()
    monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
    monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
    return sandbox


@pytest.fixture
def sparkbot_client_options() -> dict[str, Any]:
    """Options of both clients; override it in your conftest. By default retries have no delay."""
    from sparkbot import Retry

    return {"retry": Retry(initial_delay=0.001, max_delay=0.01)}


@pytest.fixture
def sparkbot_client(sparkbot_sandbox: Sandbox, sparkbot_client_options: dict[str, Any]) -> Iterator[Client]:
    """A blocking client of `sparkbot_sandbox`."""
    with sparkbot_sandbox.client(**sparkbot_client_options) as client:
        yield client


@pytest.fixture
def async_sparkbot_client(sparkbot_sandbox: Sandbox, sparkbot_client_options: dict[str, Any]) -> AsyncClient:
    """An async client of `sparkbot_sandbox`. It belongs to no event loop, so it works with every async test runner."""
    return sparkbot_sandbox.async_client(**sparkbot_client_options)


def _seed(request: pytest.FixtureRequest) -> int:
    marker = request.node.get_closest_marker("sparkbot")
    seed = marker.kwargs.get("seed") if marker else None
    if marker and (seed is None or marker.args or len(marker.kwargs) > 1):
        raise pytest.UsageError("write the marker as @pytest.mark.sparkbot(seed=7)")
    text = request.config.getini("sparkbot_seed") if seed is None else seed
    try:
        return int(text)
    except ValueError:
        raise pytest.UsageError(f"sparkbot_seed is {text!r}; it must be an integer") from None
