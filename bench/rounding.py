#!/usr/bin/env python3
"""What rounding loses: ddg-round beside SmallCountRounding (R).

    rounding.py [--r-library DIRECTORY] [--base N] [--random N]
                [--dims LIST] [--hierarchy DIM=FILE]... [TABLE...]

Each TABLE has counts of inner cells in the column `count`, dimensions left of it; all margins are
among the cells that are rounded and measured.  --random adds that many made ones of two to four
dimensions, the first with a hierarchy.  Without --r-library (where R finds SmallCountRounding) only
ddg-round is measured.

`mean` is the mean absolute change, `largest` the largest one, `rms` the root of the mean square,
`hellinger` the Hellinger distance between counts and rounded counts, as a share of the largest
there can be.  `not additive` counts totals that are not the sum of their inner cells.
"""

import argparse
import csv
import itertools
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("DDG_BUILD", HERE.parent / "build"))
TOTAL = "Total"


class Table:
    """Inner cells, and what each label is a part of, itself first, the total last."""

    def __init__(self, name, dims, inner, parents):
        self.name, self.dims, self.inner, self.parents = name, dims, inner, parents
        self.above = []
        for d in range(len(dims)):
            chains = {}
            for label in {cell[d] for cell in inner}:
                chain = [label]
                while chain[-1] in parents[d]:
                    chain.append(parents[d][chain[-1]])
                chains[label] = chain + [TOTAL]
            self.above.append(chains)
        self.cells = self.add_up(inner)

    def add_up(self, inner):
        cells = {}
        for cell, count in inner.items():
            for key in itertools.product(*(c[label] for c, label in zip(self.above, cell))):
                cells[key] = cells.get(key, 0) + count
        return cells

    def write(self, path, cells):
        with open(path, "w", newline="", encoding="utf-8") as stream:
            out = csv.writer(stream, lineterminator="\n")
            out.writerow([*self.dims, "count"])
            out.writerows([*cell, count] for cell, count in sorted(cells.items()))

    def read(self, path):
        with open(path, newline="", encoding="utf-8") as stream:
            rows = csv.reader(stream)
            next(rows)
            return {tuple(row[: len(self.dims)]): int(row[len(self.dims)]) for row in rows}

    def write_pairs(self, folder):
        """child,parent files: every label with its parent, the total left out."""
        paths = []
        for dim, parents in zip(self.dims, self.parents):
            path = folder / f"{dim}-parents.csv"
            path.write_text("child,parent\n" + "".join(f"{c},{p}\n" for c, p in parents.items()))
            paths.append((dim, path, bool(parents)))
        return paths

    def write_trees(self, folder):
        """Labels in the order of the tree, each behind as many @ as it is deep: R's form."""
        for dim, chains, parents in zip(self.dims, self.above, self.parents):
            children = {}
            for label in sorted({label for chain in chains.values() for label in chain} - {TOTAL}):
                children.setdefault(parents.get(label, TOTAL), []).append(label)

            def lines(label, depth, children=children):
                yield f"{'@' * depth},{label}\n"
                for child in children.get(label, []):
                    yield from lines(child, depth + 1)

            (folder / f"{dim}.csv").write_text("level,code\n" + "".join(lines(TOTAL, 1)))


def read_table(path, dims, hierarchies):
    with open(path, newline="", encoding="utf-8") as stream:
        rows = csv.DictReader(stream)
        names = rows.fieldnames[: rows.fieldnames.index("count")]
        kept = [name for name in names if not dims or name in dims]
        inner = {}
        for row in rows:
            cell = tuple(row[name] for name in kept)
            inner[cell] = inner.get(cell, 0) + int(row["count"])
    parents = []
    for name in kept:
        pairs = {}
        if name in hierarchies:
            with open(hierarchies[name], newline="", encoding="utf-8") as stream:
                pairs = {
                    child: parent
                    for child, parent in csv.reader(stream)
                    if (child, parent) != ("child", "parent") and parent != TOTAL
                }
        parents.append(pairs)
    return Table(pathlib.Path(path).stem, kept, inner, parents)


def make_table(seed):
    """Two to four dimensions; counts are skewed, a fifth of them 0."""
    rng = random.Random(seed)
    count = 2 + seed % 3
    dims = [f"d{d}" for d in range(count)]
    sizes = [rng.randint(3, {2: 40, 3: 14, 4: 7}[count]) for _ in dims]
    labels = [[f"{d}-{i:02}" for i in range(size)] for d, size in enumerate(sizes)]
    inner = {
        cell: 0 if rng.random() < 0.2 else int(rng.lognormvariate(2, 1.3))
        for cell in itertools.product(*labels)
    }
    groups = max(2, sizes[0] // 3)
    parents = [{label: f"g{i % groups}" for i, label in enumerate(labels[0])}]
    return Table(f"random {seed}", dims, inner, parents + [{}] * (count - 1))


def run(command):
    """Seconds of the processor, megabytes and standard output; None where it fails."""
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    seconds = used.ru_utime + used.ru_stime
    return seconds, time.monotonic() - begun, used.ru_maxrss / 1024, out


def measure(table, rounded):
    changes = [rounded[cell] - count for cell, count in table.cells.items()]
    far = sum(
        (math.sqrt(rounded[cell]) - math.sqrt(count)) ** 2 for cell, count in table.cells.items()
    )
    sums = table.add_up({cell: rounded[cell] for cell in table.inner})
    return {
        "mean": sum(map(abs, changes)) / len(changes),
        "largest": max(map(abs, changes)),
        "rms": math.sqrt(sum(change * change for change in changes) / len(changes)),
        "hellinger": math.sqrt(far / 2 / sum(table.cells.values())),
        "off": sum(sums[cell] != rounded[cell] for cell in table.cells),
    }


def say(table, by, ran, rounded):
    if ran is None:
        print(f"{table.name:<10} {len(table.cells):>7} {by:<22} not done", flush=True)
        return
    m = measure(table, rounded)
    print(
        f"{table.name:<10} {len(table.cells):>7} {by:<22} {m['mean']:>7.3f} {m['largest']:>7}"
        f" {m['rms']:>7.3f} {m['hellinger']:>9.4f} {m['off']:>12} {ran[0]:>8.2f} {ran[2]:>6.0f}",
        flush=True,
    )


def bench_ours(table, folder, methods, base):
    options = []
    for dim, path, used in table.write_pairs(folder):
        options += ["--hierarchy", f"{dim}={path}"] if used else []
    table.write(folder / "cells.csv", table.cells)
    for method in methods:
        how = ["--method", method, "--to", str(base), "--threshold", str(base)]
        command = [BUILD / "ddg-round", "-q", *how, *options]
        ran = run([*command, "-o", folder / "rounded.csv", folder / "cells.csv"])
        say(table, f"ddg-round {method}", ran, ran and table.read(folder / "rounded.csv"))


def bench_r(table, folder, library, base):
    table.write(folder / "inner.csv", table.inner)
    table.write_trees(folder)
    ran = run(
        ["Rscript", "--vanilla", HERE / "rounding.R", library, folder, str(base), *table.dims]
    )
    say(table, "SmallCountRounding", ran, ran and table.read(folder / "published.csv"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--r-library")
    parser.add_argument("--base", type=int, default=11)
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--dims", default="")
    parser.add_argument("--hierarchy", action="append", default=[])
    parser.add_argument("--methods", default="small,controlled,nearest")
    parser.add_argument("table", nargs="*")
    arguments = parser.parse_args()
    dims = [name for name in arguments.dims.split(",") if name]
    hierarchies = dict(pair.split("=", 1) for pair in arguments.hierarchy)
    tables = [read_table(path, dims, hierarchies) for path in arguments.table]
    tables += [make_table(seed) for seed in range(1, arguments.random + 1)]
    print(
        f"{'table':<10} {'cells':>7} {'by':<22} {'mean':>7} {'largest':>7} {'rms':>7}"
        f" {'hellinger':>9} {'not additive':>12} {'cpu s':>8} {'MB':>6}"
    )
    for table in tables:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            bench_ours(table, folder, arguments.methods.split(","), arguments.base)
            if arguments.r_library:
                bench_r(table, folder, arguments.r_library, arguments.base)


if __name__ == "__main__":
    sys.exit(main())
