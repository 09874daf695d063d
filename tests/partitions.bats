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

# Rounds kinds.csv: the counts in `counts`.
round() {
    "$build/ddg-round" -q "$@" >out 2>err
    cut -d, -f4 out | tail -n +2 >counts
}

# Does every kind of each place add up, all to the same total?
adds_up() {
    awk -F, 'NR == 1 { next }
        $3 == "Total" && !($1 in total) { total[$1] = $4 }
        $3 == "Total" && total[$1] != $4 { exit 1 }
        { sum[$1 "," $2] += $3 == "Total" ? -$4 : $4 }
        END { for (i in sum) if (sum[i] != 0) exit 1 }' out
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

@test "partitions: R-RND-1 ddg-round rounds each kind so that it adds up, to one total of all" {
    local seed
    for seed in 1 2 3 4 5 6; do
        awk -F, -v OFS=, -v seed="$seed" 'BEGIN {
            print "county,type,value,count"
            for (i = 0; i < 5; i++) {
                total = (seed * 37 + i * 101) % 90 + 40
                a = (seed * 13 + i * 7) % 29; b = (seed * 5 + i * 11) % 17; c = (seed * 3 + i) % 5
                print i, "age", "young", a; print i, "age", "old", total - a; print i, "age", "Total", total
                print i, "sex", "F", b; print i, "sex", "M", total - b - c; print i, "sex", "X", c; print i, "sex", "Total", total
                print i, "race", "1", a; print i, "race", "2", b; print i, "race", "3", total - a - b; print i, "race", "Total", total
            }
        }' >kinds.csv
        round --method controlled --partitions type,value kinds.csv
        adds_up
        paste -d, kinds.csv out | awk -F, 'NR > 1 && ($8 % 5 || $8 - $4 >= 5 || $4 - $8 >= 5) { exit 1 }'
        # masked, and the hidden ones adjusted
        suppress -q --partitions type,value kinds.csv
        [ "$status" = 0 ]
        cp out masked.csv
        round --method controlled --partitions type,value masked.csv
        "$build/ddg-audit" -q --codes merged --partitions type,value --rounded 5:controlled:1 out
        round --method adjust --partitions type,value --within 5 masked.csv
        adds_up
    done
}

@test "partitions: R-RND-1 ddg-round draws the total of all kinds once" {
    (umask 077 && printf 'a key of nobody, made for tests' >key)
    round --method random --key-file key --partitions type,value --to 100 kinds.csv
    awk -F, '$3 == "Total" { n[$1 "," $4] = 1 } END { for (i in n) c++; exit c != 2 }' out
    # as the county by itself is
    printf 'county,count\nAmes,150\nBode,12500\n' >counties.csv
    awk -F, '$3 == "Total" && !seen[$1]++ { print $1 "," $4 }' out >wanted
    "$build/ddg-round" -q --method random --key-file key --to 100 counties.csv | tail -n +2 | cmp - wanted
}

@test "partitions: ddg-round refuses totals that differ, and what does not keep one total" {
    sed -i 's/Ames,sex,M,80/Ames,sex,M,81/; s/Ames,sex,Total,150/Ames,sex,Total,151/' kinds.csv
    run -2 "$build/ddg-round" --method controlled --partitions type,value kinds.csv
    [ "$output" = 'ddg-round: kinds.csv:7: a total of --partitions is another than that of line 4: county=Ames, type=sex, value=Total' ]
    for how in '--method small' --percent --whole-percent; do
        # shellcheck disable=SC2086 # words
        run -2 "$build/ddg-round" $how --partitions type,value kinds.csv
        [ "$output" = 'ddg-round: --partitions is not for --method small, percentages and rates: each kind has to be a table of its own (try --help)' ]
    done
}
