"""A task queue whose worker calls before it forks and keeps calling; its broker is a folder."""

from __future__ import annotations

import os
from pathlib import Path

import celery
from celery.signals import worker_init

from tests.process.fork_programs import call, call_forever

_folder = Path(os.environ["TASK_QUEUE_FOLDER"])
_messages, _results = _folder / "messages", _folder / "results"
for subfolder in (_messages, _results):
    subfolder.mkdir(exist_ok=True)

application = celery.Celery(
    "task_queue",
    broker="filesystem://",
    backend=_results.as_uri(),
    broker_transport_options={
        "data_folder_in": str(_messages),
        "data_folder_out": str(_messages),
        "control_folder": str(_folder / "control"),
        "polling_interval": 0.02,
    },
)

call_in_worker = application.task(name="call")(call)


def _call_before_fork(**_: object) -> None:
    call_forever()


worker_init.connect(_call_before_fork)
