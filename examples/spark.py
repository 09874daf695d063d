#!/usr/bin/env python3
"""Persons by county and sex, counted by ddg-count on the machines of a Spark cluster.

    spark-submit spark.py TABLE lines FILE
    spark-submit spark.py TABLE files FILE...

`lines`: Spark shares out the lines of a file; no field of it may hold a newline.  `files`: each
file is counted by one task, as it lies on a file system that all machines see.  Either way a task
makes a state of its records, and the states are added up here, to the bytes of one run.

ddg-count is installed in the same place on all machines.  With checkCode a program that fails
fails its task; without it, its records would be missing from the table.  The table goes to a
file, since spark-submit puts messages on standard output, too.
"""

import itertools
import shlex
import shutil
import subprocess
import sys

from pyspark import SparkContext

DDG_COUNT = shutil.which("ddg-count")
COUNT = [DDG_COUNT, "-g", "county,sex", "--id", "client_id", "--partial"]


def states_of_lines(spark, path):
    lines = spark.textFile(path)
    header = lines.first()
    records = lines.mapPartitionsWithIndex(
        lambda part, lines: itertools.islice(lines, 1 if part == 0 else 0, None)
    )
    return records.pipe(shlex.join([*COUNT, "--no-header", "--columns", header]), checkCode=True)


def states_of_files(spark, *paths):
    # one name for each task; xargs gives it to the program as an argument
    names = spark.parallelize(paths, len(paths))
    return names.pipe(shlex.join(["xargs", "-d", "\n", *COUNT]), checkCode=True)


def main(table, how, *paths):
    spark = SparkContext(appName="ddg-count")
    spark.setLogLevel("ERROR")
    states = {"lines": states_of_lines, "files": states_of_files}[how](spark, *paths).collect()
    spark.stop()
    # Nothing is added up before every task has ended well: a table without some looks like any.
    merge = [DDG_COUNT, "--merge", "--totals", "-o", table]
    return subprocess.run(merge, input="\n".join([*states, ""]), text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
