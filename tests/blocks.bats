#!/usr/bin/env bats
# ddg-suppress --by: blocks are masked one after the other, as the tables that they are, in the
# memory of the largest; and what fails in the middle cannot pass for a table.

# shellcheck disable=SC2154 # suppress.bash sets build

bats_require_minimum_version 1.5.0

setup() {
    load suppress
    cd "$BATS_TEST_TMPDIR" || return 1
}

# succeeds ARGUMENT...: status 0, nothing on stderr.
succeeds() {
    suppress -q "$@"
    [ "$status" = 0 ] && cmp err /dev/null
}

audit_is_clean() {
    "$build/ddg-audit" "$@" >findings 2>verdict || {
        cat findings verdict
        return 1
    }
}

# memory_of COMMAND...: the most that it held, in kilobytes.
memory_of() {
    /usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

# years FIRST LAST [ROWS]: a table of county by sex for each year, other counts in each.
years() {
    awk -v first="$1" -v last="$2" -v rows="${3:-6}" 'BEGIN {
        seed = 7
        print "year,county,sex,count"
        for (y = first; y <= last; y++) {
            split("", sum)
            for (c = 0; c <= rows; c++)
                for (s = 0; s < 3; s++) {
                    if (c < rows && s < 2) {
                        seed = (seed * 1103515245 + 12345) % 2147483648
                        n = int(seed / 65536) % (seed % 3 ? 60 : 14)
                        sum[c, s] = n; sum[c, 2] += n; sum[rows, s] += n; sum[rows, 2] += n
                    }
                    print y "," (c < rows ? "C" c : "Total") "," \
                        (s == 0 ? "F" : s == 1 ? "M" : "Total") "," sum[c, s]
                }
        }
    }'
}

# block YEAR FILE: the header and the rows of a year.
block() {
    awk -F, -v year="$1" 'NR == 1 || $1 == year' "$2"
}

@test "blocks: each is masked as if it were a table by itself, and all together no less safely" {
    local options year
    years 2001 2012 >table.csv
    for options in '' '--codes separate' '--totals none' '--group-rule off --cost cells' '--display'; do
        # shellcheck disable=SC2086
        succeeds --by year $options table.csv
        cp out blocks.csv
        # shellcheck disable=SC2086
        succeeds --by year --whole $options table.csv
        [ "$(cut -d, -f1-3 out | cksum)" = "$(cut -d, -f1-3 blocks.csv | cksum)" ]
        audit_is_clean --hidden S,C --by year --group-rule off out
        audit_is_clean --hidden S,C --by year --group-rule off blocks.csv
        for year in 2001 2007 2012; do
            block "$year" table.csv >one.csv
            # shellcheck disable=SC2086
            succeeds --by year $options one.csv
            block "$year" blocks.csv | cmp - out
        done
    done
    succeeds --by year table.csv
    audit_is_clean --by year out
    for year in 2001 2007 2012; do
        block "$year" out >one.csv
        audit_is_clean --by year one.csv
    done
}

@test "blocks: the order of rows within a block does not matter, that of blocks does" {
    years 2001 2003 >table.csv
    { head -n 1 table.csv; tail -n +2 table.csv | sort -t, -k2,2 -k1,1n; } >apart.csv
    fails 'apart.csv:11: other rows of year=2001 stand apart from this one: sort the table by the columns of --by, or use --whole' \
        --by year apart.csv
    succeeds --by year --whole apart.csv
    audit_is_clean --by year out
    # one masked table has the same rows as the other
    tail -n +2 out | sort >whole
    succeeds --by year table.csv
    tail -n +2 out | sort | cmp - whole
}

@test "blocks: several columns, several files, and a block that goes on in the next file" {
    { years 2001 2002 | sed 's/^year/region,year/; 2,$s/^/North,/'
      years 2001 2002 | sed '1d; s/^/South,/'; } >table.csv
    succeeds --by region,year table.csv
    cp out masked.csv
    succeeds --by region,year --whole table.csv
    cmp out masked.csv
    # the same year in another region is another block
    fails 'table.csv:44: other rows of year=2001 stand apart from this one: sort the table by the columns of --by, or use --whole' \
        --by year --dims year,county,sex table.csv
    head -n 30 table.csv >one.csv
    { head -n 1 table.csv; tail -n +31 table.csv; } >two.csv
    succeeds --by region,year one.csv two.csv
    cmp out masked.csv
    sed -i '35s/[0-9]*$/x/' two.csv
    suppress -q --by region,year one.csv two.csv
    [ "$status" = 2 ]
    grep -q "^ddg-suppress: two.csv:35: column 'count': " err
}

@test "blocks: a row that adds up blocks is an error, in the table and in what is out already" {
    years 2001 2002 >table.csv
    { cat table.csv; echo 'Total,C1,F,90'; } >linked.csv
    message="column 'year': a total over what --by keeps apart: leave out --by, or such rows (--total says how totals are labelled)"
    fails "linked.csv:44: $message" --by year linked.csv
    fails "linked.csv:44: $message" --by year --whole linked.csv
    sed 's/^Total,/All,/' linked.csv >all.csv
    fails "all.csv:44: $message" --by year --total year=All all.csv
    "$build/ddg-suppress" -q --by year -o masked.csv table.csv
    { cat masked.csv; echo 'Total,C1,F,90,,'; } >out_already.csv
    fails "out_already.csv:44: $message" --by year --published out_already.csv table.csv
    fails "out_already.csv:44: $message" --by year --whole --published out_already.csv table.csv
    # a year by another name is a year
    sed 's/^2002,/Total,/' table.csv >named.csv
    succeeds --by year --total year=none named.csv
}

@test "blocks: what options name has to be in one of them" {
    years 2001 2003 | sed 's/^2002,C3,/2002,Mono,/' >table.csv
    printf 'child,parent\nMono,East\nC4,East\n' >parents.csv
    printf 'spelling,meaning\nMono,C3\n' >alias.csv
    # a hierarchy whose labels the others do not have
    sed -i '3d' parents.csv
    succeeds --by year --hierarchy county=parents.csv table.csv
    audit_is_clean --by year --hierarchy county=parents.csv out
    succeeds --by year --alias county=alias.csv table.csv
    succeeds --by year --never county=Mono table.csv
    succeeds --by year --always county=Mono table.csv
    [ "$(awk -F, '$2 == "Mono" && $4 != ""' out | wc -l)" = 0 ]
    succeeds --by year --prefer county=Mono --neighbour county table.csv
    succeeds --by year --prefer year=2002 table.csv
    for which in never always prefer; do
        fails "table.csv: no cell has 'Kern' in the dimension 'county' (try --help)" \
            --by year --$which county=Kern table.csv
    done
    fails "table.csv: no dimension is called 'town' (try --help)" --by year --never town=Kern table.csv
    printf 'Yolo,West\n' >strange.csv
    fails "table.csv: none of the labels of the hierarchy file of 'county' occurs" \
        --by year --hierarchy county=strange.csv table.csv
    fails "table.csv: none of the labels of the alias file of 'county' occurs" \
        --by year --alias county=strange.csv table.csv
    fails "table.csv: no dimension is called 'years' (try --help)" --by year,years table.csv
}

@test "blocks: years that a file joins in decades are one table" {
    cat >table.csv <<'END'
year,g,count
1999,a,5
1999,b,30
2000,a,20
2000,b,40
2001,a,50
2001,b,60
END
    printf '1999,90s\n2000,00s\n2001,00s\n' >decades.csv
    succeeds --by year --totals none --hierarchy year=decades.csv table.csv
    audit_is_clean --by year --hierarchy year=decades.csv out
}

@test "blocks: the files beside the table are of all blocks, the account is one" {
    years 2001 2003 >table.csv
    suppress --by year --explain why.csv --certificate certificate.csv --metadata package.json table.csv
    [ "$status" = 0 ]
    [ "$(grep -c ' cells suppressed: ' err)" = 1 ]
    awk -F, '$4 == ""' out | cut -d, -f1-3 | sort >hidden
    tail -n +2 why.csv | cut -d, -f1-3 | sort | cmp - hidden
    [ "$(awk -F, '$4 == ""' out | wc -l)" = "$(sed -n 's/^ddg-suppress: \([0-9]*\) of 63 cells .*/\1/p' err)" ]
    [ "$(grep -c ^year, why.csv)" = 1 ]
    # the numbers of the tables go on from block to block
    [ "$(tail -n +2 certificate.csv | cut -d, -f1 | uniq | sort | uniq -d)" = "" ]
    [ "$(cut -d, -f2 certificate.csv | uniq | tr '\n' ' ')" = 'year 2001 2002 2003 ' ]
    cp out masked.csv
    /usr/bin/python3 -B "$BATS_TEST_DIRNAME/oracle/check_certificate.py" table.csv masked.csv \
        certificate.csv --by year
    grep -q '"name": "year"' package.json
}

@test "blocks: --codes auto compares whole masks, and needs no order" {
    years 2001 2003 >table.csv
    { head -n 1 table.csv; tail -n +2 table.csv | sort -t, -k2,2 -k1,1n; } >apart.csv
    succeeds --by year --codes auto apart.csv
    audit_is_clean --by year out
    # one meaning of the codes in all blocks
    [ "$(tail -n +2 out | awk -F, '$5 == 1 { print $6 }' | sort -u | wc -l)" = 1 ]
}

@test "blocks: --totals add puts the totals behind those of their block" {
    years 2001 2002 | grep -v Total >table.csv
    succeeds --by year --totals add table.csv
    [ "$(cut -d, -f1 out | uniq | tr '\n' ' ')" = 'year 2001 2002 ' ]
    [ "$(wc -l <out)" = 43 ]
    audit_is_clean --by year out
}

@test "blocks: what annotations call a choice does not depend on the block" {
    local options
    printf '%s\n' year,a,b,count 2020,A,x,4 2020,A,y,40 2020,B,x,50 2020,B,y,60 2020,C,x,35 2020,C,y,45 \
        2021,A,x,3 2021,A,y,40 2021,B,x,50 2021,B,y,60 2021,D,x,35 2021,D,y,45 >table.csv
    for options in '' '--display' '--codes separate'; do
        # shellcheck disable=SC2086
        succeeds --by year --totals add --always a=D --metadata datapackage.json $options table.csv
        sort out >blocks.csv
        grep -q '^2020,.*by choice' out
        grep -q 'by choice' datapackage.json
        # shellcheck disable=SC2086
        succeeds --by year --whole --totals add --always a=D --metadata whole.json $options table.csv
        sort out | cmp - blocks.csv
        cmp whole.json datapackage.json
    done
}

@test "blocks: of what is published each block sees its own rows" {
    years 2001 2004 >table.csv
    "$build/ddg-suppress" -q --by year --cost cells -o first.csv table.csv
    # a year that is not ours, and no order
    { head -n 1 first.csv; tail -n +2 first.csv | sort -t, -k2,2; echo '1990,C1,F,5,,'; } >published.csv
    succeeds --by year --published published.csv table.csv
    cp out masked.csv
    succeeds --by year --whole --published published.csv table.csv
    audit_is_clean --by year --previous published.csv out
    audit_is_clean --by year --previous published.csv masked.csv
    suppress --by year --published published.csv table.csv
    [ "$(grep -c ' cells suppressed: ' err)" = 1 ]
}

@test "blocks: a header without rows, and a table without columns of --by, are tables as ever" {
    printf 'year,county,count\n' >table.csv
    succeeds --by year table.csv
    cmp out - <<<'year,county,count,annotation,annotation_description'
    printf 'year,county,count\n2001,a,30\n' >table.csv
    succeeds --by year --whole table.csv
    [ "$(wc -l <out)" = 2 ]
    : >empty.csv
    fails 'empty.csv: no header: the input is empty' --by year empty.csv
}

@test "blocks: an error behind small blocks leaves nothing, behind large ones no table" {
    years 2001 2002 >table.csv
    echo '2003,C1,F,x' >>table.csv
    suppress --by year table.csv
    [ "$status" = 2 ]
    cmp out /dev/null
    grep -q "^ddg-suppress: table.csv:44: column 'count': " err
    # what has left before the error is ended so that the next program refuses it
    years 2001 2400 >table.csv
    echo '2401,C1,F,x' >>table.csv
    suppress --by year table.csv
    [ "$status" = 2 ]
    [ -s out ]
    [ "$(tail -n 1 out)" = '"ddg: this output is incomplete' ]
    [ "$(wc -l <err)" = 1 ]
    run -2 "$build/ddg-round" out
    # the last block is wrong: it does not add up
    sed -i '$d' table.csv
    sed -i '$s/[0-9]*$/9999/' table.csv
    echo old >kept.csv
    suppress --by year --explain why.csv --certificate certificate.csv --metadata package.json \
        -o kept.csv table.csv
    [ "$status" = 2 ]
    [ "$(cat kept.csv)" = old ]
    [ "$(ls)" = "$(printf '%s\n' err kept.csv out table.csv)" ]
    # a count that is not safe in its block
    years 2001 2400 >table.csv
    printf '%s\n' 2401,C1,F,5 2401,C2,M,30 >>table.csv
    suppress --by year table.csv
    [ "$status" = 2 ]
    grep -q 'no way found to protect year=2401, county=C1, sex=F' err
    [ "$(tail -n 1 out)" = '"ddg: this output is incomplete' ]
}

@test "blocks: 200 of them take little more memory than one" {
    local one all
    # what is freed is to be free under sanitizers, too
    export ASAN_OPTIONS="$ASAN_OPTIONS:quarantine_size_mb=1"
    years 2001 2001 40 >one.csv
    years 2001 2200 40 >all.csv
    one=$(memory_of "$build/ddg-suppress" -q --effort 0 --by year -o masked.csv one.csv)
    all=$(memory_of "$build/ddg-suppress" -q --effort 0 --by year -o masked.csv all.csv)
    echo "one block: $one KB, 200: $all KB"
    [ "$all" -lt $((one * 3 / 2)) ]
}
