#!/usr/bin/python3
"""Judges ddg-suppress --published: random tables beside releases and linked tables that are out already.

A table of counts by up to three dimensions is drawn.  Some of its margins are masked by themselves, with options of their
own: they are what is published.  Then the table, or a margin of it, is masked beside them.  The judge knows the manuals and
not the code: every count is a sum of the cells of the whole table, which are whole and not negative; he reads all that is
printed and asks integer programs (HiGHS) for the smallest and the largest value of each hidden count, once from all files and
once from those that were published before.  Small counts of the new table have to keep three values and others two, or as
many as they had left.

    tests/oracle/published.py BUILD [--tables N] [--seed N] [--blind]

With --blind the table is masked as if nothing were published: then something has to be found.  Prints a line for each table,
"ok" or "not ok", and why.
"""
import csv
import itertools
import os
import random
import subprocess

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp

import judging

NAMES = "abc"
THRESHOLD = 11
FAR = 10**6


def draw(rng):
    """The cells of a table, most of them small in some tables and large in others."""
    sizes = [rng.randint(2, 4) for _ in range(rng.choice([1, 2, 2, 2, 3]))]
    zero, small = rng.choice([(35, 40), (10, 30), (60, 30), (5, 10), (0, 15)])
    cells = {}
    for cell in itertools.product(*[[f"{NAMES[d]}{i}" for i in range(size)] for d, size in enumerate(sizes)]):
        at = rng.randint(1, 100)
        cells[cell] = 0 if at <= zero else rng.randint(1, 10) if at <= zero + small else rng.randint(11, 300)
    return cells


def margin(cells, dims):
    """All sums of a table by some of its dimensions, as {labels, None for a total: count}."""
    sums = {}
    for cell, count in cells.items():
        for labels in itertools.product(*[(label, None) if d in dims else (None,) for d, label in enumerate(cell)]):
            sums[labels] = sums.get(labels, 0) + count
    return sums


def write(path, dims, sums):
    with open(path, "w", encoding="utf-8") as file:
        print(*[NAMES[d] for d in dims], "count", sep=",", file=file)
        for labels, count in sums.items():
            print(*[labels[d] or "Total" for d in dims], count, sep=",", file=file)


def mask(build, source, target, *options):
    call = [os.path.join(build, "ddg-suppress"), *options, "-o", target, source]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


def take(path, dimensions):
    """What a masked table says: [(labels, low, high)]."""
    with open(path, newline="", encoding="utf-8") as stream:
        fields = list(csv.DictReader(stream))
    told = []
    for field in fields:
        labels = tuple(None if field.get(NAMES[d], "Total") == "Total" else field[NAMES[d]] for d in range(dimensions))
        low, high = 1, FAR
        if field["count"]:
            low = high = int(field["count"])
        elif "or" not in field["annotation_description"].split():
            low, high = (1, THRESHOLD - 1) if field["annotation"] == "1" else (THRESHOLD, FAR)
        told.append((labels, low, high))
    return told


class Reader:
    """Knows what some tables say."""

    def __init__(self, cells, told):
        self.cells = cells
        rows = [self.row(labels) for labels, _, _ in told]
        self.known = LinearConstraint(numpy.array(rows), [low for _, low, _ in told], [high for _, _, high in told])

    def row(self, labels):
        return [all(want in (None, have) for want, have in zip(labels, cell)) for cell in self.cells]

    def values(self, labels):
        """How many values a count can have."""
        ends = []
        for sign in (1, -1):
            answer = milp(sign * numpy.array(self.row(labels), dtype=float), constraints=self.known,
                          integrality=numpy.ones(len(self.cells)), bounds=Bounds(0, FAR))
            assert answer.status == 0, answer.message
            ends.append(round(sign * answer.fun))
        return ends[1] - ends[0] + 1


def judge(cells, today, before):
    """The first count that what is published today takes more from than it may."""
    dimensions = len(next(iter(cells)))
    everything, earlier = Reader(cells, today + before), Reader(cells, before)
    truth = margin(cells, range(dimensions))
    hidden = {labels for labels, low, high in today + before if low != high}
    for labels in sorted(hidden, key=str):
        wanted = 3 if labels in {one for one, low, high in today if low != high} and truth[labels] < THRESHOLD else 2
        left = everything.values(labels)
        if left < wanted and left < earlier.values(labels):
            return f"{labels} keeps {left} values"
    return None


def one(build, seed, blind, folder):
    rng = random.Random(seed)
    cells = draw(rng)
    dimensions = range(len(next(iter(cells))))
    published, before = [], []
    for number in range(rng.choice([1, 1, 2])):
        dims = sorted(rng.sample(dimensions, rng.randint(1, len(dimensions))))
        # three margins that cross can give away more than what they share
        if number > 0 and len(dims) > 1:
            dims = dims[:1]
        source, target = (os.path.join(folder, f"{name}{number}.csv") for name in ("source", "published"))
        write(source, dims, margin(cells, dims))
        options = ["--codes", rng.choice(["merged", "separate"]), "--min-values", rng.choice(["2", "3,2"]),
                   "--cost", rng.choice(["count", "cells"])]
        status, _ = mask(build, source, target, *options)
        if status == 0:
            published += ["--published", target]
            before += take(target, len(dimensions))
    dims = sorted(rng.sample(dimensions, rng.randint(1, len(dimensions))))
    source, target = (os.path.join(folder, f"{name}.csv") for name in ("table", "masked"))
    write(source, dims, margin(cells, dims))
    status, message = mask(build, source, target, *([] if blind else published))
    if not before or status != 0:
        return "ok, without a table: " + message if status in (0, 2) else f"status {status}"
    wrong = judge(cells, take(target, len(dimensions)), before)
    return f"not ok: {wrong}" if wrong else "ok"


if __name__ == "__main__":
    judging.each(one, ["published"])
