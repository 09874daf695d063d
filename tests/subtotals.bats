#!/usr/bin/env bats
# Categories that are called like a total, and count what some others do together: ddg-suppress
# refuses such a table, ddg-audit gives no verdict, and who says what they are is believed.

# shellcheck disable=SC2030,SC2031 # each test is a subshell; none reads a status of another

bats_require_minimum_version 1.5.0

load suppress

setup() {
    build=${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}
    cd "$BATS_TEST_TMPDIR" || return 1
}

audit() {
    status=0
    env -i PATH="$PATH" LC_ALL=C "$build/ddg-audit" "$@" >out 2>err </dev/null || status=$?
}

@test "subtotals: by their names, with a grand total and no hierarchy" {
    other='if it is a category like others: --total county=Total'
    printf '%s\n' county,count Ames,4 Bode,30 Cole,25 Dyer,44 'Subtotal North,34' \
        'Subtotal South,69' 'Grand total,103' >once.csv
    fails "once.csv: 'Grand total' counts what 'Subtotal North' and 'Subtotal South' do together: if it is a subtotal, --hierarchy has to say so; $other" once.csv
    printf '%s\n' county,count Ames,4 Bode,30 'Subtotal North,34' Cole,25 Dyer,44 \
        'Subtotal South,69' 'Grand total,103' >between.csv
    fails "between.csv: 'Subtotal North' counts what 'Ames' and 'Bode' do together, and 2 others do the like: if they are subtotals, --hierarchy has to say so; $other" between.csv
    # what says it is believed
    printf '%s\n' Ames,'Subtotal North' Bode,'Subtotal North' Cole,'Subtotal South' \
        Dyer,'Subtotal South' >parents.csv
    suppress -q --hierarchy county=parents.csv --total 'county=Grand total' once.csv
    [ "$status" = 0 ]
    printf 'Ames,\nBode,\n' | hidden_are
    suppress --total county=Total once.csv
    [ "$status" = 0 ]
    grep -qF "note: 'Grand total' counts what 'Subtotal North' and 'Subtotal South' do together" err
}

@test "subtotals: a state among its counties, which leaves out who lives elsewhere" {
    printf '%s\n' county,sex,count Ames,F,4 Ames,M,30 Bode,F,50 Bode,M,60 California,F,94 \
        California,M,120 Dyer,F,40 Dyer,M,30 Unknown,F,12 Unknown,M,9 >state.csv
    other='if it is a subtotal, --hierarchy has to say so; if it is a category like others: --total county=Total'
    fails "state.csv: 'California' counts what 'Ames' to 'Dyer' do together: $other" state.csv
    # nor need those stand at an end
    sed 's/Dyer/Zest/; s/Unknown/Dyer/' state.csv | sort -r >unsorted.csv
    sed -n '$p' unsorted.csv | grep -q Ames
    { echo county,sex,count && grep -v county unsorted.csv; } >within.csv
    fails "within.csv: 'California' counts what 'Zest' to 'Ames' but 'Dyer' do together: $other" within.csv
    # once is chance among small counts
    printf '%s\n' county,count Ames,4 California,34 Bode,30 Dyer,90 >chance.csv
    suppress chance.csv
    [ "$status" = 0 ]
    run ! grep -q California err
}

@test "subtotals: races of one total, beside an ethnicity" {
    printf 'race,count\nWhite,90\nBlack,14\nAsian,4\nAll races,108\nHispanic,15\n' >races.csv
    fails "races.csv: 'All races' counts what 'White' to 'Asian' do together: if it is a subtotal, --hierarchy has to say so; if it is a category like others: --total race=Total" races.csv
    sed 's/All races/All other races/' races.csv >others.csv
    suppress others.csv
    [ "$status" = 0 ]
}

@test "subtotals: totals that are called otherwise in some rows" {
    printf '%s\n' county,sex,count Ames,F,4 Ames,M,30 Ames,Total,34 Dyer,F,50 Dyer,M,60 \
        Dyer,All,110 Inyo,F,50 Inyo,M,70 Inyo,All,120 >two.csv
    fails "two.csv: 'All' counts what 'F' and 'M' do together: if it is a subtotal, --hierarchy has to say so; if it is what 'Total' is elsewhere, --alias; if it is a category like others: --total sex=Total" two.csv
    echo All,Total >alias.csv
    suppress -q --alias sex=alias.csv two.csv
    [ "$status" = 0 ]
    printf '%s,\n' Ames,F Ames,M Dyer,F Dyer,M | hidden_are
}

@test "subtotals: a total is known by its name beside digits and signs" {
    for label in 1_Total 'Total*' '(All)' TOTAL: zz-total; do
        printf '%s\n' county,count Ames,4 Bode,30 Dyer,44 "$label,78" >named.csv
        suppress named.csv
        [ "$status" = 2 ]
        grep -qF "named.csv: no row of 'county' is labelled 'Total': is '$label' the total?" err
    done
    for label in All-others Statesville 'Recall 1'; do
        printf '%s\n' county,count Ames,4 Bode,30 Dyer,44 "$label,78" >named.csv
        suppress named.csv
        [ "$status" = 0 ]
    done
}

@test "subtotals: a published table with one is not passed" {
    printf '%s\n' county,sex,count,annotation Ames,F,40, Ames,M,30, Bode,F,50, Bode,M,60, \
        'Subtotal,F,90,' 'Subtotal,M,90,' Cole,F,,1 Cole,M,,1 Dyer,F,,1 Dyer,M,,1 \
        >masked.csv
    says="'Subtotal' counts what 'Ames' and 'Bode' do together: if it is a subtotal, --hierarchy has to say so"
    audit masked.csv
    [ "$status" = 2 ]
    grep -qxF "ddg-audit: note: masked.csv: $says; if it is a category like others: --total county=Total" err
    printf 'Ames,Subtotal\nBode,Subtotal\n' >parents.csv
    audit --hierarchy county=parents.csv masked.csv
    [ "$status" = 0 ]
    audit --total county=Total masked.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-audit: note: masked.csv: $says" err
}
