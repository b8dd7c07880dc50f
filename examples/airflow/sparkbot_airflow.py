"""A hook and an operator for Airflow 3. Copy this file into the folder `plugins`, or next to your DAGs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseHook, BaseOperator
from airflow.sdk.exceptions import AirflowFailException

import sparkbot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context


class SparkBotHook(BaseHook):  # type: ignore[misc]  # Airflow is not installed where types are checked
    """Makes a client from a connection of any type: its password is the API key, its host the base URL."""

    def __init__(self, conn_id: str = "sparkbot_default") -> None:
        super().__init__()
        self._conn_id = conn_id

    def get_conn(self) -> sparkbot.Client:
        connection = self.get_connection(self._conn_id)
        return sparkbot.Client(connection.password, base_url=connection.host)


class SparkBotSyncOperator(BaseOperator):  # type: ignore[misc]
    """Writes rows as metadata onto contacts, by `sparkbot.sync_metadata`; its result is the number of rows by status.

    The task fails if it is not known whether a row was written, and if a row was not, unless `options` has `dead_letters`.
    Running it again is safe.

    Args:
        device: The WhatsApp number: its id, phone number or alias.
        rows: Path or URL of a file, or rows. Templated, as is `options`.
        conn_id: The connection of the service.
        options: Options of `sync_metadata`.
    """

    template_fields: Sequence[str] = ("device", "rows", "options")

    def __init__(
        self, *, device: str, rows: Any, conn_id: str = "sparkbot_default", options: dict[str, Any] | None = None, **task: Any
    ) -> None:
        super().__init__(**task)
        self.device = device
        self.rows = rows
        self.conn_id = conn_id
        self.options = options or {}

    def execute(self, context: Context) -> dict[str, int]:
        with SparkBotHook(self.conn_id).get_conn() as client:
            report = sparkbot.sync_metadata(client, self.device, self.rows, progress="off", **self.options)
        self.log.info("%s rows: %s", report.rows, report.counts)
        if report.unknown:
            raise RuntimeError(f"{report.unknown} rows may or may not have been written: run the task again")
        if report.failed and "dead_letters" not in self.options:
            # Not retried: the same rows would fail again.
            raise AirflowFailException(f"{report.failed} rows were not written: {', '.join(report.errors_by_type)}")
        return {str(status): count for status, count in report.counts.items()}
