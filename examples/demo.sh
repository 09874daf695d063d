#!/usr/bin/env bash
# From records to a table that may be published, and an attack on it: what `make demo` runs.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="${DDG_BUILD:-$PWD/build}:${DDG_BUILD:-$PWD/build}/examples:$PATH"
rows=${1:-300000}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bold='' plain=''
[ -t 1 ] && bold=$'\033[1m' plain=$'\033[0m'

heading() {
    printf '\n%s%s%s\n' "$bold" "$1" "$plain"
}

heading "1. A synthetic extract: $rows encounters, one a line, nobody in them exists"
make-encounters "$rows" >"$work/encounters.csv"
head -n 4 "$work/encounters.csv"

heading '2. The pipe: count persons, look for small numbers, mask, round'
cat <<'END'
ddg-count -g 'county,sex,age_group=age:bands(0,18,45,65),year=date:year' \
          --id client_id --totals --complete encounters.csv |
ddg-threshold --population examples/populations.csv |
ddg-suppress |
ddg-round >published.csv
END
ddg-count -g 'county,sex,age_group=age:bands(0,18,45,65),year=date:year' \
    --id client_id --totals --complete "$work/encounters.csv" |
    tee "$work/counted.csv" |
    ddg-threshold --population examples/populations.csv 2>"$work/condition" |
    ddg-suppress 2>"$work/summary" |
    tee "$work/masked.csv" |
    ddg-round >"$work/published.csv"

heading '3. The table that may be published (its head and its end)'
head -n 8 "$work/published.csv"
echo ...
tail -n 4 "$work/published.csv"

heading '4. What was masked, and why'
cat "$work/condition" "$work/summary"
awk -F, '
    NR == FNR { persons[FNR] = $5; next }
    FNR == 1 { next }
    $5 != "" { persons[FNR] == 0 ? zero++ : shown++; next }
    { persons[FNR] < 11 ? small++ : complement++ }
    END {
        printf "%6d cells of 0 persons, shown: they identify nobody\n", zero
        printf "%6d cells of 1 to 10 persons, hidden: the people behind them could be recognised\n", small
        printf "%6d larger cells, hidden: without them a small one could be computed from its totals\n",
            complement
        printf "%6d cells shown\n", shown
    }' "$work/counted.csv" "$work/masked.csv"

heading '5. The attack: can anybody compute a hidden cell?'
audit() {
    printf '%s\n' "$1"
    shift
    "$@" >"$work/findings.csv" || {
        status=$?
        head -n 5 "$work/findings.csv"
        return "$status"
    }
}
audit 'ddg-audit on the masked table, before it was rounded:' ddg-audit "$work/masked.csv" 2>&1
audit 'ddg-audit --rounded 5 on the published table:' ddg-audit --rounded 5 "$work/published.csv" 2>&1
