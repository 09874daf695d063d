#!/usr/bin/python3
"""Judges ddg-suppress --equation: random tables of three to five count columns that equations join.

Each table is masked with its equations and attacked by ddg-audit, which knows them too: it must find nothing, and its certificate must hold.  Masked
without them, as the columns by themselves, many tables must give something away.  Each equation has to be said to both in
the same words.

    tests/oracle/equations.py BUILD [--tables N] [--seed N]

A table may be refused only where totals are public that it does not print.  Prints a line for each table, "ok" or "not ok",
and why, and at the end how many gave something away without equations.
"""
import itertools
import subprocess

from check_certificate import Options, check
from judging import main

SHAPES = [
    ("abc", ["a + b = c"]),
    ("abcd", ["a + b = c + d"]),
    ("abcde", ["a + b = c", "c + d = e"]),
    ("abcd", ["c = a + b", "a + d = b"]),
    ("abcde", ["a + b = c + d", "a + c = e"]),
]


def count(rng):
    return rng.choice([0, rng.randint(1, 10), rng.randint(1, 10), rng.randint(11, 40), rng.randint(11, 400)])


def draw_row(rng, shape):
    """The counts of a row for which the equations of the shape hold."""
    a, b = count(rng), count(rng)
    if shape == 0:
        return [a, b, a + b]
    if shape == 2:
        d = count(rng)
        return [a, b, a + b, d, a + b + d]
    if shape == 3:
        return [a, a + b, a + a + b, b]
    c = rng.randint(0, a + b)
    return [a, b, c, a + b - c] + ([a + c] if shape == 4 else [])


def draw(rng, shape, totals):
    """The rows of a table with all its totals, or with none."""
    sizes = [rng.randint(2, 4) for _ in range(rng.randint(1, 2))]
    rows = {}
    for place in itertools.product(*[range(size) for size in sizes]):
        counts = draw_row(rng, shape)
        for above in itertools.product([False, True], repeat=len(sizes)):
            if any(above) and not totals:
                continue
            row = tuple("Total" if up else f"x{i}" for up, i in zip(above, place))
            rows[row] = [x + y for x, y in zip(rows.get(row, [0] * len(counts)), counts)]
    return ["uv"[: len(sizes)], rows]


def write(path, dims, names, rows):
    with open(path, "w", encoding="utf-8") as out:
        print(",".join([*dims, *names]), file=out)
        for row, counts in rows.items():
            print(",".join([*row, *map(str, counts)]), file=out)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Judge:
    """One table, in a folder of its own."""

    def __init__(self, build, rng):
        self.build = build
        self.shape = rng.randrange(len(SHAPES))
        self.names, self.equations = SHAPES[self.shape]
        self.totals = rng.choice(["printed", "printed", "implied", "none", "add"])
        self.separate = rng.random() < 0.5
        self.rule = [] if rng.random() < 0.6 else ["--group-rule", "off"]
        dims, rows = draw(rng, self.shape, self.totals == "printed")
        write("table.csv", dims, self.names, rows)

    def suppress(self, *options):
        totals = [] if self.totals == "printed" else ["--totals", self.totals]
        codes = "separate" if self.separate else "merged"
        done = run(f"{self.build}/ddg-suppress", "-q", "--codes", codes, "--count", ",".join(self.names),
                   *totals, *self.rule, *options, "table.csv")
        with open("masked.csv", "w", encoding="utf-8") as out:
            out.write(done.stdout)
        return done

    def certifies(self):
        """What is wrong with the certificate of the table, "" if nothing is."""
        codes = "separate" if self.separate else "merged"
        totals = [] if self.totals == "printed" else ["--totals", self.totals]
        texts = []
        for path in ("table.csv", "masked.csv", "certificate.csv"):
            with open(path, newline="", encoding="utf-8") as stream:
                texts.append(stream.read())
        options = Options(["--codes", codes, "--count", ",".join(self.names), *totals, *self.said()])
        return "; ".join(f"{fault.what} {fault.where}" for fault in check(*texts, options))

    def said(self):
        return [word for equation in self.equations for word in ("--equation", equation)]

    def audit(self):
        knows = ["codes", "--min-values", "3,2"] if self.separate else ["zeros", "--codes", "merged"]
        totals = ["--totals", "implied"] if self.totals == "implied" else []
        return run(f"{self.build}/ddg-audit", "--count", ",".join(self.names), *totals, *self.rule, *self.said(),
                   "--knows", *knows, "masked.csv")

    def verdict(self):
        done = self.suppress(*self.said(), "--certificate", "certificate.csv")
        if done.returncode != 0:
            excused = self.totals == "implied" and "no way found to protect" in done.stderr
            return None if excused else done.stderr.strip()
        faults = self.certifies()
        if faults:
            return faults
        found = self.audit()
        # what the auditor leaves undecided is no finding
        wrong = [line for line in found.stdout.splitlines()[1:] if ",undecided," not in line]
        return "; ".join(wrong) or (None if found.returncode != 2 or found.stdout else found.stderr.strip())

    def is_blind(self):
        return self.suppress().returncode == 0 and self.audit().returncode == 1


main(Judge, 60, "equations")
