"""What bench/count.py runs: programs that count rows and distinct persons by four columns."""

import collections
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
KEYS = "county,sex,age_group,year"

# commands: for each task a line for the shell, in which FILE stands for the file.  counts: whether
# it writes a table of counts.  quotes: whether it reads fields in quotes.
Program = collections.namedtuple("Program", "name threads commands counts quotes")


def program(name, threads, rows, persons=None, counts=True, quotes=True):
    commands = {"rows": rows, "persons": persons}
    return Program(name, threads, {k: v for k, v in commands.items() if v}, counts, quotes)


def ours(name, form, threads="1"):
    """form holds DDG-COUNT where the program and its options go."""
    count = f"ddg-count -g {KEYS}" + ("" if threads == "all" else f" --threads {threads}")
    return program(
        name,
        threads,
        form.replace("DDG-COUNT", f"{count} --rows"),
        form.replace("DDG-COUNT", f"{count} --id client_id"),
    )


def library(name, threads):
    number = 0 if threads == "all" else threads
    lines = [f"python {HERE}/peer.py {name} {task} {number} FILE" for task in ("rows", "persons")]
    return program(name, threads, *lines)


def start(name):
    line = f"python {HERE}/peer.py {name} start 1 FILE"
    return program(f"{name} start", "1", line, line, counts=False)


def sqlite(counted):
    return (
        "sqlite3 -csv :memory: '.import FILE t'"
        f" 'select {KEYS}, {counted} from t group by {KEYS}'"
    )


def mawk(before):
    return (
        "mawk -F, 'NR > 1 { key = $5 \",\" $6 \",\" $7 \",\" $4; "
        + before
        + "count[key]++ } END { for (key in count) print key \",\" count[key] }' FILE"
    )


PROGRAMS = [
    ours("ddg-count", "DDG-COUNT <FILE"),
    ours("ddg-count", "DDG-COUNT <FILE", "all"),
    ours("ddg-count FILE", "DDG-COUNT FILE"),
    ours("ddg-count by pipe", "cat FILE | DDG-COUNT"),
    ours("ddg-count by pipe", "cat FILE | DDG-COUNT", "all"),
    ours("ddg-count by libcsv", "DDG_SCANNER=libcsv DDG-COUNT <FILE"),
    program("wc -l", "1", "wc -l <FILE", "wc -l <FILE", counts=False),
    program("wc -l by pipe", "1", "cat FILE | wc -l", "cat FILE | wc -l", counts=False),
    library("duckdb", "1"),
    library("duckdb", "all"),
    start("duckdb"),
    library("polars", "1"),
    library("polars", "all"),
    start("polars"),
    program(
        "xan",
        "1",
        f"xan groupby {KEYS} 'count()' FILE",
        f"xan groupby {KEYS} 'cardinality(client_id)' FILE",
    ),
    program(
        "xan",
        "all",
        f"xan parallel groupby {KEYS} 'count()' FILE",
        f"xan parallel groupby {KEYS} 'cardinality(client_id)' FILE",
    ),
    program(
        "miller",
        "all",
        f"mlr --icsv --ocsv count -g {KEYS} FILE",
        f"mlr --icsv --ocsv count-distinct -f {KEYS},client_id then count -g {KEYS} FILE",
    ),
    program("sqlite", "1", sqlite("count(*)"), sqlite("count(distinct client_id)")),
    program(
        "datamash",
        "1",
        f"datamash -t, --header-in -s -g {KEYS} count claim_id <FILE",
        f"datamash -t, --header-in -s -g {KEYS} countunique client_id <FILE",
        quotes=False,
    ),
    program(
        "mawk", "1", mawk(""), mawk("if ((key, $2) in seen) next; seen[key, $2]; "), quotes=False
    ),
]
