#!/usr/bin/env bash
# Runs every fuzz target that was built in $DDG_BUILD for some seconds each, in turn:
#   tests/fuzz/run.sh [SECONDS [TARGET...]]
# What it learns stays in $DDG_BUILD/corpus for the next run; an input that breaks a target is kept
# in $DDG_BUILD/found, and the status is 1.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
seconds=${1:-20}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(basename -s .c fuzz_*.c)

status=0
for target in "${targets[@]}"; do
    corpus=$DDG_BUILD/corpus/$target
    mkdir -p "$corpus" "$DDG_BUILD/found"
    if "$DDG_BUILD/tests/fuzz/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2000 \
        -max_len=4096 -dict="$PWD/dictionary" -artifact_prefix="$DDG_BUILD/found/$target-" \
        -print_final_stats=1 "$corpus" >"$DDG_BUILD/$target.log" 2>&1; then
        printf '%s: %s runs, nothing found\n' "$target" \
            "$(sed -n 's/^stat::number_of_executed_units: *//p' "$DDG_BUILD/$target.log")"
    else
        printf '%s: found something\n' "$target"
        grep -vE '^(#|INFO|NEW)' "$DDG_BUILD/$target.log" | tail -n 30
        status=1
    fi
done
exit "$status"
