#!/usr/bin/env bats
# ddg-suppress --partitions: breakdowns of the same people side by side are masked together, so that
# ddg-audit, which is told the same, finds nothing; masked apart they give each other away.

# shellcheck disable=SC2154 # suppress.bash sets build

bats_require_minimum_version 1.5.0

setup() {
    load suppress
    cd "$BATS_TEST_TMPDIR" || return 1
    cat >kinds.csv <<'END'
county,type,value,count
Ames,age,0-17,8
Ames,age,18+,142
Ames,age,Total,150
Ames,sex,F,70
Ames,sex,M,80
Ames,sex,Total,150
Bode,age,0-17,3000
Bode,age,18+,9500
Bode,age,Total,12500
Bode,sex,F,6000
Bode,sex,M,6500
Bode,sex,Total,12500
END
}

audit() {
    run "$build/ddg-audit" -q --partitions type,value "$@" out
}

@test "partitions: a total is hidden in all breakdowns or in none, with what protects it in each" {
    # nothing else may go in Ames than a total
    suppress --partitions type,value --never value=18+ --totals none kinds.csv
    [ "$status" = 0 ]
    run -1 grep breakdowns err
    cut -d, -f1-5 out | cmp - <(cat <<'END'
county,type,value,count,annotation
Ames,age,0-17,,1
Ames,age,18+,142,
Ames,age,Total,,1
Ames,sex,F,,1
Ames,sex,M,80,
Ames,sex,Total,,1
Bode,age,0-17,3000,
Bode,age,18+,9500,
Bode,age,Total,12500,
Bode,sex,F,6000,
Bode,sex,M,6500,
Bode,sex,Total,12500,
END
)
    audit --totals none
    [ "$status" = 0 ]
    # each breakdown by itself shows the total that the other hides
    suppress -q --by type --whole --nested type,value --never value=18+ --totals none kinds.csv
    audit --totals none
    [ "$status" = 1 ]
}

@test "partitions: reasons, masks and rows of totals of everything go with it" {
    # the total of everything is one more kind
    { cat kinds.csv; printf 'Ames,Total,Total,150\nBode,Total,Total,12500\n'; } >table.csv
    suppress -q --partitions type,value --never value=18+ --totals none --explain why.csv table.csv
    [ "$status" = 0 ]
    grep -q '^Ames,Total,Total,,1,' out
    grep -q '^Ames,Total,Total,R-SUP-' why.csv
    # what is to be hidden in one row is hidden in all, and what is to be shown in one is shown
    sed '1s/$/,mask/; 2,$s/$/,0/; s/^\(Ames,sex,Total,\)150,0/\17,1/; s/^Ames,\(age\|Total\),Total,150/Ames,\1,Total,7/
        s/^Ames,age,0-17,8/Ames,age,0-17,3/; s/,142,/,4,/; s/,70,/,5,/; s/,80,/,2,/' table.csv >small.csv
    suppress -q --partitions type,value --when-masked --totals none small.csv
    [ "$status" = 0 ]
    [ "$(grep -c '^Ames,.*,Total,,1,' out)" = 3 ]
    suppress -q --partitions type,value --always type=Total --totals none table.csv
    [ "$(grep -c '^[AB].*,Total,,1,' out)" = 6 ]
    fails 'table.csv: --always and --never both name county=Ames, type=age, value=Total (try --help)' \
        --partitions type,value --always type=Total --never value=Total --totals none table.csv
}

@test "partitions: totals that differ, and what it does not go with, are errors" {
    sed 's/^Ames,sex,M,80/Ames,sex,M,81/; s/^Ames,sex,Total,150/Ames,sex,Total,151/' kinds.csv >differ.csv
    fails 'differ.csv:7: a total of --partitions is another than that of line 4: county=Ames, type=sex, value=Total' \
        --partitions type,value differ.csv
    # a count beside a total without data would go out with it
    sed '1s/$/,annotation/; 2,$s/$/,/; s/^Ames,age,Total,150,/Ames,age,Total,,3/' kinds.csv >lacking.csv
    fails 'lacking.csv:7: a total of --partitions is another than that of line 4: county=Ames, type=sex, value=Total' \
        --partitions type,value lacking.csv
    sed 's/^Ames,sex,Total,150,/Ames,sex,Total,,3/' lacking.csv >table.csv
    suppress -q --partitions type,value --totals none table.csv
    [ "$status" = 0 ]
    [ "$(grep -c '^Ames,.*,Total,,3,' out)" = 2 ]
    fails '--partitions goes with a table by itself: not with --published (try --help)' \
        --partitions type,value --published kinds.csv kinds.csv
}

@test "partitions: a certificate changes a total alike in all breakdowns" {
    checker=$BATS_TEST_DIRNAME/oracle/check_certificate.py
    set -- --partitions type,value --totals none
    suppress -q "$@" --never value=18+ --certificate proof.csv kinds.csv
    [ "$status" = 0 ]
    cmp proof.csv - <<'END'
table,county,type,value,change
1,Ames,age,0-17,-1
1,Ames,age,Total,-1
1,Ames,sex,F,-1
1,Ames,sex,Total,-1
1,Total,age,0-17,-1
1,Total,age,Total,-1
1,Total,sex,F,-1
1,Total,sex,Total,-1
2,Ames,age,0-17,1
2,Ames,age,Total,1
2,Ames,sex,F,1
2,Ames,sex,Total,1
2,Total,age,0-17,1
2,Total,age,Total,1
2,Total,sex,F,1
2,Total,sex,Total,1
END
    /usr/bin/python3 -B "$checker" kinds.csv out proof.csv "$@"
    sed '/^1,Ames,sex/d' proof.csv >tampered.csv
    run -1 /usr/bin/python3 -B "$checker" kinds.csv out tampered.csv "$@"
    [[ $output == same:* ]]
}

@test "partitions: count columns that add up are masked together in all breakdowns" {
    printf '%s\n' county,type,value,women,men,all Ames,age,0-17,3,40,43 Ames,age,18+,60,70,130 Ames,age,Total,63,110,173 \
        Ames,place,home,20,50,70 Ames,place,away,43,60,103 Ames,place,Total,63,110,173 >wide.csv
    set -- --partitions type,value --count women,men,all --equation 'women + men = all' --totals none
    suppress -q "$@" --certificate proof.csv wide.csv
    [ "$status" = 0 ]
    /usr/bin/python3 -B "$BATS_TEST_DIRNAME/oracle/check_certificate.py" wide.csv out proof.csv "$@"
    "$build/ddg-audit" -q "$@" out
    # without the equation they give each other away, or without the breakdowns
    suppress -q --partitions type,value --count women,men,all --totals none wide.csv
    run -1 "$build/ddg-audit" -q "$@" out
    sed 's/^Ames,age,Total,63,110/Ames,age,Total,63,111/; s/^Ames,place,Total,63,110/Ames,place,Total,63,111/
        s/^Ames,age,18+,60,70/Ames,age,18+,60,71/; s/^Ames,place,away,43,60/Ames,place,away,43,61/' wide.csv >wrong.csv
    suppress "$@" wrong.csv
    [ "$status" = 2 ]
    grep -q "^ddg-suppress: wrong.csv:[34]: the --equation 'women + men = all' does not hold here: county=Ames, type=age, value=" err
}

@test "partitions: random tables give nothing away, and many do when they are masked apart" {
    /usr/bin/python3 -B "$BATS_TEST_DIRNAME/oracle/partitions.py" "$build" --tables 40 --seed 3 >judged
    ! grep 'not ok' judged || return 1
    [ "$(tail -n 1 judged | cut -d ' ' -f 1)" -gt 8 ]
}

@test "partitions: breakdowns that nobody declared are refused, where their totals are the same" {
    fails "kinds.csv: values of 'value' stand beside one of 'type' each, and all these have the same totals: breakdowns of the same people want --partitions type,value; of others --by type" kinds.csv
    fails "kinds.csv: values of 'value' stand beside one of 'type' each, and all these have the same totals: breakdowns of the same people want --partitions type,value; of others --by type" --totals add kinds.csv
    # other people, and parts of a whole that is printed
    sed 's/^Bode,sex,M,6500/Bode,sex,M,6501/; s/^Bode,sex,Total,12500/Bode,sex,Total,12501/' kinds.csv >others.csv
    suppress others.csv
    run ! grep partitions err
}
