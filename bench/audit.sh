#!/usr/bin/env bash
# How long ddg-audit takes:
#
#   bench/audit.sh [DIRECTORY] [--plain]
#
# A synthetic table of a million cells, and T3.csv and T5.csv where DIRECTORY has them: counts of
# inner cells with the dimensions left of the column count.  T3 and T5 are masked by ddg-suppress, with
# their totals among the cells (a minute, and some five, not measured).  T5 once more and the synthetic
# table are masked naively, as bench/tables.py says.  The codes are merged; the attack is the one that is made by itself.
#
# --plain also times CLP on single cells of T3, with all its lines and nothing else: what an audit
# takes that asks for every cell by a program of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${DDG_BUILD:-$here/../build}
most=300 # seconds for an audit; what is not decided then is counted
directory='' plain=''
for argument in "$@"; do
    case $argument in
    --plain) plain=yes ;;
    *) directory=$argument ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

audit() {
    "$here/measure.py" "$1" "$work/$1.csv" "$build/ddg-audit" -q --group-rule off --time "$most"
}

"$here/measure.py"
for table in T3 T5; do
    [ -e "$directory/$table.csv" ] || continue
    "$build/ddg-suppress" -q --totals add --group-rule off -o "$work/$table.csv" \
        "$directory/$table.csv"
    audit "$table"
done
if [ -e "$directory/T5.csv" ]; then
    "$here/tables.py" mask --share 15 "$directory/T5.csv" >"$work/T5-naive.csv"
    audit T5-naive
fi
"$here/tables.py" synthetic --share 5 >"$work/million.csv"
audit million

if [ -n "$plain" ] && [ -e "$work/T3.csv" ]; then
    "${CC:-cc}" -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -o "$work/solvers" "$here/solvers/solvers.c" \
        -lClp -lCoinUtils -lglpk -lm
    "$here/solvers/problem.py" "$work/T3.csv" >"$work/T3"
    "$work/solvers" "$work/T3" 120 clp
fi
