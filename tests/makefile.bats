#!/usr/bin/env bats
# The Makefile and the test runner themselves.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    build=${DDG_BUILD:-$PWD/build}
    # a make that runs this file must not hand its own settings to the ones below
    unset MAKEFLAGS MAKELEVEL MFLAGS
}

@test "make: installing puts programs, pages and completions under DESTDIR and PREFIX" {
    run -0 make -s install BUILD="$build" DESTDIR="$BATS_TEST_TMPDIR/root" PREFIX=/opt/ddg
    cd "$BATS_TEST_TMPDIR/root"
    for tool in ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit; do
        [ -x "opt/ddg/bin/$tool" ]
        [ -s "opt/ddg/share/man/man1/$tool.1" ]
        grep -q "$tool\$" "opt/ddg/share/bash-completion/completions/$tool"
    done
    [ -s opt/ddg/share/man/man7/ddg.7 ]
    for file in "$BATS_TEST_DIRNAME"/../data/*.csv; do
        cmp "opt/ddg/share/ddg/${file##*/}" "$file"
    done
    [ "$(find . -type f | wc -l)" = 20 ]
}

@test "make: uninstalling leaves no file behind" {
    run -0 make -s install BUILD="$build" DESTDIR="$BATS_TEST_TMPDIR/root" PREFIX=/usr
    run -0 make -s uninstall DESTDIR="$BATS_TEST_TMPDIR/root" PREFIX=/usr
    [ -z "$(find "$BATS_TEST_TMPDIR/root" -type f)" ]
}

@test "make: what is built is not built again" {
    run -0 make BUILD="$build" tested
    [[ $output != *' -c -o '* ]]
}

@test "make: help names every target that it offers" {
    run -0 make -s help
    for target in all deps check check-asan check-valgrind check-real check-spark check-arm lint fuzz bench demo \
        examples install uninstall clean help; do
        grep -qE "(^|[ ,])${target}[ ,]" <<<"$output "
    done
}

@test "packages: an unknown group is an error" {
    run -1 sh .ci/install-packages build nonsense
    [ "$output" = "install-packages: no group is called 'nonsense'" ]
}

# Runs the runner on test files of our own.
runner() {
    env -i PATH="$PATH" HOME="$HOME" CI="${CI:-}" tests/run.sh "$@"
}

@test "runner: passed and failed tests are counted and named" {
    printf '#!/bin/sh\necho ok 1 good\necho not ok 2 bad\necho 1..2\nexit 1\n' >"$BATS_TEST_TMPDIR/a.sh"
    chmod +x "$BATS_TEST_TMPDIR/a.sh"
    run -1 runner "$BATS_TEST_TMPDIR/a.sh"
    [ "${lines[-1]}" = '1 passed, 1 failed' ]
    [[ $output = *'not ok 2 bad'* ]]
}

@test "runner: tests that were planned and did not run have failed" {
    printf '#!/bin/sh\necho 1..3\necho ok 1 good\n' >"$BATS_TEST_TMPDIR/a.sh"
    chmod +x "$BATS_TEST_TMPDIR/a.sh"
    run -1 runner "$BATS_TEST_TMPDIR/a.sh"
    [ "${lines[-1]}" = '1 passed, 2 failed' ]
}

@test "runner: running nothing is a failure" {
    printf '#!/bin/sh\necho 1..0\n' >"$BATS_TEST_TMPDIR/a.sh"
    chmod +x "$BATS_TEST_TMPDIR/a.sh"
    run -1 runner "$BATS_TEST_TMPDIR/a.sh"
    [ "${lines[-1]}" = '0 passed, 1 failed' ]
    run -1 runner
    [ "${lines[-1]}" = '0 passed, 0 failed' ]
}

@test "runner: a skipped test is a failure in CI" {
    printf '#!/bin/sh\necho 1..2\necho ok 1 good\necho "ok 2 later # skip"\n' >"$BATS_TEST_TMPDIR/a.sh"
    chmod +x "$BATS_TEST_TMPDIR/a.sh"
    CI='' run -0 runner "$BATS_TEST_TMPDIR/a.sh"
    [ "${lines[-1]}" = '1 passed, 0 failed' ]
    CI=1 run -1 runner "$BATS_TEST_TMPDIR/a.sh"
    [ "${lines[-1]}" = '1 passed, 1 failed' ]
}
