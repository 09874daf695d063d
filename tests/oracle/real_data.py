#!/usr/bin/env python3
"""Figures of the published data, worked out from the files themselves, for tests/real.bats.

    real_data.py persons ENCOUNTERS COUNTED        ddg-count has every distinct person right
    real_data.py masked-persons COUNTED MASKED     nothing is given away, nothing else is hidden
    real_data.py small GRIEVANCES                  counts of 1 to 10, per measure, and rows with any
    real_data.py denominators GRIEVANCES COUNTIES  rows of areas with too few people, or of unknown
    real_data.py naive GRIEVANCES MASKED           masks the small counts of the first measure alone
                                                   and prints what that gives away
    real_data.py masked GRIEVANCES MASKED          as above, for every measure and year
    real_data.py hidden FILE COLUMN                blank counts
    real_data.py repeats FILE COLUMN               rows that repeat the dimensions of another
    real_data.py statewide FILE                    lines of counties and the state that leave no choice
"""

import csv
import itertools
import sys
from collections import Counter, defaultdict

from second_opinion import SMALL, TOTAL, Attack, Table

CONCERN = "Confidentiality Concern"
SPELLINGS = {
    "Confidentiality Concern ": CONCERN,
    "Confidentialty Concern": CONCERN,
    "Confidentiality  Concern": CONCERN,
    "Other ": "Other",
}
MEASURES = range(4, 9)


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))


def persons(encounters, counted):
    cells, events = defaultdict(set), Counter()
    for record in read(encounters)[1:]:
        for cell in itertools.product(*((label, TOTAL) for label in record[1:4])):
            cells[cell].add(record[0])
            events[cell] += 1
    wanted = {(*cell, str(len(people)), str(events[cell])) for cell, people in cells.items()}
    rows = read(counted)[1:]
    got = {tuple(row) for row in rows}
    if got != wanted or len(rows) != len(wanted):
        sys.exit(f"differ: {sorted(got ^ wanted)[:10]}")
    print(len(wanted), "cells")


def check_mask(plain, masked, known=None, name="", parents=None, dims=(), distinct=False):
    """Both are {labels: count or None}; stops with what is wrong."""
    for cell, count in masked.items():
        if count is None and plain[cell] == 0:
            sys.exit(f"{name}: a zero is hidden: {cell}")
        if count is not None and (count != plain[cell] or count in SMALL):
            sys.exit(f"{name}: shown: {cell}")
    rows = [(cell, count, True, 0) for cell, count in masked.items()]
    table = Table(list(dims), rows, parents, distinct)
    found = Attack(table, "zeros", known).run()
    if found:
        sys.exit(f"{name}: given away: {found}")


def masked_persons(counted, masked):
    def counts(path):
        return {tuple(r[:3]): int(r[3]) if r[3] else None for r in read(path)[1:]}

    check_mask(counts(counted), counts(masked), dims=("race", "gender", "age"), distinct=True)


def meant(label):
    return SPELLINGS.get(label, label)


def small(grievances):
    rows = read(grievances)[1:]
    print(*(sum(int(row[m]) in SMALL for row in rows) for m in MEASURES))
    print(sum(any(int(row[m]) in SMALL for m in MEASURES) for row in rows))


def denominators(grievances, counties):
    """Rows that fail, and rows without a population: the state has counties without one."""
    people = {row[1]: int(row[2]) for row in read(counties)[1:]}
    areas = [row[1] for row in read(grievances)[1:]]
    missing = sum(area not in people for area in areas)
    print(missing + sum(people.get(area, 20001) < 20001 for area in areas), missing)


def grievance_table(rows, year, measure):
    """Categories and types as one dimension of two levels: {labels: count or None}, parents."""
    cells, parents = {}, {}
    for row in rows:
        if row[0] != year:
            continue
        category, kind = meant(row[2]), meant(row[3])
        if category == "All":
            label = TOTAL
        elif kind == "All":
            label = category
        else:
            label = f"{category}/{kind}"
            parents[label] = category
        area = TOTAL if row[1] == "State" else row[1]
        cells[area, label] = int(row[measure]) if row[measure] else None
    return cells, parents


def masked(grievances, published):
    plain_rows, masked_rows = read(grievances)[1:], read(published)[1:]
    for year, measure in itertools.product(sorted({row[0] for row in plain_rows}), MEASURES):
        plain, parents = grievance_table(plain_rows, year, measure)
        shown, _ = grievance_table(masked_rows, year, measure)
        known = {}
        for area, label in {(a, parents.get(l, l)) for a, l in plain} - set(plain):
            count = sum(n for (a, l), n in plain.items() if a == area and parents.get(l) == label)
            if count not in SMALL:
                known[area, label] = count
        check_mask(plain, shown, known, f"{year}, measure {measure}", {"what": parents}, ("area", "what"))


def naive(grievances, published):
    rows = read(grievances)
    with open(published, "w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(rows[0][:5])
        for row in rows[1:]:
            out.writerow(row[:4] + ["" if int(row[4]) in SMALL else row[4]])
    found = 0
    for year in sorted({row[0] for row in rows[1:]}):
        cells, parents = grievance_table(read(published)[1:], year, 4)
        table = Table(["area", "what"], [(c, n, True, 0) for c, n in cells.items()], {"what": parents})
        truth, _ = grievance_table(rows[1:], year, 4)
        for cell, (_, value) in Attack(table).run().items():
            found += 1
            if truth[cell] != value:
                sys.exit(f"not true: {year} {cell} {value}")
    print(found)


def hidden(path, column):
    rows = read(path)
    at = [name.strip() for name in rows[0]].index(column)
    print(sum(row[at].strip() == "" for row in rows[1:]))


def repeats(path, column):
    rows = read(path)
    at = [name.strip() for name in rows[0]].index(column)
    times = Counter(tuple(row[:at]) for row in rows[1:])
    print(sum(n - 1 for n in times.values()))


def statewide(path):
    rows = read(path)
    at = rows[0].index("members")
    lines = defaultdict(dict)
    for row in rows[1:]:
        lines[tuple(row[1:at])][row[0]] = int(row[at]) if row[at] else None
    tight = 0
    for line in lines.values():
        state = line.pop("Statewide")
        gone = sum(count is None for count in line.values())
        if state is None:
            tight += gone == 0
            continue
        left = state - sum(count for count in line.values() if count is not None)
        if left < gone or (gone == 0 and left != 0):
            sys.exit("a line does not add up")
        tight += gone == 1 or (gone > 0 and left == gone)
    print(tight)


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](*sys.argv[2:])
