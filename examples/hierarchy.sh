#!/usr/bin/env bash
# Counties add up to regions, and regions to the state: one hidden county must not be the
# difference between its region and its neighbours.
set -euo pipefail
cd "$(dirname "$0")"

ddg-suppress --hierarchy county=regions.csv counties.csv |
    tee /dev/stderr |
    ddg-audit --hierarchy county=regions.csv
