# What the tests of ddg-suppress share: running it, and reading what it masked.

build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.
suppress() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$build/ddg-suppress" "$@" >out 2>err </dev/null || status=$?
}

# fails MESSAGE ARGUMENT...: status 2, one line on stderr, nothing on stdout.
fails() {
    printf 'ddg-suppress: %s\n' "$1" >expected_err
    shift
    suppress "$@"
    [ "$status" = 2 ] && cmp out /dev/null && diff -u expected_err err
}

# hidden_are: standard input names the rows (all that is left of the count, with its comma) whose
# count is blank in `out`.
hidden_are() {
    sort >expected
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "count" || $i == "persons") at = i; next }
        $at == "" { row = ""; for (i = 1; i < at; i++) row = row $i ","; print row }' out | sort >hidden
    diff -u expected hidden
}
