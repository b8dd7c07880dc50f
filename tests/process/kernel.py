"""A notebook kernel in a separate process, with its stderr."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

from tests.time_limits import HANG_TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Kernel:
    """A running kernel; `stderr` is complete after its exit."""

    def __init__(self, manager: KernelManager, client: Any, log: Path) -> None:
        self._manager = manager
        self._client = client
        self._log = log
        provisioner: Any = manager.provisioner
        self._process = provisioner.process

    def begin(self, cell: str) -> str:
        """Submits a cell and returns its message id."""
        number: str = self._client.execute(cell, stop_on_error=False)
        return number

    def finish(self, number: str) -> dict[str, Any]:
        """The kernel's reply to a cell: its status, and its error."""
        while True:
            reply = self._client.get_shell_msg(timeout=HANG_TIMEOUT)
            if reply["parent_header"]["msg_id"] == number:
                content: dict[str, Any] = reply["content"]
                return content

    def run(self, cell: str) -> None:
        reply = self.finish(self.begin(cell))
        assert reply["status"] == "ok", reply

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()

    def wake(self) -> None:
        """Sends a message without effect."""
        self._client.kernel_info()

    def end(self) -> int:
        """Shuts the kernel down, like closing a notebook, and returns its exit code."""
        self._client.shutdown()
        code: int = self._process.wait(HANG_TIMEOUT)
        return code

    @property
    def stderr(self) -> str:
        return self._log.read_text()


@contextmanager
def running_kernel(folder: Path, settings: dict[str, str]) -> Iterator[Kernel]:
    manager = KernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
    log = folder / "kernel.stderr"
    with log.open("w") as stderr:
        # The kernel does not inherit pytest's configuration of asyncio and warnings.
        manager.start_kernel(env={**os.environ, **settings, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}, stderr=stderr)
    client = manager.blocking_client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=HANG_TIMEOUT)
        yield Kernel(manager, client, log)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()
