#!/usr/bin/env bats
# Published data, as `make check-real DATA=...` finds them.  tests/oracle/real_data.py works out the
# figures from the files alone.

# shellcheck disable=SC2030,SC2031 # each test is a subshell; none reads a status of another

bats_require_minimum_version 1.5.0

setup() {
    PATH="${DDG_BUILD:-$BATS_TEST_DIRNAME/../build}:$PATH"
    cd "$BATS_TEST_TMPDIR" || return 1
    if [ ! -e "$DATA/encounters.csv" ]; then
        echo "DATA names no directory of the published data: '$DATA'"
        return 1
    fi
}

figures() {
    python3 -B "$BATS_TEST_DIRNAME/oracle/real_data.py" "$@"
}

# capture COMMAND...: its streams in `out` and `err`, its status in `status`.
capture() {
    status=0
    "$@" >out 2>err </dev/null || status=$?
}

# How the table of grievances is to be read, in `described`; in `settled` also what its misspelt
# labels mean.
describe_grievances() {
    cat >described <<'END'
total Geography=State
total Grievance Category=All
total Grievance Type=All
dims Report Year,Geography,Grievance Category,Grievance Type
by Report Year
nested Grievance Category,Grievance Type
END
    {
        echo spelling,meaning
        for spelling in 'Confidentiality Concern ' 'Confidentialty Concern' 'Confidentiality  Concern'; do
            echo "$spelling,Confidentiality Concern"
        done
    } >types.csv
    { cat types.csv && echo 'Other ,Other'; } >categories.csv
    {
        cat described
        echo 'alias Grievance Category=categories.csv'
        echo 'alias Grievance Type=types.csv'
    } >settled
    measures='Grievance Count,Exempt Grievance Count,Unresolved as of June 30,Resolved,Referred'
    grievances=$DATA/grievances.csv
}

@test "real: encounters.csv has 4,945 persons in 6,196 encounters, each right in every total" {
    ddg-count -g race,gender,age --id patient_nbr --totals "$DATA/encounters.csv" >counted.csv
    [ "$(tail -n 1 counted.csv)" = Total,Total,Total,4945,6196 ]
    [ "$(figures persons "$DATA/encounters.csv" counted.csv)" = '177 cells' ]
}

@test "real: encounters.csv is masked and gives nothing away, exact or rounded" {
    ddg-count -g race,gender,age --id patient_nbr --totals "$DATA/encounters.csv" >counted.csv
    capture ddg-suppress counted.csv
    [ "$status" = 0 ]
    small=$(awk -F, 'NR > 1 && $4 >= 1 && $4 <= 10' counted.csv | wc -l)
    grep -q "^ddg-suppress: [0-9]* of 177 cells suppressed: $small small, [0-9]* complementary; " err
    mv out masked.csv
    figures masked-persons counted.csv masked.csv
    # events beside suppressed persons are gone, too
    [ "$(awk -F, 'NR > 1 && ($4 == "") != ($5 == "")' masked.csv | wc -l)" = 0 ]
    capture ddg-audit masked.csv
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 1 ]
    ddg-round masked.csv >rounded.csv
    capture ddg-audit --rounded 5 rounded.csv
    [ "$status" = 0 ]
}

@test "real: encounters.csv masked by small counts alone gives counts away" {
    ddg-count -g race,gender,age --id patient_nbr --totals "$DATA/encounters.csv" |
        awk -F, -v OFS=, 'NR > 1 && $4 >= 1 && $4 <= 10 { $4 = "" } { print $1, $2, $3, $4 }' >naive.csv
    capture ddg-audit naive.csv
    [ "$status" = 1 ]
    [ "$(wc -l <out)" -gt 1 ]
}

@test "real: the misspelt category of grievances.csv is an error that names its line" {
    describe_grievances
    capture ddg-suppress --table described --count "$measures" "$grievances"
    [ "$status" = 2 ]
    cmp out /dev/null
    cmp err - <<END
ddg-suppress: $grievances:16: a total is more than the sum of its parts: Report Year=FY2021, Geography=State, Grievance Category=Confidentiality Concern , Grievance Type=Confidentiality Concern  (parts by Geography)
END
    sed -n 16p "$grievances" | grep -q '^FY2021,State,Confidentiality Concern ,'
}

@test "real: totals of grievances.csv that have no parts are an error where types are added up over categories" {
    describe_grievances
    grep -v nested settled >flat
    # year by year, a count that cannot be protected in another one comes first
    capture ddg-suppress --whole --table flat --count "$measures" "$grievances"
    [ "$status" = 2 ]
    cmp out /dev/null
    [ "$(wc -l <err)" = 1 ]
    grep -qE '^ddg-suppress: .*/grievances\.csv:[0-9]+: a total is more than the sum of its parts: Report Year=FY1920, .*Grievance Category=All, Grievance Type=All \(parts by Grievance Type\)$' err
}

@test "real: threshold counts the small cells of grievances.csv, and populations join by county" {
    describe_grievances
    read -r rows < <(figures small "$grievances" | tail -n 1)
    capture ddg-threshold --no-score --table settled --count "$measures" "$grievances"
    [ "$status" = 0 ]
    grep -q "^ddg-threshold: $rows of 4104 cells have a numerator of 1 to 10, 4104 fail the denominator (4104 have none);" err
    [ "$(cut -d, -f 18 out | grep -c 1)" = "$rows" ]
    cut -d, -f 2,3 "$DATA/ca-county-population-2020.csv" | sed '1s/county/Geography/' >people.csv
    read -r failed missing < <(figures denominators "$grievances" "$DATA/ca-county-population-2020.csv")
    capture ddg-threshold --no-score --table settled --count "$measures" --population people.csv "$grievances"
    [ "$status" = 0 ]
    grep -q "^ddg-threshold: $rows of 4104 cells have a numerator of 1 to 10, $failed fail the denominator ($missing have none);" err
    capture ddg-threshold --no-score --check --table settled --count "$measures" "$grievances"
    [ "$status" = 1 ]
}

@test "real: grievances.csv is masked in five measures and three years, and gives nothing away" {
    describe_grievances
    capture ddg-suppress --table settled --count "$measures" "$grievances"
    [ "$status" = 0 ]
    mv out masked.csv
    [ "$(wc -l <masked.csv)" = 4105 ]
    read -ra small < <(figures small "$grievances")
    [ "$((small[0] + small[1] + small[2] + small[3] + small[4]))" = 4291 ]
    IFS=, read -ra names <<<"$measures"
    for i in 0 1 2 3 4; do
        grep -qE "^ddg-suppress: '${names[i]}': [0-9]+ of 4104 cells suppressed: [0-9]+ small, [0-9]+ complementary.*; codes merged; " err
    done
    # in two of the years two categories have a total and no types
    grep -qxF 'ddg-suppress: note: 117 rows: a total without parts in this table (first: line 1383)' err
    [ "$(grep -c ' cells suppressed: ' err)" = 5 ]
    [ "$(grep -c note: err)" = 1 ]
    hidden=$(sed -nE 's/.*: ([0-9]+) of 4104 cells .*/\1/p' err | awk '{ all += $1 } END { print all }')
    figures masked "$grievances" masked.csv
    capture ddg-audit --table settled --count "$measures" masked.csv
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 1 ]
    grep -q "^ddg-audit: 0 of $hidden hidden cells can be recovered" err
}

@test "real: the five measures of grievances.csv add up, and are masked together" {
    describe_grievances
    equation='Resolved + Referred + Unresolved as of June 30 = Grievance Count + Exempt Grievance Count'
    # one by one they give each other away
    capture ddg-suppress -q --table settled --count "$measures" "$grievances"
    mv out masked.csv
    capture ddg-audit --table settled --count "$measures" --equation "$equation" masked.csv
    [ "$status" = 1 ]
    [ "$(wc -l <out)" -gt 500 ]
    # types without a total that is printed cannot be hidden: nobody publishes it
    capture ddg-suppress -q --totals none --table settled --count "$measures" --equation "$equation" "$grievances"
    [ "$status" = 0 ]
    mv out masked.csv
    capture ddg-audit --table settled --count "$measures" --equation "$equation" masked.csv
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 1 ]
}

@test "real: grievances.csv masked by small counts alone gives as many away as there are to find" {
    describe_grievances
    given_away=$(figures naive "$grievances" naive.csv)
    [ "$given_away" -gt 50 ]
    capture ddg-audit --table settled --count 'Grievance Count' --knows zeros naive.csv
    [ "$status" = 1 ]
    found=$(grep -c ',recovered,' out)
    [ "$found" -ge "$given_away" ]
    grep -q "^ddg-audit: $found of [0-9]* hidden cells can be recovered" err
    # no value in sight
    head -n 1 out | grep -q ',status,how$'
}

@test "real: the mask of grievances.csv is the same every time" {
    describe_grievances
    ddg-suppress -q --table settled --count "$measures" "$grievances" >first
    for _ in 1 2; do
        ddg-suppress -q --table settled --count "$measures" "$grievances" | cmp - first
    done
    # also behind ddg-threshold
    ddg-threshold -q --no-score --table settled --count "$measures" "$grievances" |
        ddg-suppress -q --table settled --count "$measures" --when-masked | cmp - first
}

@test "real: managed-care-enrollment.csv is read as it is" {
    enrolment=$DATA/managed-care-enrollment.csv
    as_it_is=(--loose --unannotated None --count 'Count of Enrollees'
        --annotation 'Count of Enrollees Annotation Code' --by 'Enrollment Month')
    # some rows repeat another's month, plan and county
    repeats=$(figures repeats "$enrolment" 'Count of Enrollees')
    [ "$repeats" -gt 0 ]
    capture ddg-audit "${as_it_is[@]}" "$enrolment"
    [ "$status" = 2 ]
    grep -qE '^ddg-audit: .*managed-care-enrollment\.csv:[0-9]+: the same cell stands in line [0-9]+ already; --repeats takes it for another table'\''s$' err
    capture ddg-audit "${as_it_is[@]}" --repeats "$enrolment"
    [ "$status" = 0 ]
    [ "$(wc -l <out)" = 1 ]
    hidden=$(figures hidden "$enrolment" 'Count of Enrollees')
    grep -qx "ddg-audit: 0 of $hidden hidden cells can be recovered (attacker knows sums, that zeros are shown, which counts are small and which are not)" err
    # read strictly, it is refused
    capture ddg-audit --count 'Count of Enrollees' --repeats "$enrolment"
    [ "$status" = 2 ]
    grep -q "no column is called 'Count of Enrollees'; --loose reads padded names (try --help)" err
}

@test "real: the two tables of treatment are audited as they were published" {
    for name in mat-annual mat-quarterly; do
        [ "$(head -c 3 "$DATA/$name.csv")" = $'\357\273\277' ]
        hidden=$(figures hidden "$DATA/$name.csv" members)
        [ "$hidden" -gt 400 ]
        capture ddg-audit --count members --distinct "$DATA/$name.csv"
        [ "$status" = 0 ]
        grep -q "^ddg-audit: 0 of $hidden hidden cells can be recovered (attacker knows sums, that zeros are shown, which" err
        # against the state's total
        by=Year,Medication_Assisted_Treatment
        [ $name = mat-annual ] || by=$by,Quarter
        [ "$(figures statewide "$DATA/$name.csv")" = 0 ]
        capture ddg-audit --count members --by "$by" --total County=Statewide --absent zero --knows zeros \
            --group-rule off "$DATA/$name.csv"
        [ "$status" = 0 ]
        grep -qx "ddg-audit: 0 of $hidden hidden cells can be recovered (attacker knows sums and that zeros are shown)" <(grep -v note err)
    done
    # R-SUP-8: the codes tell a small count from a complementary one, and give both away
    capture ddg-audit --count members --by "$by" --total County=Statewide "$DATA/mat-quarterly.csv"
    [ "$status" = 1 ]
    grep ',recovered,' out | cut -d, -f3-6 | sort | cmp - <(printf '%s,2023,Q2,Buprenorphine\n' Alpine Mono)
    [ "$(grep -c ',narrowed,' out)" = 1 ]
}

@test "real: the two tables of treatment are attacked together, and what contradicts itself is named" {
    annual=$DATA/mat-annual.csv quarterly=$DATA/mat-quarterly.csv
    capture ddg-audit --count members --distinct --dims County,Year,Medication_Assisted_Treatment,Quarter \
        "$annual" "$quarterly"
    [ "$status" = 1 ]
    grep -q ',determined,' out
    # a quarter has more members than its year, twice; the other contradictions take hidden counts
    grep "^ddg-audit: set aside: $quarterly:[0-9]*: .*: more than the total in $annual:[0-9]*: " err >contradictions
    for place in 'County=Glenn, Year=2022' 'County=Glenn, Year=2024'; do
        grep -q "$place" contradictions
    done
    [ "$(grep -c '^ddg-audit: set aside: ' err)" -lt 10 ]
}

@test "real: percentages of covid-deaths-county-race.csv are counts again" {
    python3 -B - "$DATA/covid-deaths-county-race.csv" >long.csv <<'PYTHON'
import csv
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as stream:
    rows = [r for r in csv.DictReader(stream) if r["Indicator"] == "Distribution of COVID-19 deaths (%)"]
races = [name for name in rows[0] if name.startswith("Non-Hispanic")] + ["Hispanic", "Other"]
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["fips", "race", "count", "share"])
for row in rows:
    for race in races:
        out.writerow([row["FIPS Code"], race, "", row[race]])
    out.writerow([row["FIPS Code"], "Total", row["COVID-19 Deaths"].replace(",", ""), ""])
PYTHON
    capture ddg-audit --by fips --knows sums --rate 'share:1:of race' long.csv
    [ "$status" = 1 ]
    # three decimals of fewer than a thousand deaths leave one count
    [ "$(grep -c ',recovered,percentages of their totals are printed' out)" -gt 2000 ]
    grep -q '^ddg-audit: 2180 of 8603 hidden cells can be recovered' err
}
