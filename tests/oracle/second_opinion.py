#!/usr/bin/env python3
"""A second opinion on what a masked table gives away, and on what the programs make of it.

It knows the table format and the attacker of ddg(7), from the documents alone: nothing here comes
from lib/.  Fractions instead of modular arithmetic, sets of tuples instead of numbered cells, and no
thought of speed, so that it can be read beside the text.

    second_opinion.py TABLE [--knows sums|zeros] [--hierarchy DIM=FILE]...
        lists the hidden cells that are given away: line, status, value

    second_opinion.py --compare BUILD [--tables N] [--seed N]
        makes random tables; ddg-audit must find in each all that is found here and nothing that
        is not true, and ddg-suppress must leave nothing to find.  Prints TAP.
"""

import argparse
import csv
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

import tables

TOTAL = "Total"
SMALL = range(1, 11)
INFINITY = float("inf")
ROUNDS_MOST = 1000  # where lines contradict each other, ranges without an end may climb for ever


class Contradiction(Exception):
    """No counts fit the table."""


class Table:
    """Rows of a published table: labels, a count or None, and the line that they stand in."""

    def __init__(self, dims, rows, parents=None, distinct=False):
        self.dims = dims
        self.rows = rows  # (labels, count or None, has data, line)
        self.parents = parents or {}  # dimension: {child: parent}
        self.distinct = distinct

    @classmethod
    def read(cls, path, hierarchies=()):
        read = tables.read(path, hierarchies)
        rows = [(r.labels, r.count, r.code not in ("3", "4", "5"), r.line) for r in read.rows]
        return cls(read.dims, rows, read.parents, read.distinct)

    def parent(self, dim, label):
        """What a label is a part of; None for the total."""
        return None if label == TOTAL else self.parents.get(self.dims[dim], {}).get(label, TOTAL)

    def children(self, dim, label):
        """Every label that is a part of this one, in the table or in its hierarchy."""
        known = {labels[dim] for labels, *_ in self.rows}
        for child, parent in self.parents.get(self.dims[dim], {}).items():
            known |= {child, parent}
        return {child for child in known if self.parent(dim, child) == label}

    def lines(self, cells):
        """The lines that bind these cells: (total, dimension): parts."""
        lines = {}
        for cell in sorted(cells):
            for dim, label in enumerate(cell):
                above = self.parent(dim, label)
                if above is not None:
                    total = cell[:dim] + (above,) + cell[dim + 1 :]
                    lines.setdefault((total, dim), set()).add(cell)
        return lines

    def close(self, cells):
        """The cells with all the totals that they imply."""
        closed = set()
        waiting = list(cells)
        while waiting:
            cell = waiting.pop()
            if cell in closed:
                continue
            closed.add(cell)
            for dim, label in enumerate(cell):
                above = self.parent(dim, label)
                if above is not None:
                    waiting.append(cell[:dim] + (above,) + cell[dim + 1 :])
        return closed


class Attack:
    """Ranges of all cells, narrowed as far as lines one by one and all together allow."""

    def __init__(self, table, knows="zeros", known=None):
        """`known` has counts of cells that the table does not print."""
        self.table = table
        self.judges = known is None  # ddg-suppress protects from the equations whatever the numbers
        shown = {labels: count for labels, count, _, _ in table.rows if count is not None}
        printed = {labels for labels, *_ in table.rows}
        absent = self.absent_cells(shown, printed)
        self.absent = absent
        shown.update(known or {})
        cells = table.close(printed | absent | set(known or {}))
        self.lines = table.lines(cells)
        self.hidden = (printed | absent) - set(shown)
        least = 1 if knows == "zeros" else 0
        no_data = {labels for labels, _, has_data, _ in table.rows if not has_data}
        self.low = {c: least if c in self.hidden and c not in no_data else 0 for c in cells}
        self.high = {c: INFINITY for c in cells}
        for cell, count in shown.items():
            self.low[cell] = self.high[cell] = count

    def absent_cells(self, shown, printed):
        """Cells without a row in lines whose shown total exceeds their parts, all of them shown."""
        absent = set()
        for (total, dim), parts in self.table.lines(self.table.close(printed)).items():
            if total not in shown or not parts <= set(shown):
                continue
            if shown[total] > sum(shown[part] for part in parts):
                for child in self.table.children(dim, total[dim]):
                    absent.add(total[:dim] + (child,) + total[dim + 1 :])
        return absent - printed

    def unknown(self, cell):
        return self.low[cell] != self.high[cell]

    def narrow(self, cell, low, high):
        if low <= self.low[cell] and high >= self.high[cell]:
            return False
        self.low[cell] = max(self.low[cell], low)
        self.high[cell] = min(self.high[cell], high)
        if self.low[cell] > self.high[cell]:
            raise Contradiction(cell)
        return True

    def narrow_line(self, total, parts):
        distinct = self.table.distinct
        low = [self.low[part] for part in parts]
        changed = self.narrow(
            total, max(low) if distinct else sum(low), sum(self.high[part] for part in parts)
        )
        for part in parts:
            others = [other for other in parts if other != part]
            least = self.low[total] - sum(self.high[other] for other in others)
            most = self.high[total]
            if not distinct:
                most -= sum(self.low[other] for other in others)
            changed |= self.narrow(part, least, most)
        return changed

    def narrow_lines(self):
        for _ in range(ROUNDS_MOST):
            if not any([self.narrow_line(total, parts) for (total, _), parts in self.lines.items()]):
                return

    def solve(self):
        """What the equations determine, by Gauss and Jordan."""
        pivots = {}
        for (total, _), parts in self.lines.items():
            # who adds up parts that overlap supposes too much where no numbers fit
            if self.judges and self.table.distinct and (
                sum(self.low[part] for part in parts) > self.high[total]
                or sum(self.high[part] for part in parts) < self.low[total]
            ):
                continue
            row = {}
            right = Fraction(0)
            for cell, sign in [(total, -1)] + [(part, 1) for part in parts]:
                if self.unknown(cell):
                    row[cell] = Fraction(sign)
                else:
                    right -= sign * self.low[cell]
            for pivot in [cell for cell in row if cell in pivots]:
                right = self.subtract(row, right, pivots[pivot], row[pivot])
            if not row:
                if right != 0 and not self.table.distinct:
                    raise Contradiction(total)
                continue
            pivot = next(iter(row))
            scale = row[pivot]
            row = {cell: factor / scale for cell, factor in row.items()}
            right /= scale
            for other, (other_row, other_right) in list(pivots.items()):
                if pivot in other_row:
                    other_right = self.subtract(
                        other_row, other_right, (row, right), other_row[pivot]
                    )
                    pivots[other] = (other_row, other_right)
            pivots[pivot] = (row, right)
        return {pivot: right for pivot, (row, right) in pivots.items() if len(row) == 1}

    @staticmethod
    def subtract(row, right, other, factor):
        """Takes a multiple of another row from this one in place; returns its right side."""
        for cell, value in other[0].items():
            row[cell] = row.get(cell, 0) - factor * value
            if row[cell] == 0:
                del row[cell]
        return right - factor * other[1]

    def run(self):
        """{cell: ("recovered", value) or ("determined", None)} of the hidden cells given away."""
        self.narrow_lines()
        determined = {}
        if self.table.distinct:
            determined = self.solve()
        else:
            while True:
                solved = self.solve()
                for cell, value in solved.items():
                    if value.denominator != 1:
                        raise Contradiction(cell)
                    self.narrow(cell, int(value), int(value))
                if not solved:
                    break
                self.narrow_lines()
        found = {}
        for cell in sorted(self.hidden):
            if not self.unknown(cell):
                found[cell] = ("recovered", self.low[cell])
            elif cell in determined:
                found[cell] = ("determined", None)
        return found


# Random tables ---------------------------------------------------------------------------------


class Truth:
    """An unmasked table with every total, of which some rows may be left out."""

    def __init__(self, rng):
        self.rng = rng
        self.dims = [f"d{i}" for i in range(rng.choice((1, 2, 2, 2, 3)))]
        labels = [[f"{dim}-{i}" for i in range(rng.randint(2, 5))] for dim in self.dims]
        self.parents = {}
        for dim, own in zip(self.dims, labels):
            if len(own) >= 3 and rng.random() < 0.3:
                cut = rng.randint(1, len(own) - 1)
                self.parents[dim] = {c: f"{dim}-{'low' if c in own[:cut] else 'high'}" for c in own}
        self.distinct = rng.random() < 0.25
        empty = Table(self.dims, [], self.parents)
        cells = list(itertools.product(*labels))
        # sorted, as sets have an order of their own in each run, and chance goes by it
        self.count = dict.fromkeys(sorted(empty.close(cells)), 0)
        if self.distinct:
            for _ in range(rng.randint(5, 120)):
                places = rng.choices(cells, k=rng.choice((1, 1, 1, 2)))
                for cell in empty.close(places):
                    self.count[cell] += 1
        else:
            for cell in cells:
                value = rng.choice((0, 0, rng.randint(1, 4), rng.randint(1, 12), rng.randint(5, 60)))
                for above in self.above(empty, cell):
                    self.count[above] += value

    @staticmethod
    def above(table, cell):
        """The cell and everything that it counts in, each once."""
        paths = []
        for dim, label in enumerate(cell):
            path = []
            while label is not None:
                path.append(label)
                label = table.parent(dim, label)
            paths.append(path)
        return itertools.product(*paths)

    def rows(self, without_totals):
        """Labels of the rows, in an order of their own."""
        inner = {c for c in self.count if not self.is_total(c)}
        rows = [c for c in self.count if c in inner or self.rng.random() >= without_totals]
        rows.sort()
        self.rng.shuffle(rows)
        return rows

    def is_total(self, cell):
        above = {p for pairs in self.parents.values() for p in pairs.values()}
        return any(label == TOTAL or label in above for label in cell)

    def write(self, path, rows, hidden=(), codes=True):
        with open(path, "w", newline="", encoding="utf-8") as stream:
            out = csv.writer(stream, lineterminator="\n")
            name = "persons" if self.distinct else "count"
            out.writerow(self.dims + [name] + (["annotation"] if codes else []))
            for row in rows:
                count = "" if row in hidden else self.count[row]
                code = [("1" if row in hidden else "")] if codes else []
                out.writerow([*row, count] + code)

    def hide(self, rows, zeros):
        """A mask as naive people make it: small counts, and others at random."""
        often = self.rng.choice((0.0, 0.2, 0.5))
        return {
            row
            for row in rows
            if (self.count[row] in SMALL and self.rng.random() < 0.9)
            or ((zeros or self.count[row] > 0) and self.rng.random() < often)
        }


def run_tool(command):
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"}, timeout=60
    )


def compare_audit(build, truth, folder):
    """Whether ddg-audit finds what this program finds in a naive mask; None when it does."""
    rng = truth.rng
    rows = truth.rows(rng.choice((0, 0, 0.3)))
    knows = rng.choice(("zeros", "zeros", "sums"))
    hidden = truth.hide(rows, knows == "sums")
    if rng.random() < 0.3:
        gone = {row for row in rows if row in hidden and rng.random() < 0.5}
        rows = [row for row in rows if row not in gone]
    path = os.path.join(folder, "masked.csv")
    truth.write(path, rows, hidden)
    options = tables.write_hierarchies(folder, truth.parents)
    audit = [os.path.join(build, "ddg-audit"), "--show-values", "--knows", knows]
    ran = run_tool(audit + options + [path])
    try:
        attack = Attack(Table.read(path, options[1::2]), knows)
        mine = {cell + verdict for cell, verdict in attack.run().items()}
    except Contradiction:
        # cells without a row were zeros to this reader; ddg-audit may see that they are none
        return None if ran.returncode in (0, 1, 2) else f"status {ran.returncode}"
    if ran.returncode not in (0, 1):
        return f"status {ran.returncode} where counts fit: {ran.stderr}"
    taken = re.search(r"(\d+) without a row taken as hidden", ran.stderr)
    if taken and int(taken[1]) > len(attack.absent):
        return None  # likewise: it takes several lines to see that more of them are none
    theirs = {}
    width = len(truth.dims)
    for row in list(csv.reader(ran.stdout.splitlines()))[1:]:
        if row[-4] != "rule":
            low, high = (int(end) if end else None for end in row[-2:])
            theirs[tuple(row[2 : 2 + width])] = (row[-4], low, high)
    for cell, (status, low, high) in theirs.items():
        # where rows were left out readers reckon with zeros that are none
        if len(rows) == len(truth.count) and not low <= truth.count[cell] <= (high or truth.count[cell]):
            return f"a range that is not true: {cell} {status} {low} to {high}"
    for found in mine:
        cell, (verdict, value) = found[:width], found[width:]
        wanted = ("recovered", value, value) if verdict == "recovered" else theirs.get(cell)
        if theirs.get(cell) != wanted or wanted is None:
            return f"only here: {found}, there: {theirs.get(cell)}"
    return None


def public_totals(truth, rows):
    """Totals that are not printed are public unless they are small."""
    printed = set(rows)
    return {c: n for c, n in truth.count.items() if c not in printed and n not in SMALL}


def could_be_masked(truth, rows, knows):
    """Whether nothing is given away where all counts but zeros are hidden."""
    shown = [(row, 0 if truth.count[row] == 0 else None, True, 0) for row in rows]
    table = Table(truth.dims, shown, truth.parents, truth.distinct)
    return not Attack(table, knows, public_totals(truth, rows)).run()


def compare_suppress(build, truth, folder):
    """Whether ddg-suppress leaves something to find; None when it does not."""
    rows = truth.rows(truth.rng.choice((0, 0, 0.5, 1)))
    knows = truth.rng.choice(("zeros", "zeros", "sums"))
    plain, masked = os.path.join(folder, "plain.csv"), os.path.join(folder, "masked.csv")
    truth.write(plain, rows, codes=False)
    options = tables.write_hierarchies(folder, truth.parents)
    suppress = [os.path.join(build, "ddg-suppress"), "-q", "--knows", knows, "-o", masked]
    unprinted = len(rows) < len(truth.count)
    if unprinted:
        # where totals are public elsewhere, three values can be too much to ask for, and a refusal
        # right; what is judged here is that nothing is given away
        suppress += ["--min-values", "2,2"]
    ran = run_tool(suppress + options + [plain])
    if ran.returncode != 0:
        # totals of persons that are not printed may be as small as their largest part, as far as
        # he who masks knows: hiding all of the table need not help him
        excused = (unprinted and truth.distinct) or not could_be_masked(truth, rows, knows)
        if "no way found to protect" in ran.stderr and excused:
            return None
        return f"status {ran.returncode}: {ran.stderr}"
    table = Table.read(masked, options[1::2])
    for labels, count, _, _ in table.rows:
        if count is None and truth.count[labels] == 0:
            return f"a zero is hidden: {labels}"
        if count is not None and (count in SMALL or count != truth.count[labels]):
            return f"shown: {labels}"
    known = public_totals(truth, rows)
    for reader in {knows, "sums"}:
        found = Attack(table, reader, known).run()
        if found:
            return f"given away: {found}"
    return None


def compare(build, wanted, seed):
    print(f"1..{2 * wanted}")
    failed = 0
    for number in range(wanted):
        for offset, (name, check) in enumerate(
            (("ddg-audit finds as much", compare_audit), ("ddg-suppress leaves nothing", compare_suppress))
        ):
            with tempfile.TemporaryDirectory() as folder:
                truth = Truth(random.Random(f"{seed}/{number}"))
                trouble = check(build, truth, folder)
                good = "ok" if trouble is None else "not ok"
                print(f"{good} {2 * number + offset + 1} table {number} of seed {seed}: {name}")
                if trouble is not None:
                    failed += 1
                    print("# " + trouble.strip())
                    for file in sorted(os.listdir(folder)):
                        with open(os.path.join(folder, file), encoding="utf-8") as stream:
                            print("".join(f"#   {file}: {line}" for line in stream), end="")
    return failed == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?")
    parser.add_argument("--knows", choices=("sums", "zeros"), default="zeros")
    parser.add_argument("--hierarchy", action="append", default=[])
    parser.add_argument("--compare", metavar="BUILD")
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.compare:
        return 0 if compare(options.compare, options.tables, options.seed) else 1
    if not options.table:
        parser.error("a table is wanted, or --compare BUILD")
    table = Table.read(options.table, options.hierarchy)
    place = {labels: line for labels, _, _, line in table.rows}
    found = Attack(table, options.knows).run()
    for cell in sorted(found, key=lambda c: (place.get(c, 0), c)):
        status, value = found[cell]
        print(",".join([str(place.get(cell, "")), *cell, status, str(value if value is not None else "")]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
