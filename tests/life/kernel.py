"""A notebook's kernel as a process of its own, with what it leaves on stderr."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Time enough to start a kernel beside other tests.
PATIENCE = 60


class Kernel:
    """A running kernel; `stderr` is there once it has ended."""

    def __init__(self, manager: KernelManager, client: Any, log: Path) -> None:
        self._manager = manager
        self._client = client
        self._log = log
        provisioner: Any = manager.provisioner
        self._process = provisioner.process

    def begin(self, cell: str) -> str:
        """Sends a cell off and returns its number."""
        number: str = self._client.execute(cell, stop_on_error=False)
        return number

    def finish(self, number: str) -> dict[str, Any]:
        """The kernel's reply to a cell: its status, and its error."""
        while True:
            reply = self._client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"]["msg_id"] == number:
                content: dict[str, Any] = reply["content"]
                return content

    def run(self, cell: str) -> None:
        reply = self.finish(self.begin(cell))
        assert reply["status"] == "ok", reply

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()

    def wake(self) -> None:
        """Sends a message that means nothing."""
        self._client.kernel_info()

    def end(self) -> int:
        """Asks the kernel to end, as closing a notebook does, and waits for its exit code."""
        self._client.shutdown()
        code: int = self._process.wait(PATIENCE)
        return code

    @property
    def stderr(self) -> str:
        return self._log.read_text()


@contextmanager
def running_kernel(folder: Path, settings: dict[str, str]) -> Iterator[Kernel]:
    manager = KernelManager(kernel_name="python3", transport="ipc", ip=str(folder / "kernel"))
    log = folder / "kernel.stderr"
    with log.open("w") as stderr:
        # pytest's own configuration of asyncio and warnings is not the kernel's.
        manager.start_kernel(env={**os.environ, **settings, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}, stderr=stderr)
    client = manager.blocking_client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        yield Kernel(manager, client, log)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()
