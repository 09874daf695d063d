#!/usr/bin/env bash
# The everyday pipe: from records to a masked and rounded table.
set -euo pipefail

make-encounters 4000 |
    ddg-count -g county,sex --id client_id --totals |
    ddg-suppress |
    ddg-round
