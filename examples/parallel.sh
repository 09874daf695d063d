#!/usr/bin/env bash
# A file counted by all processors with GNU parallel: each counts a part of the records into a state, and
# ddg-count --merge adds the states up, to the bytes of one run.  States name persons, so nobody
# else may read them, and they are gone at the end.
set -euo pipefail
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export TMPDIR=$work PARALLEL_HOME=$work
count='ddg-count -g county,sex --id client_id'

make-encounters 20000 >visits.csv
$count --totals -o one-run.csv visits.csv

echo 'cut at the ends of lines:'
parallel --halt now,fail=1 --pipepart --header : --block -1 -a visits.csv \
    "$count --partial" >states
ddg-count --merge --totals -o table.csv states
cmp table.csv one-run.csv
tail -n 4 table.csv

# Where fields hold newlines, a line can end inside of a record.
awk -v OFS=, 'NR == 1 { print $0, "note" }
    NR > 1 { print $0, "\"seen,\nsaid \"\"better\"\"\n\"" }' visits.csv >notes.csv

echo 'cut at the ends of records:'
part='dd if=notes.csv bs=1M iflag=skip_bytes,count_bytes skip={1} count={2} status=none'
columns=$(head -n 1 notes.csv)
record-ranges 8 notes.csv |
    PARALLEL_SHELL=/bin/bash parallel --halt now,fail=1 --colsep ' ' \
        "set -o pipefail; $part | $count --no-header --columns $columns --partial" >states
ddg-count --merge --totals -o table.csv states
cmp table.csv one-run.csv
tail -n 4 table.csv
