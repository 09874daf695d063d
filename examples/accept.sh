#!/usr/bin/env bash
# Runs examples and keeps what they print, stderr behind stdout, in examples/expected:
#   examples/accept.sh [--compare] NAME...
# With --compare prints the differences instead, and fails when there are any.
set -uo pipefail
cd "$(dirname "$0")" || exit
export DDG_BUILD="${DDG_BUILD:-$PWD/../build}"
PATH="$DDG_BUILD:$DDG_BUILD/examples:$PATH"

compare=
[ "${1:-}" = --compare ] && compare=1 && shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
for name in "$@"; do
    "./$name.sh" >"$work/out" 2>"$work/err" || { echo "$name failed" && status=1; }
    sed 's/^/stderr: /' "$work/err" >>"$work/out"
    if [ -n "$compare" ]; then
        diff -u "expected/$name.out" "$work/out" || status=1
    else
        cp "$work/out" "expected/$name.out"
    fi
done
exit "$status"
