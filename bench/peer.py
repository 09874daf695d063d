#!/usr/bin/env python3
"""peer.py duckdb|polars rows|persons|start THREADS FILE: the count of bench/count.py by a library.

Writes the counts by county, sex, age group and year as CSV.  THREADS 0 means as many as there are
processors; "start" does all but reading, so that what an interpreter takes can be told apart.
"""

import os
import sys

KEYS = ["county", "sex", "age_group", "year"]


def duckdb(task, threads, path):
    import duckdb as library

    connection = library.connect(config={"threads": threads} if threads else {})
    connection.execute("set preserve_insertion_order = false")
    if task == "start":
        return
    counted = {"rows": "count(*)", "persons": "count(distinct client_id)"}[task]
    connection.execute(
        f"copy (select {', '.join(KEYS)}, {counted} from read_csv(?, header = true,"
        """ all_varchar = true, delim = ',', quote = '"', escape = '"') group by all)"""
        " to '/dev/stdout' (header false)",
        [path],
    )


def polars(task, threads, path):
    if threads:
        os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as library

    if task == "start":
        return
    counted = {"rows": library.len(), "persons": library.col("client_id").n_unique()}[task]
    table = library.scan_csv(path, infer_schema=False).group_by(KEYS).agg(counted.alias("n"))
    print(table.collect(engine="streaming").write_csv(include_header=False), end="")


if __name__ == "__main__":
    {"duckdb": duckdb, "polars": polars}[sys.argv[1]](sys.argv[2], int(sys.argv[3]), sys.argv[4])
