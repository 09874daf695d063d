"""Count tables as ddg(7) describes them, read and written for the judges."""

import csv
import os
from typing import NamedTuple


class Row(NamedTuple):
    """A record: its labels, a count or None, the annotation's code or "", and its line."""

    labels: tuple
    count: int | None
    code: str
    line: int


class Count(NamedTuple):
    """A table: the names of its dimensions, {dimension: {child: parent}}, whether it counts distinct
    persons, whether it has annotations, and its rows."""

    dims: list
    parents: dict
    distinct: bool
    annotated: bool
    rows: list


def read(path, hierarchies=()):
    """The table of a file; `hierarchies` are the values of --hierarchy."""
    parents = {}
    for hierarchy in hierarchies:
        dim, _, file = hierarchy.partition("=")
        with open(file, newline="", encoding="utf-8") as stream:
            pairs = [tuple(pair) for pair in csv.reader(stream)]
        parents.setdefault(dim, {}).update(p for p in pairs if p != ("child", "parent"))
    with open(path, newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        name = "persons" if "persons" in header else "count"
        at = header.index(name)
        code = header.index("annotation") if "annotation" in header else None
        rows = [
            Row(
                tuple(record[:at]),
                int(record[at]) if record[at] else None,
                record[code] if code is not None else "",
                reader.line_num,
            )
            for record in reader
        ]
    return Count(header[:at], parents, name == "persons", code is not None, rows)


def write_hierarchies(folder, parents):
    """Writes a file for each dimension; returns the options that name them."""
    options = []
    for dim, pairs in parents.items():
        path = os.path.join(folder, f"{dim}.csv")
        with open(path, "w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows(pairs.items())
        options += ["--hierarchy", f"{dim}={path}"]
    return options
