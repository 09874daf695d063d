#!/usr/bin/python3
"""ddg-audit beside the audit of tau-Argus, as the package pytauargus has it.

Its audit ("intervalle") computes the range of every suppressed cell by linear programs.  That
counts are whole it does not use, so that its range may be wider than that of ddg-audit by less than
a whole number at each end, or more where only whole numbers keep a cell within its range.  What it
can be asked is all that bounds of single cells express: the levels sums, zeros, threshold and codes.

    python3 -m venv --system-site-packages DIR && DIR/bin/pip install pytauargus
    DIR/bin/python tests/oracle/tauargus.py BUILD [--tables N] [--seed N]
    DIR/bin/python tests/oracle/tauargus.py BUILD TABLE [--knows LEVEL] [--hierarchy DIM=FILE]...

Prints TAP.  Not among the tests that run by themselves: the package is not Debian's.
"""

import argparse
import math
import os
import random
import sys
import tempfile

from pytauargus._tauargus import audit_jj

import audit_lp

LARGE = 10**7


def write_jj(path, table, knows):
    """The table in the format of tau-Argus's solvers; returns the cells in the order of the file.

    A cell is `number value weight status low high` and three protection levels, which an audit of
    ranges does not need; an equation is `0 terms : number (factor) ...`.  The values of hidden cells
    are not told: 0 stands for them.
    """
    lines = table.structure.lines(list(table.shown) + list(table.hidden))
    cells = set(table.shown) | set(table.hidden)
    for (total, _), parts in lines.items():
        cells.update([total, *parts])
    cells = sorted(cells)
    number = {cell: i for i, cell in enumerate(cells)}
    with open(path, "w", encoding="utf-8") as stream:
        print(0, len(cells), sep="\n", file=stream)
        for cell in cells:
            if cell in table.shown:
                value = table.shown[cell]
                print(number[cell], value, 1, "s", value, value, 0, 0, 0, file=stream)
            else:
                low, high = table.bounds(cell, knows)
                print(number[cell], 0, 1, "u", low, min(high, LARGE), 0, 0, 0, file=stream)
        print(len(lines), file=stream)
        for (total, _), parts in lines.items():
            terms = " ".join(f"{number[part]} (1)" for part in parts)
            print(f"0 {len(parts) + 1} : {number[total]} (-1) {terms}", file=stream)
    return cells


def ranges(table, knows):
    """The whole numbers in tau-Argus's range of each hidden cell."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.jj")
        cells = write_jj(path, table, knows)
        rows = audit_jj(path)
    found = {}
    for row in rows:
        cell = cells[row["cell"]]
        if cell in table.hidden:
            low, high = math.ceil(row["min"] - 1e-4), math.floor(row["max"] + 1e-4)
            found[cell] = (low, math.inf if high >= LARGE // 2 else high)
    return found


def compare(number, name, table, knows, build, path, options):
    """One TAP line; true when no range of ddg-audit leaves that of tau-Argus, and few differ."""
    theirs = ranges(table, knows)
    ours = audit_lp.run_audit(build, path, options + ["--knows", knows])
    wrong = []
    narrower = 0
    for cell, (low, high) in theirs.items():
        _, our_low, our_high = ours[cell]
        if our_low < low or our_high > high:
            wrong.append(f"{cell}: {our_low}..{our_high}, tau-Argus {low}..{high}")
        narrower += (our_low, our_high) != (low, high)
    if set(theirs) != set(table.hidden):
        wrong.append(f"tau-Argus answers for {len(theirs)} of {len(table.hidden)} hidden cells")
    print(
        f"{'not ' if wrong else ''}ok {number} {name}: {len(theirs)} hidden cells, knows {knows}, "
        f"{len(theirs) - narrower} ranges the same, {narrower} narrower here",
        flush=True,
    )
    for line in wrong:
        print(f"# {line}")
    return not wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("table", nargs="?")
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--knows", choices=audit_lp.LEVELS, default="sums")
    parser.add_argument("--hierarchy", action="append", default=[])
    arguments = parser.parse_args()
    if arguments.table:
        table = audit_lp.Publication.read(arguments.table, arguments.hierarchy)
        options = [part for pair in arguments.hierarchy for part in ("--hierarchy", pair)]
        name = f"tauargus: {os.path.basename(arguments.table)}"
        print("1..1")
        return compare(1, name, table, arguments.knows, arguments.build, arguments.table, options)
    fine = True
    count = number = 0
    print(f"1..{arguments.tables}")
    while count < arguments.tables:
        number += 1
        truth = audit_lp.Truth(arguments.seed * 1000003 + number)
        if truth.distinct:
            continue  # the format knows equations only
        count += 1
        # each level now and then, and sums on every other table
        knows = truth.knows if number % 2 else "sums"
        with tempfile.TemporaryDirectory() as folder:
            path, options = truth.write(folder)
            table = audit_lp.Publication.read(path, options[1::2])
            name = f"tauargus: table {number} of seed {arguments.seed}"
            fine &= compare(count, name, table, knows, arguments.build, path, options)
    return fine


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
