#!/usr/bin/env bats
# Every script in examples/ prints what examples/expected has of it, so that drift shows as a diff.
# A test that fails prints the difference; `examples/accept.sh NAME` accepts it.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    build=${DDG_BUILD:-$PWD/build}
    PATH="$build:$build/examples:$PATH"
}

prints_as_expected() {
    examples/accept.sh --compare "$1"
}

@test "examples: the everyday pipe prints what was expected" {
    prints_as_expected everyday
}

@test "examples: a score card, and the answer for cron, are what was expected" {
    prints_as_expected card
}

@test "examples: a table described in a file prints what was expected" {
    prints_as_expected table-file
}

@test "examples: a hierarchy prints what was expected" {
    prints_as_expected hierarchy
}

@test "examples: a second release beside the first prints what was expected" {
    prints_as_expected next-release
}

@test "examples: a file shared out by GNU parallel prints what was expected" {
    prints_as_expected parallel
}

@test "examples: the demo ends with an audit that finds nothing" {
    prints_as_expected demo
}

@test "examples: every script has a test" {
    for script in examples/*.sh; do
        name=$(basename "$script" .sh)
        [ "$name" = accept ] || grep -q "prints_as_expected $name\$" "$BATS_TEST_FILENAME"
    done
}

@test "examples: the extract is the same for the same arguments, another for another seed" {
    run -0 cmp <(make-encounters 1000 7) <(make-encounters 1000 7)
    run -1 cmp -s <(make-encounters 1000 7) <(make-encounters 1000 8)
    [ "$(make-encounters 1000 | wc -l)" -eq 1001 ]
}

@test "examples: the extract refuses arguments that are no numbers" {
    run -2 make-encounters many
    [ "$output" = 'usage: make-encounters [ROWS [SEED]]' ]
}

@test "examples: parts of a file hold whole records, each once, also with newlines in fields" {
    cat >"$BATS_TEST_TMPDIR/parts.py" <<'END'
import csv, io, subprocess, sys
path = sys.argv[1]
data = open(path, "rb").read()
records = list(csv.reader(io.StringIO(data.decode(), newline="")))
for parts in [*range(1, 40), 500]:
    lines = subprocess.run(["record-ranges", str(parts), path], stdout=subprocess.PIPE, check=True)
    ranges = [tuple(map(int, line.split())) for line in lines.stdout.splitlines()]
    assert 1 <= len(ranges) <= parts, ranges
    found = records[:1]
    for offset, size in ranges:
        found += csv.reader(io.StringIO(data[offset:offset + size].decode(), newline=""))
    assert found == records, parts
    assert sum(size for _, size in ranges) + ranges[0][0] == len(data)
END
    printf '"a\n","b"\n"1\n\n""\n","2"\n3,4\n"5","\n6\n"\r\n7,""\n"",""\n"8","x\ny\nz""\n""9"' \
        >"$BATS_TEST_TMPDIR/small.csv"
    python3 "$BATS_TEST_TMPDIR/parts.py" "$BATS_TEST_TMPDIR/small.csv"
    "$build/bench/make-claims" -q -e 60 3000 >"$BATS_TEST_TMPDIR/large.csv"
    python3 "$BATS_TEST_TMPDIR/parts.py" "$BATS_TEST_TMPDIR/large.csv"
}

@test "examples: a file that ends inside of quotes has no parts" {
    printf 'a,b\n1,2\n3,"4\n' >"$BATS_TEST_TMPDIR/open.csv"
    run -2 record-ranges 2 "$BATS_TEST_TMPDIR/open.csv"
    [ "$output" = "record-ranges: $BATS_TEST_TMPDIR/open.csv: ends inside of quotes" ]
    run -2 record-ranges 2 "$BATS_TEST_TMPDIR/none.csv"
    [ "$output" = "record-ranges: $BATS_TEST_TMPDIR/none.csv: No such file or directory" ]
    run -2 record-ranges 0 "$BATS_TEST_TMPDIR/open.csv"
    [ "$output" = 'usage: record-ranges PARTS FILE' ]
}
