# What the tests of scores share: the tool, small tables, and what their cards say.

build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}

# The tool in an environment of its own: stdout in `out`, stderr in `err`, the status in $status.
threshold() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$build/ddg-threshold" "$@" >out 2>err </dev/null || status=$?
}

# fails PATTERN ARGUMENT...: status 2, one line on stderr that the pattern is in, nothing on stdout.
fails() {
    local pattern=$1
    shift
    threshold "$@"
    if [ "$status" != 2 ] || [ -s out ] || [ "$(wc -l <err)" != 1 ] || ! grep -q -- "$pattern" err; then
        cat err
        return 1
    fi
}

# table HEADER ROW...: writes t.csv.
table() {
    printf '%s\n' "$@" >t.csv
}

# scores TOTAL ARGUMENT...: t.csv has this score, on its card and in every row.
scores() {
    local total=$1 seen
    shift
    threshold -q --card card.json "$@" t.csv
    [ "$status" = 0 ] || { cat err && return 1; }
    seen=$(sed -n 's/^  "total": \(.*\),$/\1/p' card.json)
    [ "$seen" = "$total" ] || { cat card.json && return 1; }
    [ "$(tail -n +2 out | sed 's/.*,\(.*\),.*/\1/' | sort -u)" = "$total" ]
}

# says VARIABLE SCORE [PATTERN]: the card has this line.
says() {
    grep "\"variable\": \"$1\", .*\"score\": $2, " card.json | grep -q -- "${3:-}" || { cat card.json && return 1; }
}

decides() {
    grep -q "^  \"decision\": \"$1\"," card.json
}
