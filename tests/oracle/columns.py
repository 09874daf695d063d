#!/usr/bin/python3
"""Judges ddg-suppress --equation with --published: random tables of count columns that equations join, beside releases and
linked tables of all or some of these columns that are out already.

A table of up to two dimensions and three to five columns is drawn.  Some of its margins, of some of its columns, are masked
by themselves: they are what is published.  Then the table, or a margin of it, is masked beside them with its equations.  The
judge knows the manuals and not the code: the counts of each column are whole and not negative, those of the columns of an
equation add up in every cell; he reads all that is printed and asks integer programs (HiGHS) for the smallest and the largest
value of each hidden count, once from all files and once from those that were published before.  Small counts of the new
table have to keep three values and others two, or as many as they had left.

    tests/oracle/columns.py BUILD [--tables N] [--seed N] [--blind published | equation]

With --blind the table is masked without what is published, or without the equations: then something has to be found.  Prints
a line for each table, "ok" or "not ok", and why.
"""
import csv
import itertools
import os
import random

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp

import judging
from published import THRESHOLD, mask

NAMES = "uv"
FAR = 10**5
# columns, and equations as (text, factors of the columns)
SHAPES = [
    ("abc", [("a + b = c", (1, 1, -1))]),
    ("abcd", [("a + b = c + d", (1, 1, -1, -1))]),
    ("abcde", [("a + b = c", (1, 1, -1, 0, 0)), ("c + d = e", (0, 0, 1, 1, -1))]),
]


def count(rng):
    return rng.choice([0, rng.randint(1, 10), rng.randint(1, 10), rng.randint(11, 40), rng.randint(11, 300)])


def draw_cell(rng, shape):
    a, b, d = count(rng), count(rng), count(rng)
    if shape == 1:
        c = rng.randint(0, a + b)
        return [a, b, c, a + b - c]
    return [a, b, a + b] + ([d, a + b + d] if shape == 2 else [])


def margin(cells, dims):
    """All sums by some dimensions, as {labels, None for a total: counts of the columns}."""
    sums = {}
    for cell, counts in cells.items():
        for labels in itertools.product(*[(label, None) if d in dims else (None,) for d, label in enumerate(cell)]):
            sums[labels] = [x + y for x, y in zip(sums.get(labels, [0] * len(counts)), counts)]
    return sums


class Table:
    """One table, in a folder of its own."""

    def __init__(self, build, rng, folder):
        self.build, self.rng, self.folder = build, rng, folder
        self.shape = rng.randrange(len(SHAPES))
        self.columns, self.equations = SHAPES[self.shape]
        sizes = [rng.randint(2, 3) for _ in range(rng.choice([1, 1, 2]))]
        places = itertools.product(*[[f"{NAMES[d]}{i}" for i in range(size)] for d, size in enumerate(sizes)])
        self.cells = {place: draw_cell(rng, self.shape) for place in places}
        self.dimensions = range(len(sizes))
        self.unknowns = [(place, k) for place in self.cells for k in range(len(self.columns))]

    def publish(self, name, dims, columns, *options):
        """Masks a margin of some columns; what it then says, as [(labels, column, low, high)], and the status and message."""
        source, target = (os.path.join(self.folder, f"{name}{end}.csv") for end in ("", "-masked"))
        with open(source, "w", encoding="utf-8") as file:
            print(*[NAMES[d] for d in dims], *columns, sep=",", file=file)
            for labels, counts in margin(self.cells, dims).items():
                chosen = [counts[self.columns.index(column)] for column in columns]
                print(*[labels[d] or "Total" for d in dims], *chosen, sep=",", file=file)
        status, message = mask(self.build, source, target, "--count", ",".join(columns), *options)
        return (self.take(target, columns) if status == 0 else []), status, message, target

    def said(self, columns):
        """The equations of which all columns are there."""
        whole = [text for text, factors in self.equations
                 if all(column in columns for column, factor in zip(self.columns, factors) if factor)]
        return [word for text in whole for word in ("--equation", text)]

    def take(self, path, columns):
        with open(path, newline="", encoding="utf-8") as stream:
            fields = list(csv.DictReader(stream))
        told = []
        for field in fields:
            labels = tuple(None if field.get(NAMES[d], "Total") == "Total" else field[NAMES[d]] for d in self.dimensions)
            for column in columns:
                before = f"{column}_" if len(columns) > 1 else ""
                low, high = 1, FAR
                if field[column]:
                    low = high = int(field[column])
                elif "or" not in field[before + "annotation_description"].split():
                    low, high = (1, THRESHOLD - 1) if field[before + "annotation"] == "1" else (THRESHOLD, FAR)
                told.append((labels, self.columns.index(column), low, high))
        return told

    def row(self, labels, column):
        return [k == column and all(want in (None, have) for want, have in zip(labels, place)) for place, k in self.unknowns]

    def values(self, told, labels, column):
        """How many values a count can have for who reads all that is told."""
        rows = [self.row(*one[:2]) for one in told]
        lows, highs = [one[2] for one in told], [one[3] for one in told]
        for place in self.cells:
            for _, factors in self.equations:
                rows.append([factors[k] if at == place else 0 for at, k in self.unknowns])
                lows.append(0)
                highs.append(0)
        ends = []
        for sign in (1, -1):
            # simplified first, some such problems are said to have no solution that have one
            answer = milp(sign * numpy.array(self.row(labels, column), dtype=float),
                          constraints=LinearConstraint(numpy.array(rows, dtype=float), lows, highs),
                          integrality=numpy.ones(len(self.unknowns)), bounds=Bounds(0, FAR), options={"presolve": False})
            assert answer.status == 0, answer.message
            ends.append(round(sign * answer.fun))
        return ends[1] - ends[0] + 1

    def judge(self, today, before):
        """The first count that what is published today takes more from than it may."""
        truth = margin(self.cells, self.dimensions)
        hidden = sorted({one[:2] for one in today + before if one[2] != one[3]}, key=str)
        ours = {one[:2] for one in today if one[2] != one[3]}
        for labels, column in hidden:
            small = (labels, column) in ours and truth[labels][column] < THRESHOLD
            left = self.values(today + before, labels, column)
            if left < (3 if small else 2) and left < self.values(before, labels, column):
                return f"{labels} {self.columns[column]} keeps {left} values"
        return None


def one(build, seed, blind, folder):
    rng = random.Random(seed)
    table = Table(build, rng, folder)
    published, before = [], []
    for number in range(rng.choice([1, 1, 2])):
        dims = sorted(rng.sample(table.dimensions, rng.randint(1, len(table.dimensions))))
        columns = table.columns
        if rng.random() < 0.5:
            columns = "".join(sorted(rng.sample(columns, rng.randint(1, len(columns)))))
        options = ["--codes", rng.choice(["merged", "separate"]), "--cost", rng.choice(["count", "cells"])]
        told, status, _, target = table.publish(f"out{number}", dims, columns, *table.said(columns), *options)
        if status == 0:
            published += ["--published", target]
            before += told
    dims = sorted(rng.sample(table.dimensions, rng.randint(1, len(table.dimensions))))
    options = ["--codes", rng.choice(["merged", "separate"])]
    options += [] if blind == "published" else published
    options += [] if blind == "equation" else table.said(table.columns)
    told, status, message, _ = table.publish("today", dims, table.columns, *options)
    if not before or status != 0:
        return "ok, without a table: " + message if status in (0, 2) else f"not ok: status {status}"
    wrong = table.judge(told, before)
    return f"not ok: {wrong}" if wrong else "ok"


if __name__ == "__main__":
    judging.each(one, ["published", "equation"])
