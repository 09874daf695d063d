#!/usr/bin/env python3
"""Masked tables for the benches.

    tables.py mask [--share PERCENT] [--seed N] TABLE
        adds all totals to a table of inner cells, hides every count of 1 to 10, and of the other
        counts above zero PERCENT, drawn at random

    tables.py synthetic [--side N] [--share PERCENT] [--seed N]
        a table of N x N x N cells with its totals among them, of which about PERCENT are hidden

    tables.py counts [--sides N,N...] [--share PERCENT] [--filled PERCENT] [--groups FILE] [--seed N]
        a table of N x N x N counts for ddg-suppress (100,100,100), without totals and nothing
        hidden, of which about PERCENT are small; where fewer than all cells are filled the others
        have no row, and are zeros; FILE becomes a hierarchy of the first dimension, ten to a group

The masks are naive, and leave cells to find.  Codes are merged.
"""

import argparse
import csv
import itertools
import random
import sys

TOTAL = "Total"
NAMES = "abcdef"
SMALL = range(1, 11)
DESCRIPTION = "small number or complementary"


def write_row(out, cell, count, hidden):
    out.writerow([*cell, "" if hidden else count, *((1, DESCRIPTION) if hidden else ("", ""))])


def write_header(dims):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*dims, "count", "annotation", "annotation_description"])
    return out


def mask(arguments):
    rng = random.Random(arguments.seed)
    with open(arguments.table, newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        at = header.index("count")
        counts = {}
        for record in reader:
            for cell in itertools.product(*((label, TOTAL) for label in record[:at])):
                counts[cell] = counts.get(cell, 0) + int(record[at])
    out = write_header(header[:at])
    for cell, count in sorted(counts.items()):
        hidden = count in SMALL or (count > 0 and rng.random() * 100 < arguments.share)
        write_row(out, cell, count, hidden)


def synthetic(arguments):
    """Counts are exponential: about two of five hidden cells are small, the others are drawn."""
    rng = random.Random(arguments.seed)
    side = arguments.side - 1
    small = arguments.share * 0.4 / 100
    mean = 10.5 / small
    counts = {}
    labels = [f"{i:03}" for i in range(side)]
    for cell in itertools.product(labels, repeat=3):
        count = int(rng.expovariate(1 / mean))
        for above in itertools.product(*((label, TOTAL) for label in cell)):
            counts[above] = counts.get(above, 0) + count
    out = write_header(["a", "b", "c"])
    for cell, count in counts.items():
        hidden = count in SMALL or (count > 0 and rng.random() * 100 < arguments.share * 0.6)
        write_row(out, cell, count, hidden)


def counts(arguments):
    rng = random.Random(arguments.seed)
    mean = len(SMALL) / (arguments.share / 100)
    sides = [int(side) for side in arguments.sides.split(",")]
    labels = [[f"{i:03}" for i in range(side)] for side in sides]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*NAMES[: len(sides)], "count"])
    for cell in itertools.product(*labels):
        if arguments.filled >= 100 or rng.random() * 100 < arguments.filled:
            out.writerow([*cell, int(rng.expovariate(1 / mean))])
    if arguments.groups:
        with open(arguments.groups, "w", encoding="utf-8") as groups:
            print("child,parent", file=groups)
            for label in labels[0]:
                print(f"{label},g{label[:-1]}", file=groups)


def main():
    parser = argparse.ArgumentParser()
    kinds = parser.add_subparsers(required=True)
    for name, make in (("mask", mask), ("synthetic", synthetic), ("counts", counts)):
        kind = kinds.add_parser(name)
        kind.set_defaults(make=make)
        kind.add_argument("--share", type=float, default=15 if make is mask else 5)
        kind.add_argument("--seed", type=int, default=1)
        if make is mask:
            kind.add_argument("table")
        elif make is synthetic:
            kind.add_argument("--side", type=int, default=100)
        else:
            kind.add_argument("--sides", default="100,100,100")
            kind.add_argument("--filled", type=float, default=100)
            kind.add_argument("--groups")
    arguments = parser.parse_args()
    arguments.make(arguments)


if __name__ == "__main__":
    main()
