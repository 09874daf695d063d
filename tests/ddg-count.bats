#!/usr/bin/env bats
# ddg-count: what it counts, what it refuses, and what it says.

# shellcheck disable=SC2154 # count.bash sets count

bats_require_minimum_version 1.5.0

setup() {
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' \
        id,county,sex,age,date,paid \
        p1,Alpine,F,17,2023-12-31,10.10 \
        p1,Alpine,F,18,2024-01-01,0.2 \
        p1,Butte,F,18,2024-03-31,-5 \
        p2,Alpine,M,64,2024-04-01,1 \
        p3,Butte,M,65,01/02/2024,0.70 \
        p3,Butte,M,90,2024-02-29T10:30,0 \
        p4,Butte,,5,2024-12-01,3 >records.csv
}

@test "count: rows are counted in each group, in sorted order" {
    gives -g county,sex --rows records.csv <<'END'
county,sex,count
Alpine,F,2
Alpine,M,1
Butte,,1
Butte,F,1
Butte,M,2
END
}

@test "count: standard input is read when no file is named" {
    env -i "$count" -g county --rows <records.csv >out
    cmp out - <<'END'
county,count
Alpine,3
Butte,4
END
}

@test "count: without --id and --rows a note says that rows were counted" {
    count -g county records.csv
    [ "$status" = 0 ]
    cmp err - <<'END'
ddg-count: rows were counted, not persons (R-NUM-1): --id COLUMN counts persons, --rows says that rows are meant
END
    cmp out - <<'END'
county,count
Alpine,3
Butte,4
END
}

@test "count: with --id a person is counted once in every cell and every total" {
    gives -g county,sex --id id --totals --missing Unknown records.csv <<'END'
county,sex,persons,events
Alpine,F,1,2
Alpine,M,1,1
Alpine,Total,2,3
Butte,F,1,1
Butte,M,1,2
Butte,Unknown,1,1
Butte,Total,3,4
Total,F,1,3
Total,M,2,3
Total,Unknown,1,1
Total,Total,4,7
END
}

@test "count: --margins adds the totals that keep the named dimensions" {
    gives -g county,sex,year=date:year --id id --margins 'county; sex,year' records.csv <<'END'
county,sex,year,persons,events
Alpine,F,2023,1,1
Alpine,F,2024,1,1
Alpine,M,2024,1,1
Alpine,Total,Total,2,3
Butte,,2024,1,1
Butte,F,2024,1,1
Butte,M,2024,1,2
Butte,Total,Total,3,4
Total,,2024,1,1
Total,F,2023,1,1
Total,F,2024,1,2
Total,M,2024,2,3
END
}

@test "count: a blank margin is the grand total" {
    gives -g sex --rows --margins '' records.csv <<'END'
sex,count
,1
F,3
M,3
Total,7
END
}

@test "count: --complete adds a zero cell for each combination of values that occur" {
    gives -g county,year=date:year,sex --id id --complete --margins 'year,sex' records.csv <<'END'
county,year,sex,persons,events
Alpine,2023,,0,0
Alpine,2023,F,1,1
Alpine,2023,M,0,0
Alpine,2024,,0,0
Alpine,2024,F,1,1
Alpine,2024,M,1,1
Butte,2023,,0,0
Butte,2023,F,0,0
Butte,2023,M,0,0
Butte,2024,,1,1
Butte,2024,F,1,1
Butte,2024,M,1,2
Total,2023,,0,0
Total,2023,F,1,1
Total,2023,M,0,0
Total,2024,,1,1
Total,2024,F,1,2
Total,2024,M,2,3
END
}

@test "count: --sum adds amounts exactly, with the finest places of the column" {
    gives -g county --rows --sum paid,age --totals records.csv <<'END'
county,count,paid_sum,age_sum
Alpine,3,11.30,99
Butte,4,-1.30,178
Total,7,10.00,277
END
}

@test "count: a sum of many tenths has no drift" {
    { echo g,v && yes a,0.1 | head -n 100000; } >tenths.csv
    gives -g g --rows --sum v tenths.csv <<'END'
g,count,v_sum
a,100000,10000.0
END
}

@test "count: bands, width and topcode make labels of ages" {
    gives -g 'age_group=age:bands(0,18,45,65)' --id id records.csv <<'END'
age_group,persons,events
0-17,2,2
18-44,1,2
45-64,1,1
65+,1,2
END
    gives -g 'age:width(5)' --rows records.csv <<'END'
age,count
5-9,1
15-19,3
60-64,1
65-69,1
90-94,1
END
    gives -g 'age:topcode(65)' --rows records.csv <<'END'
age,count
5,1
17,1
18,2
64,1
65+,2
END
    gives -g 'age:topcode(90):width(5)' --rows records.csv <<'END'
age,count
5-9,1
15-19,3
60-64,1
65-69,1
90+,1
END
    fails "records.csv:2: column 'age': a band, not a whole number (what makes bands comes last: topcode(90):width(10))" \
        -g 'age:width(5):topcode(90)' --rows records.csv
}

@test "count: year, quarter and month make labels of dates in every documented form" {
    gives -g date:quarter --rows records.csv <<'END'
date,count
2023-Q4,1
2024-Q1,4
2024-Q2,1
2024-Q4,1
END
    gives -g year=date:year,date:month --rows --margins year records.csv <<'END'
year,date,count
2023,2023-12,1
2023,Total,1
2024,2024-01,2
2024,2024-02,1
2024,2024-03,1
2024,2024-04,1
2024,2024-12,1
2024,Total,6
END
}

@test "count: prefix counts characters, not bytes" {
    printf 'n\n\303\251\303\250x\n\303\251\303\250y\n' >utf8.csv
    printf 'n,count\n\303\251\303\250,2\n' >wanted
    gives -g 'n:prefix(2)' --rows utf8.csv <wanted
}

@test "count: map takes labels from a file, with or without a header" {
    printf 'value,label\nAlpine,"Rural, small"\nButte,Urban\n' >region.csv
    gives -g 'region=county:map(region.csv)' --rows records.csv <<'END'
region,count
"Rural, small",3
Urban,4
END
    printf 'Alpine,North\nButte,North\n' >'no header, this.csv'
    gives -g 'region=county:map("no header, this.csv")' --rows records.csv <<'END'
region,count
North,7
END
}

@test "count: a map that is no map is refused" {
    printf 'Alpine\n' >one.csv
    fails 'one.csv:1: a map has two columns, value and label' -g 'county:map(one.csv)' records.csv
    printf 'value,label\nAlpine,a\nAlpine,b\n' >twice.csv
    fails 'twice.csv:3: a value that stands here twice' -g 'county:map(twice.csv)' records.csv
    fails 'none.csv: No such file or directory' -g 'county:map(none.csv)' records.csv
}

@test "count: names with commas, colons and equals signs stand in quotes" {
    printf '"a,b","c:d=e"\n1,2\n' >odd.csv
    gives -g '"a,b","x,""y"="c:d=e":width(10)' --rows odd.csv <<'END'
"a,b","x,""y",count
1,0-9,1
END
}

@test "count: -g can be repeated" {
    gives -g county -g sex --rows --margins '' records.csv <<'END'
county,sex,count
Alpine,F,2
Alpine,M,1
Butte,,1
Butte,F,1
Butte,M,2
Total,Total,7
END
}

@test "count: one column can serve two dimensions, the identifier and a sum" {
    printf 'v\n1\n1\n12\n' >one.csv
    gives -g 'v,w=v:width(10)' --id v --sum v one.csv <<'END'
v,w,persons,events,v_sum
1,0-9,1,2,2
12,10-19,1,1,12
END
}

@test "count: a blank value passes through recodings and is never dropped" {
    printf 'id,age,day\n1,,\n2,4,2024-01-01\n' >blank.csv
    gives -g 'age:bands(0,18),day:year' --id id blank.csv <<'END'
age,day,persons,events
,,1,1
0-17,2024,1,1
END
    gives -g 'age:bands(0,18)' --id id --missing Unknown blank.csv <<'END'
age,persons,events
0-17,1,1
Unknown,1,1
END
}

@test "count: a blank identifier is an error, also one of spaces" {
    printf 'id,a\n1,x\n,x\n' >blank.csv
    fails "blank.csv:3: column 'id': blank, where a person's identifier is wanted" \
        -g a --id id blank.csv
    printf 'id,a\n1,x\n  ,x\n' >blank.csv
    fails "blank.csv:3: column 'id': blank, where a person's identifier is wanted" \
        -g a --id id blank.csv
}

@test "count: what a recoding cannot read is an error that does not tell the value" {
    printf 'id,age,day\n1,45.5,2023-02-29\n' >bad.csv
    fails "bad.csv:2: column 'age': not a whole number" -g 'g=age:bands(0,18)' --id id bad.csv
    fails "bad.csv:2: column 'day': a date that no calendar has" -g day:year --id id bad.csv
    fails "bad.csv:2: column 'age': not a date (YYYY-MM-DD or MM/DD/YYYY)" -g age:month bad.csv
    printf '1,one\n' >map.csv
    fails "bad.csv:2: column 'age': a value that the map does not have" -g 'age:map(map.csv)' bad.csv
    printf 'a\n5\n' >low.csv
    fails "low.csv:2: column 'a': a number below the first band" -g 'a:bands(18,65)' low.csv
}

@test "count: an amount that is blank or no decimal number is an error" {
    printf 'a,v\nx,1\nx,\n' >blank.csv
    fails "blank.csv:3: column 'v': blank, where an amount is wanted" -g a --sum v blank.csv
    printf 'a,v\nx,1e3\n' >bad.csv
    fails "bad.csv:2: column 'v': not a decimal number" -g a --sum v bad.csv
}

@test "count: a value that reads as the label of totals is an error, unless totals get another" {
    printf 'c,s\nTotal,x\n' >total.csv
    local message="a value that reads as the label of totals (--total gives them another)"
    fails "total.csv:2: column 'c': $message" -g c --rows total.csv
    gives -g c,s --rows --total c=All --margins '' total.csv <<'END'
c,s,count
Total,x,1
All,Total,1
END
    fails "dimension 's': the label of blank values is the label of totals (try --help)" \
        -g s --missing Total total.csv
}

@test "count: labels sort as people count, totals last" {
    printf 'b\n100+\n5-9\nZ\n10-14\n<1\n' >labels.csv
    gives -g b --rows --totals labels.csv <<'END'
b,count
5-9,1
10-14,1
100+,1
<1,1
Z,1
Total,5
END
}

@test "count: a header without records gives an empty table, and a grand total of zero" {
    echo id,a >empty.csv
    gives -g a --id id empty.csv <<'END'
a,persons,events
END
    gives -g a --id id --totals --complete empty.csv <<'END'
a,persons,events
Total,0,0
END
}

@test "count: no input at all is an error" {
    : >nothing.csv
    fails 'nothing.csv: no header: the input is empty' -g a nothing.csv
    fails 'stdin: no header: the input is empty' -g a
    fails 'missing.csv: No such file or directory' -g a missing.csv
}

@test "count: usage errors are one line and status 2" {
    fails 'nothing to group by: -g names the dimensions (try --help)' records.csv
    fails "records.csv: no column is called 'x' (try --help)" -g x records.csv
    fails "records.csv: no column is called 'x' (try --help)" -g sex --id x records.csv
    fails "records.csv: no column is called 'x' (try --help)" -g sex --sum x records.csv
    fails "two dimensions are called 'sex' (try --help)" -g sex,sex=county records.csv
    fails "two columns of the table would be called 'events' (try --help)" \
        -g events=sex --id id records.csv
    fails "two columns of the table would be called 'age_sum' (try --help)" \
        -g sex --sum age,age records.csv
    fails "a dimension called 'count' would be read as the count (-g NAME=COLUMN gives it another name) (try --help)" \
        -g count=sex records.csv
    fails "a margin keeps 'age', which is no dimension (try --help)" -g sex --margins age records.csv
    fails '--id and --rows exclude each other (try --help)' -g sex --id id --rows records.csv
    fails '--totals and --margins exclude each other (try --help)' \
        -g sex --totals --margins '' records.csv
    fails "'band' is no recoding; there are bands(N,N,...), width(N), topcode(N), year, quarter, month, prefix(N), map(FILE) (try --help)" \
        -g 'age:band(1)' records.csv
    fails "unknown option '--dims' (try --help)" --dims x -g sex records.csv
    echo a,a >double.csv
    fails "double.csv: two columns are called 'a' (try --help)" -g a double.csv
}

@test "count: every recoding is in the manual" {
    count -g a:nothing
    names=$(sed 's/.*there are //; s/ (try --help)//; s/([^)]*)//g; s/, / /g' err)
    [ "$(wc -w <<<"$names")" -ge 8 ]
    for name in $names; do
        grep -q "^\.It Cm $name" "$BATS_TEST_DIRNAME/../man/ddg-count.1" || {
            echo "not in the manual: $name"
            return 1
        }
    done
}

@test "count: too many cells for --complete and too many totals are refused" {
    { echo a,b,c && seq 1 500 | sed 's/.*/&,&,&/'; } >wide.csv
    fails 'a complete table would have more than 100000000 cells (coarser dimensions, fewer of them, or no --complete)' \
        -g a,b,c --complete --rows wide.csv
    fails 'every total of more than 16 dimensions is too much (--margins chooses)' \
        -g "$(seq -s, 1 17 | sed 's/[0-9]*/d&=a/g')" --totals wide.csv
}

@test "count: -o writes the file whole, or leaves the old one" {
    echo old >table.csv
    printf 'a\n1\n"\n' >bad.csv
    count -g a --rows -o table.csv bad.csv
    [ "$status" = 2 ]
    [ "$(cat table.csv)" = old ]
    count -g sex --rows -o table.csv records.csv
    [ "$status" = 0 ]
    cmp out /dev/null
    cmp table.csv - <<'END'
sex,count
,1
F,3
M,3
END
    run -0 find . -name '.ddg-*'
    [ -z "$output" ]
}

@test "count: a full disk is an error" {
    [ -c /dev/full ]
    status=0
    env -i "$count" -g sex --rows records.csv >/dev/full 2>err || status=$?
    [ "$status" = 2 ]
    cmp err - <<'END'
ddg-count: stdout: No space left on device
END
}

@test "count: a closed standard output is an error" {
    status=0
    env -i "$count" -g sex --rows records.csv >&- 2>err || status=$?
    [ "$status" = 2 ]
    cmp err - <<'END'
ddg-count: stdout: Bad file descriptor
END
}

@test "count: malformed records stop the run and no table is written" {
    printf 'a,b\n1,2\n1\n' >ragged.csv
    fails 'ragged.csv:3: 1 field where the header has 2' -g a --rows ragged.csv
    printf 'a,b\n1,2\na,b\n' >header.csv
    fails 'header.csv:3: the header stands here a second time' -g a --rows header.csv
    printf 'a,c\n1,2\n' >other.csv
    printf 'a,b\n1,2\n' >first.csv
    fails "other.csv:1: a header that differs from the first file's" -g a first.csv other.csv
}

@test "count: delimiter, BOM, CRLF and a missing final newline make no difference" {
    printf '\357\273\277a;b\r\nx;1\r\nx;2' >odd.csv
    gives -g a --rows -d ';' odd.csv <<'END'
a;count
x;2
END
}

@test "count: options can stand in a table file, beside those of other programs" {
    printf 'total All\ntotals implied\nnested county,sex\nthreshold 15\n' >table.conf
    gives --table table.conf -g sex --rows --margins '' records.csv <<'END'
sex,count
,1
F,3
M,3
All,7
END
}

@test "count: the order of records and files makes no difference" {
    { head -n 1 records.csv && tail -n +2 records.csv | tac; } >reversed.csv
    { head -n 1 records.csv && tail -n +2 records.csv | sed -n '1~2p'; } >odd.csv
    { head -n 1 records.csv && tail -n +2 records.csv | sed -n '2~2p'; } >even.csv
    what=(-g 'county,sex,age:width(5),date:quarter' --id id --totals --complete --sum paid)
    count "${what[@]}" records.csv
    [ "$status" = 0 ]
    cp out wanted
    gives "${what[@]}" reversed.csv <wanted
    gives "${what[@]}" even.csv odd.csv <wanted
}

@test "count: distinct persons agree with a brute force in every cell of every margin" {
    for seed in 1 2 3 4 5; do
        awk -v seed="$seed" 'BEGIN {
            srand(seed)
            print "id,a,b,c"
            for (i = 0; i < 4000; i++)
                printf "p%d,a%d,b%d,%d\n", int(rand() ^ 2 * 900), int(rand() * 6),
                    int(rand() ^ 3 * 9), int(rand() * (seed + 1))
        }' >random.csv
        count -g a,b,c --id id --totals random.csv
        [ "$status" = 0 ]
        head -n 1 out | cmp - <(echo a,b,c,persons,events)
        tail -n +2 out | LC_ALL=C sort >got
        brute_force random.csv >wanted
        cmp got wanted
        # and the sum of the parts is no substitute
        [ "$(awk -F, '$1 != "Total" && $2 == "Total" && $3 == "Total" { n += $4 } END { print n }' out)" -gt \
            "$(tail -n 1 out | cut -d, -f4)" ]
    done
}

@test "count: persons with long, similar and quoted identifiers are told apart" {
    long=$(printf '%5000s' '' | tr ' ' x)
    printf 'id,a\n%s1,x\n%s2,x\n%s1,x\n"q""1",x\n"q,1",x\n"q\n1",x\n001,x\n1,x\n"1 ",x\n' \
        "$long" "$long" "$long" >ids.csv
    gives -g a --id id ids.csv <<'END'
a,persons,events
x,8,9
END
}

@test "count: more values than are remembered are recoded alike" {
    { echo d && seq 1 70000 && seq 1 70000; } >many.csv
    gives -g 'd:width(50000)' --rows many.csv <<'END'
d,count
0-49999,99998
50000-99999,40002
END
}

@test "count: whichever scanner DDG_SCANNER names, tables and errors are the same, and an unknown one is refused" {
    { echo a,b && for i in {1..200}; do printf '"x, %s",y\n' "$((i % 7))" && printf '"z\n""",y\r\n'; done; } >good.csv
    { cat good.csv && printf 'stray"quote,y\n'; } >bad.csv
    for scanner in '' libcsv scalar words sse2 avx2 avx512 neon abacus; do
        for input in good bad; do
            status=0
            env -i LC_ALL=C ${scanner:+"DDG_SCANNER=$scanner"} "$count" -g a,b --rows "$input.csv" \
                >"$input.out" 2>"$input.err" || status=$?
            # a scanner that this processor lacks
            if grep -q DDG_SCANNER "$input.err"; then
                [ "$status" = 2 ] && [ ! -s "$input.out" ] && [[ $scanner = [ans]* ]]
                [ "$(cat "$input.err")" = "ddg-count: DDG_SCANNER: this processor has no scanner '$scanner' (try --help)" ]
                continue
            fi
            [ "$scanner" != abacus ]
            [ "$status" = "$([ "$input" = good ] && echo 0 || echo 2)" ]
            [ -n "$scanner" ] || cp "$input.out" "$input.first"
            [ -n "$scanner" ] || cp "$input.err" "$input.first_err"
            cmp "$input.out" "$input.first"
            cmp "$input.err" "$input.first_err"
        done
    done
    [ "$(wc -l <good.first)" = 10 ]
    grep -q '^ddg-count: bad.csv:602: field 1: a quote where none may stand' bad.first_err
}

@test "count: a header that was cut at another delimiter, or is a record, is told from one without the column" {
    no="no column is called 'county'"
    for delimiter in ';' '|' ','; do
        printf '%s\n' "id${delimiter}county" "1${delimiter}x" >other.csv
        options=()
        [ "$delimiter" != ',' ] || options=(-d tab)
        name="'$delimiter'"
        case $delimiter in
        ';') is=semicolons ;;
        '|') is=bars ;;
        *) is=commas name=, ;;
        esac
        fails "other.csv: $no, unless its fields are separated by $is: -d $name (try --help)" \
            -g county --rows "${options[@]}" other.csv
    done
    printf 'id\tcounty\n1\tx\n' >other.csv
    fails "other.csv: $no, unless its fields are separated by tabs: -d tab (try --help)" \
        -g county --rows other.csv
    record="and the first line reads like a record: --no-header and --columns are for files without a header"
    for line in 1001,Yolo x,2024-03-05 x,-12.50; do
        echo "$line" >other.csv
        fails "other.csv: $no, $record (try --help)" -g county --rows other.csv
    done
    for line in id,County p1,Yolo 'x,' 'counties;x'; do
        echo "$line" >other.csv
        fails "other.csv: $no (try --help)" -g county --rows other.csv
    done
}

@test "count: a header in quotes that was cut at another delimiter is told from a bad one" {
    no='a quote where none may stand'
    printf '"id";"county"\n"1";"x"\n' >other.csv
    fails "other.csv:1: field 1: $no, unless fields are separated by semicolons (-d ';' for tables and records)" \
        -g county --rows other.csv
    printf '"id"\t"county"\n' >other.csv
    fails "other.csv:1: field 1: $no, unless fields are separated by tabs (-d tab for tables and records)" \
        -g county --rows other.csv
    printf '"id"|"county"\n' >other.csv
    fails "other.csv:1: field 1: $no, unless fields are separated by bars (-d '|' for tables and records)" \
        -g county --rows other.csv
    printf '"id","county"\n' >other.csv
    fails "other.csv:1: field 1: $no, unless fields are separated by commas (-d , for tables and records)" \
        -g county --rows -d ';' other.csv
    written='(a field with quotes in it is written in quotes, with each of them doubled)'
    for text in '"id"x;"county"' 'id";"county"' 'x,"id";"county"'; do
        printf '%s\n' "$text" >other.csv
        field=1
        [ "$text" != "${text#x,}" ] && field=2
        fails "other.csv:1: field $field: $no $written" -g county --rows other.csv
    done
    printf 'id,county\n"1";"x"\n' >other.csv
    fails "other.csv:2: field 1: $no $written" -g county --rows other.csv
}

@test "count: a mark of UTF-8 says that what follows is no UTF-16" {
    printf '\357\273\277\377\376a,b\n1,2\n' >marked.csv
    gives -g b --rows marked.csv <<'END'
b,count
2,1
END
}
