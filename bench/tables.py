#!/usr/bin/env python3
"""Masked tables for the benches.

    tables.py mask [--share PERCENT] [--seed N] TABLE
        adds all totals to a table of inner cells, hides every count of 1 to 10, and of the other
        counts above zero PERCENT, drawn at random

    tables.py synthetic [--side N] [--share PERCENT] [--seed N]
        a table of N x N x N cells with its totals among them, of which about PERCENT are hidden

    tables.py counts [--side N] [--share PERCENT] [--seed N]
        a table of N x N x N counts for ddg-suppress, without totals and nothing hidden, of which
        about PERCENT are small

The masks are naive, and leave cells to find.  Codes are merged.
"""

import argparse
import csv
import itertools
import random
import sys

TOTAL = "Total"
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
    labels = [f"{i:03}" for i in range(arguments.side)]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["a", "b", "c", "count"])
    for cell in itertools.product(labels, repeat=3):
        out.writerow([*cell, int(rng.expovariate(1 / mean))])


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
        else:
            kind.add_argument("--side", type=int, default=100)
    arguments = parser.parse_args()
    arguments.make(arguments)


if __name__ == "__main__":
    main()
