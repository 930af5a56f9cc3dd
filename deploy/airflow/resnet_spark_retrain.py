"""Retrains a model every night and has its servers load the new one, if it is better.

Copy it into Airflow's folder of DAGs (Airflow 2.4 or newer, nothing beyond its core), on a worker that can run spark-submit.
docs/retraining.md says what the command does. Settings are Airflow variables; their defaults are below.
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.models import Variable

PROMOTED, FAILED, WRONG, NOT_PROMOTED = 0, 1, 2, 3


def command(run_id: str, home: str, recipe: str) -> list[str]:
    """The command line. A run that is tried again has the same id, and goes on where it was."""
    return [
        f"{home}/deploy/yarn/submit",
        "retrain",
        "--conf",
        recipe,
        "--run-id",
        run_id,
        "--json",
    ]


def run(words: list[str]) -> tuple[int, str]:
    """The exit code and what was printed. A task that is stopped waits for the driver to finish its round and write a checkpoint."""
    # Airflow signals the task's whole process group. In one of its own the driver gets one signal; the second would end it at once.
    driver = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        printed, _ = driver.communicate()
    except BaseException:
        driver.terminate()
        # Reads on: a driver whose output nobody takes would wait for that, not end.
        driver.communicate()
        raise
    return driver.returncode, printed


@dag(
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # A second run would be told that one is under way, and fail.
    max_active_runs=1,
    tags=["resnet-spark"],
)
def resnet_spark_retrain():
    @task(retries=5, retry_delay=timedelta(minutes=10))
    def retrain(run_id: str) -> dict:
        """What of the outcome the next task needs; skipped, with all that follows, if nothing was promoted."""
        code, printed = run(
            command(
                run_id,
                Variable.get("resnet_spark_home", default_var="/opt/resnet-spark"),
                Variable.get("resnet_spark_recipe", default_var="/etc/resnet-spark/flowers.conf"),
            )
        )
        if code in (PROMOTED, NOT_PROMOTED):
            outcome = json.loads(printed.strip().splitlines()[-1])
            print(outcome["reason"])
            if code == NOT_PROMOTED:
                raise AirflowSkipException(outcome["reason"])
            # What is returned goes to Airflow's database, which is not made for the figures of a thousand classes.
            return {key: outcome[key] for key in ("version", "previous", "reason")}
        if code == WRONG:
            # It would be as wrong the next time.
            raise AirflowFailException("The recipe or the command line is wrong; the log says how.")
        raise AirflowException("The run failed; the next try goes on where it was.")

    @task
    def announce(outcome: dict) -> None:
        """Put here what has your servers read CURRENT again."""
        print(f"version {outcome['version']} is current, in place of {outcome['previous']}")

    announce(retrain("{{ ts_nodash }}"))


resnet_spark_retrain()
