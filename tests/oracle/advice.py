#!/usr/bin/python3
"""What ddg-threshold --advise says of coarser tables, held to those tables.

Random tables are given to ddg-threshold --advise.  Each table that a line of advice speaks of is
made here, from the manual alone: it has to have the score, the numbers of small counts and of small
populations that the line says, and the decision.

    advice.py BUILD TABLES [SEED]
"""

import csv
import json
import os
import random
import re
import subprocess
import sys

COUNTIES = ["Alpine", "Modoc", "Inyo", "Kern", "Fresno", "Orange"]
REGION = {"Alpine": "East", "Inyo": "East", "Modoc": "North", "Kern": "South", "Fresno": "South",
          "Orange": "South"}
BANDS = ["0-4", "5-9", "10-14", "15-17", "18-44", "45-64", "65+"]
REGULAR = ["0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45+"]
POPULATIONS = [900, 8000, 15000, 20000, 30000, 400000]
LINE = re.compile(r"ddg-threshold: advice: (.*): score (-?\d+), "
                  r"(?:no small cells|(?=\d)(?:(\d+) small cells?)?(?:(?: and |(?=\d))(\d+) cells? with a "
                  r"small population)?(, which need not be masked)?); \d+ % of the information is kept$")


class Table:
    """Rows are dictionaries of labels and a count; `leaves` has the finest labels of each column.

    `people` has the population of each row, where a column has them, and `added` the columns in which
    cells that differ in nothing else have different ones: there they are added up, but not over time.
    """

    def __init__(self, columns, leaves, rows):
        self.columns, self.leaves, self.rows = columns, leaves, rows
        self.parent = {}  # of each column with a hierarchy: label to parent
        self.people, self.added = None, set()
        self.in_file = False  # the populations stand there, not in a column

    def write(self, path):
        with open(path, "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out, lineterminator="\n")
            has_column = self.people and not self.in_file
            writer.writerow(self.columns + ["count"] + ["people"] * bool(has_column))
            for labels, count in self.rows.items():
                people = [self.people[labels]] if has_column else []
                writer.writerow(list(labels) + [count] + people)


def sums_of(labels, parents):
    """The labels of a row and all totals of it that a table may print."""
    ways = [()]
    for column, label in enumerate(labels):
        mine = [label] + [up for up in (parents.get(column, {}).get(label), "Total") if up]
        ways = [way + (each,) for way in ways for each in mine]
    return ways


def random_table(chance):
    """A table, and the arguments that describe it."""
    columns, leaves, arguments, files = [], [], [], {}
    parents = {}
    kinds = chance.sample(["age", "sex", "county", "time", "language"], chance.randint(1, 4))
    for kind in kinds:
        at = len(columns)
        if kind == "age":
            bands = chance.choice([BANDS, REGULAR])
            first = chance.randint(0, 3)
            columns.append("age_group")
            leaves.append(bands[first:first + chance.randint(2, 7)])
        elif kind == "sex":
            columns.append("sex")
            leaves.append(["Male", "Female"])
        elif kind == "language":
            columns.append("language")
            leaves.append(["English", "Spanish", "Korean"])
        elif kind == "county":
            columns.append("county")
            leaves.append(chance.sample(COUNTIES, chance.randint(2, 5)))
            if chance.random() < 0.7:
                parents[at] = REGION
                files["regions.csv"] = "child,parent\n" + "".join(
                    f"{child},{up}\n" for child, up in REGION.items())
                arguments += ["--hierarchy", "county=regions.csv"]
        else:
            years = range(2019, 2019 + chance.randint(1, 3))
            columns.append("period")
            parts = chance.choice([[""], ["Q1", "Q2", "Q3", "Q4"], ["H1", "H2"], ["Q1", "Q2"]])
            leaves.append([f"{year}{part}" for year in years for part in parts])
    if "time" not in kinds and chance.random() < 0.7:
        arguments += ["--period", chance.choice(["2020", "2016-2020", "2020Q1"])]
    if "county" not in kinds and chance.random() < 0.7:
        arguments.append("--statewide")
    if chance.random() < 0.2:
        arguments.append("--high-risk")

    cells = {()}
    for labels in leaves:
        cells = {cell + (label,) for cell in cells for label in labels}
    printed = chance.choice(["none", "all", "some"])
    kept = {column: chance.random() < 0.5 for column in range(len(columns))}
    all_rows = {}
    for cell in sorted(cells):
        count = chance.choice([0, 1, 2, 3, 5, 8, 12, 30, 100, 3000])
        for way in sums_of(cell, parents):
            all_rows[way] = all_rows.get(way, 0) + count
    rows = {}
    for way, count in all_rows.items():
        up = [at for at, label in enumerate(way) if label not in leaves[at]]
        if not up or printed == "all" or (printed == "some" and all(kept[at] for at in up)):
            rows[way] = count
    table = Table(columns, leaves, rows)
    table.parent = parents
    add_people(chance, table, arguments, files)
    return table, arguments, files


def add_people(chance, table, arguments, files):
    """Populations of cells or of areas in a column, or of counties in a file, or none."""
    way = chance.choice(["none", "cells", "areas", "file"])
    area = table.columns.index("county") if "county" in table.columns else None
    if way == "none" or (way != "cells" and area is None):
        return
    if way == "file":
        keys = sorted({area, chance.randrange(len(table.columns))})
        # a total has all counties that a hierarchy names
        all_of = {at: COUNTIES if at == area and area in table.parent else table.leaves[at] for at in keys}
        of_key = {()}
        for at in keys:
            of_key = {key + (label,) for key in of_key for label in all_of[at]}
        of_key = {key: chance.choice(POPULATIONS) for key in sorted(of_key)}
        files["population.csv"] = ",".join(table.columns[at] for at in keys) + ",population\n" + "".join(
            f"{','.join(cell)},{people}\n" for cell, people in sorted(of_key.items()))
        arguments += ["--population", "population.csv"]
        table.in_file, table.added = True, {at for at in keys if table.columns[at] != "period"}
        table.people = {}
        for row in table.rows:
            parts = [()]
            for at in keys:
                parts = [part + (label,) for part in parts for label in all_of[at]
                         if row[at] in (label, "Total", table.parent.get(at, {}).get(label))]
            table.people[row] = sum(of_key[part] for part in parts)
        return
    fixed = [at for at, name in enumerate(table.columns)
             if name == "period" or (way == "areas" and at != area)]
    of_leaf = {}
    table.people = {}
    for row in table.rows:
        finest = [tuple(table.leaves[at][0] if at in fixed else label for at, label in enumerate(cell))
                  for cell in leaves_of(table, row)]
        for leaf in finest:
            if leaf not in of_leaf:
                of_leaf[leaf] = chance.choice(POPULATIONS)
        table.people[row] = sum(of_leaf[leaf] for leaf in set(finest))
    table.added = {at for at in range(len(table.columns)) if at not in fixed and differs(table, at)}
    arguments += ["--population", "people"]


def leaves_of(table, row):
    """The finest cells that a row is the sum of."""
    cells = [()]
    for at, label in enumerate(row):
        mine = [leaf for leaf in table.leaves[at]
                if label in (leaf, "Total", table.parent.get(at, {}).get(leaf))]
        cells = [cell + (leaf,) for cell in cells for leaf in mine]
    return cells


def differs(table, at):
    """Whether rows that differ in this column alone, and are of its finest labels, have different people."""
    found = {}
    for row, people in table.people.items():
        if row[at] in table.leaves[at]:
            found.setdefault(row[:at] + row[at + 1:], set()).add(people)
    return any(len(people) > 1 for people in found.values())


def rename(table, at, new):
    """Gives rows of a column new labels; `new` has None for a column that goes, which keeps totals.

    A row that has the new label already is the sum of the others; else the finest rows are added up.
    """
    drop = new is None
    groups, people = {}, {}
    for labels, count in table.rows.items():
        label = labels[at]
        to = "Total" if drop else new.get(label, label)
        key = labels[:at] + (() if drop else (to,)) + labels[at + 1:]
        if label == to:
            height = 0
        else:
            height = 1 if label in table.leaves[at] else 2
        groups.setdefault(key, []).append((height, count, labels))
    rows = {}
    for key, found in groups.items():
        nearest = min(height for height, _, _ in found)
        rows[key] = sum(count for height, count, _ in found if height == nearest)
        if table.people:
            parts = [table.people[labels] for height, _, labels in found if height == nearest]
            people[key] = sum(parts) if at in table.added else min(parts)
    columns, leaves, parent = list(table.columns), list(table.leaves), dict(table.parent)
    added = table.added
    if drop:
        del columns[at], leaves[at]
        added = {column - (column > at) for column in added if column != at}
        parent = {column - (column > at): up for column, up in parent.items() if column != at}
    else:
        leaves[at] = sorted({new.get(label, label) for label in leaves[at]})
    made = Table(columns, leaves, rows)
    made.parent, made.people, made.added = parent, people or None, added
    return made


def ends(band):
    low = int(band.rstrip("+").split("-")[0])
    return low, None if band.endswith("+") else int(band.split("-")[-1])


def merged(bands):
    low, high = ends(bands[0])[0], ends(bands[-1])[1]
    return f"{low}+" if high is None else f"{low}-{high}"


def bands_of(table, name):
    return sorted(table.leaves[table.columns.index(name)], key=ends)


def widen(table, at, groups):
    """The table with one band for each group of bands."""
    new = {}
    for group in groups:
        if len(group) > 1:
            new.update({band: merged(group) for band in group})
    return rename(table, at, new)


def apply(table, step, arguments, original):
    """The table of one piece of advice, and the arguments that describe it."""
    if found := re.fullmatch(r"drop (\S+)", step):
        name = found[1]
        at = table.columns.index(name)
        arguments = without(arguments, f"{name}=regions.csv")
        if name == "period" and "--period" not in arguments:
            years = sorted(label[:4] for label in table.leaves[at])
            said = years[0] if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
            arguments = arguments + ["--period", said]
        return rename(table, at, None), arguments
    if found := re.fullmatch(r"merge each (two|three|four) bands of (\S+)", step):
        at = table.columns.index(found[2])
        bands, each = bands_of(original, found[2]), {"two": 2, "three": 3, "four": 4}[found[1]]
        return widen(table, at, [bands[first:first + each] for first in range(0, len(bands), each)]), arguments
    if found := re.fullmatch(r"take (\S+) together to bands of (\d+) years", step):
        at = table.columns.index(found[1])
        groups = {}
        for band in bands_of(original, found[1]):
            low, high = ends(band)
            if high is not None and high // int(found[2]) != low // int(found[2]):
                raise ValueError(f"{band} would be cut")
            groups.setdefault(low // int(found[2]), []).append(band)
        return widen(table, at, list(groups.values())), arguments
    if found := re.fullmatch(r"merge (\S+) through (\S+)", step):
        bands = bands_of(original, "age_group")
        run = bands[bands.index(found[1]):bands.index(found[2]) + 1]
        return widen(table, table.columns.index("age_group"), [run]), arguments
    if found := re.fullmatch(r"merge (\S+(?:, \S+)*) and (\S+)", step):
        bands = found[1].split(", ") + [found[2]]
        return widen(table, table.columns.index("age_group"), [bands]), arguments
    if found := re.fullmatch(r"take (\S+) together to years", step):
        at = table.columns.index(found[1])
        return rename(table, at, {label: label[:4] for label in table.leaves[at]}), arguments
    if found := re.fullmatch(r"take (\S+) together as its hierarchy does", step):
        at = table.columns.index(found[1])
        return rename(table, at, {label: REGION[label] for label in table.leaves[at]}), arguments
    raise ValueError(f"advice that nobody knows: {step}")


def without(arguments, value):
    if value not in arguments:
        return arguments
    at = arguments.index(value)
    return arguments[:at - 1] + arguments[at + 1:]


def assess(tool, table, arguments):
    """What the tool says of a table, whose populations stand in a column."""
    arguments = ["people" if argument == "population.csv" else argument for argument in arguments]
    table.write("coarser.csv")
    call = subprocess.run([tool, "--card", "card.json"] + arguments + ["coarser.csv"],
                          capture_output=True, text=True, check=False)
    if call.returncode:
        return call.stderr
    with open("card.json", encoding="utf-8") as card:
        read = json.load(card)
    small = sum(1 <= count <= 10 for count in table.rows.values())
    said, few = re.search(r"(\d+) of \d+ cells have a numerator.*, (\d+) fail", call.stderr).groups()
    if table.people:
        found = sum(people <= 20000 for people in table.people.values())
        few = few if int(few) == found else f"{found}, not {few}"
    elif "--population" not in arguments:
        few = "0"
    small = said if int(said) == small else f"{small}, not {said}"
    return read["total"], read["decision"], small, few


def judge(tool, table, arguments):
    """What is wrong with the advice on a table, and how many lines it had."""
    table.write("table.csv")
    call = subprocess.run([tool, "-q", "--advise"] + arguments + ["table.csv"],
                          capture_output=True, text=True, check=False)
    if call.returncode:
        return [call.stderr], 0
    wrong, count = [], 0
    for line in call.stderr.splitlines():
        found = LINE.match(line)
        if not found:
            if not re.search("advice: (nothing|stopped)", line):
                wrong.append(f"unknown: {line}")
            continue
        count += 1
        made, options = table, arguments
        for step in found[1].split("; "):
            made, options = apply(made, step, options, table)
        answer = assess(tool, made, options)
        small, few = found[3] or "0", found[4] or "0"
        released = found[5] is not None
        if (answer[0], *answer[2:]) != (int(found[2]), small, few) or \
                ((small, few) != ("0", "0") and released != (answer[1] == "release")):
            wrong.append(f"{line}\n  but {answer}")
    return wrong, count


def main():
    tool = os.path.join(os.path.abspath(sys.argv[1]), "ddg-threshold")
    tables, seed = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    lines = failed = 0
    for number in range(seed, seed + tables):
        table, arguments, files = random_table(random.Random(number))
        for name, text in files.items():
            with open(name, "w", encoding="utf-8") as out:
                out.write(text)
        wrong, count = judge(tool, table, arguments)
        lines += count
        for each in wrong:
            failed += 1
            print(f"not ok {number} ({' '.join(arguments)}): {each}")
    print(f"{tables} tables, {lines} lines of advice, {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
