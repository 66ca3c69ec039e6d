"""Runs conf/airflow/koc_nightly.py with a real Airflow and a real spark-submit, and writes what happened as JSON.

    python airflow_nightly.py FOLDER_OF_THE_DAG OPERATOR_GUIDE RESULT

The environment names the folders of koc-pipeline (KOC_HOME, KOC_LANDING, ...) and the home of Airflow. One run succeeds,
the next day's fails in its first task, and one task of the first run is run again.
"""

import json
import re
import shlex
import sys
from pathlib import Path

import pendulum
from airflow.cli.cli_parser import get_parser
from airflow.dag_processing.dagbag import DagBag
from airflow.models.renderedtifields import RenderedTaskInstanceFields
from airflow.utils import db


def structure(bag, dag):
    """What Airflow reads from the file, without running it."""
    return {
        "import_errors": [str(error) for error in bag.import_errors.values()],
        "warnings": [str(warning) for found in bag.captured_warnings.values() for warning in found],
        "operators": {task.task_id: type(task).__name__ for task in dag.tasks},
        "groups": {task.task_id: task.task_group.group_id for task in dag.tasks},
        "pools": sorted({task.pool for task in dag.tasks}),
        "timeouts": all(task.execution_timeout for task in dag.tasks) and dag.dagrun_timeout is not None,
        "assets": [asset.name for asset in dag.get_task("publish").outlets],
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "timetable": type(dag.timetable).__name__,
        "documented": "exit code" in dag.doc_md and all(task.doc_md for task in dag.tasks),
    }


def decisions(dag):
    """By exit code of a job, what Airflow does."""
    policy = dag.get_task("clean").retry_policy
    failures = {code: f"Cannot execute: spark-submit. Error code is: {code}." for code in [1, 2, 3, 4, 5, 6, -9, 137]}
    failures["no spark-submit"] = "[Errno 2] No such file or directory: 'spark-submit'"
    return {str(code): policy.evaluate(Exception(text), 1, 6).action.value for code, text in failures.items()}


def finished(run):
    """The state of a run and of its tasks."""
    return {
        "run_id": run.run_id,
        "state": run.state,
        "tasks": {ti.task_id: {"state": ti.state, "try": ti.try_number} for ti in run.get_task_instances()},
    }


def rendered(run):
    """The arguments that each job was given."""
    return {
        ti.task_id: RenderedTaskInstanceFields.get_templated_fields(ti)["application_args"]
        for ti in run.get_task_instances()
    }


def commands(guide):
    """The lines of the guide that start with airflow."""
    blocks = re.findall(r"```sh\n(.*?)```", Path(guide).read_text(encoding="utf-8"), re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("airflow ")]


def main(folder, guide, result):
    parser = get_parser()
    for command in commands(guide):
        parser.parse_args(shlex.split(command)[1:])
    db.initdb()
    bag = DagBag(folder)
    dag = bag.dags["koc_nightly"]
    seen = {"commands": commands(guide), "structure": structure(bag, dag), "decisions": decisions(dag)}

    # A run at 02:30 is for the day before.
    first = dag.test(logical_date=pendulum.datetime(2024, 6, 30, 2, 30, tz="Asia/Shanghai"))
    seen["first"] = finished(first)
    seen["rendered"] = rendered(first)

    again = parser.parse_args(["tasks", "test", "koc_nightly", "publish", first.run_id])
    again.func(again)

    second = dag.test(
        logical_date=pendulum.datetime(2024, 7, 1, 2, 30, tz="Asia/Shanghai"), run_conf={"landing": "/nowhere"}
    )
    seen["second"] = finished(second)
    Path(result).write_text(json.dumps(seen, default=str, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
