#!/usr/bin/env bash
# Times CLP and GLPK on the linear programs of an audit:
#
#   bench/solvers/run.sh [--dims LIST] [--hierarchy DIM=FILE]... TABLE
#
# TABLE has counts of inner cells.  ddg-suppress adds its totals and masks it (without the group
# rule); what its readers do not know is the problem.  Needs coinor-libclp-dev and libglpk-dev.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${DDG_BUILD:-$here/../../build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${CC:-cc}" -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -o "$work/solvers" "$here/solvers.c" \
    -lClp -lCoinUtils -lglpk -lm
"$build/ddg-suppress" -q --totals add --group-rule off "$@" >"$work/masked.csv"
"$here/problem.py" "${@:1:$#-1}" "$work/masked.csv" >"$work/problem"
"$work/solvers" "$work/problem"
