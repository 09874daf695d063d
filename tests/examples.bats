#!/usr/bin/env bats
# Every script in examples/ prints what examples/expected has of it, so that drift shows as a diff.
# A test that fails prints the difference; `examples/accept.sh NAME` accepts it.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    build=${DDG_BUILD:-$PWD/build}
    PATH="$build:$build/examples:$PATH"
}

prints_as_expected() {
    examples/accept.sh --compare "$1"
}

@test "examples: the everyday pipe prints what was expected" {
    prints_as_expected everyday
}

@test "examples: a table described in a file prints what was expected" {
    prints_as_expected table-file
}

@test "examples: a hierarchy prints what was expected" {
    prints_as_expected hierarchy
}

@test "examples: a second release beside the first prints what was expected" {
    prints_as_expected next-release
}

@test "examples: the demo ends with an audit that finds nothing" {
    prints_as_expected demo
}

@test "examples: every script has a test" {
    for script in examples/*.sh; do
        name=$(basename "$script" .sh)
        [ "$name" = accept ] || grep -q "prints_as_expected $name\$" "$BATS_TEST_FILENAME"
    done
}

@test "examples: the extract is the same for the same arguments, another for another seed" {
    run -0 cmp <(make-encounters 1000 7) <(make-encounters 1000 7)
    run -1 cmp -s <(make-encounters 1000 7) <(make-encounters 1000 8)
    [ "$(make-encounters 1000 | wc -l)" -eq 1001 ]
}

@test "examples: the extract refuses arguments that are no numbers" {
    run -2 make-encounters many
    [ "$output" = 'usage: make-encounters [ROWS [SEED]]' ]
}
