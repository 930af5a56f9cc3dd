"""Retrains a model every night, and makes its servers load the new one if it is better.

Copy it to Airflow's folder of DAGs, on a worker that can run spark-submit. It needs Airflow 2.4 or newer and no providers.
docs/retraining.md explains the command. The settings are Airflow variables with the defaults below.
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
    """The command line. A retry has the same run id, so it resumes the run."""
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
    """The exit code and the output. A task that is stopped waits until the driver has finished its round and written a checkpoint."""
    # Airflow signals the whole process group of the task. In its own session the driver gets only the signal from below. A second
    # signal would stop it at once.
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
        # Keep reading: a driver blocks if nobody reads its output.
        driver.communicate()
        raise
    return driver.returncode, printed


@dag(
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # A second run would fail while one is running.
    max_active_runs=1,
    tags=["resnet-spark"],
)
def resnet_spark_retrain():
    @task(retries=5, retry_delay=timedelta(minutes=10))
    def retrain(run_id: str) -> dict:
        """The parts of the result that the next task needs. Skips itself and the next task if nothing was promoted."""
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
            # Airflow stores the returned value in its database, so leave out the figures of all classes.
            return {key: outcome[key] for key in ("version", "previous", "reason")}
        if code == WRONG:
            # A retry would fail in the same way.
            raise AirflowFailException("The recipe or the command line is wrong. See the log.")
        raise AirflowException("The run failed. The next try resumes it.")

    @task
    def announce(outcome: dict) -> None:
        """Put the code here that makes your servers read CURRENT again."""
        print(f"Version {outcome['version']} is current now, instead of {outcome['previous']}.")

    announce(retrain("{{ ts_nodash }}"))


resnet_spark_retrain()
