#!/usr/bin/env bats
# ddg-suppress: what is masked, what stays, and which tables are refused.  Expected tables follow
# from the guideline by hand; where several masks would be right, what every right one has in common
# is asserted.

# shellcheck disable=SC2030,SC2031,SC2154 # each test is a subshell; suppress.bash sets build

bats_require_minimum_version 1.5.0

setup() {
    load suppress
    cd "$BATS_TEST_TMPDIR" || return 1
}

# gives ARGUMENT...: status 0, nothing on stderr, stdout as on standard input.
gives() {
    cat >expected
    suppress -q "$@"
    [ "$status" = 0 ] && cmp err /dev/null && diff -u expected out && cmp expected out
}

# hides ARGUMENT...: the rows on standard input (hidden_are), and every other count is as it was.
hides() {
    suppress -q "$@"
    [ "$status" = 0 ] && cmp err /dev/null && hidden_are && shown_are_true "${*: -1}"
}

# Every count that `out` shows is the one that the table has.
shown_are_true() {
    awk -F, 'NR == FNR { true[FNR] = $0; next }
        { for (i = 1; i <= split(true[FNR], was, ","); i++)
            if ($i != was[i] && $i != "") exit 1 }' "$1" out
}

# ddg-audit, other code by intent, finds nothing in `out`.
audit_is_clean() {
    "$build/ddg-audit" "$@" out >findings 2>verdict || {
        cat findings verdict
        return 1
    }
}

# one_way COUNT...: a table of one dimension and its total.
one_way() {
    local sum=0 i=0
    echo age,count
    for count in "$@"; do
        i=$((i + 1)) sum=$((sum + count))
        echo "A$i,$count"
    done
    echo "Total,$sum"
}

@test "suppress: breakdowns of the same people are noted where they are masked one by one, and safe in columns" {
    printf 'county,type,value,count\n' >kinds.csv
    for row in Ames:8:142:70 Bode:3000:9500:6000 Total:3008:9642:6070; do
        IFS=: read -r county young old women <<<"$row"
        all=$((young + old))
        printf '%s\n' "$county,age,0-17,$young" "$county,age,18+,$old" "$county,age,Total,$all" \
            "$county,sex,F,$women" "$county,sex,M,$((all - women))" "$county,sex,Total,$all"
    done >>kinds.csv
    note="ddg-suppress: note: totals are the same in each 'type': if these are breakdowns of the same people, they have to be masked together, as ddg-suppress(1) says under BREAKDOWNS SIDE BY SIDE"
    suppress --by type --whole --never value=18+ kinds.csv
    [ "$status" = 0 ]
    grep -qxF "$note" err
    # and that is no empty warning
    mv out masked.csv
    run -1 "$build/ddg-audit" -q --partitions type,value masked.csv
    { head -n 1 kinds.csv && tail -n +2 kinds.csv | sort -t, -k2,2 -s; } >sorted.csv
    for by in --by=type '--nested=type,value'; do
        suppress "$by" sorted.csv
        grep -qxF "$note" err
    done
    # years are no such breakdowns
    sed 's/type/year/; s/sex,\(.*\),142$/sex,\1,143/' sorted.csv |
        sed 's/^\(Bode,sex,M\),.*/\1,6501/; s/^\(Bode,sex,Total\),.*/\1,12501/; s/^\(Total,sex,M\),.*/\1,6581/; s/^\(Total,sex,Total\),.*/\1,12651/' >years.csv
    suppress --by year years.csv
    [ "$status" = 0 ]
    run -1 grep breakdowns err
    # the way of the manual
    awk -F, -v OFS=, '
        NR == 1 { print "county,age,sex,count"; next }
        { age = sex = "Total" }
        $2 == "age" { age = $3 }
        $2 == "sex" { sex = $3 }
        !seen[$1, age, sex]++ { print $1, age, sex, $4 }
    ' kinds.csv >columns.csv
    suppress --never age=18+ columns.csv
    [ "$status" = 0 ]
    run -1 grep breakdowns err
    run -0 "$build/ddg-audit" -q out
    awk -F, -v OFS=, '
        NR == FNR { masked[$1, $2, $3] = $4 "," $5; next }
        FNR == 1 { print $0, "annotation"; next }
        { age = sex = "Total" }
        $2 == "age" { age = $3 }
        $2 == "sex" { sex = $3 }
        { print $1, $2, $3, masked[$1, age, sex] }
    ' out kinds.csv >back.csv
    run -0 "$build/ddg-audit" -q --codes merged --partitions type,value back.csv
}

@test "suppress: a mask has blank counts, code 1, a description, and a summary on stderr" {
    one_way 30 4 12 7 40 >table.csv
    suppress table.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-suppress: 2 of 6 cells suppressed: 2 small, 0 complementary; codes merged; no suppressed count can be worked out by adding and subtracting, if the table is as described, even knowing that zeros are always shown
END
    cmp out - <<'END'
age,count,annotation,annotation_description
A1,30,,
A2,,1,small number or complementary
A3,12,,
A4,,1,small number or complementary
A5,40,,
Total,93,,
END
}

@test "suppress: R-SUP-1 counts of 1 to 10 are hidden, 11 is not" {
    one_way 1 10 11 12 >table.csv
    hides table.csv <<'END'
A1,
A2,
END
}

@test "suppress: R-SUP-1 the threshold can be set" {
    one_way 4 5 6 14 15 >table.csv
    hides --threshold 5 --group-rule off table.csv <<'END'
A1,
A2,
END
    hides --threshold 15 table.csv <<'END'
A1,
A2,
A3,
A4,
END
}

@test "suppress: R-SUP-1 without a score every small cell is masked, whatever the denominator" {
    cat >scored.csv <<'END'
g,count,numerator_ok,denominator_ok,score,mask
a,7,0,1,,0
b,8,0,1,,0
c,30,1,1,,0
END
    gives scored.csv <<'END'
g,count,annotation,annotation_description
a,,1,small number or complementary
b,,1,small number or complementary
c,30,,
END
}

@test "suppress: --when-masked hides small counts only where the column mask is 1" {
    cat >scored.csv <<'END'
g,h,count,mask
a,x,7,1
a,y,8,1
a,z,9,0
a,Total,24,0
END
    gives --when-masked --by g scored.csv <<'END'
g,h,count,annotation,annotation_description
a,x,,1,small number or complementary
a,y,,1,small number or complementary
a,z,9,,
a,Total,24,,
END
    sed -i 's/,1$/,0/' scored.csv
    gives --when-masked --by g scored.csv <<'END'
g,h,count,annotation,annotation_description
a,x,7,,
a,y,8,,
a,z,9,,
a,Total,24,,
END
}

@test "suppress: of two columns called mask neither is honoured" {
    local two="two columns are called 'mask', and which of them ddg-threshold added is not known (try --help)"
    printf 'g,count,mask,Mask\na,4,0,1\nb,30,0,0\nTotal,34,0,0\n' >two.csv
    fails "two.csv: $two" --when-masked two.csv
    printf 'mask,count,mask\na,4,0\nb,30,0\nTotal,34,0\n' >dimension.csv
    fails "dimension.csv: $two" --when-masked dimension.csv
    run -2 "$build/ddg-audit" --when-masked two.csv two.csv
    [ "$output" = "ddg-audit: two.csv: $two" ]
}

@test "suppress: --when-masked wants the column mask, of 0 and 1" {
    printf 'g,count\na,7\n' >none.csv
    fails "none.csv: --when-masked wants the column 'mask' that ddg-threshold adds: run ddg-threshold on the table first (try --help)" \
        --when-masked none.csv
    printf 'g,count,mask\na,7,1\nb,8,yes\n' >odd.csv
    fails "odd.csv:3: column 'mask': neither 0 nor 1" --when-masked odd.csv
    sed '1s/mask/Mask/' odd.csv >capital.csv # as spreadsheets may write it
    fails "capital.csv:3: column 'Mask': neither 0 nor 1" --when-masked capital.csv
    printf 'g,count,mask\na,7,\n' >odd.csv
    fails "odd.csv:2: column 'mask': neither 0 nor 1" --when-masked odd.csv
}

@test "suppress: R-SUP-2 a lone small cell takes the smallest other with it" {
    one_way 30 4 12 19 40 >table.csv
    suppress table.csv
    cmp err - <<'END'
ddg-suppress: 2 of 6 cells suppressed: 1 small, 1 complementary; codes merged; no suppressed count can be worked out by adding and subtracting, if the table is as described, even knowing that zeros are always shown
ddg-suppress: no other choice of complementary cells loses less
END
    hides table.csv <<'END'
A2,
A3,
END
    audit_is_clean
}

@test "suppress: R-SUP-2 a total that is not printed is taken as public" {
    printf 'g,count\na,4\nb,12\nc,40\n' >table.csv
    hides table.csv <<'END'
a,
b,
END
    hides --totals implied table.csv <<'END'
a,
b,
END
}

@test "suppress: R-SUP-2 two by two cells under printed margins all go when one is small" {
    cat >table.csv <<'END'
county,sex,count
Kern,F,4
Kern,M,30
Kern,Total,34
Yolo,F,25
Yolo,M,31
Yolo,Total,56
Total,F,29
Total,M,61
Total,Total,90
END
    gives table.csv <<'END'
county,sex,count,annotation,annotation_description
Kern,F,,1,small number or complementary
Kern,M,,1,small number or complementary
Kern,Total,34,,
Yolo,F,,1,small number or complementary
Yolo,M,,1,small number or complementary
Yolo,Total,56,,
Total,F,29,,
Total,M,61,,
Total,Total,90,,
END
    audit_is_clean
}

@test "suppress: R-SUP-3 zeros are shown and never serve, however small the others" {
    one_way 0 5 0 0 900 0 >table.csv
    gives table.csv <<'END'
age,count,annotation,annotation_description
A1,0,,
A2,,1,small number or complementary
A3,0,,
A4,0,,
A5,,1,small number or complementary
A6,0,,
Total,905,,
END
}

@test "suppress: R-SUP-3 a small total of one cell and zeros goes with the cell" {
    printf 'g,h,count\na,x,5\na,y,0\na,Total,5\nb,x,20\nb,y,30\nb,Total,50\n' >table.csv
    suppress -q --totals none table.csv
    [ "$status" = 0 ]
    [ "$(grep -c '^a,.*,,1,' out)" = 2 ]
    grep -qx 'a,y,0,,' out
    audit_is_clean
}

@test "suppress: R-SUP-4 amounts beside a suppressed count go with it" {
    cat >table.csv <<'END'
g,count,cost,mean cost
a,4,400.00,100.00
b,0,0.00,
c,12,99.60,8.30
d,50,50.00,1.00
END
    gives table.csv <<'END'
g,count,cost,mean cost,annotation,annotation_description
a,,,,1,small number or complementary
b,0,0.00,,,
c,,,,1,small number or complementary
d,50,50.00,1.00,,
END
}

@test "suppress: R-SUP-5 example 3 of the guideline, a rate of 0.0 goes with its count, that of a zero stays" {
    cat >rates.csv <<'END'
county,count,rate,population
A,3,0.0,7500
B,15,1.0,1500
C,0,0.0,7500
END
    gives --totals none --keep population rates.csv <<'END'
county,count,rate,population,annotation,annotation_description
A,,,7500,1,small number or complementary
B,15,1.0,1500,,
C,0,0.0,7500,,
END
    # with a public total of 18 the 15 has to go, too
    gives --keep population rates.csv <<'END'
county,count,rate,population,annotation,annotation_description
A,,,7500,1,small number or complementary
B,,,1500,1,small number or complementary
C,0,0.0,7500,,
END
}

@test "suppress: R-SUP-5 events and a kept population beside persons" {
    printf 'g,persons,events,people\na,3,40,100\nb,50,60,200\nTotal,53,100,300\n' >table.csv
    gives --keep people table.csv <<'END'
g,persons,events,people,annotation,annotation_description
a,,,100,1,small number or complementary
b,,,200,1,small number or complementary
Total,53,100,300,,
END
}

@test "suppress: R-SUP-2 persons and events, often one number, are not masked each by itself" {
    # who is counted once in all is one event: masked apart, Kern's 24 could be hidden in one column
    # and shown in the other
    printf 'g,persons,events\nAmador,3,3\nKern,24,24\nYolo,27,27\nTotal,54,54\n' >table.csv
    local message="table.csv: 'persons' and 'events' are often the same number, and masked each by itself one shows what the other hides: mask with --count persons, which blanks the events beside hidden persons (try --help)"
    for count in persons,events events,persons; do
        fails "$message" --count $count table.csv
        fails "$message" --count $count --distinct table.csv
    done
    gives --count persons table.csv <<'END'
g,persons,events,annotation,annotation_description
Amador,,,1,small number or complementary
Kern,,,1,small number or complementary
Yolo,27,27,,
Total,54,54,,
END
    # other columns of that name are no persons'
    printf 'g,count,events\nAmador,30,41\nKern,24,24\n' >other.csv
    suppress -q --count count,events other.csv
    [ "$status" = 0 ]
}

@test "suppress: R-SUP-6 one more cell where every hidden value is 3 or less" {
    one_way 3 3 3 3 40 20 >table.csv
    hides table.csv <<'END'
A1,
A2,
A3,
A4,
A6,
END
    hides --group-rule off table.csv <<'END'
A1,
A2,
A3,
A4,
END
}

@test "suppress: R-SUP-6 one more cell where the hidden values add up to less than 11" {
    one_way 4 6 40 20 >table.csv
    hides table.csv <<'END'
A1,
A2,
A4,
END
    hides --group-rule off table.csv <<'END'
A1,
A2,
END
    one_way 4 7 40 20 >table.csv
    hides table.csv <<'END'
A1,
A2,
END
}

@test "suppress: R-SUP-6 what is small follows the threshold" {
    one_way 9 10 50 60 >table.csv
    hides --threshold 20 table.csv <<'END'
A1,
A2,
A3,
END
    hides --threshold 19 table.csv <<'END'
A1,
A2,
END
}

@test "suppress: R-SUP-6 where no cell is left the total goes" {
    one_way 3 3 3 3 0 >table.csv
    hides table.csv <<'END'
A1,
A2,
A3,
A4,
Total,
END
}

@test "suppress: R-SUP-6 a note says when a total that is not printed would have to go" {
    printf 'g,count\na,3\nb,3\nc,3\nd,3\n' >table.csv
    suppress table.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-suppress: 4 of 4 cells suppressed: 4 small, 0 complementary; codes merged; no suppressed count can be worked out by adding and subtracting, if the table is as described, even knowing that zeros are always shown
ddg-suppress: note: R-SUP-6 asks for one more cell where none is left, in 1 line whose total is not printed here: do not publish that total
ddg-suppress: note: no row of the input is a total; if some are, --total says how they are labelled
END
    suppress --totals add table.csv
    cmp out - <<'END'
g,count,annotation,annotation_description
a,,1,small number or complementary
b,,1,small number or complementary
c,,1,small number or complementary
d,,1,small number or complementary
Total,,1,small number or complementary
END
    run -1 grep R-SUP-6 err
}

# two_way ROWS COLUMNS SEED: skewed counts with zeros, and all margins.
two_way() {
    awk -v rows="$1" -v columns="$2" -v seed="$3" 'BEGIN {
        srand(seed)
        print "r,c,count"
        for (i = 1; i <= rows; i++) {
            for (j = 1; j <= columns; j++) {
                n = int(exp(rand() * 5)) - 1
                printf "r%d,c%d,%d\n", i, j, n
                row[i] += n; column[j] += n; all += n
            }
            printf "r%d,Total,%d\n", i, row[i]
        }
        for (j = 1; j <= columns; j++)
            printf "Total,c%d,%d\n", j, column[j]
        printf "Total,Total,%d\n", all
    }'
}

# What every mask of a table with all its margins has: small counts hidden, zeros and other shown
# counts as they were, code 1 exactly where a count is blank, two or more hidden in each line that
# has any, and an audit that finds nothing.
mask_is_right() {
    [ "$status" = 0 ]
    awk -F, -v OFS=, 'NR == FNR { count[$1, $2] = $3; next }
        FNR == 1 { next }
        {
            was = count[$1, $2]
            hidden = $3 == ""
            if (!((($1, $2) in count)) || hidden != ($4 == "1") ||
                (!hidden && ($3 != was || $4 != "" || $5 != "" || (was >= 1 && was <= 10))) ||
                (hidden && (was == 0 || $5 != "small number or complementary")))
                bad = bad "\n" $0
            row[$1] += hidden
            column[$2] += hidden
            rows++
        }
        END {
            for (i in row) if (row[i] == 1) bad = bad "\n1 in row " i
            for (i in column) if (column[i] == 1) bad = bad "\n1 in column " i
            if (rows != length(count) - 1) bad = bad "\nrows: " rows
            if (bad != "") { print "wrong:" bad; exit 1 }
        }' "$1" out
    audit_is_clean
}

@test "suppress: R-SUP-7 every row and column of a two-way table with any has two, and nothing is recovered" {
    for seed in 1 2 3 4 5 6 7 8; do
        two_way 7 5 "$seed" >table.csv
        suppress table.csv
        mask_is_right table.csv
    done
}

@test "suppress: the order of the rows changes nothing about what a mask promises" {
    two_way 6 4 9 >table.csv
    for seed in 1 2 3 4; do
        { head -n 1 table.csv && tail -n +2 table.csv | shuf --random-source=<(yes "$seed"); } >shuffled.csv
        suppress shuffled.csv
        mask_is_right shuffled.csv
        tail -n +2 shuffled.csv | cut -d, -f1,2 | cmp - <(tail -n +2 out | cut -d, -f1,2)
    done
}

@test "suppress: equal input gives equal bytes" {
    two_way 9 6 11 >table.csv
    suppress table.csv
    cp out first
    cp err first_err
    for _ in 1 2 3 4; do
        suppress table.csv
        cmp out first
        cmp err first_err
    done
}

@test "suppress: R-SUP-8 example 1 of the guideline, three tens are safe because codes are merged" {
    one_way 10 14 10 10 0 0 0 30 >table.csv
    gives table.csv <<'END'
age,count,annotation,annotation_description
A1,,1,small number or complementary
A2,14,,
A3,,1,small number or complementary
A4,,1,small number or complementary
A5,0,,
A6,0,,
A7,0,,
A8,30,,
Total,74,,
END
    audit_is_clean
}

@test "suppress: R-SUP-8 example 2 of the guideline, 10 and 9 are safe because codes are merged" {
    one_way 10 14 9 17 0 0 0 30 >table.csv
    gives table.csv <<'END'
age,count,annotation,annotation_description
A1,,1,small number or complementary
A2,14,,
A3,,1,small number or complementary
A4,17,,
A5,0,,
A6,0,,
A7,0,,
A8,30,,
Total,80,,
END
    audit_is_clean
}

@test "suppress: R-SUP-8 example 4 of the guideline, 1 takes 11 with it and neither code tells which" {
    one_way 14 14 1 11 0 0 0 30 >table.csv
    gives table.csv <<'END'
age,count,annotation,annotation_description
A1,14,,
A2,14,,
A3,,1,small number or complementary
A4,,1,small number or complementary
A5,0,,
A6,0,,
A7,0,,
A8,30,,
Total,70,,
END
    audit_is_clean
}

@test "suppress: who knows that zeros are shown cannot pin down two ones either" {
    # 1 and 1 of a total of 13 with 11: hiding both ones alone would leave 2 for two cells above 0
    one_way 1 1 11 >table.csv
    hides --group-rule off table.csv <<'END'
A1,
A2,
A3,
END
    audit_is_clean
    # the weaker reader takes 2 and 0 for possible
    hides --group-rule off --knows sums table.csv <<'END'
A1,
A2,
END
    audit_is_clean --knows sums --group-rule off
    run -1 "$build/ddg-audit" -q out
}

@test "suppress: R-SUP-10 annotations stand behind the last column, or where they were" {
    printf 'g,annotation,count,note,annotation_description\na,,4,n,\nb,0,30,n,\nc,,50,n,\n' >there.csv
    gives --dims g there.csv <<'END'
g,annotation,count,note,annotation_description
a,1,,,small number or complementary
b,1,,,small number or complementary
c,,50,n,
END
    printf 'g,count,code\na,4,\nb,30,0\nc,50,\n' >named.csv
    gives --annotation code --annotation-text why <(sed 's/$/,/; 1s/$/why/' named.csv) <<'END'
g,count,code,why
a,,1,small number or complementary
b,,1,small number or complementary
c,50,,
END
    gives --annotation code named.csv <<'END'
g,count,code,annotation_description
a,,1,small number or complementary
b,,1,small number or complementary
c,50,,
END
}

@test "suppress: R-SUP-10 codes 3, 4 and 5 stay, beside a blank and beside a number" {
    cat >codes.csv <<'END'
g,count,annotation,annotation_description
a,,3,no data available
b,40,4,unstable
c,50,5,incomplete
d,60,0,
END
    gives codes.csv <<'END'
g,count,annotation,annotation_description
a,,3,no data available
b,40,4,unstable
c,50,5,incomplete
d,60,0,
END
    # a small number that is unstable, too, is suppressed as one
    printf 'e,7,4,unstable\nf,8,,\n' >>codes.csv
    gives codes.csv <<'END'
g,count,annotation,annotation_description
a,,3,no data available
b,40,4,unstable
c,50,5,incomplete
d,60,0,
e,,1,small number or complementary
f,,1,small number or complementary
END
}

@test "suppress: R-SUP-1 a small count without data that others give away is hidden with them" {
    printf '%s\n' county,count,annotation Ames,50, Bode,,4 Cass,40, Total,97, >line.csv
    suppress line.csv
    [ "$status" = 0 ]
    printf 'Bode,\nCass,\n' | hidden_are
    grep -qx 'Bode,,1,small number or complementary' out
    grep -qxF 'ddg-suppress: note: 1 count without data can be worked out from others, and small: suppressed (R-SUP-1)' err
    audit_is_clean
    # none where it is 0 or not small, nor where nothing tells how many there are of two
    for total in 90 101; do
        sed "s/97/$total/" line.csv >other.csv
        suppress other.csv
        [ "$status" = 0 ]
        grep -qx 'Bode,,4,' out
        run ! grep -q 'without data' err
    done
    sed 's/^Cass,40,/&\nDade,,3/' line.csv >two.csv
    gives two.csv <<'END'
county,count,annotation,annotation_description
Ames,50,,
Bode,,4,
Cass,40,,
Dade,,3,
Total,97,,
END
    # one line tells it by another: Cole/M is 14 by its own, so that Bode/M is 6
    cat >lines.csv <<'END'
county,sex,count,annotation
Ames,F,50,
Ames,M,40,
Ames,Total,90,
Bode,F,60,
Bode,M,,4
Bode,Total,,5
Cole,F,33,
Cole,M,,4
Cole,Total,47,
Total,F,143,
Total,M,60,
Total,Total,203,
END
    for codes in merged separate; do
        suppress -q --codes $codes lines.csv
        [ "$status" = 0 ]
        grep -q '^Bode,M,,1,' out
        grep -q '^Cole,M,,4,$' out
        "$build/ddg-audit" -q out >findings || [ $? = 1 ]
        grep -q Cole,M findings
        run ! grep Bode,M findings
    done
    # a total of it that is not printed is known, too
    grep -v '^Bode,Total' lines.csv >unprinted.csv
    suppress -q unprinted.csv
    [ "$status" = 0 ]
    grep -q '^Bode,M,,1,' out
    # persons may be in several parts
    sed '1s/,count/,persons/' line.csv >persons.csv
    suppress persons.csv
    [ "$status" = 0 ]
    grep -qx 'Bode,,4,' out
}

@test "suppress: --when-masked hides a small count without data where a mask is asked for at all" {
    printf '%s\n' county,count,score,mask,annotation Ames,50,14,0, Bode,,14,0,4 Cass,4,14,1, \
        Dade,30,14,0, Total,91,14,0, >scored.csv
    suppress -q --when-masked scored.csv
    [ "$status" = 0 ]
    printf 'Bode,\nCass,\n' | hidden_are
    sed 's/14/8/; s/1,$/0,/' scored.csv >low.csv
    suppress -q --when-masked low.csv
    [ "$status" = 0 ]
    grep -qx 'Bode,,4,' out
    grep -qx 'Cass,4,,' out
}

@test "suppress: R-SUP-10 a table that is masked already is refused" {
    printf 'g,count,annotation\na,,1\nb,30,\n' >masked.csv
    fails "masked.csv:2: column 'count': suppressed already: the unmasked table is wanted" masked.csv
    printf 'g,count,annotation\na,30,\nb,,2\n' >masked.csv
    fails "masked.csv:3: column 'count': suppressed already: the unmasked table is wanted" masked.csv
    printf 'g,count,annotation\na,30,1\n' >odd.csv
    fails "odd.csv:2: column 'count': suppressed already: the unmasked table is wanted" odd.csv
    one_way 4 12 50 >table.csv
    suppress -q table.csv
    cp out masked.csv
    fails "masked.csv:2: column 'count': suppressed already: the unmasked table is wanted" masked.csv
}

@test "suppress: R-SUP-10 a blank without annotation is refused" {
    printf 'g,count\na,30\nb,\n' >blank.csv
    fails "blank.csv:3: column 'count': blank, and no annotation says why" blank.csv
    printf 'g,count,annotation\na,30,\nb,,0\n' >blank.csv
    fails "blank.csv:3: column 'count': blank, and no annotation says why" blank.csv
}

@test "suppress: texts in place of a count are never numbers" {
    for text in S '*' '<11' None -1; do
        printf 'g,count\na,%s\nb,20\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number: the unmasked table is wanted" text.csv
    done
    for text in 5.0 1e3; do
        printf 'g,count\na,%s\nb,20\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number" text.csv
    done
    for text in '"1,234"' ' 5'; do
        printf 'g,count\na,%s\nb,20\n' "$text" >text.csv
        fails "text.csv:2: column 'count': not a whole number; --loose reads padded and grouped ones" text.csv
    done
    printf 'g,count,annotation\na,20,6\n' >code.csv
    fails "code.csv:2: column 'count': an annotation that is no code (0 to 5)" code.csv
}

@test "suppress: each of several measures is masked by itself, statistics go with any" {
    cat >measures.csv <<'END'
g,filed,solved,cost
a,4,30,1.5
b,20,7,2.5
c,30,40,3.5
d,99,0,4.5
e,95,90,5.5
END
    suppress --count filed,solved measures.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-suppress: 'filed': 2 of 5 cells suppressed: 1 small, 1 complementary; codes merged; no suppressed count can be worked out from its column by adding and subtracting, if the table is as described, even knowing that zeros are always shown
ddg-suppress: 'filed': no other choice of complementary cells loses less
ddg-suppress: 'solved': 2 of 5 cells suppressed: 1 small, 1 complementary; codes merged; no suppressed count can be worked out from its column by adding and subtracting, if the table is as described, even knowing that zeros are always shown
ddg-suppress: 'solved': no other choice of complementary cells loses less
ddg-suppress: note: no row of the input is a total; if some are, --total says how they are labelled
END
    cmp out - <<'END'
g,filed,solved,cost,filed_annotation,filed_annotation_description,solved_annotation,solved_annotation_description
a,,,,1,small number or complementary,1,small number or complementary
b,,,,1,small number or complementary,1,small number or complementary
c,30,40,3.5,,,,
d,99,0,4.5,,,,
e,95,90,5.5,,,,
END
}

@test "suppress: count columns that add up to another are pointed out" {
    printf 'g,women,men,all\na,4,20,24\nb,40,0,40\nc,50,60,110\nTotal,94,80,174\n' >linked.csv
    suppress --dims g --count women,men,all linked.csv
    [ "$status" = 0 ]
    [ "$(grep -c note: err)" = 1 ]
    grep -qxF "ddg-suppress: note: 'all' is, in every row, the sum of 'women' and 'men': each column is protected by itself, and these give each other away; --equation says so, and they are protected together" err
    # what is said is not said again
    suppress --dims g --count women,men,all --equation 'women + men = all' linked.csv
    [ "$status" = 0 ]
    ! grep -q note: err || return 1
    printf 'g,p,q,r,all\na,4,20,30,54\nb,40,50,20,110\nTotal,44,70,50,164\n' >linked.csv
    suppress --dims g --count p,q,r,all linked.csv
    grep -qF "note: 'all' is, in every row, the sum of 'p' and 'q' and 'r': " err
    # a column of zeros adds nothing, and one row that does not add up is enough
    printf 'g,p,q,same\na,14,0,14\nb,40,0,40\n' >apart.csv
    suppress --dims g --count p,q,same apart.csv
    ! grep -q 'every row' err || return 1
    printf 'g,p,q,all\na,14,20,34\nb,40,50,91\n' >apart.csv
    suppress --dims g --count p,q,all apart.csv
    ! grep -q 'every row' err || return 1
}

@test "suppress: a measure that is shown stays beside one that is not" {
    printf 'g,filed,solved,filed_annotation\na,4,0,\nb,20,60,\nc,30,70,\n' >measures.csv
    gives --count filed,solved measures.csv <<'END'
g,filed,solved,filed_annotation,filed_annotation_description,solved_annotation,solved_annotation_description
a,,0,1,small number or complementary,,
b,,60,1,small number or complementary,,
c,30,70,,,,
END
}

# Alpine/F 5 and Kern/F 7 are small.  Where all margins are public, Kern/M is Total/M less 0, so
# that Kern/F is Kern/Total less Kern/M: no mask of these four cells can help.
hopeless() {
    printf 'county,sex,count\nAlpine,F,5\nAlpine,M,0\nKern,F,7\nKern,M,20\n'
}

@test "suppress: R-SUP-2 where public totals that are not printed give a cell away there is no table" {
    hopeless >table.csv
    suppress table.csv
    [ "$status" = 2 ]
    cmp out /dev/null
    [ "$(wc -l <err)" = 1 ]
    grep -qE '^ddg-suppress: table\.csv: no way found to protect county=(Alpine|Kern), sex=[FM]: totals that are not printed are taken as public; --totals add prints them, so that they can be masked$' err
    echo old >published.csv
    suppress -o published.csv table.csv
    [ "$status" = 2 ]
    [ "$(cat published.csv)" = old ]
}

@test "suppress: --totals add prints the totals and masks among them" {
    hopeless >table.csv
    suppress -q --totals add table.csv
    [ "$status" = 0 ]
    printf '%s\n' county,sex, Alpine,F, Alpine,M, Alpine,Total, Kern,F, Kern,M, Kern,Total, \
        Total,F, Total,M, Total,Total, | sort >wanted
    cut -d, -f1,2 out | sed 's/$/,/' | sort | cmp - wanted
    for row in Alpine,F Alpine,Total Kern,F; do
        grep -qx "$row,,1,small number or complementary" out
    done
    grep -qx 'Alpine,M,0,,' out
    # whatever is shown of the totals is true
    grep -E '^(Kern,Total|Total)' out | grep -v ',,1,small number or complementary$' >shown
    grep -vxE 'Kern,Total,27,,|Total,F,12,,|Total,M,20,,|Total,Total,32,,' shown && return 1
    audit_is_clean
}

@test "suppress: --totals add prints what is right where nothing is small" {
    printf 'g,count,cost\na,20,1\nb,30,2\n' >table.csv
    gives --totals add table.csv <<'END'
g,count,cost,annotation,annotation_description
a,20,1,,
b,30,2,,
Total,50,,,
END
}

@test "suppress: --totals add cannot count distinct persons" {
    printf 'g,persons\na,20\nb,30\n' >persons.csv
    fails 'persons.csv: --totals add cannot know totals of distinct persons or of cells without data: let ddg-count --totals count them' \
        --totals add persons.csv
}

@test "suppress: absent rows are zeros, so that a total which exceeds its parts is an error" {
    printf 'g,h,count\na,x,20\na,y,30\na,Total,50\nb,x,15\nb,Total,29\n' >absent.csv
    fails 'absent.csv:6: a total is more than the sum of its parts: g=b, h=Total (parts by h)' \
        absent.csv
    # nor are they hidden beside a small one
    printf 'g,h,count\na,x,5\na,Total,5\nb,x,15\nb,y,20\nb,Total,35\nTotal,x,20\nTotal,y,20\nTotal,Total,40\n' >absent.csv
    suppress -q absent.csv
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 9 ]
    audit_is_clean
}

@test "suppress: a message names the file of its row, where there are several" {
    printf 'g,count\na,4\nb,20\n' >one.csv
    printf 'g,count\nc,30\nTotal,55\n' >two.csv
    fails 'two.csv:3: a total is more than the sum of its parts: g=Total (parts by g)' one.csv two.csv
    sed -i 's/55/54/' two.csv
    suppress -q one.csv two.csv
    [ "$status" = 0 ]
    cmp out - <<'END'
g,count,annotation,annotation_description
a,,1,small number or complementary
b,,1,small number or complementary
c,30,,
Total,54,,
END
}

@test "suppress: --by keeps tables apart that nobody adds up" {
    cat >years.csv <<'END'
year,g,count
2020,a,4
2020,b,12
2020,c,30
2020,Total,46
2021,a,20
2021,b,22
2021,c,40
2021,Total,82
END
    hides --by year years.csv <<'END'
2020,a,
2020,b,
END
    audit_is_clean --by year
    # with totals over the years, public elsewhere, the other year has to help
    hides years.csv <<'END'
2020,a,
2020,b,
2021,a,
2021,b,
END
    fails "years.csv: no dimension is called 'y' (try --help)" --by y years.csv
}

@test "suppress: --alias reads a spelling as a label, and the output keeps it" {
    cat >spelt.csv <<'END'
county,count
Alpine,4
Kern ,30
Yolo,50
All counties,84
END
    printf 'spelling,meaning\nKern ,Kern\nAll counties,Total\n' >alias.csv
    gives --alias county=alias.csv spelt.csv <<'END'
county,count,annotation,annotation_description
Alpine,,1,small number or complementary
Kern ,,1,small number or complementary
Yolo,50,,
All counties,84,,
END
    printf 'Kern ,Kern\nKern ,Yolo\n' >alias.csv
    fails 'alias.csv:2: a spelling with two different meanings' --alias county=alias.csv spelt.csv
    printf 'Kern ,Yolo\n' >alias.csv
    fails 'spelt.csv:4: the same cell stands in line 3 already' --alias county=alias.csv spelt.csv
    # the table's own names are no pair
    for header in county,meaning 'County,county name'; do
        printf '%s\nKern ,Yolo\n' "$header" >alias.csv
        fails "alias.csv:1: the first line reads like a header, which is 'spelling,meaning' or is left out" --alias county=alias.csv spelt.csv
    done
    printf 'county,region\nKern,South\n' >parents.csv
    fails "parents.csv:1: the first line reads like a header, which is 'child,parent' or is left out" --hierarchy county=parents.csv spelt.csv
}

regional() {
    printf 'child,parent\na,East\nb,East\nc,West\nd,West\n' >parents.csv
    cat <<'END'
county,count
a,5
b,20
East,25
c,12
d,40
West,52
Total,77
END
}

@test "suppress: R-SUP-12 a small county takes another of its region with it" {
    regional >table.csv
    hides --hierarchy county=parents.csv table.csv <<'END'
a,
b,
END
    audit_is_clean --hierarchy county=parents.csv
}

@test "suppress: R-SUP-12 regions bind also where they are not printed" {
    regional | grep -v 'West\|East' >table.csv
    hides --hierarchy county=parents.csv table.csv <<'END'
a,
b,
END
    hides table.csv <<'END'
a,
c,
END
}

@test "suppress: R-SUP-12 a region that is small itself takes another region with it" {
    printf 'child,parent\na,East\nb,East\nc,West\nd,West\ne,North\n' >parents.csv
    printf '%s\n' county,count a,5 b,4 East,9 c,12 d,40 West,52 e,60 North,60 Total,121 >table.csv
    suppress -q --hierarchy county=parents.csv table.csv
    [ "$status" = 0 ]
    for row in a b East West; do
        grep -qx "$row,,1,small number or complementary" out
    done
    # West is 52 and unknown, so one of its counties goes, too, or both stay and tell it
    [ "$(grep -c '^[cd],,1,' out)" -ge 1 ]
    grep -qx 'Total,121,,' out
    grep -qx 'North,60,,' out
    audit_is_clean --hierarchy county=parents.csv
}

@test "suppress: R-SUP-12 levels of two hierarchies and a plain dimension are all accounted for" {
    for seed in 1 2 3 4; do
        awk -v seed="$seed" 'BEGIN {
            srand(seed)
            print "county,age,sex,count"
            split("c1 c2 c3 c4 c5", county, " ")
            split("0-4 5-9 10-14 15-19", age, " ")
            for (i = 1; i <= 5; i++) for (j = 1; j <= 4; j++) for (k = 1; k <= 2; k++) {
                n = int(exp(rand() * 5)) - 1
                split(county[i] " " (i < 3 ? "R1" : "R2") " Total", cs, " ")
                split(age[j] " " (j < 3 ? "0-9" : "10-19") " Total", as, " ")
                split((k == 1 ? "F" : "M") " Total", ss, " ")
                for (x = 1; x <= 3; x++) for (y = 1; y <= 3; y++) for (z = 1; z <= 2; z++)
                    sum[cs[x] "," as[y] "," ss[z]] += n
            }
            for (key in sum) print key "," sum[key] | "sort"
        }' | sort -r >table.csv
        printf '%s\n' c1,R1 c2,R1 c3,R2 c4,R2 c5,R2 >regions.csv
        printf '%s\n' 0-4,0-9 5-9,0-9 10-14,10-19 15-19,10-19 >ages.csv
        { grep '^county' table.csv && grep -v '^county' table.csv; } >sorted.csv
        options=(--hierarchy county=regions.csv --hierarchy age=ages.csv)
        suppress "${options[@]}" sorted.csv
        [ "$status" = 0 ]
        awk -F, 'NR == FNR { count[$1, $2, $3] = $4; next }
            FNR > 1 && ($4 == "" ? count[$1, $2, $3] == 0 : $4 != count[$1, $2, $3] ||
                ($4 >= 1 && $4 <= 10)) { print; bad = 1 }
            END { exit bad }' sorted.csv out
        audit_is_clean "${options[@]}"
    done
}

@test "suppress: R-SUP-12 a hierarchy that is no tree is refused" {
    regional >table.csv
    printf 'a,b\nb,a\n' >cycle.csv
    fails "the hierarchy of 'county' has a category below itself" --hierarchy county=cycle.csv table.csv
    printf 'child,parent\na,East\nb,East\na,West\n' >two.csv
    fails 'two.csv:4: a category with two different parents: another hierarchy is a dimension of its own' --hierarchy county=two.csv table.csv
    printf 'a,East\nTotal,East\n' >root.csv
    fails 'root.csv:2: the total has no parent' --hierarchy county=root.csv table.csv
    printf 'a,a\n' >self.csv
    fails 'self.csv:1: a category is its own parent' --hierarchy county=self.csv table.csv
    printf 'a,East,x\n' >wide.csv
    fails 'wide.csv:1: two columns are wanted: child,parent' --hierarchy county=wide.csv table.csv
    fails "table.csv: no dimension is called 'region' (try --help)" \
        --hierarchy region=parents.csv table.csv
    fails "DIM=FILE is wanted, not 'parents.csv' (try --help)" --hierarchy parents.csv table.csv
    fails 'none.csv: No such file or directory' --hierarchy county=none.csv table.csv
}

@test "suppress: R-SUP-12 a second hierarchy of a dimension is a dimension of its own" {
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\nKern,Valley\nFresno,Valley\n' >regions.csv
    printf '%s\n' county,kind,count Alpine,Rural,3 Inyo,Urban,25 Kern,Rural,100 Fresno,Urban,200 \
        Sierra,Total,28 Valley,Total,300 Total,Rural,103 Total,Urban,225 Total,Total,328 >table.csv
    hides --totals none --hierarchy county=regions.csv table.csv <<'END'
Alpine,Rural,
Fresno,Urban,
Inyo,Urban,
Kern,Rural,
END
    audit_is_clean --hierarchy county=regions.csv
}

@test "suppress: R-SUP-12 pairs that repeat, and labels that no row has, do no harm" {
    regional >table.csv
    printf 'a,East\nz,North\n' >>parents.csv
    hides --hierarchy county=parents.csv table.csv <<'END'
a,
b,
END
}

nested() {
    cat <<'END'
region,county,count
Sierra,Alpine,3
Sierra,Inyo,25
Sierra,Total,28
Coast,Marin,12
Coast,Other,50
Coast,Total,62
Total,Total,90
END
}

@test "suppress: R-SUP-12 columns that are levels of one hierarchy bind a county to its region alone" {
    nested >table.csv
    gives --nested region,county table.csv <<'END'
region,county,count,annotation,annotation_description
Sierra,Alpine,,1,small number or complementary
Sierra,Inyo,,1,small number or complementary
Sierra,Total,28,,
Coast,Marin,12,,
Coast,Other,50,,
Coast,Total,62,,
Total,Total,90,,
END
    audit_is_clean --nested region,county
    # regions that are not printed bind as well
    nested | grep -v Total >inner.csv
    hides --nested region,county inner.csv <<'END'
Sierra,Alpine,
Sierra,Inyo,
END
    # counties of one name in two regions are two
    nested | sed 's/^Sierra,Inyo/Sierra,Other/' >other.csv
    hides --nested region,county other.csv <<'END'
Sierra,Alpine,
Sierra,Other,
END
}

@test "suppress: R-SUP-12 nested columns beside a plain dimension" {
    cat >sexes.csv <<'END'
region,county,sex,count
Sierra,Alpine,F,3
Sierra,Alpine,M,20
Sierra,Inyo,F,25
Sierra,Inyo,M,30
Sierra,Total,F,28
Sierra,Total,M,50
Coast,Marin,F,60
Coast,Marin,M,70
Coast,Total,F,60
Coast,Total,M,70
Total,Total,F,88
Total,Total,M,120
END
    hides --nested region,county sexes.csv <<'END'
Sierra,Alpine,F,
Sierra,Alpine,M,
Sierra,Inyo,F,
Sierra,Inyo,M,
END
    audit_is_clean --nested region,county
}

@test "suppress: R-SUP-12 --totals add prints the totals of nested columns, and no others" {
    nested | grep -v Total | sed 's/Alpine,3/Alpine,30/' >inner.csv
    suppress -q --totals add --nested region,county inner.csv
    [ "$status" = 0 ]
    { nested | sed 's/Alpine,3/Alpine,30/; s/Total,28/Total,55/; s/Total,90/Total,117/; s/$/,,/' | tail -n +2; } |
        sort >wanted
    tail -n +2 out | sort | cmp - wanted
}

@test "suppress: R-SUP-12 nested columns that are no hierarchy are refused" {
    { nested && echo Total,Alpine,3; } >table.csv
    fails "table.csv:9: column 'county': a category below a total of the level above it (--alias can make it the label of totals)" \
        --nested region,county table.csv
    nested >table.csv
    fails "table.csv:4: column 'region': a category below a total of the level above it (--alias can make it the label of totals)" \
        --nested county,region table.csv
    fails "--nested wants two columns at least, not 'region' (try --help)" --nested region table.csv
    fails "--partitions wants two columns, not 'region' (try --help)" --partitions region table.csv
    fails "table.csv: no dimension is called 'x' (try --help)" --nested region,x table.csv
    fails "table.csv: column 'county' is nested twice (try --help)" \
        --nested region,county --nested county,region table.csv
    printf 'a,b\n' >pairs.csv
    fails 'a nested column has its hierarchy from the table, not from a file (try --help)' \
        --nested region,county --hierarchy county=pairs.csv table.csv
    fails "table.csv: column 'county' is nested below another: --by takes the top one (try --help)" \
        --nested region,county --by county table.csv
    nested | sed 's/^Sierra,Total,28/Sierra,Total,29/; s/,90$/,91/' >table.csv
    fails 'table.csv:4: a total is more than the sum of its parts: region=Sierra, county=Total (parts by county)' \
        --nested region,county table.csv
}

@test "suppress: R-SUP-12 three nested columns, a region without counties, and regions apart" {
    cat >three.csv <<'END'
state,region,county,count
CA,Sierra,Alpine,3
CA,Sierra,Inyo,25
CA,Sierra,Total,28
CA,Coast,Total,62
CA,Total,Total,90
NV,Total,Total,40
Total,Total,Total,130
END
    hides --nested state,region,county three.csv <<'END'
CA,Sierra,Alpine,
CA,Sierra,Inyo,
END
    # a region that nobody adds up with others
    printf '%s\n' region,county,count Sierra,Total,5 Coast,Marin,30 Coast,Total,30 >apart.csv
    hides --by region --nested region,county apart.csv <<'END'
Sierra,Total,
END
}

@test "suppress: R-SUP-13 a line that does not add up is an error that names it" {
    printf 'g,count\na,20\nb,30\nTotal,51\n' >more.csv
    fails 'more.csv:4: a total is more than the sum of its parts: g=Total (parts by g)' more.csv
    printf 'g,count\na,20\nTotal,49\nb,30\n' >less.csv
    fails 'less.csv:3: a total is less than the sum of its parts (are some subtotals of others? --hierarchy): g=Total (parts by g)' less.csv
    regional | sed 's/^West,52/West,53/' >table.csv
    fails 'table.csv:7: a total is more than the sum of its parts: county=West (parts by county)' \
        --hierarchy county=parents.csv table.csv
    cat >margins.csv <<'END'
r,c,count
x,u,20
x,v,30
y,u,40
y,v,50
Total,u,60
Total,v,81
END
    fails 'margins.csv:7: a total is more than the sum of its parts: r=Total, c=v (parts by r)' \
        margins.csv
}

@test "suppress: R-SUP-13 two breakdowns of a total that is not printed must agree" {
    cat >disagree.csv <<'END'
r,c,count
x,u,20
x,v,30
y,u,40
y,v,50
x,Total,50
y,Total,91
END
    fails 'disagree.csv:7: a total is more than the sum of its parts: r=y, c=Total (parts by c)' \
        disagree.csv
    printf 'r,c,count\nx,Total,50\ny,Total,90\nTotal,u,60\nTotal,v,81\n' >disagree.csv
    suppress disagree.csv
    [ "$status" = 2 ]
    cmp out /dev/null
    grep -qx 'ddg-suppress: disagree.csv: two breakdowns of an unprinted total disagree (is each column left of the count a dimension? --dims): r=Total, c=Total (parts by [rc])' err
    suppress --dims r,c disagree.csv
    grep -qx 'ddg-suppress: disagree.csv: two breakdowns of an unprinted total disagree: r=Total, c=Total (parts by [rc])' err
}

@test "suppress: R-SUP-13 distinct persons may be fewer than the sum of the parts, not fewer than one" {
    printf 'g,persons\na,20\nb,30\nTotal,41\n' >persons.csv
    gives persons.csv <<'END'
g,persons,annotation,annotation_description
a,20,,
b,30,,
Total,41,,
END
    sed 's/41/30/' persons.csv >least.csv
    suppress -q least.csv
    [ "$status" = 0 ]
    sed 's/41/50/' persons.csv >most.csv
    suppress -q most.csv
    [ "$status" = 0 ]
    sed 's/41/51/' persons.csv >above.csv
    fails 'above.csv:4: a total is more than the sum of its parts: g=Total (parts by g)' above.csv
    sed 's/41/29/' persons.csv >below.csv
    fails 'below.csv:4: a total is less than one of its parts: g=Total (parts by g)' below.csv
}

@test "suppress: R-SUP-13 --distinct and --overlapping declare what a column called count does not" {
    printf 'race,sex,count\nA,F,20\nA,M,20\nA,Total,40\nB,F,25\nB,M,35\nB,Total,60\nTotal,F,40\nTotal,M,50\nTotal,Total,90\n' >any.csv
    fails 'any.csv:8: a total is less than the sum of its parts (are some subtotals of others? --hierarchy): race=Total, sex=F (parts by race)' any.csv
    suppress -q --overlapping race any.csv
    [ "$status" = 0 ]
    suppress -q --distinct any.csv
    [ "$status" = 0 ]
    fails 'any.csv:8: a total is less than the sum of its parts (are some subtotals of others? --hierarchy): race=Total, sex=F (parts by race)' \
        --overlapping sex any.csv
    # sexes still add up
    sed 's/^Total,Total,90/Total,Total,89/' any.csv >sexes.csv
    fails 'sexes.csv:10: a total is less than the sum of its parts (are some subtotals of others? --hierarchy): race=Total, sex=Total (parts by sex)' \
        --overlapping race sexes.csv
}

@test "suppress: R-SUP-13 a lone small number of persons takes another with it, as where lines add up" {
    printf 'g,persons\na,4\nb,20\nc,30\nTotal,50\n' >persons.csv
    hides persons.csv <<'END'
a,
b,
END
    audit_is_clean
}

@test "suppress: a cell that stands twice is an error that names both lines" {
    printf 'g,h,count\na,x,20\na,y,20\na,x,20\n' >twice.csv
    fails 'twice.csv:4: the same cell stands in line 2 already' twice.csv
}

@test "suppress: sums that no count can hold are an error" {
    printf 'g,count\na,18446744073709551615\nb,1\n' >big.csv
    suppress big.csv
    [ "$status" = 2 ]
    cmp out /dev/null
    cmp err - <<'END'
ddg-suppress: big.csv: the parts exceed what a count can hold: g=Total (parts by g)
END
    printf 'g,count\na,18446744073709551616\n' >big.csv
    fails "big.csv:2: column 'count': not a whole number" big.csv
}

@test "suppress: large counts are exact" {
    printf 'g,count\na,9007199254740993\nb,4\nc,9007199254740995\nTotal,18014398509481992\n' >large.csv
    hides large.csv <<'END'
a,
b,
END
    sed -i 's/481992$/481991/' large.csv
    fails 'large.csv:5: a total is less than the sum of its parts (are some subtotals of others? --hierarchy): g=Total (parts by g)' large.csv
}

@test "suppress: tabs as delimiters stay tabs, quotes and spaces stay" {
    printf 'g\tcount\tnote\n"a\tb"\t30\t x \nb,c\t4\ty\nd\t50\t"say ""z"""\n' >tabs.tsv
    printf 'g\tcount\tnote\tannotation\tannotation_description\n"a\tb"\t\t\t1\tsmall number or complementary\nb,c\t\t\t1\tsmall number or complementary\nd\t50\t"say ""z"""\t\t\n' >wanted
    gives -d tab tabs.tsv <wanted
}

@test "suppress: options about blocks and about published files are refused where there are none" {
    regional >table.csv
    fails "--whole without --by: there are no blocks then (try --help)" --whole table.csv
    for option in --hidden=S '--range=<11=1..10'; do
        fails "--hidden and --range are about the files of --published: none is named (try --help)" "$option" table.csv
    done
}

@test "suppress: options can stand in a table file, beside those of other programs" {
    regional >table.csv
    cat >table.conf <<'END'
hierarchy county=parents.csv
totals implied
threshold 11
hidden S
END
    hides --table table.conf table.csv <<'END'
a,
b,
END
}

@test "suppress: totals have the label that --total gives, per dimension if need be" {
    cat >labels.csv <<'END'
county,sex,count
Kern,F,4
Kern,M,30
Kern,Both,34
Yolo,F,25
Yolo,M,31
Yolo,Both,56
State,F,29
State,M,61
State,Both,90
END
    hides --total county=State --total sex=Both labels.csv <<'END'
Kern,F,
Kern,M,
Yolo,F,
Yolo,M,
END
    fails "labels.csv: no dimension is called 'age' (try --help)" --total age=All labels.csv
    fails "a label is wanted, not 'sex=' (try --help)" --total sex= labels.csv
}

@test "suppress: usage errors are one line and status 2" {
    one_way 4 12 50 >table.csv
    fails "--group-rule is on or off, not 'maybe' (try --help)" --group-rule maybe table.csv
    fails "--knows is sums, zeros, threshold or codes, not 'all' (try --help)" --knows all table.csv
    fails "table.csv: no column is called 'n' (try --help)" --count n table.csv
    fails "table.csv: no column is called 'x' (try --help)" --dims x table.csv
    fails "table.csv: no column is called 'x' (try --help)" --keep x table.csv
    fails "unknown option '--absent' (try --help)" --absent unknown table.csv
    fails "table.csv: column 'count' can only be one of dimension, count, annotation and its description, once (--dims, --count, --annotation) (try --help)" --dims age,count table.csv
    fails "unknown option '--rounded' (try --help)" --rounded 5 table.csv
    printf 'g,n\na,4\n' >n.csv
    fails "n.csv: no column called 'count' or 'persons': name it with --count (try --help)" n.csv
}

# two_by_two: one small count, four lines of two parts each.
two_by_two() {
    printf '%s\n' county,sex,count Kern,F,4 Kern,M,30 Kern,Total,34 Yolo,F,25 Yolo,M,31 \
        Yolo,Total,56 Total,F,29 Total,M,61 Total,Total,90
}

@test "suppress: what complementary cells add up to is said to a terminal, and kept from logs" {
    two_by_two >table.csv
    suppress table.csv
    cmp err - <<'END'
ddg-suppress: 4 of 9 cells suppressed: 1 small, 3 complementary; codes merged; no suppressed count can be worked out by adding and subtracting, if the table is as described, even knowing that zeros are always shown
ddg-suppress: no other choice of complementary cells loses less
END
    script -qec "$DDG_BUILD/ddg-suppress -o masked.csv table.csv" /dev/null >terminal </dev/null
    grep -F '3 complementary (together 86, 23.9 % of the sum of all cells); ' terminal
    cmp out masked.csv
}

# Who writes to a pipe that nobody opens any more waits for ever.
teardown() {
    jobs -p | xargs -r kill 2>/dev/null || true
}

@test "suppress: a terminal sees how far a long run is, and neither a log nor --quiet does" {
    local step='looking for complementary cells'
    slowly() { two_by_two | head -n 4 && sleep 1.2 && two_by_two | tail -n +5; }
    mkfifo in
    slowly >in &
    script -qec "$DDG_BUILD/ddg-suppress -o masked.csv in" /dev/null >shown </dev/null
    grep -qE $'\rddg-suppress: 1[0-9]{2} B read in 0:[0-9]{2}, ' shown
    grep -qE $'\r'"ddg-suppress: $step: [0-9]+ %, 0:[0-9]{2} so far"$'\033' shown
    # it is gone before anything else is said
    grep -qE $'\r\033\\[Kddg-suppress: 4 of 9 cells ' shown
    slowly >in &
    script -qec "$DDG_BUILD/ddg-suppress -q -o quiet.csv in" /dev/null >shown </dev/null
    cmp shown /dev/null
    cmp masked.csv quiet.csv
    slowly >in &
    suppress in
    [ "$(cut -d ' ' -f 1-4 err)" = $'ddg-suppress: 4 of 9\nddg-suppress: no other choice' ]
    cmp masked.csv out
}

@test "suppress: how little any choice would lose is said where --effort finds it" {
    two_by_two >table.csv
    suppress --effort 0 table.csv
    run -1 grep loses err
    # 58 areas by 40 ages: not so easy that the best is found at once
    awk 'BEGIN {
        print "area,age,count"
        for (a = 1; a <= 58; a++)
            for (b = 1; b <= 40; b++)
                printf "A%d,B%d,%d\n", a, b, \
                    (a * 37 + b * 101 + a * b * 7) % 23 ? 15 + (a * 13 + b * 29) % 40 : 1 + (a + b) % 9
    }' >table.csv
    suppress --totals add --cost cells --effort 0 table.csv
    first=$(sed -nE 's/.* ([0-9]+) complementary.*/\1/p' err)
    run -1 grep loses err
    suppress --totals add --cost cells table.csv
    [ "$(sed -nE 's/.* ([0-9]+) complementary.*/\1/p' err)" -lt "$first" ]
    grep -E '^ddg-suppress: no (other choice of complementary cells loses less|choice of complementary cells loses more than [0-9.]+ % less than this one)$' err
}

@test "suppress: where --effort was asked for and how little any choice would lose is not known, a note says why" {
    # the name of the columns and what to say of them
    notes() {
        grep -qxF "ddg-suppress: note: how much less another choice could lose is not known $1" err
    }
    two_by_two >table.csv
    suppress --effort 1 table.csv
    cp out masked.csv
    run -1 grep 'not known' err
    suppress --effort 1 --published masked.csv table.csv
    notes 'beside what is --published'
    sed '1s/,count/,persons/' table.csv >persons.csv
    suppress --effort 2 persons.csv
    notes 'where persons or categories overlap'
    suppress persons.csv
    run -1 grep 'not known' err
    suppress --effort 0 persons.csv
    run -1 grep 'not known' err
    awk 'BEGIN { print "a,b,count"; for (a = 1; a < 200; a++) for (b = 1; b < 160; b++) print a "," b "," (a == 5 && b == 6 ? 4 : 20 + (a + b) % 50) }' >large.csv
    suppress --totals add --effort 1 large.csv
    notes 'of a table of this size with that --effort'
    # of columns that add up it is said once, of all together
    printf '%s\n' g,women,men,all a,4,30,34 b,50,60,110 c,20,25,45 Total,74,115,189 >columns.csv
    suppress --count women,men,all --equation 'women + men = all' columns.csv
    grep -qxF 'ddg-suppress: the columns of --equation together: no other choice of complementary cells loses less' err
    [ "$(grep -c loses err)" = 1 ]
    suppress --distinct --effort 2 --count women,men,all --equation 'women + men = all' columns.csv
    grep -qxF 'ddg-suppress: note: the columns of --equation together: how much less another choice could lose is not known where persons or categories overlap' err
}

@test "suppress: R-SUP-10 --codes separate writes 1 for small cells and 2 for complementary ones" {
    one_way 30 4 19 40 >table.csv
    gives --codes separate table.csv <<'END'
age,count,annotation,annotation_description
A1,30,,
A2,,1,suppressed for small numbers
A3,,2,complementary
A4,40,,
Total,93,,
END
    audit_is_clean
    suppress --codes separate table.csv
    cmp err - <<'END'
ddg-suppress: 2 of 5 cells suppressed: 1 small, 1 complementary; codes separate; no suppressed count can be worked out by adding and subtracting, if the table is as described, even knowing what codes 1 and 2 mean
ddg-suppress: no other choice of complementary cells loses less
END
}

@test "suppress: R-SUP-8 example 1 of the guideline, three tens told to be small take 14 with them" {
    one_way 10 14 10 10 0 0 0 30 >table.csv
    hides --codes separate table.csv <<'END'
A1,
A2,
A3,
A4,
END
    audit_is_clean
}

@test "suppress: R-SUP-8 example 2 of the guideline, 10 and 9 told to be small take 14 with them" {
    one_way 10 14 9 17 0 0 0 30 >table.csv
    hides --codes separate table.csv <<'END'
A1,
A2,
A3,
END
    audit_is_clean
}

@test "suppress: R-SUP-8 example 4 of the guideline, 1 told to be small does not stand beside 11 alone" {
    one_way 14 14 1 11 0 0 0 30 >table.csv
    suppress -q --codes separate table.csv
    [ "$status" = 0 ]
    grep -qx 'A3,,1,suppressed for small numbers' out
    [ "$(grep -c ',,2,complementary' out)" -ge 1 ]
    run -1 grep -x 'A1,14,,|A2,14,,|A4,,2,complementary' out
    audit_is_clean
}

@test "suppress: R-SUP-8 what --codes separate hides stands up to who reads the codes" {
    for seed in 1 2 3 4 5 6 7 8; do
        two_way 7 5 "$seed" >table.csv
        for codes in separate auto; do
            suppress -q --codes "$codes" table.csv
            [ "$status" = 0 ]
            shown_are_true table.csv
            audit_is_clean
        done
    done
}

@test "suppress: --codes auto tells the kinds apart where that loses nothing more" {
    one_way 30 4 12 7 40 >table.csv
    suppress -q --codes separate table.csv
    cp out separate
    suppress --codes auto table.csv
    cmp out separate
    grep -qF 'codes separate;' err
    one_way 10 14 10 10 0 0 0 30 >table.csv
    suppress -q --codes merged table.csv
    cp out merged
    suppress --codes auto table.csv
    cmp out merged
    grep -qF 'codes merged;' err
}

@test "suppress: --codes auto decides for each count column" {
    printf 'g,p,q\na,10,4\nb,14,7\nc,10,30\nd,10,40\nTotal,44,81\n' >two.csv
    suppress --codes auto --count p,q two.csv
    [ "$status" = 0 ]
    grep -q "^ddg-suppress: 'p': .*codes merged;" err
    grep -q "^ddg-suppress: 'q': .*codes separate;" err
}

@test "suppress: a small count that stays in print has code 2 at no time" {
    cat >scored.csv <<'END'
g,h,count,mask
a,x,7,1
a,y,9,0
a,z,60,0
a,Total,76,0
END
    suppress -q --when-masked --by g --codes merged scored.csv
    grep -qx 'a,y,,1,small number or complementary' out
    for knows in sums zeros threshold codes; do
        suppress -q --when-masked --by g --codes separate --knows "$knows" scored.csv
        [ "$status" = 0 ]
        grep -qx 'a,y,9,,' out
        grep -qx 'a,z,,2,complementary' out
    done
}

@test "suppress: --codes and --knows that contradict each other are errors, or noted" {
    one_way 4 12 50 >table.csv
    for knows in threshold codes; do
        fails "--knows threshold and codes are for --codes separate: merged codes do not say which counts are small (try --help)" \
            --knows "$knows" table.csv
    done
    fails "--codes auto chooses what --knows says: use merged or separate (try --help)" \
        --codes auto --knows zeros table.csv
    fails "--codes separate: below a --threshold of 2 there is 1 alone, which code 1 would give away (try --help)" \
        --codes separate --threshold 2 table.csv
    fails "--codes is merged, separate or auto, not 'two' (try --help)" --codes two table.csv
    suppress --codes separate --knows zeros table.csv
    [ "$status" = 0 ]
    grep -qxF 'ddg-suppress: note: separate codes tell a reader more than --knows protects from' err
    suppress --codes separate --knows codes table.csv
    run -1 grep note: err
}

@test "suppress: --min-values says how many values remain" {
    one_way 1 2 30 40 >table.csv
    hides --group-rule off table.csv <<'END'
A1,
A2,
A3,
END
    hides --group-rule off --min-values 2 table.csv <<'END'
A1,
A2,
END
    audit_is_clean --min-values 2 --group-rule off
    for values in 4 5,4 10 20,20; do
        two_way 7 5 3 >table.csv
        suppress -q --min-values "$values" table.csv
        [ "$status" = 0 ]
        audit_is_clean --min-values "$values"
    done
    # of 1 and 2 no more than two values can remain where the code says so
    one_way 1 2 30 40 60 >table.csv
    suppress -q --codes separate --threshold 3 --min-values 9,2 table.csv
    [ "$status" = 0 ]
    audit_is_clean --threshold 3 --min-values 9,2
}

@test "suppress: --min-values wants numbers from 2 to 20" {
    one_way 4 12 50 >table.csv
    for values in 1 21 2,1 2,21 '2,' ,2 x 2,3,4 -3; do
        fails "--min-values is one or two whole numbers from 2 to 20, not '$values' (try --help)" \
            --min-values "$values" table.csv
    done
}

@test "suppress: --effort wants a number from 0 to 1000" {
    one_way 4 12 50 >table.csv
    for effort in 1001 x '' 1.5 -1; do
        fails "--effort is a whole number from 0 to 1000, not '$effort' (try --help)" \
            --effort "$effort" table.csv
    done
}

@test "suppress: R-SUP-9 --cost cells takes few cells, --cost count small ones" {
    cat >table.csv <<'END'
r,c,count
1,1,4
1,2,12
1,3,900
1,Total,916
2,1,900
2,2,12
2,3,12
2,Total,924
3,1,12
3,2,900
3,3,12
3,Total,924
Total,1,916
Total,2,924
Total,3,924
Total,Total,2764
END
    hides --cost count table.csv <<'END'
1,1,
1,2,
2,2,
2,3,
3,1,
3,3,
END
    for cost in cells log; do
        suppress -q --cost "$cost" table.csv
        [ "$(grep -c ',,1,' out)" = 4 ]
        audit_is_clean
    done
}

@test "suppress: R-SUP-9 --cost takes a column, which is not published" {
    printf 'g,count,w\na,4,1\nb,12,2.5\nc,40,0.25\nd,19,1\nTotal,75,9\n' >table.csv
    gives --cost w table.csv <<'END'
g,count,annotation,annotation_description
a,,1,small number or complementary
b,12,,
c,,1,small number or complementary
d,19,,
Total,75,,
END
    gives --cost w --keep w table.csv <<'END'
g,count,w,annotation,annotation_description
a,,1,1,small number or complementary
b,12,2.5,,
c,,0.25,1,small number or complementary
d,19,1,,
Total,75,9,,
END
    fails "table.csv: --cost is count, cells, log or a column, not 'v' (try --help)" --cost v table.csv
    for cost in '' -1 1e3 x '1,5'; do
        printf 'g,count,w\na,4,1\nb,12,"%s"\n' "$cost" >bad.csv
        fails "bad.csv:3: column 'w': not a cost: a number of 0 or more" --cost w bad.csv
    done
    printf 'g,count,w\na,4,18446744073709551615\nb,12,1\n' >large.csv
    fails 'large.csv: the costs of all cells are too much to be added up' --cost w large.csv
}

@test "suppress: R-SUP-9 totals that --totals add prints cost what their parts cost" {
    # b alone costs more than both parts of the other dimension's total would
    printf 'g,count,w\na,4,1\nb,12,5\nc,40,6\n' >table.csv
    suppress -q --totals add --cost w table.csv
    [ "$status" = 0 ]
    grep -qx 'b,,1,small number or complementary' out
    grep -qx 'Total,56,,' out
}

@test "suppress: --always hides a category whatever it counts, and protects it like others" {
    one_way 30 40 50 >table.csv
    hides --always age=A2 table.csv <<'END'
A1,
A2,
END
    hides --always age=A2 --always age=A3 table.csv <<'END'
A2,
A3,
END
    hides --always age=Total table.csv <<'END'
A1,
Total,
END
    audit_is_clean
}

@test "suppress: what --always hides is not shown again where less would do" {
    one_way 4 5 40 50 60 >table.csv
    hides --always age=A5 table.csv <<'END'
A1,
A2,
A5,
END
    two_by_two >table.csv
    suppress -q --effort 5 --always county=Total table.csv
    [ "$status" = 0 ]
    [ "$(grep -c '^Total,.*,,1,' out)" = 3 ]
}

@test "suppress: --always and --never take several values, and such that hold a comma" {
    one_way 30 40 50 60 >table.csv
    hides --always age=A2,A3 table.csv <<'END'
A2,
A3,
END
    hides --always age=A4 --never age=A1,A2 table.csv <<'END'
A3,
A4,
END
    printf 'race,count\n"Black, not Hispanic",40\nWhite,50\nOther,20\nTotal,110\n' >races.csv
    suppress -q --always 'race="Black, not Hispanic",White' races.csv
    grep -qx '"Black, not Hispanic",,1,.*' out
    grep -qx 'White,,1,.*' out
    grep -qx 'Other,20,,' out
    fails "races.csv: no cell has 'Black' in the dimension 'race' (try --help)" --always 'race=Black, not Hispanic' races.csv
}

@test "suppress: --always hides a category with its parts, in a hierarchy and in nested columns" {
    printf 'child,parent\nA,North\nB,North\nC,South\nD,South\nE,South\n' >regions.csv
    printf 'county,count\nA,40\nB,50\nNorth,90\nC,30\nD,60\nE,70\nSouth,160\nTotal,250\n' >table.csv
    hides --hierarchy county=regions.csv --always county=North table.csv <<'END'
A,
B,
C,
North,
South,
END
    printf 'region,county,count\nNorth,A,40\nNorth,B,50\nNorth,Total,90\nSouth,C,30\nSouth,D,60\nSouth,E,70\nSouth,Total,160\nTotal,Total,250\n' >nested.csv
    hides --nested region,county --always region=North nested.csv <<'END'
North,A,
North,B,
North,Total,
South,C,
South,Total,
END
    # the label of totals means the rows that have it
    suppress -q --hierarchy county=regions.csv --always county=Total table.csv
    grep -qx 'D,60,,' out
    suppress -q --nested region,county --always county=Total nested.csv
    grep -qx 'South,E,70,,' out
    grep -qx 'North,Total,,1,.*' out
}

@test "suppress: R-SUP-3 --always hides no zero, and says so" {
    one_way 30 4 12 0 40 >table.csv
    suppress --always age=A4 --always age=A1 table.csv
    [ "$status" = 0 ]
    grep -qx 'A4,0,,' out
    grep -q '^A1,,1,' out
    grep -qxF 'ddg-suppress: note: 1 cell of --always shown none the less, for being 0 (R-SUP-3)' err
    suppress --always age=A1 table.csv
    ! grep -q note err || return 1
}

@test "suppress: with separate codes what --always hides is complementary, unless it is small" {
    one_way 30 4 12 0 40 >table.csv
    suppress -q --codes separate --always age=A1 --always age=A2 table.csv
    [ "$status" = 0 ]
    grep -qx 'A1,,2,"complementary, or withheld by choice"' out
    grep -qx 'A2,,1,suppressed for small numbers' out
    printf 'g,count,mask\na,7,0\nb,8,0\nc,30,0\nd,40,0\n' >scored.csv
    suppress -q --codes separate --when-masked --totals none --always g=a scored.csv
    [ "$status" = 0 ]
    grep -qx 'a,,1,suppressed for small numbers' out
    grep -qx 'b,8,,' out
}

@test "suppress: --explain names --always" {
    one_way 30 4 12 0 40 >table.csv
    suppress -q --explain why.csv --always age=A1 --always age=A2 table.csv
    cmp why.csv - <<'END'
age,rule,line,protects
A1,always,,
A2,R-SUP-1,,
END
}

@test "suppress: --always is held against --never, and against the table" {
    two_by_two >table.csv
    fails 'table.csv: --always and --never both name county=Kern, sex=M (try --help)' \
        --always county=Kern --never sex=M table.csv
    fails "table.csv: no cell has 'A' in the dimension 'sex' (try --help)" --always sex=A table.csv
    fails "--always is DIM=VALUES, not 'Kern' (try --help)" --always Kern table.csv
    one_way 12 14 >table.csv
    fails 'table.csv:2: no way found to protect age=A1: --never leaves nothing else to hide in the line age=Total (parts by age)' \
        --always age=A1 --never age=A2 --never age=Total table.csv
    # 11 can be no less where it is known not to be small, and no more than the total of a
    printf 'g,s,persons\na,F,11\nb,F,50\nb,M,60\n' >table.csv
    fails 'table.csv: no way found to protect g=a, s=F: totals that are not printed are taken as public; --totals add prints them, so that they can be masked' \
        --codes separate --always g=a table.csv
}

@test "suppress: --always with totals that are not printed, and with several count columns" {
    printf 'g,count\na,30\nb,40\n' >table.csv
    suppress -q --totals add --always g=Total table.csv
    [ "$status" = 0 ]
    grep -q '^Total,,1,' out
    grep -q '^a,,1,' out
    suppress --always g=Total table.csv
    [ "$status" = 0 ]
    ! grep -q ',,1,' out || return 1
    grep -qxF 'ddg-suppress: note: 1 cell of --always not suppressed: a total that is not printed here, and taken as public' err
    suppress --totals none --always g=Total table.csv
    ! grep -q 'note: 1 cell' err || return 1
    printf 'g,p,q\na,10,40\nb,14,70\nc,10,0\nd,10,90\nTotal,44,200\n' >two.csv
    suppress --count p,q --always g=a --always g=c two.csv
    [ "$status" = 0 ]
    grep -q '^a,,,1,' out
    grep -q '^c,,0,1,' out
    grep -qxF "ddg-suppress: note: 'q': 1 cell of --always shown none the less, for being 0 (R-SUP-3)" err
}

@test "suppress: R-SUP-9 --never keeps a category in print, but no small count" {
    one_way 30 4 12 19 40 >table.csv
    hides --never age=A3 table.csv <<'END'
A2,
A4,
END
    hides --never age=A3 --never age=A4 table.csv <<'END'
A1,
A2,
END
    suppress --never age=A2 table.csv
    [ "$status" = 0 ]
    grep -q '^A2,,1,' out
    grep -qxF 'ddg-suppress: note: 1 cell of --never suppressed none the less, for being small (R-SUP-1)' err
}

@test "suppress: R-SUP-9 --never where a cell cannot be protected otherwise is an error" {
    one_way 4 12 >table.csv
    fails 'table.csv:2: no way found to protect age=A1: --never leaves nothing else to hide in the line age=Total (parts by age)' --never age=A2 --never age=Total table.csv
    one_way 4 5 40 >table.csv
    fails 'table.csv: R-SUP-6 asks for one more cell where none may be taken, nor the total: age=Total (parts by age) (--never may leave too little to hide)' \
        --never age=A3 --never age=Total table.csv
    hides --group-rule off --never age=A3 --never age=Total table.csv <<'END'
A1,
A2,
END
}

@test "suppress: R-SUP-9 --prefer takes the least interesting categories first" {
    one_way 30 4 12 19 4000 >table.csv
    hides --prefer age=A5 table.csv <<'END'
A2,
A5,
END
    hides --prefer age=A5,A4 table.csv <<'END'
A2,
A4,
END
    hides --prefer age=A5 --prefer age=A1 table.csv <<'END'
A1,
A2,
END
    hides --cost cells --prefer age=A5 table.csv <<'END'
A2,
A5,
END
    printf 'g,count\na,4\n"x,y",50\nc,20\nTotal,74\n' >quoted.csv
    suppress -q --prefer 'g="x,y"' quoted.csv
    grep -q '^"x,y",,1' out
}

@test "suppress: R-SUP-9 --neighbour makes the bands beside a small one cheaper" {
    one_way 12 30 20 4 21 >table.csv
    hides table.csv <<'END'
A1,
A4,
END
    hides --neighbour age table.csv <<'END'
A3,
A4,
END
    one_way 9 30 20 4 21 >table.csv
    hides --neighbour age table.csv <<'END'
A1,
A4,
END
}

@test "suppress: R-SUP-9 bands are neighbours in the order of the rows, within their group" {
    printf 'g,count\nx1,50\nx2,12\ny1,4\ny2,20\ny3,13\nX,62\nY,37\nTotal,99\n' >table.csv
    printf 'child,parent\ny3,Y\ny2,Y\ny1,Y\nx2,X\nx1,X\n' >groups.csv
    hides --hierarchy g=groups.csv --neighbour g table.csv <<'END'
y1,
y2,
END
    hides --hierarchy g=groups.csv table.csv <<'END'
y1,
y3,
END
}

@test "suppress: R-SUP-9 categories and dimensions that the table does not have are errors" {
    one_way 4 12 50 >table.csv
    for option in never prefer; do
        fails "table.csv: no cell has 'A9' in the dimension 'age' (try --help)" --$option age=A9 table.csv
        fails "table.csv: no dimension is called 'sex' (try --help)" --$option sex=F table.csv
        fails "--$option is DIM=VALUES, not 'age' (try --help)" --$option age table.csv
        fails "--$option is DIM=VALUES, not 'age=' (try --help)" --$option age= table.csv
    done
    fails "table.csv: no dimension is called 'sex' (try --help)" --neighbour sex table.csv
}

@test "suppress: R-HR-1 --high-risk hides every small count, whatever the column mask says" {
    printf 'g,h,count,mask\na,x,7,1\na,y,8,0\na,z,90,0\na,Total,105,0\n' >scored.csv
    suppress -q --when-masked --high-risk --by g --codes separate scored.csv
    [ "$status" = 0 ]
    grep -q '^a,x,,1,' out
    grep -q '^a,y,,1,' out
    printf 'g,count\na,7\nb,8\nc,50\n' >none.csv
    suppress -q --when-masked --high-risk none.csv
    [ "$status" = 0 ]
}

@test "suppress: --explain says which rule asked for each cell, and holds no count" {
    two_by_two >table.csv
    suppress -q --explain why.csv table.csv
    [ "$status" = 0 ]
    cmp why.csv - <<'END'
county,sex,rule,line,protects
Kern,F,R-SUP-1,,
Kern,M,R-SUP-7,"county=Kern, sex=Total (parts by sex)",
Yolo,F,R-SUP-7,"county=Total, sex=F (parts by county)",
Yolo,M,R-SUP-7,"county=Total, sex=M (parts by county)",
END
    one_way 3 3 40 50 >table.csv
    suppress -q --explain why.csv table.csv
    cmp why.csv - <<'END'
age,rule,line,protects
A1,R-SUP-1,,
A2,R-SUP-1,,
A3,R-SUP-6,age=Total (parts by age),
END
    one_way 10 14 10 10 0 30 >table.csv
    suppress -q --codes separate --explain why.csv table.csv
    grep -qE '^A2,R-SUP-2,,age=A[134]$' why.csv
    printf 'g,p,q\na,10,4\nb,14,7\nc,10,30\nd,10,40\nTotal,44,81\n' >two.csv
    suppress -q --count p,q --explain why.csv two.csv
    cmp why.csv - <<'END'
measure,g,rule,line,protects
p,a,R-SUP-1,,
p,c,R-SUP-1,,
p,d,R-SUP-1,,
q,a,R-SUP-1,,
q,b,R-SUP-1,,
END
}

@test "suppress: every suppressed cell is explained, and no other" {
    for seed in 1 2 3 4; do
        two_way 7 5 "$seed" >table.csv
        suppress -q --explain why.csv table.csv
        [ "$status" = 0 ]
        cmp <(tail -n +2 why.csv | cut -d, -f1,2) <(tail -n +2 out | grep ',1,small' | cut -d, -f1,2)
        [ "$(grep -cE ',R-SUP-[1267],' why.csv)" = "$(($(wc -l <why.csv) - 1))" ]
    done
}

@test "suppress: --explain changes nothing about the table, and fails where it cannot be written" {
    two_way 7 5 3 >table.csv
    suppress -q table.csv
    cp out plain
    suppress -q --explain why.csv table.csv
    cmp out plain
    suppress -q --explain nowhere/why.csv table.csv
    [ "$status" = 2 ]
    cmp out /dev/null
}

@test "suppress: R-SUP-11 --display has symbols, and a footnote that is true of them" {
    one_way 30 4 19 0 40 >table.csv
    gives --display --codes separate table.csv <<'END'
age,count,annotation,annotation_description
A1,30,,
A2,S,1,S: counts under 11 are not shown in accordance with the CalHHS DDG Edition 2.0
A3,C,2,"C: complementary, not shown so that no count under 11 can be computed, in accordance with the CalHHS DDG Edition 2.0"
A4,0,,
A5,40,,
Total,93,,
END
    audit_is_clean --hidden S,C
    gives --display table.csv <<'END'
age,count,annotation,annotation_description
A1,30,,
A2,S,1,"S: counts under 11, and complementary ones that would give them away, are not shown in accordance with the CalHHS DDG Edition 2.0"
A3,S,1,"S: counts under 11, and complementary ones that would give them away, are not shown in accordance with the CalHHS DDG Edition 2.0"
A4,0,,
A5,40,,
Total,93,,
END
    audit_is_clean --hidden S
    grep -qF 'knows sums and that zeros are shown)' verdict
    suppress -q --display --threshold 5 table.csv
    grep -qF 'S: counts under 5,' out
}

@test "suppress: R-SUP-11 what --always hides is not called complementary alone" {
    one_way 30 4 19 0 40 >table.csv
    gives --display --codes separate --always age=A1 --metadata datapackage.json table.csv <<'END'
age,count,annotation,annotation_description
A1,C,2,"C: complementary, not shown so that no count under 11 can be computed in accordance with the CalHHS DDG Edition 2.0, or withheld by choice"
A2,S,1,S: counts under 11 are not shown in accordance with the CalHHS DDG Edition 2.0
A3,19,,
A4,0,,
A5,40,,
Total,93,,
END
    grep -qF '; 2: complementary, or withheld by choice; ' datapackage.json
    grep -qF 'Counts of 1 to 10 (<11), complementary counts that would give them away, and others by choice, are suppressed in' datapackage.json
    suppress -q --display --always age=A1 table.csv
    grep -qx 'A1,S,1,"S: counts under 11, complementary ones that would give them away, and others by choice, are not shown in accordance with the CalHHS DDG Edition 2.0"' out
    suppress -q --always age=A1 --metadata datapackage.json table.csv
    grep -qx 'A1,,1,"small number, complementary, or withheld by choice"' out
    grep -qF '; 1: small number (<11), complementary, or withheld by choice; ' datapackage.json
    suppress -q --codes separate --always age=A1 table.csv
    grep -qx 'A1,,2,"complementary, or withheld by choice"' out
    # the words are those of the option, whether or not it hides what is not small
    suppress -q --always age=A2 table.csv
    grep -qx 'A2,,1,"small number, complementary, or withheld by choice"' out
    suppress -q --codes separate --always age=A2 --metadata datapackage.json table.csv
    grep -qx 'A2,,1,suppressed for small numbers' out
    grep -qF '; 2: complementary, or withheld by choice; ' datapackage.json
}

@test "suppress: R-SUP-11 --metadata describes the table, its codes and the method" {
    printf '"the ""county""",count,rate,score,mask\na,4,1.5,13,1\nb,30,2,13,0\nc,19,2,13,0\nTotal,53,2,13,0\n' >table.csv
    suppress -q --codes separate --metadata datapackage.json -o masked.csv table.csv
    [ "$status" = 0 ]
    cmp datapackage.json - <<END
{
  "profile": "tabular-data-package",
  "name": "masked-counts",
  "description": "Counts of 1 to 10 (<11), and complementary counts that would give them away, are suppressed in accordance with the CalHHS Data De-Identification Guidelines (DDG), Edition 2.0.",
  "suppression": {"method": "<11", "tool": "$("$build/ddg-suppress" --version)"},
  "resources": [
    {
      "profile": "tabular-data-resource",
      "name": "table",
      "path": "masked.csv",
      "format": "csv",
      "mediatype": "text/csv",
      "encoding": "utf-8",
      "dialect": {"delimiter": ","},
      "schema": {
        "fields": [
          {"name": "the \\"county\\"", "type": "string"},
          {"name": "count", "type": "integer", "description": "count"},
          {"name": "rate", "type": "string", "description": "blank beside a suppressed count"},
          {"name": "annotation", "type": "string", "description": "0 or blank: none; 1: suppressed for small numbers (<11); 2: complementary; 3: no data available; 4: statistically unstable; 5: incomplete"},
          {"name": "annotation_description", "type": "string", "description": "the annotation in words"}
        ],
        "missingValues": [""]
      }
    }
  ]
}
END
    python3 -c 'import json; json.load(open("datapackage.json"))'
    suppress -q --display --threshold 5 -d tab --metadata datapackage.json table.csv
    [ "$status" = 2 ]
    tr , '\t' <table.csv >table.tsv
    suppress -q --display --threshold 5 -d tab --metadata datapackage.json table.tsv
    [ "$status" = 0 ]
    python3 -c '
import csv, json
package = json.load(open("datapackage.json"))
table = package["resources"][0]
assert package["suppression"]["method"] == "<5"
assert table["path"] == "table.csv" and table["dialect"]["delimiter"] == "\t"
assert table["schema"]["missingValues"] == [""]
assert [f.get("missingValues") for f in table["schema"]["fields"]] == [None, ["", "S"], None, None, None]
names = [field["name"] for field in table["schema"]["fields"]]
assert names == next(csv.reader(open("out"), delimiter="\t")), names
assert any("1: small number (<5) or complementary;" in f.get("description", "") for f in table["schema"]["fields"])'
    suppress -q --display --codes separate -d tab --metadata datapackage.json table.tsv
    grep -qF '"type": "integer", "missingValues": ["", "S", "C"]' datapackage.json
    suppress -q --metadata nowhere/package.json table.tsv -d tab
    [ "$status" = 2 ]
    cmp out /dev/null
}

@test "suppress: a table of no rows, and one of nothing to hide, pass" {
    echo g,count >empty.csv
    gives empty.csv <<'END'
g,count,annotation,annotation_description
END
    printf 'g,count\na,0\nb,11\n' >fine.csv
    gives fine.csv <<'END'
g,count,annotation,annotation_description
a,0,,
b,11,,
END
}

@test "suppress: a file of labels that the table does not have is refused" {
    printf 'c,count\nA,4\nB,30\nC,20\nD,50\nS,34\n' >labels.csv
    printf 'child,parent\na,X\nb,X\n' >other.csv
    fails "labels.csv: none of the labels of the hierarchy file of 'c' occurs" --hierarchy c=other.csv labels.csv
    printf 'spelling,meaning\na,S\n' >alias.csv
    fails "labels.csv: none of the labels of the alias file of 'c' occurs" --alias c=alias.csv labels.csv
}

@test "suppress: a column cannot be a dimension and an annotation, nor serve two counts" {
    printf 'annotation_description,count\nred,5\nblue,30\ngreen,50\n' >roles.csv
    fails "roles.csv: column 'annotation_description' can only be one of dimension, count, annotation and its description, once (--dims, --count, --annotation) (try --help)" roles.csv
    printf 'c,p,q,annotation\nA,5,30,\nB,40,30,\nC,50,3,\n' >roles.csv
    fails "roles.csv: column 'annotation' can only be one of dimension, count, annotation and its description, once (--dims, --count, --annotation) (try --help)" \
        --count p,q --annotation annotation,annotation roles.csv
}

# all LABEL: a table whose total has another label.
named() {
    printf '%s\n' county,sex,count Kern,F,4 Kern,M,30 "Kern,$1,34" Yolo,F,25 Yolo,M,31 "Yolo,$1,56"
}

@test "suppress: what is surely a total and not called so is an error that says how to call it" {
    for label in All all TOTAL Statewide Overall; do
        named "$label" >table.csv
        fails "table.csv: no row of 'sex' is labelled 'Total': is '$label' the total? If it is: --total sex=$label; if it is a category like others: --total sex=Total" table.csv
        suppress -q --total "sex=$label" table.csv
        [ "$status" = 0 ]
        suppress -q --total "sex=Total" table.csv
        [ "$status" = 0 ]
    done
    named 'Both sexes' >table.csv
    fails "table.csv: no row of 'sex' is labelled 'Total': is 'Both sexes' the total? If it is: --total 'sex=Both sexes'; if it is a category like others: --total sex=Total" --totals add table.csv
    # of distinct persons it is less than the sum
    sed '1s/,count/,persons/; s/34$/33/' table.csv >persons.csv
    fails "persons.csv: no row of 'sex' is labelled 'Total': is 'Both sexes' the total? If it is: --total 'sex=Both sexes'; if it is a category like others: --total sex=Total" persons.csv
    # any name will do where three lines add up
    { named Everybody; printf '%s\n' Inyo,F,40 Inyo,M,2 Inyo,Everybody,42; } >table.csv
    fails "table.csv: no row of 'sex' is labelled 'Total': is 'Everybody' the total? If it is: --total sex=Everybody; if it is a category like others: --total sex=Total" table.csv
    # nested columns have totals of their own
    printf '%s\n' region,county,count North,A,40 North,B,4 North,All,44 South,C,30 South,D,60 South,All,90 >nested.csv
    fails "nested.csv: no row of 'county' is labelled 'Total': is 'All' the total? If it is: --total county=All; if it is a category like others: --total county=Total" --nested region,county nested.csv
}

@test "suppress: what is called like a total and counts a few more than its parts is named with the line" {
    # unknown ages are in the totals and in no row
    { named 'All sexes'; printf '%s\n' Inyo,F,40 Inyo,M,50 'Inyo,All sexes,102'; } >table.csv
    local more="no row of 'sex' is labelled 'Total': is 'All sexes' the total? If it is: --total 'sex=All sexes', with a row of what it counts in line 10 beyond its parts; if it is a category like others: --total sex=Total"
    # of three lines two add up
    fails "table.csv: $more" table.csv
    # what was said then is an error, too, until the row is there
    fails 'table.csv:10: a total is more than the sum of its parts: county=Inyo, sex=All sexes (parts by sex)' --total 'sex=All sexes' table.csv
    { cat table.csv; echo Inyo,Unknown,12; } >whole.csv
    suppress -q --total 'sex=All sexes' whole.csv
    [ "$status" = 0 ]
    # none does: a note
    sed -i 's/,34$/,35/; s/,56$/,58/' table.csv
    suppress table.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-suppress: note: ${more/line 10/line 4}" err
    run "$build/ddg-audit" out
    [[ $output == *"is 'All sexes' the total?"* ]]
    # a category of another name, or one that is far from the others, is one like others
    sed 's/All sexes/Not said/' table.csv >other.csv
    suppress other.csv
    run -1 grep labelled.*the.total err
    sed -i 's/,35$/,60/' table.csv
    suppress table.csv
    run -1 grep labelled.*the.total err
}

@test "suppress: a label of --total that does not occur is an error where a category is the total" {
    named Statewide >table.csv
    local is="is 'Statewide' the total? If it is: --total sex=Statewide; if it is a category like others: --total sex=Total"
    fails "table.csv: no row of 'sex' is labelled 'Statewid': $is" --total sex=Statewid table.csv
    fails "table.csv: no row of 'sex' is labelled 'All': $is" --total All table.csv
    named Total >table.csv
    fails "table.csv: no row of 'sex' is labelled 'Totl': is 'Total' the total? If it is: --total sex=Total" --total sex=Totl table.csv
    # where nothing may be the total there is none
    grep -v ,Total, table.csv >parts.csv
    suppress -q --total sex=Statewide parts.csv
    [ "$status" = 0 ]
}

@test "suppress: a label that is that of totals but for case or spaces is an error" {
    local is="is 'Total', the label of totals, but for case or spaces: --alias makes them one, and --total with the dimension says that it is a category like others"
    { named Total | sed 's/^Yolo,Total/Yolo,total/'; } >table.csv
    fails "table.csv:7: 'total' of 'sex' $is" table.csv
    suppress -q --total sex=Total table.csv
    [ "$status" = 0 ]
    named Total | sed 's/^Yolo,Total/Yolo,Total /' >table.csv
    fails "table.csv:7: 'Total ' of 'sex' $is" table.csv
    printf 'total,Total\n' >alias.csv
    named Total | sed 's/^Yolo,Total/Yolo,total/' >table.csv
    suppress -q --alias sex=alias.csv table.csv
    [ "$status" = 0 ]
}

@test "suppress: what may be a total and not called so is noted" {
    printf 'g,count\na,12\nb,20\nc,32\n' >table.csv
    suppress table.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-suppress: note: no row of 'g' is labelled 'Total': is 'c' the total? If it is: --total g=c; if it is a category like others: --total g=Total" err
    suppress --total Total table.csv
    ! grep -q labelled\ \'Total err || return 1
    printf 'g,count\na,4\nb,32\nc,36\n' >table.csv
    fails "table.csv: no row of 'g' is labelled 'Total': is 'c' the total? If it is: --total g=c; if it is a category like others: --total g=Total; otherwise: table.csv:2: no way found to protect g=a: --never leaves nothing else to hide in the line g=Total (parts by g)" \
        --never g=b,c table.csv
    # the rest of several races is more than any, and no total
    printf 'race,persons\nA,40\nB,50\nAll others,60\n' >persons.csv
    suppress persons.csv
    grep -qF 'note: no row of the input is a total' err
    # two equal counts, and what adds up in some lines only, are no totals
    printf 'g,count\na,20\nb,20\n' >table.csv
    suppress table.csv
    grep -qF 'note: no row of the input is a total' err
    printf 'g,s,count\na,x,12\na,y,20\na,z,32\nb,x,12\nb,y,20\nb,z,33\n' >table.csv
    suppress --by g table.csv
    grep -qF 'note: no row of the input is a total' err
}

@test "suppress: what looks like subtotals that no hierarchy names is noted" {
    printf 'place,count\nAlpine,30\nInyo,125\nSierra,155\nKern,100\nFresno,200\nTulare,0\nValley,300\nBay,110\nMarin,5\nNapa,105\n' >table.csv
    suppress table.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-suppress: note: 'Sierra' counts what 'Alpine' and 'Inyo' do together, and 2 others do the like: if they are subtotals, --hierarchy has to say so, or parts are not safe" err
    printf 'child,parent\nAlpine,Sierra\nInyo,Sierra\nKern,Valley\nFresno,Valley\nTulare,Valley\nMarin,Bay\nNapa,Bay\n' >regions.csv
    suppress --hierarchy place=regions.csv table.csv
    ! grep -q 'do together' err || return 1
    # small numbers in one line add up by chance; in two lines that is less likely
    printf 'g,count\na,12\nb,13\nc,25\nd,40\n' >table.csv
    suppress table.csv
    ! grep -q 'do together' err || return 1
    printf 'g,s,count\na,x,12\na,y,1\nb,x,13\nb,y,15\nc,x,25\nc,y,16\nd,x,40\nd,y,50\n' >table.csv
    suppress table.csv
    grep -qxF "ddg-suppress: note: 'c' counts what 'a' and 'b' do together: if it is a subtotal, --hierarchy has to say so, or parts are not safe" err
    sed 's/^c,y,16/c,y,17/' table.csv >other.csv
    suppress other.csv
    ! grep -q 'do together' err || return 1
}

@test "suppress: subtotals that no hierarchy names are looked for in every count column" {
    printf 'year,g,s,n,m\n2001,a,x,30,12\n2001,a,y,40,1\n2001,b,x,50,13\n2001,b,y,60,15\n2001,c,x,35,25\n2001,c,y,45,16\n2001,d,x,60,40\n2001,d,y,70,50\n' >table.csv
    sed -n '2,$s/^2001/2002/p' table.csv >later
    cat later >>table.csv
    local note="': 'c' counts what 'a' and 'b' do together: if it is a subtotal, --hierarchy has to say so, or parts are not safe"
    suppress --by year --count n,m table.csv
    [ "$(grep 'do together' err)" = "ddg-suppress: note: 'm$note" ]
    # in each by itself: what differs from block to block in one says nothing about the other
    sed 's/^2001,c,x,35/2001,c,x,80/; s/^2001,c,y,45/2001,c,y,100/' table.csv >first.csv
    suppress --by year --count n,m first.csv
    [ "$(grep 'do together' err)" = "ddg-suppress: note: 'm$note" ]
    sed 's/,c,x,35/,c,x,80/; s/,c,y,45/,c,y,100/' table.csv >both.csv
    suppress --by year --count n,m both.csv
    grep 'do together' err >notes
    printf '%s\n' "ddg-suppress: note: 'n$note" "ddg-suppress: note: 'm$note" | cmp - notes
}

@test "suppress: a column that is no dimension is asked for where it may be the trouble" {
    printf 'id,county,count\n1,a,4\n2,b,30\n3,c,50\n' >table.csv
    fails "table.csv: no way found to protect id=1, county=a: totals that are not printed are taken as public; --totals add prints them, so that they can be masked; 'id' has another value in each row: is it a dimension? --dims" table.csv
    suppress --dims county table.csv
    [ "$status" = 0 ]
}

@test "suppress: rows that are totals without parts are pointed out" {
    printf 'g,count\na1,4\na2,20\na3,30\nA,54\nB,50\nTotal,104\n' >partless.csv
    printf 'child,parent\na1,A\na2,A\na3,A\nb1,B\n' >groups.csv
    suppress --hierarchy g=groups.csv partless.csv
    [ "$status" = 0 ]
    grep -qxF 'ddg-suppress: note: 1 row: a total without parts in this table (first: line 6)' err
}

@test "suppress: a file of many columns implies no end of totals, and is refused" {
    { seq -s, -f 'c%g' 40 | tr -d '\n'; echo ,count; seq -s, 40 | tr -d '\n'; echo ,5; } >wide.csv
    fails 'wide.csv: 40 dimensions imply too many totals: name the dimensions with --dims, or with --by those that nobody adds up over' wide.csv
}

# The lines of --help that --OPTION... stand in, one a line; fails when they are not in this order.
in_order() {
    local last=0 at
    for option; do
        at=$(grep -nm 1 -e "--$option" out | cut -d : -f 1)
        [ "${at:-0}" -gt "$last" ] || return 1
        last=$at
    done
}

@test "suppress: --help has what is used most before the rest, and no status that there is not" {
    suppress --help
    in_order display published codes prefer cost dims count total hierarchy by alias delimiter table output help
    in_order when-masked effort whole dims
    grep -qxF 'Exit status: 0 done, 2 an error.  See ddg-suppress(1) and ddg(7).' out
}

@test "suppress: a row of the whole state among its counties is asked about, though persons fall short of it" {
    for state in California CA Calif; do
        printf 'county,persons\nKern,1200\nYolo,310\nMono,6\nInyo,44\n%s,1555\n' "$state" >state.csv
        fails "state.csv: no row of 'county' is labelled 'Total': is '$state' the total? If it is: --total county=$state; if it is a category like others: --total county=Total" \
            state.csv
    done
    # one that is less than a part of it is none
    printf 'birthplace,persons\nMexico,1200\nCalifornia,900\nOregon,200\n' >places.csv
    suppress places.csv
    [ "$status" = 0 ]
}
