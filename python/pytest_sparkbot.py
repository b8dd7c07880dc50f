"""Fixtures for apps that use sparkbot; pytest loads this module by itself.

`sparkbot_sandbox`, `sparkbot_client` and `async_sparkbot_client`. Every pytest run of an environment that has sparkbot
imports this, so it imports nothing: a fixture imports what it needs when a test asks for it.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sparkbot import AsyncClient, Client, Sandbox


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("sparkbot_seed", "Seed of the documents that the sandbox starts with.", default="1")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sparkbot(seed): the seed of the documents that this test's sandbox starts with")


@pytest.fixture(scope="session")
def _sparkbot_servers() -> Iterator[dict[int, Sandbox]]:
    """Sandboxes by seed: starting one takes longer than emptying it."""
    servers: dict[int, Sandbox] = {}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.fixture
def sparkbot_sandbox(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _sparkbot_servers: dict[int, Sandbox]
) -> Sandbox:
    """A sandbox at its start, which the environment's SPARKBOT_BASE_URL and SPARKBOT_API_KEY lead to during the test.

    So `sparkbot.Client()` in your app finds it, and never your account. The server is shared by all tests of a run, so a
    client that one test leaves open must not be used by the next.
    """
    from sparkbot import Sandbox

    seed = _seed(request)
    if seed not in _sparkbot_servers:
        _sparkbot_servers[seed] = Sandbox(seed=seed).start()
    sandbox = _sparkbot_servers[seed]
    sandbox.reset()
    monkeypatch.setenv("SPARKBOT_BASE_URL", sandbox.url)
    monkeypatch.setenv("SPARKBOT_API_KEY", sandbox.api_key)
    return sandbox


@pytest.fixture
def sparkbot_client_options() -> dict[str, Any]:
    """Options of the two clients; a fixture of this name in your conftest takes its place. Retries, by default, come at once."""
    from sparkbot import Retry

    return {"retry": Retry(initial_delay=0.001, max_delay=0.01)}


@pytest.fixture
def sparkbot_client(sparkbot_sandbox: Sandbox, sparkbot_client_options: dict[str, Any]) -> Iterator[Client]:
    """A blocking client of `sparkbot_sandbox`."""
    with sparkbot_sandbox.client(**sparkbot_client_options) as client:
        yield client


@pytest.fixture
def async_sparkbot_client(sparkbot_sandbox: Sandbox, sparkbot_client_options: dict[str, Any]) -> AsyncClient:
    """An awaited client of `sparkbot_sandbox`, for whatever runs your async tests: it belongs to no event loop."""
    return sparkbot_sandbox.async_client(**sparkbot_client_options)


def _seed(request: pytest.FixtureRequest) -> int:
    marker = request.node.get_closest_marker("sparkbot")
    given = marker.kwargs.get("seed") if marker else None
    if marker and (given is None or marker.args or len(marker.kwargs) > 1):
        raise pytest.UsageError("write the marker as @pytest.mark.sparkbot(seed=7)")
    text = request.config.getini("sparkbot_seed") if given is None else given
    try:
        return int(text)
    except ValueError:
        raise pytest.UsageError(f"sparkbot_seed is {text!r}; it must be a whole number") from None
