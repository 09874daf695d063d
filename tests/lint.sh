#!/usr/bin/env bash
# Checks what can be checked without running anything, and prints TAP.  Every check can fail: a
# warning is an error, also of tools that warn and return 0.
#
# clang and clang-format are used where they are installed (`make lint` installs them).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
number=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# check NAME COMMAND...: passes when the command returns 0 and says nothing.
check() {
    local name=$1 output
    shift
    number=$((number + 1))
    if output=$("$@" 2>&1 </dev/null) && [ -z "$output" ]; then
        printf 'ok %s %s\n' "$number" "$name"
    else
        printf 'not ok %s %s\n' "$number" "$name"
        printf '%s\n' "$output" | sed 's/^/# /'
    fi
}

warnings() {
    sed -n 's/^WARNINGS = //p; s/^           \(-W.*\)/\1/p' Makefile | tr -d '\\\n'
}

compile() {
    local compiler=$1
    # shellcheck disable=SC2046 # a list of words
    printf '%s\0' "${sources[@]}" |
        xargs -0 -n 1 -P "$(nproc)" "$compiler" -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
            -DDDG_VERSION='"0"' -D_FORTIFY_SOURCE=2 -Ilib -Itools $(warnings) -Werror -O2 -c -o /dev/null
}

groff_says_nothing() {
    groff -mandoc -ww -Tutf8 "$1" >/dev/null
}

unfinished='TO''DO|FIX''ME'
nothing_is_unfinished() {
    ! grep -nE "$unfinished" "${sources[@]}" "${headers[@]}" "${scripts[@]}" Makefile
}

formatted() {
    clang-format --dry-run -Werror "$@" 2>&1 | sed -n 's/:.*error: code should be.*//p' | uniq -c
}

# Each layer includes only what is below it, and the attacker shares nothing with the protector.
includes_go_down() {
    local below=' ' layer
    for layer in base csv group table rules score protect round attack report; do
        below="$below$layer "
        [ "$layer" = attack ] && below=${below/ protect round / }
        find "lib/$layer" -name '*.[ch]' -exec grep -HoE '^#include "[a-z]+/' {} + |
            while IFS='"' read -r file used; do
                case "$below" in *" ${used%/} "*) ;; *) echo "${file%%:*} includes $used" ;; esac
            done
        [ "$layer" = attack ] && below="${below}protect round "
    done
    return 0
}

# What is not static stands in a header, as -Wmissing-prototypes has it: a library with two functions
# of one name links until a program needs both.
names_are_once() {
    find lib -name '*.h' -exec grep -hoE '^[a-z][a-z_0-9 *]*[ *]ddg_[a-z0-9_]+\(' {} + |
        grep -oE 'ddg_[a-z0-9_]+\($' | sort | uniq -d
}

mapfile -t sources < <(ls lib/*/*.c tools/*.c tests/*/*.c examples/*.c bench/*.c 2>/dev/null)
mapfile -t headers < <(ls lib/*/*.h tools/*.h tests/*/*.h 2>/dev/null)
mapfile -t scripts < <(ls .ci/* tests/*.sh tests/*/*.sh tests/*.bash tests/*.bats examples/*.sh bench/*.sh 2>/dev/null)
mapfile -t pages < <(ls man/*.[17] 2>/dev/null)

printf 'int f(int a);\nint f(int a)\n{\n    char c = a;\n    return c;\n}\n' >"$work/bad.c"
compiler_can_fail() {
    # shellcheck disable=SC2046
    ! "$1" -std=c17 $(warnings) -Werror -c -o /dev/null "$work/bad.c" 2>/dev/null
}

check 'lint: gcc refuses a warning' compiler_can_fail gcc
check 'lint: gcc has no warning' compile gcc
if command -v clang >/dev/null; then
    check 'lint: clang refuses a warning' compiler_can_fail clang
    check 'lint: clang has no warning' compile clang
fi
if command -v clang-format >/dev/null; then
    check 'lint: sources are formatted' formatted "${sources[@]}" "${headers[@]}"
fi
check 'lint: scripts pass shellcheck' shellcheck "${scripts[@]}"
check 'lint: nothing is unfinished' nothing_is_unfinished
check 'lint: layers include only what is below them' includes_go_down
check 'lint: no two functions of the library share a name' names_are_once
for page in "${pages[@]}"; do
    check "lint: mandoc accepts $page" mandoc -T lint -W warning "$page"
    check "lint: groff is silent about $page" groff_says_nothing "$page"
done
printf '1..%s\n' "$number"
