#!/usr/bin/env bats
# Persons and their events in two count columns, whatever these are called: each tells what the other
# hides.

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

# refused PERSONS EVENTS: the two are not masked apart.
refused() {
    printf 'g,%s,%s\nAmador,3,3\nKern,24,24\nYolo,27,29\nTotal,54,56\n' "$1" "$2" >table.csv
    fails "table.csv: '$1' and '$2' are often the same number, and masked each by itself one shows what the other hides: mask with --count $1, which blanks the $2 beside hidden $1 (try --help)" \
        --count "$1,$2" table.csv
    fails "table.csv: '$1' and '$2' are often the same number, and masked each by itself one shows what the other hides: mask with --count $1, which blanks the $2 beside hidden $1 (try --help)" \
        --count "$2,$1" table.csv
}

@test "events: columns that are called like persons and their events are not masked apart" {
    refused persons events
    refused patients visits
    refused clients encounters
    refused UniqueMembers 'ED visits'
    refused n_beneficiaries admission_count
    suppress --count patients table.csv
    [ "$status" = 2 ]
    printf 'g,patients,patient_visits\nAmador,3,3\nKern,24,24\nYolo,27,29\nTotal,54,56\n' >table.csv
    suppress --count patients table.csv
    [ "$status" = 0 ]
    [ "$(sed -n 2p out)" = 'Amador,,,1,small number or complementary' ]
}

@test "events: columns of other names, and numbers that are no events of these persons" {
    printf 'g,women,men\nAmador,30,30\nKern,24,24\n' >table.csv
    suppress -q --count women,men table.csv
    [ "$status" = 0 ]
    printf 'g,patients,visits\nAmador,30,30\nKern,24,23\n' >table.csv
    suppress -q --count patients,visits table.csv
    [ "$status" = 0 ]
    printf 'g,patients,visits\nAmador,30,30\nKern,0,23\n' >table.csv
    suppress -q --count patients,visits table.csv
    [ "$status" = 0 ]
}

@test "events: a column that is never more than another, and often nearly as much, is pointed out" {
    printf '%s\n' g,treated,seen a,1,1 b,24,24 c,27,29 d,12,33 e,40,44 f,15,15 g,31,36 h,52,70 Total,202,252 >table.csv
    note="ddg-suppress: note: 'treated' is, in every row, at most 'seen': each column is protected by itself, and if these are persons and their events one shows what the other hides; ddg-audit --events 'treated:seen' attacks them together"
    for columns in treated,seen seen,treated; do
        suppress --dims g --count $columns table.csv
        [ "$status" = 0 ]
        grep -qxF "$note" err
    done
    mv out masked.csv
    audit --dims g --count treated,seen --events treated:seen masked.csv
    [ "$status" = 1 ]
    # in blocks, too
    { sed '1s/^/year,/; 2,$s/^/1,/' table.csv; sed '1d; s/^/2,/' table.csv; } >blocks.csv
    suppress --by year --dims year,g --count treated,seen blocks.csv
    [ "$(grep -cxF "$note" err)" = 1 ]
    # who says how they hang together knows
    sed 's/$/,x/; 1s/x$/rest/' table.csv | awk -F, -v OFS=, 'NR > 1 { $4 = $3 - $2 } 1' >whole.csv
    suppress --dims g --count treated,seen,rest --equation 'treated + rest = seen' whole.csv
    [ "$status" = 0 ]
    run -1 grep 'at most' err
    # or hears of the sum
    suppress --dims g --count treated,seen,rest whole.csv
    grep -q 'is, in every row, the sum of' err
    run -1 grep "'treated' is, in every row, at most" err
}

@test "events: columns that are not one of the other are not pointed out" {
    # a row that speaks against it
    printf '%s\n' g,treated,seen a,3,3 b,24,24 c,27,29 d,12,13 e,40,44 f,16,15 g,31,36 h,52,70 Total,205,234 >table.csv
    suppress --dims g --count treated,seen table.csv
    run -1 grep 'at most' err
    # few rows
    printf '%s\n' g,treated,seen a,3,3 b,24,24 c,27,29 Total,54,56 >table.csv
    suppress --dims g --count treated,seen table.csv
    run -1 grep 'at most' err
    # far apart, and the same
    printf '%s\n' g,deaths,born,again a,3,300,300 b,24,240,240 c,27,290,290 d,12,130,130 e,40,440,440 f,15,150,150 g,31,360,360 \
        h,52,700,700 Total,204,2610,2610 >table.csv
    suppress --dims g --count deaths,born,again table.csv
    [ "$status" = 0 ]
    run -1 grep 'at most' err
}

@test "events: the attack knows what persons and their events say of each other" {
    cat >table.csv <<'END'
county,patients,visits,patients_annotation,visits_annotation
Alpine,,1,1,
Inyo,,2,1,
Kern,22,22,,
Mono,11,,,2
Yolo,,31,1,
END
    audit --count patients,visits --totals none --show-values --events patients:visits table.csv
    [ "$status" = 1 ]
    diff -u - <(grep -v ,rule, out) <<'END'
line,measure,county,status,how,low,high
2,patients,Alpine,recovered,table.csv:2: county=Alpine: no more persons than events; code 1 means 1 to 10,1,1
3,patients,Inyo,narrowed,table.csv:3: county=Inyo: no more persons than events; code 1 means 1 to 10,1,2
END
}

@test "events: columns that are called so are asked about, and either answer ends it" {
    printf 'g,patients,visits,patients_annotation,visits_annotation\na,,12,1,\nb,,40,1,\nc,30,70,,\n' >table.csv
    audit --count patients,visits --totals none table.csv
    [ "$status" = 0 ]
    grep -qxF "ddg-audit: note: table.csv: 'patients' and 'visits' may be persons and their events, which is not attacked: if they are, --events 'patients:visits'" err
    audit --count patients,visits --totals none --events patients:visits table.csv
    [ "$status" = 0 ]
    [ "$(grep -c 'may be persons' err)" = 0 ]
    # what ddg-count calls so is, and gives no verdict before it is said
    sed '1s/patients/persons/g; 1s/visits/events/g' table.csv >counted.csv
    audit --count persons,events --totals none counted.csv
    [ "$status" = 2 ]
    audit --count persons,events --totals none --events persons:events counted.csv
    [ "$status" = 0 ]
    # not so: a cell of more patients than visits
    sed 's/^c,30,70/c,30,20/' table.csv >other.csv
    audit --count patients,visits --totals none other.csv
    [ "$(grep -c 'may be persons' err)" = 0 ]
    audit --count patients,visits --totals none --events patients:visits other.csv
    [ "$status" = 2 ]
    grep -qxF 'ddg-audit: other.csv:4: g=c: more persons than events (--events)' err
    audit --count patients,visits --events patients:stays table.csv
    [ "$status" = 2 ]
    grep -qxF "ddg-audit: table.csv: --events 'patients:stays' wants two count columns; --count names count columns (try --help)" err
    audit --events patients table.csv
    [ "$status" = 2 ]
    grep -qF "PERSONS:EVENTS is wanted, not 'patients' (try --help)" err
}
