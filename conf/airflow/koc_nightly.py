"""Runs koc-pipeline every night: one task a job, in the order of the jobs, all under one run id.

**Which day?** The schedule has data intervals. The run that starts at 02:30 on 1 July is for 30 June, the day on which
its interval begins, in the time zone of the schedule. That zone must be the zone of your settings (`koc.zone`). A run
that was triggered by hand without an interval is for yesterday, or for the parameter `date`.

**What does it leave?** The published tables, the report and the workbooks, in `published/` of the warehouse. They are
replaced all at once by the last task, `publish`. Until then, and after any failure, readers see the previous run. Each
published table is an asset, so another DAG can be scheduled on it.

**What if a task fails?** Its log ends with what was wrong, what to do, and the command that goes on. The exit code says
whether waiting can help:

| exit code | meaning | what happens |
| --- | --- | --- |
| 1 | a bug | fails at once: report it |
| 2 | the arguments, the configuration or the warehouse folder is wrong | fails at once: correct it, clear the task |
| 3 | input is missing, unreadable or above its reject limit | fails at once: correct the landing folder, clear the task |
| 4 | an output broke the contract of its table | fails at once: the table is unchanged; report it |
| 5 | the publication gate refused to publish | fails at once: somebody must decide |
| 6 | another run holds the lock, a write met another one, or no space is left | repeated every ten minutes, six times |
| killed | the process was ended from outside | repeated too |
| none, timeout | the job took more than 4 hours | fails at once: see its log, clear the task |

A cleared task keeps the run id. A job may run again at any time: it replaces the rows of its date and no others.

**Backfill** one day at a time, because one run writes in a warehouse at a time. Name the offset of the zone:
`airflow backfill create --dag-id koc_nightly --max-active-runs 1 --from-date 2024-06-01T00:00:00+08:00
--to-date 2024-06-07T23:59:59+08:00`. Days that have a run already are skipped;
`--reprocess-behavior completed` runs them again. A backfilled day does not replace a later publication.

**Before the first run** create the pool and the connection, as docs/guide/operator.md shows. No secrets belong in the
parameters: they are shown to everybody. Credentials of file systems come from the environment of the worker.
"""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, Param, RetryDecision, RetryPolicy, TaskGroup

# The zone of the schedule: where days begin and end. It must be koc.zone of the configuration.
ZONE = os.environ.get("KOC_ZONE", "Asia/Shanghai")
# The folder of koc-pipeline on the workers, with the built jar.
HOME = Path(os.environ["KOC_HOME"]) if "KOC_HOME" in os.environ else Path(__file__).resolve().parents[2]
LANDING = os.environ.get("KOC_LANDING", "/data/koc/landing")
WAREHOUSE = os.environ.get("KOC_WAREHOUSE", "/data/koc/warehouse")
# Without settings of its own a run gets the defaults, which are in reference.conf.
CONFIGURATION = os.environ.get("KOC_CONFIGURATION", str(HOME / "conf" / "reference.conf"))
HEAP = os.environ.get("KOC_HEAP", "4g")

# Written by `bin/koc jobs --format json`: the jobs, what each waits for, and the published tables.
PIPELINE = json.loads(Path(__file__).with_name("jobs.json").read_text(encoding="utf-8"))

# How the graph is drawn. A job that is not named here is drawn outside the groups.
GROUPS = {
    "prepare": ["clean", "features"],
    "understand": ["portraits", "influence", "fit", "kocs"],
    "decide": ["growth", "commissions", "economics", "recommend"],
    "deliver": ["evaluate", "cards", "report", "publish"],
}

REASONS = {
    1: "a bug: please report it",
    2: "the arguments, the configuration or the warehouse folder is wrong: correct it and clear the task",
    3: "input is missing, unreadable or above its reject limit: correct it and clear the task",
    4: "an output broke the contract of its table, which is unchanged: please report it",
    5: "the publication gate refused to publish: look at the backtest and decide",
    6: "another run holds the lock, a write met another one, or no space is left: waiting can help",
}


class RetryWhereWaitingHelps(RetryPolicy):
    """Repeats a job that ended with exit code 6 or was killed. Any other failure needs somebody."""

    def evaluate(self, exception, try_number, max_tries, context=None):
        code = re.search(r"Error code is: (-?\d+)", str(exception))
        if code is None:
            return RetryDecision.fail(
                f"no exit code: spark-submit did not start, or the task timed out ({exception!r})"
            )
        number = int(code.group(1))
        # Popen says -9 and a shell says 137 of a process that was ended by signal 9.
        if number < 0 or number > 128:
            return RetryDecision.retry(reason=f"the process was ended by a signal ({number})")
        reason = f"exit code {number}: {REASONS.get(number, 'unknown')}"
        return RetryDecision.retry(reason=reason) if number == 6 else RetryDecision.fail(reason)


def run_date(dag_run):
    """The day on which the data interval begins, in the zone of the schedule; yesterday if there is no interval."""
    start = dag_run.data_interval_start or dag_run.run_after - timedelta(days=1)
    return pendulum.instance(start).in_timezone(ZONE).to_date_string()


def delta_jars():
    """The jars that spark-submit needs besides those of the cluster, as the build has written them."""
    return (HOME / "jobs" / "target" / "delta-jars.txt").read_text(encoding="utf-8").strip()


def published_assets():
    """One asset for each published table."""
    folder = WAREHOUSE if "://" in WAREHOUSE else "file://" + WAREHOUSE
    return [
        Asset(name=f"koc.{table}", uri=f"{folder}/published/{table}", group="koc") for table in PIPELINE["published"]
    ]


def submit(job):
    """The task of a job."""
    date = "{{ params.date or run_date(dag_run) }}"
    arguments = [job["name"], "--warehouse", "{{ params.warehouse }}", "--date", date, "--run-id", "{{ run_id }}"]
    arguments += ["--conf", "{{ params.configuration }}", "--log", "json"]
    if job["landing"]:
        arguments += ["--landing", "{{ params.landing }}"]
    return SparkSubmitOperator(
        task_id=job["name"],
        doc_md=job["description"],
        conn_id="koc_spark",
        # Only in client mode does spark-submit end with the exit code of the job.
        deploy_mode="client",
        name=f"koc {job['name']} {date}",
        application=str(HOME / "jobs" / "target" / "koc-jobs.jar"),
        application_args=arguments,
        jars="{{ delta_jars() }}",
        conf={
            "spark.driver.memory": HEAP,
            "spark.driver.extraJavaOptions": "-XX:+UseParallelGC -XX:ReservedCodeCacheSize=400m"
            f" -Dlog4j2.configurationFile={HOME}/conf/log4j2.properties",
        },
        outlets=published_assets() if job["name"] == "publish" else [],
    )


with DAG(
    dag_id="koc_nightly",
    description="Portraits, KOCs and recommendations from a day's logs",
    doc_md=__doc__,
    tags=["koc"],
    schedule=CronDataIntervalTimetable("30 2 * * *", timezone=ZONE),
    start_date=pendulum.datetime(2024, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args={
        "pool": "koc",
        "retries": 6,
        "retry_delay": timedelta(minutes=10),
        "retry_policy": RetryWhereWaitingHelps(),
        "execution_timeout": timedelta(hours=4),
    },
    params={
        "date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Run date",
            description="The last day whose data the run uses. Empty: the day of the schedule.",
        ),
        "landing": Param(LANDING, type="string", minLength=1, title="Landing folder"),
        "warehouse": Param(WAREHOUSE, type="string", minLength=1, title="Warehouse folder"),
        "configuration": Param(
            CONFIGURATION, type="string", minLength=1, title="Configuration", description="A HOCON file on the workers."
        ),
    },
    user_defined_macros={"run_date": run_date, "delta_jars": delta_jars},
) as dag:
    tasks = {}
    groups = {}
    for step in PIPELINE["jobs"]:
        group = next((name for name, jobs in GROUPS.items() if step["name"] in jobs), None)
        if group and group not in groups:
            groups[group] = TaskGroup(group, prefix_group_id=False)
        with groups.get(group, dag.task_group):
            tasks[step["name"]] = submit(step)
        for earlier in step["after"]:
            tasks[earlier] >> tasks[step["name"]]
