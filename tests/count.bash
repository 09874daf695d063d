# What the tests of ddg-count share: running it, and another way to count persons.

count="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}/ddg-count"

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.
count() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$count" "$@" >out 2>err </dev/null || status=$?
}

# fails MESSAGE ARGUMENT...: status 2, one line on stderr, nothing on stdout.
fails() {
    printf 'ddg-count: %s\n' "$1" >expected_err
    shift
    count "$@"
    [ "$status" = 2 ] && cmp out /dev/null && diff -u expected_err err
}

# gives ARGUMENT...: status 0, nothing on stderr, stdout as on standard input.
gives() {
    cat >expected
    count "$@"
    [ "$status" = 0 ] && cmp err /dev/null && diff -u expected out && cmp expected out
}

# Counts with nested loops over margins: every line is a key, its distinct
# persons and its records.
brute_force() {
    awk -F, -v OFS=, '
        NR > 1 {
            for (margin = 0; margin < 8; margin++) {
                key = (margin % 2 ? $2 : "Total") OFS (int(margin / 2) % 2 ? $3 : "Total") OFS \
                      (margin >= 4 ? $4 : "Total")
                events[key]++
                if (!((key, $1) in seen)) {
                    seen[key, $1]
                    persons[key]++
                }
            }
        }
        END {
            for (key in events)
                print key, persons[key], events[key]
        }' "$1" | LC_ALL=C sort
}

# For tests of what is spilled: enters the test's own directory, where the file's records are, and
# makes `temporary` for what is spilled.
prepare_spilling() {
    cd "$BATS_TEST_TMPDIR" || return 1
    ln -s "$BATS_FILE_TMPDIR"/* .
    mkdir temporary
}

# As count(), of the persons in a, b and c, under the variables of ${preload[@]}.
count_persons() {
    status=0
    env -i PATH="$PATH" LC_ALL=C TMPDIR="$PWD/temporary" ${preload:+"${preload[@]}"} \
        "$count" -g a,b,c --id id "$@" >out 2>err </dev/null || status=$?
}
