#!/usr/bin/env bash
# What ddg-suppress loses, and how long it takes:
#
#   bench/suppress.sh DIRECTORY [TABLE...]
#
# DIRECTORY has T1.csv to T5.csv, counts of inner cells with the dimensions left of the column
# count, and the hierarchies T4-county.csv and T4-age.csv.  All margins are among the cells, and
# R-SUP-6 is off, as with the programs that these tables were given to before; each table is masked
# for readers of three levels, then attacked by ddg-audit at that level.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${DDG_BUILD:-$here/../build}
directory=$1
shift
[ $# -gt 0 ] || set -- T1 T2 T4 T3 T5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The account on stderr, and what `time` has to say.
number() {
    sed -nE "s/.*$1.*/\\1/p" "$work/err"
}

printf '%-6s %-6s %12s %9s %8s %6s %10s\n' table knows complements their-sum cpu-s MB findings
for table; do
    shape=()
    if [ "$table" = T4 ]; then
        shape=(--dims "county,age5,sex" --hierarchy "county=$directory/T4-county.csv"
            --hierarchy "age5=$directory/T4-age.csv")
    fi
    for knows in sums zeros codes; do
        codes=merged
        [ "$knows" = codes ] && codes=separate
        # what is lost is said to a terminal alone
        printf -v command '%q ' /usr/bin/time -f 'took %U s %M KB' "$build/ddg-suppress" \
            --totals add --group-rule off --knows "$knows" --codes "$codes" "${shape[@]}" \
            -o "$work/masked.csv" "$directory/$table.csv"
        SHELL=/bin/bash script -qec "$command" /dev/null >"$work/err" </dev/null
        "$build/ddg-audit" -q --group-rule off --time 300 --knows "$knows" "${shape[@]}" \
            "$work/masked.csv" >"$work/found.csv" || true
        printf '%-6s %-6s %12s %9s %8s %6s %10s\n' "$table" "$knows" \
            "$(number 'small, ([0-9]+) complementary')" "$(number 'together ([0-9]+),')" \
            "$(number 'took ([0-9.]+) s')" "$(($(number 'took .* s ([0-9]+) KB') / 1024))" \
            "$(($(wc -l <"$work/found.csv") - 1))"
    done
done
