#!/usr/bin/env bash
# Two releases of a table.  Neither gives anything away by itself; the second, masked as if the
# first were not out, is the key to both, and masked beside it is not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

make-encounters 4000 | ddg-count -g county,payer --rows --totals >table.csv
ddg-suppress -q --cost cells -o march.csv table.csv

echo "by itself:"
ddg-suppress -q -o april.csv table.csv
ddg-audit -o findings.csv --previous march.csv april.csv 2>&1 | sed 1q || true

echo "beside the first:"
ddg-suppress -q --published march.csv -o april.csv table.csv
ddg-audit -o findings.csv --previous march.csv april.csv 2>&1 | sed 1q
