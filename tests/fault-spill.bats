#!/usr/bin/env bats
# ddg-count when persons do not fit into the memory that they may take, and the disk fails.

# shellcheck disable=SC2034 # count.bash reads preload

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    awk -v OFS=, 'BEGIN {
        print "id", "a", "b", "c"
        for (i = 0; i < 40000; i++)
            print i % 25000, "a" i % 6, i % 5, int(i / 9000)
    }' >records.csv
}

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    load count
    prepare_spilling
}

# The last run failed with one line that ends as $1, wrote no table, and left no file.
failed_cleanly() {
    [ "$status" = 2 ] && cmp out /dev/null && [ "$(wc -l <err)" = 1 ] && grep -q "$1\$" err &&
        [ -z "$(ls -A temporary)" ]
}

# spills_with FAULT [ARGUMENT...]: runs with the fault, spilling.
spills_with() {
    preload=(LD_PRELOAD="$DDG_BUILD/tests/fault/fail_io.so" DDG_FAIL_CALL="$1"
        DDG_FAIL_MARK="$PWD/mark")
    rm -f mark
    [ $# -gt 1 ] || set -- "$1" --totals records.csv
    count_persons --memory 1M "${@:2}"
    preload=()
    [ -e mark ]
}

@test "count: a disk too full for what is spilled is an error" {
    for fault in write:ENOSPC:0 write:ENOSPC:100000 write:EIO:5000 pread:EIO:0 pread:EIO:90000; do
        spills_with "$fault"
        failed_cleanly 'temporary: temporary file: .*'
    done
    (ulimit -f 100 && count_persons --memory 1M records.csv && failed_cleanly 'File too large')
    rmdir temporary
    count_persons --memory 1M records.csv
    mkdir temporary
    failed_cleanly 'temporary: temporary file: No such file or directory'
}

@test "count: a disk that gets too full while another thread notes the persons is the same error" {
    awk -v OFS=, 'BEGIN {
        print "id", "a", "b", "c"
        for (i = 0; i < 400000; i++)
            print i % 250000, "a" i % 6, "b", "c"
        print "", "a", "b", "c" # which comes too late
    }' >long.csv
    for threads in 1 2; do
        for fault in write:ENOSPC:0 write:EIO:300000; do
            spills_with "$fault" --threads "$threads" long.csv
            failed_cleanly 'temporary: temporary file: .*'
        done
    done
}

@test "count: how the disk takes and gives what is spilled makes no difference" {
    count_persons --totals records.csv
    cp out in-memory
    # the third file to be opened is the one without a name: it then gets one, and loses it
    for fault in write:short:1000 write:EINTR:70000 pread:short:1000 pread:EINTR:70000 open:EIO:2; do
        spills_with "$fault"
        [ "$status" = 0 ]
        cmp err /dev/null
        cmp out in-memory
        [ -z "$(ls -A temporary)" ]
    done
}
