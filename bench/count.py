#!/usr/bin/env python3
"""count.py [--size 1G] [--runs 5] [--peers DIRECTORY] [--only NAME,...] [--out DIRECTORY] [--add]

Measures ddg-count beside other programs that count by groups: rows, and distinct persons, by four
columns of synthetic claims (make-claims.c), without quotes and with every field in quotes.
peers.sh DIRECTORY installs the others; what is not there is left out, and named.

Before anything is timed, the table of each program is compared with that of ddg-count: a cell that
differs ends the bench.  The runs are interleaved, each time in another order; medians count.  The
file has been read before, so that it is in memory.

Writes count.csv and count.svg into DIRECTORY, and prints ratios; chart.py does so again from
count.csv alone.  With --add what else count.csv has is kept, so that slow programs can be measured
on less; what is compared is the input that a second takes.
"""

import argparse
import csv
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

import chart
from programs import PROGRAMS

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("DDG_BUILD", HERE.parent / "build")).resolve()
DATA = {"plain": [], "quoted": ["-q"]}
MOST_SECONDS = 300  # for one run


def run(command, path, work):
    """Runs a shell's command on a file: (seconds, user, system, KB), and its output."""
    command = ["bash", "-o", "pipefail", "-c", command.replace("FILE", str(path))]
    with open(work / "output", "w+b") as output:
        ran = subprocess.run(
            [BUILD / "bench/timed", work / "took", *command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE,
            timeout=MOST_SECONDS, check=False,
        )  # fmt: skip
        if ran.returncode != 0:
            return None, ran.stderr.decode(errors="replace").strip() or f"status {ran.returncode}"
        output.seek(0)
        return [float(word) for word in (work / "took").read_text().split()], output.read()


def table_of(output):
    """The cells of a table: four labels, and the number behind them."""
    cells = {}
    for record in csv.reader(output.decode().splitlines()):
        if len(record) < 5 or not record[4].isdigit():
            continue  # a heading
        assert tuple(record[:4]) not in cells, "a cell stands twice"
        cells[tuple(record[:4])] = int(record[4])
    return cells


def check(programs, task, path, work):
    """Of the programs those that run here; ends the bench where one has other counts."""
    expected, found = table_of(run(PROGRAMS[0].commands[task], path, work)[1]), []
    for program in programs:
        took, output = run(program.commands[task], path, work)
        if took is None:
            print(f"left out: {program.name}, {task}: {output.splitlines()[-1]}", file=sys.stderr)
            continue
        if program.counts:
            cells = table_of(output)
            if cells != expected or not cells:
                sys.exit(f"count.py: {program.name} counts {task} of {path.name} in another way")
        found.append(program)
    return found


def measure(data, task, path, runs, programs, work):
    here = [p for p in programs if task in p.commands and (data == "plain" or p.quotes)]
    here = check(here, task, path, work)
    taken = {(p.name, p.threads): [] for p in here}
    order = random.Random(1)
    for _ in range(runs):
        order.shuffle(here)
        for program in here:
            took, error = run(program.commands[task], path, work)
            if took is None:
                sys.exit(f"count.py: {program.name}: {error}")
            taken[program.name, program.threads].append(took)
    for program, runs_taken in taken.items():
        seconds, user, system, kilobytes = map(statistics.median, zip(*runs_taken))
        processor = statistics.median(took[1] + took[2] for took in runs_taken)
        yield {
            "data": data, "bytes": path.stat().st_size, "task": task, "program": program[0],
            "threads": program[1], "runs": runs, "seconds": f"{seconds:.3f}",
            "processor": f"{processor:.3f}", "user": f"{user:.3f}", "system": f"{system:.3f}",
            "megabytes": f"{kilobytes / 1024:.0f}",
        }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(usage=__doc__.splitlines()[0])
    parser.add_argument("--size", default="1G")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, default=pathlib.Path("/nonexistent"))
    parser.add_argument("--only")
    parser.add_argument("--out", type=pathlib.Path, default=HERE)
    parser.add_argument("--add", action="store_true")
    options = parser.parse_args()
    paths = [BUILD, BUILD / "bench", options.peers / "bin"]
    os.environ["PATH"] = ":".join(str(p.resolve()) for p in paths) + ":" + os.environ["PATH"]
    os.environ["LC_ALL"] = "C"
    names = options.only.split(",") if options.only else None
    programs = [p for p in PROGRAMS if not names or p.name in names]
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        for data, arguments in DATA.items():
            path = work / f"{data}.csv"
            with open(path, "wb") as stream:
                subprocess.run(["make-claims", *arguments, options.size], stdout=stream, check=True)
            for task in ("rows", "persons"):
                rows.extend(measure(data, task, path, options.runs, programs, work))
            path.unlink()
    write(options.out / "count.csv", rows, options.add)
    chart.main(options.out / "count.csv")


def key_of(row):
    return row["data"], row["task"], row["program"], row["threads"]


def write(path, rows, add):
    if add:
        measured = {key_of(row) for row in rows}
        with open(path, newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.DictReader(stream) if key_of(row) not in measured] + rows
    with open(path, "w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
