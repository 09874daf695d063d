#!/usr/bin/env bats
# ddg-count on more persons than fit into the memory that they may take.

# shellcheck disable=SC2154 # count.bash sets count

bats_require_minimum_version 1.5.0

setup_file() {
    load count
    cd "$BATS_FILE_TMPDIR" || return 1
    # identifiers of 1 to 44 bytes, which lie in one, two or more machine words; few in many cells
    awk -v OFS=, 'BEGIN {
        srand(20251024)
        print "id", "a", "b", "c"
        for (i = 0; i < 60000; i++) {
            id = int(rand() ^ 2 * 40000)
            printf "%s%d,a%d,%d,%d\n", substr("patient-of-the-county-hospital-number-", 1, id % 40),
                id, int(rand() ^ 2 * 6), int(rand() * 3), rand() < .2 ? int(rand() * 300) : id % 7
        }
    }' >records.csv
    brute_force records.csv >wanted
}

setup() {
    load count
    prepare_spilling
}

@test "count: persons beyond the memory allowed count the same at every margin" {
    count_persons --totals records.csv
    [ "$status" = 0 ]
    tail -n +2 out | LC_ALL=C sort | cmp - wanted
    cp out in-memory
    for memory in 1M 1500000 3M; do
        count_persons --totals --memory $memory records.csv
        [ "$status" = 0 ]
        cmp err /dev/null
        cmp out in-memory
        [ -z "$(ls -A temporary)" ]
    done
}

@test "count: persons of cells without totals count the same beyond the memory allowed" {
    count_persons records.csv
    cp out in-memory
    count_persons --memory 1M records.csv
    [ "$status" = 0 ]
    cmp out in-memory
}

@test "count: a state has the same bytes beyond the memory allowed" {
    count_persons --partial records.csv
    [ "$status" = 0 ]
    cp out in-memory
    { head -n 1 records.csv && sed 1d records.csv | tac; } >other.csv
    count_persons --partial --memory 1M other.csv
    [ "$status" = 0 ]
    cmp out in-memory
}

@test "count: what is spilled is in TMPDIR, without a name, for its owner alone" {
    mkfifo pipe
    env -i PATH="$PATH" TMPDIR="$PWD/temporary" \
        "$count" -g a --id id --memory 1M <pipe >out &
    tool=$!
    exec 9>pipe
    cat records.csv >&9
    for ((i = 0; i < 100; i++)); do
        spill=$(find "/proc/$tool/fd" -lname "$PWD/temporary/*(deleted)") || true
        [ -z "$spill" ] || break
        sleep .1
    done
    [ "$(stat -L -c %a:%h "$spill")" = 600:0 ]
    [ -z "$(ls -A temporary)" ]
    exec 9>&-
    wait $tool
}

@test "count: --memory takes bytes or powers of 1024, a megabyte at least" {
    for size in '' M 1023K 1048575 1m 1.5M -1 99999999999T '1 M'; do
        count_persons --memory "$size" records.csv
        [ "$status" = 2 ]
        echo "ddg-count: --memory is a number of bytes, with or without K, M, G or T, from 1M on," \
            "not '$size' (try --help)" | cmp - err
    done
    for size in 1048576 1024K 1M 1G 1T; do
        count_persons --memory "$size" records.csv
        [ "$status" = 0 ]
    done
}
