#!/usr/bin/env bash
# Counties add up to regions, and regions to the state: one hidden county must not be the
# difference between its region and its neighbours.
set -euo pipefail
cd "$(dirname "$0")"

masked=$(ddg-suppress --hierarchy county=regions.csv counties.csv)
printf '%s\n' "$masked"
ddg-audit --hierarchy county=regions.csv <<<"$masked"
