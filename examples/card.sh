#!/usr/bin/env bash
# From records to a score card, and what cron asks: may the table go out as it is?
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make-encounters 4000 | ddg-count -g county,sex --id client_id --totals >"$work/table.csv"
ddg-threshold -q --period 2022 --card "$work/card.md" "$work/table.csv" | sed -n 1,4p
cat "$work/card.md"

# 0: as it is; 1: masked first; 2: something is wrong, and nothing goes out
status=0
ddg-threshold --check --period 2022 "$work/table.csv" || status=$?
case $status in
    0) echo 'as it is' ;;
    1) ddg-threshold -q --period 2022 "$work/table.csv" | ddg-suppress -q --when-masked | sed -n 1,4p ;;
    *) exit 2 ;;
esac
