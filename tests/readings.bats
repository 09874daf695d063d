#!/usr/bin/env bats
# ddg-threshold: names and labels of columns as extracts have them, and what each scores.  The scores of
# data/readings.tsv were worked out by hand; "ask" is an error that says what to add.

bats_require_minimum_version 1.5.0

load scores

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

# reads KIND: every reading of that kind in data/readings.tsv; its name, what its column scores beside a
# smallest count of 50 (+5), and what else is known.
reads() {
    local kind score column labels wrong=0 count=0 total
    declare -A rest=([place]='5 - 5' [time]='5 - 5 - 5' [age]='5 - 5 + 1' [other]='5 - 5 + 1')
    declare -A known=([place]='--period 2020' [time]=--statewide [age]='--period 2020 --statewide' [other]='--period 2020 --statewide')
    while IFS=$'\t' read -r kind score column labels; do
        [ "$kind" = "$1" ] || continue
        count=$((count + 1))
        { echo "$column,count" && echo "\"${labels//;/$'",50\n"'}\",50"; } >t.csv
        # shellcheck disable=SC2086 # several options
        if [ "$score" = ask ]; then
            threshold -q ${known[$kind]} t.csv
            [ "$status" = 2 ] && grep -q "add --var '$column=other:groups'" err && continue
            echo "$column ($labels): no question" && wrong=1
        else
            threshold -q --card card.json ${known[$kind]} t.csv
            total=$(sed -n 's/^  "total": \(.*\),$/\1/p' card.json)
            [ "$status" = 0 ] && [ "$total" = $((${rest[$kind]} + score)) ] && continue
            echo "$column ($labels): not $score" && wrong=1
            cat err
            grep '"score"' card.json
        fi
    done <"$BATS_TEST_DIRNAME/data/readings.tsv"
    [ "$count" -gt 20 ] && [ "$wrong" = 0 ]
}

@test "readings: places" {
    reads place
}

@test "readings: periods" {
    reads time
}

@test "readings: ages" {
    reads age
}

@test "readings: race, sex, language, programmes, and what is none of them" {
    reads other
}
