#!/usr/bin/env bats
# ddg-audit against judges of its own kind, which know the manuals and not the code: tests/oracle.

setup_file() {
    bats_require_minimum_version 1.5.0
}

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    judge=$BATS_TEST_DIRNAME/oracle/audit_lp.py
    cd "$BATS_TEST_TMPDIR" || return 1
}

@test "oracle: integer programs find the ranges that ddg-audit finds in tables of some hundred cells" {
    # the first five have every level of knowledge, distinct persons and hierarchies; the sixth takes a minute
    tables=${DDG_ORACLE_TABLES:-5}
    /usr/bin/python3 -B "$judge" --compare "$build" --tables "$tables" --sample 6 >answer || {
        grep -v '^ok' answer
        return 1
    }
    [ "$(grep -c '^ok' answer)" = "$tables" ]
}

@test "oracle: integer programs know the guideline's examples 1, 2 and 4" {
    printf '%s\n' age,count,annotation A1,,1 A2,14, A3,,1 A4,,1 A5,0, A8,30, Total,74, >one.csv
    printf '%s\n' age,count,annotation A1,,1 A2,14, A3,,1 A4,17, A8,30, Total,80, >two.csv
    printf '%s\n' age,count,annotation A1,14, A2,14, A3,,1 A4,,2 A8,30, Total,70, >four.csv
    cmp <(/usr/bin/python3 -B "$judge" --knows threshold one.csv) <(printf '%s\n' 2,10,10 4,10,10 5,10,10)
    cmp <(/usr/bin/python3 -B "$judge" --knows zeros one.csv) <(printf '%s\n' 2,1,28 4,1,28 5,1,28)
    cmp <(/usr/bin/python3 -B "$judge" --knows threshold two.csv) <(printf '%s\n' 2,9,10 4,9,10)
    cmp <(/usr/bin/python3 -B "$judge" --knows codes four.csv) <(printf '%s\n' 4,1,1 5,11,11)
    cmp <(/usr/bin/python3 -B "$judge" --knows zeros four.csv) <(printf '%s\n' 4,1,11 5,1,11)
}

@test "oracle: integer programs notice an audit that is none" {
    mkdir broken
    printf '#!/bin/sh\necho line,measure,d0,d1,status,how,low,high\n' >broken/ddg-audit
    chmod +x broken/ddg-audit
    run -1 /usr/bin/python3 -B "$judge" --compare broken --tables 4 --sample 2
    [ "$(grep -c '^not ok' <<<"$output")" = 4 ]
}
