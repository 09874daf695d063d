#!/usr/bin/python3
"""Judges ddg-suppress --partitions: random tables with two or three breakdowns of the same people side by side.

Each table is masked and attacked by ddg-audit, which is told the same: it must find nothing, and rows of the same total must
be shown or hidden alike, and its certificate must hold.  Some have three count columns that an equation joins.  Masked with --by in its place, as tables that have nothing in common, some must give something away.

    tests/oracle/partitions.py BUILD [--tables N] [--seed N]

A table may be refused where totals are public that it does not print.  Prints a line for each table, "ok" or "not ok", and
why, and at the end how many gave something away without --partitions.
"""
import csv
import subprocess

from check_certificate import Options, check
from judging import main

KINDS = ("age", "sex", "race")


def count(rng):
    return rng.choice([0, rng.randint(1, 10), rng.randint(11, 40), rng.randint(11, 200)])


def add(counts, cell, number):
    counts[cell] = [x + y for x, y in zip(counts.get(cell, [0] * len(number)), number)]


def draw(rng, columns):
    """The rows (county, kind, category, count) of a table, and whether it counts distinct persons."""
    distinct = not columns and rng.random() < 0.3
    printed = distinct or rng.random() < 0.6
    kinds = KINDS[: rng.randint(2, 3)]
    sizes = {kind: rng.randint(2, 4) for kind in kinds}
    counts = {}
    for county in ["c%d" % i for i in range(rng.randint(2, 4))]:
        people = [tuple(rng.randrange(sizes[kind]) for kind in kinds) for _ in range(rng.randint(1, 3))]
        for person in people:
            number = [count(rng)] if not columns else [count(rng), count(rng)]
            for kind, category in zip(kinds, person):
                # who is in two categories of a kind is one person
                for label in {"%s%d" % (kind, category), "%s%d" % (kind, category * (not distinct))}:
                    for place in (county, "Total"):
                        add(counts, (place, kind, label), number)
            for kind in kinds:
                for place in (county, "Total"):
                    add(counts, (place, kind, "Total"), number)
    if rng.random() < 0.3:
        counts.update({(place, "Total", "Total"): number for (place, kind, label), number in list(counts.items())
                       if kind == kinds[0] and label == "Total"})
    rows = [(*cell, *number, *([sum(number)] if columns else [])) for cell, number in counts.items() if printed or cell[0] != "Total" or rng.random() < 0.5]
    rng.shuffle(rows)
    return rows, distinct


class Judge:
    """One table, in a folder of its own."""

    def __init__(self, build, rng):
        self.build = build
        columns = rng.random() < 0.3
        self.rows, self.distinct = draw(rng, columns)
        self.options = ["--codes", rng.choice(["merged", "separate", "auto"])]
        self.rule = [] if rng.random() < 0.6 else ["--group-rule", "off"]
        if rng.random() < 0.2:
            self.options += ["--always", "type=" + rng.choice(self.rows)[1]]
        if rng.random() < 0.2:
            self.options += ["--cost", "cells"]
        self.table = ["--distinct"] if self.distinct else []
        self.names = ["women", "men", "all"] if columns else ["count"]
        if columns:
            self.table += ["--count", ",".join(self.names), "--equation", "women + men = all"]
        with open("table.csv", "w", encoding="utf-8") as out:
            print("county,type,value", *self.names, sep=",", file=out)
            for row in self.rows:
                print(*row, sep=",", file=out)

    def suppress(self, *options):
        return subprocess.run([f"{self.build}/ddg-suppress", "-q", "-o", "masked.csv", *self.table, *self.options, *self.rule,
                               *options, "table.csv"], capture_output=True, text=True, check=False)

    def audit(self):
        return subprocess.run([f"{self.build}/ddg-audit", "-q", *self.table, *self.rule, "--partitions", "type,value",
                               "masked.csv"], capture_output=True, text=True, check=False)

    def differ(self):
        """A total of which one row is shown and another is not, or None."""
        hidden = {}
        with open("masked.csv", newline="", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                codes = [text for name, text in row.items() if name.endswith("annotation")]
                if row["value"] == "Total" and hidden.setdefault(row["county"], codes) != codes:
                    return f"totals of {row['county']} differ"
        return None

    def certifies(self):
        """What is wrong with the certificate of the table, "" if nothing is."""
        texts = []
        for path in ("table.csv", "masked.csv", "certificate.csv"):
            with open(path, newline="", encoding="utf-8") as stream:
                texts.append(stream.read())
        # which of both kinds of codes --codes auto took, a checker has to be told
        if "auto" in self.options:
            return ""
        options = Options([*self.table, *self.options, "--partitions", "type,value"])
        return "; ".join(f"{fault.what} {fault.where}" for fault in check(*texts, options))

    def verdict(self):
        done = self.suppress("--partitions", "type,value", "--certificate", "certificate.csv")
        if done.returncode != 0:
            return None if "no way found to protect" in done.stderr else done.stderr.strip()
        found = self.audit()
        if found.returncode != 0:
            return found.stdout.strip() + found.stderr.strip()
        return self.differ() or self.certifies() or None

    def is_blind(self):
        return self.suppress("--nested", "type,value", "--by", "type", "--whole").returncode == 0 and self.audit().returncode == 1


main(Judge, 40, "--partitions")
