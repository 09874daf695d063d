#!/usr/bin/env bash
# A sample of the tests under valgrind, as TAP: the unit tests cut short, every program over its
# usual input, and with allocations that fail.  Neither a bad access nor a leak is accepted.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/all-tools.bash
. "$root/tests/all-tools.bash"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
make_inputs

number=0
bad_memory=99
# without the last option valgrind would take the place of the preloaded malloc(), too
valgrind=(valgrind -q --error-exitcode="$bad_memory" --leak-check=full
    "--errors-for-leak-kinds=definite,possible" --soname-synonyms=somalloc=nouserintercepts)

# report NAME STATUS WORST: STATUS must not be above WORST; valgrind's log is in `log`.
report() {
    number=$((number + 1))
    if [ "$2" -le "$3" ]; then
        echo "ok $number $1"
    else
        echo "not ok $number $1"
        sed 's/^/# /' log | head -n 30
    fi
}

for source in "$root"/tests/unit/*.c; do
    name=$(basename "$source" .c)
    DDG_QUICK=1 "${valgrind[@]}" "$DDG_BUILD/tests/unit/$name" >log 2>&1 </dev/null
    report "valgrind: $name" $? 0
done
for tool in ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit; do
    command_of "$tool"
    "${valgrind[@]}" --log-file=log "${command[@]}" "$input" >out 2>err
    report "valgrind: $tool" $? 1
    for n in 1 2 3 5 8 13 21 34 55 89 144; do
        rm -f mark
        LD_PRELOAD="$DDG_BUILD/tests/fault/fail_memory.so" DDG_FAIL_IN=ddg- DDG_FAIL_AT=$n \
            DDG_FAIL_MARK="$PWD/mark" \
            "${valgrind[@]}" --log-file=log "${command[@]}" "$input" >out 2>err
        status=$?
        [ -e mark ] || break
        report "valgrind: $tool without its allocation $n" "$status" 2
    done
done
echo "1..$number"
