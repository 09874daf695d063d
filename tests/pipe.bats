#!/usr/bin/env bats
# The pipe: what the programs make of each other's tables, whole and broken.

# shellcheck disable=SC2030,SC2031 # each test is a subshell; none reads a status of another

bats_require_minimum_version 1.5.0

setup() {
    PATH="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}:$PATH"
    cd "$BATS_TEST_TMPDIR" || return 1
}

# Records of persons with visits, made the same every time: some in two counties, skewed counts.
make_records() {
    awk -v seed="$1" 'BEGIN {
        srand(seed)
        print "client_id,county,sex,age,paid"
        for (i = 0; i < 900; i++) {
            county = int(rand() ^ 2 * 5)
            visits = 1 + int(rand() ^ 3 * 4)
            sex = rand() < 0.5 ? "F" : "M"
            age = int(rand() ^ 2 * 95)
            for (v = 0; v < visits; v++)
                printf "p%d,c%d,%s,%d,%d.%02d\n", i, rand() < 0.1 ? int(rand() * 5) : county, sex, age,
                    rand() * 100, rand() * 100
        }
    }' >records.csv
}

groups='county,sex,age_group=age:bands(0,18,45,65)'

# Counts of a row's labels and of a column called `persons`, for joins by awk.
persons_of() {
    awk -F, 'NR > 1 { print $1 "," $2 "," $3 "\t" $4 }' "$1" | sort
}

@test "pipe: from records to a published table that gives nothing away" {
    for seed in 1 2 3; do
        make_records "$seed"
        ddg-count -g "$groups" --id client_id --totals --complete records.csv >counted.csv
        printf 'county,population\nc0,900000\nc1,500000\nc2,1000\nc3,30000\nc4,20000\n' >people.csv
        ddg-threshold -q --population people.csv counted.csv >scored.csv
        ddg-suppress -q scored.csv >masked.csv
        ddg-round masked.csv >published.csv
        ddg-audit -q masked.csv >findings
        [ "$(wc -l <findings)" = 1 ]
        ddg-audit -q --rounded 5 published.csv >findings
        [ "$(wc -l <findings)" = 1 ]
        # the whole pipe is its stages
        ddg-count -g "$groups" --id client_id --totals --complete records.csv |
            ddg-threshold -q --population people.csv | ddg-suppress -q | ddg-round >piped.csv
        cmp piped.csv published.csv
        # small numbers are gone, zeros and nothing else are 0, the rest is rounded
        join -t "$(printf '\t')" <(persons_of counted.csv) <(persons_of published.csv) >joined
        awk -F '\t' '$2 == 0 && $3 != "0" || $2 >= 1 && $2 <= 10 && $3 != "" ||
            $3 != "" && $3 != 5 * int(($2 + 2) / 5) { print; bad = 1 }
            $3 == "" { hidden++ } $3 != "" { shown++ }
            END { exit bad || !hidden || !shown }' joined
        [ "$(wc -l <joined)" = "$(tail -n +2 counted.csv | wc -l)" ]
    done
}

@test "pipe: R-SUP-4 R-SUP-5 amounts, events and verdicts of a suppressed cell are not published" {
    make_records 4
    ddg-count -g "$groups" --id client_id --sum paid --totals records.csv |
        ddg-threshold -q | ddg-suppress -q >masked.csv
    head -n 1 masked.csv | cmp - <(echo county,sex,age_group,persons,events,paid_sum,annotation,annotation_description)
    awk -F, 'NR > 1 && ($4 == "") != ($5 == "" && $6 == "" && $7 == 1) { print; exit 1 }' masked.csv
    grep -q ',,,,1,' masked.csv
}

@test "pipe: any stage can be left out" {
    make_records 5
    ddg-count -g county,sex --id client_id --totals records.csv >counted.csv
    ddg-suppress -q counted.csv >masked.csv
    ddg-threshold -q counted.csv | ddg-suppress -q >scored.csv
    cmp scored.csv masked.csv
    ddg-threshold -q counted.csv | ddg-suppress -q --when-masked >scored.csv
    cmp scored.csv masked.csv
    ddg-round counted.csv >rounded.csv
    head -n 1 rounded.csv | cmp - <(head -n 1 counted.csv)
    ddg-audit -q masked.csv >findings
}

@test "pipe: ddg-round without ddg-suppress publishes nothing that ddg-threshold asks a mask of" {
    make_records 4
    ddg-count -g "$groups" --id client_id --totals records.csv | ddg-threshold -q >scored.csv
    grep -q ',1$' scored.csv
    run -2 ddg-round scored.csv
    [[ "$output" = *"column 'mask': ddg-threshold asks for a mask of this row: ddg-suppress comes first"* ]]
    ddg-suppress -q scored.csv | ddg-round >published.csv
}

@test "pipe: masks of equal input are equal bytes, whatever the order of the records" {
    make_records 6
    what=(-g "$groups" --id client_id --totals)
    ddg-count "${what[@]}" records.csv | ddg-suppress -q >masked.csv
    { head -n 1 records.csv && tail -n +2 records.csv | shuf --random-source=<(yes 1); } >shuffled.csv
    for _ in 1 2; do
        ddg-count "${what[@]}" shuffled.csv | ddg-suppress -q | cmp - masked.csv
    done
}

@test "pipe: one table file describes the table to every program" {
    printf 'child,parent\nc0,Coast\nc1,Coast\nc2,Inland\nc3,Inland\nc4,Inland\n' >regions.csv
    cat >table.conf <<'END'
# counties make regions
total = All
hierarchy = county=regions.csv
threshold = 15
END
    make_records 7
    ddg-count --table table.conf -g county,sex --rows --totals records.csv >counted.csv
    ddg-threshold -q --table table.conf counted.csv | ddg-suppress -q --table table.conf --totals add >masked.csv
    ddg-audit -q --table table.conf masked.csv
    ddg-round --table table.conf masked.csv >published.csv
    ddg-audit -q --table table.conf --rounded 5 published.csv
    # regions were added, and counts below 15 are gone
    [ "$(grep -cE '^(Coast|Inland),(F|M|All),' published.csv)" = 6 ]
    awk -F, 'NR > 1 && $3 != "" && $3 > 0 && $3 < 15 { exit 1 }' masked.csv
}

@test "pipe: a program that fails before it writes stops those behind it, without pipefail" {
    make_records 8
    set +o pipefail
    status=0
    ddg-count -g nothing records.csv 2>err | ddg-suppress -q >masked.csv 2>>err || status=$?
    [ "$status" = 2 ]
    cmp masked.csv /dev/null
    cmp err - <<'END'
ddg-count: records.csv: no column is called 'nothing' (try --help)
ddg-suppress: stdin: no header: the input is empty
END
}

@test "pipe: a program that fails while it writes poisons its output, and those behind it refuse that" {
    set +o pipefail
    { echo g,count && seq 1 200000 | sed 's/.*/g&,&/' && echo last,x; } >long.csv
    for next in 'ddg-threshold -q' 'ddg-suppress -q' 'ddg-audit -q' 'ddg-round'; do
        status=0
        # shellcheck disable=SC2086 # a command with its option
        ddg-round long.csv 2>err | $next >out 2>next_err || status=$?
        [ "$status" = 2 ]
        cmp err <(echo "ddg-round: long.csv:200002: column 'count': not a whole number; --hidden names texts that mean a hidden count")
        [ "$(wc -l <next_err)" = 1 ]
        grep -qx 'ddg-[a-z]*: stdin:[0-9]*: field 1: a quoted field that never ends' next_err
        [ ! -s out ] || [[ $(tail -n 1 out) = '"ddg: this output is incomplete'* ]]
    done
}

@test "pipe: two tables one after the other are no table" {
    make_records 9
    ddg-count -g county --rows records.csv >counted.csv
    for tool in ddg-threshold ddg-suppress ddg-round ddg-audit; do
        status=0
        cat counted.csv counted.csv | $tool >out 2>err || status=$?
        [ "$status" = 2 ]
        grep -qx "$tool: stdin:7: the header stands here a second time" err
    done
}

@test "pipe: a reader that has enough ends the pipe without a message" {
    set +o pipefail
    { echo g,count && seq 1 200000 | sed 's/.*/g&,&/'; } >long.csv
    ddg-round long.csv 2>err | head -n 2 >out
    cmp out <(printf 'g,count\ng1,0\n')
    cmp err /dev/null
}

@test "pipe: what was published cannot go through the pipe again" {
    make_records 10
    ddg-count -g "$groups" --id client_id --totals records.csv | ddg-suppress -q >masked.csv
    for tool in ddg-threshold ddg-suppress; do
        status=0
        $tool masked.csv >out 2>err || status=$?
        [ "$status" = 2 ]
        cmp out /dev/null
        grep -qE "^$tool: masked\.csv:[0-9]+: column 'persons': .*suppressed already: the unmasked table is wanted$" err
    done
}

@test "pipe: the quick start of the README runs, and keeps what next month's release is masked beside" {
    awk '/^```/ { inside = $0 == "```sh"; next } inside' "$BATS_TEST_DIRNAME/../README.md" >quick-start.sh
    make_records 1
    cp records.csv encounters.csv
    printf 'county,population\nc0,900000\nc1,500000\nc2,1000\nc3,30000\nc4,20000\n' >populations.csv
    bash -euo pipefail quick-start.sh >findings 2>said
    [ "$(wc -l <findings)" = 1 ]
    ddg-count -g "$groups" --id client_id --totals --complete records.csv |
        ddg-suppress --published masked.csv -o next.csv 2>said
    run -1 grep note: said
    ddg-audit -q --previous masked.csv next.csv >findings
}
