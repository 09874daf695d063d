#!/usr/bin/env bash
# How long each program takes: bench/run.sh [ROWS].  Best of three runs, seconds of wall time.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${DDG_BUILD:-$PWD/build}
PATH="$build:$build/examples:$PATH"
rows=${1:-3000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# bench NAME INPUT COMMAND...: runs it three times with its output in NAME.csv.
bench() {
    local name=$1 input=$2 best=999999 from took bytes
    shift 2
    for _ in 1 2 3; do
        from=$(date +%s%N)
        "$@" <"$work/$input.csv" >"$work/$name.csv" 2>/dev/null
        took=$((($(date +%s%N) - from) / 1000000))
        [ "$took" -lt "$best" ] && best=$took
    done
    bytes=$(stat -c %s "$work/$input.csv")
    awk -v name="$name" -v ms="$best" -v bytes="$bytes" 'BEGIN {
        printf "%-12s %8.3f s %9.1f MB/s\n", name, ms / 1000, bytes / 1e3 / (ms ? ms : 1) }'
}

make-encounters "$rows" >"$work/extract.csv"
printf '%s rows, %s MB\n' "$rows" "$(($(stat -c %s "$work/extract.csv") / 1000000))"
bench rows extract ddg-count -g county,sex --rows
bench persons extract ddg-count -g county,sex --id client_id
bench cube extract ddg-count -g 'county,sex,age_group=age:bands(0,18,45,65),race,year=date:year' \
    --id client_id --totals --complete
bench small extract ddg-count -g 'county,sex,age_group=age:bands(0,18,45,65),year=date:year' \
    --id client_id --totals --complete
bench threshold small ddg-threshold --population examples/populations.csv
bench suppress small ddg-suppress
bench audit suppress ddg-audit
bench round suppress ddg-round
