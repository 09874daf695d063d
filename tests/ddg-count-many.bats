#!/usr/bin/env bats
# ddg-count on many machines: states that --partial writes and --merge adds up.

# shellcheck disable=SC2154 # count.bash sets count

bats_require_minimum_version 1.5.0

setup() {
    load count
    cd "$BATS_TEST_TMPDIR" || return 1
    awk 'BEGIN {
        srand(4)
        print "id,county,sex,age,paid"
        for (i = 0; i < 600; i++)
            printf "p%d,%s,%s,%d,%s\n", rand() * 200, substr("ABCDE", rand() * 5 + 1, 1),
                substr("FM", rand() * 3 + 1, 1), rand() * 100, rand() < .5 ? "1.5" : "-0.125"
    }' >records.csv
    printf '%s\n' '"p 1","Los ""LA"" \Angeles",F,30,1' $'p\303\251,"two\nlines",,40,2' >>records.csv
    form=(-g 'county,sex,age=age:bands(0,18,45,65)' --id id --sum paid)
    finish=(--totals --complete)
}

# succeeds ARGUMENT...: status 0, nothing on stderr.
succeeds() {
    count "$@"
    [ "$status" = 0 ] && cmp err /dev/null
}

# Shares the records out at random into files shard.0 to shard.7, with a header each.
share_out() {
    rm -f shard.*
    for i in {0..7}; do head -n 1 records.csv >"shard.$i"; done
    # the record of two lines goes with its first
    awk -v seed="$1" 'BEGIN { srand(seed) }
        NR > 1 { if (!open) to = int(rand() * rand() * 8); print >>("shard." to); open = /two$/ }' records.csv
}

@test "many: any split, any order and any tree of merges give the table of one run" {
    succeeds "${form[@]}" "${finish[@]}" records.csv
    cp out one
    for seed in {1..4}; do
        share_out "$seed"
        states=()
        while read -r i; do
            succeeds "${form[@]}" --partial "shard.$i"
            cp out "state.$i"
            states+=("state.$i")
        done < <(seq 0 7 | sort -R --random-source=<(yes "$seed"))
        succeeds --merge "${finish[@]}" "${states[@]}"
        cmp out one
        succeeds --merge --partial "${states[@]:0:seed}"
        cp out left
        succeeds --merge --partial "${states[@]:seed}"
        cp out right
        succeeds --merge "${form[@]}" "${finish[@]}" right left
        cmp out one
    done
}

@test "many: a person in several shards counts once in every cell and every total" {
    printf 'id,a,b\n1,x,u\n2,x,v\n' >shard.1
    printf 'id,a,b\n1,x,u\n1,y,u\n' >shard.2
    for i in 1 2; do succeeds -g a,b --id id --partial -o "state.$i" "shard.$i"; done
    succeeds --merge --totals state.1 state.2
    cmp out - <<'END'
a,b,persons,events
x,u,1,2
x,v,1,1
x,Total,2,3
y,u,1,1
y,Total,1,1
Total,u,1,3
Total,v,1,1
Total,Total,2,4
END
}

@test "many: rows are added up without --id, and the note on that comes with the table" {
    succeeds -g sex --partial records.csv
    cp out state
    count --merge state state
    [ "$status" = 0 ]
    [[ $(cat err) = 'ddg-count: rows were counted, not persons (R-NUM-1)'* ]]
    succeeds -g sex --rows records.csv records.csv
    cp out twice
    succeeds --merge --rows state state
    cmp out twice
}

@test "many: a shard without records adds nothing, and several states can stand in one stream" {
    head -n 1 records.csv >empty.csv
    succeeds "${form[@]}" --partial empty.csv
    cp out none
    succeeds "${form[@]}" --partial records.csv
    cp out all
    succeeds "${form[@]}" --totals records.csv
    cp out one
    cat none all none | "$count" --merge --totals >out
    cmp out one
    "$count" --merge --totals - <all >out
    cmp out one
}

@test "many: equal records give equal states, in whatever order and however they are merged" {
    succeeds "${form[@]}" --partial records.csv
    cp out state
    # the record of two lines stays last
    { head -n 1 records.csv && sed '1d' records.csv | head -n -2 | tac && tail -n 2 records.csv; } >other.csv
    succeeds "${form[@]}" --partial other.csv
    cmp out state
    succeeds --merge --partial state
    cmp out state
    share_out 5
    for i in {0..7}; do
        succeeds "${form[@]}" --partial "shard.$i"
        cp out "state.$i"
    done
    succeeds --merge --partial state.[2-7]
    cp out some
    succeeds --merge --partial state.1 some state.0
    cmp out state
}

@test "many: labels that only bad records have are not in a state" {
    printf '%s\n' a,b x,1 y,bad z,7 >bad.csv
    printf '%s\n' a,b z,7 x,1 >good.csv
    succeeds -g 'a,b:width(5)' --rows --partial good.csv
    cp out good
    count -g 'a,b:width(5)' --rows --partial --rejects rejects bad.csv
    cmp out good
}

@test "many: a state is lines of printable ASCII, whatever the records hold" {
    printf 'id,"a\n b"\n"\001\377 \\","x\ty\r\n"\n' >odd.csv
    succeeds -g $'"a\n b"' --id id --partial odd.csv
    [ "$(LC_ALL=C tr -d '\n!-~ ' <out | wc -c)" = 0 ]
    cp out state
    succeeds -g $'"a\n b"' --id id odd.csv
    cp out one
    succeeds --merge state
    cmp out one
}

@test "many: a state that was cut off anywhere is refused" {
    printf 'id,a\n1,x\n2,y\n' >small.csv
    succeeds -g a --id id --partial small.csv
    cp out state
    size=$(wc -c <state)
    for ((length = 0; length < size; length += 13)); do
        head -c "$length" state >cut.state
        count --merge cut.state
        [ "$status" = 2 ] && [ "$(wc -l <err)" = 1 ] && cmp out /dev/null
    done
    fails 'stdin:1: no state: the input is empty' --merge
    head -n -1 state >cut.state
    fails 'cut.state:11: a state that is cut off: its last line is missing' --merge state cut.state
}

@test "many: a state with any byte changed is refused" {
    printf 'id,a\n1,x\n2,y\n' >small.csv
    succeeds -g a --id id --partial small.csv
    cp out state
    size=$(wc -c <state)
    for ((at = 0; at < size; at += 17)); do
        { head -c "$at" state && printf 0 && tail -c "+$((at + 2))" state; } >changed
        cmp -s changed state && continue
        count --merge changed
        [ "$status" = 2 ] && [ "$(wc -l <err)" = 1 ] && cmp out /dev/null
    done
    sed 's/^c 0 1$/c 0 2/' state >changed
    fails 'changed:11: a damaged state: the digest of its lines is another' --merge changed
    sed 's/^ddg-count-state 1$/ddg-count-state 2/' state >changed
    fails 'changed:1: a state of a version that this ddg-count does not read' --merge changed
    fails 'records.csv:1: no state: ddg-count --partial writes what --merge reads' --merge records.csv
}

@test "many: what follows a state must be a state" {
    succeeds "${form[@]}" --partial records.csv
    cp out state
    { cat state && echo; } >more.state
    count --merge more.state
    [[ $status = 2 && $(cat err) = *': something behind the end of a state that is none' ]]
}

@test "many: an input that a failure upstream has poisoned is refused" {
    { cat records.csv && printf '"ddg: this output is incomplete'; } >poisoned.csv
    count "${form[@]}" --partial poisoned.csv
    [[ $status = 2 && $(cat err) = *'a quoted field that never ends' ]]
    cmp out /dev/null
    succeeds "${form[@]}" --partial records.csv
    { cat out && printf '"ddg: this output is incomplete'; } >poisoned
    count --merge poisoned
    [[ $status = 2 && $(wc -l <err) = 1 ]]
    cmp out /dev/null
}

@test "many: a state that fails half way is poisoned" {
    seq 1 60000 | sed -e 's/.*/&,&/' -e '1i id,a' >large.csv
    status=0
    "$count" -g a --id id --partial large.csv 2>err >/dev/full || status=$?
    [ "$status" = 2 ]
    [ "$(cat err)" = 'ddg-count: stdout: No space left on device' ]
    (
        ulimit -f 1000
        trap '' XFSZ
        "$count" -g a --id id --partial large.csv 2>err >short
    ) || status=$?
    [ "$status" = 2 ]
    count --merge short
    [ "$status" = 2 ]
}

@test "many: states of different counts are refused, with what differs" {
    succeeds -g 'county,age:width(10)' --id id --sum paid --partial -o first records.csv
    other() {
        succeeds "$@" --partial -o second records.csv
        count --merge first second
        [ "$status" = 2 ] && cmp out /dev/null
    }
    other -g 'county,age:width(5)' --id id --sum paid
    [ "$(cat err)" = 'ddg-count: second: a state with other dimensions or recodings (--group) than the first' ]
    other -g 'age:width(10),county' --id id --sum paid
    [ "$(cat err)" = 'ddg-count: second: a state with other dimensions or recodings (--group) than the first' ]
    other -g 'county,age:width(10)' --sum paid
    [ "$(cat err)" = 'ddg-count: second: a state with another --id than the first' ]
    other -g 'county,age:width(10)' --id paid --sum paid
    [ "$(cat err)" = 'ddg-count: second: a state with another --id than the first' ]
    other -g 'county,age:width(10)' --id id --sum age
    [ "$(cat err)" = 'ddg-count: second: a state with another --sum than the first' ]
    other -g 'county,age:width(10)' --id id --sum paid --missing None
    [ "$(cat err)" = 'ddg-count: second: a state with another --missing than the first' ]
    fails 'the first state has another --sum than the options (try --help)' \
        --merge -g 'county,age:width(10)' --id id first
}

@test "many: maps agree when their pairs do, wherever they lie" {
    mkdir here there
    printf '%s,x\n' A B C D E 'Los ""LA"" \Angeles' $'two\nlines' |
        sed 's/^Los.*/"Los ""LA"" \\Angeles",x/; s/^two$/"two/; s/^lines,x/lines",x/' >here/map.csv
    { echo value,label && sed 's/$/\r/; /^"two/s/\r//' here/map.csv; } >there/map.csv
    succeeds -g 'county:map(here/map.csv)' --id id --partial -o first records.csv
    succeeds -g 'county:map(there/map.csv)' --id id --partial -o second records.csv
    succeeds --merge first second
    sed 's/^B,x/B,y/' here/map.csv >there/map.csv
    succeeds -g 'county:map(there/map.csv)' --id id --partial -o second records.csv
    fails 'second: a state with other dimensions or recodings (--group) than the first' \
        --merge first second
}

@test "many: labels of totals are chosen when a table is made, and no label may read so" {
    succeeds -g county --rows --partial records.csv
    cp out state
    succeeds --merge --rows --margins '' --total All state
    [ "$(tail -n 1 out)" = 'All,602' ]
    fails 'state:5: a value that reads as the label of totals (--total gives them another)' \
        --merge --rows --total "$(sed -n 's/^l 0 //p' state | head -n 1)" state
}

@test "many: a state is for its owner alone and not for terminals" {
    succeeds "${form[@]}" --partial -o state records.csv
    cmp out /dev/null
    [ "$(stat -c %a state)" = 600 ]
    status=0
    script -qec "$count -g county --partial records.csv" /dev/null >out || status=$?
    [ "$status" = 2 ]
    [ "$(tr -d '\r' <out)" = \
        'ddg-count: a state is record-level data and not for a terminal (-o FILE) (try --help)' ]
}

@test "many: options that make no sense together are refused" {
    fails '--partial writes no totals and no zeros: they are for the last --merge (try --help)' \
        -g county --partial --totals records.csv
    fails '--partial writes no totals and no zeros: they are for the last --merge (try --help)' \
        -g county --partial --margins '' records.csv
    fails '--partial writes no totals and no zeros: they are for the last --merge (try --help)' \
        --merge --partial --complete state
    echo child,parent >regions.csv
    fails '--partial writes no rows of a --hierarchy: they are for the last --merge (try --help)' \
        -g county --partial --hierarchy county=regions.csv records.csv
    succeeds -g county --id id --partial records.csv
    cp out persons.state
    fails '--rows is not what the states count: persons (--id) (try --help)' --merge --rows persons.state
    fails '--id, --sum and --missing are those of the states, unless -g is given too (try --help)' \
        --merge --id id state
}

@test "many: shards without a header are read with the names of --columns" {
    succeeds "${form[@]}" --totals records.csv
    cp out one
    tail -n +2 records.csv | head -n 300 >shard.1
    tail -n +302 records.csv >shard.2
    : >shard.3
    columns=(--no-header --columns 'id,county,sex,age,paid')
    succeeds "${form[@]}" "${columns[@]}" --totals shard.1 shard.2 shard.3
    cmp out one
    for i in 1 2 3; do succeeds "${form[@]}" "${columns[@]}" --partial -o "state.$i" "shard.$i"; done
    succeeds --merge --totals state.3 state.2 state.1
    cmp out one
    printf 'x,"1,2"\n' >comma.csv
    succeeds -g '"b,c"' --rows --no-header --columns 'a,"b,c"' comma.csv
    [ "$(cat out)" = $'"b,c",count\n"1,2",1' ]
}

@test "many: a header in a file that should have none is an error, and so is another number of fields" {
    printf 'x,1\na,b\n' >header.csv
    fails 'header.csv:2: the header stands here, where --no-header says there is none' \
        -g a --rows --no-header --columns a,b header.csv
    printf '\357\273\277a,b\r\n' >header.csv
    fails 'header.csv:1: the header stands here, where --no-header says there is none' \
        -g a --rows --no-header --columns a,b header.csv
    fails 'header.csv:1: 2 fields where --columns names 3' \
        -g a --rows --no-header --columns a,b,c header.csv
    fails '--no-header and --columns want each other: the names that no header has (try --help)' \
        -g a --columns a,b header.csv
    fails '--no-header and --columns want each other: the names that no header has (try --help)' \
        -g a --no-header header.csv
    fails '--no-header is for records, --merge reads states (try --help)' \
        --merge --no-header --columns a header.csv
    fails "header.csv: two columns are called 'a' (try --help)" \
        -g a --no-header --columns a,a header.csv
}
