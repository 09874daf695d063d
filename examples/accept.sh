#!/usr/bin/env bash
# Runs examples and keeps what they print, stderr and all, in examples/expected:
#   examples/accept.sh [--compare] NAME...
# With --compare prints the differences instead, and fails when there are any.
set -uo pipefail
cd "$(dirname "$0")" || exit
export DDG_BUILD="${DDG_BUILD:-$PWD/../build}"
PATH="$DDG_BUILD:$DDG_BUILD/examples:$PATH"

compare=
[ "${1:-}" = --compare ] && compare=1 && shift
status=0
for name in "$@"; do
    output=$("./$name.sh" 2>&1) || { printf '%s: failed\n%s\n' "$name" "$output" && status=1; }
    if [ -n "$compare" ]; then
        printf '%s\n' "$output" | diff -u "expected/$name.out" - || status=1
    else
        printf '%s\n' "$output" >"expected/$name.out"
    fi
done
exit "$status"
