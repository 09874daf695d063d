#!/usr/bin/env python3
"""Checks a certificate of ddg-suppress as the section CERTIFICATE of its manual says, and by nothing
else: nothing here comes from lib/.

    check_certificate.py TABLE MASKED CERTIFICATE [OPTION]...
        the table before and after; options as they were given to ddg-suppress, as far as they are
        known here.  Prints a line for each fault; the status is 1 when there is one.

    check_certificate.py --compare BUILD [--tables N] [--seed N]
        makes random tables, and has ddg-suppress mask and certify them: the certificates must hold,
        and those that were tampered with must not.  Prints TAP.
"""

import argparse
import csv
import io
import os
import random
import sys
import tempfile
from collections import defaultdict
from typing import NamedTuple

from second_opinion import Truth, run_tool
from tables import write_hierarchies

INFINITY = float("inf")
LEVELS = ("sums", "zeros", "threshold", "codes")


class Fault(NamedTuple):
    """What is wrong: a word for it, and where."""

    what: str
    where: str


class Options(argparse.Namespace):
    """What ddg-suppress was told."""

    def __init__(self, arguments):
        super().__init__()
        parser = argparse.ArgumentParser()
        parser.add_argument("--count", type=lambda text: text.split(","), default=[])
        parser.add_argument("--by", type=lambda text: text.split(","), default=[])
        parser.add_argument("--partitions", type=lambda text: text.split(","), default=[])
        parser.add_argument("--overlapping", type=lambda text: text.split(","), default=[])
        parser.add_argument("--hierarchy", action="append", default=[])
        parser.add_argument("--codes", choices=("merged", "separate"), default="merged")
        parser.add_argument("--knows", choices=LEVELS)
        parser.add_argument("--min-values", default="3,2")
        parser.add_argument("--threshold", type=int, default=11)
        parser.add_argument("--totals", choices=("implied", "add", "none"), default="implied")
        parser.add_argument("--when-masked", action="store_true")
        parser.add_argument("--equation", action="append", default=[])
        parser.add_argument("--always", action="append", default=[])
        parser.add_argument("--cost")
        parser.add_argument("--distinct", action="store_true")
        parser.add_argument("--group-rule")
        parser.add_argument("--effort")
        parser.parse_args(arguments, namespace=self)
        # nobody adds up kinds
        self.by = self.by + self.partitions[:1]
        first, _, second = self.min_values.partition(",")
        knows = self.knows or ("codes" if self.codes == "separate" else "zeros")
        self.level = LEVELS.index(knows)
        self.primary_values, self.other_values = int(first), int(second or first)
        if self.level >= LEVELS.index("threshold"):
            self.primary_values = min(self.primary_values, self.threshold - 1)
        self.parents = defaultdict(dict)
        for hierarchy in self.hierarchy:
            dim, _, path = hierarchy.partition("=")
            with open(path, newline="", encoding="utf-8") as stream:
                pairs = (tuple(pair) for pair in csv.reader(stream))
                self.parents[dim].update(pair for pair in pairs if pair != ("child", "parent"))


class Records:
    """A CSV file: the names of its columns, and its records as dictionaries."""

    def __init__(self, text):
        records = list(csv.reader(io.StringIO(text)))
        self.names = records[0]
        self.rows = [dict(zip(self.names, record)) for record in records[1:]]


class Structure:
    """The cells that rows stand for or imply, and the lines that bind them."""

    def __init__(self, dims, rows, options):
        self.dims = dims
        self.options = options
        self.cells = set()
        self.lines = defaultdict(set)  # (total, dimension): parts
        waiting = list(rows)
        while waiting:
            cell = waiting.pop()
            if cell in self.cells:
                continue
            self.cells.add(cell)
            for dim in range(len(dims)):
                above = self.parent(dim, cell[dim])
                if above is not None:
                    total = cell[:dim] + (above,) + cell[dim + 1 :]
                    self.lines[total, dim].add(cell)
                    waiting.append(total)

    def parent(self, dim, label):
        name = self.dims[dim]
        up = self.options.parents.get(name, {}).get(label)
        if up is not None or label == "Total" or name in self.options.by:
            return up
        return "Total"

    def may_overlap(self, dim, measure):
        return measure == "persons" or self.options.distinct or self.dims[dim] in self.options.overlapping


class Ends:
    """The least and the most that each cell of one measure can be to who has the table."""

    def __init__(self, structure, measure, shown):
        self.structure, self.measure = structure, measure
        self.ends = dict(shown)
        self.above = defaultdict(list)  # total: (dimension, parts)
        for (total, dim), parts in structure.lines.items():
            self.above[total].append((dim, parts))

    def of(self, cell):
        if cell not in self.ends:
            low, high = 0, INFINITY
            for dim, parts in self.above[cell]:
                ends = [self.of(part) for part in parts]
                lows = [low for low, _ in ends]
                overlap = self.structure.may_overlap(dim, self.measure)
                low = max(low, max(lows) if overlap else sum(lows))
                high = min(high, sum(high for _, high in ends))
            self.ends[cell] = (low, high)
        return self.ends[cell]


class Measure:
    """One count column of a table before and after, and what a certificate says of it."""

    def __init__(self, name, annotation, table, masked, dims, options):
        self.name, self.options = name, options
        cells = {tuple(row[d] for d in dims): row for row in table.rows}
        printed = {tuple(row[d] for d in dims): row for row in masked.rows}
        self.structure = Structure(dims, cells, options)
        self.truth = Ends(
            self.structure,
            name,
            {c: (int(row[name]), int(row[name])) if row[name] else (0, INFINITY) for c, row in cells.items()},
        )
        self.shown = {c: row[name] for c, row in printed.items() if row[name]}
        self.suppressed = {c for c, row in printed.items() if row[annotation] in ("1", "2")}
        self.printed = set(printed)
        always = [text.partition("=")[::2] for text in options.always]
        self.passed_over = {
            cell
            for cell, row in cells.items()
            if options.when_masked and row["mask"] == "0" and not any(row[d] == v for d, v in always)
        }

    def is_small(self, cell):
        low, high = self.truth.of(cell)
        return cell not in self.passed_over and 1 <= low and high < self.options.threshold

    def same(self, cell):
        """The rows of the same total in all breakdowns side by side, itself among them."""
        kinds = [self.structure.dims.index(name) for name in self.options.partitions]
        if not kinds or cell[kinds[1]] != "Total":
            return [cell]
        others = [other for other in self.structure.cells
                  if all(other[d] == cell[d] for d in range(len(cell)) if d != kinds[0])]
        return [other for other in others if self.truth.of(other) == self.truth.of(cell)]

    def may_change(self, cell):
        if cell in self.printed:
            return cell in self.suppressed
        if any(other in self.suppressed for other in self.same(cell)):
            return True
        return cell in self.structure.cells and (self.options.totals == "none" or self.is_small(cell))

    def known_range(self, cell):
        """What the reader knows of a cell that may change."""
        level = self.options.level
        least = 1 if level >= LEVELS.index("zeros") else 0
        most = INFINITY
        if self.is_small(cell) and level >= LEVELS.index("threshold"):
            most = self.options.threshold - 1
        if not self.is_small(cell) and cell in self.printed and level >= LEVELS.index("codes"):
            least = self.options.threshold
        return least, most

    def faults_of_masked(self):
        """The masked table hides nothing but counts, and shows none that is not true."""
        for cell, count in self.shown.items():
            if cell in self.suppressed or self.truth.of(cell) != (int(count), int(count)):
                yield Fault("shown", str(cell))

    def faults_of_table(self, number, changes):
        """What is wrong with one table of the certificate: {cell: change}."""
        for cell, change in changes.items():
            low, high = self.truth.of(cell) if cell in self.structure.cells else (0, 0)
            least, most = self.known_range(cell) if cell in self.structure.cells else (0, 0)
            if change == 0 or not self.may_change(cell):
                yield Fault("known", f"table {number}: {cell}")
            elif low + change < least or (change > 0 and high + change > most):
                yield Fault("range", f"table {number}: {cell}")
            if any(changes.get(other, 0) != change for other in self.same(cell)):
                yield Fault("same", f"table {number}: {cell}")
        for (total, dim), parts in self.structure.lines.items():
            of_total = changes.get(total, 0)
            if of_total != sum(changes.get(part, 0) for part in parts):
                yield Fault("line", f"table {number}: {total} by {self.structure.dims[dim]}")
            if self.structure.may_overlap(dim, self.name):
                for part in parts:
                    over = changes.get(part, 0) - of_total
                    if over > 0 and self.truth.of(part)[1] + over > self.truth.of(total)[0]:
                        yield Fault("part", f"table {number}: {part} of {total}")

    def faults_of_values(self, tables):
        """Suppressed cells that have too few values, their own among them."""
        values = defaultdict(lambda: {0})
        for changes in tables.values():
            for cell, change in changes.items():
                values[cell].add(change)
        for cell in self.suppressed:
            wanted = self.options.primary_values if self.is_small(cell) else self.options.other_values
            if len(values[cell]) < wanted:
                yield Fault("values", f"{cell}: {len(values[cell])} of {wanted}")


def sides(equation):
    """{measure: factor} of "a + b = c": the sum of factors times counts is 0."""
    factors = defaultdict(int)
    for factor, side in zip((1, -1), equation.split("=")):
        for name in side.split("+"):
            factors[name.strip()] += factor
    return factors


def faults_of_equations(tables, equations):
    """Tables of all measures in which an equation does not hold, {measure: {number: {cell: change}}}."""
    changed = defaultdict(lambda: defaultdict(dict))  # number and cell: measure: change
    for name, of_measure in tables.items():
        for number, changes in of_measure.items():
            for cell, change in changes.items():
                changed[number, cell][name] = change
    for equation in equations:
        factors = sides(equation)
        for (number, cell), changes in changed.items():
            if sum(factor * changes.get(name, 0) for name, factor in factors.items()) != 0:
                yield Fault("equation", f"table {number}: {cell}")


def check(table, masked, certificate, options):
    """All that is wrong, of the texts of three files."""
    table, masked, certificate = Records(table), Records(masked), Records(certificate)
    names = options.count or [name for name in ("count", "persons") if name in table.names]
    dims = table.names[: table.names.index(names[0])]
    wanted = ["table"] + (["measure"] if len(names) > 1 else []) + dims + ["change"]
    if certificate.names != wanted:
        return [Fault("header", str(certificate.names))]
    tables = defaultdict(lambda: defaultdict(dict))  # measure: number: cell: change
    faults = []
    for row in certificate.rows:
        changes = tables[row.get("measure", names[0])][row["table"]]
        cell = tuple(row[d] for d in dims)
        if cell in changes:
            faults.append(Fault("twice", str(cell)))
        changes[cell] = int(row["change"])
    for name in names:
        annotation = "annotation" if len(names) == 1 else f"{name}_annotation"
        measure = Measure(name, annotation, table, masked, dims, options)
        faults += measure.faults_of_masked()
        for number, changes in tables[name].items():
            faults += measure.faults_of_table(number, changes)
        faults += measure.faults_of_values(tables[name])
    faults += faults_of_equations(tables, options.equation)
    if set(tables) - set(names):
        faults.append(Fault("header", str(set(tables))))
    return faults


# Random tables ---------------------------------------------------------------------------------


def read(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as stream:
        return stream.read()


def write(records, names):
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def scaled(certificate, rng):
    """One table's changes many times over, all of them downwards somewhere: lines keep their sums."""
    records = Records(certificate)
    number = rng.choice([row["table"] for row in records.rows])
    changes = [row for row in records.rows if row["table"] == number]
    by = 10**6 if any(row["change"].startswith("-") for row in changes) else -(10**6)
    for row in changes:
        row["change"] = str(int(row["change"]) * by)
    return write(records.rows, records.names)


def off_by_one(certificate, rng):
    records = Records(certificate)
    row = rng.choice(records.rows)
    row["change"] = str(int(row["change"]) + 1)
    return write(records.rows, records.names)


def one_less(certificate, rng):
    records = Records(certificate)
    number = rng.choice([row["table"] for row in records.rows])
    return write([row for row in records.rows if row["table"] != number], records.names)


def one_shown(table, masked, certificate, rng):
    """The masked table with one more count in print that the certificate changes."""
    truth, records = Records(table), Records(masked)
    dims = [name for name in Records(certificate).names if name not in ("table", "change")]
    measure = truth.names[len(dims)]
    count = {tuple(row[d] for d in dims): row[measure] for row in truth.rows}
    hidden = [row for row in records.rows if row["annotation"] == "1" or row["annotation"] == "2"]
    row = rng.choice([row for row in hidden if tuple(row[d] for d in dims) in count])
    row[measure] = count[tuple(row[d] for d in dims)]
    row["annotation"] = ""
    return write(records.rows, records.names)


def tampering(table, masked, certificate, rng):
    """What a checker has to find: (word, masked table, certificate)."""
    return (
        ("line", masked, off_by_one(certificate, rng)),
        ("range", masked, scaled(certificate, rng)),
        ("values", masked, one_less(certificate, rng)),
        ("known", one_shown(table, masked, certificate, rng), certificate),
    )


def choose_options(truth, rows):
    rng = truth.rng
    codes = rng.choice(("merged", "merged", "separate"))
    options = ["--codes", codes, "--group-rule", rng.choice(("on", "off"))]
    if rng.random() < 0.4:
        options += ["--knows", rng.choice(LEVELS[:2] if codes == "merged" else LEVELS)]
    options += ["--min-values", rng.choice(("2,2", "3,2", "5,4", "2,7"))]
    if rng.random() < 0.2:
        options += ["--always", "=".join(rng.choice(list(zip(truth.dims, rng.choice(rows)))))]
    options += ["--threshold", rng.choice(("11", "11", "5", "30"))]
    if len(rows) < len(truth.count) and not truth.distinct:
        options += ["--totals", rng.choice(("implied", "add", "none"))]
    return options


def compare_one(build, truth, folder):
    """Whether all is as it should be; None when it is, "" where there was nothing to see."""
    rows = truth.rows(truth.rng.choice((0, 0, 0.5, 1)))
    options = choose_options(truth, rows)
    options += write_hierarchies(folder, truth.parents)
    plain, masked, certificate = (os.path.join(folder, f"{n}.csv") for n in ("plain", "masked", "certificate"))
    truth.write(plain, rows, codes=False)
    command = [os.path.join(build, "ddg-suppress"), "-q", "-o", masked, "--certificate", certificate]
    ran = run_tool(command + options + [plain])
    if ran.returncode == 2 and "no way found" in ran.stderr:
        return ""
    if ran.returncode != 0:
        return f"status {ran.returncode}: {ran.stderr}"
    plain, masked, certificate = (read(folder, f"{n}.csv") for n in ("plain", "masked", "certificate"))
    known = Options(options)
    faults = check(plain, masked, certificate, known)
    if faults:
        return f"{options}: {faults}"
    if len(Records(certificate).rows) == 0:
        return ""
    for word, other, tampered in tampering(plain, masked, certificate, truth.rng):
        if word not in {fault.what for fault in check(plain, other, tampered, known)}:
            return f"{options}: nobody notices what is wrong: {word}\n{other}{tampered}"
    return None


def compare(build, wanted, seed):
    print(f"1..{wanted}")
    failed = number = tried = 0
    while number < wanted:
        with tempfile.TemporaryDirectory() as folder:
            trouble = compare_one(build, Truth(random.Random(f"{seed}/{tried}")), folder)
        tried += 1
        if trouble == "":
            continue
        number += 1
        print(f"{'ok' if trouble is None else 'not ok'} {number} table {tried - 1} of seed {seed}")
        if trouble is not None:
            failed += 1
            print("# " + trouble.replace("\n", "\n# "))
    return failed == 0


def main():
    if sys.argv[1:2] == ["--compare"]:
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--compare", metavar="BUILD")
        parser.add_argument("--tables", type=int, default=40)
        parser.add_argument("--seed", type=int, default=1)
        options = parser.parse_args()
        return 0 if compare(options.compare, options.tables, options.seed) else 1
    if len(sys.argv) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    texts = [read("", path) for path in sys.argv[1:4]]
    faults = check(*texts, Options(sys.argv[4:]))
    for fault in faults:
        print(f"{fault.what}: {fault.where}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
