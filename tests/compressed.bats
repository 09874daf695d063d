#!/usr/bin/env bats
# Compressed input, of all programs.

# shellcheck disable=SC2030,SC2031,SC2154 # command_of sets input; run sets output

bats_require_minimum_version 1.5.0

tools=(ddg-count ddg-threshold ddg-suppress ddg-round ddg-audit)

setup() {
    DDG_BUILD=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    load all-tools
    cd "$BATS_TEST_TMPDIR" || return
    make_inputs
}

@test "compressed: all programs read gzip and zstd files, and standard input, as what they were" {
    for tool in "${tools[@]}"; do
        command_of "$tool"
        run_reference usual
        for pack in gzip zstd; do
            "$pack" -c "$input" >"$input.packed"
            status=0
            "${command[@]}" "$input.packed" >out || status=$?
            [ "$status" = "$(cat usual.status)" ]
            cmp out usual
            status=0
            "$pack" -c "$input" | "${command[@]}" >out || status=$?
            [ "$status" = "$(cat usual.status)" ]
            cmp out usual
        done
    done
}

@test "compressed: files of tables, maps and populations may be compressed too" {
    gzip -k regions.csv populations.csv
    printf 'hierarchy county=regions.csv.gz\nthreshold 11\n' >options
    "$DDG_BUILD/ddg-threshold" --table options --population populations.csv.gz counted.csv >out
    "$DDG_BUILD/ddg-threshold" --hierarchy county=regions.csv --population populations.csv counted.csv |
        cmp - out
}

@test "compressed: members one behind the other are one file" {
    command_of ddg-count
    run_reference usual
    for pack in gzip zstd; do
        { head -n 20 "$input" | "$pack" -c && tail -n +21 "$input" | "$pack" -c; } >packed
        "${command[@]}" packed | cmp - usual
    done
}

# refuses TOOL MESSAGE: an error in one line, and no table, for the file `packed`.
refuses() {
    run -2 --separate-stderr "${command[@]}" packed
    [[ $stderr = "$1: packed: $2" && -z $output ]]
}

@test "compressed: a stream that is cut off is an error that names the file, in all programs" {
    for tool in "${tools[@]}"; do
        command_of "$tool"
        gzip -c "$input" >whole
        head -c $(($(wc -c <whole) / 2)) whole >packed
        refuses "$tool" 'a gzip stream that is cut off'
    done
}

@test "compressed: a stream that is cut off anywhere or damaged gives no table" {
    command_of ddg-count
    for pack in gzip zstd; do
        "$pack" -c "$input" >whole
        size=$(wc -c <whole)
        for cut in 12 $((size / 2)) $((size - 1)); do
            head -c "$cut" whole >packed
            refuses ddg-count "a $pack stream that is cut off"
        done
        { head -c $((size - 3)) whole && printf '\377\0\377'; } >packed
        refuses ddg-count "a $pack stream that is damaged"
        { cat whole && echo x; } >packed
        refuses ddg-count "a $pack stream that is damaged"
    done
}

@test "compressed: states are merged compressed" {
    command_of ddg-count
    "$DDG_BUILD/ddg-count" -g county --id client records.csv >wanted
    "$DDG_BUILD/ddg-count" -g county --id client --partial records.csv | zstd -c >state
    "$DDG_BUILD/ddg-count" --merge state | cmp - wanted
}
