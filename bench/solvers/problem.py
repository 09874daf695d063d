#!/usr/bin/env python3
"""The linear system that a masked table leaves to its readers, as bench/solvers/solvers.c takes it.

    problem.py [--dims LIST] [--hierarchy DIM=FILE]... TABLE

Prints the numbers of unknowns, rows and factors; then by unknowns where each begins, the row and
the factor of each term; then what the rows add up to.  An unknown is a hidden cell, and 1 or more;
a row is a line with hidden cells.  All totals have to be printed.
"""

import argparse
import csv

TOTAL = "Total"


def read_parents(hierarchies):
    parents = {}
    for hierarchy in hierarchies:
        dim, _, path = hierarchy.partition("=")
        with open(path, newline="", encoding="utf-8") as stream:
            parents[dim] = dict(csv.reader(stream))
    return parents


def read_cells(path, dims):
    with open(path, newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        at = header.index("count")
        dims = dims or header[:at]
        columns = [header.index(dim) for dim in dims]
        cells = {tuple(r[c] for c in columns): int(r[at]) if r[at] else None for r in reader}
    return dims, cells


def find_lines(dims, cells, parents):
    lines = {}
    for cell in cells:
        for dim, label in enumerate(cell):
            if label != TOTAL:
                above = parents.get(dims[dim], {}).get(label, TOTAL)
                lines.setdefault((cell[:dim] + (above,) + cell[dim + 1 :], dim), []).append(cell)
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table")
    parser.add_argument("--dims", default="")
    parser.add_argument("--hierarchy", action="append", default=[])
    arguments = parser.parse_args()
    dims, cells = read_cells(arguments.table, arguments.dims.split(",") if arguments.dims else None)
    hidden = {cell: [] for cell, count in cells.items() if count is None}
    right = []
    for (total, _), parts in find_lines(dims, cells, read_parents(arguments.hierarchy)).items():
        terms = [(part, 1) for part in parts] + [(total, -1)]
        if any(cell in hidden for cell, _ in terms):
            for cell, sign in terms:
                if cell in hidden:
                    hidden[cell].append((len(right), sign))
            right.append(-sum(sign * cells[cell] for cell, sign in terms if cell not in hidden))
    starts = [0]
    for terms in hidden.values():
        starts.append(starts[-1] + len(terms))
    terms = [term for own in hidden.values() for term in own]
    print(len(hidden), len(right), len(terms))
    print(*starts)
    print(*(row for row, _ in terms))
    print(*(factor for _, factor in terms))
    print(*right)


if __name__ == "__main__":
    main()
