"""How long the jobs clean and features take, compared with what a user would write instead in DuckDB and in PySpark.

Runs the pipeline, duckdb_peer.py and pyspark_peer.py in turn, each in a process of its own, which starts cold and
writes to an empty folder. Prints the median seconds, processor seconds and peak memory of each, and the ratios. The
numbers of rows that they make are printed too, because rivals that do less prove nothing. Run by
bin/evaluate clean-features.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import duckdb

TABLES = ("events", "user_days", "user_product_days", "user_category_days")

parser = argparse.ArgumentParser(prog="bin/evaluate clean-features")
parser.add_argument("--landing", required=True, help="flat landing folder in CSV")
parser.add_argument("--date", required=True, help="last day of its events, YYYY-MM-DD")
parser.add_argument("--work", required=True, help="folder for what is written")
parser.add_argument("--repeats", type=int, default=3, help="runs of each; medians are printed")
parser.add_argument("--only", choices=("koc", "duckdb", "pyspark"), action="append", help="default: all of them")
parser.add_argument("--heap", default="6g", help="heap of the pipeline and of PySpark")
parser.add_argument("koc", nargs="+", help="the command that starts the pipeline, after --")
arguments = parser.parse_args()
here = Path(__file__).parent
landing, day = os.path.abspath(arguments.landing), arguments.date


def command(side, out):
    if side == "koc":
        options = ("clean.reject-limit=1", "clean.allow-empty-day=true", 'spark."spark.master"="local[2]"')
        settings = [word for option in options for word in ("--set", f"koc.{option}")]
        run = ["run", "--jobs", "clean,features", "--landing", landing, "--warehouse", str(out), "--date", day]
        return [*arguments.koc, *run, *settings]
    heap = ["--heap", arguments.heap] if side == "pyspark" else []
    return [sys.executable, str(here / f"{side}_peer.py"), landing, day, str(out), *heap]


def run(side):
    """Seconds, processor seconds, GB of peak memory, and rows by table of one run."""
    out = Path(arguments.work) / side
    shutil.rmtree(out, ignore_errors=True)
    if side != "koc":
        out.mkdir(parents=True)
    log = Path(arguments.work) / f"{side}.log"
    started = time.monotonic()
    with open(log, "w") as output:
        child = subprocess.Popen(command(side, out), stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    text = log.read_text()
    if status != 0:
        sys.exit(f"{side}: ended with status {os.waitstatus_to_exitcode(status)}\n{text[-3000:]}")
    rows = rows_of_warehouse(out) if side == "koc" else rows_counted(text)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, rows


def rows_counted(text):
    """What a peer printed last but for messages of Spark, which may follow."""
    return json.loads([line for line in text.splitlines() if line.startswith("{")][-1])


def rows_of_warehouse(warehouse):
    """The rows of a new warehouse, in which no file has been replaced."""
    query = "SELECT count(*) FROM read_parquet('{}/*/*.parquet')"
    return {name: duckdb.execute(query.format(warehouse / name)).fetchone()[0] for name in TABLES}


sides = arguments.only or ["koc", "duckdb", "pyspark"]
runs = {side: [] for side in sides}
for repeat in range(arguments.repeats):
    for side in sides:
        runs[side].append(run(side))
        seconds, processor, memory, _ = runs[side][-1]
        print(f"run {repeat + 1}: {side:8} {seconds:8.1f} s {processor:8.1f} processor s {memory:5.1f} GB", flush=True)

medians = {side: [statistics.median(one[i] for one in runs[side]) for i in range(3)] for side in sides}
print(f"\n{'median of ' + str(arguments.repeats):16} {'seconds':>9} {'processor seconds':>18} {'peak GB':>8}")
for side, (seconds, processor, memory) in medians.items():
    print(f"{side:16} {seconds:9.1f} {processor:18.1f} {memory:8.1f}")
if "koc" in sides:
    for side in sides:
        if side != "koc":
            ratios = [medians["koc"][i] / medians[side][i] for i in range(2)]
            print(f"{'koc / ' + side:16} {ratios[0]:9.2f} {ratios[1]:18.2f}")
print(f"\n{'rows':16} " + " ".join(f"{name:>20}" for name in TABLES))
for side in sides:
    print(f"{side:16} " + " ".join(f"{runs[side][-1][3][name]:20,}" for name in TABLES))
