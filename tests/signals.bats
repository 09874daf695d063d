#!/usr/bin/env bats
# Programs that a signal ends: what they leave behind.

# shellcheck disable=SC2154 # command_of sets input

bats_require_minimum_version 1.5.0

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    load all-tools
    cd "$BATS_TEST_TMPDIR" || return
    make_inputs
    count=$DDG_BUILD/ddg-count
    mkfifo in out
}

# Waits until a command succeeds.
until_true() {
    for _ in {1..200}; do
        "$@" && return
        sleep 0.02
    done
    return 1
}

# ends PID SIGNAL: sends it, and whether the program ends by it.
ends() {
    kill -"$2" "$1"
    status=0
    wait "$1" || status=$?
    [ "$status" = $((128 + $(kill -l "$2"))) ]
}

@test "signals: what left for standard output is ended so that no reader takes it for whole" {
    { echo a && seq -f padding%.0f 1 15000; } >large.csv
    for signal in INT TERM HUP XCPU; do
        env --default-signal "$count" -g a --rows large.csv >out &
        pid=$!
        exec 4<out
        head -c 100 <&4 >start
        kill -"$signal" "$pid"
        cat <&4 >rest
        exec 4<&-
        status=0
        wait "$pid" || status=$?
        [ "$status" = $((128 + $(kill -l "$signal"))) ]
        [ "$(tail -c "${#poison}" rest)" = "$poison" ]
    done
}

@test "signals: no output file and no temporary one stays behind, and the old file stays" {
    for tool in ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit; do
        command_of "$tool"
        echo old >table.csv
        env --default-signal "${command[@]}" -o table.csv <in 2>err &
        pid=$!
        exec 4>in
        head -c 50 "$input" >&4
        sleep 0.1
        ends "$pid" TERM
        exec 4>&-
        [ "$(cat table.csv)" = old ]
        [ -z "$(find . -name '.ddg-*')" ]
        cmp err /dev/null
    done
}

@test "signals: a file that has a temporary name loses it" {
    [ -z "${DDG_SANITIZED:-}" ] || return 0 # a shim cannot be loaded before the sanitizers
    # the second open() is the one without a name
    LD_PRELOAD=$DDG_BUILD/tests/fault/fail_io.so DDG_FAIL_IN=ddg- DDG_FAIL_CALL=open:EACCES:1 \
        env --default-signal "$count" -g a --rows -o table.csv <in 2>err &
    pid=$!
    exec 4>in
    printf 'a\nx\nx\n' >&4 # enough to see that it is no compressed file
    temporary() { [ -n "$(find . -name '.ddg-*')" ]; }
    until_true temporary
    ends "$pid" TERM
    exec 4>&-
    [ -z "$(find . -name '.ddg-*')" ]
    [ ! -e table.csv ]
}

@test "signals: one that was ignored stays ignored" {
    (
        trap '' HUP
        exec "$count" -g a --rows <in >table.csv
    ) &
    pid=$!
    exec 4>in
    echo a >&4
    sleep 0.1
    kill -HUP "$pid"
    echo x >&4
    exec 4>&-
    wait "$pid"
    [ "$(cat table.csv)" = $'a,count\nx,1' ]
}
