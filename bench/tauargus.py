#!/usr/bin/env python3
"""What tau-Argus makes of a table, as the package pytauargus has it, beside ddg-suppress.

    python3 -m venv DIR && DIR/bin/pip install pytauargus
    DIR/bin/python bench/tauargus.py [--dims LIST] [--hierarchy DIM=FILE]... TABLE...

A table has counts of inner cells, and dimensions left of the column `count`; all margins are among
its cells.  Small counts are primary, zeros are shown and never complementary.  tau-Argus takes
tables from a batch, with a status for each cell and how far its range has to reach to either side:
1 by default (`--levels`), so that three values of a small count remain, as with ddg-suppress.  A
complementary cell costs what it counts.  OPT looks for the optimum, MOD goes from subtable to
subtable of a hierarchy, with its three checks of singletons and frequencies.

What either publishes is attacked by ddg-audit at each level, with codes 1 and 2 told apart: one
line for each.  `--limit` ends a run of tau-Argus.  DDG_BUILD is where the programs are.
"""

import argparse
import collections
import csv
import functools
import itertools
import os
import resource
import subprocess
import sys
import tempfile

TOTAL = "Total"
SMALL = range(1, 11)
LEVELS = ("sums", "zeros", "threshold", "codes")
SUPPRESS = ("--totals", "add", "--group-rule", "off", "--codes", "separate")
DESCRIPTIONS = {1: "small number", 2: "complementary"}
RUN_BATCH = "import sys; from pytauargus.engine import run_batch; run_batch(sys.argv[1])"
ROW = "{:<8}{:<12}{:>6}{:>13}{:>9}{:>8}  {:<10}{:>10}{:>10}{:>11}"
HEADING = ("table", "by", "small", "complements", "sum", "cpu-s", "attacker")
FOUND = ("recovered", "narrowed", "undecided")


class Failure(Exception):
    """A run that did not end in a table."""


class Table:
    """All cells of a table with their counts."""

    def __init__(self, path, dims, hierarchies):
        self.path = path
        self.parents = {dim: read_pairs(file) for dim, file in hierarchies.items()}
        self.counts = collections.Counter()
        with open(path, newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            columns = reader.fieldnames
            self.dims = dims or columns[: columns.index("count")]
            for record in reader:
                for cell in itertools.product(*(self.above(dim, record[dim]) for dim in self.dims)):
                    self.counts[cell] += int(record["count"])
        self.small = {cell for cell, count in self.counts.items() if count in SMALL}
        self.options = ["--dims", ",".join(self.dims)]
        for dim, file in hierarchies.items():
            self.options += ["--hierarchy", f"{dim}={file}"]

    def above(self, dim, label):
        """A label and all that it is a part of."""
        parents = self.parents.get(dim, {})
        labels = [label]
        while labels[-1] in parents:
            labels.append(parents[labels[-1]])
        return labels if labels[-1] == TOTAL else labels + [TOTAL]


def read_pairs(path):
    with open(path, newline="", encoding="utf-8") as stream:
        return dict(csv.reader(stream))


def timed(command, limit=None, accepted=(0,), folder=None):
    """Output and processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"not done in {limit} s") from None
    if ran.returncode not in accepted:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        raise Failure(f"status {ran.returncode}: {said[-1] if said else 'says nothing'}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ran.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write_tree(stream, parents):
    """A hierarchy as tau-Argus reads it: parts below their total, with one dot more."""
    parts = collections.defaultdict(list)
    for child, parent in parents.items():
        parts[parent].append(child)
    tops = parts[TOTAL] + [parent for parent in list(parts) if parent not in parents | {TOTAL: ""}]
    waiting = [(0, label) for label in reversed(tops)]
    while waiting:
        depth, label = waiting.pop()
        print("." * depth + label, file=stream)
        waiting += [(depth + 1, part) for part in reversed(parts.get(label, []))]


def write_cells(path, table, levels):
    with open(path, "w", encoding="utf-8") as stream:
        for cell, count in table.counts.items():
            status = "U" if cell in table.small else "S"
            print(*cell, count, count, status, *levels, sep=";", file=stream)


def write_description(path, table):
    """What the columns of the cells are; hierarchies stand in files beside it."""
    with open(path, "w", encoding="utf-8") as stream:
        print('<SEPARATOR> ";"', '<SAFE> "S"', '<UNSAFE> "U"', sep="\n", file=stream)
        for dim in table.dims:
            print(dim, "<RECODABLE>", f'<TOTCODE> "{TOTAL}"', sep="\n", file=stream)
            if dim in table.parents:
                tree = os.path.join(os.path.dirname(path), dim + ".hrc")
                with open(tree, "w", encoding="utf-8") as hierarchy:
                    write_tree(hierarchy, table.parents[dim])
                print(f'<HIERARCHICAL>\n<HIERCODELIST> "{tree}"', file=stream)
                print('<HIERLEADSTRING> "."', file=stream)
        print("count\n<NUMERIC>\n<DECIMALS> 0\nfreq\n<FREQUENCY>\nstatus\n<STATUS>", file=stream)
        print("low\n<NUMERIC> <LOWERPL>\nhigh\n<NUMERIC> <UPPERPL>", file=stream)


def write_batch(folder, table, method, levels, minutes):
    """The table, what describes it and what to do with it; where the result will be."""
    names = [os.path.join(folder, part) for part in ("in.tab", "in.rda", "batch.arb", "out.tab")]
    cells, description, batch, result = names
    write_cells(cells, table, levels)
    write_description(description, table)
    dims = "".join(f'"{dim}"' for dim in table.dims)
    checks = ",1,1,1" if method == "MOD" else ""
    with open(batch, "w", encoding="utf-8") as stream:
        print(f'<OPENTABLEDATA> "{cells}"\n<OPENMETADATA> "{description}"', file=stream)
        print(f'<SPECIFYTABLE> {dims}|"count"||', file=stream)
        print("<SAFETYRULE>\n<READTABLE> 0", file=stream)
        print(f"<SUPPRESS> {method}(1,{minutes}{checks})", file=stream)
        print(f'<WRITETABLE> (1,5,SO+,"{result}")', file=stream)
    return batch, result


def by_tauargus(folder, table, method, arguments):
    """The cells that tau-Argus hides, and processor seconds."""
    minutes = max(1, arguments.limit // 60 - 1)
    batch, path = write_batch(folder, table, method, arguments.levels, minutes)
    # logs are left where it runs
    _, seconds = timed([sys.executable, "-c", RUN_BATCH, batch], arguments.limit, folder=folder)
    hidden = set()
    with open(path, newline="", encoding="utf-8") as stream:
        # labels, count, frequency, cost, status and the two levels
        for row in csv.reader(stream, delimiter=";"):
            if row[-3] in "UM":
                hidden.add(tuple(label.strip() for label in row[: len(table.dims)]))
    return hidden, seconds


def by_ddg(table, knows, build):
    """The cells that ddg-suppress hides, and processor seconds."""
    command = [os.path.join(build, "ddg-suppress"), "-q", *SUPPRESS, "--knows", knows]
    output, seconds = timed(command + table.options + [table.path])
    rows = csv.DictReader(output.splitlines())
    return {tuple(row[dim] for dim in table.dims) for row in rows if row["count"] == ""}, seconds


def attack(folder, table, hidden, knows, build):
    """How many cells ddg-audit finds, of each kind."""
    path = os.path.join(folder, "masked.csv")
    with open(path, "w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow([*table.dims, "count", "annotation", "annotation_description"])
        for cell, count in table.counts.items():
            code = (1 if cell in table.small else 2) if cell in hidden else ""
            out.writerow([*cell, count if code == "" else "", code, DESCRIPTIONS.get(code, "")])
    command = [os.path.join(build, "ddg-audit"), "-q", "--group-rule", "off", "--min-values", "3,2"]
    command += ["--time", "120", "--knows", knows, *table.options, path]
    output, _ = timed(command, accepted=(0, 1, 2))
    found = collections.Counter(row["status"] for row in csv.DictReader(output.splitlines()))
    return [found[kind] for kind in FOUND]


def report(folder, table, name, protect, build):
    label = os.path.splitext(os.path.basename(table.path))[0]
    try:
        hidden, seconds = protect()
    except Failure as failure:
        print(f"{label:<8}{name:<12}{failure}", flush=True)
        return
    more = hidden - table.small
    if table.small - hidden or any(table.counts[cell] == 0 for cell in more):
        print(f"{label:<8}{name:<12}small counts shown, or zeros hidden", flush=True)
        return
    lost = sum(table.counts[cell] for cell in more)
    for knows in LEVELS:
        found = attack(folder, table, hidden, knows, build)
        row = (label, name, len(table.small), len(more), lost, f"{seconds:.1f}", knows, *found)
        print(ROW.format(*row), flush=True)


def pair(text):
    low, high = text.split(",")
    return int(low), int(high)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("tables", metavar="TABLE", nargs="+")
    parser.add_argument("--dims", type=lambda text: text.split(","))
    parser.add_argument("--hierarchy", metavar="DIM=FILE", action="append", default=[])
    parser.add_argument("--method", choices=("OPT", "MOD"), action="append")
    parser.add_argument("--levels", metavar="LOW,HIGH", type=pair, default=(1, 1))
    parser.add_argument("--limit", metavar="SECONDS", type=int, default=240)
    arguments = parser.parse_args()
    build = os.environ.get("DDG_BUILD", os.path.join(here, "..", "build"))
    hierarchies = dict(text.split("=", 1) for text in arguments.hierarchy)
    print(ROW.format(*HEADING, *FOUND))
    for path in arguments.tables:
        table = Table(path, arguments.dims, hierarchies)
        with tempfile.TemporaryDirectory() as folder:
            for method in arguments.method or ("OPT", "MOD"):
                protect = functools.partial(by_tauargus, folder, table, method, arguments)
                report(folder, table, method, protect, build)
            for knows in ("sums", "codes"):
                protect = functools.partial(by_ddg, table, knows, build)
                report(folder, table, f"ddg {knows}", protect, build)


if __name__ == "__main__":
    main()
