"""Runs the DAG of examples/airflow with `dag.test()`, on SQLite and against the sandbox, in an environment of its own.

    python -m tests.stress.airflow_dag dist [--python PYTHON]

Installs Airflow and the wheel in the folder, or uses an interpreter that has Airflow and sparkbot.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.time_limits import HANG_TIMEOUT

import sparkbot

EXAMPLE = Path(__file__).parents[2] / "examples/airflow"
PHONE, WID = "+447362053576", "447362053576@c.us"
RUN = "import sync_contacts; run = sync_contacts.dag.test(); raise SystemExit(run.state != '{state}')"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("dist", type=Path)
    parser.add_argument("--python", help="an interpreter that has Airflow and sparkbot")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sparkbot.Sandbox() as sandbox:
        folder = Path(name)
        python = arguments.python or install(folder / "venv", arguments.dist)
        shutil.copytree(EXAMPLE, folder / "dags", ignore=shutil.ignore_patterns("__pycache__"))
        environment = settings(folder, sandbox)
        check = [python, "-m", "airflow", "db", "migrate"]
        subprocess.run(check, env=environment, cwd=folder / "dags", check=True, capture_output=True, timeout=HANG_TIMEOUT)
        check_rows_are_written(sandbox, python, folder / "dags", environment)
        check_failed_rows_fail_the_task(sandbox, python, folder / "dags", environment)
    print("the DAG of examples/airflow runs")


def install(folder: Path, dist: Path) -> str:
    """An environment with Airflow and the wheel."""
    [wheel] = dist.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin/python")
    subprocess.run([python, "-m", "pip", "install", "-q", "apache-airflow>=3.1,<4", wheel], check=True)
    return python


def settings(folder: Path, sandbox: sparkbot.Sandbox) -> dict[str, str]:
    connection = {"conn_type": "generic", "host": sandbox.url, "password": sandbox.api_key}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SPARKBOT_")},
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW_CONN_SPARKBOT_DEFAULT": json.dumps(connection),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(folder / "dags"),
    }


def run(python: str, folder: Path, environment: dict[str, str], state: str) -> str:
    """Runs the DAG, which must end in the state; returns what it logged."""
    command = [python, "-c", RUN.format(state=state)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=HANG_TIMEOUT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def check_rows_are_written(sandbox: sparkbot.Sandbox, python: str, folder: Path, environment: dict[str, str]) -> None:
    (folder / "contacts.csv").write_text(f"phone,tier\n{PHONE},gold\nno number,gold\n", encoding="utf-8")
    output = run(python, folder, environment, "success")
    client = sandbox.client()
    device = client.devices.find("Support")["id"]
    assert client.contacts.get_metadata(device, WID) == {"tier": "gold"}
    assert "no number" in (folder / "dead_letters.csv").read_text(encoding="utf-8")
    assert sandbox.api_key not in output
    assert PHONE.lstrip("+") not in output


def check_failed_rows_fail_the_task(sandbox: sparkbot.Sandbox, python: str, folder: Path, environment: dict[str, str]) -> None:
    dag = folder / "sync_contacts.py"
    dag.write_text(dag.read_text(encoding="utf-8").replace(', "dead_letters": "dead_letters.csv"', ""), encoding="utf-8")
    output = run(python, folder, environment, "failed")
    assert "1 rows were not written: InvalidRow" in output
    assert "no number" not in output


if __name__ == "__main__":
    main()
