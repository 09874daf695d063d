#!/usr/bin/env bats
# ddg-threshold: names and labels of columns as extracts have them, and what each scores.  The scores of
# data/readings.tsv were worked out by hand; "ask" is an error that says what to add.  "unread" is a label
# that a person reads and the tool does not: a known gap, where the card has to say that the category is not
# known and the highest class of its variable holds.  What is to be found nowhere, the people of a city, is
# no gap, and has the number of that class.

bats_require_minimum_version 1.5.0

load scores

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

# reads KIND: every reading of that kind in data/readings.tsv; its name, what its column scores beside a
# smallest count of 50 (+5), and what else is known.
reads() {
    local kind score column labels wrong=0 count=0 card message unread
    declare -A highest=([place]=7 [time]=5 [age]=7 [other]=7)
    declare -A rest=([place]='5 - 5' [time]='5 - 5 - 5' [age]='5 - 5 + 1' [other]='5 - 5 + 1')
    declare -A known=([place]='--period 2020' [time]=--statewide [age]='--period 2020 --statewide' [other]='--period 2020 --statewide')
    while IFS=$'\t' read -r kind score column labels; do
        [ "$kind" = "$1" ] || continue
        count=$((count + 1))
        { echo "$column,count" && echo "\"${labels//;/$'",50\n"'}\",50"; } >t.csv
        # shellcheck disable=SC2086 # several options
        if [ "$score" = ask ]; then
            threshold -q ${known[$kind]} t.csv
            read -r message <err
            [ "$status" = 2 ] && [[ $message == *"add --var '$column=other:groups'"* ]] && continue
            echo "$column ($labels): no question" && wrong=1
        else
            threshold -q --card card.json ${known[$kind]} t.csv
            read -r -d '' card <card.json || true
            unread=
            [ "$score" = unread ] && unread="': not known of a category of column '$column'" && score=${highest[$kind]}
            [ "$status" = 0 ] && [[ $card =~ '"total": '$((${rest[$kind]} + score))',' ]] && [[ $card == *"$unread"* ]] && continue
            echo "$column ($labels): not $score${unread:+, or read}" && wrong=1
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
