#!/usr/bin/env bats
# What the benches measure with.

bats_require_minimum_version 1.5.0

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    PATH="$build:$build/bench:$PATH"
    cd "$BATS_TEST_TMPDIR" || return
}

@test "claims: the same arguments give the same bytes, another seed others" {
    make-claims -s 7 1000 >first
    make-claims -s 7 1000 | cmp first
    run -1 cmp -s first <(make-claims -s 8 1000)
    [ "$(make-claims 1000 | sha256sum | cut -c 1-16)" = 78ef6f0cc886a073 ]
}

@test "claims: with and without quotes the records are the same" {
    records='import csv, sys; [print(ascii(r)) for r in csv.reader(sys.stdin)]'
    make-claims -e 20 1000 | python3 -c "$records" >plain
    make-claims -q -e 20 1000 | python3 -c "$records" >quoted
    [ "$(wc -l <plain)" = 1001 ]
    [ "$(grep -c 'seen, said "better".n' plain)" -gt 100 ]
    cmp plain quoted
}

@test "claims: without quotes no line holds one, with them every field does" {
    make-claims 1000 >plain
    make-claims -q -e 0 1000 >quoted
    [ "$(grep -vc '"' plain)" = 1001 ]
    [ "$(grep -c '^"[^"]*"\(,"[^"]*"\)\{12\}$' quoted)" = 1001 ]
}

@test "claims: a size in bytes is met by a few percent" {
    for options in '' -q '-q -e 0'; do
        # shellcheck disable=SC2086
        bytes=$(make-claims $options 2M | wc -c)
        [ "$bytes" -gt 1900000 ] && [ "$bytes" -lt 2100000 ]
    done
}

@test "claims: arguments that are no size are refused" {
    for size in many 0 -5 5K 5MB ''; do
        run -2 make-claims "$size"
        [[ $output = *'usage: make-claims '* ]]
    done
    run -2 make-claims -e 101 5
    run -2 make-claims -e x 5
    run -2 make-claims -s '' 5
    run -2 make-claims
}

# As many runs as it takes to see that the bench works.
small_bench() {
    "$BATS_TEST_DIRNAME/../bench/count.py" --size 2000 --runs 1 --out . "$@"
}

@test "bench: what was measured is written as CSV and drawn" {
    run -0 small_bench --only 'ddg-count,wc -l'
    [ "$(grep -c ',ddg-count,[1a]' count.csv)" = 8 ] # one thread, and all
    [ "$(grep -c ',wc -l,' count.csv)" = 4 ]
    [ "$(python3 -c 'import xml.dom.minidom as x; print(x.parse("count.svg").documentElement.tagName)')" = svg ]
    [[ $output = *'| ddg-count | '* ]]
    run -0 small_bench --add --only 'wc -l by pipe'
    [ "$(grep -c ',wc -l,' count.csv)$(grep -c ',wc -l by pipe,' count.csv)" = 44 ]
}

@test "bench: a program that counts in another way ends the bench" {
    mkdir bin
    # shellcheck disable=SC2016 # for the script
    printf '#!/bin/sh\nfor file; do :; done\nexec ddg-count -g county,sex,age_group,year --rows "$file"\n' >bin/mlr
    chmod +x bin/mlr
    run -1 small_bench --peers . --only ddg-count,miller
    [ "${lines[-1]}" = 'count.py: miller counts persons of plain.csv in another way' ]
    [ ! -e count.csv ]
}

@test "bench: a program that is not there is named and left out" {
    mkdir bin
    printf '#!/bin/sh\necho mlr: no such thing >&2\nexit 1\n' >bin/mlr
    chmod +x bin/mlr
    run -0 small_bench --peers . --only ddg-count,miller
    [[ $output = *'left out: miller, rows: mlr: no such thing'* ]]
}
