"""A DAG that syncs a file of contacts each night."""

from datetime import datetime, timedelta

from airflow.sdk import DAG
from sparkbot_airflow import SparkBotSyncOperator

with DAG("sync_contacts", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False) as dag:
    SparkBotSyncOperator(
        task_id="sync",
        device="{{ var.value.get('sparkbot_device', 'Support') }}",
        rows="contacts.csv",
        options={"country_code": "44", "on_missing": "create", "dead_letters": "dead_letters.csv"},
        retries=2,
        retry_delay=timedelta(minutes=5),
    )
