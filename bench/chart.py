#!/usr/bin/env python3
"""chart.py COUNT.csv: prints what bench/count.py measured, and draws it beside the file as SVG."""

import csv
import pathlib
import sys

PANELS = [("rows", "plain"), ("rows", "quoted"), ("persons", "plain"), ("persons", "quoted")]
TITLES = {
    "rows": "rows",
    "persons": "distinct persons",
    "plain": "no field in quotes",
    "quoted": "every field in quotes",
}
DRAWN = ["ddg-count", "xan", "duckdb", "polars", "mawk", "miller", "datamash", "sqlite"]

# What is aimed at: a title, tasks, two programs with their threads, the measure, and the bound of
# the first by the second, at least where it is positive and at most where it is negative.
OWN, PIPE = ("ddg-count", "1"), ("ddg-count by pipe", "1")
OWN_ALL, PIPE_ALL = ("ddg-count", "all"), ("ddg-count by pipe", "all")
TARGETS = [
    ("DuckDB, 1 thread each", ["rows"], ("duckdb", "1"), OWN, "processor", 10),
    ("DuckDB, 1 thread each", ["rows"], ("duckdb", "1"), OWN, "seconds", 10),
    ("DuckDB, all processors", ["rows"], ("duckdb", "all"), OWN_ALL, "seconds", 8),
    ("xan groupby", ["rows"], ("xan", "1"), OWN, "processor", 2),
    ("xan groupby", ["rows"], ("xan", "1"), OWN, "seconds", 2),
    ("DuckDB, 1 thread each", ["persons"], ("duckdb", "1"), OWN, "processor", 6),
    ("DuckDB, 1 thread each", ["persons"], ("duckdb", "1"), OWN, "seconds", 6),
    ("DuckDB, 1 thread each", ["rows", "persons"], ("duckdb", "1"), OWN, "megabytes", 3),
    ("itself by libcsv", ["rows", "persons"], ("ddg-count by libcsv", "1"), OWN, "processor", 1),
    ("< FILE, as many times wc -l", ["rows"], OWN, ("wc -l", "1"), "seconds", -3),
    ("by a pipe, as many times wc -l", ["rows"], PIPE, ("wc -l by pipe", "1"), "seconds", -1.2),
    (
        "by a pipe, all processors, as many times wc -l",
        ["rows"],
        PIPE_ALL,
        ("wc -l by pipe", "1"),
        "seconds",
        -1.2,
    ),
]


class Results:
    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as stream:
            self.rows = list(csv.DictReader(stream))
        self.at = {
            (row["data"], row["task"], row["program"], row["threads"]): row for row in self.rows
        }

    def value(self, data, task, program, measure):
        """Without the time that an interpreter takes to start; None where nothing was measured."""
        row = self.at.get((data, task, *program))
        if row is None:
            return None
        start = self.at.get((data, task, f"{program[0]} start", "1"))
        less = float(start[measure]) if start and measure != "megabytes" else 0.0
        return max(float(row[measure]) - less, 0.001)

    def per_gigabyte(self, data, task, program, measure):
        """The same for each GB of input, since programs may have read files of different sizes."""
        value = self.value(data, task, program, measure)
        if value is None or measure == "megabytes":
            return value
        return value / (float(self.at[data, task, *program]["bytes"]) / 1e9)

    def threads_of(self, program):
        """The fewest threads that it was measured with."""
        return min((row["threads"] for row in self.rows if row["program"] == program), default="1")


def print_table(results):
    heading = ["", "threads", "seconds for a GB", "of a processor", "GB/s of that", "MB", "times"]
    for task, data in PANELS:
        print(f"\n{TITLES[task]}, {TITLES[data]}:\n\n| {' | '.join(heading)} |")
        print("|" + "---|" * len(heading))
        for row in results.rows:
            if (row["task"], row["data"]) != (task, data) or row["program"].endswith(" start"):
                continue
            program = row["program"], row["threads"]
            processor = results.per_gigabyte(data, task, program, "processor")
            own = results.per_gigabyte(data, task, OWN, "processor")
            print(
                f"| {row['program']} | {row['threads']}"
                f" | {results.per_gigabyte(data, task, program, 'seconds'):.2f} | {processor:.2f}"
                f" | {1 / processor:.2f} | {row['megabytes']}"
                f" | {f'{processor / own:.1f}' if own else ''} |"
            )


def print_targets(results):
    print("\n| beside | of | data | measure | aimed at | found | |\n|---|---|---|---|---|---|---|")
    for title, tasks, first, second, measure, bound in TARGETS:
        for task in tasks:
            for data in ("plain", "quoted"):
                pair = [results.per_gigabyte(data, task, p, measure) for p in (first, second)]
                if None in pair:
                    continue
                ratio = pair[0] / pair[1]
                good = ratio >= bound if bound > 0 else ratio <= -bound
                print(
                    f"| {title} | {TITLES[task]} | {TITLES[data]} | {measure}"
                    f" | {'at least' if bound > 0 else 'at most'} {abs(bound)} | {ratio:.2f}"
                    f" | {'' if good else 'missed'} |"
                )


def bars(results, task, data, most):
    """A panel: for each program the input that a second of a processor takes in."""
    lines = [f'<text x="110" y="0" class="title">{TITLES[task]}, {TITLES[data]}</text>']
    y = 14
    for name in DRAWN:
        program = name, results.threads_of(name)
        processor = results.per_gigabyte(data, task, program, "processor")
        lines.append(f'<text x="104" y="{y + 11}" text-anchor="end">{name}</text>')
        if processor is None:
            lines.append(f'<text x="114" y="{y + 11}" class="none">reads no quotes</text>')
        else:
            speed = 1 / processor
            width = max(speed / most * 230, 1)
            kind = "own" if name == "ddg-count" else "other"
            lines.append(f'<rect x="110" y="{y}" width="{width:.1f}" height="14" class="{kind}"/>')
            lines.append(f'<text x="{114 + width:.1f}" y="{y + 11}">{speed:.2f}</text>')
        y += 19
    return lines


def draw(results, path):
    programs = [(name, results.threads_of(name)) for name in DRAWN]
    taken = [results.per_gigabyte(d, t, p, "processor") for t, d in PANELS for p in programs]
    most = max((1 / seconds for seconds in taken if seconds), default=1)
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 430" font-size="12"'
        ' font-family="sans-serif">',
        "<style>.title{font-weight:bold}.own{fill:#0b6e4f}.other{fill:#9aa5b1}.none{fill:#66707a}"
        "</style>",
        '<rect width="800" height="430" fill="#ffffff"/>',
        '<text x="20" y="24" font-size="14">Counting by four columns: GB of input for each second'
        " of processor time (more is better)</text>",
    ]
    for number, (task, data) in enumerate(PANELS):
        lines.append(f'<g transform="translate({number % 2 * 395},{60 + number // 2 * 190})">')
        lines.extend(bars(results, task, data, most))
        lines.append("</g>")
    path.write_text("\n".join(lines + ["</svg>"]) + "\n", encoding="utf-8")


def main(path):
    results = Results(path)
    print_table(results)
    print_targets(results)
    draw(results, pathlib.Path(path).with_suffix(".svg"))


if __name__ == "__main__":
    main(sys.argv[1])
