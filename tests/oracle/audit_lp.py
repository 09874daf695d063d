#!/usr/bin/python3
"""What a masked table gives away, by integer programs: a judge of ddg-audit on larger tables.

Written from the table format and the attacker of ddg(7) alone, for the solver HiGHS as scipy has
it: one variable for each cell that the attacker does not know, one constraint for each line, and
for each hidden cell the smallest and the largest value by a program of its own.  Solutions are
rounded and checked against every line in whole numbers.

    audit_lp.py TABLE [--knows LEVEL] [--hierarchy DIM=FILE]... [--sample N]
        lists hidden cells: line, low, high (blank where there is no end)

    audit_lp.py --compare BUILD [--tables N] [--sample N] [--seed N]
        makes random tables of some hundred or thousand cells; ddg-audit must say the same of N
        hidden cells of each.  Prints TAP.

    audit_lp.py --compare BUILD TABLE [--knows LEVEL] [--hierarchy DIM=FILE]... [--sample N]
        the same for a table that is masked already

scipy is Debian's (python3-scipy), so is the interpreter.
"""

import argparse
import csv
import itertools
import os
import random
import subprocess
import sys
import tempfile

import numpy
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

import tables

TOTAL = "Total"
LEVELS = ("sums", "zeros", "threshold", "codes")
THRESHOLD = 11
SECONDS = 20  # for one program
OPTIMAL, INFEASIBLE, UNBOUNDED = 0, 2, 3


class Silence(Exception):
    """The solver found nothing out."""


class Structure:
    """Which cells are parts of which, along dimensions with or without a hierarchy."""

    def __init__(self, dims, parents):
        self.dims = dims
        self.parents = parents  # {dimension: {child: parent}}

    def above(self, dim, label):
        if label == TOTAL:
            return None
        return self.parents.get(self.dims[dim], {}).get(label, TOTAL)

    def totals_of(self, cell):
        """The cells that this one is directly a part of, with the dimension of each."""
        for dim, label in enumerate(cell):
            above = self.above(dim, label)
            if above is not None:
                yield dim, cell[:dim] + (above,) + cell[dim + 1 :]

    def lines(self, cells):
        """{(total, dimension): parts} of the cells and of every total that they imply."""
        lines = {}
        seen = set(cells)
        waiting = list(cells)
        while waiting:
            cell = waiting.pop()
            for dim, total in self.totals_of(cell):
                lines.setdefault((total, dim), []).append(cell)
                if total not in seen:
                    seen.add(total)
                    waiting.append(total)
        return lines


class Publication:
    """A published table: shown counts, hidden cells with their codes."""

    def __init__(self, structure, distinct):
        self.structure = structure
        self.distinct = distinct
        self.shown = {}
        self.hidden = {}  # cell: code
        self.line = {}  # cell: line of the input

    @classmethod
    def read(cls, path, hierarchies):
        read = tables.read(path, hierarchies)
        table = cls(Structure(read.dims, read.parents), read.distinct)
        for row in read.rows:
            table.line[row.labels] = row.line
            if row.count is not None:
                table.shown[row.labels] = row.count
            else:
                table.hidden[row.labels] = int(row.code or 0) if read.annotated else 1
        return table

    def bounds(self, cell, knows):
        """What the attacker knows of an unknown cell before he adds anything up."""
        low, high = 0, numpy.inf
        code = self.hidden.get(cell)
        if code in (1, 2) and LEVELS.index(knows) >= LEVELS.index("zeros"):
            low = 1
        if code == 1 and LEVELS.index(knows) >= LEVELS.index("threshold"):
            high = THRESHOLD - 1
        if code == 2 and knows == "codes":
            low = THRESHOLD
        return low, high


class Programs:
    """The integer programs of a publication."""

    def __init__(self, table, knows):
        self.lines = table.structure.lines(list(table.shown) + list(table.hidden))
        self.cells = set(table.hidden)
        for (total, _), parts in self.lines.items():
            self.cells.update(cell for cell in [total, *parts] if cell not in table.shown)
        self.cells = sorted(self.cells)
        self.number = {cell: number for number, cell in enumerate(self.cells)}
        self.rows = []  # ({unknown: factor}, low, high)
        for (total, _), parts in self.lines.items():
            self.add_line(table, total, parts)
        bounds = [table.bounds(cell, knows) for cell in self.cells]
        self.low = numpy.array([low for low, _ in bounds], dtype=float)
        self.high = numpy.array([high for _, high in bounds], dtype=float)
        self.constraints = self.matrix()

    def add_line(self, table, total, parts):
        """A line adds up; one of distinct persons is a pair of bounds for the total."""
        if not table.distinct:
            self.add_row(table, [(part, 1) for part in parts] + [(total, -1)], 0, 0)
            return
        self.add_row(table, [(part, 1) for part in parts] + [(total, -1)], 0, numpy.inf)
        for part in parts:
            self.add_row(table, [(total, 1), (part, -1)], 0, numpy.inf)

    def add_row(self, table, terms, low, high):
        known = sum(sign * table.shown[cell] for cell, sign in terms if cell in table.shown)
        factors = {self.number[cell]: sign for cell, sign in terms if cell not in table.shown}
        if factors:
            self.rows.append((factors, low - known, high - known))
        elif not low <= known <= high:
            raise ValueError("a line that no numbers fit")

    def matrix(self):
        entries = [(i, j, f) for i, (row, _, _) in enumerate(self.rows) for j, f in row.items()]
        shape = (len(self.rows), len(self.cells))
        places, columns, factors = zip(*entries) if entries else ((), (), ())
        matrix = sparse.csr_matrix((factors, (places, columns)), shape=shape)
        return LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        )

    def solve(self, cell, sign, low=None, high=None):
        """The cell's smallest (sign 1) or largest (-1) value, perhaps between bounds; None: none."""
        objective = numpy.zeros(len(self.cells))
        at = self.number[cell]
        objective[at] = sign
        lows, highs = self.low.copy(), self.high.copy()
        if low is not None:
            lows[at] = max(lows[at], low)
            highs[at] = min(highs[at], high)
        # without presolve HiGHS tells an unbounded program from an infeasible one
        for presolve in (True, False):
            answer = milp(
                objective,
                integrality=numpy.ones(len(self.cells)),
                bounds=Bounds(lows, highs),
                constraints=[self.constraints] if self.rows else [],
                options={"time_limit": SECONDS, "mip_rel_gap": 0, "presolve": presolve},
            )
            if answer.status == OPTIMAL:
                return self.check(answer.x, lows, highs)[at]
            if answer.status in (INFEASIBLE, UNBOUNDED):
                break
        if answer.status == UNBOUNDED and sign < 0:
            return numpy.inf
        if answer.status == INFEASIBLE:
            return None
        raise Silence(answer.message)

    def check(self, solution, lows, highs):
        """The solution in whole numbers, which must satisfy everything exactly."""
        values = [int(round(value)) for value in solution]
        for value, low, high in zip(values, lows, highs):
            if not low <= value <= high:
                raise Silence("a solution outside the bounds")
        for row, low, high in self.rows:
            if not low <= sum(factor * values[j] for j, factor in row.items()) <= high:
                raise Silence("a solution that is none in whole numbers")
        return values

    def interval(self, cell):
        return self.solve(cell, 1), self.solve(cell, -1)

    def values(self, cell, low, high, enough):
        """How many values from low to high the cell can have, up to `enough`."""
        if high == numpy.inf:
            return enough
        found = {low, high}
        for value in range(low + 1, int(high)):
            if len(found) >= enough:
                break
            if self.solve(cell, 1, value, value) is not None:
                found.add(value)
        return min(len(found), enough)


# Random tables ---------------------------------------------------------------------------------


class Truth:
    """A table with all its totals, masked naively."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        rng = self.rng
        while True:
            sizes = [rng.randint(2, 12) for _ in range(rng.choice((2, 2, 3, 3, 4)))]
            inner = numpy.prod(sizes)
            if 60 <= inner <= 1000 and numpy.prod([size + 1 for size in sizes]) <= 3000:
                break
        dims = [f"d{i}" for i in range(len(sizes))]
        labels = [[f"{dim}-{i}" for i in range(size)] for dim, size in zip(dims, sizes)]
        self.structure = Structure(dims, self.hierarchies(dims, labels))
        self.distinct = rng.random() < 0.2
        self.knows = rng.choice(LEVELS)
        self.least = (rng.randint(2, 5), rng.randint(2, 5))
        self.count = {}
        self.fill(list(itertools.product(*labels)))
        self.hidden = self.hide()
        self.printed = self.print_rows()

    def hierarchies(self, dims, labels):
        """Some dimensions have a level between the labels and the total."""
        parents = {}
        for dim, own in zip(dims, labels):
            if len(own) >= 4 and self.rng.random() < 0.4:
                groups = self.rng.randint(2, len(own) // 2)
                parents[dim] = {label: f"{dim}-g{i % groups}" for i, label in enumerate(own)}
        return parents

    def fill(self, cells):
        """Counts of the inner cells and their totals, which are less where persons count twice."""
        typical = self.rng.choice((3, 8, 20))
        for cell in cells:
            self.count[cell] = int(self.rng.expovariate(1 / typical))
        for cell, value in list(self.count.items()):
            for total in self.all_above(cell)[1:]:
                self.count[total] = self.count.get(total, 0) + value
        if not self.distinct:
            return
        lines = {}
        for (total, _), parts in self.structure.lines(cells).items():
            lines.setdefault(total, []).append(parts)
        for total in sorted(lines, key=lambda cell: -len(self.all_above(cell))):
            counts = [[self.count[part] for part in parts] for parts in lines[total]]
            most = min(map(sum, counts))
            least = max(map(max, counts))
            self.count[total] = most if self.rng.random() < 0.7 else self.rng.randint(least, most)

    def all_above(self, cell):
        """The cell and all totals that it counts in."""
        paths = []
        for dim, label in enumerate(cell):
            path = []
            while label is not None:
                path.append(label)
                label = self.structure.above(dim, label)
            paths.append(path)
        return list(itertools.product(*paths))

    def hide(self):
        often = self.rng.choice((0.0, 0.1, 0.25, 0.4))
        zeros = self.knows == "sums" and self.rng.random() < 0.5
        hidden = {}
        for cell, count in self.count.items():
            if 0 < count < THRESHOLD:
                hidden[cell] = 1
            elif self.rng.random() < often and (count > 0 or zeros):
                hidden[cell] = 2
        return hidden

    def print_rows(self):
        """The rows of the table: sometimes some totals are left out."""
        without = self.rng.choice((0, 0, 0, 0.2))
        groups = {group for pairs in self.structure.parents.values() for group in pairs.values()}
        rows = [
            cell
            for cell in self.count
            if not any(label == TOTAL or label in groups for label in cell)
            or self.rng.random() >= without
        ]
        self.rng.shuffle(rows)
        return rows

    def write(self, folder):
        """The masked table and its hierarchies; returns the options that describe it."""
        path = os.path.join(folder, "masked.csv")
        name = "persons" if self.distinct else "count"
        with open(path, "w", newline="", encoding="utf-8") as stream:
            out = csv.writer(stream, lineterminator="\n")
            out.writerow([*self.structure.dims, name, "annotation"])
            for cell in self.printed:
                code = self.hidden.get(cell)
                out.writerow([*cell, "" if code else self.count[cell], code or ""])
        return path, tables.write_hierarchies(folder, self.structure.parents)


# The comparison --------------------------------------------------------------------------------


def run_audit(build, path, options):
    """The findings of ddg-audit: {cell: (status, low, high)}."""
    command = [os.path.join(build, "ddg-audit"), "-q", "--intervals", "--show-values"]
    ran = subprocess.run(
        command + ["--group-rule", "off"] + options + [path],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C"},
        timeout=600,
    )
    if ran.returncode not in (0, 1, 2) or not ran.stdout:
        raise ValueError(f"status {ran.returncode}: {ran.stderr.strip()}")
    found = {}
    rows = list(csv.reader(ran.stdout.splitlines()))
    status = rows[0].index("status")
    for row in rows[1:]:
        if row[status] != "rule":
            low, high = row[-2:]
            found[tuple(row[2:status])] = (
                row[status],
                int(low) if low else 0,
                int(high) if high else numpy.inf,
            )
    return found


def differences(table, found, knows, least, sample, rng):
    """What ddg-audit says otherwise of some hidden cells; (cells compared, differences)."""
    programs = Programs(table, knows)
    if set(found) != set(table.hidden):
        return 0, [f"{len(found)} cells listed, {len(table.hidden)} hidden"]
    cells = sorted(table.hidden)
    cells = rng.sample(cells, min(sample, len(cells)))
    wrong = []
    compared = 0
    for cell in cells:
        try:
            low, high = programs.interval(cell)
            small = table.hidden[cell] == 1 and knows in ("threshold", "codes")
            enough = least[0 if small else 1]
            values = programs.values(cell, low, high, enough)
        except Silence:
            continue
        compared += 1
        status = "recovered" if low == high else "narrowed" if values < enough else "safe"
        said = found[cell]
        if said[0] == "determined" and status == "safe" and table.distinct:
            status = "determined"
        if said != (status, low, high):
            wrong.append(f"{cell} is {status} {low}..{high}, not {said[0]} {said[1]}..{said[2]}")
    if compared * 10 < len(cells) * 9:
        wrong.append(f"the solver answered for {compared} of {len(cells)} cells")
    return compared, wrong


def judge(number, name, table, found, knows, least, sample, rng):
    """One TAP line; true when all agrees."""
    compared, wrong = differences(table, found, knows, least, sample, rng)
    print(
        f"{'not ' if wrong else ''}ok {number} {name}: {len(table.shown) + len(table.hidden)} cells, "
        f"{len(table.hidden)} hidden, knows {knows}, {compared} compared",
        flush=True,
    )
    for line in wrong:
        print(f"# {line}")
    return not wrong


def compare_random(arguments):
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, arguments.tables + 1):
            truth = Truth(arguments.seed * 1000003 + number)
            path, options = truth.write(folder)
            table = Publication.read(path, options[1::2])
            options += ["--knows", truth.knows, "--min-values", "%d,%d" % truth.least]
            name = f"audit_lp: table {number} of seed {arguments.seed}"
            try:
                found = run_audit(arguments.compare, path, options)
            except ValueError as error:
                print(f"not ok {number} {name}\n# {error}")
                fine = False
                continue
            fine &= judge(
                number, name, table, found, truth.knows, truth.least, arguments.sample, truth.rng
            )
    print(f"1..{arguments.tables}")
    return fine


def compare_table(arguments):
    options = [part for pair in arguments.hierarchy for part in ("--hierarchy", pair)]
    table = Publication.read(arguments.table, arguments.hierarchy)
    found = run_audit(
        arguments.compare,
        arguments.table,
        options + ["--knows", arguments.knows, "--min-values", "2"],
    )
    rng = random.Random(arguments.seed)
    name = f"audit_lp: {os.path.basename(arguments.table)}"
    fine = judge(1, name, table, found, arguments.knows, (2, 2), arguments.sample, rng)
    print("1..1")
    return fine


def list_intervals(arguments):
    table = Publication.read(arguments.table, arguments.hierarchy)
    programs = Programs(table, arguments.knows)
    cells = sorted(table.hidden, key=table.line.get)
    for cell in cells[: arguments.sample]:
        low, high = programs.interval(cell)
        print(f"{table.line[cell]},{low},{'' if high == numpy.inf else high}", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table", nargs="?")
    parser.add_argument("--compare", metavar="BUILD")
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--knows", choices=LEVELS, default="zeros")
    parser.add_argument("--hierarchy", action="append", default=[])
    arguments = parser.parse_args()
    if arguments.compare and arguments.table:
        return compare_table(arguments)
    if arguments.compare:
        return compare_random(arguments)
    if not arguments.table:
        parser.error("a table, or --compare BUILD")
    return list_intervals(arguments)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
