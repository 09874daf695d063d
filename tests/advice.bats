#!/usr/bin/env bats
# ddg-threshold --advise: what it says of coarser tables is true of them (R-RED-1).  tests/oracle/advice.py makes
# each table that is spoken of, from the manual alone, and ddg-threshold assesses it.

bats_require_minimum_version 1.5.0

setup() {
    build=$(cd "${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}" && pwd)
    judge=$BATS_TEST_DIRNAME/oracle/advice.py
    cd "$BATS_TEST_TMPDIR" || return 1
}

@test "advice: coarser tables have the score, the small counts and the small populations that are said of them" {
    /usr/bin/python3 -B "$judge" "$build" "${DDG_ADVICE_TABLES:-100}" >answer || {
        cat answer
        return 1
    }
    grep -qE ' ([2-9][0-9]{2}|[0-9]{4,}) lines of advice, 0 wrong$' answer
}

@test "advice: the judge notices another score, other numbers of small counts and populations, another decision" {
    mkdir broken
    for change in 's/score 1/score 2/' 's/no small cells/1 small cell/' 's/ small cell\(s*\);/ small cell\1, which need not be masked;/' \
        's/ cells* with a small population/9 cells with a small population/' 's/ and [0-9]* cells* with a small population//'; do
        printf '#!/bin/sh\n"%s/ddg-threshold" "$@" 2>err || exit\nsed "/advice:/%s" err >&2\n' "$build" "$change" >broken/ddg-threshold
        chmod +x broken/ddg-threshold
        run -1 /usr/bin/python3 -B "$judge" broken 40
        [[ $output == *'not ok'*'but '* ]]
    done
}
