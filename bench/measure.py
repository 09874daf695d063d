#!/usr/bin/env python3
"""measure.py NAME TABLE COMMAND...: runs an audit and prints a line with what it took and found.

Cells and hidden ones of the table; seconds on the clock and of the processors, largest memory; how
many findings there are of each kind.
"""

import collections
import csv
import os
import resource
import subprocess
import sys
import time

HEADING = (
    f"{'table':<12}{'cells':>9}{'hidden':>8}{'seconds':>9}{'cpu s':>9}{'MB':>7}"
    f"{'recovered':>11}{'narrowed':>10}{'undecided':>11}"
)


def cells_of(path):
    with open(path, newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        at = next(reader).index("count")
        counts = [record[at] for record in reader]
    return len(counts), counts.count("")


def main():
    if len(sys.argv) == 1:
        print(HEADING)
        return 0
    name, table, *command = sys.argv[1:]
    cells, hidden = cells_of(table)
    begun = time.monotonic()
    ran = subprocess.run(command + [table], stdout=subprocess.PIPE, text=True, check=False)
    seconds = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in (0, 1, 2) or not ran.stdout:
        print(f"{name}: status {ran.returncode}", file=sys.stderr)
        return 1
    rows = csv.reader(ran.stdout.splitlines())
    at = next(rows).index("status")
    found = collections.Counter(row[at] for row in rows)
    print(
        f"{name:<12}{cells:>9}{hidden:>8}{seconds:>9.1f}{used.ru_utime + used.ru_stime:>9.1f}"
        f"{used.ru_maxrss // 1024:>7}{found['recovered']:>11}{found['narrowed']:>10}"
        f"{found['undecided']:>11}",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C"
    sys.exit(main())
